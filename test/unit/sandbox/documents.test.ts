import { Client } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start();
});

afterAll(() => client.sandbox.close());

const make = async (path: string, data: unknown): Promise<string> =>
	(await client.own('PUT', path, { data })).body.data.id as string;

describe('changing a document', () => {
	test('PATCH merges deeply, replaces lists and takes null away; POST replaces', async () => {
		const id = await make('/menus', { name: 'm', x: { a: 1, b: 2 }, list: [1, 2], note: 'n' });
		const patched = await client.own('PATCH', `/menus/${id}`, {
			data: { x: { a: null }, list: [9], note: null },
		});
		expect(patched.body.data).toMatchObject({ x: { b: 2 }, list: [9] });
		expect(patched.body.data.note).toBeUndefined();
		const posted = await client.own('POST', `/menus/${id}`, { data: { name: 'only' } });
		expect(posted.body.data.x).toBeUndefined();
		expect(posted.body.data.id).toBe(id);
	});

	test('PATCH of a fax box puts back to the default what it does not mention', async () => {
		const id = await make('/faxboxes', {
			name: 'f',
			fax_header: 'Ours',
			caller_id: '+14155550177',
			retries: 3,
			smtp_permission_list: ['a@example.com'],
		});
		const { body } = await client.own('PATCH', `/faxboxes/${id}`, { data: { name: 'g' } });
		expect(body.data).toMatchObject({
			name: 'g',
			fax_header: 'Kazoo Fax Printer',
			caller_id: '+14155550177',
			retries: 1,
			smtp_permission_list: [],
		});
	});

	test.each([
		[{ static: ['a'] }, []],
		['a', []],
		[null, []],
		[['a'], ['a']],
	])('outbound flags %j of a device are kept as %j', async (given, kept) => {
		const { body } = await client.own('PUT', '/devices', { data: { name: 'd', outbound_flags: given } });
		expect(body.data.outbound_flags).toEqual(kept);
	});

	test('what stands under any key of a map is checked, too', async () => {
		const { status, body } = await client.own('PUT', '/resources', {
			data: {
				name: 'r',
				gateways: [{ server: '203.0.113.10' }],
				classifiers: { did_us: { weight_cost: 101 } },
			},
		});
		expect(status).toBe(400);
		expect(body.data).toMatchObject({ 'classifiers.did_us.weight_cost': { maximum: { target: 100 } } });
	});

	test('private fields and ids in the data are ignored', async () => {
		const id = await make('/menus', { name: 'm' });
		const reply = await client.own('PATCH', `/menus/${id}`, {
			data: { pvt_type: 'hack', _id: 'x', id: 'y', name: 'n' },
		});
		expect(reply.body.data).toMatchObject({ id, name: 'n' });
		expect((await client.own('GET', `/menus/${id}`)).status).toBe(200);
	});

	test('a deleted document is gone, and says so once', async () => {
		const id = await make('/menus', { name: 'm' });
		const gone = await client.own('DELETE', `/menus/${id}`);
		expect(gone.body.data._read_only).toEqual({ deleted: true });
		expect((await client.own('DELETE', `/menus/${id}`)).body.data).toEqual({
			cause: id,
			message: 'bad identifier',
		});
	});

	test('the revision is the ETag, and If-None-Match gives 304', async () => {
		const id = await make('/menus', { name: 'm' });
		const first = await client.own('GET', `/menus/${id}`);
		expect(first.headers.get('etag')).toBe(`"${first.body.revision}"`);
		const again = await client.own('GET', `/menus/${id}`, {
			headers: { 'if-none-match': `"${first.body.revision}"` },
		});
		expect([again.status, again.text]).toEqual([304, '']);
	});

	test('an account keeps a change that was refused', async () => {
		const made = await client.own('PUT', '', { data: { name: 'Twin One' } });
		const id = made.body.data.id as string;
		const clash = await client.ask('PATCH', `/accounts/${id}`, { data: { name: 'Cedar Law' } });
		expect(clash.body.data.name.unique.message).toBe('Account name already in use');
		expect((await client.ask('GET', `/accounts/${id}`)).body.data.name).toBe('Cedar Law');
		await client.ask('DELETE', `/accounts/${id}`);
	});
});

describe('what must be unique', () => {
	test('user names, MAC addresses, SIP users, mailboxes, numbers of callflows', async () => {
		const user = { first_name: 'A', last_name: 'B', username: 'Unique.User', password: 'Passw0rd!' };
		await make('/users', user);
		const again = await client.own('PUT', '/users', { data: { ...user, username: 'unique.USER' } });
		expect(again.body.data.username.unique.cause).toBe('unique.user');
		await make('/devices', { name: 'd', mac_address: 'aa:bb:cc:00:11:22', sip: { username: 'sipper' } });
		const mac = await client.own('PUT', '/devices', {
			data: { name: 'e', mac_address: 'AA-BB-CC-00-11-22' },
		});
		expect(mac.body.data.mac_address.unique.cause).toBe('aabbcc001122');
		const sip = await client.own('PUT', '/devices', { data: { name: 'e', sip: { username: 'sipper' } } });
		expect(sip.body.data['sip.username'].unique.message).toBe('SIP credentials already in use');
		await make('/vmboxes', { name: 'v', mailbox: '9001' });
		const box = await client.own('PUT', '/vmboxes', { data: { name: 'v', mailbox: '9001' } });
		expect(box.body.data.mailbox.unique).toBeDefined();
		const flow = { module: 'hangup', data: {}, children: {} };
		await make('/callflows', { numbers: ['4155559001'], flow });
		const taken = await client.own('PUT', '/callflows', { data: { numbers: ['+14155559001'], flow } });
		expect(taken.body.data.numbers.unique.cause).toBe('+14155559001');
	});

	test('a callflow needs a number or a pattern, and modules that exist', async () => {
		const none = await client.own('PUT', '/callflows', { data: {} });
		expect(none.body.data.numbers.required).toBeDefined();
		const odd = await client.own('PUT', '/callflows', {
			data: { numbers: ['9002'], flow: { module: 'nope', data: {}, children: {} } },
		});
		expect(odd.body.data['flow.module'].error.value).toBe('nope');
	});
});

describe('lists', () => {
	test('pages follow each other without gaps or repeats', async () => {
		for (let i = 0; i < 7; i++) await make('/groups', { name: `g${i}`, endpoints: {} });
		const all = (await client.own('GET', '/groups?paginate=false')).body;
		expect(all.page_size).toBeUndefined();
		const seen: string[] = [];
		let key: string | undefined;
		do {
			const start = key === undefined ? '' : `&start_key=${key}`;
			const page = (await client.own('GET', `/groups?page_size=3${start}`)).body;
			expect(page.page_size).toBe(page.data.length);
			seen.push(...(page.data as { id: string }[]).map(({ id }) => id));
			key = page.next_start_key as string | undefined;
		} while (key !== undefined);
		expect(seen).toEqual((all.data as { id: string }[]).map(({ id }) => id));
	});

	test('page sizes that make no sense are 404', async () => {
		for (const [size, message] of [
			['0', 'page size must be at least 1'],
			['-5', 'page size must be at least 1'],
			['abc', 'invalid page size'],
		]) {
			const reply = await client.own('GET', `/users?page_size=${size}`);
			expect([reply.status, reply.body.message, reply.body.data.message]).toEqual([
				404,
				'faulty_request',
				message,
			]);
		}
	});

	test('filters look at the whole document and must all hold', async () => {
		await make('/devices', { name: 'f1', device_type: 'softphone', custom: { tag: 't1' } });
		await make('/devices', { name: 'f2', device_type: 'softphone', custom: { tag: 't2' } });
		const names = async (query: string) =>
			((await client.own('GET', `/devices?${query}`)).body.data as { name: string }[]).map(
				({ name }) => name,
			);
		expect(await names('filter_custom.tag=t1')).toEqual(['f1']);
		expect(await names('filter_custom.tag=t1&filter_name=f2')).toEqual([]);
		expect((await names('has_key=custom')).sort()).toEqual(['f1', 'f2']);
		expect(await names('filter_custom.tag=["t1","t3"]')).toEqual(['f1']);
		expect(await names('filter_not_device_type=softphone')).not.toContain('f1');
	});

	test('CSV has the union of the columns', async () => {
		const reply = await client.own('GET', '/users?accept=csv&page_size=2');
		expect(reply.headers.get('content-type')).toBe('text/csv');
		expect(reply.headers.get('content-disposition')).toMatch(
			/^attachment; filename="json_[0-9a-f]{22}\.csv"$/,
		);
		expect(reply.text.split('\n')[0]).toMatch(/^"ID","features",/);
	});

	test('CDRs are chunked, newest first, in ranges of at most 31 days and an hour', async () => {
		const reply = await client.own('GET', '/cdrs?page_size=5');
		expect(reply.body.page_size).toBe('5');
		expect(reply.body.tokens).toBeUndefined();
		const times = (reply.body.data as { timestamp: string }[]).map(({ timestamp }) => Number(timestamp));
		expect(times).toEqual([...times].sort((a, b) => b - a));
		const late = await client.own('GET', '/cdrs?created_from=1');
		expect(late.body.data.created_from.date_range.message).toMatch(/more than 2682000 seconds/);
	});
});
