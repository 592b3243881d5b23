/** What an expression gives where the editor would give another type: nothing is guessed, nothing is sent. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(300);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

const devices: INodeParameters = { resource: 'device', operation: 'getAll', returnAll: true };

describe('options of another type', () => {
	test.each<[string, INodeParameters, RegExp]>([
		['concurrency', { options: { concurrency: '={{ "ten" }}' } }, /Concurrency is not a number: “ten”/],
		['retries', { options: { retries: '={{ "often" }}' } }, /Retries is not a number/],
		['too many retries', { options: { retries: '={{ 100 }}' } }, /Retries cannot be 100/],
		['timeout', { options: { timeout: '={{ 0 }}' } }, /Timeout cannot be 0/],
		['dry run', { options: { dryRun: '={{ $json.nothing }}' } }, /Dry Run is neither true nor false/],
		['return all', { returnAll: '={{ "perhaps" }}' }, /Return All is neither true nor false/],
		['limit', { returnAll: false, limit: '={{ $json.nothing }}' }, /Limit is not a number: it is empty/],
		['a limit below one', { returnAll: false, limit: '={{ -1 }}' }, /Limit cannot be -1/],
	])('%s', async (_, parameters, words) => {
		const { error, items } = await demo.run({ ...devices, ...parameters });
		expect(error?.message).toMatch(words);
		expect(items).toEqual([]);
		expect(demo.requests()).toEqual([]);
	});

	test('numbers and switches written as texts are taken as meant', async () => {
		const all = await demo.records(devices);
		const some = await demo.records({ ...devices, returnAll: '={{ "false" }}', limit: '={{ "2" }}' });
		expect(all.length).toBeGreaterThan(2);
		expect(some).toHaveLength(2);
	});

	test('a dry run asked for with a text sends nothing', async () => {
		const [device] = await demo.records(devices);
		demo.sandbox.clearRequests();
		const shown = await demo.first({
			resource: 'device',
			operation: 'delete',
			deviceId: id(device?.id),
			options: { dryRun: '={{ "true" }}' },
		});
		expect(shown.method).toBe('DELETE');
		expect(demo.requests()).toEqual([]);
	});

	test('a dry run that looks first says that it cannot show the change', async () => {
		const body = { bodyMode: 'json', bodyJson: '{"name":"Reception"}' };
		const shown = await demo.first({
			resource: 'menu',
			operation: 'upsert',
			matchField: 'name',
			...body,
			options: { dryRun: true },
		});
		expect(shown).toMatchObject({ method: 'GET', note: expect.stringMatching(/^This looks first/) });
		const sent = await demo.first({
			resource: 'menu',
			operation: 'create',
			...body,
			options: { dryRun: true },
		});
		expect(sent.note).toBeUndefined();
		expect(demo.requests()).toEqual([]);
	});

	test('a price limit that is no number accepts nothing', async () => {
		const { error } = await demo.run({
			resource: 'phoneNumber',
			operation: 'activate',
			phoneNumber: id('+14155550199'),
			options: { acceptCharges: true, maximumCharge: '={{ "5,00" }}' },
		});
		expect(error?.message).toMatch(/Maximum Charge is not a number: “5,00”/);
		expect(demo.requests()).toEqual([]);
	});
});

describe('fields of another type', () => {
	test.each(['={{ [] }}', '={{ "  " }}', '={{ true }}', '={{ "12,50" }}'])(
		'an amount of %s',
		async (amount) => {
			const { error } = await demo.run({ resource: 'service', operation: 'topUp', amount });
			expect(error?.message).toMatch(/Amount is not a number/);
			expect(demo.requests()).toEqual([]);
		},
	);

	test.each([0, -5, '={{ "-5" }}', 0.001, '={{ 10 / 3 }}'])('a top-up of %s', async (amount) => {
		const { error } = await demo.run({ resource: 'service', operation: 'topUp', amount });
		expect(error?.message).toMatch(/Amount cannot be/);
		expect(demo.requests()).toEqual([]);
	});

	test.each(['+1415555017x7', '+1 415-555-0119 (Sales)', '415-555-0119 ext 5', '1-800-FLOWERS'])(
		'the phone number %s is not what is left of it without letters',
		async (number) => {
			const phoneNumber = { __rl: true, mode: 'id', value: `={{ ${JSON.stringify(number)} }}` };
			const { error } = await demo.run({ resource: 'phoneNumber', operation: 'release', phoneNumber });
			expect(error?.message).toBe(`Phone Number cannot be “${number}”`);
			expect(demo.requests()).toEqual([]);
		},
	);

	test('a filter without a value would let every record through', async () => {
		const condition = [{ key: 'owner_id', comparison: 'is', value: '={{ $json.nothing }}' }];
		const { error } = await demo.run({ ...devices, filters: { conditions: { condition } } });
		expect(error?.message).toBe('The filter on owner_id has no value to compare with');
		expect(demo.requests()).toEqual([]);
	});

	test('a list written into the form goes out as a list', async () => {
		const schema = [
			{ id: 'name', displayName: 'Name', type: 'string', required: true, display: true, defaultMatch: false },
			{ id: 'media.audio.codecs', displayName: 'Codecs', type: 'array', required: false, display: true },
		];
		const value = { name: 'Desk', 'media.audio.codecs': '["PCMU","PCMA"]' };
		const made = await demo.first({
			resource: 'device',
			operation: 'create',
			bodyMode: 'fields',
			fields: { mappingMode: 'defineBelow', value, schema },
			simplify: false,
		});
		expect(made.media).toMatchObject({ audio: { codecs: ['PCMU', 'PCMA'] } });
	});

	test('a large number in the name of a column makes no list of as many entries', async () => {
		const parameters = {
			resource: 'device',
			operation: 'create',
			bodyMode: 'fields',
			fields: { mappingMode: 'autoMapInputData', value: null },
			options: { dryRun: true },
		};
		const sent = async (json: IDataObject) => await demo.run(parameters, { items: [{ json }] });
		const { items } = await sent({ name: 'a', 'x.999999999': 1, 'z.0': 3 });
		const data = { name: 'a', x: { 999999999: 1 }, z: [3] };
		expect(items[0]?.json).toMatchObject({ body: { data } });
		const { error } = await sent({ name: 'a', 'x.0': 1, 'x.999999999': 2 });
		expect(error?.message).toBe('“x” is a list and has no entry “999999999”');
	});

	test('a name that JavaScript takes for more than a name changes nothing', async () => {
		const { error } = await demo.run(
			{
				resource: 'device',
				operation: 'create',
				bodyMode: 'fields',
				fields: { mappingMode: 'autoMapInputData', value: null },
			},
			{ items: [{ json: { name: 'a', '__proto__.verb': 'DELETE' } }] },
		);
		expect(error?.message).toBe('A field cannot be called “__proto__”');
		expect(({} as { verb?: string }).verb).toBeUndefined();
	});

	test('the input item stays as it is', async () => {
		const json = { name: 'Desk', sip: { username: 'desk1' }, 'sip.password': 'secret-1' };
		await demo.records(
			{
				resource: 'device',
				operation: 'create',
				bodyMode: 'fields',
				fields: { mappingMode: 'autoMapInputData', value: null },
			},
			{ items: [{ json }] },
		);
		expect(json.sip).toEqual({ username: 'desk1' });
	});
});

describe('what failed, when On Error says to go on', () => {
	const failing = {
		resource: 'device',
		operation: 'get',
		accountScope: 'descendants',
		deviceId: id('f'.repeat(32)),
	};

	test('says which account it was', async () => {
		const { items } = await demo.run(failing, { onError: 'continueRegularOutput' });
		const names = items.map(({ json }) => json.account_name);
		expect(new Set(names)).toEqual(new Set(demo.sandbox.demo.customers.map(({ name }) => name)));
		for (const { json } of items) expect(json.error).toMatch(/\w/);
	});

	test('goes to the error output with the item it came from', async () => {
		const parameters = { ...failing, accountScope: 'mine' };
		const { outputs } = await demo.run(parameters, {
			onError: 'continueErrorOutput',
			items: [{ json: { order: 7 } }],
		});
		const [good, [bad] = []] = outputs;
		expect(good).toEqual([]);
		expect(bad?.json).toMatchObject({ order: 7, error: expect.stringMatching(/\w/) });
	});

	test('has the only keys by which versions before 2.34 know an item for the error output', async () => {
		const { outputs } = await demo.run(failing, { onError: 'continueErrorOutput' });
		const [good, bad = []] = outputs;
		expect(good).toEqual([]);
		expect(bad).toHaveLength(demo.sandbox.demo.customers.length);
		for (const { json } of bad) {
			expect(Object.keys(json)).toEqual(['error', 'message']);
			expect(json.message).toMatchObject({
				account_name: expect.any(String),
				description: expect.any(String),
			});
		}
	});

	test('of many things at once keeps which one it was', async () => {
		const { items } = await demo.run(
			{
				resource: 'phoneNumber',
				operation: 'releaseMany',
				numbers: '+1 415-555-9901; +14155559902',
				confirmation: 2,
			},
			{ onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json.id)).toEqual(['+14155559901', '+14155559902']);
		for (const { json } of items) expect(json.error).toMatch(/\w/);
	});
});

describe('dates', () => {
	test('from the beginning to the end of time are asked for where there can be records', async () => {
		const cdrs = { resource: 'cdr', operation: 'getAll', returnAll: true };
		const all = await demo.records({ ...cdrs, from: '1001-01-01', to: '9999-12-31' });
		expect(demo.requests().length).toBeLessThan(400);
		expect(all.length).toBe((await demo.records({ ...cdrs, from: '2026-01-01' })).length);
		expect(await demo.records({ ...cdrs, from: '9998-01-01', to: '9999-12-31' })).toEqual([]);
	});

	test('of the filters and of the range both hold', async () => {
		const cdrs = { resource: 'cdr', operation: 'getAll', returnAll: true, simplify: false };
		const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();
		const lastDays = await demo.records({ ...cdrs, from: days(5) });
		const both = await demo.records({ ...cdrs, from: days(25), filters: { createdFrom: days(5) } });
		const all = await demo.records({ ...cdrs, from: days(25) });
		expect(both.map((record) => record.id)).toEqual(lastDays.map((record) => record.id));
		expect(all.length).toBeGreaterThan(both.length);
	});
});

describe('Custom API Call', () => {
	const call = (more: INodeParameters) => ({
		resource: 'customApiCall',
		operation: 'request',
		method: 'POST',
		path: '/accounts/{ACCOUNT_ID}/channels/abc',
		...more,
	});
	const sent = async (body: object): Promise<unknown> => {
		const additionalFields = { body: JSON.stringify(body) };
		const shown = await demo.first(call({ additionalFields, options: { dryRun: true } }));
		expect(String(shown.url)).toMatch(/\/accounts\/MY_ACCOUNT_ID\/channels\/abc$/);
		return shown.body;
	};

	test('a document with a field called data is no envelope', async () => {
		const action = { action: 'metaflow', data: { module: 'hangup', data: {} } };
		expect(await sent(action)).toEqual({ data: action });
		const envelope = { data: { action: 'park' }, accept_charges: true };
		expect(await sent(envelope)).toEqual(envelope);
	});
});
