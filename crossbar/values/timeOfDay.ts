/** Times of day as people write them: 09:00, 17:30:15, 5 pm. KAZOO counts seconds since midnight, 24:00 included. */
import { InvalidInput } from './input';

const DAY = 86_400;

/** The hour, with minutes and seconds or a word for the half of the day: 9, 09:00, 17:30:15, 5 pm. */
const WRITTEN = /^(\d{1,2})(?::(\d\d)(?::(\d\d))?)?(?:\s*([ap])\.?m\.?)?$/i;

/** Seconds since midnight; nothing for what is no time of day. A longer number is seconds already. */
export function timeWritten(value: unknown): number | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	const [, hour, minutes = '0', seconds = '0', half] = WRITTEN.exec(text) ?? [];
	let total = NaN;
	if (hour !== undefined) total = hourOf(Number(hour), half) * 3600 + Number(minutes) * 60 + Number(seconds);
	else if (typeof value === 'number' || /^\d+$/.test(text)) total = Number(value);
	const isTime = total >= 0 && total <= DAY && Number(minutes) < 60 && Number(seconds) < 60;
	return isTime ? total : undefined;
}

/** Of 24; after noon 12 is noon itself. */
function hourOf(hour: number, half: string | undefined): number {
	if (half === undefined) return hour;
	if (hour < 1 || hour > 12) return NaN;
	return (hour % 12) + (/p/i.test(half) ? 12 : 0);
}

/**
 * @param label of the field, for the error
 * @returns seconds since midnight; a number is taken as such
 * @throws InvalidInput for what is no time of day
 */
export function secondsOfDay(value: unknown, label: string): number {
	const seconds = timeWritten(value);
	if (seconds !== undefined) return seconds;
	throw new InvalidInput(
		`${label} is not a time of day: “${typeof value === 'object' ? JSON.stringify(value) : String(value)}”`,
		'Nothing was sent. Write it like 09:00 or 17:30; midnight at the end of a day is 24:00.',
	);
}

/** Seconds since midnight as a person writes them. */
export function timeOfDay(seconds: number): string {
	if (seconds === DAY) return '24:00';
	return new Date(seconds * 1000).toISOString().slice(11, seconds % 60 === 0 ? 16 : 19);
}
