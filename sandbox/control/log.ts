/** One request as `GET /sandbox/requests` shows it. */
export interface RequestLogEntry {
	/** ISO time at which it arrived. */
	at: string;
	method: string;
	/** Path without the query. */
	path: string;
	query: Record<string, string>;
	/** Headers, tokens and passwords masked. */
	headers: Record<string, string>;
	/** The JSON body, or `{bytes}` of anything else; undefined when there was none. */
	body?: unknown;
	status: number;
}

const SECRET_HEADERS = new Set(['x-auth-token', 'authorization', 'cookie']);
const KEPT = 2000;

/** The last requests, oldest first. What is a secret in headers and query is masked when it is written down. */
export class RequestLog {
	private entries: RequestLogEntry[] = [];

	/** Writes a request down. */
	add(entry: RequestLogEntry): void {
		this.entries.push(entry);
		// Cut in blocks: shifting one off for each request would cost more than the request.
		if (this.entries.length >= KEPT * 2) this.entries = this.entries.slice(-KEPT);
	}

	/** A copy of what was written down. */
	list(): RequestLogEntry[] {
		return this.entries.slice(-KEPT);
	}

	/** Forgets everything. */
	clear(): void {
		this.entries = [];
	}
}

/** Headers for the log: one text each, secrets masked. */
export function loggedHeaders(
	headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
	const logged: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		if (value !== undefined) logged[name] = SECRET_HEADERS.has(name) ? '***' : String(value);
	}
	return logged;
}

/** A query for the log: the token masked. */
export function loggedQuery(query: Record<string, string>): Record<string, string> {
	return 'auth_token' in query ? { ...query, auth_token: '***' } : query;
}
