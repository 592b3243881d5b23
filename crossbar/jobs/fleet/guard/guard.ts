/** Fleet: Guard. An item where an account leaves what is usual for it, with what can be done about it. */
import type { IDataObject } from 'n8n-workflow';

import { digest } from '../../../changes/difference';
import type { Transport } from '../../../http/transport';
import { readCalls } from '../../../operations/callHistory';
import type { Operation, Outcome, Values } from '../../../operations/operation';
import { isRecord, plainText } from '../../../values/records';
import { gregorianNow, isTimeZone, windows } from '../../../values/time';
import type { FleetAccount } from '../accounts';
import { homeCodes } from '../audit/people';
import type { Reader } from '../reader';
import { notLooked, visitAll } from '../visit';
import { ladderOf } from './ladder';
import type { Measure, Seen } from './measures';
import {
	abroadOf,
	callsOf,
	hourly,
	measureNames,
	measures,
	nightIn,
	ranked,
	seenOf,
	usualMost,
	worstHour,
} from './measures';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Days that are learned from unless told otherwise. */
const LEARN_DAYS = 7;
/** What was learned is learned anew after as many seconds. */
const LEARNED_FOR = DAY;
/** A look goes back as far at the most, however long ago the last one was. */
const FARTHEST = DAY;
/** The longest call, in seconds: its record may bear its beginning or its end. */
const LONGEST = 4 * HOUR;

type Limits = Record<Measure, number>;

/** What the guard keeps of an account between runs; times are Gregorian seconds. */
interface Memory {
	looked?: number;
	learned?: { at: number; limits: Limits };
	/** When each measure was last told of. */
	told: Record<string, number>;
}

/** Fleet: Guard. What it has learned and told of is kept in the memory of the operation. */
export async function guardFleet(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, memory = {} } = operation;
	const all = (memory[`guard ${digest(thresholdsOf(input.arguments))}`] ??= {}) as Record<string, unknown>;
	const found = await visitAll(operation, transport, async (reader, account) => {
		const kept = isRecord(all[account.id]) ? (all[account.id] as Memory) : { told: {} };
		try {
			const records = await lookAt(reader, account, kept, input.arguments, transport);
			all[account.id] = kept;
			return records;
		} catch (error) {
			const { problem, whatToDo } = notLooked(error, transport);
			const what = whatToDo === undefined ? {} : { what_to_do: whatToDo };
			return [
				{
					severity: 'not looked at',
					account: account.name,
					finding: problem,
					...what,
					account_id: account.id,
				},
			];
		}
	});
	return { records: found.flat(), envelope: {}, asIs: true };
}

async function lookAt(
	reader: Reader,
	account: FleetAccount,
	kept: Memory,
	given: Values,
	transport: Transport,
): Promise<IDataObject[]> {
	const now = gregorianNow();
	const homes = await homeCodes(reader);
	const { timezone } = await reader.settings();
	const isNight = nightIn(typeof timezone === 'string' && isTimeZone(timezone) ? timezone : 'UTC');
	const read = async (from: number, to: number): Promise<Seen[]> =>
		(await readCalls({ accountId: account.id, by: 'beginning', from, to, now, longest: LONGEST }, transport))
			.map((call) => seenOf(call, homes))
			.sort((a, b) => a.start - b.start);
	const begin = Math.max(kept.looked ?? now - HOUR, now - FARTHEST) - HOUR;
	const limits = await limitsOf(kept, given, begin, now, isNight, read, reader);
	const on = await callsOn(reader, homes);
	const calls = [...(await read(begin, now)), ...on].sort((a, b) => a.start - b.start);
	const failures = await logInFailures(reader, begin, now);
	kept.looked = now;
	const findings: IDataObject[] = [];
	for (const measure of measureNames) {
		const own = callsOf(measure, calls, isNight);
		const worst = worstHour(measure, own);
		const value = measure === 'logInFailures' ? mostInAnHour(failures) : worst.value;
		if (value <= limits[measure]) continue;
		const last = kept.told[measure];
		if (given.onlyNew === true && last !== undefined && now - last < HOUR) continue;
		kept.told[measure] = now;
		const about = {
			accountId: account.id,
			accountName: account.name,
			why: `Guard: ${measures[measure].label}`,
		};
		const concerned = new Set([...worst.calls, ...on.filter((call) => own.includes(call))]);
		const ladder = await ladderOf([...concerned], reader, about, transport);
		findings.push({
			severity: 'critical',
			account: account.name,
			measure: measures[measure].label,
			finding: `${value} in an hour; up to ${limits[measure]} is usual`,
			value,
			usual: limits[measure],
			calls: worst.calls.length,
			countries: ranked(worst.calls, ({ abroad }) => abroad).slice(0, 5),
			...(ladder[0]?.plan === undefined ? {} : { what_to_do: ladder[0].action }),
			ladder,
			account_id: account.id,
			finding_id: digest({ account: account.id, measure, hour: Math.floor(now / HOUR) }).slice(0, 16),
			docs: `docs/fleet.md#guard-${measure.toLowerCase()}`,
			// The mildest action, for who hands the item on
			...(ladder[0]?.plan === undefined ? {} : { plan: ladder[0].plan }),
		});
	}
	return findings;
}

/** Thresholds that the person gave. */
function thresholdsOf(given: Values): Partial<Limits> {
	return Object.fromEntries(
		measureNames.flatMap((name) => (typeof given[name] === 'number' ? [[name, given[name]]] : [])),
	);
}

/** Given ones, and for the others what the account's own last days say. */
async function limitsOf(
	kept: Memory,
	given: Values,
	before: number,
	now: number,
	isNight: (time: number) => boolean,
	read: (from: number, to: number) => Promise<Seen[]>,
	reader: Reader,
): Promise<Limits> {
	const own = thresholdsOf(given);
	if (measureNames.every((name) => own[name] !== undefined)) return own as Limits;
	if (!kept.learned || now - kept.learned.at > LEARNED_FOR) {
		const days = typeof given.learnDays === 'number' ? given.learnDays : LEARN_DAYS;
		const from = before - days * DAY;
		const calls = days > 0 ? await read(from, before) : [];
		const failures = days > 0 ? await logInFailures(reader, from, before) : [];
		const values = (measure: Measure): number[] =>
			measure === 'logInFailures' ? perHour(failures) : hourly(measure, calls, isNight);
		const limits = measureNames.map((name) => [name, usualMost(name, values(name))]);
		kept.learned = { at: now, limits: Object.fromEntries(limits) as Limits };
	}
	return { ...kept.learned.limits, ...own };
}

/** Calls that are on: one for each leg on which somebody of the account, or outside, calls. */
async function callsOn(reader: Reader, homes: ReadonlySet<string>): Promise<Seen[]> {
	const now = Date.now() / 1000;
	return (await reader.list('/channels'))
		.filter(({ direction }) => direction === 'inbound')
		.map(({ authorizing_id: device, destination, uuid, elapsed_s: elapsed }): Seen => {
			const phone = plainText(device);
			const abroad = phone === '' ? undefined : abroadOf(plainText(destination), homes);
			return {
				start: now - (Number(elapsed) || 0),
				end: now,
				out: phone !== '' && /^\+?\d{7,}$/.test(plainText(destination)),
				...(abroad === undefined ? {} : { abroad }),
				cost: 0,
				...(phone === '' ? {} : { device: phone }),
				channel: plainText(uuid),
			};
		});
}

/** When log-ins failed, in Gregorian seconds, in their order. */
async function logInFailures(reader: Reader, from: number, to: number): Promise<number[]> {
	const found: number[] = [];
	for (const part of windows(from, to)) {
		const attempts = await reader.list('/security/attempts', {
			created_from: part.from,
			created_to: part.to,
		});
		for (const { status, timestamp } of attempts)
			if (status === 'failed' && Number(timestamp) >= from && Number(timestamp) <= to)
				found.push(Number(timestamp));
	}
	return found.sort((a, b) => a - b);
}

function perHour(times: readonly number[]): number[] {
	const hours = new Map<number, number>();
	for (const time of times) hours.set(Math.floor(time / HOUR), (hours.get(Math.floor(time / HOUR)) ?? 0) + 1);
	return [...hours.values()];
}

function mostInAnHour(times: readonly number[]): number {
	let first = 0;
	let most = 0;
	times.forEach((time, last) => {
		while ((times[first] as number) <= time - HOUR) first++;
		most = Math.max(most, last - first + 1);
	});
	return most;
}
