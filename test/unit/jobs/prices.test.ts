/** What changes cost by the price list of an account, against what a real KAZOO asked for the same changes. */
import type { Change } from '../../../crossbar/changes/change';
import { priceSummary } from '../../../crossbar/errors/prices';
import { priced } from '../../../crossbar/jobs/costs';
import type { PriceList, Quantities } from '../../../crossbar/jobs/prices';
import { changed, costOf, priceListsOf, recurringOf } from '../../../crossbar/jobs/prices';
import { withRecordings } from '../../recordings';

interface Exchange {
	readonly name: string;
	readonly request?: { readonly method: string; readonly path: string };
	readonly response?: { readonly status: number; readonly body?: { readonly data?: unknown } };
}

interface Item {
	readonly category: string;
	readonly item: string;
	readonly changes?: { readonly difference: { readonly quantity?: number } };
	readonly quantity: number;
}

const JOBS = 'recorded-jobs.jsonl';

/** Counts before and after, from the items of an invoice; those that stand for another item are left out. */
function counts(items: readonly Item[], plan: PriceList) {
	const before: Record<string, Record<string, number>> = {};
	const after: Record<string, Record<string, number>> = {};
	for (const { category, item, quantity, changes } of items) {
		if (!plan[category]?.[item] || item === '_all') continue;
		// An item that all others count for has the same name: the smaller count is its own
		const had = quantity - (changes?.difference.quantity ?? 0);
		const [was, now] = [before[category]?.[item] ?? Infinity, after[category]?.[item] ?? Infinity];
		(before[category] ??= {})[item] = Math.min(was, had);
		(after[category] ??= {})[item] = Math.min(now, quantity);
	}
	return { before, after };
}

withRecordings('costs of a change', [JOBS], (recordings) => {
	const exchanges = recordings.lines<Exchange>(JOBS);
	const quoted = exchanges.filter(
		({ response }) => response?.status === 402 && priceSummary(response.body) !== undefined,
	);

	it('are there', () => expect(quoted.length).toBeGreaterThan(10));

	it.each(quoted.map((exchange) => [exchange.name, exchange] as const))(
		'%s is what KAZOO asks, item by item that is not of a whole category',
		(_, { response }) => {
			for (const invoice of response?.body?.data as Array<{ items: Item[]; plan: PriceList }>) {
				const { items, plan } = invoice;
				const own = Object.fromEntries(
					Object.entries(plan).map(([category, entries]) => [
						category,
						Object.fromEntries(Object.entries(entries).filter(([item]) => item !== '_all')),
					]),
				);
				const { before, after } = counts(items, own);
				const { today } = costOf(own, before, after);
				expect(today).toBe(priceSummary({ data: [invoice] })?.today);
			}
		},
	);

	it('the sum that recurs is that of the summary', () => {
		const summaries = exchanges.filter(
			({ request, response }) =>
				request?.method === 'GET' && request.path.includes('/services/summary') && response?.status === 200,
		);
		let compared = 0;
		for (const { response } of summaries) {
			const data = response?.body?.data as {
				invoices: Array<{ summary: { recurring: number } }>;
				quantities: { account: Quantities };
			};
			const lists = priceListsOf(data);
			for (const [index, list] of lists.entries()) {
				expect(recurringOf(list, data.quantities.account)).toBe(data.invoices[index]?.summary.recurring);
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(3);
	});
});

const change = (fields: Partial<Change>): Change => ({
	action: 'create',
	kind: 'user',
	name: 'Ana',
	accountId: 'a',
	accountName: 'A',
	fields: [],
	why: '',
	...fields,
});

describe('the changes of a plan', () => {
	const list = {
		users: { user: { rate: 10 }, admin: { rate: 15 } },
		devices: { sip_device: { rates: { '2': 5, '100': 4 }, activation_charge: 20 } },
	};

	it('cost what comes on top of those before them', () => {
		const phone = change({ kind: 'device', document: { name: 'Phone' } });
		const costs = priced([phone, phone, phone], [list], {}).map(({ cost }) => cost);
		// The third one makes all three cheaper
		expect(costs).toEqual([
			{ today: 20, recurring: 5 },
			{ today: 20, recurring: 5 },
			{ today: 20, recurring: 2 },
		]);
	});

	it('save what goes, and cost the difference when somebody becomes an administrator', () => {
		const quantities = { users: { user: 2 } };
		const promoted = change({
			action: 'update',
			was: { priv_level: 'user' },
			document: { priv_level: 'admin' },
		});
		const gone = change({ action: 'delete', was: { priv_level: 'user' } });
		expect(priced([promoted, gone], [list], quantities).map(({ cost }) => cost)).toEqual([
			{ today: 0, recurring: 5 },
			{ today: 0, recurring: -10 },
		]);
	});

	it('say nothing where nothing is charged, and that KAZOO will say it of numbers', () => {
		const box = change({ kind: 'voicemailBox', document: { name: 'Ana' } });
		const number = change({ kind: 'phoneNumber', document: { id: '+15005550100' } });
		expect(priced([box, number], [list], {}).map(({ cost }) => cost)).toEqual([undefined, 'unknown']);
		expect(priced([number], [], {})[0]?.cost).toBeUndefined();
	});

	it('count from a copy: what was read stays as it was', () => {
		const quantities = { users: { user: 1 } };
		expect(changed(quantities, [['users', 'user', 2]])).toEqual({ users: { user: 3 } });
		expect(quantities).toEqual({ users: { user: 1 } });
	});
});
