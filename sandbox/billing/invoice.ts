import type { Doc, Fields } from '../store/database';
import { md5 } from '../values/ids';

/** How many of what an account has: category -> item -> number. */
export type Quantities = Record<string, Record<string, number>>;

/** What a service plan says of one thing. Amounts are in the currency of the system. */
interface PlanItem extends Fields {
	name?: string;
	as?: string;
	rate?: number;
	/** The rate for up to so many of them: `{"5": 8, "100": 7}`. */
	rates?: Record<string, number>;
	minimum?: number;
	activation_charge?: number;
	/** For `_all`: items of the category that it does not count. */
	exceptions?: string[];
	discounts?: { single?: { rate?: number }; cumulative?: { rate?: number; maximum?: number } };
}

type Plan = Record<string, Record<string, PlanItem>>;

interface InvoiceItem extends Fields {
	category: string;
	item: string;
	name: string;
	quantity: number;
	billable: number;
	rate: number;
	total: number;
	changes?: { type: string; difference: Fields & { billable?: number } };
}

interface Line {
	category: string;
	key: string;
	plan: PlanItem;
}

function rateOf(plan: PlanItem, billable: number): number {
	const tiers = Object.entries(plan.rates ?? {})
		.map(([limit, rate]) => ({ limit: Number(limit), rate }))
		.sort((a, b) => a.limit - b.limit);
	return tiers.find(({ limit }) => billable <= limit)?.rate ?? plan.rate ?? 0;
}

function discountsOf(plan: PlanItem, billable: number): (Fields & { total: number }) | undefined {
	const { single, cumulative } = plan.discounts ?? {};
	if (billable === 0 || (!single && !cumulative)) return undefined;
	const one = single ? (single.rate ?? plan.rate ?? 0) : 0;
	const each = cumulative ? (cumulative.rate ?? plan.rate ?? 0) : 0;
	const count = cumulative ? Math.min(billable, cumulative.maximum ?? billable) : 0;
	return {
		total: one + each * count,
		...(single ? { single: { rate: one } } : undefined),
		...(cumulative ? { cumulative: { rate: each, quantity: count } } : undefined),
	};
}

function countOf({ category, key, plan }: Line, quantities: Quantities): number {
	const counts = quantities[category] ?? {};
	if (key !== '_all') return counts[key] ?? 0;
	return Object.entries(counts)
		.filter(([item]) => !plan.exceptions?.includes(item))
		.reduce((sum, [, count]) => sum + count, 0);
}

function itemOf(line: Line, quantities: Quantities): InvoiceItem {
	const { category, key, plan } = line;
	const quantity = countOf(line, quantities);
	const billable = Math.max(quantity, plan.minimum ?? 0, 0);
	const rate = rateOf(plan, billable);
	const discounts = discountsOf(plan, billable);
	return {
		category,
		item: plan.as ?? key,
		name: plan.name ?? (key === '_all' ? category : `${category}/${key}`),
		quantity,
		billable,
		rate,
		...(discounts ? { discounts } : undefined),
		...(plan.minimum ? { minimum: plan.minimum } : undefined),
		...(quantity === 0 ? undefined : { maximum: quantity }),
		prorate: { additions: true, removals: true },
		total: billable * rate - (discounts?.total ?? 0),
	};
}

/**
 * Where KAZOO lists an item: by a hash of its name in sixteen buckets (an Erlang `dict`, and its portable hash of the
 * name's MD5), the last bucket first. Clients see this order.
 */
function bucketOf({ category, key, plan }: Line): number {
	const shownAsItself = (plan.as ?? key) === key;
	let hash = 0;
	for (const byte of Buffer.from(md5(`${category}${key}${String(shownAsItself)}`)))
		hash = (hash * 3 + byte) % 16;
	return (hash * 13) % 16;
}

/** The items of a plan as KAZOO lists them; in a bucket the last of the plan comes first. */
function linesOf(plan: Plan): Line[] {
	return Object.entries(plan)
		.flatMap(([category, items]) =>
			Object.entries(items).map(([key, item]) => ({ category, key, plan: item })),
		)
		.reverse()
		.map((line) => ({ line, bucket: bucketOf(line) }))
		.sort((a, b) => b.bucket - a.bucket)
		.map(({ line }) => line);
}

/** What both say, with the first one's word where they differ; keys come out in falling order. */
function merged(first: unknown, second: unknown): unknown {
	const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
	if (!isObject(first ?? second)) return first ?? second;
	const [a, b] = [first, second].map((value) => (isObject(value) ? value : {}) as Fields);
	const keys = [...new Set([...Object.keys(a as Fields), ...Object.keys(b as Fields)])].sort().reverse();
	return Object.fromEntries(keys.map((key) => [key, merged((a as Fields)[key], (b as Fields)[key])]));
}

const COMPARED = ['billable', 'quantity', 'rate', 'minimum'] as const;

function withChanges(item: InvoiceItem, before: InvoiceItem): InvoiceItem {
	const difference: Fields = {};
	for (const key of COMPARED) {
		const step = Number(item[key] ?? 0) - Number(before[key] ?? 0);
		if (step !== 0) difference[key] = step;
	}
	return Object.keys(difference).length === 0 ? item : { ...item, changes: { type: 'modified', difference } };
}

function chargesOf(lines: Line[], items: InvoiceItem[]): (Fields & { total: number })[] {
	return items.flatMap((item, i) => {
		const charge = lines[i]?.plan.activation_charge;
		const added = item.changes?.difference.billable ?? 0;
		if (!charge || added <= 0) return [];
		const { category, name } = item;
		return [{ billable: added, category, item: item.item, name, rate: charge, total: charge * added }];
	});
}

/** With what an invoice's changes are compared: other quantities, or having nothing to pay so far (`'nothing'`). */
export type Before = Quantities | 'nothing' | undefined;

function invoiceOf(plans: Doc[], bookkeeper: Fields, quantities: Quantities, before: Before): Fields {
	const [first, ...others] = plans.map((doc) => doc.plan as Plan);
	const plan = others.reduce((all, other) => merged(all, other) as Plan, first as Plan);
	const lines = linesOf(plan);
	const items = lines.map((line) => {
		const item = itemOf(line, quantities);
		if (before === undefined) return item;
		return withChanges(item, before === 'nothing' ? { ...item, billable: 0 } : itemOf(line, before));
	});
	const charges = chargesOf(lines, items);
	const sum = (list: { total: number }[]) => list.reduce((total, entry) => total + entry.total, 0);
	return {
		activation_charges: charges,
		items,
		taxes: [],
		summary: { today: sum(charges), recurring: sum(items) },
		plan,
		bookkeeper,
	};
}

/** One invoice for each bookkeeper of the plans, for what an account has or would have. */
export function invoicesFor(
	plans: Doc[],
	masterId: unknown,
	quantities: Quantities,
	before?: Before,
): Fields[] {
	const groups = new Map<string, { bookkeeper: Fields; plans: Doc[] }>();
	for (const plan of plans) {
		const bookkeeper = {
			type: 'default',
			vendor_id: plan.pvt_account_id ?? masterId,
			id: 'default_bookkeeper',
			...(plan.bookkeeper as Fields | undefined),
		};
		const key = `${bookkeeper.id}${bookkeeper.type}${String(bookkeeper.vendor_id)}`;
		const group: { bookkeeper: Fields; plans: Doc[] } = groups.get(key) ?? { bookkeeper, plans: [] };
		group.plans.push(plan);
		groups.set(key, group);
	}
	return [...groups.values()].map((group) => invoiceOf(group.plans, group.bookkeeper, quantities, before));
}

/** Whether an invoice has more to pay for than before. */
export function costsMore(invoice: Fields): boolean {
	return (invoice.items as InvoiceItem[]).some((item) => (item.changes?.difference.billable ?? 0) > 0);
}
