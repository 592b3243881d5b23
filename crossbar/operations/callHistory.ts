/**
 * Whole calls of a time range, out of the call records of their legs. Records are read newest first and legs put
 * together as they come; a call is done when nothing older can belong to it, so that only calls that are still open
 * are held. Legs that lie on another page, in another window or in another month find their call.
 */
import { callOf, rootOf } from '../calls/call';
import type { Group } from '../calls/groups';
import { Groups, isWhole } from '../calls/groups';
import type { Leg } from '../calls/leg';
import { withWhole } from '../calls/leg';
import { factsOfCdr, sortedAt } from '../calls/readCdr';
import type { CallRecord } from '../calls/record';
import type { Transport } from '../http/transport';
import { gregorianFromIso, isoFromGregorian, LONGEST_RANGE } from '../values/time';
import { namedOperation, performRow } from './engine';

/** Times are Gregorian seconds. */
export interface CallRange {
	readonly accountId: string;
	/** Which calls: by when they began, or by when they ended. */
	readonly by: 'beginning' | 'end';
	readonly from: number;
	readonly to: number;
	readonly now: number;
	/** Seconds that a call takes at most: records may bear its beginning, or its end. */
	readonly longest: number;
	/** Calls that are not done yet for as many seconds are left out: a leg may still be written. */
	readonly settle?: { readonly quiet: number; readonly whole: number };
	/** Name all legs. */
	readonly legs?: boolean;
	/** Read whole records of the legs, too: they say more, and cost a request a call. */
	readonly whole?: (interactionId: string) => Promise<readonly Record<string, unknown>[]>;
	/** More than so many calls are not needed. */
	readonly limit?: number;
	readonly wanted?: (call: CallRecord) => boolean;
}

/** A record can bear a time some seconds before its leg began. */
const EARLY = 10;
/** Records between two looks for calls that are done. */
const LOOK_EVERY = 1000;
/** Seconds of the first window where not all calls are wanted; the next ones are longer. */
const FIRST_WINDOW = 86_400;
const SIDE_BY_SIDE = 5;
/** What the engine keeps of a record: it went into its call. */
const TAKEN = {};

/** @returns the calls, newest first. @throws NodeApiError */
export async function readCalls(range: CallRange, transport: Transport): Promise<CallRecord[]> {
	const reading = new Reading(range);
	const first = range.from - EARLY;
	let end = Math.min(range.now, range.to + range.longest);
	let span = range.limit === undefined ? LONGEST_RANGE : FIRST_WINDOW;
	while (end >= first && !reading.isEnough) {
		const begin = Math.max(first, end - span);
		await readLegs(range.accountId, begin, end, transport, (record) => reading.take(record));
		await reading.close(begin);
		end = begin - 1;
		span = Math.min(span * 2, LONGEST_RANGE);
	}
	await reading.finish(end < first);
	return reading.result;
}

async function readLegs(
	accountId: string,
	from: number,
	to: number,
	transport: Transport,
	take: (record: Record<string, unknown>) => void,
): Promise<void> {
	const list = { from: isoFromGregorian(from), to: isoFromGregorian(to) };
	await performRow(
		{
			...namedOperation('cdr', 'getAll', { path: { accountId }, list }),
			present: (record) => {
				take(record);
				return TAKEN;
			},
		},
		transport,
	);
}

/** Legs on their way to calls. */
class Reading {
	private readonly groups = new Groups();
	private readonly calls: CallRecord[] = [];
	private readonly done: Group[] = [];
	private count = 0;

	constructor(private readonly range: CallRange) {}

	get isEnough(): boolean {
		const { limit } = this.range;
		return limit !== undefined && this.calls.length >= limit;
	}

	/** The calls so far, newest first. */
	get result(): CallRecord[] {
		const begun = ({ started_at }: CallRecord): string => started_at;
		return [...this.calls]
			.sort((a, b) => (begun(a) < begun(b) ? 1 : begun(a) > begun(b) ? -1 : a.id < b.id ? -1 : 1))
			.slice(0, this.range.limit);
	}

	take(record: Record<string, unknown>): void {
		const facts = factsOfCdr(record);
		if (facts) this.groups.add(facts);
		if (++this.count % LOOK_EVERY === 0) this.look(sortedAt(record));
	}

	/** Everything that the server sorts after a time was read. */
	async close(time: number): Promise<void> {
		this.look(time);
		const { whole } = this.range;
		const groups = this.done.splice(0);
		for (let place = 0; place < groups.length; place += SIDE_BY_SIDE)
			await Promise.all(
				groups.slice(place, place + SIDE_BY_SIDE).map(async (group) => {
					if (whole) await this.readWhole(group, whole);
					this.keep(group);
				}),
			);
	}

	/** @param allRead nothing older is left; else calls whose first leg was not read stay out */
	async finish(allRead: boolean): Promise<void> {
		for (const group of [...this.groups.open])
			if (!allRead && rootOf([...group.legs.values()]).direction !== 'inbound') this.groups.delete(group);
		await this.close(-Infinity);
	}

	private look(cursor: number): void {
		for (const group of [...this.groups.open]) {
			if (!this.isOver(group, cursor)) continue;
			this.groups.delete(group);
			if (!this.isInRange(group)) continue;
			if (this.range.whole) this.done.push(group);
			else this.keep(group);
		}
	}

	/** Whether no record that is still to come can belong to the call. */
	private isOver(group: Group, cursor: number): boolean {
		let start = Infinity;
		let isCalled = false;
		for (const leg of group.legs.values()) {
			start = Math.min(start, startOf(leg));
			isCalled ||= leg.direction === 'inbound';
		}
		if (cursor >= start - EARLY) return false;
		return cursor < start - EARLY - this.range.longest || (isCalled && isWhole(group));
	}

	private isInRange(group: Group): boolean {
		const { by, from, to, settle, now, longest } = this.range;
		const legs = [...group.legs.values()];
		const end = Math.max(...legs.map(endOf));
		const time = by === 'end' ? end : startOf(rootOf(legs));
		if (time < from || time > to) return false;
		// The leg on which somebody called is written last: without it the call goes on, or its record is late
		const goesOn = !isWhole(group) && rootOf(legs).direction !== 'inbound' && end > now - longest;
		if (goesOn) return false;
		return settle === undefined || end <= now - (isWhole(group) ? settle.quiet : settle.whole);
	}

	private async readWhole(group: Group, whole: NonNullable<CallRange['whole']>): Promise<void> {
		const ids = new Set([...group.legs.values()].flatMap(({ interactionId }) => interactionId ?? []));
		const groups = new Groups();
		for (const id of ids)
			for (const record of await whole(id)) {
				const facts = factsOfCdr(record);
				if (facts) groups.add(facts);
			}
		for (const { legs } of groups.open)
			for (const [id, leg] of legs) {
				const listed = group.legs.get(id);
				if (listed) group.legs.set(id, withWhole(listed, leg));
			}
	}

	private keep(group: Group): void {
		const { accountId, legs, wanted } = this.range;
		const call = callOf([...group.legs.values()], { accountId, legs });
		if (wanted?.(call) !== false) this.calls.push(call);
	}
}

const startOf = ({ startedAt, endedAt }: Leg): number => startedAt ?? endedAt ?? 0;
const endOf = ({ startedAt, endedAt }: Leg): number => endedAt ?? startedAt ?? 0;

/** Gregorian seconds of an ISO date that may be missing. */
export function timeOf(date: string | undefined, otherwise: number): number {
	return date === undefined || date === '' ? otherwise : gregorianFromIso(date);
}
