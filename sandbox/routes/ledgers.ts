import { createHash } from 'node:crypto';

import type { Call, Handler, Route } from '../request/call';
import { dataObject, isOn } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema } from '../documents/resource';
import { encodeKey } from '../values/erlang';
import { hex } from '../values/ids';
import { mergeDeep, present } from '../store/merge';
import {
	badIdentifier,
	conflict,
	fieldError,
	forbidden,
	type FieldErrors,
	Refusal,
	validationError,
} from '../request/refusal';
import { monthOf, now } from '../values/time';
import { timeRange } from '../documents/time-range';

const A = '/accounts/{accountId}/ledgers';

const SOURCES = [
	{ name: 'per-minute-voip', friendly_name: 'Per Minute VoIP', markup_type: ['percentage'] },
	{ name: 'services', friendly_name: 'Monthly Recurring Services', markup_type: [] },
	{ name: 'payments', friendly_name: 'Payments', markup_type: [] },
	{ name: 'rollovers', friendly_name: 'Monthly Rollover', markup_type: [] },
];

/** Amounts are kept to a ten-thousandth of the currency: so many units are one of it. */
const UNITS = 10_000;

const units = (amount: number): number => Math.round(amount * UNITS);

const dollars = (amount: number): number => units(amount) / UNITS;

const ledgersOf = (call: Call, accountId = (call.account as Doc)._id): Doc[] =>
	call.kernel.store.database(accountId).list('ledger');

const serviceOf = (ledger: Doc): string => String((ledger.source as Fields | undefined)?.service);

const balanceOf = (ledgers: Doc[]): number =>
	dollars(ledgers.reduce((sum, ledger) => sum + Number(ledger.amount ?? 0), 0));

/** Sums by source; what was left from last month is always there. */
function sumsOf(call: Call): Record<string, Fields> {
	const data: Record<string, Fields> = { rollovers: { amount: 0, usage: { quantity: 0 } } };
	for (const ledger of ledgersOf(call)) {
		const usage = (ledger.usage ?? {}) as Fields;
		const before = data[serviceOf(ledger)];
		data[serviceOf(ledger)] = {
			amount: dollars(Number(before?.amount ?? 0) + Number(ledger.amount ?? 0)),
			usage: {
				...usage,
				quantity: Number((before?.usage as Fields | undefined)?.quantity ?? 0) + Number(usage.quantity ?? 0),
			},
		};
	}
	return data;
}

const sums: Handler = (call) => ({
	data: sumsOf(call),
	revision: hex(),
	envelope: { page_size: 1, start_key: encodeKey(now()) },
});

const summary: Handler = (call) => {
	if (call.params.month !== monthOf(now())) throw new Refusal(503, 'datastore missing view', {});
	const { _id: id, name } = call.account as Doc;
	const ledgers = sumsOf(call);
	return {
		data: {
			summary: ledgers,
			breakdown: [{ account: { id, name }, ledgers, total: balanceOf(ledgersOf(call)) }],
		},
		revision: hex(),
		envelope: { page_size: 1 },
	};
};

const available: Handler = () => ({
	data: SOURCES,
	revision: hex(),
	envelope: { page_size: SOURCES.length },
});

const total: Handler = (call) => ({ data: { amount: balanceOf(ledgersOf(call)) } });

/** KAZOO 4 looks in a list that nothing fills. */
const ofSource: Handler = (call) => {
	const { from, to } = timeRange(call);
	if (call.kernel.profile === 4) return { data: [] };
	const entries = ledgersOf(call)
		.filter((ledger) => serviceOf(ledger) === call.params.source)
		.filter(({ pvt_created: created }) => created >= from && created <= to)
		.sort((a, b) => b.pvt_created - a.pvt_created);
	return { data: entries.map(present) };
};

const one: Handler = (call) => {
	const id = call.params.id as string;
	const ledger = ledgersOf(call).find((candidate) => candidate._id === id);
	if (!ledger) throw badIdentifier(id);
	return { data: present(ledger), revision: ledger._rev };
};

/** Only the account's reseller books, or the master. */
function mayBook(call: Call): boolean {
	const { auth } = call;
	const account = call.account as Doc;
	return (
		auth?.superduper === true ||
		(auth?.accountId === account.pvt_reseller_id && auth?.accountId !== account._id)
	);
}

/** Who asked for it, and how, as a ledger notes it. */
function auditOf(call: Call, accountId: string): Fields {
	const { auth, kernel } = call;
	const account = kernel.store.account(auth?.accountId ?? '');
	const user = auth?.ownerId ? kernel.store.database(auth.accountId).get(auth.ownerId, 'user') : undefined;
	return {
		request: { path: call.path, method: call.verb, id: call.requestId, client_ip: call.remoteAddress },
		crossbar_request: true,
		available_units: units(balanceOf(ledgersOf(call, accountId))),
		authentication: { type: 'x-auth-token', account_name: account?.name, account_id: account?._id },
		...(user
			? {
					agent: {
						type: 'user',
						type_id: user._id,
						account_id: account?._id,
						first_name: user.first_name,
						last_name: user.last_name,
						full_name: `${String(user.first_name)} ${String(user.last_name)}`,
					},
				}
			: undefined),
	};
}

/** Books an amount; a debit is negative. A copy of another account's entry has that one's id and is about it. */
function enter(
	call: Call,
	accountId: string,
	type: 'credit' | 'debit',
	fields: Fields,
	copyOf?: { id: string; account: string },
): Doc {
	const { store } = call.kernel;
	const size = dollars(Math.abs(Number(fields.amount)));
	const about = copyOf?.account ?? accountId;
	const entry: Fields = {
		metadata: {},
		period: { start: now() },
		executor: { trigger: 'crossbar', module: 'cb_ledgers' },
		...fields,
		account: { id: about, name: store.account(about)?.name },
	};
	const id = copyOf?.id ?? idOf(entry);
	if (store.database(accountId).raw(`${monthOf(now())}-${id}`)) throw conflict();
	return store.createMonthly(
		accountId,
		'ledger',
		now(),
		{
			...entry,
			audit: auditOf(call, accountId),
			amount: type === 'debit' ? -size : size,
			pvt_ledger_type: type,
		},
		{ id },
	);
}

/** What is booked again in the same second is the same entry to KAZOO, whatever its amount. */
function idOf({ source, account, usage, period }: Fields): string {
	return createHash('md5')
		.update(JSON.stringify([source, account, usage, period]))
		.digest('hex');
}

/** The same entry with the account's reseller, for both of them to be paid or to pay. */
function enterTwice(call: Call, type: 'credit' | 'debit', fields: Fields): Fields {
	const { store } = call.kernel;
	const account = call.account as Doc;
	const vendor = String(account.pvt_reseller_id ?? account._id);
	const own = enter(call, account._id, type, fields);
	const origin = {
		id: own._id,
		rev: own._rev,
		type: 'ledger',
		ledger_type: type,
		account_id: account._id,
		created: own.pvt_created,
		modified: own.pvt_modified,
	};
	const copied = mergeDeep(fields, { metadata: { origin_ledger: origin } });
	const id = own._id.slice(own._id.indexOf('-') + 1);
	const copy = enter(call, vendor, type, copied, { id, account: account._id });
	const part = (ledger: Doc, accountId: string) => ({
		ledger: present(ledger),
		available_dollars: balanceOf(ledgersOf(call, accountId)),
		is_reseller: store.account(accountId)?.pvt_reseller === true,
	});
	return { [account._id]: part(own, account._id), [vendor]: part(copy, vendor) };
}

function book(type: 'credit' | 'debit'): Handler {
	return (call) => {
		if (!mayBook(call)) throw forbidden();
		const errors: FieldErrors = {};
		const fields = checkSchema(call, 'ledgers', dataObject(call), errors);
		if (Object.keys(errors).length > 0) throw validationError(errors);
		if (fields.amount === undefined) {
			throw fieldError('amount', 'required', 'Field is required but missing', { value: 'amount' });
		}
		return {
			run: () => {
				if (isOn(call.body.envelope.impact_reseller)) return { data: enterTwice(call, type, fields), id: '' };
				const ledger = enter(call, (call.account as Doc)._id, type, fields);
				return { data: present(ledger), id: ledger._id };
			},
		};
	};
}

/** Pays into the account by the bookkeeper; the sandbox's takes any amount. */
export const topUp: Handler = (call) => {
	const { amount } = dataObject(call);
	if (amount === undefined) throw fieldError('amount', 'required', 'Field is required but missing');
	return {
		run: () => {
			const ledger = enter(call, (call.account as Doc)._id, 'credit', {
				amount,
				description: 'Manual top-up',
				source: { service: 'payments', id: hex(10) },
				usage: { quantity: 0 },
				metadata: { automatic_description: true },
				executor: { trigger: 'manual', module: 'kz_services_topup' },
			});
			return { data: { ledger: present(ledger) } };
		},
	};
};

/** Sales and refunds go through a bookkeeper that can charge cards: there is none. */
const transact: Handler = (call) => {
	if (dataObject(call).amount === undefined) throw fieldError('amount', 'required', 'Amount is required');
	return {
		run: () => {
			throw new Refusal(500, 'invalid_bookkeeper', {});
		},
	};
};

/** What was booked. */
export const ledgerRoutes: Route[] = [
	{ path: A, handlers: { GET: sums } },
	{ path: `${A}/available`, handlers: { GET: available } },
	{ path: `${A}/total`, handlers: { GET: total } },
	{ path: `${A}/credit`, handlers: { PUT: book('credit') }, access: mayBook },
	{ path: `${A}/debit`, handlers: { PUT: book('debit') }, access: mayBook },
	{ path: `${A}/summary/{month}`, handlers: { GET: summary } },
	{ path: `${A}/{source}`, handlers: { GET: ofSource } },
	{ path: `${A}/{source}/{id}`, handlers: { GET: one } },
	{ path: '/accounts/{accountId}/transactions/sale', handlers: { PUT: transact }, access: mayBook },
	{ path: '/accounts/{accountId}/transactions/refund', handlers: { PUT: transact }, access: mayBook },
];
