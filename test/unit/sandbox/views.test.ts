import { Client } from './client';

/**
 * Resources that the recordings hardly touch, as the source of KAZOO 4 has them: what their lists show, and where they
 * are not like the others.
 */

let client: Client;

beforeAll(async () => {
	client = await Client.start();
});

afterAll(() => client.sandbox.close());

const UNKNOWN = '0'.repeat(32);

type Row = Record<string, unknown> & { id: string };

async function make(path: string, data: Record<string, unknown>): Promise<Row> {
	const made = await client.own('PUT', path, { data });
	expect(made.status).toBe(201);
	return made.body.data as Row;
}

async function rowOf(path: string, id: string): Promise<Row | undefined> {
	const { body } = await client.own('GET', `${path}?paginate=false`);
	return (body.data as Row[]).find((row) => row.id === id);
}

describe('conferences', () => {
	const path = '/conferences';

	test('a row shows who may come in, and how', async () => {
		const { id } = await make(path, {
			name: 'Weekly',
			conference_numbers: ['7100'],
			moderator: { pins: ['1'] },
		});
		const row = await rowOf(path, id);
		expect(Object.keys(row ?? {}).sort()).toEqual(
			['_read_only', 'conference_numbers', 'flags', 'id', 'member', 'moderator', 'name'].sort(),
		);
		expect(row?.moderator).toMatchObject({ pins: ['1'] });
	});

	test('an id that nothing has is a conference by itself, but cannot be changed', async () => {
		const read = await client.own('GET', `${path}/${UNKNOWN}`);
		expect([read.status, read.body.data.id, read.body.revision]).toEqual([200, UNKNOWN, undefined]);
		const patched = await client.own('PATCH', `${path}/${UNKNOWN}`, { data: { name: 'x' } });
		expect([patched.status, patched.body.message]).toEqual([404, 'bad_identifier']);
	});

	test('commands', async () => {
		const { id } = await make(path, { name: 'Commands' });
		const put = (data: object, rest = '') => client.own('PUT', `${path}/${id}${rest}`, { data });
		expect((await put({ action: 'lock' })).body.data).toBe('ok');
		expect((await put({})).body.message).toBe('faulty_request');
		expect((await put({ action: 'fly' }, '/participants')).status).toBe(404);
		expect((await put({ action: 'mute' }, '/participants')).body.data).toMatchObject({ name: 'Commands' });
		expect((await put({ action: 'kick' }, '/participants/3')).body.data).toBe('ok');
	});
});

describe('lists and their entries', () => {
	test('the path says which list a new entry is of; a row is what the view holds', async () => {
		const list = await make('/lists', { name: 'Friends', description: 'of the house' });
		expect(await rowOf('/lists', list.id)).toEqual({
			id: list.id,
			name: 'Friends',
			description: 'of the house',
		});
		const path = `/lists/${list.id}/entries`;
		const entry = await make(path, { number: '+14155550123', displayname: 'Ann' });
		expect(entry.list_id).toBe(list.id);
		const row = { id: entry.id, key: list.id, value: { number: '+14155550123' } };
		expect((await client.own('GET', path)).body.data).toEqual([row]);
		// A document that is replaced has to say of which list it is.
		const replaced = await client.own('POST', `${path}/${entry.id}`, { data: { number: '1' } });
		expect(replaced.body.data.list_id).toHaveProperty('required');
		const emptied = await client.own('DELETE', path);
		expect(emptied.body.data).toEqual([row]);
		expect((await client.own('GET', path)).body.data).toEqual([]);
		await make(path, { number: '+14155550124' });
		await client.own('DELETE', `/lists/${list.id}`);
		expect((await client.own('GET', path)).body.data).toEqual([]);
	});
});

describe('fax boxes', () => {
	test('a list shows them whole', async () => {
		const box = await make('/faxboxes', { name: 'Front', caller_name: 'Front Desk' });
		expect(await rowOf('/faxboxes', box.id)).toEqual(box);
	});

	test('an address for mails leads to one box', async () => {
		const address = 'fax@harbor.example';
		await make('/faxboxes', { name: 'Mailed', custom_smtp_email_address: address });
		const refused = await client.own('PUT', '/faxboxes', {
			data: { name: 'Again', custom_smtp_email_address: address },
		});
		expect(refused.body.data).toEqual({
			custom_smtp_email_address: { unique: { message: 'email address must be unique', cause: address } },
		});
	});

	test('what PATCH sends must be whole by itself; objects are replaced', async () => {
		const { id } = await make('/faxboxes', { name: 'Back', x: { a: 1, b: 2 } });
		const path = `/faxboxes/${id}`;
		const refused = await client.own('PATCH', path, { data: { retries: 3 } });
		expect([refused.status, Object.keys(refused.body.data as object)]).toEqual([400, ['name']]);
		const patched = await client.own('PATCH', path, { data: { name: 'Rear', x: { a: 5 } } });
		expect(patched.body.data).toMatchObject({ name: 'Rear', x: { a: 5 }, retries: 1 });
	});
});

test('blacklists: numbers are normalised', async () => {
	const made = await make('/blacklists', { name: 'Pests', numbers: { '4155550166': {}, '1001': {} } });
	expect(made.numbers).toEqual({ '+14155550166': {}, '1001': {} });
});

test('click-to-call: what the switch is asked to do', async () => {
	const made = await make('/clicktocall', { name: 'Call us', extension: '1001' });
	expect(await rowOf('/clicktocall', made.id)).toEqual({ id: made.id, name: 'Call us', extension: '1001' });
	const { body } = await client.own('GET', `/clicktocall/${made.id}/connect?contact=4155550177`);
	expect(body.data).toMatchObject({
		application_name: 'transfer',
		application_data: { route: '+14155550177' },
		endpoints: [{ invite_format: 'loopback', route: '1001' }],
		custom_channel_vars: { authorizing_id: made.id, authorizing_type: 'clicktocall' },
	});
});

test('functions: KAZOO 4 shows what POST would make of one and forgets it', async () => {
	const { id } = await make('/functions', { name: 'Route', function_js: 'return 1' });
	expect(await rowOf('/functions', id)).toEqual({
		id,
		name: 'Route',
		function_js: 'return 1',
		enabled: true,
	});
	const posted = await client.own('POST', `/functions/${id}`, { data: { name: 'Other', function_js: 'x' } });
	expect(posted.body.data).toMatchObject({ name: 'Other', id });
	expect((await client.own('GET', `/functions/${id}`)).body.data.name).toBe('Route');
	const patched = await client.own('PATCH', `/functions/${id}`, { data: { name: 'Third' } });
	expect(patched.body.data.name).toBe('Third');
});

test('comments of an account are in order of time', async () => {
	const comments = [
		{ content: 'b', timestamp: 5 },
		{ content: 'a', timestamp: 3 },
	];
	const made = await client.own('PUT', '/comments', { data: { comments } });
	expect(made.body.data).toEqual({ comments: [...comments].reverse() });
	const missing = await client.own('GET', '/comments/9');
	expect([missing.status, missing.body.data]).toEqual([404, { message: 'bad identifier' }]);
	expect((await client.own('DELETE', '/comments/0')).body.data).toEqual({ comments: [comments[0]] });
	expect((await client.own('DELETE', '/comments')).body.data).toEqual({ comments: [] });
});

test('apps_link says who asks and what for', async () => {
	const { body } = await client.own('GET', '/apps_link/authorize');
	expect(body.data).toMatchObject({
		auth_token: { account_id: client.account, method: 'cb_user_auth', apps: [] },
		account: { account_id: client.account, is_master: false },
	});
});

test('second factors are listed in short', async () => {
	const made = await make('/multi_factor', {
		name: 'Duo',
		enabled: true,
		provider_name: 'duo',
		settings: {},
	});
	const { body } = await client.own('GET', '/multi_factor');
	expect([body.page_size, body.data.configured]).toEqual([
		1,
		[{ id: made.id, enabled: true, name: 'Duo', provider_name: 'duo', provider_type: 'multi_factor' }],
	]);
});

test('what Erlang takes for no id at all', async () => {
	const reply = await client.own('PATCH', '/users/undefined', { data: { first_name: 'x' } });
	expect([reply.status, reply.body.message]).toEqual([503, 'datastore fatal error']);
	expect((await client.own('GET', '/menus/0')).status).toBe(503);
	expect((await client.own('GET', '/menus/00')).status).toBe(404);
});

test('modules that KAZOO does not start by itself', async () => {
	const paths = ['/access_lists', '/acdc_call_stats', '/cccps', '/braintree/customer'];
	const statuses = async (who: Client) => {
		const replies = await Promise.all(paths.map((path) => who.own('GET', path)));
		return replies.map(({ status }) => status);
	};
	expect(await statuses(client)).toEqual([200, 200, 200, 200]);
	const plain = await Client.start({ allModules: false });
	expect(await statuses(plain)).toEqual([404, 404, 404, 404]);
	await plain.sandbox.close();
});

test('a port request that waits to be handed in is an alert', async () => {
	const numbers = { '+14155550188': {} };
	const { id } = await make('/port_requests', { name: 'Move in', numbers });
	const { body } = await client.own('GET', '/alerts');
	const alert = (body.data as Row[]).find((row) => row.id === id);
	expect(alert).toMatchObject({
		category: 'port_suspended',
		clearable: false,
		metadata: { name: 'Move in', state: 'unconfirmed', transition: { transition: { new: 'unconfirmed' } } },
	});
	expect(body.page_size).toBe((body.data as Row[]).length);
});

test('the names that a white label needs', async () => {
	const { body } = await client.own('GET', '/whitelabel/domains?domain=brand.example');
	const kinds = body.data as Record<string, object>;
	expect(Object.keys(kinds)).toEqual(['A', 'CNAME', 'MX', 'NAPTR', 'SRV', 'TXT']);
	expect(Object.keys(kinds.A as object)).toEqual([
		'us-east.brand.example',
		'us-central.brand.example',
		'us-west.brand.example',
	]);
});

test('a setting that was looked for in vain is believed missing for the rest of the second', async () => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval'] });
	try {
		const path = '/configs/some_part';
		const ask = async (method: 'GET' | 'PUT', data?: object) =>
			(await client.own(method, path, data && { data })).body.data as object;
		expect(await ask('GET')).toEqual({ id: 'configs_some_part' });
		expect(await ask('PUT', { x: 1 })).toEqual({ id: 'configs_some_part' });
		expect(await ask('GET')).toEqual({ id: 'configs_some_part' });
		jest.setSystemTime(Date.now() + 1000);
		expect(await ask('GET')).toEqual({ id: 'configs_some_part', x: 1 });
	} finally {
		jest.useRealTimers();
	}
});
