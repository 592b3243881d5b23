/** Bookings of a ledger as a CSV file. */
import { now } from '../../sandbox/values/time';
import { Demo, id } from './demo';
import { binaryData } from './harness/engine';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0, { profile: 5 });
	const customer = String(demo.sandbox.demo.customers[0]?.id);
	for (const [service, amount] of [
		['per-minute-voip', 1.25],
		['per-minute-voip', 2.5],
		['payments', 99],
	] as const)
		demo.sandbox.store.createMonthly(customer, 'ledger', now() - 60, {
			amount,
			description: `${service}, ${amount}`,
			source: { service },
		});
});

afterAll(async () => {
	await demo.close();
});

const exported = async (more: object) =>
	await demo.run({
		resource: 'ledger',
		operation: 'export',
		ledgerSource: id('per-minute-voip'),
		...demo.customer(0),
		...more,
	});

async function textOf(id: string | undefined): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of await binaryData.getAsStream(id ?? '')) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

test('what was booked in one ledger, and nothing of the others', async () => {
	demo.sandbox.clearRequests();
	const { items, error } = await exported({});
	expect(error).toBeUndefined();
	const file = items[0]?.binary?.data;
	expect(file?.mimeType).toBe('text/csv');
	expect(file?.fileName).toMatch(/ledger.*20\d\d-\d\d-\d\d-to-20\d\d-\d\d-\d\d\.csv$/);
	const [header, ...lines] = (await textOf(file?.id)).trim().split('\n');
	expect(header).toMatch(/amount/);
	expect(lines).toHaveLength(2);
	expect(lines.join('\n')).toMatch(/2\.5/);
	expect(lines.join('\n')).not.toMatch(/payments/);
	// One request for all of it, as CSV; another one is for the name of the file
	const asked = demo.requests().filter(({ path }) => path.includes('/ledgers/'));
	expect(asked.map(({ query }) => query)).toMatchObject([{ accept: 'csv', paginate: 'false' }]);
});

test('a period in which nothing was booked', async () => {
	const { items, error } = await exported({
		from: '2026-01-01T00:00:00Z',
		to: '2026-01-20T00:00:00Z',
	});
	expect(error).toBeUndefined();
	const file = items[0]?.binary?.data;
	expect(file?.fileName).toMatch(/2026-01-01-to-2026-01-20\.csv$/);
	expect(await textOf(file?.id)).not.toMatch(/2\.5/);
});
