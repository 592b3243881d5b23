/** One poll over all accounts: what is new since the last one, and what is to be remembered for the next. */
import type { IDataObject } from 'n8n-workflow';

import type { Account } from '../operations/accounts';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput } from '../values/input';
import { isGregorian, isoFromGregorian } from '../values/time';
import type { RecordSource, Watermark } from './records';
import { beginNow, readNew } from './records';
import type { Snapshot } from './states';
import { changesBetween } from './states';
import type { Ask, RecordWatch, StateWatch, Watch, WatchSettings } from './watches';

/** What is kept between polls, as JSON. */
export interface Memory {
	/** What it was made for; another watch begins anew. */
	readonly key: string;
	/** Gregorian seconds by the server's clock of the last poll: where an account begins that was not there yet. */
	readonly polled: number;
	readonly watermarks?: Readonly<Record<string, Watermark>>;
	readonly snapshots?: Readonly<Record<string, Snapshot>>;
	/** Ids of the accounts that could not be read and are already reported. */
	readonly failing: readonly string[];
}

export interface Poll {
	readonly watch: Watch;
	readonly settings: WatchSettings;
	/** Says what the memory is for: event, accounts, settings. */
	readonly key: string;
	/** Gregorian seconds from which a first poll gives records; now when left out. */
	readonly begin?: number;
	/** Seconds, in place of the watch's own. */
	readonly overlap?: number;
	/** Seconds that a call takes at most, for records that are sorted by its beginning. */
	readonly longestCall?: number;
	readonly accounts: readonly Account[];
	/** Gregorian seconds by the server's clock. */
	readonly now: number;
	readonly ask: (account: Account) => Ask;
	/** Takes one new record. When it throws, the record comes again next time. */
	readonly give: (account: Account, record: IDataObject) => Promise<void>;
	/** False ends the poll in good order; the next one goes on from there. */
	readonly mayGoOn: () => boolean;
}

export interface Failure {
	readonly account: Account;
	readonly error: unknown;
	/** Whether this account failed already the last time. */
	readonly again: boolean;
}

/** Accounts that are asked side by side. */
const SIDE_BY_SIDE = 3;
/** Seconds. */
export const LONGEST_CALL = 4 * 3_600;
/** States of one account that are remembered. */
const MOST_STATES = 20_000;

/** Reads all accounts. One that fails keeps its place and does not hold up the others. */
export async function pollAccounts(
	poll: Poll,
	last: Memory | undefined,
): Promise<{ memory: Memory; failures: Failure[] }> {
	const memory = last?.key === poll.key ? last : undefined;
	const failures: Failure[] = [];
	const results = await mapConcurrently(poll.accounts, SIDE_BY_SIDE, async (account) => {
		const { place, failure } = await (poll.watch.kind === 'records'
			? readRecords(poll, poll.watch, account, memory)
			: compareStates(poll, poll.watch, account, memory));
		if (failure !== undefined)
			failures.push({ account, error: failure, again: memory?.failing.includes(account.id) === true });
		return [account.id, place] as const;
	});
	const places = Object.fromEntries(results.filter(([, place]) => place !== undefined));
	return {
		memory: {
			key: poll.key,
			polled: poll.now,
			...(poll.watch.kind === 'records' ? { watermarks: places } : { snapshots: places }),
			failing: failures.map(({ account }) => account.id),
		} as Memory,
		failures,
	};
}

/** How far one account is; nothing when it could not be begun. */
interface Step {
	readonly place: Watermark | Snapshot | undefined;
	readonly failure?: unknown;
}

async function readRecords(
	poll: Poll,
	watch: RecordWatch,
	account: Account,
	memory: Memory | undefined,
): Promise<Step> {
	const ask = poll.ask(account);
	const source: RecordSource<IDataObject> = {
		id: watch.id,
		time: timeOf,
		overlap: overlapOf(poll, watch),
		fetch: async (from, to, limit) =>
			await watch.list(ask, { from: isoFromGregorian(from), to: isoFromGregorian(to), limit }),
	};
	const known = memory?.watermarks?.[account.id];
	const begin = known ?? beginning(poll, memory, source.overlap);
	const clock = { now: poll.now, before: memory?.polled };
	const { watermark, failure } = begin
		? await readNew(begin, source, clock, async (record) => await poll.give(account, record), poll.mayGoOn)
		: await beginNow(source, poll.now);
	return { place: watermark, failure };
}

function overlapOf({ overlap, longestCall = LONGEST_CALL }: Poll, watch: RecordWatch): number {
	return (overlap ?? watch.overlap) + (watch.spansCall ? longestCall : 0);
}

/** What records call the time that they are sorted by, or one near it. */
const TIMES = ['timestamp', 'interaction_time', 'start', 'created'];

function timeOf(record: IDataObject): number | undefined {
	return TIMES.map((name) => Number(record[name])).find(isGregorian);
}

/** Where an account without a watermark begins: a new account when the others were read last. */
function beginning({ begin, now }: Poll, memory: Memory | undefined, overlap: number): Watermark | undefined {
	if (memory) {
		const from = Math.min(memory.polled, now) - overlap;
		return { from, seen: '', begin: from };
	}
	return begin === undefined ? undefined : { from: begin, seen: '', begin };
}

async function compareStates(
	poll: Poll,
	watch: StateWatch,
	account: Account,
	memory: Memory | undefined,
): Promise<Step> {
	const before = memory?.snapshots?.[account.id];
	if (!poll.mayGoOn()) return { place: before };
	try {
		const ask = poll.ask(account);
		const observed = await watch.observe(ask, poll.settings);
		if (observed.length > MOST_STATES) throw tooMany(watch, observed.length);
		const after = Object.fromEntries(observed.map(({ key, state }) => [key, state]));
		if (!before) return { place: after };
		const changes = changesBetween(before, after).filter(watch.wanted);
		if (changes.length === 0) return { place: after };
		const records = new Map(observed.map(({ key, record }) => [key, record]));
		const details = await watch.details?.(ask);
		for (const change of changes) {
			const record = details?.get(change.key) ?? records.get(change.key) ?? {};
			await poll.give(account, watch.item(change, record));
		}
		return { place: after };
	} catch (failure) {
		return { place: before, failure };
	}
}

function tooMany({ name }: StateWatch, count: number): InvalidInput {
	return new InvalidInput(
		`“${name}” can compare ${MOST_STATES} entries of an account, this one has ${count}`,
		'Read the list with the KAZOO node on a schedule and compare it in a database.',
	);
}

/**
 * A record as an example for the editor: the newest of the past year, or what the watch looks at now.
 * @returns nothing when there is none in any of the accounts
 */
export async function example(
	{ watch, settings, accounts, now, ask }: Pick<Poll, 'watch' | 'settings' | 'accounts' | 'now' | 'ask'>,
	give: Poll['give'],
): Promise<boolean> {
	for (const account of accounts) {
		const record = await exampleOf(watch, settings, now, ask(account));
		if (!record) continue;
		await give(account, record);
		return true;
	}
	return false;
}

const YEAR = 366 * 86_400;

async function exampleOf(
	watch: Watch,
	settings: WatchSettings,
	now: number,
	ask: Ask,
): Promise<IDataObject | undefined> {
	if (watch.kind === 'records') {
		const range = { from: isoFromGregorian(now - YEAR), to: isoFromGregorian(now), limit: 1 };
		return (await watch.list(ask, range))[0];
	}
	const [observed] = await watch.observe(ask, settings);
	const details = await watch.details?.(ask);
	const key = observed?.key ?? details?.keys().next().value;
	if (key === undefined) return undefined;
	const { state } = observed ?? {};
	// What is there now, told as if it had just become what is watched for: a phone on-line as one that went off
	const same = { key, before: state, after: state };
	const change =
		[same, { key, before: state }, { key, after: state }].find((one) => watch.wanted(one)) ?? same;
	return watch.item(change, details?.get(key) ?? observed?.record ?? {});
}
