/** From what a person writes into the fields of a document to what travels, by the hints for its schema. Pure. */
import type { FieldHint } from '../catalogue/hints';
import { hintedFields } from '../catalogue/hints';
import { fieldLabel } from '../errors/fieldLabel';
import { InvalidInput, listOfTexts, nest } from '../values/input';
import { phoneNumber } from '../values/phoneNumbers';
import { secondsOfDay } from '../values/timeOfDay';
import { timeZoneNamed } from '../values/timeZones';
import type { Operation, Values } from './operation';

/** A field of a document that has a hint and a value. */
export interface HintedValue {
	readonly path: string;
	readonly hint: FieldHint;
	readonly label: string;
	readonly value: unknown;
}

/** The label of a field: its hint's, else its path in words. */
export function labelOfField(path: string, hint?: FieldHint): string {
	return hint?.label ?? fieldLabel(path);
}

/** The fields of a document that have a hint, in the order of the form. */
export function hintedValues(schema: string, document: Values): HintedValue[] {
	return Object.entries(hintedFields(schema)).flatMap(([path, hint]) => {
		const value = valueAt(document, path);
		return value === undefined || value === null
			? []
			: [{ path, hint, value, label: labelOfField(path, hint) }];
	});
}

/**
 * The operation with its document as it travels, but for names, which the server has to be asked for. A field that was
 * left empty stays empty for Update alone: there it may be meant.
 * @throws InvalidInput naming the field
 */
export function withWireDocument(operation: Operation): Operation {
	const { row, input } = operation;
	if (!input.document || !row.document) return operation;
	let document: Values = input.document;
	for (const { path, hint, value, label } of hintedValues(row.document, document)) {
		const wire = value === '' ? (row.value === 'update' ? '' : undefined) : wireValue(hint, value, label);
		if (wire !== value) document = withValue(document, path, wire);
	}
	return { ...operation, input: { ...input, document } };
}

/** A copy with another value at a dotted path. */
export function withValue(document: Values, path: string, value: unknown): Values {
	const copy = { ...document };
	nest(copy, path, value);
	return copy;
}

function wireValue(hint: FieldHint, value: unknown, label: string): unknown {
	const isWritten = typeof value === 'string' || typeof value === 'number' || Array.isArray(value);
	if (!isWritten) return value;
	switch (hint.as) {
		case 'time':
			return secondsOfDay(value, label);
		case 'timeZone':
			return timeZoneNamed(value, label);
		case 'texts':
			return listOfTexts(value, label);
		case 'choices':
			return listOfTexts(value, label).map((text) => wordOf(hint.of, text));
		case 'integers':
			return listOfTexts(value, label).map((text) => integer(text, label));
		case 'numbers':
			return listOfTexts(value, label).map((text) => dialled(text, label));
		case 'numberKeys':
			return Object.fromEntries(
				listOfTexts(value, label).map((text) => [
					hint.whole ? wholeNumber(text, label) : phoneNumber(text, label),
					{},
				]),
			);
		case 'ids':
		case 'members':
			// Lists of objects are somebody's own.
			return Array.isArray(value) && value.some((entry) => typeof entry === 'object')
				? value
				: listOfTexts(value, label);
		default:
			return value;
	}
}

/** Feature codes (`*97`) and the like stay what they are. */
function dialled(text: string, label: string): string {
	return /^\+?[\d\s().\-/]+$/.test(text) ? phoneNumber(text, label) : text;
}

/** @throws InvalidInput for what has no area code: KAZOO would take it for another number */
function wholeNumber(text: string, label: string): string {
	const number = phoneNumber(text, label);
	if (number.startsWith('+')) return number;
	throw new InvalidInput(
		`${label} cannot be “${text}”: it is not a whole phone number`,
		'Nothing was sent. Write it with its area code, such as +14155550100 or (415) 555-0100.',
	);
}

function integer(text: string, label: string): number {
	if (/^\d+$/.test(text)) return Number(text);
	throw new InvalidInput(
		`${label} is not a list of whole numbers: “${text}”`,
		'Nothing was sent. Write it like 1, 15, 31.',
	);
}

/** A word by its value or label in any case; others stay: the server may know more. */
function wordOf(choices: ReadonlyArray<string | { value: string; label: string }>, text: string): string {
	const wanted = text.toLowerCase();
	const found = choices.find((choice) =>
		typeof choice === 'string'
			? choice.toLowerCase() === wanted
			: [choice.value, choice.label].some((word) => word.toLowerCase() === wanted),
	);
	if (found === undefined) return text;
	return typeof found === 'string' ? found : found.value;
}

/** What stands at a dotted path. */
export function valueAt(document: Values, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(place, key) =>
				typeof place === 'object' && place !== null && !Array.isArray(place) && Object.hasOwn(place, key)
					? (place as Values)[key]
					: undefined,
			document,
		);
}
