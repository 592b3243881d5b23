/** From a row and what the person filled in to a request. Pure: nothing is sent here. */
import type { Fields, Row, Scope } from './catalogue/notation';
import type { ParameterName } from './catalogue/parameters';
import { parameter } from './catalogue/parameters';
import { gregorianFromIso, gregorianNow } from './time';
import type { CrossbarRequest, OutgoingFile, Query } from './transport';

/** A value that cannot be sent, named by the label of its field. */
export class InvalidInput extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

export type PathValues = Readonly<Partial<Record<ParameterName, string>>>;
export type Values = Readonly<Record<string, unknown>>;

/** What a person filled in for one operation. */
export interface Input {
	readonly scope?: Scope;
	readonly path: PathValues;
	readonly query: Values;
	readonly body: Values;
	readonly arguments: Values;
	/** The document for create, update, replace and upsert. */
	readonly document?: Readonly<Record<string, unknown>>;
	readonly file?: OutgoingFile & { readonly fileName?: string };
	/** The most bytes that the server takes at once, where it was set otherwise. */
	readonly largestFile?: number;
	/** Query parameters of the person's own, from the options. */
	readonly extraQuery?: Query;
}

/**
 * @throws InvalidInput when a path value is missing or impossible
 */
export function buildRequest(row: Row, input: Input): CrossbarRequest {
	const [method, route] = row.route.split(' ', 2) as [CrossbarRequest['method'], string];
	const template = input.scope === undefined ? route : (row.scopes?.[input.scope] ?? route);
	const data = dataOf(row, input);
	const empty = typeof data === 'object' && data !== null && Object.keys(data).length === 0;
	const sendsData = method !== 'GET' && !row.upload && !(empty && method === 'DELETE');
	return {
		method,
		path: fillPath(template, input.path),
		query: {
			...(row.upload?.as === 'raw' && input.file?.fileName ? { filename: input.file.fileName } : {}),
			...row.alwaysQuery,
			...(wireValues(row.query, input.query) as Query),
			...input.extraQuery,
		},
		...(sendsData ? { body: { data } } : {}),
		...(input.file === undefined ? {} : { file: { ...input.file, takes: row.upload?.accepts } }),
		...(row.accept === undefined ? {} : { accept: row.accept }),
		...(row.returns === 'file' ? { stream: true } : {}),
		what: row.action,
		labels: labelsOf(row),
	};
}

/** The document in `data`: what the row always sends, its fields, and the document from the form. */
function dataOf(row: Row, { body, document }: Input): unknown {
	const values = wireValues(row.body, body);
	if ('' in values) return values[''];
	const data = { ...values, ...document };
	for (const [path, value] of Object.entries(row.always ?? {})) nest(data, path, value);
	return data;
}

/**
 * Fills a path template. Every value is one encoded segment, `+` and `/` included.
 * @throws InvalidInput for an empty value and for `.` and `..`, which no encoding makes harmless
 */
export function fillPath(template: string, values: PathValues): string {
	return template.replace(/\{(\w+)\}/g, (_, name: ParameterName) => {
		const { label, options } = parameter(name);
		const value = (values[name] ?? '').trim();
		if (value === '') throw new InvalidInput(`${label} is empty`, 'Choose one from the list or give its ID.');
		if (value === '.' || value === '..') throw new InvalidInput(`${label} cannot be “${value}”`);
		if (options && !options.some((option) => option.value === value)) {
			const known = options.map((option) => option.value).join(', ');
			throw new InvalidInput(`${label} cannot be “${value}”`, `Nothing was sent. It is one of: ${known}.`);
		}
		return encodeURIComponent(value);
	});
}

/** Path parameters of a template, in order. */
export function pathParameters(template: string): ParameterName[] {
	const [, ...parts] = template.split('{');
	return parts.map((part) => part.slice(0, part.indexOf('}')) as ParameterName);
}

/** The name of a field on the wire: its `wire`, or its key in snake_case. */
export function wireName(key: string, field: Fields[string]): string {
	return field.wire ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The filled-in values under their names on the wire; empty ones are left out, dotted names nest. */
export function wireValues(fields: Fields | undefined, values: Values): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	for (const [key, field] of Object.entries(fields ?? {})) {
		if (field.when && values[field.when.field] !== field.when.is) continue;
		const value = wireValue(field, values[key]);
		if (value !== undefined) nest(result, wireName(key, field), value);
	}
	return result;
}

/**
 * The filled-in values for a special function: a number is one, a switch is true or false.
 * @throws InvalidInput
 */
export function argumentValues(fields: Fields | undefined, values: Values): Record<string, unknown> {
	const typed = ([key, value]: [string, unknown]): [string, unknown] => {
		const field = fields?.[key];
		if (field?.type === 'number') return [key, numberOf(value, field.label, field)];
		return [key, field?.type === 'boolean' ? booleanOf(value, field.label) : value];
	};
	return Object.fromEntries(Object.entries(values).map(typed));
}

function wireValue(field: Fields[string], value: unknown): unknown {
	if (value === undefined || value === null || value === '') {
		if (field.type === 'date' && field.default === 'now') return gregorianNow();
		if (field.required) throw new InvalidInput(`${field.label} is empty`);
		return undefined;
	}
	switch (field.type) {
		case 'date':
			return gregorianFromIso(value as string);
		case 'texts': {
			const { each } = field;
			const texts = listOfTexts(value, field.label).map((text) =>
				field.phoneNumbers ? phoneNumber(text, field.label) : text,
			);
			return each ? texts.map((text) => ({ [each]: text })) : texts;
		}
		case 'json':
			return parseJson(value, field.label);
		case 'number':
			return numberOf(value, field.label, field);
		case 'boolean':
			return booleanOf(value, field.label);
		case 'text':
			return textOf(value, field.label);
		case 'choices':
			return Array.isArray(value) && value.length === 0 ? undefined : value;
		default:
			return value;
	}
}

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

function textOf(value: unknown, label: string): string {
	if (typeof value !== 'object') return String(value);
	throw new InvalidInput(
		`${label} is not a text: ${quoted(value)}`,
		'Nothing was sent. An expression in this field has to give a text.',
	);
}

function quoted(value: unknown): string {
	if (value === undefined) return 'it is empty';
	return `“${typeof value === 'object' ? JSON.stringify(value) : String(value)}”`;
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
 * @throws InvalidInput when the text is not JSON
 */
export function parseJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	let problem: string;
	try {
		return JSON.parse(value) as unknown;
	} catch (error) {
		problem = (error as Error).message;
	}
	throw new InvalidInput(`${label} is not valid JSON`, problem);
}

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
	keys.slice(0, -1).forEach((key, index) => {
		const inside = place[key];
		if (typeof inside !== 'object' || inside === null)
			place[key] = /^\d+$/.test(keys[index + 1] ?? '') ? [] : {};
		else place[key] = Array.isArray(inside) ? [...(inside as unknown[])] : { ...inside };
		place = place[key] as Record<string, unknown>;
	});
	place[keys.at(-1) as string] = value;
}

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

function labelsOf(row: Row): Record<string, string> {
	return Object.fromEntries(
		[...Object.entries(row.query ?? {}), ...Object.entries(row.body ?? {})].map(([key, field]) => [
			wireName(key, field),
			field.label,
		]),
	);
}
