/**
 * Gives every record of a list that the server keeps by time once, also those that it writes late, from a watermark
 * and the fingerprints of what was given beyond it. Nothing is taken from the records but their id: the time by which
 * the server sorts them is not always in them.
 */
import { LONGEST_RANGE } from '../values/time';
import { Seen } from './seen';

/** What is remembered between two polls. */
export interface Watermark {
	/** Gregorian seconds: all records before were given. */
	readonly from: number;
	/** Of those since `from`, the ones that were given (see `Seen`). */
	readonly seen: string;
}

export interface RecordSource<Item> {
	/**
	 * The records whose time lies in a range, both ends included, newest first.
	 * @param from Gregorian seconds, as @param to
	 * @param limit more than so many are not needed
	 */
	readonly fetch: (from: number, to: number, limit: number | undefined) => Promise<Item[]>;
	readonly id: (item: Item) => string;
	/** Seconds by which the server may write a record late, or its clock be wrong. */
	readonly overlap: number;
	/** Records of one range that are held in memory and remembered; ranges with more are cut. */
	readonly most?: number;
}

/** How far reading came; `failure` is what stopped it. What was given before is in the watermark. */
export interface Progress {
	readonly watermark: Watermark;
	readonly failure?: unknown;
}

const MOST = 20_000;
const FIRST_SPAN = 86_400;

/**
 * Gives the records that are new since the watermark, oldest first. The last `overlap` seconds are read again next
 * time, everything before is done with.
 *
 * @param now Gregorian seconds
 * @param give gets one record; when it throws, the record counts as not given
 * @param mayGoOn false ends the reading in good order; the next poll goes on from there
 */
export async function readNew<Item>(
	{ from: start, seen: given }: Watermark,
	{ fetch, id, overlap, most = MOST }: RecordSource<Item>,
	now: number,
	give: (item: Item) => Promise<void>,
	mayGoOn: () => boolean,
): Promise<Progress> {
	const seen = new Seen(given);
	let from = start;
	let tail = Math.max(from, now - overlap);
	let span = FIRST_SPAN;
	const watermark = (): Watermark => ({ from, seen: seen.toString() });
	try {
		while (from <= now && mayGoOn()) {
			const inTail = from >= tail;
			const to = inTail ? now : Math.min(from + span, tail) - 1;
			const items = await fetch(from, to, to > from ? most + 1 : undefined);
			if (items.length > most && to > from) {
				span = Math.ceil((to - from + 1) / 4);
				// So many within the overlap cannot all be remembered: it becomes shorter.
				if (inTail) tail = now - span + 1;
				continue;
			}
			for (const item of items.reverse()) {
				if (seen.has(id(item))) continue;
				if (!mayGoOn()) return { watermark: watermark() };
				await give(item);
				seen.add(id(item));
			}
			if (inTail) {
				const remembered = new Seen();
				for (const item of items) remembered.add(id(item));
				return { watermark: { from, seen: remembered.toString() } };
			}
			for (const item of items) seen.delete(id(item));
			from = to + 1;
			if (items.length < most / 4) span = Math.min(span * 2, LONGEST_RANGE);
		}
		return { watermark: watermark() };
	} catch (failure) {
		return { watermark: watermark(), failure };
	}
}

/** The watermark of a first poll that is to begin now: what is there already counts as given. */
export async function beginNow<Item>(source: RecordSource<Item>, now: number): Promise<Progress> {
	const there = { from: now - source.overlap, seen: '' };
	const progress = await readNew(
		there,
		source,
		now,
		async () => {},
		() => true,
	);
	return progress.failure === undefined
		? progress
		: { watermark: { from: now, seen: '' }, failure: progress.failure };
}
