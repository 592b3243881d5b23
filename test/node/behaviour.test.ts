/** What the node does beyond one request, against the sandbox: pages, ranges, accounts, dates, lists. */
import { catalogue } from '../../crossbar/catalogue';
import { pathParameters } from '../../crossbar/operations/request';
import { Demo, id, node } from './demo';
import { callListSearch } from './harness/editor';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(2500);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.faults([]);
	demo.sandbox.clearRequests();
});

describe('lists', () => {
	test('Return All reads every page once', async () => {
		const all = await demo.records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 400 },
		});
		const ids = all.map((record) => record.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(demo.requests().length).toBeGreaterThan(1);
		const inOnePage = await demo.records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 10_000 },
		});
		expect(inOnePage.map((record) => record.id)).toEqual(ids);
	});

	test('Return All is the same on a network where much fails, and each page was asked for again alone', async () => {
		const parameters = { resource: 'cdr', operation: 'getAll', returnAll: true, simplify: false };
		const options = { pageSize: 100, retries: 9 };
		const calm = await demo.records({ ...parameters, options });
		const pages = demo.requests().length;
		demo.sandbox.clearRequests();
		const often = { path: '/^.*cdrs.*$/', share: 0.5, times: 2 };
		demo.sandbox.faults([
			{ kind: 'drop', ...often },
			{ kind: 'cut', bytes: 3000, ...often },
			{ kind: 'status', status: 503, ...often },
			{ kind: 'expire-tokens', ...often, times: 1 },
		]);
		const stormy = await demo.records({ ...parameters, options });
		expect(stormy).toEqual(calm);
		const asked = demo.requests().map(({ query }) => query.start_key);
		expect(new Set(asked).size).toBe(pages);
		expect(asked.length).toBeGreaterThan(pages);
		expect(asked.length).toBeLessThanOrEqual(pages + 7);
	});

	test('Limit goes across pages and no further', async () => {
		const some = await demo.records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: false,
			limit: 75,
			options: { pageSize: 30 },
		});
		expect(some).toHaveLength(75);
		expect(demo.requests()).toHaveLength(3);
	});

	test('a year of call records is cut into ranges that the server accepts, without duplicates', async () => {
		const to = new Date();
		const from = new Date(to.getTime() - 300 * 86_400_000);
		const range = { from: from.toISOString(), to: to.toISOString() };
		const all = await demo.records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			...range,
		});
		const ranges = new Set(demo.requests().map(({ query }) => `${query.created_from}-${query.created_to}`));
		expect(ranges.size).toBeGreaterThan(9);
		for (const part of ranges) {
			const [begin, end] = part.split('-').map(Number) as [number, number];
			expect(end - begin).toBeLessThanOrEqual(2_682_000);
		}
		expect(new Set(all.map((record) => record.id)).size).toBe(all.length);
		expect(all.length).toBeGreaterThan(0);
	});

	test('filters are sent and hold', async () => {
		const filtered = await demo.records({
			resource: 'device',
			operation: 'getAll',
			returnAll: true,
			filters: { conditions: { condition: [{ key: 'device_type', comparison: 'is', value: 'cellphone' }] } },
		});
		expect(filtered.length).toBeGreaterThan(0);
		expect(filtered.every((record) => record.device_type === 'cellphone')).toBe(true);
	});

	test('two filters of which the server would ignore one are refused', async () => {
		const condition = ['a', 'b'].map((key) => ({ key, comparison: 'exists' }));
		const result = await demo.run({
			resource: 'device',
			operation: 'getAll',
			returnAll: true,
			filters: { conditions: { condition } },
		});
		expect(result.error?.message).toMatch(/Two filters/);
		expect(demo.requests()).toEqual([]);
	});

	test('oldest first turns the order round', async () => {
		const parameters = { resource: 'user', operation: 'getAll', returnAll: true };
		const ids = (await demo.records(parameters)).map((record) => record.id);
		const turned = (await demo.records({ ...parameters, options: { order: 'oldest' } })).map(
			(record) => record.id,
		);
		expect(turned).toEqual([...ids].reverse());
	});

	test('phone numbers, which come as a map, become items with their number', async () => {
		const numbers = await demo.records({ resource: 'phoneNumber', operation: 'getAll', returnAll: true });
		expect(numbers.length).toBeGreaterThan(3);
		for (const record of numbers) expect(record.id).toMatch(/^\+\d+$/);
	});
});

describe('accounts', () => {
	test('all sub-accounts: once for each, and items say which', async () => {
		const devices = await demo.records({
			resource: 'device',
			operation: 'getAll',
			accountScope: 'descendants',
			returnAll: true,
		});
		expect(new Set(devices.map((device) => device.account_name))).toEqual(
			new Set(demo.sandbox.demo.customers.map(({ name }) => name)),
		);
	});

	test('when one of them fails it is named, and so is what was done', async () => {
		const [, second] = demo.sandbox.demo.customers;
		demo.sandbox.faults([{ kind: 'status', status: 500, path: `/v2/accounts/${second?.id}/devices` }]);
		const parameters = {
			resource: 'device',
			operation: 'getAll',
			accountScope: 'descendants',
			returnAll: true,
			options: { retries: 0 },
		};
		const stopped = await demo.run(parameters);
		const going = await demo.run(parameters, { onError: 'continueRegularOutput' });
		demo.sandbox.faults([]);
		expect(stopped.error?.message).toContain(second?.name);
		expect(stopped.error?.description).toMatch(/1 of 3/);
		expect(going.items.filter(({ json }) => json.error)).toHaveLength(1);
		expect(new Set(going.items.map(({ json }) => json.account_name)).size).toBe(3);
	});
});

test('a fax that was given to KAZOO has an ID to ask for it by', async () => {
	const sent = await demo.first({
		resource: 'fax',
		operation: 'send',
		toNumber: '+14155550188',
		fromNumber: '+14155550100',
		additionalFields: { documentUrl: 'https://files.example.com/fax.pdf' },
	});
	const job = { resource: 'fax', operation: 'getJob', faxJobId: id(sent.id) };
	expect((await demo.first(job)).id).toBe(sent.id);
});

describe('dates', () => {
	test('are ISO unless raw ones are asked for', async () => {
		const [record] = await demo.records({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: false });
		const [raw] = await demo.records({
			resource: 'cdr',
			operation: 'getAll',
			limit: 1,
			simplify: false,
			options: { rawDates: true },
		});
		expect(String(record?.timestamp ?? record?.datetime)).toMatch(/^\d{4}-\d\d-\d\d/);
		expect(Number(raw?.timestamp)).toBeGreaterThan(62_000_000_000);
	});

	test('typed without a zone mean the time zone of the workflow', async () => {
		const parameters = {
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			from: '2026-11-10T00:00:00',
			to: '2026-11-11T00:00:00',
		};
		await demo.records(parameters);
		const [request] = demo.requests();
		expect(Number(request?.query.created_to) - Number(request?.query.created_from)).toBe(86_400);
		// n8n's default time zone, America/New_York, is five hours behind in November.
		expect(Number(request?.query.created_from)).toBe(
			Date.parse('2026-11-10T05:00:00Z') / 1000 + 62_167_219_200,
		);
	});
});

describe('lists of the form', () => {
	test('devices with name and MAC address, searchable, by account', async () => {
		const parameters = { resource: 'device', operation: 'get', ...demo.customer(0) };
		const all = await callListSearch(node, 'searchDeviceId', { parameters, credentials: demo.credentials });
		expect(all.results.length).toBeGreaterThan(3);
		expect(all.results.some(({ name }) => /\([0-9a-f:]{12,17}.*\)/i.test(name))).toBe(true);
		const [wanted] = all.results;
		const found = await callListSearch(node, 'searchDeviceId', {
			parameters,
			credentials: demo.credentials,
			filter: String(wanted?.name).slice(0, 8).toUpperCase(),
		});
		expect(found.results).toContainEqual(wanted);
		expect(found.results.length).toBeLessThanOrEqual(all.results.length);
	});

	test('users with full name and extension', async () => {
		const { results } = await callListSearch(node, 'searchUserId', {
			parameters: { ...demo.customer(0) },
			credentials: demo.credentials,
		});
		expect(results.some(({ name }) => /^\S+ \S+ \(.+\)$/.test(name))).toBe(true);
	});

	test('every list of the catalogue answers', async () => {
		const vmboxes = await callListSearch(node, 'searchVmboxId', { credentials: demo.credentials });
		const vmboxId = id(vmboxes.results[0]?.value);
		const uses = catalogue.flatMap(({ value, rows }) =>
			rows.flatMap((row) =>
				pathParameters(row.route).map((name) => [name, { resource: value, operation: row.value }] as const),
			),
		);
		const failed: string[] = [];
		for (const [name, row] of new Map(uses)) {
			const method = `search${name[0]?.toUpperCase()}${name.slice(1)}`;
			if (!(method in node.methods.listSearch)) continue;
			const found = await callListSearch(node, method, {
				parameters: { accountScope: 'mine', vmboxId, ...row },
				credentials: demo.credentials,
			}).catch((error: Error) => error.message);
			if (typeof found === 'string') failed.push(`${method}: ${found}`);
			else
				for (const { name, value } of found.results)
					expect([method, name !== '' && value !== 'undefined']).toEqual([method, true]);
		}
		// What this KAZOO lacks, what needs more rights or another choice first says so; GET tasks fails on KAZOO 4 (observed.md 30).
		const unexplained = failed.filter(
			(line) => !/does not have|is empty|Only the system|searchTaskId|searchBrandEmailId/.test(line),
		);
		expect(unexplained).toEqual([]);
	});
});
