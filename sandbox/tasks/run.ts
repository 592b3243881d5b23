import type { Call } from '../request/call';
import { toCsv } from '../values/csv';
import type { Doc, Fields } from '../store/database';
import { publicFields } from '../store/merge';
import { NUMBER_COLUMNS, RATE_COLUMNS } from './catalogue';
import { cellsOf, NUMBER_ACTIONS, type RowResult, runNumberRow } from './numbers';
import { type Row, type Table, writeTable } from './table';

/** What came of a task. */
export interface TaskResult {
	/** The file to download. */
	csv: string;
	succeeded: number;
	failed: number;
}

/** Runs a task to its end. `table` is its input, if it takes any. */
export function runTask(call: Call, category: string, action: string, table: Table | undefined): TaskResult {
	if (category === 'number_management') {
		return table ? changeNumbers(call, action, table) : listNumbers(call, action);
	}
	if (category === 'rates') return table ? changeRates(call, action, table) : exportRates(call);
	if (category === 'billing') return { csv: toCsv(callRecords(call)), succeeded: 0, failed: 0 };
	const columns = table?.columns ?? [
		'account_id',
		'year',
		'month',
		'category',
		'item',
		'quantity_bom',
		'quantity_eom',
	];
	return {
		csv: writeTable({ columns, rows: table?.rows ?? [] }),
		succeeded: table?.rows.length ?? 0,
		failed: 0,
	};
}

function changeNumbers(call: Call, action: string, { rows }: Table): TaskResult {
	const work = NUMBER_ACTIONS[action];
	const broken = call.kernel.profile === 4 && !call.kernel.fixes;
	const results: RowResult[] = [];
	for (const row of rows) {
		if (broken || !work) {
			// The module as recorded falls over with the first row; KAZOO 5 has it repaired.
			results.push({ cells: row, error: 'applier crashed' });
			break;
		}
		results.push(runNumberRow(call, work, row));
	}
	const failed = results.filter(({ error }) => error !== undefined).length;
	// The last row comes first.
	return { csv: numberTable(results.reverse()), succeeded: results.length - failed, failed };
}

/** Columns that have a value in any row, in their order, and the errors, if there are any. */
function numberTable(results: RowResult[]): string {
	const rows = results.map(
		({ cells, error }): Row => ({ ...cells, ...(error === undefined ? undefined : { error }) }),
	);
	const used = [...NUMBER_COLUMNS, 'error'].filter((column) => rows.some((row) => row[column] !== undefined));
	return writeTable({ columns: rows.length === 0 ? NUMBER_COLUMNS : used, rows });
}

function listNumbers(call: Call, action: string): TaskResult {
	const { store } = call.kernel;
	const own = (call.account as Doc)._id;
	const state = /^dump_(.+)$/.exec(action)?.[1];
	const accounts = new Set([
		own,
		...(action === 'list_all' ? store.descendants(own).map(({ _id }) => _id) : []),
	]);
	const numbers = store
		.database('numbers')
		.list('number')
		.filter((number) =>
			action.startsWith('dump')
				? call.auth?.superduper === true && (state === undefined || number.pvt_state === state)
				: accounts.has(String(number.pvt_assigned_to)),
		)
		.sort((a, b) => (a._id < b._id ? 1 : -1));
	return {
		csv: numberTable(numbers.map((number) => ({ cells: cellsOf(call, number) }))),
		succeeded: numbers.length,
		failed: 0,
	};
}

function callRecords(call: Call): Fields[] {
	return call.kernel.store
		.database((call.account as Doc)._id)
		.list('cdr')
		.map((record) => ({ id: record._id, ...publicFields(record) }));
}

function exportRates(call: Call): TaskResult {
	const rates = call.kernel.store.database('ratedeck').list('rate');
	const rows = rates.map((rate) =>
		Object.fromEntries(
			RATE_COLUMNS.filter((column) => rate[column] !== undefined).map((column) => {
				const value = rate[column];
				return [column, typeof value === 'object' ? JSON.stringify(value) : String(value)];
			}),
		),
	);
	return { csv: writeTable({ columns: RATE_COLUMNS, rows }), succeeded: rows.length, failed: 0 };
}

function changeRates(call: Call, action: string, { columns, rows }: Table): TaskResult {
	const { store } = call.kernel;
	let failed = 0;
	for (const row of rows) {
		const id = `${row.iso_country_code ?? 'XX'}-${row.prefix ?? ''}`;
		const existing = store.database('ratedeck').get(id, 'rate');
		if (action === 'delete') {
			if (existing) store.remove('ratedeck', existing);
			else failed++;
			continue;
		}
		const fields = rateOf(row);
		if (existing) store.save('ratedeck', { ...existing, ...fields });
		else store.create('ratedeck', 'rate', fields, { id });
	}
	return { csv: writeTable({ columns, rows }), succeeded: rows.length - failed, failed };
}

const NUMERIC = /^(?:prefix|weight|rate_(?:cost|increment|minimum|nocharge_time|surcharge))$/;

function rateOf(row: Row): Fields {
	const fields: Fields = { routes: [`^\\+?${row.prefix ?? ''}.+$`] };
	for (const [column, cell] of Object.entries(row)) {
		if (!RATE_COLUMNS.includes(column)) continue;
		fields[column] = NUMERIC.test(column)
			? Number(cell)
			: cell.startsWith('[')
				? (JSON.parse(cell) as unknown)
				: cell;
	}
	return fields;
}
