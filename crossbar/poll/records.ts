/**
 * Gives every record of a list that the server keeps by time once, also those that it writes late, from a watermark
 * and the fingerprints of what was given beyond it. Whose clock goes wrong does not matter: the watermark never passes
 * the newest record less the overlap.
 */
import { LONGEST_RANGE } from '../values/time';
import { Seen } from './seen';

/** What is remembered between two polls. */
export interface Watermark {
	/** Gregorian seconds: all records before were given. */
	readonly from: number;
	/** Of those since `from`, the ones that were given (see `Seen`). */
	readonly seen: string;
	/** What was given last, wherever it lies: for a server whose clock is put back. */
	readonly last?: string;
	/** Where the first poll began, Gregorian seconds: nothing before is given. */
	readonly begin?: number;
	/** The server's clock was before `from` at the last poll. */
	readonly ahead?: true;
}

export interface RecordSource<Item> {
	/**
	 * The records whose time lies in a range, both ends included, newest first.
	 * @param from Gregorian seconds, as @param to
	 * @param limit more than so many are not needed
	 */
	readonly fetch: (from: number, to: number, limit: number | undefined) => Promise<Item[]>;
	readonly id: (item: Item) => string;
	/** About the time by which the server sorts an item, Gregorian seconds, where the item says it. */
	readonly time: (item: Item) => number | undefined;
	/** Seconds by which the server may write a record late, or its clock be wrong. */
	readonly overlap: number;
	/** Records of one range that are held in memory and remembered; ranges with more are cut. */
	readonly most?: number;
}

/** The server's clock at this poll and at the one before, Gregorian seconds. */
export interface Clock {
	readonly now: number;
	readonly before?: number;
}

/** How far reading came; `failure` is what stopped it. What was given before is in the watermark. */
export interface Progress {
	readonly watermark: Watermark;
	readonly failure?: unknown;
}

const MOST = 20_000;
/** What was given last: so many ids are remembered. */
const LAST = 500;
/** More ids than these are not remembered without looking which of them are needed. */
const FEW = 500;
/** Seconds that are read first of a longer time. */
const FIRST_SPAN = 86_400;
/** An account without a record for so long is read from then on: one request's range. */
const QUIET = LONGEST_RANGE - 86_400;

/** A range that was read, and what lay in it. */
interface Stretch {
	readonly from: number;
	readonly to: number;
	readonly ids: readonly string[];
}

/**
 * Gives the records that are new since the watermark, oldest first. From the newest record less the overlap on it is
 * read again next time, everything before is done with.
 *
 * @param give gets one record; when it throws, the record counts as not given
 * @param mayGoOn false ends the reading in good order; the next poll goes on from there
 */
export async function readNew<Item>(
	known: Watermark,
	{ fetch, id, time, overlap, most = MOST }: RecordSource<Item>,
	{ now, before }: Clock,
	give: (item: Item) => Promise<void>,
	mayGoOn: () => boolean,
): Promise<Progress> {
	const seen = new Seen(known.seen);
	const last = new Seen(known.last);
	const start = startOf(known, now, overlap);
	if (start > now) return { watermark: { ...known, ahead: true } };
	const isGiven = (item: Item): boolean => seen.has(id(item)) || last.has(id(item));
	let from = start;
	const isSteady = before !== undefined && now - before < FIRST_SPAN && now - from <= QUIET + overlap;
	let tail = isSteady ? from : Math.max(from, now - overlap);
	let span = FIRST_SPAN;
	let newest: number | undefined;
	/** Those whose records may lie beyond the next watermark, and before which there are too many to remember. */
	const recent: Stretch[] = [];
	let crowded = start;
	const place = (): number => {
		const anchor = newest === undefined ? start : newest - overlap;
		const quiet = Math.min(now, before ?? now) - QUIET;
		const point = Math.min(now - overlap, Math.max(anchor, quiet));
		return Math.max(start, Math.min(from, Math.max(crowded, point)));
	};
	const remember = (stretch: Stretch): void => {
		recent.push(stretch);
		const count = (): number => recent.reduce((sum, { ids }) => sum + ids.length, 0);
		for (let [first] = recent; first; [first] = recent) {
			if (recent.length > 1 && count() > most) crowded = first.to + 1;
			if (first.to >= place()) return;
			for (const one of first.ids) seen.delete(one);
			recent.shift();
		}
	};
	const { begin } = known;
	const watermark = (remembered: Seen): Watermark => ({
		...(begin === undefined ? {} : { begin }),
		from: place(),
		seen: remembered.toString(),
		last: last.newest(LAST).toString(),
	});
	try {
		while (from <= now && mayGoOn()) {
			const inTail = from >= tail;
			const to = inTail ? now : Math.min(from + span, tail) - 1;
			const items = await fetch(from, to, to > from ? most + 1 : undefined);
			if (items.length > most && to > from) {
				span = Math.ceil((to - from + 1) / 4);
				// So many within the overlap cannot all be remembered: it becomes shorter
				if (inTail) tail = now - span + 1;
				continue;
			}
			for (const item of items.reverse()) {
				if (isGiven(item)) {
					seen.add(id(item));
					continue;
				}
				if (!mayGoOn()) return { watermark: watermark(seen) };
				await give(item);
				seen.add(id(item));
				last.add(id(item));
			}
			for (const item of items) newest = Math.max(newest ?? from, Math.min(to, time(item) ?? to));
			const stretch = { from, to, ids: items.map(id) };
			from = to + 1;
			remember(stretch);
			if (items.length < most / 4) span = Math.min(span * 2, LONGEST_RANGE);
		}
		if (from <= now) return { watermark: watermark(seen) };
		return { watermark: watermark(await needed(recent)) };
	} catch (failure) {
		return { watermark: watermark(seen), failure };
	}

	/** What was given beyond the watermark. A stretch is larger than what lies there: of many ids it is looked which do. */
	async function needed(stretches: readonly Stretch[]): Promise<Seen> {
		const given = new Seen();
		for (const one of stretches.flatMap(({ ids }) => ids)) given.add(one);
		const [first] = stretches;
		const point = place();
		if (!first || given.size <= FEW || first.from >= point) return given;
		const there = await fetch(point, now, most + 1).catch(() => undefined);
		if (!there || there.length > most) return given;
		const remembered = new Seen();
		for (const item of there) if (given.has(id(item))) remembered.add(id(item));
		return remembered;
	}
}

/**
 * Where to read from. A clock that is wrong for one poll is waited for; one that was put back gives records times that
 * were passed already.
 */
function startOf({ from, begin = from, ahead }: Watermark, now: number, overlap: number): number {
	return from > now && ahead ? Math.max(begin, now - overlap) : from;
}

/**
 * The watermark of a first poll that is to begin now: what is there already counts as given. When it cannot be read,
 * what then is there since the overlap counts as new: late records could not be told from it.
 */
export async function beginNow<Item>(source: RecordSource<Item>, now: number): Promise<Progress> {
	const { fetch, time, overlap } = source;
	const unread = { from: now - overlap, seen: '', begin: now - overlap };
	try {
		const items = await fetch(now - QUIET, now, 1);
		const times = items.map((item) => time(item) ?? now);
		const from = items.length === 0 ? now - QUIET : Math.min(now, Math.max(...times)) - overlap;
		const { watermark, failure } = await readNew(
			{ from, seen: '', begin: from },
			source,
			{ now, before: now },
			async () => {},
			() => true,
		);
		return failure === undefined ? { watermark } : { watermark: unread, failure };
	} catch (failure) {
		return { watermark: unread, failure };
	}
}
