import type { Call } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { requestFlag } from '../request/call';
import { costsMore, invoicesFor, type Quantities } from './invoice';
import { Refusal } from '../request/refusal';
import { treeOf } from '../store/store';
import { now } from '../values/time';

/** A step up or down in what an account has. */
export interface QuantityChange {
	category: string;
	item: string;
	by: number;
}

function add(quantities: Quantities, category: string, item: string, by = 1): void {
	const items = (quantities[category] ??= {});
	items[item] = (items[item] ?? 0) + by;
}

/** What an account has now. */
export function quantitiesOf(call: Call, accountId: string): Quantities {
	const { store } = call.kernel;
	const database = store.database(accountId);
	const quantities: Quantities = {};
	for (const user of database.list('user')) add(quantities, 'users', String(user.priv_level ?? 'user'));
	for (const device of database.list('device')) {
		add(quantities, 'devices', String(device.device_type ?? 'sip_device'));
	}
	for (const type of ['vmbox', 'conference', 'faxbox'] as const) {
		for (let left = database.list(type).length; left > 0; left--) {
			const [category, item] = COUNTED[type];
			add(quantities, category, item);
		}
	}
	for (const number of store.numbersOf(accountId)) {
		add(quantities, 'number_carriers', String(number.pvt_module_name));
		for (const feature of numberServices(number)) add(quantities, 'number_services', feature);
	}
	for (const request of store.database('port_requests').list('port_request')) {
		if (request.pvt_account_id === accountId) add(quantities, 'port_request', String(request.pvt_port_state));
	}
	const limits = database.get('limits');
	for (const item of ['twoway_trunks', 'inbound_trunks', 'outbound_trunks', 'burst_trunks']) {
		const count = Number(limits?.[item] ?? 0);
		if (count > 0) add(quantities, 'limits', item, count);
	}
	add(quantities, 'accounts', 'account');
	return quantities;
}

const COUNTED = {
	vmbox: ['voicemails', 'mailbox'],
	conference: ['conferences', 'conference'],
	faxbox: ['faxes', 'mailbox'],
} as const;

/** What is billed of a number besides its carrier. */
export function numberServices(number: Fields): string[] {
	const services = number.pvt_module_name === 'knm_local' ? ['local'] : [];
	for (const key of ['cnam', 'e911', 'prepend', 'failover', 'force_outbound']) {
		const setting = number[key] as Fields | boolean | undefined;
		const on = key === 'prepend' ? (setting as Fields | undefined)?.enabled === true : Boolean(setting);
		if (on) services.push(key);
	}
	return services;
}

/** What the accounts below a reseller have, all together. */
export function cascadeOf(call: Call, accountId: string): Quantities {
	const sum: Quantities = {};
	for (const account of call.kernel.store.descendants(accountId)) {
		for (const [category, items] of Object.entries(quantitiesOf(call, account._id))) {
			for (const [item, count] of Object.entries(items)) add(sum, category, item, count);
		}
	}
	return sum;
}

/** Who offers plans to an account: its reseller. */
export function vendorOf(account: Doc): string {
	return String(account.pvt_reseller_id ?? account._id);
}

/** Plans that an account has, by id. */
export function plansOf(account: Doc): Record<string, { vendor_id: string; overrides: Fields }> {
	return (account.pvt_service_plans ?? {}) as Record<string, { vendor_id: string; overrides: Fields }>;
}

/** The plan, if its vendor has one of that id. */
export function findPlan(call: Call, id: string, vendorId: string): Doc | undefined {
	const plan = call.kernel.store.database('service_plans').get(id, 'service_plan');
	const owner = plan?.pvt_account_id ?? call.kernel.store.master()?._id;
	return plan && owner === vendorId ? plan : undefined;
}

/** The documents of an account's plans. */
export function planDocs(call: Call, account: Doc): Doc[] {
	return Object.entries(plansOf(account)).flatMap(([id, { vendor_id: vendor }]) => {
		const plan = findPlan(call, id, vendor);
		return plan ? [plan] : [];
	});
}

/**
 * Refuses a change that costs the account money with 402 and the invoices, unless the request accepts the charges.
 * The master is never charged.
 */
export function chargeFor(call: Call, changes: QuantityChange[]): void {
	const { account, auth } = call;
	// What is looked up is what the requester's own account has booked: whoever is above the account is not asked.
	if (!account || auth?.accountId !== account._id || treeOf(account).length === 0) return;
	const plans = planDocs(call, account);
	if (plans.length === 0 || !changes.some(({ by }) => by > 0)) return;
	const before = quantitiesOf(call, account._id);
	const after = structuredClone(before);
	for (const { category, item, by } of changes) add(after, category, item, by);
	const invoices = invoicesFor(plans, call.kernel.store.master()?._id, after, before);
	if (!invoices.some(costsMore)) return;
	if (!requestFlag(call, 'accept_charges')) throw new Refusal(402, 'accept charges', invoices);
	if (plans.some((plan) => (plan.bookkeeper as Fields | undefined)?.type !== undefined && enforced(call))) {
		throw new Refusal(402, 'billing_issue', {
			message: 'Temporary billing error, please try again later.',
			reason: 'bookkeeper_fault',
		});
	}
	noteCharges(call, account._id, invoices);
}

/** Keeps the invoices that were accepted, for the account to read. */
function noteCharges({ kernel }: Call, accountId: string, invoices: Fields[]): void {
	for (const invoice of invoices) {
		kernel.store.createMonthly(accountId, 'audit_log', now(), {
			status: 'completed',
			type: ['account'],
			summary: invoice.summary,
			invoice,
			bookkeeper: { ...(invoice.bookkeeper as Fields), results: [] },
		});
	}
}

/** Whether the system insists on good standing (a system setting, off unless switched on). */
function enforced(call: Call): boolean {
	const services = call.kernel.store.database('system_config').get('services')?.default as Fields | undefined;
	return services?.enforce_good_standing === true;
}
