import { dataOf, isObject, succeeded, timeOf, type Exchange, type JsonObject, type Line } from './recording';

/** An account that lines use though none made it. */
export interface PresupposedAccount {
	kind: 'account';
	id: string;
	name: string;
	realm?: string;
	/** The account above it; the master when left out. */
	parent?: string;
	/** A user who logs in with a hash the recording shows. */
	user?: { id: string; credentials: string; sha: boolean };
}

/** A document that answers show though no line made it. */
export interface PresupposedDocument {
	kind: 'document';
	account: string;
	type: string;
	id: string;
	fields: JsonObject;
	/** Gregorian seconds, when a record of a month says so. */
	at?: number;
	/** The last line that shows it: afterwards it was deleted without a line. */
	lastSeen: number;
}

export type Presupposed = PresupposedAccount | PresupposedDocument;

/** Collections whose documents may have been put in beforehand, and what such a document is. */
const TYPES: Record<string, string> = {
	users: 'user',
	devices: 'device',
	callflows: 'callflow',
	vmboxes: 'vmbox',
	menus: 'menu',
	groups: 'group',
	directories: 'directory',
	temporal_rules: 'temporal_rule',
	temporal_rules_sets: 'temporal_rule_set',
	conferences: 'conference',
	faxboxes: 'faxbox',
	queues: 'queue',
	resources: 'resource',
	cdrs: 'cdr',
	recordings: 'call_recording',
};

/** Fields that a list shows under another name than the document has. */
const LIST_NAMES: Record<string, string> = { direction: 'call_direction' };

const ID = /^(?:20\d{4}-)?[0-9a-f]{32}$/;

/**
 * What a recording takes for granted: runs that began before it, and documents that were put into the database. By
 * the number of the line before which it must be there. A document's fields are the fullest that any answer shows.
 */
export function presupposedBy(lines: readonly Line[], master: string): Map<number, Presupposed[]> {
	return new Search(lines, master).result;
}

class Search {
	readonly result = new Map<number, Presupposed[]>();
	private readonly made = new Set<string>();
	private readonly documents = new Map<string, PresupposedDocument>();

	constructor(lines: readonly Line[], master: string) {
		this.made.add(master);
		const exchanges = lines.filter((line) => line.kind === 'exchange').filter(succeeded);
		for (const exchange of exchanges) {
			if (/^\/v2\/user_auth$/.test(exchange.request.path)) this.logIn(exchange);
			this.path(exchange);
			if (exchange.request.method === 'GET') this.list(exchange);
			else idsIn(exchange.response.body).forEach((id) => this.made.add(id));
		}
		for (const exchange of exchanges) this.details(exchange);
		this.complete();
	}

	private logIn({ line, request, response }: Exchange): void {
		const data = isObject(response.body) ? response.body.data : undefined;
		const sent = isObject(request.body) ? request.body.data : undefined;
		if (!isObject(data) || !isObject(sent)) return;
		const id = String(data.account_id);
		if (this.made.has(id)) return;
		this.made.add(id);
		this.made.add(String(data.owner_id));
		this.put(line, {
			kind: 'account',
			id,
			name: String(data.account_name),
			user: { id: String(data.owner_id), credentials: String(sent.credentials), sha: sent.method === 'sha' },
		});
	}

	/** Accounts and documents in the path of a request that succeeded. */
	private path({ line, request }: Exchange): void {
		const [, account, collection, id] =
			/^\/v2\/accounts\/([0-9a-f]{32})(?:\/(\w+)(?:\/([^/?]+))?)?/.exec(request.path) ?? [];
		if (account === undefined) return;
		if (!this.made.has(account)) {
			this.made.add(account);
			this.put(line, { kind: 'account', id: account, name: `account-${account.slice(0, 8)}` });
		}
		if (collection !== undefined && id !== undefined && ID.test(id))
			this.document(line, account, collection, { id });
	}

	private list(exchange: Exchange): void {
		const match = /^\/v2\/accounts\/([0-9a-f]{32})(?:\/users\/[0-9a-f]{32})?\/(\w+)(?:\?|$)/.exec(
			exchange.request.path,
		);
		const data = dataOf(exchange);
		if (!match?.[1] || !match[2] || !Array.isArray(data)) return;
		const [, account, collection] = match;
		for (const row of data) {
			if (!isObject(row)) continue;
			if (collection === 'children' || collection === 'descendants')
				this.account(exchange.line, account, row);
			else this.document(exchange.line, account, collection, row);
		}
	}

	/** An account that a list of accounts shows. */
	private account(line: number, above: string, row: JsonObject): void {
		const id = String(row.id);
		if (this.made.has(id)) return;
		this.made.add(id);
		const tree = Array.isArray(row.tree) ? row.tree : [above];
		this.put(line, {
			kind: 'account',
			id,
			name: String(row.name),
			realm: String(row.realm),
			parent: String(tree[tree.length - 1]),
		});
	}

	private document(line: number, account: string, collection: string, row: JsonObject): void {
		const type = TYPES[collection];
		if (type === undefined || typeof row.id !== 'string' || !ID.test(row.id)) return;
		const known = this.documents.get(row.id);
		if (known) {
			known.lastSeen = line;
			known.fields = { ...known.fields, ...row };
		} else if (!this.made.has(row.id)) {
			this.made.add(row.id);
			const document: PresupposedDocument = {
				kind: 'document',
				account,
				type,
				id: row.id,
				fields: { ...row },
				lastSeen: line,
			};
			this.documents.set(row.id, document);
			this.put(line, document);
		}
	}

	/** A document read by its id is all there is to know. */
	private details(exchange: Exchange): void {
		const id = /\/([^/?]+)(?:\?.*)?$/.exec(exchange.request.path)?.[1];
		const document = id === undefined ? undefined : this.documents.get(id);
		const data = dataOf(exchange);
		if (!document || !isObject(data) || data.id !== id || exchange.request.method !== 'GET') return;
		document.fields = { ...data };
		full.add(document);
	}

	/** Where only a row of a list is known, the rest is as in a document of the kind that is known in full. */
	private complete(): void {
		const patterns = new Map<string, JsonObject>();
		for (const document of this.documents.values()) {
			if (full.has(document)) patterns.set(`${document.account}/${document.type}`, document.fields);
		}
		for (const document of this.documents.values()) {
			const pattern = patterns.get(`${document.account}/${document.type}`);
			if (pattern && !full.has(document)) document.fields = fill(pattern, document.fields);
			const time = document.fields.timestamp ?? document.fields.start;
			if (document.id.length > 32 && time !== undefined) document.at = Number(time);
			delete document.fields.id;
			delete document.fields._read_only;
		}
	}

	private put(line: number, item: Presupposed): void {
		this.result.set(line, [...(this.result.get(line) ?? []), item]);
	}
}

const full = new WeakSet<PresupposedDocument>();

/** The pattern's fields, with those of a row in their place, as the pattern's types. */
function fill(pattern: JsonObject, row: JsonObject): JsonObject {
	const fields: JsonObject = { ...pattern };
	for (const [key, value] of Object.entries(row)) {
		const name = LIST_NAMES[key] ?? key;
		if (!(name in pattern)) continue;
		fields[name] = typeof pattern[name] === 'number' && typeof value === 'string' ? Number(value) : value;
	}
	return fields;
}

function idsIn(value: unknown): string[] {
	if (typeof value === 'string') return ID.test(value) ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(idsIn);
	return isObject(value) ? Object.values(value).flatMap(idsIn) : [];
}

/** The master account: the one the first request of `<token:master>` is about. */
export function masterOf(lines: readonly Line[]): string | undefined {
	for (const line of lines) {
		if (line.kind !== 'exchange' || line.request.headers['x-auth-token'] !== '<token:master>') continue;
		const id = /^\/v2\/accounts\/([0-9a-f]{32})$/.exec(line.request.path)?.[1];
		if (id !== undefined && line.request.method === 'PUT') return id;
	}
	return undefined;
}

/** When the recording begins, in Unix milliseconds. */
export function startOf(lines: readonly Line[]): number | undefined {
	for (const line of lines) {
		const time = timeOf(line);
		if (time !== undefined) return time;
	}
	return undefined;
}
