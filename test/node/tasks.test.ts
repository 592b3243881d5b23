/** Whole tasks of the node against the sandbox: numbers, charges, files, options, custom calls. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id } from './demo';
import { CredentialStore } from './harness/credentials';
import { binaryData } from './harness/engine';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(50);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

describe('phone numbers', () => {
	const spare = async (): Promise<string> => {
		const numbers = await demo.records({
			resource: 'phoneNumber',
			operation: 'getAll',
			returnAll: true,
			...demo.customer(0),
		});
		const free = numbers.find((record) => !record.used_by);
		return String(free?.id);
	};

	test('assigned to a user, to a callflow, and taken away again', async () => {
		const number = await spare();
		const [user] = await demo.records({
			resource: 'user',
			operation: 'getAll',
			limit: 1,
			...demo.customer(0),
		});
		const parameters = { resource: 'phoneNumber', phoneNumber: id(number), ...demo.customer(0) };
		const assigned = await demo.first({ ...parameters, operation: 'assignToUser', user: id(user?.id) });
		expect(assigned.done).toMatch(/(Added to|Created) callflow/);
		const again = await demo.first({ ...parameters, operation: 'assignToUser', user: id(user?.id) });
		expect(String(again.done)).toMatch(/already/);
		const other = await demo.create(
			'callflow',
			{ name: 'Other', numbers: ['4999'], flow: { module: 'hangup', data: {}, children: {} } },
			demo.customer(0),
		);
		const refused = await demo.run({ ...parameters, operation: 'assignToCallflow', callflow: id(other.id) });
		expect(refused.error?.message).toMatch(/already assigned to callflow/);
		const moved = await demo.first({
			...parameters,
			operation: 'assignToCallflow',
			callflow: id(other.id),
			additionalFields: { takeOver: true },
		});
		expect(moved.numbers).toContain(number);
		expect(moved.done).toMatch(/^Removed from [^;]+; Added to [^;]+$/);
		const freed = await demo.first({ ...parameters, operation: 'unassign' });
		expect(String(freed.done)).toMatch(/Removed from callflow “Other”/);
	});
});

describe('charges', () => {
	// Cedar Law pays by its service plan: what costs money needs the consent of its own people (changes.md, Numbers).
	const own = () => {
		const [, { realm, username, password }] = demo.sandbox.demo.customers;
		const data = { serverUrl: demo.sandbox.url, login: 'password', username, password };
		return new CredentialStore({
			type: new CrossbarApi(),
			data: { ...data, accountBy: 'realm', account: realm, hash: 'md5' },
		});
	};
	const device = (options: INodeParameters) =>
		demo.run(
			{
				resource: 'device',
				operation: 'create',
				bodyMode: 'json',
				bodyJson: '{"name":"Costs money","device_type":"sip_device"}',
				options,
			},
			{ credentials: own() },
		);

	test('the price is an error, and nothing is made', async () => {
		const before = (
			await demo.records({ resource: 'device', operation: 'getAll', returnAll: true, ...demo.customer(1) })
		).length;
		const result = await device({});
		expect(result.error?.message).toMatch(/costs|charge|price/i);
		expect(`${result.error?.message} ${result.error?.description}`).toMatch(/\d/);
		expect(
			(await demo.records({ resource: 'device', operation: 'getAll', returnAll: true, ...demo.customer(1) }))
				.length,
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
		const made = await demo.create('media', { name: 'Greeting', streamable: true });
		const binary = { data: await binaryItem(sound, 'greeting.wav', 'audio/x-wav') };
		await demo.first(
			{ resource: 'media', operation: 'upload', mediaId: id(made.id), inputField: 'data' },
			{ items: [{ json: {}, binary }] },
		);
		const result = await demo.run({
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
		const made = await demo.create('media', { name: 'No file' });
		demo.sandbox.clearRequests();
		const result = await demo.run({
			resource: 'media',
			operation: 'upload',
			mediaId: id(made.id),
			inputField: 'data',
		});
		expect(result.error?.message).toMatch(/no file in “data”/);
		expect(demo.requests()).toEqual([]);
	});

	test('voicemail comes as a file', async () => {
		const [box] = (
			await demo.records({ resource: 'voicemailBox', operation: 'getAll', returnAll: true })
		).filter((entry) => Number(entry.messages ?? 1) > 0);
		const [message] = await demo.records({
			resource: 'voicemailMessage',
			operation: 'getAll',
			vmboxId: id(box?.id),
			returnAll: true,
		});
		const messageId = id(message?.media_id ?? message?.id);
		const result = await demo.run({
			resource: 'voicemailMessage',
			operation: 'download',
			vmboxId: id(box?.id),
			messageId,
			outputField: 'data',
		});
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.binary?.data?.mimeType).toMatch(/^audio\//);
	});

	test('several voicemail messages come as one zip', async () => {
		const boxes = await demo.records({ resource: 'voicemailBox', operation: 'getAll', returnAll: true });
		const box = boxes.find((entry) => Number(entry.messages ?? 1) > 0);
		const list = { resource: 'voicemailMessage', operation: 'getAll', vmboxId: id(box?.id), returnAll: true };
		const messages = (await demo.records(list)).map((message) => String(message.media_id));
		const result = await demo.run({
			resource: 'voicemailMessage',
			operation: 'downloadMany',
			vmboxId: id(box?.id),
			messages: messages.join(', '),
			outputField: 'data',
		});
		expect(result.error).toBeUndefined();
		const file = result.items[0]?.binary?.data;
		expect(file?.mimeType).toBe('application/zip');
		expect((await bytesOf(file?.id as string)).subarray(0, 2).toString()).toBe('PK');
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
		const shown = await demo.first({
			resource: 'user',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"first_name":"O\'Brien","password":"hunter2"}',
			options: { dryRun: true },
		});
		expect(shown).toMatchObject({ method: 'PUT' });
		expect(shown.curl).toMatch(/^curl -X PUT /);
		expect(JSON.stringify(shown)).not.toContain('hunter2');
		expect(demo.sandbox.requests()).toEqual([]);
	});

	test('a dry run shows no secret, wherever it stands', async () => {
		const document = {
			name: 'Desk',
			member: { pins: ['secret-1'] },
			pin: ['secret-2', { a: 'secret-3' }],
			password: { a: { b: 'secret-4' } },
			storage: { secret_access_key: 'secret-9' },
			token: null,
		};
		const parameter = [
			{ name: 'auth_token', value: 'secret-5' },
			{ name: 'password', value: 'secret-6' },
			{ name: 'filter_sip.password', value: 'secret-7' },
			{ name: 'filter', value: '{"pin":"secret-8"}' },
			{ name: 'page_size', value: '5' },
		];
		const shown = await demo.first({
			resource: 'device',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: JSON.stringify(document),
			options: { dryRun: true, query: { parameter } },
		});
		expect(JSON.stringify(shown)).not.toMatch(/secret-\d/);
		expect(shown.body).toEqual({
			data: {
				name: 'Desk',
				member: { pins: ['********'] },
				pin: ['********', { a: '********' }],
				password: { a: { b: '********' } },
				storage: { secret_access_key: '********' },
				token: null,
			},
		});
		for (const text of [shown.url, shown.curl]) {
			expect(text).toContain('auth_token=********&password=********&filter_sip.password=********&filter=');
			expect(text).toContain('&page_size=5');
		}
	});

	test('metadata is added without the token', async () => {
		const record = await demo.first({
			resource: 'user',
			operation: 'getAll',
			limit: 1,
			options: { includeMetadata: true },
		});
		expect((record._metadata as IDataObject).request_id).toMatch(/^[0-9a-f]{32}$/);
		expect(JSON.stringify(record)).not.toContain('eyJ');
	});

	test('extra query parameters are sent', async () => {
		await demo.records({
			resource: 'user',
			operation: 'getAll',
			limit: 1,
			options: { query: { parameter: [{ name: 'pretty_print', value: 'true' }] } },
		});
		expect(demo.requests()[0]?.query.pretty_print).toBe('true');
	});

	test('Simplify keeps what matters', async () => {
		const simple = await demo.first({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: true });
		const full = await demo.first({ resource: 'cdr', operation: 'getAll', limit: 1, simplify: false });
		expect(Object.keys(simple).length).toBeLessThan(Object.keys(full).length);
	});
});

describe('a custom API call', () => {
	const call = (more: INodeParameters, additionalFields: INodeParameters = {}) =>
		demo.records({ resource: 'customApiCall', operation: 'request', ...more, additionalFields });

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
