/**
 * What an account pays by the price list that its service plans make together, as KAZOO works it out (recorded: 402
 * answers and summaries). Pure.
 */
import type { Counted } from '../changes/kinds';
import { isRecord } from '../values/records';

/** How many of what an account has, by category and item. */
export type Quantities = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a price list says of one item. */
interface Price {
	readonly rate?: number;
	/** The rate for up to so many: `{"5": 8, "100": 7}`. */
	readonly rates?: Readonly<Record<string, number>>;
	readonly minimum?: number;
	readonly activation_charge?: number;
	/** Of `_all`: items of the category that it does not count. */
	readonly exceptions?: readonly string[];
	readonly discounts?: {
		readonly single?: { readonly rate?: number };
		readonly cumulative?: { readonly rate?: number; readonly maximum?: number };
	};
}

/** By category and item; the item `_all` is every item of its category. */
export type PriceList = Readonly<Record<string, Readonly<Record<string, Price>>>>;

/** What there is to pay: each time, and once for what has been added to what was there before. */
export function costOf(
	list: PriceList,
	before: Quantities,
	after: Quantities,
): { today: number; recurring: number } {
	const [had, has] = [billedBy(list, before), billedBy(list, after)];
	const today = has.reduce(
		(sum, { price, count }, index) =>
			sum + Math.max(0, count - (had[index]?.count ?? 0)) * (price.activation_charge ?? 0),
		0,
	);
	return { today: money(today), recurring: money(sumOf(has) - sumOf(had)) };
}

/** What there is to pay each time for all that an account has. */
export function recurringOf(list: PriceList, quantities: Quantities): number {
	return money(sumOf(billedBy(list, quantities)));
}

interface Billed {
	readonly price: Price;
	readonly count: number;
}

/** Each item of the list with how many are to be paid. */
function billedBy(list: PriceList, quantities: Quantities): Billed[] {
	return Object.entries(list).flatMap(([category, items]) =>
		Object.entries(items).map(([item, price]) => ({
			price,
			count: billable(price, countOf(quantities[category] ?? {}, item, price)),
		})),
	);
}

const sumOf = (items: readonly Billed[]): number =>
	items.reduce((sum, { price, count }) => sum + totalOf(price, count), 0);

/** Quantities after some have been added or taken away. */
export function changed(quantities: Quantities, by: readonly Counted[]): Quantities {
	const result: Record<string, Record<string, number>> = structuredClone(quantities);
	for (const [category, item, quantity] of by) {
		const items = (result[category] ??= {});
		items[item] = (items[item] ?? 0) + quantity;
	}
	return result;
}

/** The price lists of a summary of services: one of each billing system. */
export function priceListsOf(summary: unknown): PriceList[] {
	const invoices = isRecord(summary) && Array.isArray(summary.invoices) ? summary.invoices : [];
	return (invoices as unknown[]).flatMap((invoice) =>
		isRecord(invoice) && isRecord(invoice.plan) ? [invoice.plan as PriceList] : [],
	);
}

function countOf(counts: Readonly<Record<string, number>>, item: string, { exceptions = [] }: Price): number {
	if (item !== '_all') return counts[item] ?? 0;
	return Object.entries(counts)
		.filter(([name]) => !exceptions.includes(name))
		.reduce((sum, [, count]) => sum + count, 0);
}

const billable = ({ minimum = 0 }: Price, count: number): number => Math.max(count, minimum, 0);

function totalOf(price: Price, count: number): number {
	return count * rateOf(price, count) - discountOf(price, count);
}

function rateOf({ rate = 0, rates = {} }: Price, count: number): number {
	const tiers = Object.entries(rates)
		.map(([limit, tier]) => ({ limit: Number(limit), tier }))
		.sort((one, other) => one.limit - other.limit);
	return tiers.find(({ limit }) => count <= limit)?.tier ?? rate;
}

function discountOf({ rate = 0, discounts = {} }: Price, count: number): number {
	const { single, cumulative } = discounts;
	if (count === 0) return 0;
	const many = cumulative ? Math.min(count, cumulative.maximum ?? count) : 0;
	return (single ? (single.rate ?? rate) : 0) + many * (cumulative?.rate ?? rate);
}

/** Without the dust of binary fractions: rates have up to four decimals. */
const money = (amount: number): number => Math.round(amount * 10_000) / 10_000;
