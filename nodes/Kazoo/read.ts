/** Reads what a person filled in for one item. */
import type { IExecuteFunctions, ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { catalogue, findRow } from '../../crossbar/catalogue';
import type { Field, Fields, Row, Scope, When } from '../../crossbar/catalogue/notation';
import { isList } from '../../crossbar/catalogue/notation';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter } from '../../crossbar/catalogue/parameters';
import type { Query } from '../../crossbar/http/messages';
import type {
	Condition,
	Input,
	ListOptions,
	Operation,
	PathValues,
} from '../../crossbar/operations/operation';
import { argumentValues, pathParameters } from '../../crossbar/operations/request';
import { InvalidInput, quoted, textOf } from '../../crossbar/values/input';
import { phoneNumber } from '../../crossbar/values/phoneNumbers';
import type { Period } from '../../crossbar/values/periods';
import { isPeriod, PERIODS } from '../../crossbar/values/periods';
import type { DateInput } from '../../crossbar/values/time';
import { gregorianFromIso, isoFromGregorian } from '../../crossbar/values/time';
import { STEP } from './description/fields';
import { ACCOUNT_SCOPE, routeOf } from './description/places';
import type { OptionValues } from './description/shared';
import { options as optionsProperty } from './description/shared';
import { readDocument } from './document';
import { itemFile, readFile, readFiles } from './files';
import { locatorValue, parameterValue, read, typed } from './parameter';

/** The row that the node's resource and operation mean, earlier names included. */
export function readRow(context: IExecuteFunctions, item: number): Row {
	const resource = read(context, 'resource', item);
	const operation = read(context, 'operation', item);
	const row = findRow(resource, operation);
	if (row) return row;
	const known = catalogue.some(({ value }) => value === resource);
	throw new NodeOperationError(
		context.getNode(),
		known ? `The resource has no operation ${quoted(operation)}` : `There is no resource ${quoted(resource)}`,
		{ itemIndex: item, description: 'Choose Resource and Operation from the lists again.' },
	);
}

/**
 * The options of an item, with nothing where none were added.
 * @throws InvalidInput for a value of another type
 */
export function readOptions(context: IExecuteFunctions, item: number): OptionValues {
	const given = read(context, 'options', item, {});
	const known = checkedOptions.get(given);
	if (known) return known;
	const checked = Object.fromEntries(
		Object.entries(given).map(([name, value]) => {
			const property = OPTIONS.get(name);
			return [name, property ? typed(property, value) : value];
		}),
	) as OptionValues;
	checkedOptions.set(given, checked);
	return checked;
}

const OPTIONS: ReadonlyMap<string, INodeProperties> = new Map(
	((optionsProperty().options ?? []) as INodeProperties[]).map((property) => [property.name, property]),
);
/** By what was given: without an expression it is the same object for all items. */
const checkedOptions = new WeakMap<OptionValues, OptionValues>();

/**
 * Everything the engine needs, but for the account.
 * @throws InvalidInput naming the field
 */
export async function readOperation(context: IExecuteFunctions, row: Row, item: number): Promise<Operation> {
	const options = readOptions(context, item);
	const scope = row.scopes ? read(context, 'scope', item, ACCOUNT_SCOPE) : ACCOUNT_SCOPE;
	const additional = read(context, 'additionalFields', item, {});
	const values = (fields: Fields | undefined): Record<string, unknown> =>
		readFields(context, fields, additional, item);
	const body = values(row.body);
	const given = argumentValues(row.arguments, values(row.arguments));
	const largestFile = options.maximumFileSize === undefined ? undefined : options.maximumFileSize * 1_000_000;
	const input: Input = {
		...(scope === ACCOUNT_SCOPE ? {} : { scope: scope as Scope }),
		path: readPath(context, routeOf(row, scope), item),
		query: values(row.query),
		body,
		arguments: {
			...given,
			...(row.via === 'upsert' ? { matchField: readMatchField(context, item) } : {}),
		},
		...(row.document === undefined
			? {}
			: { document: readDocument(context, row, item, { blanksClear: options.blanksClear === true, body }) }),
		...(row.upload && applies(context, row.upload.when, item)
			? { file: await readFile(context, row, body, item, largestFile) }
			: {}),
		...(row.files ? { files: await readFiles(context, row, given[row.files], item, largestFile) } : {}),
		...(largestFile === undefined ? {} : { largestFile }),
		...(options.query?.parameter ? { extraQuery: queryOf(options.query.parameter) } : {}),
	};
	return {
		row,
		input,
		list: {
			...(isList(row) ? readList(context, row, options, item) : {}),
			...(row.range ? readRange(context, item) : {}),
		},
		names: row.names !== undefined && options.withNames !== false,
		charges: { accept: options.acceptCharges === true, upTo: options.maximumCharge },
		...(row.remembers ? { memory: context.getWorkflowStaticData('node') } : {}),
		...(takesTogether(context, row, item) ? await readItems(context) : {}),
	};
}

/** All input items with their files. */
async function readItems(context: IExecuteFunctions): Promise<Pick<Operation, 'itemFiles' | 'items'>> {
	const items = context.getInputData();
	const itemFiles = await Promise.all(items.map(async (_, index) => await itemFile(context, index)));
	return { items: items.map(({ json }) => json), itemFiles };
}

/** Whether all input items are one run. */
export function takesTogether(context: IExecuteFunctions, row: Row, item: number): boolean {
	return row.together !== undefined && applies(context, row.together, item);
}

/** Whether the form stands as a part of the row asks for it. */
function applies(context: IExecuteFunctions, when: When | undefined, item: number): boolean {
	return when === undefined || parameterValue(context, when.field, item) === when.is;
}

/** A locator or text, freed of blanks; phone numbers in E.164. */
export function readParameter(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	name: ParameterName,
	item: number,
): string {
	const value =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter(name, { extractValue: true })
			: locatorValue(parameterValue(context, name, item, ''));
	const { normalize, label } = parameter(name);
	const text = textOf(value ?? '', label).trim();
	return normalize === 'phoneNumber' && text !== '' ? phoneNumber(text, label) : text;
}

function readPath(context: IExecuteFunctions, route: string, item: number): PathValues {
	const path: Partial<Record<ParameterName, string>> = {};
	for (const name of pathParameters(route)) {
		if (name !== 'accountId') path[name] = readParameter(context, name, item);
	}
	return path;
}

function readFields(
	context: IExecuteFunctions,
	fields: Fields | undefined,
	additional: Record<string, unknown>,
	item: number,
): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields ?? {})) {
		if (field.when && values[field.when.field] !== field.when.is) continue;
		const value = locatorValue(formValue(context, name, field, additional, item));
		if (value !== undefined) values[name] = fieldValue(context, field, value);
	}
	return values;
}

function formValue(
	context: IExecuteFunctions,
	name: string,
	field: Field,
	additional: Record<string, unknown>,
	item: number,
): unknown {
	if (field.required) return parameterValue(context, name, item);
	return field.stands ? parameterValue(context, name, item, '') : additional[name];
}

function fieldValue(context: IExecuteFunctions, field: Field, value: unknown): unknown {
	if (field.type === 'date') return zoned(context, value);
	return field.type === 'steps' ? readSteps(value) : value;
}

/** The entries of a field of type `steps`, with plain ids for locators. */
export function readSteps(value: unknown): Array<Record<string, unknown>> {
	const { [STEP]: entries = [] } = (value ?? {}) as Record<string, Array<Record<string, unknown>>>;
	return entries.map((entry) =>
		Object.fromEntries(Object.entries(entry).map(([name, part]) => [name, locatorValue(part)])),
	);
}

/** The field that tells whether a record is already there: chosen in the form, or beside the JSON. */
function readMatchField(context: IExecuteFunctions, item: number): string {
	if (read(context, 'bodyMode', item, 'fields') === 'json') return read(context, 'matchField', item);
	return read(context, 'fields', item).matchingColumns?.[0] ?? '';
}

function readList(context: IExecuteFunctions, row: Row, options: OptionValues, item: number): ListOptions {
	const list: { -readonly [Key in keyof ListOptions]: ListOptions[Key] } = {
		ascending: options.order === 'oldest',
	};
	if (!read(context, 'returnAll', item, false)) list.limit = read(context, 'limit', item, 50);
	if (options.pageSize !== undefined) list.pageSize = options.pageSize;
	if (!row.unpaged) {
		const { conditions, ...dates } = read(context, 'filters', item, {});
		list.filters = {
			...Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, zoned(context, date)])),
			conditions: (conditions?.condition ?? []) as Condition[],
		};
	}
	return list;
}

function readRange(context: IExecuteFunctions, item: number): ListOptions {
	const period = read(context, 'period', item, 'dates');
	if (period !== 'dates') return { period: periodNamed(period), timeZone: context.getTimezone() };
	const [from, to] = (['from', 'to'] as const).map((name) => zoned(context, read(context, name, item, '')));
	return { from, to };
}

/** @throws InvalidInput for another word, which an expression may give */
function periodNamed(word: string): Period {
	if (isPeriod(word)) return word;
	throw new InvalidInput(
		`Period cannot be “${word}”`,
		`Nothing was sent. It is one of: ${PERIODS.join(', ')}.`,
	);
}

function queryOf(parameters: Array<{ name: string; value: string }>): Query {
	return Object.fromEntries(
		parameters
			.map(({ name, value }) => [textOf(name ?? '', 'Name of a query parameter').trim(), value])
			.filter(([name]) => name !== ''),
	);
}

/** A date as the editor gives it, in the workflow's time zone unless it names one, as an ISO date in UTC. */
function zoned(context: IExecuteFunctions, date: unknown): string | undefined {
	if (date === undefined || date === null || date === '') return undefined;
	return isoFromGregorian(gregorianFromIso(date as DateInput, context.getTimezone()));
}

/** @throws InvalidInput when no account is chosen */
export function readAccountId(context: IExecuteFunctions, item: number): string {
	const id = readParameter(context, 'accountId', item);
	if (id === '') throw new InvalidInput('Account is empty', 'Choose one from the list or give its ID.');
	return id;
}
