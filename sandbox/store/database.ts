import { compareKeys, type Key } from '../values/collation';
import { hex } from '../values/ids';

/** Public and private (`pvt_`) fields of a document. */
export type Fields = Record<string, unknown>;

/**
 * A stored document. `_id`, `_rev` and every key that begins with `pvt_` are private: clients never see them.
 * Documents are never changed in place: `put` stores a new object, so that a reference that somebody holds (and
 * whatever was computed from it) stays true.
 */
export interface Doc extends Fields {
	readonly _id: string;
	/** `N-` and 32 hexadecimal digits; a new one with every write. */
	readonly _rev: string;
	/** What the document is: `user`, `device`, `callflow` ... */
	readonly pvt_type: string;
	/** Gregorian seconds. */
	readonly pvt_created: number;
	/** Gregorian seconds. */
	readonly pvt_modified: number;
	/** True when it was deleted softly: no list shows it and reading it is a 404. */
	readonly pvt_deleted?: boolean;
	/** The account it belongs to, when it belongs to one. */
	readonly pvt_account_id?: string;
}

/** A file kept with a document. */
export interface Attachment {
	contentType: string;
	data: Buffer;
}

/** Orders the documents of some types by a key. Define it once (module level): the database caches by object. */
export interface View {
	/** The document types it looks at. */
	types: string[];
	/** The key to sort by, or undefined to leave the document out. */
	key: (doc: Doc) => Key | undefined;
	/** Instead of `key`, for a document that appears several times. */
	keys?: (doc: Doc) => Key[];
}

/** A document at its place in a view. */
export interface Row {
	key: Key;
	doc: Doc;
}

/** The number that decides nearly always: a key that is one, or that begins with one. */
function leading(key: Key): unknown {
	return Array.isArray(key) ? key[0] : key;
}

function compareRows(a: Row, b: Row): number {
	if (Array.isArray(a.key) === Array.isArray(b.key)) {
		const [first, second] = [leading(a.key), leading(b.key)];
		if (typeof first === 'number' && typeof second === 'number' && first !== second) return first - second;
	}
	const order = compareKeys(a.key, b.key);
	if (order !== 0) return order;
	return a.doc._id < b.doc._id ? -1 : a.doc._id > b.doc._id ? 1 : 0;
}

interface Cached {
	rows: Row[];
	dirty: boolean;
}

/** What a database holds at a moment. */
export interface Held {
	readonly docs: readonly Doc[];
	readonly files: ReadonlyMap<string, ReadonlyMap<string, Attachment>>;
}

/** Documents of one account, or of one part of the system (`accounts`, `numbers`, `ratedeck` ...). */
export class Database {
	private readonly docs = new Map<string, Doc>();
	private readonly byType = new Map<string, Map<string, Doc>>();
	private readonly views = new Map<View, Cached>();
	private readonly files = new Map<string, Map<string, Attachment>>();

	constructor(readonly name: string) {}

	/** The document, deleted ones too; undefined when there never was one. */
	raw(id: string): Doc | undefined {
		return this.docs.get(id);
	}

	/** The document, unless it was deleted; with `type`, only when it is of that type. */
	get(id: string, type?: string): Doc | undefined {
		const doc = this.docs.get(id);
		if (!doc || doc.pvt_deleted || (type !== undefined && doc.pvt_type !== type)) return undefined;
		return doc;
	}

	/** Every document of a type that is not deleted, in the order of their first writing. */
	list(type: string): Doc[] {
		return [...(this.byType.get(type)?.values() ?? [])].filter((doc) => !doc.pvt_deleted);
	}

	/** All documents, deleted ones too. */
	all(): IterableIterator<Doc> {
		return this.docs.values();
	}

	/** How many documents of each type there are, deleted ones not counted. */
	counts(): Record<string, number> {
		const counts: Record<string, number> = {};
		for (const type of this.byType.keys()) {
			const count = this.list(type).length;
			if (count > 0) counts[type] = count;
		}
		return counts;
	}

	/** Writes a document under `doc._id` with a new revision and gives back what is stored. Times are the caller's. */
	put(doc: Fields & { _id: string; pvt_type: string; pvt_created: number; pvt_modified: number }): Doc {
		const before = this.docs.get(doc._id);
		const generation = before ? Number.parseInt(before._rev, 10) + 1 : 1;
		return this.store({ ...doc, _rev: `${generation}-${hex()}` });
	}

	/** Puts a document back exactly as it was kept: for the data file only. */
	restore(doc: Doc): void {
		this.store(doc);
	}

	/** What it holds now. Documents are never changed in place, so that only the lists of them are copied. */
	held(): Held {
		const files = new Map([...this.files].map(([id, named]) => [id, new Map(named)]));
		return { docs: [...this.docs.values()], files };
	}

	/** Holds this, and nothing else, from now on. */
	hold({ docs, files }: Held): void {
		this.docs.clear();
		this.byType.clear();
		this.views.clear();
		this.files.clear();
		for (const doc of docs) this.store(doc);
		for (const [id, named] of files) this.files.set(id, new Map(named));
	}

	/** Forgets a document and its files altogether. */
	erase(id: string): void {
		const doc = this.docs.get(id);
		if (!doc) return;
		this.docs.delete(id);
		this.files.delete(id);
		this.byType.get(doc.pvt_type)?.delete(id);
		this.invalidate(doc.pvt_type);
	}

	/** Rows of a view, ascending. The array is shared: read it, never change it. */
	view(view: View): readonly Row[] {
		let cached = this.views.get(view);
		if (cached && !cached.dirty) return cached.rows;
		const rows: Row[] = [];
		for (const type of view.types) {
			for (const doc of this.byType.get(type)?.values() ?? []) {
				if (doc.pvt_deleted) continue;
				const key = view.keys ? undefined : view.key(doc);
				if (key !== undefined) rows.push({ key, doc });
				else for (const several of view.keys?.(doc) ?? []) rows.push({ key: several, doc });
			}
		}
		rows.sort(compareRows);
		cached = { rows, dirty: false };
		this.views.set(view, cached);
		return rows;
	}

	/** Keeps a file with a document, under a name. It does not touch the document. */
	attach(id: string, name: string, file: Attachment): void {
		let files = this.files.get(id);
		if (!files) this.files.set(id, (files = new Map()));
		files.set(name, file);
	}

	/** Names and files of a document, in the order they were attached. */
	attachments(id: string): ReadonlyMap<string, Attachment> {
		return this.files.get(id) ?? new Map<string, Attachment>();
	}

	/** Drops one file of a document, or all of them. */
	detach(id: string, name?: string): void {
		if (name === undefined) this.files.delete(id);
		else this.files.get(id)?.delete(name);
	}

	private store(doc: Doc): Doc {
		const before = this.docs.get(doc._id);
		if (before && before.pvt_type !== doc.pvt_type) {
			this.byType.get(before.pvt_type)?.delete(doc._id);
			this.invalidate(before.pvt_type);
		}
		this.docs.set(doc._id, doc);
		let type = this.byType.get(doc.pvt_type);
		if (!type) this.byType.set(doc.pvt_type, (type = new Map()));
		type.set(doc._id, doc);
		this.invalidate(doc.pvt_type);
		return doc;
	}

	private invalidate(type: string): void {
		for (const [view, cached] of this.views) if (view.types.includes(type)) cached.dirty = true;
	}
}
