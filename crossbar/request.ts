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
			return each ? listOfTexts(value).map((text) => ({ [each]: text })) : listOfTexts(value);
		}
		case 'json':
			return parseJson(value, field.label);
		case 'number': {
			const number = Number(value);
			if (Number.isNaN(number)) {
				throw new InvalidInput(
					`${field.label} is not a number: “${String(value)}”`,
					'Write it with digits and, if need be, a decimal point: 12.50',
				);
			}
			return number;
		}
		case 'choices':
			return Array.isArray(value) && value.length === 0 ? undefined : value;
		default:
			return value;
	}
}

/** "a, b" or ["a", "b"] or one per line. */
export function listOfTexts(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value).split(/[,\n]/);
	return parts.map((part) => part.trim()).filter(Boolean);
}

/**
 * A switch; an expression may give it as a text.
 * @param label of the field, for the error
 * @throws InvalidInput for anything but true and false
 */
export function booleanOf(value: unknown, label: string): boolean {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw new InvalidInput(
		`${label} is neither true nor false: “${String(value)}”`,
		'Nothing was changed. Write true or false, or switch it on or off.',
	);
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

/** Sets a dotted path: `call_forward.number`; a number is an entry of a list: `comments.0.content`. */
export function nest(target: Record<string, unknown>, path: string, value: unknown): void {
	const keys = path === '' ? [''] : path.split('.');
	let place = target;
	keys.slice(0, -1).forEach((key, index) => {
		if (typeof place[key] !== 'object' || place[key] === null)
			place[key] = /^\d+$/.test(keys[index + 1] ?? '') ? [] : {};
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
	if (digits.length === 10) return `+1${digits}`;
	if (digits.length === 11 && digits.startsWith('1')) return `+${digits}`;
	return digits;
}

function labelsOf(row: Row): Record<string, string> {
	return Object.fromEntries(
		[...Object.entries(row.query ?? {}), ...Object.entries(row.body ?? {})].map(([key, field]) => [
			wireName(key, field),
			field.label,
		]),
	);
}
