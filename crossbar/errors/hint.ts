/**
 * How the tables of failures are written. What stands in them comes from envelope.md 4, async.md 8.3 and from what a
 * real server was seen to answer (observed.md). The first row that fits counts; explain.ts reads them.
 */

/** What came back: an envelope, nothing, a web page, JSON that ends too early, JSON of another kind, other text. */
export type BodyKind = 'json' | 'empty' | 'html' | 'cut' | 'foreign' | 'text';

/** `{name}` is filled in; `[...]` is left out when a value in it is missing (values: `factsOf` in explain.ts). */
export interface Hint {
	readonly status?: number | readonly number[];
	readonly kind?: BodyKind;
	readonly method?: RegExp;
	/** Below `/v2`. */
	readonly path?: RegExp;
	/** The envelope's `message`, underscores as spaces. */
	readonly code?: RegExp;
	/** Anything the server says: message, cause, reason. */
	readonly words?: RegExp;
	/** The log-in was shown to be good just before. */
	readonly loginOk?: true;
	/** What happened, without a full stop. */
	readonly happened: string;
	/** What to do. */
	readonly todo: string;
	/** Of a 5xx: the server's words show that nothing was begun. */
	readonly refused?: true;
}

/** One way in which no answer came. */
export interface NetworkHint {
	readonly code?: RegExp;
	/** In the message of the network library. */
	readonly words?: RegExp;
	readonly happened: string;
	readonly todo: string;
	/** The request cannot have reached the server's software. */
	readonly notCarriedOut?: true;
	/** Trying again may help. */
	readonly transient?: true;
}

export const CHECK_URL =
	'Check the Server URL in the credential: it must lead to Crossbar itself (port 8000, or 8443 with TLS, unless a proxy stands before it), not to the user interface.';
export const LATER = '[{again}. ]If it stays, the system’s admin can look the request ID up in the logs.';
export const ADMIN = 'The system’s admin can look the request ID up in the logs.';
