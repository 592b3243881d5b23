/** What the node does beyond one request, against the sandbox: pages, ranges, charges, files, accounts, forms. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { catalogue } from '../../crossbar/catalogue';
import { pathParameters } from '../../crossbar/request';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { callListSearch, callMapperFields } from './harness/editor';
import { binaryData, runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const node = new Kazoo();
let sandbox: Sandbox;
let credentials: CredentialStore;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 2500 });
	credentials = storeFor(sandbox.demo.reseller.apiKey);
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	sandbox.clearRequests();
});

function storeFor(apiKey: string): CredentialStore {
	return new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: sandbox.url, login: 'apiKey', apiKey },
	});
}

const id = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const customer = (index: number) => ({
	accountScope: 'one',
	accountId: id(sandbox.demo.customers[index]?.id),
});

async function run(parameters: INodeParameters, options: NodeOptions = {}): Promise<NodeResult> {
	return await runNode(node, { accountScope: 'mine', ...parameters }, { credentials, ...options });
}

/** Items of a run that has to work. */
async function records(parameters: INodeParameters, options: NodeOptions = {}): Promise<IDataObject[]> {
	const result = await run(parameters, options);
	if (result.error) throw new Error(`${result.error.message} | ${result.error.description ?? ''}`);
	return result.items.map(({ json }) => json);
}

async function first(parameters: INodeParameters, options: NodeOptions = {}): Promise<IDataObject> {
	const [record] = await records(parameters, options);
	if (!record) throw new Error('No item came back');
	return record;
}

const create = (resource: string, document: object, more: INodeParameters = {}) =>
	first({ resource, operation: 'create', bodyMode: 'json', bodyJson: JSON.stringify(document), ...more });

const requests = () => sandbox.requests().filter(({ path }) => !/(api_auth|token_auth)$/.test(path));

describe('lists', () => {
	test('Return All reads every page once', async () => {
		const all = await records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 400 },
		});
		const ids = all.map((record) => record.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(requests().length).toBeGreaterThan(1);
		const inOnePage = await records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 10_000 },
		});
		expect(inOnePage.map((record) => record.id)).toEqual(ids);
	});

	test('Limit goes across pages and no further', async () => {
		const some = await records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: false,
			limit: 75,
			options: { pageSize: 30 },
		});
		expect(some).toHaveLength(75);
		expect(requests()).toHaveLength(3);
	});

	test('a year of call records is cut into ranges that the server accepts, without duplicates', async () => {
		const to = new Date();
		const from = new Date(to.getTime() - 300 * 86_400_000);
		const range = { from: from.toISOString(), to: to.toISOString() };
		const all = await records({
			resource: 'cdr',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			...range,
		});
		const ranges = new Set(requests().map(({ query }) => `${query.created_from}-${query.created_to}`));
		expect(ranges.size).toBeGreaterThan(9);
		for (const part of ranges) {
			const [begin, end] = part.split('-').map(Number) as [number, number];
			expect(end - begin).toBeLessThanOrEqual(2_682_000);
		}
		expect(new Set(all.map((record) => record.id)).size).toBe(all.length);
		expect(all.length).toBeGreaterThan(0);
	});

	test('filters are sent and hold', async () => {
		const filtered = await records({
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
		const result = await run({
			resource: 'device',
			operation: 'getAll',
			returnAll: true,
			filters: { conditions: { condition } },
		});
		expect(result.error?.message).toMatch(/Two filters/);
		expect(requests()).toEqual([]);
	});

	test('oldest first turns the order round', async () => {
		const parameters = { resource: 'user', operation: 'getAll', returnAll: true };
		const ids = (await records(parameters)).map((record) => record.id);
		const turned = (await records({ ...parameters, options: { order: 'oldest' } })).map(
			(record) => record.id,
		);
		expect(turned).toEqual([...ids].reverse());
	});

	test('phone numbers, which come as a map, become items with their number', async () => {
		const numbers = await records({ resource: 'phoneNumber', operation: 'getAll', returnAll: true });
		expect(numbers.length).toBeGreaterThan(3);
		for (const record of numbers) expect(record.id).toMatch(/^\+\d+$/);
	});
});

describe('accounts', () => {
	test('all sub-accounts: once for each, and items say which', async () => {
		const devices = await records({
			resource: 'device',
			operation: 'getAll',
			accountScope: 'descendants',
			returnAll: true,
		});
		expect(new Set(devices.map((device) => device.account_name))).toEqual(
			new Set(sandbox.demo.customers.map(({ name }) => name)),
		);
	});

	test('when one of them fails it is named, and so is what was done', async () => {
		const [, second] = sandbox.demo.customers;
		sandbox.faults([{ kind: 'status', status: 500, path: `/v2/accounts/${second?.id}/devices` }]);
		const parameters = {
			resource: 'device',
			operation: 'getAll',
			accountScope: 'descendants',
			returnAll: true,
			options: { retries: 0 },
		};
		const stopped = await run(parameters);
		const going = await run(parameters, { onError: 'continueRegularOutput' });
		sandbox.faults([]);
		expect(stopped.error?.message).toContain(second?.name);
		expect(stopped.error?.description).toMatch(/1 of 3/);
		expect(going.items.filter(({ json }) => json.error)).toHaveLength(1);
		expect(new Set(going.items.map(({ json }) => json.account_name)).size).toBe(3);
	});
});

describe('dates', () => {
	test('are ISO unless raw ones are asked for', async () => {
		const [record] = await records({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: false });
		const [raw] = await records({
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
		await records(parameters);
		const [request] = requests();
		expect(Number(request?.query.created_to) - Number(request?.query.created_from)).toBe(86_400);
		// n8n's default time zone, America/New_York, is five hours behind in November.
		expect(Number(request?.query.created_from)).toBe(
			Date.parse('2026-11-10T05:00:00Z') / 1000 + 62_167_219_200,
		);
	});
});

describe('documents', () => {
	test('live through create, get, update, replace and delete', async () => {
		const made = await create('device', {
			name: 'Walk',
			mac_address: '001122334455',
			sip: { username: 'walk' },
		});
		const one = { resource: 'device', deviceId: id(made.id) };
		const updated = await first({
			...one,
			operation: 'update',
			bodyMode: 'json',
			bodyJson: '{"name":"Walk 2"}',
		});
		expect(updated).toMatchObject({ name: 'Walk 2', mac_address: '001122334455' });
		const replaced = await first({
			...one,
			operation: 'replace',
			bodyMode: 'json',
			bodyJson: '{"name":"Walk 3"}',
		});
		expect(replaced.mac_address).toBeUndefined();
		expect(await first({ ...one, operation: 'delete' })).toEqual({ id: made.id, deleted: true });
		const gone = await run({ ...one, operation: 'get' });
		expect(gone.error?.message).toMatch(/no device/i);
	});

	test('Create or Update makes one, then changes it, and stops at two', async () => {
		const upsert = async (document: object, matchField = 'name') =>
			await run({
				resource: 'menu',
				operation: 'upsert',
				bodyMode: 'json',
				bodyJson: JSON.stringify(document),
				matchField,
			});
		const made = await upsert({ name: 'Upserted', retries: 2 });
		expect(made.items[0]?.json).toMatchObject({ was_created: true, retries: 2 });
		const changed = await upsert({ name: 'Upserted', retries: 4 });
		expect(changed.items[0]?.json).toMatchObject({
			id: made.items[0]?.json.id,
			was_created: false,
			retries: 4,
		});
		await create('menu', { name: 'Upserted' });
		const refused = await upsert({ name: 'Upserted', retries: 5 });
		expect(refused.error?.message).toMatch(/More than one/);
		expect(refused.error?.description).toContain(String(made.items[0]?.json.id));
		expect((await upsert({ retries: 1 })).error?.message).toMatch(/no value for “name”/);
	});

	test('the form of Create comes from the server: required fields first, choices as options', async () => {
		const panel = { parameters: { resource: 'device', operation: 'create' }, credentials };
		const { fields } = await callMapperFields(node, 'getDocumentFields', panel);
		expect(fields[0]).toMatchObject({ id: 'name', required: true, removed: false });
		expect(fields.find((field) => field.id === 'sip.method')).toMatchObject({
			type: 'options',
			removed: true,
		});
		expect(fields.every(({ displayName }) => displayName.length > 0)).toBe(true);
		const update = await callMapperFields(node, 'getDocumentFields', {
			...panel,
			parameters: { resource: 'device', operation: 'update' },
		});
		expect(update.fields.some(({ required }) => required)).toBe(false);
	});

	test('what is filled into the form is sent nested', async () => {
		const value = { name: 'From the form', 'sip.username': 'form', 'call_forward.enabled': true };
		const made = await first({
			resource: 'device',
			operation: 'create',
			bodyMode: 'fields',
			fields: { mappingMode: 'defineBelow', value },
		});
		expect(made).toMatchObject({
			name: 'From the form',
			sip: { username: 'form' },
			call_forward: { enabled: true },
		});
	});

	test('what the server refuses is said by the label of the field', async () => {
		const result = await run({
			resource: 'device',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"name":"","sip":{"method":"carrier pigeon"}}',
		});
		const { message, description } = result.error ?? { message: '' };
		expect(`${message} ${description}`).toMatch(/Name/);
		expect(`${message} ${description}`).toMatch(/SIP > Method/);
	});

	test('Update where the server has no PATCH: read, merged, written back; nothing of others is lost', async () => {
		const made = await create('media', { name: 'Prompt', description: 'first', streamable: true });
		const parameters = {
			resource: 'media',
			operation: 'update',
			mediaId: id(made.id),
			bodyMode: 'json',
			bodyJson: '{"description":"second"}',
		};
		const updated = await first(parameters);
		expect(updated).toMatchObject({ name: 'Prompt', description: 'second', streamable: true });
		const write = requests().find(({ method, path }) => method === 'POST' && path.endsWith(String(made.id)));
		expect(write?.headers['if-match']).toBeTruthy();
	});
});

describe('lists of the form', () => {
	test('devices with name and MAC address, searchable, by account', async () => {
		const parameters = { resource: 'device', operation: 'get', ...customer(0) };
		const all = await callListSearch(node, 'searchDeviceId', { parameters, credentials });
		expect(all.results.length).toBeGreaterThan(3);
		expect(all.results.some(({ name }) => /\([0-9a-f:]{12,17}.*\)/i.test(name))).toBe(true);
		const [wanted] = all.results;
		const found = await callListSearch(node, 'searchDeviceId', {
			parameters,
			credentials,
			filter: String(wanted?.name).slice(0, 8).toUpperCase(),
		});
		expect(found.results).toContainEqual(wanted);
		expect(found.results.length).toBeLessThanOrEqual(all.results.length);
	});

	test('users with full name and extension', async () => {
		const { results } = await callListSearch(node, 'searchUserId', {
			parameters: { ...customer(0) },
			credentials,
		});
		expect(results.some(({ name }) => /^\S+ \S+ \(.+\)$/.test(name))).toBe(true);
	});

	test('every list of the catalogue answers', async () => {
		const vmboxes = await callListSearch(node, 'searchVmboxId', { credentials });
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
				credentials,
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

describe('phone numbers', () => {
	const spare = async (): Promise<string> => {
		const numbers = await records({
			resource: 'phoneNumber',
			operation: 'getAll',
			returnAll: true,
			...customer(0),
		});
		const free = numbers.find((record) => !record.used_by);
		return String(free?.id);
	};

	test('assigned to a user, to a callflow, and taken away again', async () => {
		const number = await spare();
		const [user] = await records({ resource: 'user', operation: 'getAll', limit: 1, ...customer(0) });
		const parameters = { resource: 'phoneNumber', phoneNumber: id(number), ...customer(0) };
		const assigned = await first({ ...parameters, operation: 'assignToUser', user: id(user?.id) });
		expect(assigned.done).toEqual(
			expect.arrayContaining([expect.stringMatching(/(Added to|Created) callflow/)]),
		);
		const again = await first({ ...parameters, operation: 'assignToUser', user: id(user?.id) });
		expect(String(again.done)).toMatch(/already/);
		const other = await create(
			'callflow',
			{ name: 'Other', numbers: ['4999'], flow: { module: 'hangup', data: {}, children: {} } },
			customer(0),
		);
		const refused = await run({ ...parameters, operation: 'assignToCallflow', callflow: id(other.id) });
		expect(refused.error?.message).toMatch(/already assigned to callflow/);
		const moved = await first({
			...parameters,
			operation: 'assignToCallflow',
			callflow: id(other.id),
			additionalFields: { takeOver: true },
		});
		expect(moved.numbers).toContain(number);
		expect(moved.done).toHaveLength(2);
		const freed = await first({ ...parameters, operation: 'unassign' });
		expect(String(freed.done)).toMatch(/Removed from callflow “Other”/);
	});
});

describe('charges', () => {
	// Cedar Law pays by its service plan: what costs money there needs consent.
	const device = (options: INodeParameters) =>
		run({
			resource: 'device',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"name":"Costs money","device_type":"sip_device"}',
			...customer(1),
			options,
		});

	test('the price is an error, and nothing is made', async () => {
		const before = (
			await records({ resource: 'device', operation: 'getAll', returnAll: true, ...customer(1) })
		).length;
		const result = await device({});
		expect(result.error?.message).toMatch(/costs|charge|price/i);
		expect(`${result.error?.message} ${result.error?.description}`).toMatch(/\d/);
		expect(
			(await records({ resource: 'device', operation: 'getAll', returnAll: true, ...customer(1) })).length,
		).toBe(before);
	});

	test('is accepted up to an amount', async () => {
		expect((await device({ acceptCharges: true, maximumCharge: 0.01 })).error?.message).toMatch(
			/more than the 0.01/,
		);
		const made = await device({ acceptCharges: true, maximumCharge: 1000 });
		expect(made.error).toBeUndefined();
		expect(made.items[0]?.json.name).toBe('Costs money');
	});
});

describe('files', () => {
	const sound = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(60_000, 7)]);

	test('go up and come down unchanged, with name and type', async () => {
		const made = await create('media', { name: 'Greeting', streamable: true });
		const binary = { data: await binaryItem(sound, 'greeting.wav', 'audio/x-wav') };
		await first(
			{ resource: 'media', operation: 'upload', mediaId: id(made.id), inputField: 'data' },
			{ items: [{ json: {}, binary }] },
		);
		const result = await run({
			resource: 'media',
			operation: 'download',
			mediaId: id(made.id),
			outputField: 'sound',
		});
		expect(result.error).toBeUndefined();
		const file = result.items[0]?.binary?.sound;
		expect(file?.mimeType).toBe('audio/x-wav');
		expect(file?.fileName).toMatch(/greeting.*\.wav$/);
		expect(Buffer.compare(await bytesOf(file?.id as string), sound)).toBe(0);
	});

	test('a missing file is said before anything is sent', async () => {
		const made = await create('media', { name: 'No file' });
		sandbox.clearRequests();
		const result = await run({
			resource: 'media',
			operation: 'upload',
			mediaId: id(made.id),
			inputField: 'data',
		});
		expect(result.error?.message).toMatch(/no file in “data”/);
		expect(requests()).toEqual([]);
	});

	test('voicemail comes as a file', async () => {
		const [box] = (await records({ resource: 'voicemailBox', operation: 'getAll', returnAll: true })).filter(
			(entry) => Number(entry.messages ?? 1) > 0,
		);
		const [message] = await records({
			resource: 'voicemailMessage',
			operation: 'getAll',
			vmboxId: id(box?.id),
			returnAll: true,
		});
		const messageId = id(message?.media_id ?? message?.id);
		const result = await run({
			resource: 'voicemailMessage',
			operation: 'download',
			vmboxId: id(box?.id),
			messageId,
			outputField: 'data',
		});
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.binary?.data?.mimeType).toMatch(/^audio\//);
	});

	async function binaryItem(content: Buffer, fileName: string, mimeType: string) {
		const location = {
			type: 'custom' as const,
			pathSegments: ['test'],
			sourceType: 'test',
			sourceId: 'test',
		};
		return await binaryData.store(location, content, { data: '', fileName, mimeType });
	}

	async function bytesOf(binaryId: string): Promise<Buffer> {
		const chunks: Buffer[] = [];
		for await (const chunk of await binaryData.getAsStream(binaryId)) chunks.push(chunk as Buffer);
		return Buffer.concat(chunks);
	}
});

describe('options', () => {
	test('a dry run shows the request and a cURL line, and sends nothing', async () => {
		const shown = await first({
			resource: 'user',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"first_name":"O\'Brien","password":"hunter2"}',
			options: { dryRun: true },
		});
		expect(shown).toMatchObject({ method: 'PUT' });
		expect(shown.curl).toMatch(/^curl -X PUT /);
		expect(JSON.stringify(shown)).not.toContain('hunter2');
		expect(sandbox.requests()).toEqual([]);
	});

	test('metadata is added without the token', async () => {
		const record = await first({
			resource: 'user',
			operation: 'getAll',
			limit: 1,
			options: { includeMetadata: true },
		});
		expect((record._metadata as IDataObject).request_id).toMatch(/^[0-9a-f]{32}$/);
		expect(JSON.stringify(record)).not.toContain('eyJ');
	});

	test('extra query parameters are sent', async () => {
		await records({
			resource: 'user',
			operation: 'getAll',
			limit: 1,
			options: { query: { parameter: [{ name: 'pretty_print', value: 'true' }] } },
		});
		expect(requests()[0]?.query.pretty_print).toBe('true');
	});

	test('Simplify keeps what matters', async () => {
		const simple = await first({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: true });
		const full = await first({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: false });
		expect(Object.keys(simple).length).toBeLessThan(Object.keys(full).length);
	});
});

describe('a custom API call', () => {
	const call = (more: INodeParameters, additionalFields: INodeParameters = {}) =>
		records({ resource: 'customApiCall', operation: 'request', ...more, additionalFields });

	test('reaches any path and fills in the account', async () => {
		const users = await call(
			{ method: 'GET', path: '/accounts/{accountId}/users' },
			{ query: '{"page_size": 3}' },
		);
		expect(users).toHaveLength(3);
	});

	test('gives the raw envelope without the token', async () => {
		const [raw] = await call({ method: 'GET', path: 'accounts/{accountId}/users' }, { rawOutput: true });
		expect(raw?.status).toBe('success');
		expect(raw?.auth_token).toBeUndefined();
	});
});
