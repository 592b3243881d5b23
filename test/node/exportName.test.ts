/** An export is called after its customer and its time. */
import type { IBinaryData } from 'n8n-workflow';

import { Demo } from './demo';

/** Seconds from year 0 to 1970. */
const GREGORIAN = 62_167_219_200;

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(20);
});

afterAll(async () => {
	await demo.close();
});

const exported = async (more: object) =>
	await demo.run({ resource: 'cdr', operation: 'export', ...demo.customer(0), ...more });

async function fileOf(more: object): Promise<IBinaryData | undefined> {
	const { error, items } = await exported(more);
	expect(error).toBeUndefined();
	return items[0]?.binary?.data;
}

const nameOf = async (more: object): Promise<string | undefined> => (await fileOf(more))?.fileName;

test('the customer, what it is, from when to when', async () => {
	const { name } = demo.sandbox.demo.customers[0];
	const customer = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
	const period = { from: '2026-11-01T00:00:00Z', to: '2026-11-30T12:00:00Z' };
	expect(await nameOf(period)).toBe(`${customer}-cdr-2026-11-01-to-2026-11-30.csv`);
	expect(await nameOf({})).toMatch(
		new RegExp(`^${customer}-cdr-\\d{4}-\\d\\d-\\d\\d-to-\\d{4}-\\d\\d-\\d\\d\\.csv$`),
	);
});

test('yesterday is one request, from midnight to midnight where the customer is', async () => {
	demo.sandbox.clearRequests();
	const name = await nameOf({ period: 'yesterday' });
	const asked = demo.requests().filter(({ path }) => path.endsWith('/cdrs'));
	expect(asked).toHaveLength(1);
	const { timezone } =
		(await demo.records({ resource: 'account', operation: 'get', ...demo.customer(0) }))[0] ?? {};
	const [from, to] = ['created_from', 'created_to'].map((key) =>
		new Date((Number(asked[0]?.query[key]) - GREGORIAN) * 1000).toLocaleString('sv', {
			timeZone: String(timezone),
		}),
	);
	const [day] = from?.split(' ') ?? [];
	expect([from, to]).toEqual([`${day} 00:00:00`, `${day} 23:59:59`]);
	expect(name?.endsWith(`-cdr-${day}.csv`)).toBe(true);
});

test('a name of the person’s own stays', async () => {
	expect(await nameOf({ additionalFields: { fileName: 'mine.csv' } })).toBe('mine.csv');
});

test('an export of nothing is an empty file of its kind', async () => {
	const period = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
	expect(await fileOf(period)).toMatchObject({
		mimeType: 'text/csv',
		fileExtension: 'csv',
		fileName: expect.stringMatching(/\.csv$/) as string,
	});
});

test('a range that KAZOO finds too long is told in dates', async () => {
	const { error } = await exported({ from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' });
	expect(error?.message).toBe('The range of time is longer than the server allows at once');
	expect(error?.description).toContain('created_from 2026-01-01T00:00:00');
	expect(error?.description).not.toMatch(/\b6\d{10}\b/);
});
