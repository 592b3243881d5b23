import type { Operation, Outcome } from '../engine';
import { performRow } from '../engine';
import { InvalidInput, pathParameters } from '../request';
import type { Row } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import { findRow, resourceOf } from '../catalogue';
import { mergeUpdate } from './mergeUpdate';
import type { Transport } from '../transport';

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
	if (value === undefined || value === null || value === '') {
		throw new InvalidInput(
			`The document has no value for “${field}”`,
			'Match By needs a field that you fill in below.',
		);
	}
	const resource = resourceOf(row).value;
	const found = await performRow(
		{
			...operation,
			row: sibling(resource, 'getAll'),
			input: { scope: input.scope, path: input.path, query: {}, body: {}, arguments: {} },
			list: {
				limit: 6,
				filters: {
					conditions: [{ key: field, comparison: 'is', value: value as string | number | boolean }],
				},
			},
		},
		transport,
	);
	if (found.records.length > 1) {
		const ids = found.records.map(({ id, name }) => [name, id].filter(Boolean).join(' ')).join(', ');
		throw new InvalidInput(
			`More than one record has ${field} “${String(value)}”`,
			`Nothing was changed. Found: ${ids}. Match by a field that is unique, or use Update with the ID.`,
		);
	}
	const [existing] = found.records;
	if (!existing) return marked(await performRow(operation, transport), true);
	const update = sibling(resource, 'update');
	const idName = pathParameters(update.route).at(-1) as ParameterName;
	const changed = {
		...operation,
		row: update,
		input: { ...input, path: { ...input.path, [idName]: String(existing.id) } },
	};
	return marked(await (update.via === 'mergeUpdate' ? mergeUpdate : performRow)(changed, transport), false);
}

function marked(outcome: Outcome, created: boolean): Outcome {
	return { ...outcome, records: outcome.records.map((record) => ({ ...record, was_created: created })) };
}

function sibling(resource: string, value: string): Row {
	const row = findRow(resource, value);
	if (!row) throw new InvalidInput(`${resource} has no operation ${value}`);
	return row;
}

function valueAt(document: Readonly<Record<string, unknown>>, path: string): unknown {
	if (path in document) return document[path];
	return path
		.split('.')
		.reduce<unknown>(
			(place, key) =>
				typeof place === 'object' && place !== null ? (place as Record<string, unknown>)[key] : undefined,
			document,
		);
}
