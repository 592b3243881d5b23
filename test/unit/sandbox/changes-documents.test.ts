import { Client } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start();
});

afterAll(() => client.sandbox.close());

describe('ids of new documents', () => {
	const kinds: [kind: string, fields: Record<string, unknown>][] = [
		['menus', { name: 'm' }],
		['devices', { name: 'd' }],
		['media', { name: 's' }],
		['temporal_rules', { name: 't', cycle: 'daily' }],
		['groups', { name: 'g', endpoints: {} }],
		['lists', { name: 'l' }],
	];

	test.each(kinds)('%s: a client may choose, once and for ever', async (kind, fields) => {
		const data = { ...fields, id: `chosen-${kind}` };
		expect((await client.own('PUT', `/${kind}`, { data })).body.data.id).toBe(data.id);
		const again = await client.own('PUT', `/${kind}`, { data });
		expect([again.status, again.body.message]).toEqual([409, 'datastore_conflict']);
		expect((await client.own('DELETE', `/${kind}/${data.id}`)).status).toBe(200);
		expect((await client.own('PUT', `/${kind}`, { data })).status).toBe(409);
	});

	test('users and fax boxes have ids of their own', async () => {
		const user = await client.own('PUT', '/users', { data: { first_name: 'a', last_name: 'b', id: 'mine' } });
		const box = await client.own('PUT', '/faxboxes', { data: { name: 'f', id: 'mine' } });
		for (const { body } of [user, box]) expect(body.data.id).toMatch(/^[0-9a-f]{32}$/);
	});
});

describe('If-Match', () => {
	const match = (revision: unknown) => ({ headers: { 'if-match': `"${String(revision)}"` } });

	test('menus: the current revision passes, an old one does not, nothing is written then', async () => {
		const { body } = await client.own('PUT', '/menus', { data: { name: 'm' } });
		const path = `/menus/${String(body.data.id)}`;
		expect((await client.own('POST', path, { data: { name: 'n' }, ...match(body.revision) })).status).toBe(
			200,
		);
		expect((await client.own('PATCH', path, { data: { name: 'o' }, ...match(body.revision) })).status).toBe(
			412,
		);
		const read = await client.own('GET', path);
		expect(read.body.data.name).toBe('n');
		expect((await client.own('DELETE', path, match(body.revision))).status).toBe(412);
		expect((await client.own('DELETE', path, match(read.body.revision))).status).toBe(200);
	});

	test('users: POST knows no revision, PATCH and DELETE do', async () => {
		const data = { first_name: 'a', last_name: 'b' };
		const { body } = await client.own('PUT', '/users', { data });
		const path = `/users/${String(body.data.id)}`;
		expect((await client.own('POST', path, { data, ...match(body.revision) })).status).toBe(412);
		expect((await client.own('POST', path, { data, headers: { 'if-match': '*' } })).status).toBe(200);
		const { revision } = (await client.own('GET', path)).body;
		expect((await client.own('PATCH', path, { data, ...match(revision) })).status).toBe(200);
	});

	test('fax boxes: the revision that a change tells is not the stored one', async () => {
		const { body } = await client.own('PUT', '/faxboxes', { data: { name: 'f' } });
		const path = `/faxboxes/${String(body.data.id)}`;
		expect((await client.own('POST', path, { data: { name: 'g' }, ...match(body.revision) })).status).toBe(
			412,
		);
		const { revision } = (await client.own('GET', path)).body;
		expect((await client.own('POST', path, { data: { name: 'g' }, ...match(revision) })).status).toBe(200);
	});

	test('lists cannot be deleted with a revision', async () => {
		const { body } = await client.own('PUT', '/lists', { data: { name: 'l' } });
		const path = `/lists/${String(body.data.id)}`;
		expect((await client.own('DELETE', path, match(body.revision))).status).toBe(412);
	});

	test('a revision without quotes is refused', async () => {
		const { body } = await client.own('PUT', '/menus', { data: { name: 'm' } });
		const headers = { 'if-match': body.revision as string };
		const reply = await client.own('PATCH', `/menus/${String(body.data.id)}`, {
			data: { name: 'n' },
			headers,
		});
		expect([reply.status, reply.text]).toEqual([400, '']);
	});
});

describe('PATCH and schemas', () => {
	test('an empty object empties what is there', async () => {
		const { body } = await client.own('PUT', '/menus', { data: { name: 'm', x: { a: 1 } } });
		const path = `/menus/${String(body.data.id)}`;
		expect((await client.own('PATCH', path, { data: { x: {} } })).body.data.x).toEqual({});
		expect((await client.own('PATCH', path, { data: {} })).body.data.name).toBe('m');
	});

	test('a number with a fraction is rounded where an integer is asked', async () => {
		const seconds = async (expire_seconds: unknown) =>
			(await client.own('PUT', '/devices', { data: { name: 'd', sip: { expire_seconds } } })).body.data.sip
				.expire_seconds as number;
		expect([await seconds(1.5), await seconds('2.5'), await seconds(2.4)]).toEqual([2, 3, 2]);
	});

	test('of what is wrong with one field only one thing is told', async () => {
		const { body } = await client.own('PUT', '/temporal_rules', { data: { name: 't', cycle: null } });
		expect(Object.keys(body.data.cycle as object)).toEqual(['type']);
	});

	test('headers in two directions are refused when something else was wrong before', async () => {
		const sip = { custom_sip_headers: { in: { 'X-In': '1' } } };
		expect((await client.own('PUT', '/devices', { data: { name: 'd', sip } })).status).toBe(201);
		const { body } = await client.own('PUT', '/devices', { data: { name: 'd', enabled: 1, sip } });
		expect(Object.keys(body.data as object)).toEqual(['enabled', 'sip.custom_sip_headers']);
	});

	test('a phone that is known by its address needs one, and a MAC address is cleansed as far as it is one', async () => {
		const create = (data: object) => client.own('PUT', '/devices', { data: { name: 'd', ...data } });
		const { body } = await create({ sip: { method: 'ip' } });
		expect(body.data['sip.ip'].type.message).toBe('Must be a valid IPv4 RFC 791');
		expect((await create({ mac_address: '00:15:65:Ab-C1' })).body.data.mac_address).toBe('001565abc1');
		expect((await create({ mac_address: 'zz:zz' })).body.data.mac_address).toBe('zz:zz');
		expect((await create({ mac_address: 5 })).status).toBe(500);
	});
});

describe('below a user', () => {
	test('the resources of the account are found, unless there is no such user', async () => {
		const { body } = await client.own('PUT', '/users', { data: { first_name: 'a', last_name: 'b' } });
		await client.own('PUT', '/menus', { data: { name: 'Anywhere' } });
		const menus = await client.own('GET', `/users/${String(body.data.id)}/menus`);
		expect((menus.body.data as { name: string }[]).map(({ name }) => name)).toContain('Anywhere');
		expect((await client.own('GET', `/users/${'0'.repeat(31)}1/menus`)).status).toBe(404);
		expect((await client.own('GET', `/users/${String(body.data.id)}/children`)).status).toBe(404);
	});

	test('messages outlive their box', async () => {
		const reply = await client.own('GET', `/vmboxes/${'0'.repeat(31)}1/messages`);
		expect([reply.status, reply.body.data]).toEqual([200, []]);
	});
});
