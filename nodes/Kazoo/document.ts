/** The document that a person filled in: by fields, by the columns of the input, or as JSON. */
import type { IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import { fieldLabel } from '../../crossbar/errors/explain';
import { momentsOf } from '../../crossbar/operations/days';
import { InvalidInput, isPlainObject, nest, parseObject, withoutNulls } from '../../crossbar/values/input';
import { datesFromIso } from '../../crossbar/values/time';
import { parameterValue, read } from './parameter';

type Document = Record<string, unknown>;

/** Columns of the input that the form does not know, of all items of a run. */
const leftOut = new WeakMap<IExecuteFunctions, Set<string>>();

/**
 * @param more `blanksClear`: whether blank cells of the input empty their fields, else they are left out; `body`: the
 *   fields that the operation has besides
 * @throws InvalidInput naming the field, when the JSON is not an object, an expression gives nothing, or an update has
 *   nothing to change
 */
export function readDocument(
	context: IExecuteFunctions,
	row: Row,
	item: number,
	{ blanksClear, body }: { readonly blanksClear: boolean; readonly body: Document },
): Document {
	const isJson = read(context, 'bodyMode', item, 'fields') === 'json';
	const form = isJson ? [] : formFields(context, item);
	const dates = new Set(form.filter(({ type }) => type === 'dateTime').map(({ id }) => id));
	const given = isJson
		? definedOnly(parseObject(read(context, 'bodyJson', item), 'JSON'), '')
		: nested(
				read(context, 'fields', item).mappingMode === 'autoMapInputData'
					? fromColumns(context, form, item, blanksClear)
					: fromFields(context, item),
			);
	const clears = row.value === 'update' || row.value === 'upsert' || row.via === 'mergeUpdate';
	const document = clears || isJson ? given : withoutNulls(given);
	const isEmpty = [...Object.keys(document), ...Object.values(body).filter(isGiven)].length === 0;
	if (row.value === 'update' && isEmpty) throw nothingToChange(context);
	return datesFromIso(document, momentsOf(row.document ?? '', dates), context.getTimezone());
}

/** A hint for the output when columns of the input were left out. */
export function hintAtLeftOutColumns(context: IExecuteFunctions): void {
	const names = [...(leftOut.get(context) ?? [])];
	if (names.length === 0 || !('addExecutionHints' in context)) return;
	context.addExecutionHints({
		message: `Not sent, since the form has no such fields: ${shown(names)}. To send fields of your own, switch Data to JSON.`,
		location: 'outputPane',
	});
}

function shown(names: readonly string[]): string {
	const some = names.slice(0, 20).map((name) => `“${name.slice(0, 60)}”`);
	return `${some.join(', ')}${names.length > some.length ? ` and ${names.length - some.length} more` : ''}`;
}

/** The fields that the form was made of when it was opened. */
function formFields(context: IExecuteFunctions, item: number): ResourceMapperField[] {
	const { schema } = (parameterValue(context, 'fields', item, {}) ?? {}) as {
		schema?: ResourceMapperField[];
	};
	return Array.isArray(schema) ? schema : [];
}

/** What was filled in. A field that stands there unfilled is none; one whose expression gives null is emptied. */
function fromFields(context: IExecuteFunctions, item: number): Document {
	const filled = (parameterValue(context, 'fields.value', item, {}) ?? {}) as Document;
	const { value } = (context.getNode().parameters.fields ?? {}) as { value?: unknown };
	const written = (typeof value === 'object' && value !== null ? value : {}) as Document;
	const isExpression = (path: string): boolean => String(written[path] ?? '=').startsWith('=');
	// n8n makes undefined of null where it checks types
	const unchecked = (context.getNodeParameter('fields.value', item, {}, { skipValidation: true }) ??
		{}) as Document;
	const document: Document = {};
	for (const path of new Set([...Object.keys(filled), ...Object.keys(written)])) {
		const entry = filled[path] ?? unchecked[path];
		if (entry === undefined && typeof written[path] === 'string' && isExpression(path))
			throw givesNothing(fieldLabel(path), String(written[path]));
		if (entry !== undefined && (entry !== null || typeof written[path] === 'string')) document[path] = entry;
	}
	return document;
}

/** The columns of the input that the form knows; where it was never opened, all of them. */
function fromColumns(
	context: IExecuteFunctions,
	form: readonly ResourceMapperField[],
	item: number,
	blanksClear: boolean,
): Document {
	const known = new Set(form.flatMap(({ id }) => pathsTo(id)));
	const unknown = leftOut.get(context) ?? new Set();
	leftOut.set(context, unknown);
	const document: Document = {};
	for (const [column, entry] of Object.entries(context.getInputData()[item]?.json ?? {})) {
		if (known.size > 0 ? !known.has(column) : column === 'row_number') unknown.add(column);
		else if (!isBlank(entry)) document[column] = entry;
		else if (blanksClear) document[column] = null;
	}
	return document;
}

/** A field and the objects that it stands in. */
function pathsTo(path: string): string[] {
	const keys = path.split('.');
	return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function isBlank(entry: unknown): boolean {
	return entry === null || entry === undefined || (typeof entry === 'string' && entry.trim() === '');
}

function nested(fields: Document): Document {
	const document: Document = {};
	for (const [path, entry] of Object.entries(fields)) nest(document, path, entry);
	return document;
}

/** @throws InvalidInput for a field that an expression left undefined: JSON would drop it without a word */
function definedOnly(value: Document, prefix: string): Document {
	for (const [key, entry] of Object.entries(value)) {
		const path = `${prefix}${key}`;
		if (entry === undefined) throw givesNothing(path, undefined);
		if (isPlainObject(entry)) definedOnly(entry, `${path}.`);
	}
	return value;
}

function givesNothing(label: string, expression: string | undefined): InvalidInput {
	return new InvalidInput(
		`${label}: the expression gives nothing (undefined)`,
		`Nothing was sent. ${expression === undefined ? '' : `It is ${expression.slice(0, 200)}. `}Check its spelling against the input. To empty the field, let it give null; to leave it as it is, remove it from the form.`,
	);
}

function nothingToChange(context: IExecuteFunctions): InvalidInput {
	const names = [...(leftOut.get(context) ?? [])];
	return new InvalidInput(
		'There is nothing to change: no field is filled in',
		`Nothing was sent.${names.length > 0 ? ` The form has no such fields: ${shown(names)}.` : ''} Add a field to the form, or fill one in.`,
	);
}
