import {
	cascadeOf,
	chargeFor,
	findPlan,
	invoicesFor,
	planDocs,
	plansOf,
	quantitiesOf,
	vendorOf,
} from '../billing';
import { mayReach } from '../auth/authorise';
import type { Answer, Call, Handler, Route } from '../call';
import { dataObject } from '../call';
import type { Doc, Fields } from '../database';
import { checkSchema } from '../documents';
import { hex } from '../ids';
import { mergeDeep, present, publicData, publicFields } from '../merge';
import { badIdentifier, type FieldErrors, forbidden, methodNotAllowed, validationError } from '../refusal';
import { now, toDate, toGregorian } from '../time';

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

function assign(call: Call, ids: string[]): Answer {
	const vendor = vendorOf(accountOf(call));
	const added = Object.fromEntries(ids.map((id) => [id, { vendor_id: vendor, overrides: {} }]));
	const plans = { ...plansOf(accountOf(call)), ...added };
	savePlans(call, plans);
	audit(call);
	return { data: plans };
}

const assignPlan: Handler = (call) => {
	const id = call.params.planId as string;
	if (!findPlan(call, id, vendorOf(accountOf(call)))) throw badIdentifier(id);
	return { run: () => assign(call, [id]) };
};

const changePlans: Handler = (call) => {
	const { add, delete: gone } = dataObject(call) as { add?: unknown; delete?: unknown };
	const ids = (list: unknown): string[] => (Array.isArray(list) ? list.map(String) : []);
	for (const id of ids(add)) if (!findPlan(call, id, vendorOf(accountOf(call)))) throw badIdentifier(id);
	return {
		run: () => {
			const kept = Object.fromEntries(
				Object.entries(plansOf(accountOf(call))).filter(([id]) => !ids(gone).includes(id)),
			);
			savePlans(call, kept);
			const at = { ...call, account: call.kernel.store.account(accountOf(call)._id) };
			return assign(at, ids(add));
		},
	};
};

const removePlan: Handler = (call) => {
	const id = call.params.planId as string;
	const { [id]: gone, ...rest } = plansOf(accountOf(call));
	if (!gone) throw badIdentifier(id);
	return {
		run: () => {
			savePlans(call, rest);
			return { data: rest };
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
	const limits = call.kernel.store.database(account._id).get('limits');
	return {
		plans,
		overrides: {},
		invoices,
		quantities: {
			account: quantitiesOf(call, account._id),
			cascade: account.pvt_reseller ? cascadeOf(call, account._id) : {},
			manual: {},
		},
		reseller: { id: vendorOf(account), is_reseller: account.pvt_reseller === true },
		ratedeck: {},
		applications: {},
		limits: limits ? present(limits) : { id: 'limits' },
		im: {},
		payment_tokens: {},
		billing_cycle: { next: nextBill(), period: 1, unit: 'month' },
		status: {
			acceptable: true,
			reason: account.pvt_reseller ? 'no service plans assigned' : 'good standing not required',
		},
	};
}

const summary: Handler = (call) => {
	const account = accountOf(call);
	const invoices = invoicesFor(call, planDocs(call, account), quantitiesOf(call, account._id));
	return { data: summaryOf(call, plansOf(account), invoices) };
};

/** What other plans would cost: nothing is changed. */
const quote: Handler = (call) => {
	const account = accountOf(call);
	const vendor = vendorOf(account);
	const data = dataObject(call);
	const ids = [data.plans, data.add].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
	const plans = Object.fromEntries(ids.map((id) => [id, { vendor_id: vendor, overrides: {} }]));
	const docs = ids.flatMap((id) => findPlan(call, id, vendor) ?? []);
	const invoices = invoicesFor(call, docs, quantitiesOf(call, account._id), undefined, true);
	return { run: () => ({ data: summaryOf(call, plans, invoices) }) };
};

/** Notes what the account pays from now on. */
export function audit(call: Call): void {
	const account = call.kernel.store.account(accountOf(call)._id);
	if (!account) return;
	const [invoice] = invoicesFor(call, planDocs(call, account), quantitiesOf(call, account._id));
	if (!invoice) return;
	call.kernel.store.createMonthly(account._id, 'audit_log', now(), {
		status: 'completed',
		summary: invoice.summary,
		invoice,
		bookkeeper: { ...(invoice.bookkeeper as Fields), results: [] },
	});
}

const audits: Handler = (call) => {
	const logs = call.kernel.store.database(accountOf(call)._id).list('audit_log').reverse();
	return {
		data: logs.map((log) => ({ id: log._id, status: log.status, summary: log.summary })),
		envelope: { page_size: logs.length },
	};
};

const auditOne: Handler = (call) => {
	const id = call.params.id as string;
	const log = call.kernel.store.database(accountOf(call)._id).get(id, 'audit_log');
	if (!log) throw badIdentifier(id);
	return { data: present(log), revision: log._rev };
};

const done: Handler = () => ({ run: () => ({}) });

const reconcile = done;

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

const topUp: Handler = () => {
	throw forbidden();
};

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
	const fields = checkSchema(call, 'limits', publicData(dataObject(call)), errors);
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
	{ path: `${A}/services/reconciliation`, handlers: { POST: reconcile }, access: maySell },
	{ path: `${A}/services/overrides`, handlers: setting('pvt_service_overrides', false) },
	{ path: `${A}/services/manual`, handlers: setting('pvt_service_manual', true) },
	{ path: `${A}/services/topup`, handlers: { POST: topUp } },
	{
		path: `${A}/services/status`,
		handlers: {
			GET: () => {
				throw methodNotAllowed();
			},
			POST: () => {
				throw methodNotAllowed();
			},
			DELETE: () => {
				throw methodNotAllowed();
			},
		},
	},
	{ path: `${A}/services/{planId}`, handlers: { POST: assignPlan, DELETE: removePlan }, access: maySell },
	// The older names of the same, which KAZOO's own interface still uses.
	...OLDER.map(([path, handlers]): Route => ({ path: `${A}/service_plans${path}`, handlers, profile: 5 })),
	{ path: `${A}/limits`, handlers: { GET: readLimits, POST: writeLimits } },
];
