/** Gets all pages of a list, whatever Crossbar's keys do. */
import { NodeApiError, sleep } from 'n8n-workflow';

import type { CrossbarRequest, Envelope, Query } from '../http/messages';

/** Records a page; large pages cost the server little and save round trips. */
export const PAGE_SIZE = 1000;
const LARGEST_PAGE = 128_000;
const MOST_EMPTY_PAGES = 100;
/** Pages that are asked for while one is read: no more wait in memory. */
const MOST_AHEAD = 2;

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

/** Asks for one page with these query parameters. */
type FetchPage = (query: Query, foresee: NonNullable<CrossbarRequest['foresee']>) => Promise<Envelope>;

interface Page {
	readonly key: string | undefined;
	readonly size: number;
	readonly envelope: Promise<Envelope>;
	/** The page that was asked for before this one was read. */
	readonly next: () => Page | undefined;
}

/**
 * Follows `next_start_key` to the last page.
 *
 * The key names the first item of the next page and need not be unique (voicemails of the same second), so a page
 * can begin with items that the last one had, and the next key can equal the key just used. Then the same page is
 * asked for again, twice as large, and what was already there is left out (observed.md 13-15).
 *
 * KAZOO 4 names the key before the data, so the server prepares the next page while this one is read.
 *
 * @throws Error when the server gives the same pages in a circle
 */
export async function collectPages<Item, Shown = Item>(
	fetch: FetchPage,
	{ limit = Infinity, pageSize = PAGE_SIZE, itemsOf, identity, show = same }: PageOptions<Item, Shown>,
): Promise<{ items: Shown[]; envelope: Envelope }> {
	const items: Shown[] = [];
	const usedKeys = new Set<string>();
	const firstSize = Math.max(1, Math.min(pageSize, limit));
	let previous = new Set<string>();
	/** All that came: a server may give the same records under new keys for ever. */
	const known = new Set<string>();
	let emptyPages = 0;
	let found = 0;
	/** Pages asked for whose items were not looked at yet. */
	let asked = 0;
	const ask = (size: number, key?: string): Page => {
		asked++;
		let next: Page | undefined;
		const get = key === undefined ? orWhole(fetch) : fetch;
		const envelope = get({ page_size: size, start_key: key }, (head) => {
			const nextKey = keyOf(head);
			const goesOn =
				nextKey !== undefined && nextKey !== key && !usedKeys.has(nextKey) && found + asked * size < limit;
			if (!goesOn || asked > MOST_AHEAD || next) return false;
			next = ask(firstSize, nextKey);
			return true;
		});
		// Its failure is for who waits for it; nobody may
		envelope.catch(() => undefined);
		return { key, size, envelope, next: () => next };
	};
	let page = ask(firstSize);
	for (;;) {
		const envelope = await page.envelope;
		asked--;
		const all = itemsOf(envelope);
		const identities = all.map(identity);
		const fresh = all.filter((_, index) => !previous.has(identities[index] as string));
		const isNews = identities.length === 0 || identities.some((id) => !known.has(id));
		for (const id of identities) known.add(id);
		const wanted = fresh.slice(0, limit - found);
		found += wanted.length;
		const take = (): void => {
			for (const item of wanted) items.push(show(item, envelope));
		};
		const nextKey = keyOf(envelope);
		if (nextKey === undefined || found >= limit) {
			take();
			return { items, envelope };
		}
		emptyPages = fresh.length === 0 ? emptyPages + 1 : 0;
		if (nextKey === page.key) {
			if (page.size * 2 > LARGEST_PAGE) throw new EndlessPages(found);
			previous = new Set([...previous, ...identities]);
			page = ask(page.size * 2, nextKey);
		} else {
			if (usedKeys.has(nextKey) || !isNews || emptyPages > MOST_EMPTY_PAGES) throw new EndlessPages(found);
			usedKeys.add(nextKey);
			previous = new Set(identities);
			const next = page.next();
			const foreseen = next?.key === nextKey;
			page = foreseen ? next : ask(firstSize, nextKey);
			if (!foreseen) await sleep(0); // A request leaves only when the event loop turns
		}
		take();
	}
}

/**
 * The first page, or the whole list where the server fails on the page: KAZOO 4 cannot ask a newer CouchDB for some
 * pages (bulk tasks: observed.md 30).
 */
export function orWhole<Rest extends unknown[]>(
	fetch: (query: Query, ...rest: Rest) => Promise<Envelope>,
): (query: Query, ...rest: Rest) => Promise<Envelope> {
	return async (query, ...rest) =>
		await fetch(query, ...rest).catch(async (error: unknown) => {
			const failed = error instanceof NodeApiError && error.httpCode === '500';
			const whole = failed
				? await fetch({ paginate: false }, ...rest).catch((): undefined => undefined)
				: undefined;
			if (whole) return whole;
			throw error;
		});
}

/** The key of the next page, as it is sent: some lists have one of several parts. */
export function keyOf({ next_start_key: key }: { readonly next_start_key?: unknown }): string | undefined {
	if (key === undefined || key === null || key === '') return undefined;
	return typeof key === 'string' ? key : JSON.stringify(key);
}

/** Only where `Shown` is left out, and then it is `Item`. */
function same<Item, Shown>(item: Item): Shown {
	return item as unknown as Shown;
}

/** The server's pages have no end. */
export class EndlessPages extends Error {
	constructor(records: number) {
		super(`The server repeats its pages without an end; ${records} records were read until then`);
	}
}
