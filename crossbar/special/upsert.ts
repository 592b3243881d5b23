import type { IDataObject } from 'n8n-workflow';

import { findRow, resourceOf } from '../catalogue';
import type { Row } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import { filterQuery } from '../operations/filters';
import type { Filters, Operation, Outcome, PathValues } from '../operations/operation';
import { pathParameters } from '../operations/request';
import { InvalidInput } from '../values/input';
import { mergeUpdate } from './mergeUpdate';

/** Records that are looked through; more are no match by a field that tells one from another. */
const MOST_FOUND = 50;
/** Candidates that an error names. */
const MOST_SHOWN = 6;

/** What two records can be compared by. */
type Plain = string | number | boolean;

/**
 * Create or Update: looks for records whose field equals that of the document. None: creates; one: updates it;
 * several: an error with the candidates, nothing is changed.
 */
export async function upsert(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input } = operation;
	const field = String(input.arguments.matchField ?? '').trim();
	if (field === '')
		throw new InvalidInput(
			'Match By is empty',
			'Choose the field that tells whether the record is already there.',
		);
	const value = valueAt(input.document ?? {}, field);
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
		throw new InvalidInput(
			`The document has no value for “${field}”`,
			'Match By needs a field that you fill in below.',
		);
	}
	if (!isPlain(value)) {
		throw new InvalidInput(
			`KAZOO cannot match by “${field}”, which is ${Array.isArray(value) ? 'a list' : 'an object'}`,
			'Nothing was sent. Match By needs a field with a text, a number or true or false, such as name.',
		);
	}
	const records = await matching(operation, field, value, transport);
	if (records.length > 1) throw several(`More than one record has ${field} “${String(value)}”`, records);
	const [existing] = records;
	if (!existing) return marked(await performRow(operation, transport), true);
	const update = sibling(row, 'update');
	const changed = {
		...operation,
		row: update,
		input: { ...input, path: { ...input.path, ...idFor(update, existing) } },
	};
	return marked(await (update.via === 'mergeUpdate' ? mergeUpdate : performRow)(changed, transport), false);
}

/**
 * The records whose own value is the one asked for. The server's answer is not enough: it reads a text like
 * `["a", "b"]` as "a or b" and `"5"` as 5 (envelope.md section 8), and some lists pass over a filter.
 */
async function matching(
	operation: Operation,
	field: string,
	value: Plain,
	transport: Transport,
): Promise<IDataObject[]> {
	const { row, input } = operation;
	const { kept } = resourceOf(row);
	const asKept = (given: Plain): unknown => filterQuery(equal(field, given), kept)[`filter_${field}`];
	const bare = { scope: input.scope, path: input.path, query: {}, body: {}, arguments: {} };
	const { records } = await performRow(
		{
			...operation,
			row: sibling(row, 'getAll'),
			input: bare,
			list: { limit: MOST_FOUND, filters: equal(field, value) },
		},
		transport,
	);
	const what = `${field} “${String(value)}”`;
	if (records.length === MOST_FOUND) throw several(`Too many records may have ${what}`, records);
	// Lists show summaries.
	const isShort = (record: IDataObject): boolean => (valueAt(record, field) ?? null) === null;
	const short = records.filter(isShort);
	if (short.length > 1) throw several(`More than one record may have ${what}`, short);
	const whole = await Promise.all(
		records.map(async (record) => {
			if (!isShort(record)) return record;
			const get = sibling(row, 'get');
			const path = { ...input.path, ...idFor(get, record) };
			const read = await performRow({ ...operation, row: get, input: { ...bare, path } }, transport);
			return { ...read.records[0], id: record.id };
		}),
	);
	return whole.filter((record) => {
		const own = valueAt(record, field);
		return isPlain(own) && asKept(own) === asKept(value);
	});
}

function equal(key: string, value: Plain): Filters {
	return { conditions: [{ key, comparison: 'is', value }] };
}

function several(message: string, records: IDataObject[]): InvalidInput {
	const shown = records.slice(0, MOST_SHOWN).map(({ id, name }) => [name, id].filter(Boolean).join(' '));
	const more = records.length > MOST_SHOWN ? ' and more' : '';
	return new InvalidInput(
		message,
		`Nothing was changed. Found: ${shown.join(', ')}${more}. Match by a field that is unique, or use Update with the ID.`,
	);
}

function marked(outcome: Outcome, created: boolean): Outcome {
	return { ...outcome, records: outcome.records.map((record) => ({ ...record, was_created: created })) };
}

/** Another operation of the row's resource. */
function sibling(row: Row, value: string): Row {
	const resource = resourceOf(row).value;
	const found = findRow(resource, value);
	if (!found) throw new InvalidInput(`${resource} has no operation ${value}`);
	return found;
}

/** The path value that names a record in a row's route. */
function idFor(row: Row, record: IDataObject): PathValues {
	return { [pathParameters(row.route).at(-1) as ParameterName]: String(record.id) };
}

function isPlain(value: unknown): value is Plain {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function valueAt(document: Readonly<Record<string, unknown>>, path: string): unknown {
	if (path in document) return document[path];
	return path
		.split('.')
		.reduce<unknown>(
			(place, key) =>
				typeof place === 'object' && place !== null && !Array.isArray(place)
					? (place as Record<string, unknown>)[key]
					: undefined,
			document,
		);
}
