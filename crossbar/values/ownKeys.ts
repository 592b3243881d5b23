/** What a document that was read from the server says of itself: nothing that a new one may be given. */

/** Crossbar takes each of these for the id of the document (`ID` too, seen on KAZOO 4). */
const IDS = ['id', '_id', 'ID'];
const OTHERS = ['_rev', '_read_only'];

const isId = (key: string): boolean => IDS.includes(key);
const isOwn = (key: string): boolean => isId(key) || OTHERS.includes(key) || key.startsWith('pvt_');

/** The keys of a document by which the server would take it for one that is there. */
export function idsIn(document: Readonly<Record<string, unknown>>): string[] {
	return Object.keys(document).filter(isId);
}

/** The document without what the server keeps of it, and the keys that were left out. */
export function withoutOwnKeys(document: Readonly<Record<string, unknown>>): {
	document: Record<string, unknown>;
	leftOut: string[];
} {
	const entries = Object.entries(document);
	return {
		document: Object.fromEntries(entries.filter(([key]) => !isOwn(key))),
		leftOut: entries.map(([key]) => key).filter(isOwn),
	};
}
