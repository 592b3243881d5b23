/** Gets all pages of a list, whatever Crossbar's keys do. */
import type { Envelope, Query } from './transport';

/** Records a page; large pages cost the server little and save round trips. */
export const PAGE_SIZE = 1000;
const LARGEST_PAGE = 128_000;
const MOST_EMPTY_PAGES = 100;

export interface PageOptions<Item> {
	/** Stop after so many records. */
	readonly limit?: number;
	readonly pageSize?: number;
	readonly itemsOf: (envelope: Envelope) => Item[];
	/** What makes two items the same one. */
	readonly identity: (item: Item) => string;
}

/**
 * Follows `next_start_key` to the last page.
 *
 * The key names the first item of the next page and need not be unique (voicemails of the same second), so a page
 * can begin with items that the last one had, and the next key can equal the key just used. Then the same page is
 * asked for again, twice as large, and what was already there is left out (observed.md 13-15).
 *
 * @param fetch asks for one page with these query parameters
 * @throws Error when the server gives the same pages in a circle
 */
export async function collectPages<Item>(
	fetch: (query: Query) => Promise<Envelope>,
	{ limit = Infinity, pageSize = PAGE_SIZE, itemsOf, identity }: PageOptions<Item>,
): Promise<{ items: Item[]; envelope: Envelope }> {
	const items: Item[] = [];
	const usedKeys = new Set<string>();
	let startKey: string | undefined;
	let size = Math.max(1, Math.min(pageSize, limit));
	let previous = new Set<string>();
	let emptyPages = 0;
	for (;;) {
		const envelope = await fetch({ page_size: size, start_key: startKey });
		const page = itemsOf(envelope);
		const identities = page.map(identity);
		let fresh = 0;
		page.forEach((item, index) => {
			if (previous.has(identities[index] as string)) return;
			items.push(item);
			fresh++;
		});
		const nextKey = envelope.next_start_key;
		if (items.length >= limit) return { items: items.slice(0, limit), envelope };
		if (nextKey === undefined || nextKey === null || nextKey === '') return { items, envelope };
		emptyPages = fresh === 0 ? emptyPages + 1 : 0;
		if (nextKey === startKey) {
			size *= 2;
			if (size > LARGEST_PAGE) throw new EndlessPages(items.length);
			previous = new Set([...previous, ...identities]);
		} else {
			if (usedKeys.has(nextKey) || emptyPages > MOST_EMPTY_PAGES) throw new EndlessPages(items.length);
			usedKeys.add(nextKey);
			startKey = nextKey;
			size = Math.max(1, Math.min(pageSize, limit));
			previous = new Set(identities);
		}
	}
}

/** The server's pages have no end. */
export class EndlessPages extends Error {
	constructor(records: number) {
		super(`The server repeats its pages without an end; ${records} records were read until then`);
	}
}
