/** What is known of an exchange that failed. */
export interface Failure {
	readonly method: string;
	/** Below `/v2`. */
	readonly path: string;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Parsed JSON, or the text. */
	readonly body?: unknown;
	/** When no answer came: ECONNREFUSED, CERT_HAS_EXPIRED ... */
	readonly networkCode?: string;
	readonly networkMessage?: string;
	/** Whether the request changes something; all but GET unless told. */
	readonly writes?: boolean;
	/** The token was shown to be good just before: a 401 then means an account that is unknown or not ours (KAZOO 5). */
	readonly loginOk?: boolean;
	/** The operation in words: "Get a device". */
	readonly what?: string;
	/** What must not be told on, whatever a server repeats: keys, passwords and tokens of the log-in. */
	readonly secrets?: readonly string[];
	/** Labels of the form by path on the wire. */
	readonly labels?: Readonly<Record<string, string>>;
	/** The file that was sent: its type, and what the operation takes in words. */
	readonly file?: { readonly mimeType: string; readonly takes?: string };
}
