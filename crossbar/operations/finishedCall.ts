/**
 * From the events of a call's legs to the whole call, once. Some seconds after its last leg the call is said. What
 * nobody here saw (n8n started in the middle of it, or its events went to several processes) call records tell; then
 * it is said by whoever saw the leg end that ended last.
 */
import { callOf, rootOf } from '../calls/call';
import { withRecordings } from '../calls/complete';
import type { Followed, FollowedCalls } from '../calls/followed';
import { isEnded, isSeenWhole, lastOf } from '../calls/followed';
import type { Leg } from '../calls/leg';
import type { CallRecord } from '../calls/record';
import type { Clock } from '../http/clock';
import type { Transport } from '../http/transport';
import type { NameLists } from './callDetails';
import { recordingsOf, withDetails } from './callDetails';
import type { ReadLegs } from './callLegs';
import { readLegs } from './callLegs';

/** What a person wants of calls that are over. */
export interface FinishedWish {
	/** Seconds after the last event of a call. */
	readonly settle: number;
	readonly lookUp: boolean;
	/** Name all legs. */
	readonly legs: boolean;
	/** Seconds to wait for recordings; nothing where they are not wanted. */
	readonly recording?: number;
}

export interface Finishing extends FinishedWish {
	readonly followed: FollowedCalls;
	readonly clock: Clock;
	/** Nothing is waited for any more: the trigger is taken down. */
	readonly signal: AbortSignal;
	readonly transport: () => Promise<Transport>;
	/** All events come to this process, as far as it runs. */
	readonly alone: boolean;
	/** Names that were looked up. */
	readonly names: NameLists;
	/** Is told what could not be read. */
	readonly warn: (message: string) => void;
}

export interface FinishedCall {
	readonly accountId: string;
	readonly call: CallRecord;
	/** Milliseconds, Unix: recordings are waited for until then. */
	readonly deadline: number;
}

const SECOND = 1000;
/** Seconds between two looks for records of legs that are missing. */
const LOOKS_ELSEWHERE = [10, 30];
const LONGEST_LOOK = 600;
/** Seconds to wait for a recording that no call record names. */
const UNNAMED = 15;
const RECORDING_LOOK = 5;

/** @returns the call, if this was its last event; nothing when it goes on, or is said by another one */
export async function finishedCall(seen: Followed, finishing: Finishing): Promise<FinishedCall | undefined> {
	const legs = await legsAtEnd(seen, finishing);
	if (legs === undefined) return undefined;
	const { followed, clock } = finishing;
	followed.end(seen, clock.now());
	return await completed(seen, legs, finishing);
}

async function legsAtEnd(
	seen: Followed,
	finishing: Finishing,
): Promise<ReadonlyMap<string, Leg> | undefined> {
	const { followed, clock, signal, settle, alone } = finishing;
	const { legs } = seen.group;
	if (![...legs.values()].some(({ over }) => over)) return undefined;
	await clock.wait(settle * SECOND, signal);
	if (!followed.isLatest(seen)) return undefined;
	if (isSeenWhole(seen.group)) return legs;
	const hasEnded = isEnded(legs.values());
	const root = rootOf([...legs.values()]);
	if (alone && !hasEnded && root.over !== true) return undefined;
	for (const pause of pauses(alone && !hasEnded)) {
		const read = await recordsOf(seen, finishing);
		if (!followed.isLatest(seen)) return undefined;
		if (read?.whole) return lastOf(read.legs.values())?.over === true ? read.legs : undefined;
		if (signal.aborted) break;
		await clock.wait(pause * SECOND, signal);
		if (!followed.isLatest(seen)) return undefined;
	}
	const isOurs = alone || (root.over === true && root.direction === 'inbound');
	return hasEnded && isOurs ? legs : undefined;
}

/** A leg that goes on is looked for as long as it does where nobody else says the call. */
function* pauses(untilItEnds: boolean): Generator<number> {
	yield* LOOKS_ELSEWHERE;
	if (!untilItEnds) return;
	for (let pause = 60; ; pause = Math.min(pause * 2, LONGEST_LOOK)) yield pause;
}

async function recordsOf(
	{ accountId, group }: Followed,
	{ transport, warn }: Finishing,
): Promise<ReadLegs | undefined> {
	try {
		const door = await transport();
		return await readLegs(group.legs, accountId ?? (await door.whoAmI()).accountId, door);
	} catch (error) {
		warn(`The records of a call could not be read: ${(error as Error).message}`);
		return undefined;
	}
}

async function completed(
	{ accountId: told }: Followed,
	legs: ReadonlyMap<string, Leg>,
	finishing: Finishing,
): Promise<FinishedCall> {
	const { clock, transport, recording, lookUp, names, warn } = finishing;
	const begin = clock.now();
	let accountId = told ?? '';
	let call = callOf([...legs.values()], { accountId: told, legs: finishing.legs });
	let deadline = begin;
	try {
		if (!lookUp && recording === undefined) return { accountId, call, deadline };
		const door = await transport();
		accountId = told ?? (await door.whoAmI()).accountId;
		if (recording !== undefined) {
			deadline = begin + recording * SECOND;
			call = await withAwaitedRecordings(call, legs, { accountId, door, deadline }, finishing);
		}
		if (lookUp) [call = call] = await withDetails([call], accountId, door, names);
	} catch (error) {
		warn(`The details of call ${call.id} could not be read: ${(error as Error).message}`);
	}
	return { accountId, call, deadline };
}

interface Place {
	readonly accountId: string;
	readonly door: Transport;
	readonly deadline: number;
}

/** Waits until the recordings are there that the call's records name; a while where they name none. */
async function withAwaitedRecordings(
	call: CallRecord,
	legs: ReadonlyMap<string, Leg>,
	{ accountId, door, deadline }: Place,
	{ clock, signal }: Finishing,
): Promise<CallRecord> {
	const begin = clock.now();
	for (;;) {
		const found = await recordingsOf(call, accountId, door);
		const read = await readLegs(legs, accountId, door);
		const named = [...read.legs.values()].flatMap(({ recordingIds }) => recordingIds);
		const isThere = found.length > 0 && named.every((id) => found.includes(id));
		const until = read.whole && named.length === 0 ? Math.min(deadline, begin + UNNAMED * SECOND) : deadline;
		if (isThere || signal.aborted || clock.now() >= until) return withRecordings(call, [...named, ...found]);
		await clock.wait(Math.min(RECORDING_LOOK * SECOND, until - clock.now()), signal);
	}
}
