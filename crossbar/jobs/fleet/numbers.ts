/** Fleet: Reconcile Numbers. A carrier's or billing system's list of numbers against those of all accounts. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { alphabetical } from '../../values/alphabetical';
import { normalizePhoneNumber } from '../../values/phoneNumbers';
import { plainText } from '../../values/records';
import type { FleetAccount } from './accounts';
import { silentNumbers } from './audit/callflows';
import type { Row } from './rows';
import { accountFinder, amountOf, columnOf, rowsOf } from './rows';
import type { NotLooked } from './visit';
import { notLooked, visitAll } from './visit';

const STATUSES = {
	onlyThere: 'only in the list',
	onlyHere: 'only in KAZOO',
	elsewhere: 'in another account',
	silent: 'paid, rings nowhere',
	spare: 'spare',
	state: 'wrong state',
	twice: 'twice in the list',
	none: 'no phone number',
	fine: 'in order',
} as const;

type Status = keyof typeof STATUSES;

interface Held {
	readonly account: FleetAccount;
	readonly state: string;
	readonly rings: boolean;
}

interface Visit {
	readonly account: FleetAccount;
	readonly numbers: ReadonlyArray<readonly [string, Held]>;
	readonly failed?: NotLooked;
}

/** A line of the list. */
interface Listed {
	readonly index: number;
	readonly written: string;
	/** What the digits can mean, the likeliest first; none when they are no phone number. */
	readonly readings: readonly string[];
	readonly customer: string;
	readonly price?: number;
}

/** Fleet: Reconcile Numbers. @throws InvalidInput for a list without numbers */
export async function reconcileNumbers(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input } = operation;
	const list = listOf(operation);
	const visits = await visitAll(operation, transport, async (reader, account): Promise<Visit> => {
		try {
			const dead = new Set((await silentNumbers(reader)).map(({ id }) => id));
			const numbers = (await reader.list('/phone_numbers')).map(
				({ id, state }) =>
					[plainText(id), { account, state: plainText(state), rings: !dead.has(id) }] as const,
			);
			return { account, numbers };
		} catch (error) {
			return { account, numbers: [], failed: notLooked(error, transport) };
		}
	});
	const held = new Map(visits.flatMap(({ numbers }) => numbers));
	const find = accountFinder(visits.map(({ account }) => account));
	const failed = visits.flatMap(({ account, failed: reason }) => (reason ? [{ account, reason }] : []));
	const seen = new Set<string>();
	const judged = list.map((line) => {
		const number = line.readings.find((reading) => held.has(reading)) ?? line.readings[0] ?? '';
		const one = held.get(number);
		const status = seen.has(number) ? 'twice' : statusOf(number, line.customer, one, find(line.customer));
		seen.add(number);
		const item = itemOf(status, number || line.written, one, line);
		// Where an account has the number there is no doubt of its country
		return one || line.readings.length < 2 ? item : { ...item, note: asNorthAmerican(line.written) };
	});
	const others = alphabetical(held, ([number]) => number)
		.filter(([number]) => !seen.has(number))
		.map(([number, one]) => itemOf(one.rings ? 'onlyHere' : 'spare', number, one));
	const all = [...judged, ...others];
	const shown =
		input.arguments.includeMatching === true ? all : all.filter(({ status }) => status !== STATUSES.fine);
	const records = [
		...shown.map((item) =>
			item.status === STATUSES.onlyThere && failed.length > 0
				? withNote(item, unlooked(failed.length))
				: item,
		),
		...failed.map(({ account, reason }) => notLookedItem(account, reason)),
		...(input.arguments.totals === true ? [totalsOf(all)] : []),
	];
	// What came of no line belongs to no item
	const sources = records.map((item) =>
		typeof item.line === 'number' && operation.items ? [item.line - 1] : [],
	);
	return { records, sources, envelope: {}, asIs: true };
}

function listOf(operation: Operation): Listed[] {
	const rows = rowsOf(operation);
	const { numberColumn, customerColumn, priceColumn } = operation.input.arguments;
	const number = columnOf(rows, plainText(numberColumn) || 'number');
	const optional = (name: unknown): ((row: Row) => string) =>
		plainText(name) === '' ? () => '' : columnOf(rows, plainText(name));
	const [customer, price] = [optional(customerColumn), optional(priceColumn)];
	return rows.map((row, index) => {
		const written = number(row);
		return {
			index,
			written,
			readings: readingsOf(written),
			customer: customer(row),
			price: amountOf(price(row)),
		};
	});
}

/**
 * Ten digits without a plus are North American to KAZOO, unless told otherwise on the server; but spreadsheets lose the
 * plus, so they can be a whole number of another country as well.
 */
function readingsOf(written: string): string[] {
	const normal = normalizePhoneNumber(written);
	const digits = written.replace(/\D/g, '');
	const withPlus = /^\d{8,15}$/.test(digits) ? `+${digits}` : normal;
	const likeliest = normal.startsWith('+') ? normal : withPlus;
	const readings = likeliest === `+1${digits}` ? [likeliest, withPlus] : [likeliest];
	return readings.filter((reading) => /^\+[1-9]\d{6,14}$/.test(reading));
}

const asNorthAmerican = (written: string): string =>
	`“${written}” was read as a number of North America. Write numbers of other countries with a plus`;

const unlooked = (count: number): string => `${count} accounts were not looked at: it may be in one of them`;

const withNote = (item: IDataObject, note: string): IDataObject => ({
	...item,
	note: [note, plainText(item.note)].filter(Boolean).join('. '),
});

function statusOf(
	number: string,
	customer: string,
	held: Held | undefined,
	owner: FleetAccount | undefined,
): Status {
	if (number === '') return 'none';
	if (!held) return 'onlyThere';
	if (customer !== '' && owner !== held.account) return 'elsewhere';
	if (held.state !== 'in_service') return 'state';
	return held.rings ? 'fine' : 'silent';
}

function itemOf(status: Status, number: string, held: Held | undefined, line?: Listed): IDataObject {
	return {
		number,
		status: STATUSES[status],
		...(line && line.customer !== '' ? { customer: line.customer } : {}),
		...(held ? { account: held.account.name, state: held.state, rings: held.rings } : {}),
		...(line?.price === undefined ? {} : { price: line.price }),
		...(line ? { line: line.index + 1 } : {}),
		...(held ? { account_id: held.account.id } : {}),
	};
}

function notLookedItem({ name, id }: FleetAccount, { problem, whatToDo }: NotLooked): IDataObject {
	return {
		status: 'not looked at',
		account: name,
		why: problem,
		...(whatToDo === undefined ? {} : { what_to_do: whatToDo }),
		account_id: id,
	};
}

/** How many of each, and what they cost. */
function totalsOf(items: readonly IDataObject[]): IDataObject {
	const totals: Record<string, { count: number; price: number }> = {};
	for (const { status, price } of items) {
		const sum = (totals[plainText(status)] ??= { count: 0, price: 0 });
		sum.count++;
		sum.price = Math.round((sum.price + (typeof price === 'number' ? price : 0)) * 10_000) / 10_000;
	}
	return { status: 'total', count: items.length, totals };
}
