/** Times of day as people write them: 09:00, 17:30:15. KAZOO counts seconds since midnight, 24:00 included. */
import { InvalidInput } from './input';

const DAY = 86_400;

/**
 * @param label of the field, for the error
 * @returns seconds since midnight; a number is taken as such
 * @throws InvalidInput for what is no time of day
 */
export function secondsOfDay(value: unknown, label: string): number {
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const [, hours, minutes = '0', seconds = '0'] = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
	const total =
		hours === undefined
			? /^\d+$/.test(text)
				? Number(text)
				: NaN
			: Number(minutes) < 60 && Number(seconds) < 60
				? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
				: NaN;
	if (total >= 0 && total <= DAY) return total;
	throw new InvalidInput(
		`${label} is not a time of day: “${typeof value === 'object' ? JSON.stringify(value) : String(value)}”`,
		'Nothing was sent. Write it like 09:00 or 17:30; midnight at the end of a day is 24:00.',
	);
}
