import { compareKeys, type Key } from '../values/collation';
import type { Answer, Call } from '../request/call';
import { requestValue } from '../request/call';
import type { Database, Doc, Fields, Row, View } from '../store/database';
import { decodeKey, EMPTY_OBJECT, encodeKey } from '../values/erlang';
import { filterOf, valueAt } from './filters';
import { hex, md5 } from '../values/ids';
import { present } from '../store/merge';
import { faultyRequest, Refusal } from '../request/refusal';
import { crossbarSetting } from '../store/system-settings';
import { timeRange } from './time-range';

/** What to list and how. */
export interface Listing {
	database: Database;
	view: View;
	/** What a row shows. A text or bytes are taken for JSON that was already written. */
	show: (doc: Doc) => unknown;
	/** Only rows whose (list) key begins so. */
	prefix?: Key[];
	/**
	 * The key's number after the prefix is a time that the request's range applies to; such lists show `start_key` on
	 * the first page, too.
	 */
	ranged?: boolean;
	/** The first page tells no `start_key`, although the list is ranged. */
	startUnknown?: boolean;
	/** The longest range in seconds, where it is not the usual one. */
	maxRange?: number;
	/** The key is the time alone, not a list that begins with it. */
	bareKey?: boolean;
	/** The first page's `start_key` is the bare end of the range, without the empty object. */
	bareStart?: boolean;
	/** What filters look at, where it is not the document itself. */
	filtered?: (doc: Doc) => Doc;
	/** Only these documents: not a filter of the client's but of the list. */
	only?: (doc: Doc) => boolean;
	/** The list is sent in chunks: the answer has texts for numbers, and no revision. */
	chunked?: boolean;
	/** What stands for the highest key after the prefix in the first page's `start_key`; the empty object, mostly. */
	highest?: string;
	/** The answer has no revision. */
	unrevisioned?: boolean;
	/** Each page is turned round before it is shown. */
	reversed?: boolean;
	/** `false` for lists that go up unless told otherwise. */
	descending?: boolean;
}

interface Page {
	size: number;
	all: boolean;
	descending: boolean;
	startKey?: string;
}

/** The character that sorts after all that names and ids hold. */
export const HIGHEST = '\ufff0';

const DEFAULT_PAGE = 50;

function pageOf(call: Call, listing: Listing): Page {
	const asked = requestValue(call, 'page_size');
	let size = DEFAULT_PAGE;
	if (asked !== undefined) {
		if (!/^-?\d+(\.\d+)?$/.test(String(asked))) throw faultyRequest('invalid page size');
		size = Math.round(Number(asked));
		if (size < 1) throw faultyRequest('page size must be at least 1');
	}
	const { ascending, descending } = call.query;
	const up = ascending === 'true' || descending === 'false';
	// KAZOO 5 takes where to go on under another name, too.
	const bookmark = call.kernel.profile === 5 ? requestValue(call, 'bookmark') : undefined;
	const startKey = requestValue(call, 'start_key') ?? bookmark;
	return {
		size,
		all: /^(false|0|no)$/i.test(String(requestValue(call, 'paginate') ?? '')),
		descending: up ? false : descending === 'true' || (listing.descending ?? true),
		startKey: startKey === undefined ? undefined : String(startKey),
	};
}

/** Index of the first row whose key is not below (or, with `after`, is above) a key. */
function bisect(rows: readonly Row[], key: Key, after: boolean): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const order = compareKeys((rows[middle] as Row).key, key);
		if (order < 0 || (after && order === 0)) low = middle + 1;
		else high = middle;
	}
	return low;
}

// Sorts after every text and number that a key can have: the end of a prefix.
const END: Key = [['\uffff']];

interface Window {
	rows: readonly Row[];
	/** First index, inclusive. */
	from: number;
	/** Last index, exclusive. */
	to: number;
	/** The key of the first page, for lists that show it. */
	firstKey?: string;
}

function windowOf(call: Call, listing: Listing, page: Page): Window {
	const rows = listing.database.view(listing.view);
	const prefix = listing.prefix ?? [];
	if (listing.ranged) {
		const { from, to } = timeRange(call, listing.maxRange);
		if (listing.bareKey) {
			return {
				rows,
				from: bisect(rows, from, false),
				to: bisect(rows, to, true),
				firstKey: encodeKey(page.descending ? to : from),
			};
		}
		const first = page.descending
			? [...prefix, to, ...(listing.bareStart ? [] : [EMPTY_OBJECT])]
			: [...prefix, from];
		return {
			rows,
			from: bisect(rows, [...prefix, from], false),
			to: bisect(rows, [...prefix, to, END], true),
			firstKey: encodeKey(first),
		};
	}
	if (prefix.length === 0) return { rows, from: 0, to: rows.length };
	return {
		rows,
		from: bisect(rows, prefix, false),
		to: bisect(rows, [...prefix, END], true),
		firstKey: encodeKey(page.descending ? [...prefix, listing.highest ?? EMPTY_OBJECT] : prefix),
	};
}

function applyStart(window: Window, page: Page): void {
	const { startKey } = page;
	if (startKey === undefined) return;
	if (startKey === '') {
		throw new Refusal(500, 'datastore_fault', { cause: 'Bad Request', message: 'unknown failure' });
	}
	const decoded = decodeKey(startKey);
	if (decoded === undefined && /^[A-Za-z0-9_-]+$/.test(startKey)) {
		throw new Refusal(500, 'datastore_fault', { cause: 'timeout', message: 'unknown failure' });
	}
	const key = decoded ?? startKey;
	if (page.descending) window.to = Math.min(window.to, bisect(window.rows, key, true));
	else window.from = Math.max(window.from, bisect(window.rows, key, false));
}

/**
 * KAZOO 5's `fields`: only these keys of the document, the id always; and `full_docs`: all of them, where the system's
 * settings allow it.
 */
function projection(call: Call): ((doc: Doc) => Fields) | undefined {
	const { fields, full_docs: full } = call.query;
	const { profile, store } = call.kernel;
	if (profile !== 5) return undefined;
	if (full === 'true' && crossbarSetting(store, 'allow_fetch_full_docs') === true) return present;
	if (fields === undefined) return undefined;
	let names: unknown;
	try {
		names = JSON.parse(fields);
	} catch {
		// The other way to write it: a list with commas.
		names = fields.split(',');
	}
	const paths = Array.isArray(names) ? names.map(String) : typeof names === 'string' ? names.split(',') : [];
	return (doc) => {
		const row: Fields = { id: doc._id };
		for (const path of paths) {
			const value = path === 'id' || path.startsWith('pvt_') ? undefined : valueAt(doc, path.trim());
			if (value !== undefined) row[path.trim()] = value;
		}
		return row;
	};
}

/** Puts written rows into an array; rows as bytes are only copied, which is what makes long lists fast. */
function arrayOf(rows: (string | Buffer)[]): string | Buffer {
	if (!rows.every(Buffer.isBuffer)) return `[${rows.join(',')}]`;
	const json = Buffer.allocUnsafe(rows.reduce((sum, row) => sum + row.length + 1, 2) - (rows.length ? 1 : 0));
	let at = json.write('[');
	for (const row of rows) {
		if (at > 1) json[at++] = 0x2c;
		at += row.copy(json, at);
	}
	json[at] = 0x5d;
	return json;
}

/** A page of a view, as Crossbar pages: opaque keys, the next page's first key only when there is a next page. */
export function list(call: Call, listing: Listing): Answer {
	const page = pageOf(call, listing);
	const window = windowOf(call, listing, page);
	applyStart(window, page);
	const filter = filterOf(call, !listing.ranged);
	const show = projection(call) ?? listing.show;
	const { only, filtered } = listing;
	const out: (string | Buffer)[] = [];
	const limit = page.all ? Infinity : page.size;
	const step = page.descending ? -1 : 1;
	let at = page.descending ? window.to - 1 : window.from;
	for (; at >= window.from && at < window.to && out.length < limit; at += step) {
		const { doc } = window.rows[at] as Row;
		if ((only && !only(doc)) || (filter && !filter(filtered ? filtered(doc) : doc))) continue;
		const row = show(doc);
		out.push(typeof row === 'string' || Buffer.isBuffer(row) ? row : JSON.stringify(row));
	}
	const next = at >= window.from && at < window.to ? (window.rows[at] as Row).key : undefined;
	if (listing.reversed) out.reverse();
	const json = arrayOf(out);
	const answer: Answer = { json };
	if (listing.chunked) answer.chunked = true;
	else if (out.length > 0 && !listing.unrevisioned) answer.revision = listRevision(call, json);
	if (!page.all) {
		const shown = page.startKey ?? (listing.startUnknown ? undefined : window.firstKey);
		answer.envelope = {
			...(next === undefined ? undefined : { next_start_key: encodeKey(next) }),
			page_size: out.length,
			...(shown === undefined ? undefined : { start_key: shown }),
		};
	}
	return answer;
}

/** A page of monthly records where there are none. */
export function noRecords(call: Call): Answer {
	return { data: [], envelope: { page_size: 0, start_key: encodeKey(timeRange(call).to) } };
}

/** A list's revision: of its content in KAZOO 5, useless (another one each time) in KAZOO 4. */
export function listRevision(call: Call, json: string | Buffer): string {
	return call.kernel.profile === 5 ? md5(json) : hex();
}
