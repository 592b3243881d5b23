/** Phone numbers as people write them and as KAZOO keeps them. */
import { InvalidInput } from './input';

/**
 * A phone number as KAZOO keeps it: E.164. `(415) 555-0100` becomes `+14155550100`; what has a `+` keeps its country.
 * Short ones (extensions) and unclear ones are only freed of blanks and signs.
 */
export function normalizePhoneNumber(text: string): string {
	const plus = /^\s*(\+|00)/.test(text);
	const digits = text.replace(/^\s*00/, '').replace(/\D/g, '');
	if (plus) return `+${digits}`;
	// The numbers of North America, as KAZOO tells them; others with ten digits are from elsewhere.
	if (/^1?[2-9]\d\d[2-9]\d{6}$/.test(digits)) return `+1${digits.slice(-10)}`;
	return digits;
}

/**
 * A phone number that a person or an expression gave, in E.164.
 * @param label of the field, for the error
 * @throws InvalidInput when other signs stand in it: what is left without them would be another number
 */
export function phoneNumber(text: string, label: string): string {
	if (/^\s*\+?[\d\s().\-/]*\d[\d\s().\-/]*$/.test(text)) return normalizePhoneNumber(text);
	throw new InvalidInput(
		`${label} cannot be “${text}”`,
		'Nothing was sent. Write it with digits alone, such as +14155550100 or (415) 555-0100.',
	);
}

/** Digits that make two ways to write a number the same: without the country's prefix. */
const SUBSCRIBER_DIGITS = 9;

/** Whether two texts mean the same phone number or extension. */
export function isSameNumber(a: string, b: string): boolean {
	const [left, right] = [a, b].map((number) => number.replace(/\D/g, '')) as [string, string];
	if (left === '' || right === '') return a === b;
	const isLong = left.length >= SUBSCRIBER_DIGITS && right.length >= SUBSCRIBER_DIGITS;
	return isLong ? left.slice(-SUBSCRIBER_DIGITS) === right.slice(-SUBSCRIBER_DIGITS) : left === right;
}
