/** Opening hours and days out of the ordinary as people write them, and the time of day rules that say the same. Pure. */
import type { Document } from '../../changes/kinds';
import { InvalidInput, listOfTexts } from '../../values/input';
import { dayFromIso } from '../../values/time';
import { timeOfDay, timeWritten } from '../../values/timeOfDay';

/** What our rules are known by; KAZOO keeps `flags` for applications like this one. */
export const FLAGS = { hours: 'opening_hours', open: 'opening_hours_open', closed: 'opening_hours_closed' };

export const WEEKDAYS = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
	'sunday',
] as const;
const DAY = 86_400;
/** KAZOO takes names of 128 characters; what they say of hours needs some of them. */
const LONGEST_NAME = 70;
const MOST_DAYS = 62;

/** From and to in seconds since midnight; `to` is after `from`. */
export interface Hours {
	readonly from: number;
	readonly to: number;
}

/**
 * “09:00-12:00, 13:00-17:30”; “closed” or nothing for none, “open” for the whole day. What ends before it begins goes on
 * after midnight.
 * @throws InvalidInput naming the field
 */
export function hoursOf(value: unknown, label: string): { day: Hours[]; next: Hours[] } {
	const texts = listOfTexts(value ?? '', label).filter((text) => !/^closed$/i.test(text));
	const day: Hours[] = [];
	const next: Hours[] = [];
	for (const text of texts) {
		if (/^(open|24 ?h(ours)?)$/i.test(text)) {
			day.push({ from: 0, to: DAY });
			continue;
		}
		const [begins, ends, ...rest] = text.split(/-|–|\bto\b/i).map((part) => part.trim());
		const from = timeWritten(begins);
		const until = timeWritten(ends);
		if (from === undefined || until === undefined || rest.length > 0)
			throw new InvalidInput(
				`${label}: “${text}” does not say from when to when`,
				'Nothing was sent. Write it like 09:00-17:00 or 09:00-12:00, 13:00-17:00; empty is closed.',
			);
		const to = until || DAY;
		if (from === to)
			throw new InvalidInput(
				`${label}: “${text}” begins when it ends`,
				'Nothing was sent. Open all day is 00:00-24:00, closed all day is empty.',
			);
		if (from < to) day.push({ from, to });
		else {
			if (from < DAY) day.push({ from, to: DAY });
			next.push({ from: 0, to });
		}
	}
	return { day, next };
}

/**
 * The rules of a week: one for each stretch of time, with all the days that have it.
 * @param about what the rules are named after
 * @param week what was written for each day, Monday first
 * @throws InvalidInput when it is closed all week
 */
export function weekRules(about: string, week: readonly unknown[]): Document[] {
	const days = new Map<string, { hours: Hours; days: Set<number> }>();
	const add = (hours: Hours, day: number): void => {
		const key = `${hours.from} ${hours.to}`;
		const entry = days.get(key) ?? { hours, days: new Set() };
		days.set(key, { ...entry, days: entry.days.add(day % WEEKDAYS.length) });
	};
	week.forEach((text, index) => {
		const { day, next } = hoursOf(text, titled(WEEKDAYS[index] ?? ''));
		for (const hours of day) add(hours, index);
		for (const hours of next) add(hours, index + 1);
	});
	if (days.size === 0)
		throw new InvalidInput(
			'It would be closed on all days of the week',
			'Nothing was sent. Write hours for one day at least, like 09:00-17:00.',
		);
	return [...days.values()].map(({ hours, days: on }) => {
		const sorted = [...on].sort((one, other) => one - other);
		return {
			name: `${named(about)}: ${daysInWords(sorted)} ${hoursInWords(hours)}`,
			cycle: 'weekly',
			wdays: sorted.map((day) => WEEKDAYS[day]),
			time_window_start: hours.from,
			time_window_stop: hours.to,
			flags: [FLAGS.hours],
		};
	});
}

/** The name of the rule set with the hours of a callflow. */
export const setName = (about: string): string => `${named(about)}: opening hours`;

/**
 * “2026-12-24, 2026-12-25 to 2026-12-26” as days, in their order.
 * @throws InvalidInput for what is none
 */
export function daysOf(value: unknown, label: string): string[] {
	const days = new Set<string>();
	for (const text of listOfTexts(value ?? '', label)) {
		const [first, last = first, ...rest] = text
			.replace(/\s+/g, ' ')
			.split(/ (?:to|-|–) |\.\./)
			.map((day) => day.trim());
		const [from, to] = [dayNamed(first, text, label), dayNamed(last, text, label)];
		if (rest.length > 0 || to < from) throw noDay(text, label);
		for (let day = from; day <= to; day = dayAfter(day)) {
			days.add(day);
			if (days.size > MOST_DAYS)
				throw new InvalidInput(
					`${label} are more than ${MOST_DAYS} days`,
					'Nothing was sent. Each becomes a rule of its own: change the opening hours instead.',
				);
		}
	}
	return [...days].sort();
}

function dayNamed(written: string | undefined, text: string, label: string): string {
	const day = /^(\d{4}-\d\d-\d\d)(T.*)?$/.exec(written?.trim() ?? '')?.[1] ?? '';
	const moment = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== day) throw noDay(text, label);
	return day;
}

function noDay(text: string, label: string): InvalidInput {
	return new InvalidInput(
		`${label}: “${text}” is no day`,
		'Nothing was sent. Write it like 2026-12-24, several with commas between, or 2026-12-24 to 2026-12-27.',
	);
}

const dayAfter = (day: string): string =>
	new Date(Date.parse(`${day}T00:00:00Z`) + DAY * 1000).toISOString().slice(0, 10);

/** What is otherwise on a day. */
export interface Exception {
	readonly is: 'closed' | 'open';
	readonly day: string;
	/** Only then; the whole day if left out. */
	readonly hours?: Hours;
	readonly everyYear?: boolean;
	/** Why, in the person's words. */
	readonly occasion?: string;
}

/** The rule of an exception. @param zone where the day is */
export function exceptionRule(about: string, exception: Exception, zone: string): Document {
	const { is, day, hours, everyYear = false, occasion } = exception;
	const [, month = '', date = ''] = day.split('-');
	const when = everyYear ? `every ${month}-${date}` : day;
	const words = [is, when, hours ? hoursInWords(hours) : '', occasion ? `(${named(occasion)})` : ''];
	return {
		name: `${named(about)}: ${words.filter(Boolean).join(' ')}`.slice(0, 128),
		flags: [FLAGS[is]],
		...(everyYear
			? { cycle: 'yearly', month: Number(month), days: [Number(date)] }
			: { cycle: 'date', start_date: dayFromIso(day, zone) }),
		...(hours ? { time_window_start: hours.from, time_window_stop: hours.to } : {}),
	};
}

const named = (text: string): string =>
	text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '') : text;

const titled = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
const short = (day: number): string => titled(WEEKDAYS[day] ?? '').slice(0, 3);

/** `Mon-Fri, Sun`. */
function daysInWords(days: readonly number[]): string {
	const runs: number[][] = [];
	for (const day of days) {
		const run = runs.at(-1);
		if (run && run.at(-1) === day - 1) run.push(day);
		else runs.push([day]);
	}
	return runs
		.flatMap((run) => (run.length > 2 ? `${short(run[0] ?? 0)}-${short(run.at(-1) ?? 0)}` : run.map(short)))
		.join(', ');
}

const hoursInWords = ({ from, to }: Hours): string => `${timeOfDay(from)}-${timeOfDay(to)}`;
