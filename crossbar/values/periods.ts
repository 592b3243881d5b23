/** Stretches of the calendar that people name: yesterday, last month. */
import { gregorianFromIso, gregorianNow } from './time';

/** The names, as they stand in a workflow. */
export const PERIODS = ['today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth'] as const;

export type Period = (typeof PERIODS)[number];

/** A stretch of time in Gregorian seconds, and the zone in which its days were meant, if that was said. */
export interface Range {
	readonly from: number;
	readonly to: number;
	readonly timeZone?: string;
}

/** Whether a word is the name of a period. */
export function isPeriod(word: string): word is Period {
	return (PERIODS as readonly string[]).includes(word);
}

const DAY_MS = 86_400_000;
const MONDAY = 1;

/**
 * The first and the last second of a period, Gregorian; one that is not over ends now. Weeks begin on Monday.
 * @param timeZone IANA name of the zone whose days are meant
 * @param now Gregorian seconds
 */
export function periodRange(period: Period, timeZone: string, now = gregorianNow()): Range {
	const today = dayIn(timeZone, now);
	const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() - MONDAY + 7) % 7;
	const week = moved(today, -weekday);
	const month = `${today.slice(0, 8)}01`;
	const between = (first: string, next: string) => ({
		from: gregorianFromIso(first, timeZone),
		to: gregorianFromIso(next, timeZone) - 1,
	});
	const since = (first: string) => ({ from: gregorianFromIso(first, timeZone), to: now });
	switch (period) {
		case 'today':
			return since(today);
		case 'yesterday':
			return between(moved(today, -1), today);
		case 'thisWeek':
			return since(week);
		case 'lastWeek':
			return between(moved(week, -7), week);
		case 'thisMonth':
			return since(month);
		case 'lastMonth':
			return between(`${moved(month, -1).slice(0, 8)}01`, month);
	}
}

/** The day of a moment (Gregorian seconds) where the zone is: `2026-11-23`. */
export function dayIn(timeZone: string, seconds: number): string {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
	}).formatToParts((seconds - gregorianFromIso('1970-01-01')) * 1000);
	const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
	return `${of('year')}-${of('month')}-${of('day')}`;
}

function moved(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
