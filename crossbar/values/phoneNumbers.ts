/** Phone numbers as people write them and as KAZOO keeps them. */
import { InvalidInput } from './input';

/** The most digits that a number of E.164 has. */
const MOST_DIGITS = 15;
/** Groups of digits; one of them may stand in brackets. Not a slash: it parts two numbers as often as it groups one. */
const ONE_NUMBER = /^(?:(?:\+|00)[\s.-]*)?(?:\d[\d\s.-]*)?(?:\(\s*\d[\d\s.-]*\)[\d\s.-]*)?$/;
/** A number that a spreadsheet made one with decimals. */
const DECIMAL = /\d\.\d$/;
/** Italy, San Marino and the Vatican dial the zero from abroad, too. */
const KEEPS_ZERO = /^(\+|00)\s*(39|378|379)\b/;

/**
 * A phone number as KAZOO keeps it: E.164. `(415) 555-0100` becomes `+14155550100`; what has a `+` keeps its country,
 * and loses the zero that is only dialled within it: `+44 (0)20 7946 0018`. What has none is read as KAZOO
 * reads it: `442079460018` becomes `+442079460018`. Short ones (extensions) and unclear ones are only freed of blanks and
 * signs.
 */
export function normalizePhoneNumber(text: string): string {
	const given = text.trim();
	const plus = /^(\+|00)/.test(given);
	const dialled = plus && !KEEPS_ZERO.test(given) ? given.replace(/\( ?0 ?\)/, '') : given;
	const digits = dialled.replace(/^00/, '').replace(/\D/g, '');
	if (plus) return `+${digits}`;
	// What the number manager makes of them unless the server is told otherwise: North American ones first
	if (/^1?[2-9]\d\d[2-9]\d{6}$/.test(digits)) return `+1${digits.slice(-10)}`;
	if (/^011\d{5,}$/.test(digits)) return `+${digits.slice('011'.length)}`;
	// With blanks in between, fewer digits may be two extensions
	const least = digits === dialled ? 8 : 11;
	return /^[2-9]/.test(digits) && digits.length >= least ? `+${digits}` : digits;
}

/**
 * A phone number that a person or an expression gave, in E.164.
 * @param label of the field, for the error
 * @throws InvalidInput for what is not plainly one number: what is left of its digits would be another one
 */
export function phoneNumber(text: string, label: string): string {
	const given = text.trim();
	const isWhole = ONE_NUMBER.test(given) && /[\d)]$/.test(given) && !DECIMAL.test(given);
	const number = isWhole ? normalizePhoneNumber(given) : '';
	const isOne = /^\+[1-9]\d*$|^\d+$/.test(number) && number.replace('+', '').length <= MOST_DIGITS;
	if (isOne) return number;
	throw new InvalidInput(
		`${label} cannot be “${text.slice(0, 200)}”`,
		'Nothing was sent. Write one number with digits alone, such as +14155550100 or (415) 555-0100.',
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
