import { Client } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start();
});

afterAll(() => client.sandbox.close());

const UNKNOWN = '0'.repeat(32);

describe('which check answers first', () => {
	test('version before everything', async () => {
		const reply = await fetch(`${client.sandbox.url}/v1/user_auth`, { method: 'PUT', body: '{' });
		expect(reply.status).toBe(410);
	});

	test('a broken body before the missing token', async () => {
		const reply = await client.own('PUT', '/devices', {
			raw: '{"data":',
			token: null,
			headers: { 'content-type': 'application/json' },
		});
		expect([reply.status, reply.body.data.json.invalid.target]).toEqual([400, 'body']);
	});

	test('the method before the account, the account before the token', async () => {
		expect((await client.ask('DELETE', `/accounts/${UNKNOWN}/devices`, { token: null })).status).toBe(405);
		expect((await client.ask('GET', `/accounts/${UNKNOWN}/devices`, { token: null })).status).toBe(404);
	});

	test('the token before the accepted type, that before validation', async () => {
		const accept = { accept: 'image/png' };
		expect((await client.own('PUT', '/devices', { data: {}, token: null, headers: accept })).status).toBe(
			401,
		);
		const reply = await client.own('PUT', '/devices', { data: {}, headers: accept });
		expect([reply.status, reply.text]).toEqual([406, '']);
	});

	test('validation before If-Match, If-Match before the change', async () => {
		const made = await client.own('PUT', '/devices', { data: { name: 'a' } });
		const path = `/devices/${made.body.data.id}`;
		const headers = { 'if-match': '"0-stale"' };
		expect((await client.own('PATCH', path, { data: { name: 5 }, headers })).status).toBe(400);
		const reply = await client.own('PATCH', path, { data: { name: 'b' }, headers });
		expect([reply.status, reply.text]).toEqual([412, '']);
		expect((await client.own('GET', path)).body.data.name).toBe('a');
	});

	test('a body of another type ends in 415 only when nothing else is wrong', async () => {
		const headers = { 'content-type': 'application/xml' };
		expect((await client.own('PUT', '/devices', { raw: '<x/>', headers })).status).toBe(400);
		expect((await client.own('PUT', '/connectivity', { raw: '<x/>', headers })).status).toBe(415);
	});
});

describe('envelopes', () => {
	test('errors carry CORS headers, and a content type only from negotiation on', async () => {
		const early = await client.own('GET', '', { token: null });
		expect(early.headers.get('content-type')).toBeNull();
		expect(early.headers.get('access-control-allow-methods')).toBe('OPTIONS, PATCH, POST, PUT, GET, DELETE');
		const late = await client.own('GET', `/devices/${UNKNOWN}`);
		expect(late.headers.get('content-type')).toBe('application/json');
		expect(late.body).toMatchObject({ status: 'error', error: '404', message: 'bad_identifier' });
	});

	test('an unknown path is 404 with a token, 401 without one at the top', async () => {
		expect((await client.ask('GET', '/nope')).body.message).toBe('not_found');
		expect((await client.ask('GET', '/nope', { token: null })).status).toBe(401);
		expect((await client.own('GET', '/devices/a/b/c/d')).status).toBe(404);
	});

	test('a verb in the envelope wins over POST', async () => {
		const reply = await client.own('POST', '/devices', { envelope: { verb: 'PUT' }, data: { name: 't' } });
		expect(reply.status).toBe(201);
	});

	test('a preflight needs no token', async () => {
		const headers = { origin: 'http://ui.example', 'access-control-request-method': 'PUT' };
		expect((await client.own('OPTIONS', '/devices', { token: null, headers })).status).toBe(200);
		expect((await client.own('OPTIONS', '/devices', { token: null })).status).toBe(405);
	});

	test('more than 8,000,000 bytes are a 400', async () => {
		const reply = await client.own('PUT', '/devices', { data: { name: 'x'.repeat(8_000_001) } });
		expect([reply.status, reply.body.data.file.maxSize.target]).toEqual([400, 8_000_000]);
	});

	test('what is no API path is a friendly page', async () => {
		const reply = await fetch(`${client.sandbox.url}/foo`);
		expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/plain; charset=UTF-8']);
	});
});

describe('the switches', () => {
	afterEach(() => client.sandbox.faults([]));

	test('faults: status, rate limit, drop, and only where they are asked for', async () => {
		client.sandbox.faults([{ kind: 'status', status: 503, path: '/v2/accounts', times: 1 }]);
		expect((await client.own('GET', '')).status).toBe(503);
		expect((await client.own('GET', '')).status).toBe(200);
		client.sandbox.faults([{ kind: 'rate-limit', method: 'POST' }]);
		expect((await client.own('POST', '', { data: {} })).status).toBe(429);
		expect((await client.own('GET', '')).status).toBe(200);
		client.sandbox.faults([{ kind: 'drop', path: '/\\/devices$/' }]);
		await expect(client.own('GET', '/devices')).rejects.toThrow();
	});

	test('the log masks tokens', async () => {
		client.sandbox.clearRequests();
		await client.own('GET', `?auth_token=${client.token}`);
		const [entry] = client.sandbox.requests();
		expect(entry).toMatchObject({ method: 'GET', status: 200, query: { auth_token: '***' } });
		expect(JSON.stringify(entry)).not.toContain(client.token);
	});

	test('they can be reached over HTTP', async () => {
		const { url } = client.sandbox;
		const wrong = await fetch(`${url}/sandbox/faults`, {
			method: 'PUT',
			body: '[{"kind":"flood"}]',
			headers: { 'content-type': 'application/json' },
		});
		expect(wrong.status).toBe(400);
		const held = (await (await fetch(`${url}/sandbox`)).json()) as { accounts: { name: string }[] };
		expect(held.accounts.map((account) => account.name)).toContain('Cedar Law');
	});
});
