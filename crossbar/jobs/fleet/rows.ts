/** Rows of a carrier's or billing system's list: from items or CSV, and the account that each means. */
import type { Operation } from '../../operations/operation';
import { readCsv } from '../../values/csv';
import { InvalidInput, textOf } from '../../values/input';
import { plainText } from '../../values/records';
import type { FleetAccount } from './accounts';

export type Row = Readonly<Record<string, unknown>>;

/** @throws InvalidInput */
export function rowsOf({ input, items = [] }: Operation): readonly Row[] {
	if (input.arguments.listFrom !== 'csv') return items;
	return readCsv(textOf(input.arguments.csv ?? '', 'CSV')).rows;
}

/** What stands in a column; a column that no row has is a mistake. @throws InvalidInput */
export function columnOf(rows: readonly Row[], column: string): (row: Row) => string {
	if (rows.length > 0 && !rows.some((row) => column in row))
		throw new InvalidInput(
			`No row has a column “${column}”`,
			`Nothing was read. The first one has ${Object.keys(rows[0] ?? {}).join(', ')}.`,
		);
	return (row) => plainText(row[column]).trim();
}

/** A number as people and spreadsheets write it: `1,234.50`, `€ 3.20`; nothing where there is none. */
export function amountOf(text: string): number | undefined {
	const plain = text
		.replace(/[^\d.,-]/g, '')
		.replace(/,(?=\d{3}(\D|$))/g, '')
		.replace(',', '.');
	const amount = plain === '' ? NaN : Number(plain);
	return Number.isFinite(amount) ? amount : undefined;
}

/** Finds accounts by name, realm or ID, in any case. */
export function accountFinder(accounts: readonly FleetAccount[]): (text: string) => FleetAccount | undefined {
	const byWord = new Map<string, FleetAccount | undefined>();
	// A name that two have means neither
	for (const account of accounts)
		for (const word of new Set([account.id, account.name.toLowerCase(), account.realm.toLowerCase()]))
			byWord.set(word, byWord.has(word) ? undefined : account);
	return (text) => byWord.get(text.toLowerCase());
}
