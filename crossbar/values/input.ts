/** What a person or an expression gave, checked where it comes in: a number is a number, a switch is true or false. */

import type { Bounds } from './bounds';
import { isWithin } from './bounds';

/** A value that cannot be sent, named by the label of its field. */
export class InvalidInput extends Error {
	readonly description?: string;

	constructor(message: string, description?: string) {
		super(withShortQuotes(message));
		this.description = description === undefined ? undefined : withShortQuotes(description);
	}
}

/** Whatever a person gave is repeated in part only; in one pass, since it may be long. */
function withShortQuotes(text: string): string {
	if (text.length <= LONGEST_QUOTE) return text;
	const short = text
		.split('“')
		.map((part, index) => {
			const end = index === 0 ? -1 : part.indexOf('”');
			return end < 0 ? part : shortened(part.slice(0, end)) + part.slice(end);
		})
		.join('“');
	return short.length <= LONGEST_SENTENCE ? short : `${short.slice(0, LONGEST_SENTENCE)}…`;
}

/** Characters of what was given that an error repeats, and of all that it says. */
const LONGEST_QUOTE = 200;
const LONGEST_SENTENCE = 4000;

/** What a number may be. */
export interface NumberLimits {
	readonly min?: number;
	readonly max?: number;
	/** How many may stand behind the decimal point. */
	readonly decimals?: number;
}

/**
 * A number, also written as a text.
 * @param label of the field, for the error
 * @throws InvalidInput for anything else (an empty list is no 0), and beyond the limits
 */
export function numberOf(value: unknown, label: string, limits: NumberLimits = {}): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) {
		throw new InvalidInput(
			`${label} is not a number: ${quoted(value)}`,
			'Nothing was sent. Write it with digits and, if need be, a decimal point: 12.50',
		);
	}
	const problem = beyond(number, limits);
	if (problem === undefined) return number;
	throw new InvalidInput(`${label} cannot be ${number}`, `Nothing was sent. ${problem}.`);
}

function beyond(
	number: number,
	{ min = -Infinity, max = Infinity, decimals }: NumberLimits,
): string | undefined {
	if (number < min) return `The least is ${min}`;
	if (number > max) return `The most is ${max}`;
	if (decimals === undefined || Number(number.toFixed(decimals)) === number) return undefined;
	return decimals === 0 ? 'It has to be a whole number' : `It has at most ${decimals} decimals`;
}

/**
 * A switch, also written as a text.
 * @param label of the field, for the error
 * @throws InvalidInput for anything else: the text "false" is not on
 */
export function booleanOf(value: unknown, label: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidInput(
		`${label} is neither true nor false: ${quoted(value)}`,
		'Nothing was sent. An expression in this field has to give one of them.',
	);
}

/**
 * A text; a number or a switch counts as one.
 * @param label of the field, for the error
 * @throws InvalidInput for lists and objects
 */
export function textOf(value: unknown, label: string): string {
	if (typeof value !== 'object') return String(value);
	throw new InvalidInput(
		`${label} is not a text: ${quoted(value)}`,
		'Nothing was sent. An expression in this field has to give a text.',
	);
}

/**
 * A text as one part of a path.
 * @throws InvalidInput for one that cannot be encoded: half of a letter, as cutting a text leaves it
 */
export function segmentOf(text: string, label: string): string {
	try {
		return encodeURIComponent(text);
	} catch {
		// Said below.
	}
	throw new InvalidInput(
		`${label} holds half of a letter: ${quoted(text)}`,
		'Nothing was sent. An expression may have cut a text in the middle of an emoji.',
	);
}

/** What was given, as an error repeats it: cut where it is long. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'it is empty';
	return `“${shortened(typeof value === 'object' ? jsonOf(value) : String(value))}”`;
}

/** A text that errors repeat, cut where it is long; no half of a letter is left at its end. */
export function shortened(text: string): string {
	if (text.length <= LONGEST_QUOTE) return text;
	return `${text.slice(0, LONGEST_QUOTE).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function jsonOf(value: unknown): string {
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return 'something that is no JSON';
	}
}

/**
 * "a, b" or "a; b" or ["a", "b"] or one per line.
 * @param label of the field, for the error
 * @throws InvalidInput when an entry is no text
 */
export function listOfTexts(value: unknown, label: string): string[] {
	const parts = Array.isArray(value) ? value : textOf(value, label).split(/[,;\n]/);
	return parts.map((part) => textOf(part ?? '', label).trim()).filter(Boolean);
}

/**
 * @param label of the field, for the error
 * @throws InvalidInput when the text is not JSON, or too deep
 */
export function parseJson(value: unknown, label: string): unknown {
	let parsed = value;
	let problem: string | undefined;
	try {
		if (typeof value === 'string') parsed = JSON.parse(value);
	} catch (error) {
		problem = (error as Error).message;
	}
	if (problem !== undefined) throw new InvalidInput(`${label} is not valid JSON`, problem);
	if (isWithin(parsed, DEEPEST)) return parsed;
	throw new InvalidInput(`${label} is nested too deeply`, 'Nothing was sent. KAZOO has no such documents.');
}

/** Deeper than any document; what walks through it has to come to an end. */
const DEEPEST: Bounds = { depth: 500, entries: Infinity };

/**
 * @throws InvalidInput when it is not an object
 */
export function parseObject(value: unknown, label: string): Record<string, unknown> {
	const parsed = parseJson(value, label);
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new InvalidInput(
			`${label} must be a JSON object`,
			'It begins with { and ends with }, like {"name": "Reception"}.',
		);
	}
	return parsed as Record<string, unknown>;
}

/** An entry of a list. A larger number is the name of a field: a list of which it is the last would be no document. */
const ENTRY = /^\d{1,3}$/;

/**
 * Sets a dotted path: `call_forward.number`; a number is an entry of a list: `comments.0.content`. What stands in the
 * target already is copied on the way, since it may belong to somebody else.
 * @throws InvalidInput for a name that means more to JavaScript
 */
export function nest(target: Record<string, unknown>, path: string, value: unknown): void {
	const keys = path === '' ? [''] : path.split('.');
	if (keys.includes('__proto__')) {
		throw new InvalidInput('A field cannot be called “__proto__”', 'Nothing was sent. Leave it out.');
	}
	let place = target;
	keys.forEach((key, index) => {
		if (index > 0 && Array.isArray(place) && !ENTRY.test(key))
			throw new InvalidInput(
				`${quoted(keys.slice(0, index).join('.'))} is a list and has no entry ${quoted(key)}`,
				'Nothing was sent. Entries are counted from 0.',
			);
		if (index === keys.length - 1) return;
		const inside = place[key];
		// KAZOO writes an empty object as an empty list in places
		const isEmpty =
			typeof inside !== 'object' || inside === null || (Array.isArray(inside) && inside.length === 0);
		if (isEmpty) place[key] = ENTRY.test(keys[index + 1] ?? '') ? [] : {};
		else place[key] = Array.isArray(inside) ? [...(inside as unknown[])] : { ...inside };
		place = place[key] as Record<string, unknown>;
	});
	place[keys.at(-1) as string] = value;
}

/** Whether a value is an object of fields: no list, no date. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return !(value instanceof Date) && !('toISO' in value);
}

/** A copy without the fields that are to be emptied: what is made anew has nothing to empty. */
export function withoutNulls(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(document)
			.filter(([, entry]) => entry !== null)
			.map(([key, entry]) => [key, isPlainObject(entry) ? withoutNulls(entry) : entry]),
	);
}
