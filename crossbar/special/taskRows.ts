/** The rows of a bulk task: from what people give, checked against what the task takes, and back to where they came from. */
import type { IDataObject } from 'n8n-workflow';

import { openFile, readUtf8 } from '../http/files';
import type { Input } from '../operations/operation';
import type { Table } from '../values/csv';
import { readCsv } from '../values/csv';
import { InvalidInput, parseJson } from '../values/input';
import { normalizePhoneNumber, phoneNumber } from '../values/phoneNumbers';
import { isRecord } from '../values/records';

/** What the server's list of tasks says of one. */
export interface TaskKind {
	readonly description?: string;
	/** Given when the task takes rows. */
	readonly expected_content?: string;
	readonly mandatory?: readonly string[];
	readonly optional?: readonly string[];
}

/**
 * @param input with the arguments `rowsFrom` (`items`, `json`, `file`, `nothing`) and `rows`
 * @param items the JSON of the input items
 * @returns nothing when there are to be no rows
 * @throws InvalidInput when what was given is no table
 */
export async function rowsOf(input: Input, items: readonly IDataObject[]): Promise<Table | undefined> {
	switch (input.arguments.rowsFrom) {
		case 'file':
			return readCsv(await readUtf8(input.file && (await openFile(input.file)), 'The CSV file'));
		case 'json': {
			const rows = parseJson(input.arguments.rows, 'Rows');
			if (!Array.isArray(rows) || !rows.every(isRecord)) {
				throw new InvalidInput(
					'Rows must be a list of objects',
					'One object a row, like [{"e164": "+14155550100", "cnam.outbound": "Reception"}].',
				);
			}
			return tableOf(rows);
		}
		case 'nothing':
			return undefined;
		default:
			return tableOf(items);
	}
}

function tableOf(records: ReadonlyArray<Readonly<Record<string, unknown>>>): Table {
	const rows = records.map((record) => Object.fromEntries(cellsOf(record, '')));
	return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

/** Nested keys become dotted columns, as KAZOO names them: `cnam.outbound`. */
function cellsOf(record: Readonly<Record<string, unknown>>, prefix: string): Array<[string, string]> {
	return Object.entries(record).flatMap(([key, value]): Array<[string, string]> => {
		const column = `${prefix}${key}`;
		if (isRecord(value)) return cellsOf(value, `${column}.`);
		if (value === null || value === undefined) return [[column, '']];
		return [[column, typeof value === 'string' ? value : JSON.stringify(value)]];
	});
}

/**
 * @param name of the task, for the error
 * @throws InvalidInput naming the columns that the task lacks or does not know, and those there are
 */
export function checkColumns(name: string, kind: TaskKind, table: Table | undefined): void {
	const takesRows = kind.expected_content !== undefined || kind.mandatory !== undefined;
	if (!takesRows && table === undefined) return;
	if (!takesRows)
		throw new InvalidInput(`The task ${name} takes no rows`, 'Nothing was sent. Set Rows From to Nothing.');
	const mandatory = kind.mandatory ?? [];
	const known = [...mandatory, ...(kind.optional ?? [])];
	const takes = `The task takes: ${known.join(', ')}.`;
	if (table === undefined || table.rows.length === 0)
		throw new InvalidInput(`The task ${name} needs rows`, `Nothing was sent. ${takes}`);
	const given = `The rows have: ${table.columns.join(', ') || 'no columns'}.`;
	const missing = mandatory.filter((column) => !table.columns.includes(column));
	if (missing.length > 0) {
		throw new InvalidInput(
			`The rows lack the ${named(missing)}, which the task ${name} needs`,
			`Nothing was sent. ${given} ${takes}`,
		);
	}
	const unknown = table.columns.filter((column) => !known.includes(column));
	if (unknown.length > 0) {
		throw new InvalidInput(
			`The task ${name} does not know the ${named(unknown)}`,
			`Nothing was sent. Rename or remove what is unknown. ${takes}`,
		);
	}
}

function named(columns: readonly string[]): string {
	return `column${columns.length > 1 ? 's' : ''} ${columns.map((column) => `“${column}”`).join(', ')}`;
}

/** A row of the result with the rows of the input that it is about. */
export interface TaskRecord {
	readonly record: IDataObject;
	/** Left out when it cannot be told. */
	readonly sources?: readonly number[];
}

/**
 * The server gives the rows back in an order of its own and only with columns that have a value, so they are known by
 * the columns that each must have. What was asked for and is not in the result is added, with an error that says so.
 */
export function matchRows(kind: TaskKind, input: Table | undefined, output: Table): TaskRecord[] {
	const keys = kind.mandatory ?? [];
	const places = new Map<string, number[]>();
	input?.rows.forEach((row, index) => {
		const key = keyOf(keys, row);
		places.set(key, [...(places.get(key) ?? []), index]);
	});
	const seen = new Set<number>();
	const records = output.rows.map((row): TaskRecord => {
		const record = Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''));
		const sources = keys.length > 0 ? places.get(keyOf(keys, row)) : undefined;
		for (const source of sources ?? []) seen.add(source);
		return { record, ...(sources ? { sources } : {}) };
	});
	const lost = [...(input?.rows ?? []).keys()].filter((index) => !seen.has(index));
	// Rows that cannot be told apart may be those that seem lost.
	const unclear = records.filter(({ sources }) => sources === undefined).length;
	if (unclear >= lost.length) return records;
	return [
		...records,
		...lost.map((index) => ({
			record: { ...input?.rows[index], error: 'The task ended without this row' },
			sources: [index],
		})),
	];
}

/** Columns that hold a phone number. */
const NUMBERS = ['e164', 'failover.e164'];

/**
 * The rows with their numbers as KAZOO keeps them: it takes what it is given, and another form is another number.
 * @returns the same table when it has no column for them
 * @throws InvalidInput naming the row, before anything is sent
 */
export function withPhoneNumbers(table: Table): Table {
	const columns = NUMBERS.filter((column) => table.columns.includes(column));
	if (columns.length === 0) return table;
	const rows = table.rows.map((row, index) => {
		const numbers = columns.map((column) => [column, numberIn(row[column] ?? '', index, column)]);
		return { ...row, ...Object.fromEntries(numbers) };
	});
	return { ...table, rows };
}

/**
 * The same for rows that are sent as JSON; what is no list of objects is the server's to refuse.
 * @throws InvalidInput naming the row
 */
export function recordsWithPhoneNumbers(records: unknown): unknown {
	if (!Array.isArray(records)) return records;
	return records.map((record: unknown, index) => {
		if (!isRecord(record)) return record;
		const { e164, failover } = record;
		const nested = isRecord(failover) ? failover : undefined;
		return {
			...withNumber(record, 'e164', e164, index),
			...withNumber({}, 'failover.e164', record['failover.e164'], index),
			...(nested ? { failover: withNumber(nested, 'e164', nested.e164, index) } : {}),
		};
	});
}

function withNumber(
	record: Record<string, unknown>,
	column: string,
	value: unknown,
	index: number,
): Record<string, unknown> {
	const isGiven = typeof value === 'string' || typeof value === 'number';
	return isGiven ? { ...record, [column]: numberIn(String(value), index, column) } : record;
}

function numberIn(cell: string, index: number, column: string): string {
	return cell.trim() === '' ? cell : phoneNumber(cell, `Row ${index + 1}: ${column}`);
}

function keyOf(columns: readonly string[], row: Readonly<Record<string, string>>): string {
	const cells = columns.map((column) => {
		const cell = (row[column] ?? '').trim();
		return column === 'e164' ? normalizePhoneNumber(cell) || cell : cell;
	});
	return JSON.stringify(cells);
}
