/** Looks for dates in KAZOO's own counting (seconds since the year 0) where people should see ISO dates. */

/** Such seconds of the years 1964 to 2059: nothing else that KAZOO gives is a number of this size. */
const FIRST = 62_000_000_000;
const LAST = 65_000_000_000;
/** The same of the years 2018 to 2053 as a text; other texts of eleven digits can be phone numbers. */
const AS_TEXT = /^6(3[6-9]|4[0-7])\d{8}$/;
/** What a webhook sent, as it was sent. */
const VERBATIM: ReadonlySet<string> = new Set(['req_body']);

/** Where such seconds stand in an item, as values or as keys: `timestamp = 63962654400`, `stats.63962654400 is a key`. */
export function gregorianIn(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => gregorianIn(entry, `${path}[]`));
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([key, entry]) => {
			const place = path === '' ? key : `${path}.${key}`;
			if (VERBATIM.has(key)) return [];
			return [...(isCounted(key) ? [`${place} is a key`] : []), ...gregorianIn(entry, place)];
		});
	return isCounted(value) ? [`${path} = ${String(value)}`] : [];
}

function isCounted(value: unknown): boolean {
	if (typeof value === 'number') return value > FIRST && value < LAST;
	return typeof value === 'string' && AS_TEXT.test(value);
}
