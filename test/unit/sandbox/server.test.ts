import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { createSandbox, type Sandbox } from '../../../sandbox';
import { Client } from './client';

/** Another address of this machine, if it has one. */
const ELSEWHERE = Object.values(networkInterfaces())
	.flat()
	.find((address) => address && !address.internal && address.family === 'IPv4')?.address;

const reach = (sandbox: Sandbox, host: string): Promise<number | undefined> =>
	new Promise((resolve) => {
		const outgoing = request({ host, port: sandbox.port, path: '/' }, (response) => {
			response.resume();
			resolve(response.statusCode);
		});
		outgoing.on('error', () => resolve(undefined));
		outgoing.end();
	});

async function told(host: string | undefined): Promise<{ sandbox: Sandbox; text: string }> {
	const errors = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
	const sandbox = await createSandbox({ seed: false, host });
	const text = errors.mock.calls.map(([line]) => String(line)).join('');
	errors.mockRestore();
	return { sandbox, text };
}

describe('where it listens', () => {
	test('on this machine only, unless told otherwise', async () => {
		const { sandbox, text } = await told(undefined);
		expect(text).toBe('');
		expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
		expect(await reach(sandbox, '127.0.0.1')).toBe(200);
		if (ELSEWHERE !== undefined) expect(await reach(sandbox, ELSEWHERE)).toBeUndefined();
		await sandbox.close();
	});

	test('told to listen everywhere, it says that others can reach it', async () => {
		const { sandbox, text } = await told('0.0.0.0');
		expect(text).toMatch(/0\.0\.0\.0.*others on the network can reach it/);
		if (ELSEWHERE !== undefined) expect(await reach(sandbox, ELSEWHERE)).toBe(200);
		await sandbox.close();
	});
});

describe('bodies', () => {
	let client: Client;
	beforeAll(async () => {
		client = await Client.start({ cdrs: 0 });
	});
	afterAll(() => client.sandbox.close());

	const put = (length: number) =>
		client.own('PUT', '/devices', {
			raw: JSON.stringify({ data: { name: 'd', note: 'x'.repeat(length) } }),
			headers: { 'content-type': 'application/json' },
		});

	test('over the limit: 400 and the limit', async () => {
		const reply = await put(8_000_000);
		expect([reply.status, reply.body.data.file.maxSize.target]).toEqual([400, 8_000_000]);
	});

	test('under the limit: taken', async () => {
		expect((await put(7_900_000)).status).toBe(201);
	});

	test('far over it: 413, and nothing is read into memory', async () => {
		const headers = { 'content-type': 'application/json', 'x-auth-token': client.token };
		const reply = await fetch(`${client.sandbox.url}/v2/accounts/${client.account}/devices`, {
			method: 'PUT',
			headers,
			body: Buffer.alloc(65 * 1024 * 1024, 0x20),
		}).catch((error: Error) => error);
		// The connection may break while the rest is still on its way.
		if (!(reply instanceof Error)) expect(reply.status).toBe(413);
		expect((await client.own('GET', '/devices?page_size=1')).status).toBe(200);
	});

	test('names that no header can hold are written as in addresses', async () => {
		const reply = await client.own('PUT', '/configs/%00', { data: { a: 1 } });
		expect([reply.status, reply.headers.get('location')]).toEqual([201, expect.stringMatching(/%00$/)]);
	});
});

describe('parallel requests for one document', () => {
	test('one change wins, the others are conflicts', async () => {
		const client = await Client.start({ cdrs: 0, writeDelay: 50 });
		const { id } = (await client.own('PUT', '/devices', { data: { name: 'd' } })).body.data as { id: string };
		const replies = await Promise.all(
			[1, 2, 3, 4].map((n) => client.own('PATCH', `/devices/${id}`, { data: { [`k${n}`]: n } })),
		);
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
		const refused = replies.find(({ status }) => status === 409);
		expect(refused?.body).toMatchObject({ message: 'datastore_conflict', error: '409' });
		await client.sandbox.close();
	});

	test('uniqueness is looked at before, so that all may be made', async () => {
		const client = await Client.start({ cdrs: 0, writeDelay: 50 });
		const user = { first_name: 'R', last_name: 'R', username: 'race@harbor.example', password: 'Passw0rd!' };
		const replies = await Promise.all([1, 2, 3].map(() => client.own('PUT', '/users', { data: user })));
		expect(replies.map(({ status }) => status)).toEqual([201, 201, 201]);
		expect((await client.own('PUT', '/users', { data: user })).status).toBe(400);
		await client.sandbox.close();
	});
});
