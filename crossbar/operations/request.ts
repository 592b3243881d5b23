/** From a row and what the person filled in to a request. Pure: nothing is sent here. */
import { hintedFields } from '../catalogue/hints';
import type { Fields, Row } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import { parameter } from '../catalogue/parameters';
import type { CrossbarRequest, Query } from '../http/messages';
import {
	booleanOf,
	InvalidInput,
	listOfTexts,
	nest,
	numberOf,
	parseJson,
	quoted,
	segmentOf,
	textOf,
} from '../values/input';
import { withoutOwnKeys } from '../values/ownKeys';
import { phoneNumber } from '../values/phoneNumbers';
import { gregorianFromIso, gregorianNow } from '../values/time';
import type { Input, PathValues, Values } from './operation';

/**
 * @throws InvalidInput when a path value is missing or impossible
 */
export function buildRequest(row: Row, input: Input): CrossbarRequest {
	const [method, route] = row.route.split(' ', 2) as [CrossbarRequest['method'], string];
	const template = input.scope === undefined ? route : (row.scopes?.[input.scope] ?? route);
	const data = method === 'GET' ? undefined : dataOf(row, input);
	const empty = typeof data === 'object' && data !== null && Object.keys(data).length === 0;
	if (empty && row.document !== undefined && (method === 'PATCH' || row.via === 'mergeUpdate'))
		throw new InvalidInput(
			'There is nothing to change: no field is filled in',
			'Nothing was sent. Give at least one field and its new value.',
		);
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
		...(sendsData ? { body: { ...besideData(row, input), data } } : {}),
		...(input.file === undefined ? {} : { file: { ...input.file, takes: row.upload?.accepts } }),
		...(row.writes ? { writes: true } : {}),
		...(row.accept === undefined ? {} : { accept: row.accept }),
		...(row.returns === 'file' ? { stream: true } : {}),
		what: row.action,
		labels: labelsOf(row, input),
	};
}

/** What a creation leaves out of the document it was given: what belongs to the one that it was copied from. */
export function leftOut({ route }: Row, { document }: Input): string[] {
	return document && route.startsWith('PUT ') ? withoutOwnKeys(document).leftOut : [];
}

/** The document in `data`: what the row always sends, its fields, and the document from the form. */
function dataOf(row: Row, { body, document, path }: Input): unknown {
	const creates = document !== undefined && row.route.startsWith('PUT ');
	const into = creates ? withoutOwnKeys(document).document : document;
	const data = wireValues(besides(row.body, false), body, into);
	if ('' in data) return data[''];
	for (const [place, value] of Object.entries(row.always ?? {})) nest(data, place, value);
	for (const [key, name] of Object.entries(row.fromPath ?? {})) data[key] = path[name]?.trim();
	return data;
}

/** What stands in the envelope beside the document. */
function besideData(row: Row, { body }: Input): Record<string, unknown> {
	return { ...wireValues(besides(row.body, true), body), ...row.alwaysBeside };
}

/** The fields of a form that stand beside `data`, or the others. */
function besides(fields: Fields | undefined, beside: boolean): Fields {
	return Object.fromEntries(
		Object.entries(fields ?? {}).filter(([, field]) => (field.beside === true) === beside),
	);
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
			throw new InvalidInput(
				`${label} cannot be ${quoted(value)}`,
				`Nothing was sent. It is one of: ${known}.`,
			);
		}
		return segmentOf(value, label);
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

/**
 * The filled-in values under their names on the wire; empty ones are left out, dotted names nest.
 * @param into a document that the values become part of; it is copied
 */
export function wireValues(
	fields: Fields | undefined,
	values: Values,
	into: Values = {},
): Record<string, unknown> {
	const result: Record<string, unknown> = { ...into };
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
			return ofLength(textOf(value, field.label), field);
		case 'choices':
			return Array.isArray(value) && value.length === 0 ? undefined : value;
		default:
			return value;
	}
}

function ofLength(text: string, { label, length }: Extract<Fields[string], { type: 'text' }>): string {
	if (!length || (text.length >= length.min && text.length <= length.max)) return text;
	throw new InvalidInput(
		`${label} is too ${text.length < length.min ? 'short' : 'long'}`,
		`Nothing was sent. KAZOO takes ${length.min} to ${length.max} characters.`,
	);
}

function labelsOf(row: Row, { body }: Input): Record<string, string> {
	const fields = [...Object.entries(row.query ?? {}), ...Object.entries(row.body ?? {})];
	const hints = row.document === undefined ? [] : Object.entries(hintedFields(row.document));
	return Object.fromEntries([
		...hints.flatMap(([path, { label }]) => (label === undefined ? [] : [[path, label] as const])),
		...fields.flatMap(([key, field]) => [
			[wireName(key, field), field.label] as const,
			...entryLabels(wireName(key, field), field, body[key]),
		]),
	]);
}

/** `data.endpoints.1` → `Whom to Call > 1`, where the server counts as people do. */
function entryLabels(path: string, field: Fields[string], value: unknown): Array<[string, string]> {
	if (field.type !== 'texts' || !field.countsFromOne || value === undefined) return [];
	return listOfTexts(value, field.label).map((_, at) => [`${path}.${at + 1}`, `${field.label} > ${at + 1}`]);
}
