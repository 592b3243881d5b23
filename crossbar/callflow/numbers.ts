import { normalizePhoneNumber } from '../values/phoneNumbers';
import { plainText } from '../values/records';

/** Numbers and patterns that two callflows have in common, as KAZOO compares them. */
export function sharedNumbers(
	one: Readonly<Record<string, unknown>>,
	other: Readonly<Record<string, unknown>>,
): string[] {
	const numbers = (document: Readonly<Record<string, unknown>>): string[] =>
		(Array.isArray(document.numbers) ? document.numbers : []).map((number) => normal(plainText(number)));
	const patterns = (document: Readonly<Record<string, unknown>>): string[] =>
		(Array.isArray(document.patterns) ? document.patterns : []).map(plainText);
	return [
		...numbers(one).filter((number) => numbers(other).includes(number)),
		...patterns(one).filter((pattern) => patterns(other).includes(pattern)),
	];
}

/** Feature codes (`*97`) are no phone numbers. */
function normal(number: string): string {
	return /^[\d\s()+.-]+$/.test(number) ? normalizePhoneNumber(number) : number;
}
