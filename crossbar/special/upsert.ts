import type { IDataObject } from 'n8n-workflow';

import { findRow, resourceOf } from '../catalogue';
import type { Row } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import { performRow } from '../operations/engine';
import { filterQuery } from '../operations/filters';
import type { Filters, Operation, Outcome, PathValues } from '../operations/operation';
import { pathParameters } from '../operations/request';
import { Turns } from '../values/concurrency';
import { InvalidInput, withoutNulls } from '../values/input';
import { plainText } from '../values/records';
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
	const given = valueAt(input.document ?? {}, field);
	const value = typeof given === 'string' ? given.trim() : given;
	if (value === undefined || value === null || value === '') {
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
	const document = withValueAt(input.document ?? {}, field, value);
	const wanted = { ...operation, input: { ...input, document } };
	// The same key side by side would find nothing each time, and make as many records
	const turns = await transport.once('turns of Create or Update', async () => new Turns());
	const { accountId } = input.path;
	const key = JSON.stringify([
		resourceOf(row).value,
		input.scope,
		accountId,
		field,
		comparable(row, field, value),
	]);
	return await turns.take(key.toLowerCase(), async () => await findAndStore(wanted, field, value, transport));
}

async function findAndStore(
	operation: Operation,
	field: string,
	value: Plain,
	transport: Transport,
): Promise<Outcome> {
	const { row, input } = operation;
	const records = await matching(operation, field, value, transport);
	if (records.length > 1) throw several(`More than one record has ${field} “${String(value)}”`, records);
	const [existing] = records;
	if (!existing) {
		const document = withoutNulls(input.document ?? {});
		const outcome = await performRow({ ...operation, input: { ...input, document } }, transport);
		await remember(operation, field, outcome, transport);
		return marked(outcome, true);
	}
	const update = sibling(row, 'update');
	const changed = {
		...operation,
		row: update,
		input: { ...input, path: { ...input.path, ...idFor(update, existing) } },
	};
	return marked(await (update.via === 'mergeUpdate' ? mergeUpdate : performRow)(changed, transport), false);
}

/** The form in which KAZOO compares a value. */
function comparable(row: Row, field: string, value: Plain): unknown {
	const { kept, compared = {} } = resourceOf(row);
	const text = String(value).trim();
	if (compared[field] === 'anyCase') return text.toLowerCase();
	if (compared[field] === 'number') return text.replace(/^0+(?=\d)/, '');
	return filterQuery(equal(field, typeof value === 'string' ? text : value), kept)[`filter_${field}`];
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
	const same = (own: unknown): boolean =>
		isPlain(own) && comparable(row, field, own) === comparable(row, field, value);
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
	if (records.length === 0 && resourceOf(row).compared?.[field]) {
		const all = await everyOne(operation, field, transport);
		const found = all.filter((record) => same(valueAt(record, field)));
		return [...new Map(found.map((record) => [record.id, record])).values()];
	}
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
	return whole.filter((record) => same(valueAt(record, field)));
}

/** All records, asked once in a run: the server has no filter that passes over the case. */
async function everyOne(operation: Operation, field: string, transport: Transport): Promise<IDataObject[]> {
	const { row, input } = operation;
	const bare = { scope: input.scope, path: input.path, query: {}, body: {}, arguments: {} };
	const asked = { ...operation, row: sibling(row, 'getAll'), input: bare, list: {} };
	return await transport.once(
		allOf(operation, field),
		async () => (await performRow(asked, transport)).records,
	);
}

const allOf = ({ row, input }: Operation, field: string): string =>
	JSON.stringify(['all', resourceOf(row).value, input.scope, input.path.accountId, field]);

/** What this run has made is found by those that come after. */
async function remember(
	operation: Operation,
	field: string,
	{ records: [record] }: Outcome,
	transport: Transport,
): Promise<void> {
	if (!record || !resourceOf(operation.row).compared?.[field]) return;
	const own = valueAt(operation.input.document ?? {}, field);
	(await everyOne(operation, field, transport)).push({
		...withValueAt({}, field, own),
		id: record.id,
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
	return { [pathParameters(row.route).at(-1) as ParameterName]: plainText(record.id) };
}

function isPlain(value: unknown): value is Plain {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A copy with another value at a path that may be there. */
function withValueAt(
	document: Readonly<Record<string, unknown>>,
	path: string,
	value: unknown,
): Record<string, unknown> {
	const [key = '', ...rest] = path in document ? [path] : path.split('.');
	const inner = document[key];
	const deeper = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
	return { ...document, [key]: rest.length === 0 ? value : withValueAt(deeper, rest.join('.'), value) };
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
