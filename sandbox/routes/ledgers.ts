import type { Call, Handler, Route } from '../call';
import { dataObject, requestValue } from '../call';
import type { Doc, Fields } from '../database';
import { encodeKey } from '../erlang';
import { hex } from '../ids';
import { present } from '../merge';
import { badIdentifier, fieldError, forbidden, type FieldErrors, validationError } from '../refusal';
import { checkSchema } from '../documents';
import { now } from '../time';

const A = '/accounts/{accountId}/ledgers';

const SOURCES = [
	{ name: 'per-minute-voip', friendly_name: 'Per Minute VoIP', markup_type: ['percentage'] },
	{ name: 'services', friendly_name: 'Monthly Recurring Services', markup_type: [] },
	{ name: 'payments', friendly_name: 'Payments', markup_type: [] },
	{ name: 'rollovers', friendly_name: 'Monthly Rollover', markup_type: [] },
];

const ledgersOf = (call: Call): Doc[] => call.kernel.store.database((call.account as Doc)._id).list('ledger');

const serviceOf = (ledger: Doc): string => String((ledger.source as Fields | undefined)?.service);

const signed = (ledger: Doc): number =>
	(ledger.pvt_ledger_type === 'debit' ? -1 : 1) * Number(ledger.amount ?? 0);

/** Sums by source; what was left from last month is always there. */
const sums: Handler = (call) => {
	const data: Record<string, Fields> = { rollovers: { amount: 0, usage: { quantity: 0 } } };
	for (const ledger of ledgersOf(call)) {
		const usage = (ledger.usage ?? {}) as Fields;
		const before = data[serviceOf(ledger)];
		data[serviceOf(ledger)] = {
			amount: Number(before?.amount ?? 0) + signed(ledger),
			usage: {
				...usage,
				quantity: Number((before?.usage as Fields | undefined)?.quantity ?? 0) + Number(usage.quantity ?? 0),
			},
		};
	}
	return { data, revision: hex(), envelope: { page_size: 1, start_key: encodeKey(now()) } };
};

const available: Handler = () => ({
	data: SOURCES,
	revision: hex(),
	envelope: { page_size: SOURCES.length },
});

const total: Handler = (call) => ({
	data: { amount: ledgersOf(call).reduce((sum, ledger) => sum + signed(ledger), 0) },
});

const ofSource: Handler = (call) => ({
	data: ledgersOf(call)
		.filter((ledger) => serviceOf(ledger) === call.params.source)
		.map(present),
});

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

function book(type: 'credit' | 'debit'): Handler {
	return (call) => {
		if (!mayBook(call)) throw forbidden();
		const errors: FieldErrors = {};
		const fields = checkSchema(call, 'ledgers', dataObject(call), errors);
		if (Object.keys(errors).length > 0) throw validationError(errors);
		if (requestValue(call, 'amount') === undefined) {
			throw fieldError('amount', 'required', 'Field is required but missing', { value: 'amount' });
		}
		return {
			run: () => {
				const account = call.kernel.store.account(call.auth?.accountId ?? '');
				const ledger = call.kernel.store.createMonthly((call.account as Doc)._id, 'ledger', now(), {
					metadata: {},
					period: { start: now() },
					executor: { trigger: 'crossbar', module: 'cb_ledgers' },
					audit: {
						request: {
							path: call.path,
							method: call.verb,
							id: call.requestId,
							client_ip: call.remoteAddress,
						},
						crossbar_request: true,
						authentication: {
							type: 'x-auth-token',
							account_name: account?.name,
							account_id: account?._id,
						},
					},
					...fields,
					pvt_ledger_type: type,
				});
				return { data: { ...present(ledger), type }, revision: ledger._rev, id: ledger._id };
			},
		};
	};
}

/** What was booked. */
export const ledgerRoutes: Route[] = [
	{ path: A, handlers: { GET: sums } },
	{ path: `${A}/available`, handlers: { GET: available } },
	{ path: `${A}/total`, handlers: { GET: total } },
	{ path: `${A}/credit`, handlers: { PUT: book('credit') }, access: mayBook },
	{ path: `${A}/debit`, handlers: { PUT: book('debit') }, access: mayBook },
	{ path: `${A}/summary/{month}`, handlers: { GET: sums } },
	{ path: `${A}/{source}`, handlers: { GET: ofSource } },
	{ path: `${A}/{source}/{id}`, handlers: { GET: one } },
];
