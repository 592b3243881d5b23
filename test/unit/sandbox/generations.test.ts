import { Client } from './client';

const UNKNOWN = '0'.repeat(32);

describe.each([4, 5] as const)('KAZOO %i', (profile) => {
	let client: Client;

	beforeAll(async () => {
		client = await Client.start({ profile });
	});

	afterAll(() => client.sandbox.close());

	test('read-only facts', async () => {
		const made = await client.own('PUT', '/menus', { data: { name: 'm' } });
		expect('metadata' in made.body).toBe(profile === 5);
		const gone = await client.own('DELETE', `/menus/${made.body.data.id}`);
		expect(gone.body.metadata?.deleted).toBe(profile === 5 ? true : undefined);
		expect(gone.body.data._read_only?.deleted).toBe(profile === 4 ? true : undefined);
	});

	test('an unknown account', async () => {
		expect((await client.ask('GET', `/accounts/${UNKNOWN}`)).status).toBe(profile === 4 ? 404 : 401);
	});

	test('an action that was accepted', async () => {
		const device = (await client.own('PUT', '/devices', { data: { name: 'd' } })).body.data.id as string;
		const reply = await client.own('POST', `/devices/${device}/sync`, { data: {} });
		expect([reply.status, reply.body.data]).toEqual([profile === 4 ? 200 : 202, 'sync request sent']);
	});

	test('modules that only one has', async () => {
		expect((await client.own('GET', '/queues')).status).toBe(profile === 4 ? 200 : 404);
		expect((await client.own('GET', '/screenpops')).status).toBe(profile === 4 ? 404 : 200);
	});

	test('fields of a list', async () => {
		const row = (await client.own('GET', '/devices?page_size=1&fields=["name"]')).body.data[0] as object;
		expect(Object.keys(row).sort()).toEqual(
			profile === 5 ? ['id', 'name'] : expect.arrayContaining(['device_type', 'flags']),
		);
	});
});
