import { Client } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start({ fixes: true });
});

afterAll(() => client.sandbox.close());

const SOUND = Buffer.from(`RIFF${'\0'.repeat(96)}`, 'latin1');

describe('accounts', () => {
	test('hang together', async () => {
		const children = await client.own('GET', '/children');
		expect((children.body.data as { name: string }[]).map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Blue Door Dental', 'Cedar Law', 'Maple Logistics']),
		);
		const [blue] = client.sandbox.demo.customers;
		const tree = await client.ask('GET', `/accounts/${blue.id}/tree`);
		expect(tree.body.data).toEqual([{ id: client.account, name: 'Harbor Telecom' }]);
		const refused = await client.own('DELETE', '');
		expect([refused.status, refused.body.message]).toEqual([500, 'account_has_descendants']);
	});

	test('a new API key makes the old one useless', async () => {
		const before = (await client.own('GET', '/api_key')).body.data.api_key as string;
		const made = await client.own('PUT', '/api_key', { data: {} });
		expect(made.body.data.api_key).not.toBe(before);
		const old = await client.ask('PUT', '/api_auth', { data: { api_key: before }, token: null });
		expect(old.status).toBe(404);
	});
});

describe('files', () => {
	test('media: upload, download, a range, the wrong type', async () => {
		const made = await client.own('PUT', '/media', { data: { name: 'Hello', media_source: 'upload' } });
		const raw = `/media/${made.body.data.id}/raw`;
		expect((await client.own('GET', raw)).status).toBe(404);
		const headers = { 'content-type': 'audio/x-wav' };
		expect((await client.own('POST', raw, { raw: SOUND, headers })).status).toBe(200);
		const whole = await client.own('GET', raw);
		expect([whole.headers.get('content-type'), whole.text.length]).toEqual(['audio/x-wav', SOUND.length]);
		const part = await client.own('GET', raw, { headers: { range: 'bytes=0-3' } });
		expect([part.status, part.text, part.headers.get('content-range')]).toEqual([
			206,
			'RIFF',
			'bytes 0-3/100',
		]);
		expect((await client.own('GET', raw, { headers: { accept: 'audio/mpeg' } })).status).toBe(406);
		const png = await client.own('POST', raw, { raw: SOUND, headers: { 'content-type': 'image/png' } });
		expect(png.body.data.content_type.enum).toBeDefined();
	});

	test('voicemail: leave, hear, move, delete', async () => {
		const box = (await client.own('PUT', '/vmboxes', { data: { name: 'B', mailbox: '9100' } })).body.data.id;
		const headers = { 'content-type': 'multipart/mixed; boundary=x' };
		// The list counts what came before the present second.
		const minuteAgo = Math.floor(Date.now() / 1000) + 62_167_219_200 - 60;
		const raw = Buffer.concat([
			Buffer.from(
				`--x\r\nContent-Type: application/json\r\n\r\n{"data":{"timestamp":${minuteAgo}}}\r\n` +
					'--x\r\nContent-Type: audio/x-wav\r\n\r\n',
			),
			SOUND,
			Buffer.from('\r\n--x--\r\n'),
		]);
		const left = await client.own('PUT', `/vmboxes/${box}/messages`, { raw, headers });
		expect(left.status).toBe(201);
		const { media_id: id } = left.body.data as { media_id: string };
		const path = `/vmboxes/${box}/messages/${id}`;
		expect((await client.own('GET', `${path}/raw`)).text).toHaveLength(SOUND.length);
		expect((await client.own('GET', path)).body.data.folder).toBe('new');
		expect((await client.own('POST', path, { data: {} })).body.data.folder).toBe('saved');
		const [listed] = (await client.own('GET', '/vmboxes')).body.data.filter(
			(row: { id: string }) => row.id === box,
		);
		expect(listed.folders).toEqual({ saved: 1, new: 0 });
		const bulk = await client.own('POST', `/vmboxes/${box}/messages`, {
			data: { messages: [id, 'nope'], folder: 'new' },
		});
		expect(bulk.body.data).toEqual({ succeeded: [id], failed: { nope: 'not_found' } });
		expect((await client.own('DELETE', path)).status).toBe(200);
		expect((await client.own('GET', path)).status).toBe(404);
	});
});

describe('telephone numbers', () => {
	test('only who may add numbers does; states and clashes have their errors', async () => {
		const { master, customers } = client.sandbox.demo;
		const { store } = client.sandbox;
		const account = store.account(customers[0].id);
		if (account) store.save('accounts', { ...account, pvt_wnm_allow_additions: false });
		const own = `/accounts/${customers[0].id}/phone_numbers/%2B14155557001`;
		const customer = new Client(client.sandbox);
		await customer.logIn(customers[0].username, customers[0].password, {
			account_realm: customers[0].realm,
		});
		const refused = await customer.ask('PUT', own, { data: {} });
		expect([refused.status, refused.body.message]).toEqual([403, 'forbidden']);
		const admin = new Client(client.sandbox);
		await admin.logIn(master.username, master.password, { account_realm: master.realm });
		const path = `/accounts/${client.account}/phone_numbers/+14155557001`;
		const made = await admin.ask('PUT', path, { data: {} });
		expect(made.body.data).toMatchObject({ id: '+14155557001', state: 'in_service', features: ['local'] });
		expect((await admin.ask('PUT', path, { data: {} })).body.data).toMatchObject({
			code: 409,
			error: 'number_exists',
		});
		const flow = { module: 'hangup', data: {}, children: {} };
		await client.own('PUT', '/callflows', { data: { numbers: ['+14155557001'], flow } });
		const list = await client.own('GET', '/phone_numbers');
		expect(list.body.data.numbers['+14155557001'].used_by).toBe('callflow');
		expect((await client.own('DELETE', '/phone_numbers/+14155557001')).body.data.state).toBe('deleted');
		expect((await client.own('GET', '/phone_numbers/+14155557001')).status).toBe(404);
	});

	test('a number is bought from what is available, and given back', async () => {
		client.sandbox.store.createNumber('+14155557010', { state: 'available', carrier: 'knm_inventory' });
		const found = await client.own('GET', '/phone_numbers?prefix=4155557&quantity=5');
		expect(found.body.data).toContainEqual({ number: '+14155557010', state: 'available' });
		const bought = await client.own('PUT', '/phone_numbers/+14155557010/activate', {
			data: {},
			envelope: { accept_charges: true },
		});
		expect(bought.body.data.state).toBe('in_service');
		const back = await client.own('DELETE', '/phone_numbers/+14155557010');
		expect(back.body.data.state).toBe('available');
	});

	test('a collection answers for each number', async () => {
		const reply = await client.own('PUT', '/phone_numbers/collection/activate', {
			data: { numbers: ['+14155557099', '+14155557098'] },
		});
		expect(reply.body.data.error).toEqual({ '+14155557099': 'not_found', '+14155557098': 'not_found' });
	});
});

describe('charges', () => {
	test('what costs money needs consent', async () => {
		const { customers } = client.sandbox.demo;
		const cedar = new Client(client.sandbox);
		await cedar.logIn(customers[1].username, customers[1].password, { account_realm: customers[1].realm });
		const data = { name: 'paid', device_type: 'sip_device' };
		const asked = await cedar.own('PUT', '/devices', { data });
		expect([asked.status, asked.body.message]).toEqual([402, 'accept charges']);
		expect(asked.body.data[0].summary.recurring).toBeGreaterThan(0);
		const invalid = await cedar.own('PUT', '/devices', { data: { device_type: 'sip_device' } });
		expect(invalid.status).toBe(400);
		const agreed = await cedar.own('PUT', '/devices', { data, envelope: { accept_charges: true } });
		expect(agreed.status).toBe(201);
	});
});

describe('ports', () => {
	test('go from state to state, by whom may', async () => {
		const [blue] = client.sandbox.demo.customers;
		const customer = new Client(client.sandbox);
		await customer.logIn(blue.username, blue.password, { account_realm: blue.realm });
		const made = await customer.own('PUT', '/port_requests', {
			data: { name: 'Ours', numbers: { '+14155557200': {} } },
		});
		expect(made.body.data.port_state).toBe('unconfirmed');
		const path = `/port_requests/${made.body.data.id}`;
		expect((await customer.own('PATCH', `${path}/submitted`, { data: {} })).body.data.port_state).toBe(
			'submitted',
		);
		const refused = await customer.own('PATCH', `${path}/pending`, { data: {} });
		expect(refused.body.data.port_state.enum.cause).toBe('pending');
		expect((await customer.own('DELETE', path)).status).toBe(405);
		const below = `/accounts/${blue.id}${path}`;
		await client.ask('PATCH', `${below}/pending?reason=sent`, { data: {} });
		expect((await client.ask('PATCH', `${below}/completed`, { data: {} })).body.data.port_state).toBe(
			'completed',
		);
		const number = await customer.own('GET', '/phone_numbers/+14155557200');
		expect(number.body.data.state).toBe('in_service');
		const entries = (await customer.own('GET', `${path}/timeline`)).body.data as object[];
		expect(entries).toHaveLength(4);
	});
});

describe('webhooks', () => {
	test('may not point here unless that is allowed; a catalogue lists them for everybody', async () => {
		const hook = { name: 'h', hook: 'channel_create', http_verb: 'post', uri: 'http://127.0.0.1:9/x' };
		const refused = await client.own('PUT', '/webhooks', { data: hook });
		expect(refused.body.data.uri.error.message).toBe('invalid client URL');
		const made = await client.own('PUT', '/webhooks', { data: { ...hook, uri: 'http://127.0.0.2:9/x' } });
		expect(made.status).toBe(201);
		const odd = await client.own('PUT', '/webhooks', { data: { ...hook, hook: 'nope' } });
		expect(odd.body.data.hook.enum.target).toContain('channel_destroy');
		const listed = await client.ask('GET', '/webhooks', { token: null });
		expect(listed.status).toBe(200);
	});
});
