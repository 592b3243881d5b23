/** Gets all pages of a list, whatever Crossbar's keys do. */
import { sleep } from 'n8n-workflow';

import type { Envelope, Query } from './transport';

/** Records a page; large pages cost the server little and save round trips. */
export const PAGE_SIZE = 1000;
const LARGEST_PAGE = 128_000;
const MOST_EMPTY_PAGES = 100;

export interface PageOptions<Item, Shown = Item> {
	/** Stop after so many records. */
	readonly limit?: number;
	readonly pageSize?: number;
	readonly itemsOf: (envelope: Envelope) => Item[];
	/** What makes two items the same one. */
	readonly identity: (item: Item) => string;
	/** What is kept of an item, itself if left out: worked out while the server prepares the next page. */
	readonly show?: (item: Item, envelope: Envelope) => Shown;
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
export async function collectPages<Item, Shown = Item>(
	fetch: (query: Query) => Promise<Envelope>,
	{ limit = Infinity, pageSize = PAGE_SIZE, itemsOf, identity, show = same }: PageOptions<Item, Shown>,
): Promise<{ items: Shown[]; envelope: Envelope }> {
	const items: Shown[] = [];
	const usedKeys = new Set<string>();
	let startKey: string | undefined;
	let size = Math.max(1, Math.min(pageSize, limit));
	let previous = new Set<string>();
	let emptyPages = 0;
	let coming = fetch({ page_size: size });
	for (;;) {
		const envelope = await coming;
		const page = itemsOf(envelope);
		const identities = page.map(identity);
		const fresh = page.filter((_, index) => !previous.has(identities[index] as string));
		const take = (): void => {
			for (const item of fresh.slice(0, limit - items.length)) items.push(show(item, envelope));
		};
		const nextKey = envelope.next_start_key;
		const isLast = nextKey === undefined || nextKey === null || nextKey === '';
		if (isLast || items.length + fresh.length >= limit) {
			take();
			return { items, envelope };
		}
		emptyPages = fresh.length === 0 ? emptyPages + 1 : 0;
		if (nextKey === startKey) {
			size *= 2;
			if (size > LARGEST_PAGE) throw new EndlessPages(items.length + fresh.length);
			previous = new Set([...previous, ...identities]);
		} else {
			if (usedKeys.has(nextKey) || emptyPages > MOST_EMPTY_PAGES)
				throw new EndlessPages(items.length + fresh.length);
			usedKeys.add(nextKey);
			startKey = nextKey;
			size = Math.max(1, Math.min(pageSize, limit));
			previous = new Set(identities);
		}
		coming = fetch({ page_size: size, start_key: startKey });
		await underWay(coming);
		take();
	}
}

/** Only where `Shown` is left out, and then it is `Item`. */
function same<Item, Shown>(item: Item): Shown {
	return item as unknown as Shown;
}

/** Lets a request leave, which it does only when the event loop turns; its failure is for who waits for the answer. */
async function underWay(request: Promise<unknown>): Promise<void> {
	request.catch(() => undefined);
	await sleep(0);
}

/** The server's pages have no end. */
export class EndlessPages extends Error {
	constructor(records: number) {
		super(`The server repeats its pages without an end; ${records} records were read until then`);
	}
}
