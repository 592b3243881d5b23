/** Calls by a click: whose phone rings, what is answered, and what when nobody can be rung. */
import { Client } from './client';
import { type Office, openOffice, step } from './calls-setup';

let office: Office;
let client: Client;

beforeEach(async () => {
	office = await openOffice();
	client = new Client(office.sandbox);
	const { store } = office.sandbox;
	store.createUser(office.account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
	await client.logIn('boss', 'secret', { account_realm: 'office.example' });
	office.route(['2002'], step('user', { id: office.ids.bob }));
});
afterEach(() => office.sandbox.close());

const quick = (who: string, method = 'POST', number = '2002', query = '') =>
	client.own(method, `/${who}/quickcall/${encodeURIComponent(number)}${query}`);
const user = (name: string) => `users/${office.ids[name]}`;
const device = (name: string) => `devices/${office.ids[`${name}'s phone`]}`;

/** Changes a phone behind the API's back. */
function change(name: string, fields: object): void {
	const { store } = office.sandbox;
	const doc = store.database(office.account).get(String(office.ids[`${name}'s phone`]));
	if (doc) store.database(office.account).restore({ ...doc, ...fields });
}

const calls = async () =>
	(await (await fetch(`${office.sandbox.url}/sandbox/calls`)).json()) as { to: string; from: string }[];

it.each(['user', 'device'])('POST waits until the phone of a %s was picked up', async (kind) => {
	const reply = await quick(kind === 'user' ? user('alice') : device('alice'));
	expect(reply.status).toBe(200);
	expect(reply.body.data).toMatchObject({
		application_name: 'transfer',
		application_data: { route: '2002' },
		call_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		custom_channel_vars: { authorizing_type: kind, account_id: office.account },
		endpoints: [{ to_username: 'user_alice', outbound_call_id: expect.stringMatching(/-quickcall$/) }],
		outbound_caller_id_name: 'Device QuickCall',
		outbound_caller_id_number: '2002',
		timeout: 30,
	});
	const answered = office
		.published()
		.filter(({ payload }) => payload['Event-Name'] === 'CHANNEL_ANSWER')
		.map(({ payload }) => payload['Call-ID']);
	expect(answered[0]).toBe(reply.body.data.call_id);
});

it('GET says only that it was asked for', async () => {
	const { status, body } = await quick(user('alice'), 'GET');
	expect([status, 'call_id' in (body.data as object)]).toEqual([200, false]);
	expect(await calls()).toHaveLength(1);
});

describe('without a registered phone', () => {
	beforeEach(() => change('alice', { pvt_registered: false }));

	it('POST has failed', async () => {
		const { status, body } = await quick(user('alice'));
		expect([status, body.message, body.data]).toEqual([
			500,
			'quickcall initiation failed',
			{ error_message: 'USER_NOT_REGISTERED' },
		]);
		expect(await calls()).toEqual([]);
	});

	it('GET is answered all the same, and nothing rings', async () => {
		expect((await quick(user('alice'), 'GET')).status).toBe(200);
		expect(await calls()).toEqual([]);
	});
});

it.each([
	['switched off', { enabled: false }],
	['not to be disturbed', { do_not_disturb: { enabled: true } }],
])('a phone that is %s is none', async (_what, fields) => {
	change('alice', fields);
	for (const method of ['GET', 'POST']) {
		const { status, body } = await quick(device('alice'), method);
		expect([status, body.message]).toEqual([500, 'unspecified_fault']);
	}
});

it('a user without phones has none', async () => {
	const { _id: id } = office.sandbox.store.createUser(office.account, { username: 'new' });
	expect((await quick(`users/${id}`)).body.message).toBe('unspecified_fault');
	expect((await quick(`users/${'0'.repeat(32)}`)).status).toBe(404);
	expect((await quick(`menus/${'0'.repeat(32)}`)).status).toBe(404);
});

it('rings a phone that passes its calls on where it passes them to', async () => {
	change('alice', { pvt_registered: false, call_forward: { enabled: true, number: '+14155550142' } });
	const { status } = await quick(device('alice'));
	expect(status).toBe(200);
	const [first] = office.published().filter(({ payload }) => payload['Event-Name'] === 'CHANNEL_CREATE');
	expect(first?.payload).toMatchObject({
		'Caller-Destination-Number': '+14155550142',
		'Call-Direction': 'outbound',
	});
});

it('takes the decoration out of numbers, unless told otherwise', async () => {
	const dialled = async (number: string, filter: string) => {
		await quick(
			user('alice'),
			'GET',
			number,
			filter === '' ? '' : `?number_filter=${encodeURIComponent(filter)}`,
		);
		return (await calls())[0]?.to;
	};
	expect([
		await dialled('+1 (415) 555-0142', ''),
		await dialled('2-0-0-2', 'false'),
		await dialled('ext2002', 'ext(.*)'),
	]).toEqual(['+14155550142', '2-0-0-2', '2002']);
});

it('needs no log-in, unless the system or the phone says so', async () => {
	const path = `/accounts/${office.account}/${device('alice')}/quickcall/2002`;
	const ask = async () => (await client.ask('GET', path, { token: null })).status;
	expect(await ask()).toBe(200);
	office.sandbox.store.create(
		'system_config',
		'config',
		{ default: { default_allow_anonymous_quickcalls: false } },
		{ id: 'crossbar' },
	);
	expect(await ask()).toBe(401);
	change('alice', { allow_anonymous_quickcalls: true });
	expect(await ask()).toBe(200);
});
