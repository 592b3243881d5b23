import {
	cascadeOf,
	chargeFor,
	findPlan,
	planDocs,
	plansOf,
	quantitiesOf,
	vendorOf,
} from '../billing/charges';
import { type Before, invoicesFor } from '../billing/invoice';
import { list } from '../documents/listing';
import { mayReach } from '../auth/authorise';
import type { Call, Handler, Route } from '../request/call';
import { dataObject } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { checkSchema, lacksGet, neverAllowed } from '../documents/resource';
import { hex } from '../values/ids';
import { topUp } from './ledgers';
import { mergeDeep, present, publicData, publicFields } from '../store/merge';
import { badIdentifier, type FieldErrors, forbidden, validationError } from '../request/refusal';
import { now, toDate, toGregorian } from '../values/time';

const A = '/accounts/{accountId}';

const accountOf = (call: Call): Doc => call.account as Doc;

/** Plans are the reseller's to give. */
function maySell(call: Call): boolean {
	const { auth } = call;
	const vendor = vendorOf(accountOf(call));
	return auth?.superduper === true || (auth?.accountId === vendor && auth.accountId !== accountOf(call)._id);
}

function savePlans(call: Call, plans: Fields): Doc {
	return call.kernel.store.save('accounts', { ...accountOf(call), pvt_service_plans: plans });
}

const listPlans: Handler = (call) => ({ data: plansOf(accountOf(call)) });

/** Only the reseller; the refusal comes late, with a content type. */
function mustSell(call: Call): void {
	if (!maySell(call)) throw forbidden();
}

function assign(call: Call, ids: string[], gone: string[] = []): Fields {
	const vendor = vendorOf(accountOf(call));
	const kept = Object.entries(plansOf(accountOf(call))).filter(([id]) => !gone.includes(id));
	const plans = {
		...Object.fromEntries(kept),
		...Object.fromEntries(ids.map((id) => [id, { vendor_id: vendor, overrides: {} }])),
	};
	// A bookkeeper outside of the system cannot be reached: the server says yes, and keeps nothing.
	if (ids.some((id) => findPlan(call, id, vendor)?.bookkeeper)) return plans;
	savePlans(call, plans);
	audit(call, 'nothing');
	return plans;
}

function planOf(call: Call): Doc {
	const id = call.params.planId as string;
	const plan = findPlan(call, id, vendorOf(accountOf(call)));
	if (!plan) throw badIdentifier(id);
	return plan;
}

/** The answer's revision is that of the plan's own document. */
const assignPlan: Handler = (call) => {
	mustSell(call);
	const plan = planOf(call);
	return { run: () => ({ data: assign(call, [plan._id]), revision: plan._rev }) };
};

const changePlans: Handler = (call) => {
	const { add, delete: gone } = dataObject(call) as { add?: unknown; delete?: unknown };
	const ids = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
	for (const id of ids(add)) if (!findPlan(call, id, vendorOf(accountOf(call)))) throw badIdentifier(id);
	return { run: () => ({ data: assign(call, ids(add), ids(gone)) }) };
};

const removePlan: Handler = (call) => {
	mustSell(call);
	const plan = planOf(call);
	const { [plan._id]: _gone, ...rest } = plansOf(accountOf(call));
	return {
		run: () => {
			savePlans(call, rest);
			return { data: rest, revision: plan._rev };
		},
	};
};

const available: Handler = (call) => {
	const vendor = vendorOf(accountOf(call));
	const plans = call.kernel.store
		.database('service_plans')
		.list('service_plan')
		.sort((a, b) => (a._id < b._id ? 1 : -1))
		.filter((plan) => findPlan(call, plan._id, vendor));
	return {
		data: plans.map((plan) => ({
			id: plan._id,
			name: plan.name,
			description: plan.description,
			category: plan.category,
		})),
		envelope: { page_size: plans.length },
		...(plans.length > 0 ? { revision: hex() } : undefined),
	};
};

/** The first moment of next month, when the next bill is made. */
function nextBill(): number {
	const date = toDate(now());
	return toGregorian(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)));
}

function summaryOf(call: Call, plans: Fields, invoices: Fields[]): Fields {
	const account = accountOf(call);
	return {
		plans,
		overrides: account.pvt_service_overrides ?? {},
		invoices,
		quantities: {
			account: quantitiesOf(call, account._id),
			cascade: account.pvt_reseller ? cascadeOf(call, account._id) : {},
			manual: account.pvt_service_manual ?? {},
		},
		reseller: { id: vendorOf(account), is_reseller: account.pvt_reseller === true },
		ratedeck: {},
		applications: {},
		limits: present(limitsOf(account, call)),
		im: {},
		payment_tokens: {},
		billing_cycle: { next: nextBill(), period: 1, unit: 'month' },
		status: {
			acceptable: true,
			reason: account.pvt_reseller ? 'no service plans assigned' : 'good standing not required',
		},
	};
}

/** The limits of an account; whoever looks at its services makes them. */
function limitsOf(account: Doc, call: Call): Doc {
	const { store } = call.kernel;
	return (
		store.database(account._id).get('limits') ?? store.create(account._id, 'limits', {}, { id: 'limits' })
	);
}

function invoices(call: Call, plans: Doc[], before?: Before): Fields[] {
	const { store } = call.kernel;
	return invoicesFor(plans, store.master()?._id, quantitiesOf(call, accountOf(call)._id), before);
}

const summary: Handler = (call) => {
	const account = accountOf(call);
	return { data: summaryOf(call, plansOf(account), invoices(call, planDocs(call, account))) };
};

/** What other plans would cost: nothing is changed. */
const quote: Handler = (call) => {
	const vendor = vendorOf(accountOf(call));
	const data = dataObject(call);
	const ids = [data.plans, data.add].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
	const plans = Object.fromEntries(ids.map((id) => [id, { vendor_id: vendor, overrides: {} }]));
	const docs = ids.flatMap((id) => findPlan(call, id, vendor) ?? []);
	return { run: () => ({ data: summaryOf(call, plans, invoices(call, docs, 'nothing')) }) };
};

/** Notes what the account pays from now on. */
export function audit(call: Call, before: Before): void {
	const account = call.kernel.store.account(accountOf(call)._id);
	if (!account) return;
	const [invoice] = invoices({ ...call, account }, planDocs(call, account), before);
	if (!invoice) return;
	call.kernel.store.createMonthly(account._id, 'audit_log', now(), {
		status: 'completed',
		summary: invoice.summary,
		invoice,
		bookkeeper: { ...(invoice.bookkeeper as Fields), results: [] },
	});
}

const audits: Handler = (call) =>
	list(call, {
		database: call.kernel.store.database(accountOf(call)._id),
		view: { types: ['audit_log'], key: (doc) => [doc.pvt_created, doc._id] },
		ranged: true,
		show: (doc) => ({ id: doc._id, status: doc.status, type: doc.type, summary: doc.summary }),
	});

const auditOne: Handler = (call) => {
	const id = call.params.id as string;
	const log = call.kernel.store.database(accountOf(call)._id).get(id, 'audit_log');
	if (!log) throw badIdentifier(id);
	return { data: present(log), revision: log._rev };
};

const done: Handler = () => ({ run: () => ({}) });

const reconcile: Handler = (call) => {
	mustSell(call);
	return done(call);
};

/** Settings kept beside the account: overrides and counts entered by hand. */
function setting(
	key: 'pvt_service_overrides' | 'pvt_service_manual',
	guarded: boolean,
): Record<'GET' | 'POST' | 'PATCH', Handler> {
	const write = (call: Call, merge: boolean) => {
		if (!maySell(call)) throw forbidden();
		const before = (accountOf(call)[key] ?? {}) as Fields;
		const data = merge ? mergeDeep(before, dataObject(call)) : dataObject(call);
		return {
			run: () => {
				call.kernel.store.save('accounts', { ...accountOf(call), [key]: data });
				return { data };
			},
		};
	};
	return {
		GET: (call) => {
			if (guarded && !call.auth?.superduper) throw forbidden();
			return { data: accountOf(call)[key] ?? {} };
		},
		POST: (call) => write(call, false),
		PATCH: (call) => write(call, true),
	};
}

const readLimits: Handler = (call) => {
	const limits = call.kernel.store.database(accountOf(call)._id).get('limits');
	if (!limits) return { data: { allow_prepay: true, authz_resource_types: [], id: 'limits' } };
	return {
		data: { ...present(limits), allow_postpay: false, max_postpay_amount: 0 },
		revision: limits._rev,
	};
};

const writeLimits: Handler = (call) => {
	const errors: FieldErrors = {};
	// What the answer of a reading has beside the document is not taken back
	const { allow_postpay: _, max_postpay_amount: __, ...data } = dataObject(call);
	const fields = checkSchema(call, 'limits', publicData(data), errors);
	if (Object.keys(errors).length > 0) throw validationError(errors);
	const database = accountOf(call)._id;
	const existing = call.kernel.store.database(database).get('limits');
	if (!mayReach(call, database)) throw forbidden();
	const before = existing ? publicFields(existing) : {};
	limitCharge(call, before, fields);
	return {
		revision: existing?._rev,
		run: () => {
			const { store } = call.kernel;
			const saved = existing
				? store.save(database, {
						...fields,
						_id: 'limits',
						pvt_type: 'limits',
						pvt_account_id: database,
						pvt_created: existing.pvt_created,
					})
				: store.create(database, 'limits', fields, { id: 'limits' });
			return { data: present(saved), revision: saved._rev };
		},
	};
};

function limitCharge(call: Call, before: Fields, after: Fields): void {
	const changes = ['twoway_trunks', 'inbound_trunks', 'outbound_trunks', 'burst_trunks']
		.map((item) => ({ category: 'limits', item, by: Number(after[item] ?? 0) - Number(before[item] ?? 0) }))
		.filter(({ by }) => by !== 0);
	chargeFor(call, changes);
}

const availablePlan: Handler = (call) => {
	const id = call.params.planId as string;
	const plan = findPlan(call, id, vendorOf(accountOf(call)));
	if (!plan) throw badIdentifier(id);
	return { data: present(plan), revision: plan._rev };
};

const OLDER: [path: string, handlers: Route['handlers']][] = [
	['', { GET: listPlans, POST: changePlans, PUT: changePlans, DELETE: changePlans }],
	['/available', { GET: available }],
	['/available/{planId}', { GET: availablePlan }],
	['/current', { GET: summary }],
	['/override', { POST: (call) => setting('pvt_service_overrides', false).POST(call) }],
	['/reconciliation', { POST: reconcile }],
	['/synchronization', { POST: done }],
	['/{planId}', { GET: availablePlan, POST: assignPlan, DELETE: removePlan }],
];

/** What an account pays, and its limits. */
export const serviceRoutes: Route[] = [
	{ path: `${A}/services`, handlers: { GET: listPlans, POST: changePlans }, access: { POST: maySell } },
	{ path: `${A}/services/available`, handlers: { GET: available } },
	{ path: `${A}/services/summary`, handlers: { GET: summary } },
	{ path: `${A}/services/editable`, handlers: { GET: () => ({ data: {} }) } },
	{ path: `${A}/services/quote`, handlers: { POST: quote } },
	{ path: `${A}/services/audit`, handlers: { GET: audits } },
	{ path: `${A}/services/audit/summary`, handlers: { GET: () => ({ data: {} }) } },
	{ path: `${A}/services/audit/summary/{sourceService}`, handlers: { GET: () => ({ data: {} }) } },
	{ path: `${A}/services/audit/{id}`, handlers: { GET: auditOne } },
	{ path: `${A}/services/synchronization`, handlers: { POST: done } },
	{ path: `${A}/services/reconciliation`, handlers: { POST: reconcile } },
	{ path: `${A}/services/overrides`, handlers: setting('pvt_service_overrides', false) },
	{ path: `${A}/services/manual`, handlers: setting('pvt_service_manual', true) },
	{ path: `${A}/services/topup`, handlers: { POST: topUp } },
	{
		path: `${A}/services/status`,
		handlers: {
			GET: neverAllowed,
			POST: neverAllowed,
			DELETE: neverAllowed,
		},
		order: ['GET', 'POST', 'DELETE'],
		lacks: lacksGet,
	},
	{ path: `${A}/services/{planId}`, handlers: { POST: assignPlan, DELETE: removePlan } },
	// The older names of the same, which KAZOO's own interface still uses.
	...OLDER.map(([path, handlers]): Route => ({ path: `${A}/service_plans${path}`, handlers, profile: 5 })),
	{ path: `${A}/limits`, handlers: { GET: readLimits, POST: writeLimits } },
];
