import type { Doc } from '../store/database';
import { toDate } from '../values/time';

/** A moment as a clock on the wall shows it. */
interface Local {
	year: number;
	/** 1 to 12. */
	month: number;
	day: number;
	weekday: string;
	/** Seconds since midnight. */
	second: number;
}

/** A Gregorian second in a time zone; in UTC when the zone is unknown. */
function localTime(gregorian: number, timezone: string): Local {
	const format = (zone: string) =>
		new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			weekday: 'long',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
			hourCycle: 'h23',
		});
	let formatter;
	try {
		formatter = format(timezone);
	} catch {
		// Crossbar checks no time zone, so a document may have any text.
		formatter = format('UTC');
	}
	const parts = Object.fromEntries(
		formatter.formatToParts(toDate(Math.floor(gregorian))).map(({ type, value }) => [type, value]),
	);
	const number = (name: string) => Number(parts[name]);
	return {
		year: number('year'),
		month: number('month'),
		day: number('day'),
		weekday: String(parts.weekday).toLowerCase(),
		second: number('hour') * 3600 + number('minute') * 60 + number('second'),
	};
}

/** Calendar days as a number: they are compared where the account is. */
function daysOf({ year, month, day }: Local): number {
	return Date.UTC(year, month - 1, day) / 86_400_000;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

function isOrdinal(ordinal: string, { year, month, day }: Local): boolean {
	if (ordinal === 'every') return true;
	if (ordinal === 'last') return day + 7 > new Date(Date.UTC(year, month, 0)).getUTCDate();
	return ORDINALS[Math.floor((day - 1) / 7)] === ordinal;
}

/** Whether a time of day rule is on at a Gregorian second. `enabled` in the rule forces it either way. */
export function isOn(rule: Doc, gregorian: number, timezone: string): boolean {
	if (typeof rule.enabled === 'boolean') return rule.enabled;
	const at = localTime(gregorian, timezone);
	const dayOf = (date: unknown): number => daysOf(localTime(Number(date), timezone));
	if (rule.start_date !== undefined && daysOf(at) < dayOf(rule.start_date)) return false;
	if (rule.end_date !== undefined && daysOf(at) > dayOf(rule.end_date)) return false;
	const from = Number(rule.time_window_start ?? 0);
	const to = Number(rule.time_window_stop ?? 86_400);
	if (at.second < from || at.second > to) return false;
	const weekdays = (rule.wdays as string[] | undefined) ?? [];
	// KAZOO's own spelling of Wednesday is among those it takes.
	const isWeekday = weekdays.some((day) => day.replace('wensday', 'wednesday') === at.weekday);
	const isDay = ((rule.days as number[] | undefined) ?? []).includes(at.day);
	const ordinal = rule.ordinal as string | undefined;
	const isDate = ordinal === undefined ? isDay : isWeekday && isOrdinal(ordinal, at);
	switch (rule.cycle) {
		case 'daily':
			return true;
		case 'weekly':
			return isWeekday;
		case 'monthly':
			return isDate;
		case 'yearly':
			return Number(rule.month) === at.month && isDate;
		case 'date':
			return rule.start_date !== undefined && daysOf(at) === dayOf(rule.start_date);
		default:
			return false;
	}
}
