/** What KAZOO does to accounts that nobody asked for, and that the node keeps it from or tells. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo } from './demo';

let demo: Demo;

beforeEach(async () => {
	demo = await Demo.open(0, { profile: 4 });
});

afterEach(async () => {
	await demo.close();
});

const customer = (index: number): string => demo.sandbox.demo.customers[index]?.id as string;
const account = async (index: number): Promise<IDataObject> =>
	await demo.first({ resource: 'account', operation: 'get', simplify: false, ...demo.customer(index) });
const users = async (index: number): Promise<number> =>
	(await demo.records({ resource: 'user', operation: 'getAll', returnAll: true, ...demo.customer(index) }))
		.length;
const change = (index: number, document: object, operation = 'update'): INodeParameters => ({
	resource: 'account',
	operation,
	bodyMode: 'json',
	bodyJson: JSON.stringify(document),
	...demo.customer(index),
});
const custom = (method: string, path: string, body: object): INodeParameters => ({
	resource: 'customApiCall',
	operation: 'request',
	method,
	path,
	additionalFields: { body: JSON.stringify(body) },
});
const writes = (): string[] =>
	demo
		.requests()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);

describe('creating an account with the ID of one that is there', () => {
	test('destroys that one, with all in it: so does the sandbox', async () => {
		const { apiKey } = demo.sandbox.demo.reseller;
		const login = await fetch(`${demo.sandbox.url}/v2/api_auth`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ data: { api_key: apiKey } }),
		});
		const { auth_token: token } = (await login.json()) as { auth_token: string };
		const send = async (method: string, path: string, data?: object) =>
			await fetch(`${demo.sandbox.url}/v2${path}`, {
				method,
				headers: { 'x-auth-token': token, 'content-type': 'application/json' },
				...(data ? { body: JSON.stringify({ data }) } : {}),
			});
		for (const [index, key] of ['id', '_id', 'ID'].entries()) {
			const other = await send('PUT', '/accounts', { name: `Doomed ${index}`, realm: `d${index}.example` });
			const { data } = (await other.json()) as { data: { id: string } };
			const again = { name: `New ${index}`, realm: `n${index}.example`, [key]: data.id };
			expect((await send('PUT', '/accounts', again)).status).toBe(201);
			expect((await send('GET', `/accounts/${data.id}`)).status).toBe(404);
		}
	});

	test('is not what Create does with the JSON of a Get: the ID stays behind, and n8n says so', async () => {
		const before = await account(0);
		const people = await users(0);
		const copy = {
			...before,
			name: 'A copy',
			realm: 'copy.example',
			_id: customer(0),
			_rev: '1-x',
			pvt_a: 1,
		};
		const result = await demo.run({
			resource: 'account',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: JSON.stringify(copy),
		});
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json.id).not.toBe(customer(0));
		expect(await account(0)).toEqual(before);
		expect(await users(0)).toBe(people);
		const put = demo.requests().find(({ method }) => method === 'PUT');
		const sent = Object.keys((put?.body as { data: object }).data);
		expect(sent.filter((key) => ['id', '_id', '_rev', 'pvt_a'].includes(key))).toEqual([]);
		expect(result.task?.hints?.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Left out of what is created.*: id, _id, _rev, pvt_a$/),
		]);
	});

	test.each(['user', 'device', 'menu'])(
		'a %s is created without what was read of another one',
		async (resource) => {
			const { id: made } = await demo.create(
				resource,
				{ id: 'mine', _read_only: {}, name: 'One', first_name: 'A', last_name: 'B' },
				demo.customer(0),
			);
			expect(made).not.toBe('mine');
			const body = demo.requests().find(({ method }) => method === 'PUT')?.body as { data: object };
			expect(Object.keys(body.data)).not.toContain('id');
			expect(Object.keys(body.data)).not.toContain('_read_only');
		},
	);

	test.each([
		['PUT', '/accounts', (one: string) => ({ id: one, name: 'X', realm: 'x.example' })],
		['PUT', '/accounts/{accountId}', (one: string) => ({ data: { _id: one, name: 'X' } })],
		['POST', '/accounts', (one: string) => ({ verb: 'PUT', data: { ID: one, name: 'X' } })],
		['PUT', '/v2/accounts/', (one: string) => ({ DATA: { id: one } })],
		['PUT', '/account', (one: string) => ({ id: one })],
	])('is not sent by Custom API Call either: %s %s', async (method, path, body) => {
		const { error } = await demo.run(custom(method, path, body(customer(0))));
		expect(error?.message).toMatch(/^An account is not created with (id|_id|ID)$/);
		expect(error?.description).toMatch(/deletes that account/);
		expect(writes()).toEqual([]);
	});
});

describe('a change of an account', () => {
	test('is looked at by Custom API Call, too, when it is written /account', async () => {
		const { name } = await account(0);
		const { error } = await demo.run(custom('PATCH', '/account', { name }));
		expect(error?.message).toMatch(/^Another account has the name/);
		expect(writes()).toEqual([]);
	});

	test.each([
		['name', (other: IDataObject) => String(other.name).toUpperCase().replace(/ /g, '-')],
		['realm', (other: IDataObject) => other.realm],
	])('to a %s that another one has is not sent', async (key, taken) => {
		const other = await account(1);
		for (const operation of ['update', 'replace']) {
			const { error } = await demo.run(change(0, { realm: 'new.example', [key]: taken(other) }, operation));
			expect(error?.message).toContain(`Another account has the ${key}`);
			expect(error?.message).toContain(other.id);
		}
		const { error } = await demo.run(custom('PATCH', `/accounts/${customer(0)}`, { [key]: taken(other) }));
		expect(error?.message).toContain(`Another account has the ${key}`);
		expect(writes()).toEqual([]);
	});

	test('that is refused and stored all the same says what stands there and how to put it back', async () => {
		const before = await account(0);
		// Not below ours, so that nobody tells of it
		const { name } = demo.sandbox.store.account(demo.sandbox.demo.reseller.id) as unknown as IDataObject;
		const { error } = await demo.run(change(0, { name, language: 'de-de' }));
		expect(error?.description).toContain('already in use');
		expect(error?.description).toContain(
			`KAZOO refused it and stored it all the same: name is "${String(name)}"`,
		);
		expect(error?.description).toContain(
			`with this JSON: ${JSON.stringify({ name: before.name, language: before.language })}`,
		);
		expect((await account(0)).name).toBe(name);
	});

	test('that is refused and not stored says so', async () => {
		const before = await account(0);
		const { error } = await demo.run(change(0, { call_restriction: { caribbean: { action: 'maybe' } } }));
		expect(error?.description).toContain('nothing of it was stored');
		expect(await account(0)).toEqual(before);
	});

	test('that would remove a field is not sent: KAZOO passes over it', async () => {
		await demo.first(change(0, { caller_id: { external: { number: '+14155550100', name: 'A' } } }));
		demo.sandbox.clearRequests();
		const { error } = await demo.run(change(0, { caller_id: { external: { number: null } }, notes_x: null }));
		expect(error?.message).toBe('KAZOO cannot remove a field of an account: caller_id.external.number');
		expect(writes()).toEqual([]);
		await demo.first(change(0, { caller_id: { external: {} } }));
	});

	test('a field of the form that is cleared by null is refused just so', async () => {
		const fields = {
			mappingMode: 'defineBelow',
			value: { timezone: '={{ null }}', 'caller_id.external.name': '={{ null }}' },
			schema: ['timezone', 'caller_id.external.name'].map((field) => ({
				...{ id: field, displayName: field, type: 'string', display: true, required: false },
				defaultMatch: false,
			})),
		};
		await demo.first(change(0, { caller_id: { external: { name: 'Front Desk' } } }));
		demo.sandbox.clearRequests();
		const form = { ...change(0, {}), bodyMode: 'fields', fields };
		const { error } = await demo.run(form);
		expect(error?.message).toBe(
			'KAZOO cannot remove a field of an account: timezone, caller_id.external.name',
		);
		expect(error?.description).toMatch(/Nothing was sent/);
		expect(writes()).toEqual([]);
	});

	test('Replace without a realm keeps the one there is', async () => {
		const before = await account(0);
		const after = await demo.first(change(0, { name: before.name, timezone: 'Europe/Berlin' }, 'replace'));
		expect(after).toMatchObject({ realm: before.realm, timezone: 'Europe/Berlin' });
	});
});
