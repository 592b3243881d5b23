/** Seconds between the Gregorian epoch (year 0), in which KAZOO counts, and the Unix epoch. */
export const GREGORIAN_OFFSET = 62167219200;

/** The current time in whole Gregorian seconds. */
export function now(): number {
	return Math.floor(Date.now() / 1000) + GREGORIAN_OFFSET;
}

/** A JavaScript date for a Gregorian second. */
export function toDate(gregorian: number): Date {
	return new Date((gregorian - GREGORIAN_OFFSET) * 1000);
}

/** Whole Gregorian seconds for a JavaScript date. */
export function toGregorian(date: Date): number {
	return Math.floor(date.getTime() / 1000) + GREGORIAN_OFFSET;
}

/** The name of the month (UTC) a Gregorian second falls into, as KAZOO writes it: `202611`. */
export function monthOf(gregorian: number): string {
	const date = toDate(gregorian);
	return `${date.getUTCFullYear()}${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
}
