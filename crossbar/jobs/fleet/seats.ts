/** Fleet: Reconcile Seats. What each account has against what a billing system charges for. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { InvalidInput, parseObject } from '../../values/input';
import { plainText } from '../../values/records';
import type { FleetAccount } from './accounts';
import type { Reader } from './reader';
import type { Row } from './rows';
import { accountFinder, amountOf, columnOf, rowsOf } from './rows';
import type { NotLooked } from './visit';
import { notLooked, visitAll } from './visit';

/** What can be counted, and in which list. `devices.softphone` are those of one kind. */
const LISTS: Readonly<Record<string, string>> = {
	users: '/users',
	devices: '/devices',
	phone_numbers: '/phone_numbers',
	voicemail_boxes: '/vmboxes',
	fax_boxes: '/faxboxes',
	queues: '/queues',
	agents: '/agents',
	conferences: '/conferences',
};

interface Visit {
	readonly account: FleetAccount;
	readonly counts: ReadonlyMap<string, number>;
	readonly failed?: NotLooked;
}

/** Fleet: Reconcile Seats. @throws InvalidInput for a mapping or rows that cannot be used */
export async function reconcileSeats(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input } = operation;
	const mapping = mappingOf(input.arguments.mapping);
	const rows = rowsOf(operation);
	const customer = columnOf(rows, plainText(input.arguments.customerColumn) || 'customer');
	const quantity = quantities(rows, mapping, input.arguments);
	const visits = await visitAll(operation, transport, async (reader, account): Promise<Visit> => {
		try {
			const counts = await Promise.all(
				mapping.map(async ([what]) => [what, await countOf(what, reader)] as const),
			);
			return { account, counts: new Map(counts) };
		} catch (error) {
			return { account, counts: new Map(), failed: notLooked(error, transport) };
		}
	});
	const find = accountFinder(visits.map(({ account }) => account));
	const byAccount = new Map<FleetAccount, Row[]>();
	const strangers = new Map<string, Row[]>();
	for (const row of rows) {
		const account = find(customer(row));
		if (account) byAccount.set(account, [...(byAccount.get(account) ?? []), row]);
		else strangers.set(customer(row), [...(strangers.get(customer(row)) ?? []), row]);
	}
	const places = new Map(rows.map((row, index) => [row, index]));
	const compared: Array<{ readonly item: IDataObject; readonly rows: readonly Row[] }> = [];
	for (const { account, counts, failed } of visits) {
		const own = byAccount.get(account) ?? [];
		if (failed) {
			compared.push({ item: notLookedItem(account, failed), rows: own });
			continue;
		}
		for (const [what, column] of mapping) {
			const [counted, billed] = [counts.get(what) ?? 0, quantity(own, column)];
			const item = { account: account.name, what, column, counted, billed, difference: counted - billed };
			compared.push({
				item: { ...item, status: statusOf(counted, billed), account_id: account.id },
				rows: own,
			});
		}
	}
	for (const [name, own] of strangers)
		for (const [what, column] of mapping) {
			const billed = quantity(own, column);
			const item = { account: name, what, column, counted: 0, billed, difference: -billed };
			const note = 'There is no such account, or several are called so';
			compared.push({ item: { ...item, status: statusOf(0, billed), note }, rows: own });
		}
	const all = input.arguments.includeMatching === true;
	const shown = compared.filter(({ item }) => all || item.status !== 'in order');
	return {
		records: shown.map(({ item }) => item),
		sources: shown.map(({ rows: own }) => (operation.items ? own.map((row) => places.get(row) ?? 0) : [])),
		envelope: {},
		asIs: true,
	};
}

function statusOf(counted: number, billed: number): string {
	if (counted === billed) return 'in order';
	if (billed === 0) return 'unbilled';
	return counted === 0 ? 'billed but gone' : 'other quantity';
}

async function countOf(what: string, reader: Reader): Promise<number> {
	const [list = '', kind] = what.split('.');
	const path = LISTS[list] ?? '';
	const records = await reader.list(path);
	if (reader.missing.has(path))
		throw new InvalidInput(`This KAZOO has no ${list} here`, 'Take it out of Mapping.');
	return kind === undefined
		? records.length
		: records.filter(({ device_type: type }) => type === kind).length;
}

/**
 * What is charged for: in a column of its own, or in rows of a product and a quantity each.
 * @throws InvalidInput for a column that no row has, or a quantity that is no number
 */
function quantities(
	rows: readonly Row[],
	mapping: ReadonlyArray<readonly [string, string]>,
	{ productColumn, quantityColumn }: Operation['input']['arguments'],
): (own: readonly Row[], column: string) => number {
	const sum = (own: readonly Row[], read: (row: Row) => string): number =>
		own.reduce((total, row) => total + number(read(row)), 0);
	const product = plainText(productColumn);
	if (product !== '') {
		const [name, count] = [columnOf(rows, product), columnOf(rows, plainText(quantityColumn) || 'quantity')];
		return (own, column) =>
			sum(
				own.filter((row) => name(row).toLowerCase() === column.toLowerCase()),
				count,
			);
	}
	const columns = new Map(mapping.map(([, column]) => [column, columnOf(rows, column)]));
	return (own, column) => sum(own, columns.get(column) ?? (() => ''));
}

function number(text: string): number {
	const amount = text === '' ? 0 : amountOf(text);
	if (amount !== undefined) return amount;
	throw new InvalidInput(`“${text}” is no quantity`, 'Nothing was compared. Mend it in the list.');
}

/** @throws InvalidInput */
function mappingOf(given: unknown): Array<readonly [string, string]> {
	const entries = Object.entries(parseObject(given, 'Mapping'));
	if (entries.length === 0)
		throw new InvalidInput('Mapping is empty', 'Nothing was read. Write it like {"users": "Seats"}.');
	return entries.map(([what, column]) => {
		const [list = '', kind] = what.split('.');
		if (Object.hasOwn(LISTS, list) && (kind === undefined || list === 'devices'))
			return [what, plainText(column)] as const;
		throw new InvalidInput(
			`Mapping: “${what}” cannot be counted`,
			`Nothing was read. Known are ${Object.keys(LISTS).join(', ')}, and kinds of devices like devices.softphone.`,
		);
	});
}

function notLookedItem({ name, id }: FleetAccount, { problem, whatToDo }: NotLooked): IDataObject {
	return {
		account: name,
		status: 'not looked at',
		why: problem,
		...(whatToDo === undefined ? {} : { what_to_do: whatToDo }),
		account_id: id,
	};
}
