/**
 * A copy in the order of a text, as people read lists: capitals do not matter. Not by `localeCompare`: its first call
 * loads the rules of the language, and this runs while n8n starts.
 */
export function alphabetical<Entry>(entries: Iterable<Entry>, textOf: (entry: Entry) => string): Entry[] {
	return [...entries]
		.map((entry) => ({ entry, text: textOf(entry).toLowerCase() }))
		.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
		.map(({ entry }) => entry);
}
