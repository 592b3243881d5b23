/** What the guard measures in an hour of an account's calls. Pure. */
import type { CallRecord } from '../../../calls/record';
import { asDialled, callingCode, regionsOf } from '../../../values/countries';

export const measures = {
	callsAtOnce: { label: 'Calls at Once', floor: 8 },
	callsAbroad: { label: 'Calls Abroad or Premium', floor: 10 },
	nightCalls: { label: 'Calls Out by Night', floor: 15 },
	minutes: { label: 'Minutes Out', floor: 180 },
	cost: { label: 'Cost', floor: 10 },
	shortCalls: { label: 'Short Calls to One Country', floor: 10 },
	logInFailures: { label: 'Failed Log-Ins', floor: 20 },
} as const;

export type Measure = keyof typeof measures;

export const measureNames = Object.keys(measures) as Measure[];

/** A call as the guard sees it; times are Unix seconds. */
export interface Seen {
	readonly start: number;
	readonly end: number;
	readonly out: boolean;
	/** Regions of ISO 3166 it leads to, where that is abroad; `premium` for numbers that cost extra. */
	readonly abroad?: string;
	readonly cost: number;
	readonly device?: string;
	/** Of the leg that is on now. */
	readonly channel?: string;
}

const HOUR = 3600;
/** KAZOO's records have costs in ten-thousandths of the currency. */
const UNITS = 10_000;
/** Seconds; what is longer is a talk. */
const SHORT = 30;
const EVENING = 22;
const MORNING = 6;

/** What a number is, seen from the homes of an account. */
export function abroadOf(number: string, homes: ReadonlySet<string>): string | undefined {
	const [home] = homes;
	if (home === undefined) return undefined;
	const dialled = asDialled(number, home);
	if (/^\+1900\d{7}$|^\+979\d+$/.test(dialled)) return 'premium';
	const code = callingCode(dialled);
	return code === undefined || homes.has(code) ? undefined : regionsOf(code).join('/');
}

/** What the measures count of a call. */
export function seenOf(call: CallRecord, homes: ReadonlySet<string>): Seen {
	// A forwarded call leads abroad by the phone that rings
	const numbers = [
		call.direction === 'out' ? call.dialed : undefined,
		...call.phones.map((phone) => phone.number),
	];
	const abroad = numbers.flatMap((number) => abroadOf(number ?? '', homes) ?? [])[0];
	return {
		start: Date.parse(call.started_at) / 1000,
		end: Date.parse(call.ended_at) / 1000,
		out: call.direction === 'out' || abroad !== undefined,
		...(abroad === undefined ? {} : { abroad }),
		cost: (call.cost ?? 0) / UNITS,
		...(call.from.device_id === undefined ? {} : { device: call.from.device_id }),
	};
}

/** The calls of a measure, so that it can be told which they were. */
export function callsOf(
	measure: Measure,
	calls: readonly Seen[],
	isNight: (time: number) => boolean,
): Seen[] {
	switch (measure) {
		case 'callsAtOnce':
			return [...calls];
		case 'callsAbroad':
			return calls.filter(({ abroad }) => abroad !== undefined);
		case 'nightCalls':
			return calls.filter(({ out, start }) => out && isNight(start));
		case 'shortCalls':
			return calls.filter(({ abroad, start, end }) => abroad !== undefined && end - start < SHORT);
		case 'logInFailures':
			return [];
		default:
			return calls.filter(({ out }) => out);
	}
}

/** How much of a measure these calls are. */
export function valueOf(measure: Measure, calls: readonly Seen[]): number {
	switch (measure) {
		case 'callsAtOnce':
			return mostAtOnce(calls);
		case 'minutes':
			return Math.round(calls.reduce((sum, { start, end }) => sum + (end - start), 0) / 60);
		case 'cost':
			return Math.round(calls.reduce((sum, { cost }) => sum + cost, 0) * 100) / 100;
		case 'shortCalls':
			return Math.max(0, ...countBy(calls, ({ abroad }) => abroad ?? '').values());
		default:
			return calls.length;
	}
}

function mostAtOnce(calls: readonly Seen[]): number {
	const steps = calls.flatMap(
		({ start, end }): Array<[number, number]> => [
			[start, 1],
			[Math.max(end, start + 1), -1],
		],
	);
	steps.sort(([a, one], [b, other]) => a - b || one - other);
	let now = 0;
	let most = 0;
	for (const [, step] of steps) most = Math.max(most, (now += step));
	return most;
}

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
	return counts;
}

/** Most of the things that these calls have in common first. */
export function ranked(calls: readonly Seen[], key: (call: Seen) => string | undefined): string[] {
	const counts = countBy(
		calls.filter((call) => key(call) !== undefined),
		(call) => key(call) as string,
	);
	return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}

/** The values of all hours of a stretch that had any; each call counts in the hour in which it began. */
export function hourly(
	measure: Measure,
	calls: readonly Seen[],
	isNight: (time: number) => boolean,
): number[] {
	const hours = new Map<number, Seen[]>();
	for (const call of callsOf(measure, calls, isNight)) {
		const hour = Math.floor(call.start / HOUR);
		hours.set(hour, [...(hours.get(hour) ?? []), call]);
	}
	return [...hours.values()].map((own) => valueOf(measure, own));
}

/**
 * The hour, wherever it begins, that had most of a measure.
 * @param calls in the order in which they began
 */
export function worstHour(measure: Measure, calls: readonly Seen[]): { value: number; calls: Seen[] } {
	let best: { value: number; calls: Seen[] } = { value: 0, calls: [] };
	let first = 0;
	for (let last = 0; last < calls.length; last++) {
		const end = (calls[last] as Seen).start;
		while ((calls[first] as Seen).start <= end - HOUR) first++;
		const own = calls.slice(first, last + 1);
		const value = valueOf(measure, own);
		if (value > best.value) best = { value, calls: own };
	}
	return best;
}

/** Whether it is night in a time zone, from ten to six. */
export function nightIn(timeZone: string): (time: number) => boolean {
	const format = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
	return (time) => {
		const hour = Number(format.format(new Date(time * 1000)));
		return hour >= EVENING || hour < MORNING;
	};
}

/** How many spreads above the median is still usual. */
const SPREADS = 8;
/** Makes the median absolute deviation comparable with a standard deviation. */
const NORMAL = 1.4826;

/**
 * The most that is usual, out of hourly values: the median and eight spreads above it, never below the floor of the
 * measure. The spread is 1.4826 times the median absolute deviation, or the root of the median where that is more, as
 * counts of chance events have it.
 */
export function usualMost(measure: Measure, values: readonly number[]): number {
	const middle = median(values);
	const deviation = NORMAL * median(values.map((value) => Math.abs(value - middle)));
	const most = middle + SPREADS * Math.max(deviation, Math.sqrt(middle));
	return Math.max(measures[measure].floor, Math.ceil(most));
}

function median(values: readonly number[]): number {
	if (values.length === 0) return 0;
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length / 2;
	const upper = sorted[Math.floor(half)] as number;
	return Number.isInteger(half) ? ((sorted[half - 1] as number) + upper) / 2 : upper;
}
