/** A view key: what CouchDB allows, without objects. */
export type Key = null | boolean | number | string | Key[];

const text = new Intl.Collator('en', { sensitivity: 'variant', caseFirst: 'lower' });

function rank(key: Key): number {
	if (key === null) return 0;
	if (typeof key === 'boolean') return 1;
	if (typeof key === 'number') return 2;
	if (typeof key === 'string') return 3;
	return 4;
}

/** Compares two view keys as CouchDB does: null, booleans, numbers, texts (by language, not by byte), arrays. */
export function compareKeys(a: Key, b: Key): number {
	if (a === b) return 0;
	const ranks = rank(a) - rank(b);
	if (ranks !== 0) return ranks;
	if (typeof a === 'number') return a - (b as number);
	if (typeof a === 'string') return text.compare(a, b as string);
	if (typeof a === 'boolean') return a ? 1 : -1;
	if (Array.isArray(a)) {
		const other = b as Key[];
		for (let i = 0; i < a.length && i < other.length; i++) {
			const order = compareKeys(a[i] as Key, other[i] as Key);
			if (order !== 0) return order;
		}
		return a.length - other.length;
	}
	return 0;
}
