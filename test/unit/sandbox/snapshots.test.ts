/** What is put back as it was, and names and numbers that fail. */
import { Client } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start({ cdrs: 0, callSpeed: 1000 });
});

afterAll(async () => {
	await client.sandbox.close();
});

async function control(method: string, path: string, body?: unknown) {
	const sends = method !== 'GET' && method !== 'DELETE';
	const response = await fetch(`${client.sandbox.url}/sandbox${path}`, {
		method,
		headers: sends ? { 'content-type': 'application/json' } : {},
		body: sends ? JSON.stringify(body ?? {}) : undefined,
	});
	return { status: response.status, body: (await response.json()) as never };
}

const names = async (): Promise<string[]> =>
	((await client.own('GET', '/devices?paginate=false')).body.data as Array<{ name: string }>)
		.map(({ name }) => name)
		.sort();

test('a snapshot puts documents and files back, what was made, changed and deleted since', async () => {
	const before = await names();
	const sound = (await client.own('PUT', '/media', { data: { name: 'Kept', media_source: 'upload' } })).body
		.data.id as string;
	const raw = `/media/${sound}/raw`;
	const audio = { headers: { 'content-type': 'audio/x-wav' } };
	await client.own('POST', raw, { raw: Buffer.from('RIFFxx'), ...audio });
	expect((await control('PUT', '/snapshots/one')).status).toBe(200);

	const device = (await client.own('GET', '/devices')).body.data[0] as { id: string };
	await client.own('DELETE', `/devices/${device.id}`);
	await client.own('PUT', '/devices', { data: { name: 'New' } });
	await client.own('POST', raw, { raw: Buffer.from('RIFFyy'), ...audio });
	expect(await names()).not.toEqual(before);

	expect(await control('GET', '/snapshots')).toEqual({
		status: 200,
		body: [{ name: 'one', taken: expect.any(String) as string, documents: expect.any(Number) as number }],
	});
	expect((await control('POST', '/snapshots/one')).status).toBe(200);
	expect(await names()).toEqual(before);
	expect((await client.own('GET', raw)).text).toBe('RIFFxx');
	// Again, and it goes on from there
	await client.own('PUT', '/devices', { data: { name: 'New' } });
	expect((await control('POST', '/snapshots/one')).status).toBe(200);
	expect(await names()).toEqual(before);

	expect((await control('DELETE', '/snapshots/one')).status).toBe(200);
	expect(await control('POST', '/snapshots/one')).toEqual({
		status: 404,
		body: { error: 'There is no snapshot one.' },
	});
});

test('reset goes back to the beginning and ends faults', async () => {
	await control('POST', '/reset');
	const before = (await control('GET', '')).body;
	const made = await client.ask('PUT', `/accounts/${client.account}`, {
		data: { name: 'New', realm: 'new.example' },
	});
	expect(made.status).toBe(201);
	await control('PUT', '/faults', [{ kind: 'status', status: 503 }]);
	expect((await client.own('GET', '/devices')).status).toBe(503);
	expect((await control('POST', '/reset')).status).toBe(200);
	expect((await control('GET', '')).body).toEqual(before);
	expect((await client.own('GET', '/devices')).status).toBe(200);
});

test.each([
	['fail 503', 503],
	['fail 404', 404],
	['fail 429', 429],
])('a write of “%s” answers %d and does nothing', async (name, status) => {
	const before = await names();
	expect((await client.own('PUT', '/devices', { data: { name } })).status).toBe(status);
	expect(await names()).toEqual(before);
});

test('“fail drop” breaks the connection; such words inside of a name are a name', async () => {
	await expect(client.own('PUT', '/devices', { data: { name: 'fail drop' } })).rejects.toThrow();
	expect((await client.own('PUT', '/devices', { data: { name: 'fail 503 phone' } })).status).toBe(201);
});

test.each([
	['+15005550001', 'USER_BUSY'],
	['+15005550002', 'NO_ANSWER'],
	['+15005550003', 'CALL_REJECTED'],
	['+15005550004', 'UNALLOCATED_NUMBER'],
	['+15005550005', 'NORMAL_TEMPORARY_FAILURE'],
])('a call to %s ends with %s', async (to, cause) => {
	const from = (await client.own('GET', '/devices?paginate=false')).body.data[0].id as string;
	const call = await client.sandbox.call({ from, to });
	expect(JSON.stringify(call)).toContain(cause);
});
