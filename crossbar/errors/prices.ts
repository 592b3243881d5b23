/** What KAZOO asks for when a change costs money: 402 "accept charges" with an array of invoices (envelope.md 4.2). */
import { isRecord } from '../values/records';

/** One charge of the change; `when` it falls due. */
export interface PriceLine {
	readonly name: string;
	readonly quantity: number;
	readonly rate: number;
	readonly total: number;
	readonly when: 'today' | 'recurring';
}

/** The price of a change, in the unit of the server's price lists; KAZOO names no currency. */
export interface PriceSummary {
	/** Charged once, now. */
	readonly today: number;
	/** By how much the recurring charges rise. KAZOO gives only the new sum; this comes from the changed items. */
	readonly recurring: number;
	/** The recurring charges of the account afterwards. */
	readonly recurringTotal: number;
	/** What is charged for; what does not change is left out. */
	readonly lines: PriceLine[];
}

interface Item {
	category?: string;
	item?: string;
	name?: string;
	quantity?: number;
	billable?: number;
	rate?: number;
	total?: number;
	discounts?: { total?: number };
	changes?: { type?: string; difference?: { billable?: number; quantity?: number; rate?: number } };
}

/**
 * @param body the envelope of a 402 answer
 * @returns undefined when it holds no invoices (other kinds of 402)
 */
export function priceSummary(body: unknown): PriceSummary | undefined {
	const invoices = objectsIn(isRecord(body) ? body.data : undefined);
	if (!invoices.some((invoice) => isRecord(invoice.summary))) return undefined;
	const lines = invoices.flatMap((invoice) => [
		...objectsIn(invoice.activation_charges).map(activation),
		...objectsIn(invoice.items).flatMap(increase),
	]);
	const sum = (key: string): number =>
		money(invoices.reduce((total, { summary }) => total + number(isRecord(summary) ? summary[key] : 0), 0));
	const recurring = lines.filter(({ when }) => when === 'recurring');
	return {
		today: sum('today'),
		recurring: money(recurring.reduce((total, line) => total + line.total, 0)),
		recurringTotal: sum('recurring'),
		lines: lines.filter(({ total }) => total !== 0),
	};
}

function activation(item: Item): PriceLine {
	const quantity = number(item.billable ?? item.quantity ?? 1);
	return {
		name: nameOf(item),
		quantity,
		rate: number(item.rate),
		total: money(number(item.total)),
		when: 'today',
	};
}

/** By how much a changed item costs more; a discount that it has now is taken as one it had before. */
function increase(item: Item): PriceLine[] {
	const { difference, type } = item.changes ?? {};
	if (!item.changes) return [];
	const more = type === 'created' ? number(item.billable) : number(difference?.billable);
	const before =
		(number(item.billable) - more) * (number(item.rate) - number(difference?.rate)) -
		number(item.discounts?.total);
	const total = type === 'removed' ? 0 : money(number(item.total) - Math.max(0, before));
	return [{ name: nameOf(item), quantity: more, rate: number(item.rate), total, when: 'recurring' }];
}

/** Without a name in the price list KAZOO writes `limits/twoway_trunks`. */
function nameOf({ name, category, item }: Item): string {
	const text = name ?? [category, item].filter(Boolean).join('/');
	return /^[a-z_]+(\/[a-z_]+)?$/.test(text) ? text.replace(/_/g, ' ').replace('/', ': ') : text;
}

/** Without the dust of binary fractions: rates have up to four decimals. */
function money(amount: number): number {
	return Math.round(amount * 10_000) / 10_000;
}

function number(value: unknown): number {
	return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function objectsIn(value: unknown): Array<Record<string, unknown>> {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
