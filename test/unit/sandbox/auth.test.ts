import { Client } from './client';

let client: Client;

beforeEach(async () => {
	client = await Client.start();
});

afterEach(() => client.sandbox.close());

describe('logging in', () => {
	test.each([
		['realm', { account_realm: 'harbor.sandbox.example' }],
		['name, whatever its case and spaces', { account_name: 'HARBOR telecom' }],
	])('finds the account by %s', async (_how, where) => {
		const reply = await client.logIn('admin@harbor.example', 'Passw0rd!', where);
		expect(reply.status).toBe(201);
		expect(reply.body.data).toMatchObject({ account_name: 'Harbor Telecom', is_reseller: true });
	});

	test('says the same of a wrong password, an unknown account and none', async () => {
		const places: Record<string, string>[] = [
			{ account_realm: 'harbor.sandbox.example' },
			{ account_name: 'nobody' },
			{},
		];
		for (const where of places) {
			const reply = await client.logIn('admin@harbor.example', 'wrong', where);
			expect([reply.status, reply.body.message]).toEqual([401, 'invalid_credentials']);
		}
	});

	test('asks for credentials', async () => {
		const reply = await client.ask('PUT', '/user_auth', { data: {}, token: null });
		expect(reply.status).toBe(400);
		expect(reply.body.data.credentials.required.message).toBe('Field is required but missing');
	});

	test('an API key works, a bad one is a 404', async () => {
		const { apiKey } = client.sandbox.demo.reseller;
		const good = await client.ask('PUT', '/api_auth', { data: { api_key: apiKey }, token: null });
		expect(good.status).toBe(201);
		expect(good.body.data.owner_id).toBeUndefined();
		const bad = await client.ask('PUT', '/api_auth', { data: { api_key: 'f'.repeat(64) }, token: null });
		expect([bad.status, bad.body.message, bad.body.data]).toEqual([404, 'bad identifier', ['f'.repeat(64)]]);
	});

	test('a disabled account is a 400 and its old token goes on working', async () => {
		const { store } = client.sandbox;
		store.save('accounts', { ...store.account(client.account)!, pvt_enabled: false });
		const reply = await client.logIn('admin@harbor.example', 'Passw0rd!', {
			account_realm: 'harbor.sandbox.example',
		});
		expect([reply.status, reply.body.data.account.disabled.message]).toEqual([400, 'account disabled']);
		expect((await client.own('GET', '')).status).toBe(200);
	});

	test('an expired account refuses its tokens', async () => {
		const { store } = client.sandbox;
		store.save('accounts', { ...store.account(client.account)!, pvt_trial_expires: 63_000_000_000 });
		const reply = await client.own('GET', '');
		expect([reply.status, reply.body.data.account.expired.message]).toEqual([400, 'account expired']);
	});

	test('a second factor is demanded where it is set up, and accepted', async () => {
		await client.own('PUT', '/multi_factor', {
			data: { name: 'duo', provider_name: 'duo', enabled: true },
		});
		const module = { cb_user_auth: { multi_factor: { enabled: true } } };
		await client.own('POST', '/security', { data: { auth_modules: module } });
		const where = { account_realm: 'harbor.sandbox.example' };
		const first = await client.logIn('admin@harbor.example', 'Passw0rd!', where);
		expect(first.status).toBe(401);
		expect(first.body.data.multi_factor_request.provider_name).toBe('duo');
		const second = await client.logIn('admin@harbor.example', 'Passw0rd!', {
			...where,
			multi_factor_response: 'AUTH|x:APP|y',
		});
		expect(second.status).toBe(201);
	});

	test('too many log-ins are refused, the right one too; tokens still work', async () => {
		let last = 0;
		for (let i = 0; i < 60 && last !== 429; i++) {
			last = (await client.ask('PUT', '/user_auth', { data: {}, token: null })).status;
		}
		expect(last).toBe(429);
		const good = await client.logIn('admin@harbor.example', 'Passw0rd!', {
			account_realm: 'harbor.sandbox.example',
		});
		expect([good.status, good.body.message]).toEqual([429, 'too_many_requests']);
		expect((await client.own('GET', '')).status).toBe(200);
	});
});

describe('tokens', () => {
	test('none, a garbled one and Bearer are 401; the query and Basic work', async () => {
		expect((await client.own('GET', '', { token: null })).status).toBe(401);
		expect((await client.own('GET', '', { token: `${client.token}x` })).status).toBe(401);
		const bearer = { authorization: `Bearer ${client.token}` };
		expect((await client.own('GET', '', { token: null, headers: bearer })).status).toBe(401);
		expect((await client.own('GET', `?auth_token=${client.token}`, { token: null })).status).toBe(200);
	});

	test('an expired one has another message', async () => {
		client.sandbox.faults([{ kind: 'expire-tokens', times: 1 }]);
		const reply = await client.own('GET', '');
		expect([reply.status, reply.body.message, reply.body.data]).toEqual([401, 'invalid credentials', {}]);
	});

	test('a customer reaches neither its reseller nor its siblings', async () => {
		const [blue, cedar] = client.sandbox.demo.customers;
		await client.logIn(blue.username, blue.password, { account_realm: blue.realm });
		for (const id of [client.sandbox.demo.reseller.id, cedar.id]) {
			expect((await client.ask('GET', `/accounts/${id}`)).status).toBe(403);
		}
	});

	test('a new signature secret kills them', async () => {
		const done = await client.own('PUT', '/auth', { data: { action: 'reset_signature_secret' } });
		expect(done.status).toBe(201);
		expect((await client.own('GET', '')).status).toBe(401);
	});

	test('restrictions let through what they name', async () => {
		const restrictions = { _: { admin: { users: [{ rules: { '#': ['GET'] } }] } } };
		await client.own('POST', '/token_restrictions', { data: { restrictions } });
		expect((await client.own('GET', '/users')).status).toBe(200);
		const denied = await client.own('GET', '/devices');
		expect([denied.status, denied.body.data.cause]).toEqual([403, 'access denied by token restrictions']);
	});
});
