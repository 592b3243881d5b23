import { dataOf, isObject, succeeded, timeOf, type Exchange, type JsonObject, type Line } from './recording';
import { completed, ID, idsOfTable, shownIn, toldByFilters } from './shown';

/** An account that lines use though none made it. */
export interface PresupposedAccount {
	kind: 'account';
	id: string;
	/** Public fields, as far as any answer shows them; `name` always. */
	fields: JsonObject & { name: string };
	/** The account above it; the master when left out. */
	parent?: string;
	/** A user who logs in with a hash the recording shows. */
	user?: PresupposedUser;
}

/** Somebody who logs in with a hash that the recording shows. */
export interface PresupposedUser {
	id: string;
	credentials: string;
	sha: boolean;
}

/** Somebody of the master account, whom no line made. */
export interface PresupposedMasterUser {
	kind: 'master-user';
	user: PresupposedUser;
}

/** A document that answers show though no line made it. */
export interface PresupposedDocument {
	kind: 'document';
	account: string;
	type: string;
	id: string;
	fields: JsonObject;
	/** Content types of the files that it has, where an answer tells them. */
	files?: string[];
	/** Gregorian seconds, when a record of a month says so. */
	at?: number;
	/** The first line that shows it. */
	firstSeen: number;
	/** The last line that shows it: afterwards it was deleted without a line. */
	lastSeen: number;
}

/** A document that a line made, and that is gone before this one though no line deleted it. */
export interface Vanished {
	kind: 'vanished';
	account: string;
	id: string;
}

export type Presupposed = PresupposedAccount | PresupposedMasterUser | PresupposedDocument | Vanished;

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
	blacklists: 'blacklist',
	clicktocall: 'click2call',
	cdrs: 'cdr',
	recordings: 'call_recording',
};

/** Collections whose paths are answered for any id: that one was asked about proves nothing. */
const ANSWERED_FOR_ANY: ReadonlySet<string> = new Set(['conferences']);

/** Fields that a list shows under another name than the document has. */
const LIST_NAMES: Record<string, string> = { direction: 'call_direction' };

const COLLECTION = /^\/v2\/accounts\/([0-9a-f]{32})\/(\w+)(?:\?|$)/;

/** Rows of a page unless a request says otherwise. */
const PAGE = 50;

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
	/** Accounts of which only the id is known. */
	private readonly nameless = new Map<string, PresupposedAccount>();
	/** Documents that lines made: where they are, and the last line that shows them. */
	private readonly alive = new Map<string, { collection: string; account: string; lastSeen: number }>();

	constructor(
		lines: readonly Line[],
		private readonly master: string,
	) {
		this.made.add(master);
		const exchanges = lines.filter((line) => line.kind === 'exchange').filter(succeeded);
		for (const exchange of exchanges) {
			if (/^\/v2\/user_auth$/.test(exchange.request.path)) this.logIn(exchange);
			this.path(exchange);
			if (exchange.request.method === 'GET') this.list(exchange);
			else shownIn(exchange).forEach((id) => this.made.add(id));
		}
		for (const exchange of exchanges) this.details(exchange);
		for (const exchange of exchanges) this.hints(exchange);
		this.complete();
		for (const exchange of exchanges) this.filters(exchange);
		this.place(exchanges);
		for (const exchange of exchanges) this.follow(exchange);
		for (const exchange of exchanges) this.miss(exchange);
	}

	private logIn({ line, request, response }: Exchange): void {
		const data = isObject(response.body) ? response.body.data : undefined;
		const sent = isObject(request.body) ? request.body.data : undefined;
		if (!isObject(data) || !isObject(sent)) return;
		const id = String(data.account_id);
		const owner = String(data.owner_id);
		const user = { id: owner, credentials: String(sent.credentials), sha: sent.method === 'sha' };
		if (id === this.master && !this.made.has(owner)) this.put(line, { kind: 'master-user', user });
		else if (!this.made.has(id)) {
			this.put(line, { kind: 'account', id, fields: { name: String(data.account_name) }, user });
		}
		this.made.add(id);
		this.made.add(owner);
	}

	/** Accounts and documents in the path of a request that succeeded. */
	private path({ line, request }: Exchange): void {
		const [, account, collection, id] =
			/^\/v2\/accounts\/([0-9a-f]{32})(?:\/(\w+)(?:\/([^/?]+))?)?/.exec(request.path) ?? [];
		if (account === undefined) return;
		if (!this.made.has(account)) {
			this.made.add(account);
			const item: PresupposedAccount = {
				kind: 'account',
				id: account,
				fields: { name: `account-${account.slice(0, 8)}` },
			};
			this.nameless.set(account, item);
			this.put(line, item);
		}
		if (collection === undefined || ANSWERED_FOR_ANY.has(collection)) return;
		if (id !== undefined && ID.test(id)) this.document(line, account, collection, { id });
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
			else this.document(exchange.line, account, collection, collection === 'cdrs' ? ended(row) : row);
		}
	}

	/** An account that a list of accounts shows. */
	private account(line: number, above: string, row: JsonObject): void {
		const id = String(row.id);
		if (this.made.has(id)) return;
		this.made.add(id);
		const { id: _, tree = [above], flags: __, ...fields } = row;
		const parent = Array.isArray(tree) ? tree[tree.length - 1] : above;
		this.put(line, {
			kind: 'account',
			id,
			fields: { ...fields, name: String(row.name) },
			parent: String(parent),
		});
	}

	private document(line: number, account: string, collection: string, row: JsonObject): void {
		const type = TYPES[collection];
		if (type === undefined || typeof row.id !== 'string' || !ID.test(row.id)) return;
		const known = this.documents.get(row.id);
		if (known) {
			known.lastSeen = line;
			known.fields = { ...known.fields, ...row };
			known.files ??= filesOf(row);
		} else if (!this.made.has(row.id)) {
			this.made.add(row.id);
			const document: PresupposedDocument = {
				kind: 'document',
				account,
				type,
				id: row.id,
				fields: { ...row },
				files: filesOf(row),
				firstSeen: line,
				lastSeen: line,
			};
			this.documents.set(row.id, document);
		}
	}

	/**
	 * Documents of a kind were put in together: with the first of them that is seen, unless a whole list in between
	 * does not show them yet.
	 */
	private place(exchanges: readonly Exchange[]): void {
		const earliest = new Map<string, number>();
		for (const { account, type, firstSeen } of this.documents.values()) {
			const key = `${account}/${type}`;
			earliest.set(key, Math.min(earliest.get(key) ?? Infinity, firstSeen));
		}
		for (const document of this.documents.values()) {
			const { account, type, firstSeen } = document;
			const without = exchanges.filter(
				(exchange) =>
					exchange.line < firstSeen &&
					wholeList(exchange)?.account === account &&
					TYPES[wholeList(exchange)?.collection ?? ''] === type,
			);
			const after = without.at(-1)?.line ?? 0;
			const next = exchanges.find((exchange) => exchange.line > after)?.line ?? firstSeen;
			this.put(Math.max(earliest.get(`${account}/${type}`) ?? firstSeen, next), document);
		}
	}

	/** Notes which documents lines make, and where they are seen. */
	private follow(exchange: Exchange): void {
		const { line, request, response } = exchange;
		for (const id of [...shownIn(exchange), ...(request.path.match(/[0-9a-f]{32}/g) ?? [])]) {
			const known = this.alive.get(id) ?? this.documents.get(id);
			if (known) known.lastSeen = Math.max(known.lastSeen, line);
		}
		const [, account, collection] = COLLECTION.exec(request.path) ?? [];
		const made = /\/([^/]+)$/.exec(response.headers.location ?? '')?.[1];
		if (
			request.method === 'PUT' &&
			account &&
			collection &&
			made !== undefined &&
			TYPES[collection] !== undefined
		) {
			this.alive.set(made, { collection, account, lastSeen: line });
		}
	}

	/** A whole list without a document that no later line shows: it was deleted in between. */
	private miss(exchange: Exchange): void {
		const list = wholeList(exchange);
		if (!list) return;
		for (const [id, known] of this.alive) {
			const { collection, account, lastSeen } = known;
			if (collection !== list.collection || account !== list.account || lastSeen >= exchange.line) continue;
			this.alive.delete(id);
			this.put(exchange.line, { kind: 'vanished', account, id });
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

	/**
	 * What answers tell in passing of accounts and voicemail boxes that no answer shows: addresses have the account's
	 * realm, a message's address the box's number.
	 */
	private hints({ request, response }: Exchange): void {
		const [, id = '', box = ''] =
			/^\/v2\/accounts\/([0-9a-f]{32})(?:\/vmboxes\/([0-9a-f]{32}))?/.exec(request.path) ?? [];
		const account = this.nameless.get(id);
		const text = JSON.stringify(response.body);
		const [, realm] = /"(?:from":"[^"@]+@|(?:auth|to)_realm":")([^"@]+)"/.exec(text) ?? [];
		if (account && realm !== undefined) {
			account.fields = { name: realm.split('.')[0] ?? realm, realm };
			this.nameless.delete(id);
		}
		const mailbox = /"to":"(\d+)@/.exec(text)?.[1];
		const document = this.documents.get(box);
		if (document && mailbox !== undefined && !full.has(document)) document.fields.mailbox = mailbox;
	}

	/** What lists with filters tell of the documents that they show. */
	private filters(exchange: Exchange): void {
		for (const [id, facts] of toldByFilters(exchange)) {
			const document = this.documents.get(id);
			if (document) document.fields = completed(document.fields, facts);
		}
	}

	/** Where only a row of a list is known, the rest is as in a document of the kind that is known in full. */
	private complete(): void {
		const patterns = new Map<string, JsonObject>();
		for (const document of this.documents.values()) {
			if (full.has(document)) patterns.set(`${document.account}/${document.type}`, document.fields);
		}
		for (const document of this.documents.values()) {
			const pattern = patterns.get(`${document.account}/${document.type}`);
			if (!full.has(document)) document.fields = fill(pattern, document.fields);
			if (document.id.length > 32) document.at = madeAt(document.fields);
			delete document.fields.id;
			delete document.fields._read_only;
		}
	}

	private put(line: number, item: Presupposed): void {
		this.result.set(line, [...(this.result.get(line) ?? []), item]);
	}
}

/** Content types of a document's files, as its read-only part tells them. */
function filesOf({ _read_only: told }: JsonObject): string[] | undefined {
	const types = isObject(told) ? told.content_types : undefined;
	return Array.isArray(types) ? types.map(String) : undefined;
}

const full = new WeakSet<PresupposedDocument>();

/**
 * A document made of a row of a list: the pattern's fields, with those of the row in their place, as the pattern's
 * types. Without a pattern it is the row, less what lists show of fields that are not there.
 */
function fill(pattern: JsonObject | undefined, row: JsonObject): JsonObject {
	if (!pattern) {
		return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && !isEmptyList(value)));
	}
	const fields: JsonObject = { ...pattern };
	for (const [key, value] of Object.entries(row)) {
		const name = LIST_NAMES[key] ?? key;
		const inside = Object.keys(pattern).find((outer) => isObject(pattern[outer]) && name in pattern[outer]);
		if (name in pattern) {
			fields[name] = typeof pattern[name] === 'number' && typeof value === 'string' ? Number(value) : value;
		} else if (inside !== undefined) {
			const { [name]: _, ...others } = fields[inside] as JsonObject;
			fields[inside] = value === '' ? others : { ...others, [name]: value };
		}
	}
	return fields;
}

function isEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length === 0;
}

/** A row of a list of CDRs tells when the leg began, the document when it ended. */
function ended(row: JsonObject): JsonObject {
	return { ...row, timestamp: String(Number(row.timestamp) + Number(row.duration_seconds)) };
}

/** The collection that an answer shows from the first document to the last. */
function wholeList({ request, response }: Exchange): { account: string; collection: string } | undefined {
	const [, account, collection] = COLLECTION.exec(request.path) ?? [];
	if (request.method !== 'GET' || !account || !collection) return undefined;
	if (/[?&](?!paginate=)/.test(request.path)) return undefined;
	const { body } = response;
	// A page of CSV does not tell whether it is the last: only one that is not full must be.
	if (typeof body === 'string') {
		const rows = idsOfTable(body).length;
		return rows > 0 && rows < PAGE ? { account, collection } : undefined;
	}
	if (!isObject(body) || !Array.isArray(body.data)) return undefined;
	const paged = body.next_start_key !== undefined || body.start_key !== undefined;
	return paged ? undefined : { account, collection };
}

/**
 * When a record of a month was made, in Gregorian seconds. The legs of a call belong together by an id that begins
 * with that time; a leg of which only a row is known has none of the pattern's.
 */
function madeAt(fields: JsonObject): number | undefined {
	const [, time, key] = /^(\d{11})-([0-9a-f]+)$/.exec(String(fields.interaction_id)) ?? [];
	if (time !== undefined && key !== undefined && 'interaction_time' in fields) {
		fields.interaction_time = Number(time);
		if (!String(fields.interaction_key).startsWith(key)) fields.interaction_key = key;
		return Number(time);
	}
	const shown = Number(fields.timestamp ?? fields.start);
	return Number.isNaN(shown) ? undefined : shown;
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

/** What the recording shows of the master account: the fields of the first answer about it. */
export function masterFields(lines: readonly Line[], master: string): JsonObject {
	for (const line of lines) {
		if (line.kind !== 'exchange' || line.request.path !== `/v2/accounts/${master}` || !succeeded(line))
			continue;
		const data = dataOf(line);
		if (line.request.method === 'GET' && isObject(data)) return data;
	}
	return {};
}

/** When the recording begins, in Unix milliseconds. */
export function startOf(lines: readonly Line[]): number | undefined {
	for (const line of lines) {
		const time = timeOf(line);
		if (time !== undefined) return time;
	}
	return undefined;
}
