import { createSandbox, type SandboxOptions } from '../../../sandbox';
import { Client } from './client';
import { Socket, type Frame } from './socket';

let client: Client;
let socket: Socket;

async function start(options: SandboxOptions = {}): Promise<void> {
	client = await Client.start({ cdrs: 0, ...options });
	socket = await Socket.open(client.sandbox.websocketUrl);
}

afterEach(async () => {
	socket.close();
	await client.sandbox.close();
});

function subscribe(binding: string, more: Frame = {}): Promise<Frame> {
	return socket.ask({
		action: 'subscribe',
		auth_token: client.token,
		data: { account_id: client.account, binding },
		...more,
	});
}

function publish(name: string, account = client.account, callId = 'a.b@host'): void {
	client.sandbox.bus.publish('kapi_call:publish_event', {
		'App-Name': 'ecallmgr',
		'Event-Category': 'call_event',
		'Event-Name': name,
		'Call-ID': callId,
		Node: 'secret@host',
		'Custom-Channel-Vars': { 'Account-ID': account, 'Owner-ID': 'o' },
	});
}

const errorsOf = ({ data }: Frame): string[] => data.errors as string[];

describe('a connection', () => {
	it("is let in at the API's port at any path, and at one of its own", async () => {
		await start({ websocketPort: 0 });
		expect(client.sandbox.websocketUrl).not.toBe(client.sandbox.url.replace('http', 'ws'));
		const other = await Socket.open(`${client.sandbox.url.replace('http', 'ws')}/any/path`);
		expect(await other.ask({ action: 'ping', auth_token: client.token, request_id: 'r' })).toEqual({
			action: 'reply',
			request_id: 'r',
			status: 'success',
			data: {},
		});
		other.close();
	});

	it('may not ask for a sub-protocol', async () => {
		await start();
		await expect(Socket.open(client.sandbox.websocketUrl, {}, ['graphql'])).rejects.toThrow('400');
	});

	it('needs one good token, and no other afterwards', async () => {
		await start();
		expect(errorsOf(await socket.ask({ action: 'ping' }))).toEqual(['authentication token required']);
		expect(errorsOf(await socket.ask({ action: 'ping', auth_token: 'nope' }))).toEqual([
			'invalid authentication token format',
		]);
		expect(errorsOf(await socket.ask({ action: 'ping', auth_token: 'a.b.c' }))).toEqual([
			'failed to authenticate token a.b.c',
		]);
		expect((await subscribe('call.*.*')).status).toBe('success');
		client.sandbox.faults([{ kind: 'expire-tokens' }]);
		expect((await subscribe('fax.status.*', { auth_token: 'a.b.c' })).status).toBe('success');
	});

	it('keeps nothing of a message that was refused', async () => {
		await start();
		expect((await subscribe('call.NOPE.*')).status).toBe('error');
		expect(errorsOf(await socket.ask({ action: 'ping' }))).toEqual(['authentication token required']);
	});

	it('ends with 1011 when a frame is no JSON', async () => {
		await start();
		socket.send('{nope');
		await socket.end();
		expect(socket.closed).toBe(1011);
	});

	it('is told when it says too much, and stays', async () => {
		await start();
		for (let index = 0; index < 300; index++) socket.send({ action: 'ping', auth_token: client.token });
		while (socket.frames.length < 300) await socket.events();
		const refused = socket.frames.filter(({ status }) => status === 'error');
		expect(refused.length).toBeGreaterThan(0);
		expect(errorsOf(refused[0] as Frame)[0]).toMatch(/^rate limiting threshold hit for .+!$/);
		expect(socket.closed).toBeUndefined();
	});

	it('is listed while it lives', async () => {
		await start();
		await subscribe('call.CHANNEL_CREATE.*', { name: 'wall', metadata: { floor: 2 } });
		const list = await client.own('GET', '/websockets');
		expect(list.body.data).toEqual([
			{
				bindings: ['call.CHANNEL_CREATE.*'],
				websocket_session_id: expect.stringMatching(/:\d+$/) as string,
				timestamp: expect.any(Number) as number,
				name: 'wall',
				metadata: { floor: 2 },
				destination: '127.0.0.1',
				source: '127.0.0.1',
			},
		]);
		const id = list.body.data[0].websocket_session_id as string;
		expect((await client.own('GET', `/websockets/${id}`)).body.data.name).toBe('wall');
		expect((await client.own('GET', '/websockets/1.2.3.4:5')).status).toBe(404);
	});

	it('can be dropped and refused by the fault switch', async () => {
		await start();
		client.sandbox.faults([{ kind: 'drop-websockets' }, { kind: 'refuse-websockets', seconds: 60 }]);
		await socket.end();
		expect(socket.closed).toBe(1006);
		await expect(Socket.open(client.sandbox.websocketUrl)).rejects.toThrow('503');
		client.sandbox.faults([]);
		socket = await Socket.open(client.sandbox.websocketUrl);
	});
});

describe('subscriptions of KAZOO 4', () => {
	it('list a binding once for each of the bus, and not twice when asked for again', async () => {
		await start();
		const all = Array.from({ length: 9 }, () => 'call.*.*');
		expect((await subscribe('call.*.*')).data).toEqual({ subscribed: all });
		expect((await subscribe('call.*.*')).data).toEqual({ subscribed: all });
		expect((await subscribe('object.*.*')).data.subscribed).toHaveLength(11);
		expect((await subscribe('presence.dialog.*')).data.subscribed).toContain('dialog.*');
	});

	it('end, and the next answer without data of its own repeats the last', async () => {
		await start();
		await subscribe('fax.status.*');
		const data = { account_id: client.account, binding: 'fax.status.*' };
		const ended = await socket.ask({ action: 'unsubscribe', data });
		expect(ended.data).toEqual({ unsubscribed: ['fax.status.*'], subscribed: [] });
		expect((await socket.ask({ action: 'ping' })).data).toEqual(ended.data);
		expect((await socket.ask({ action: 'dance' })).data).toEqual(ended.data);
	});

	it.each([
		['call.CHANNEL_NOPE.*', 'event CHANNEL_NOPE not supported'],
		['call.*', 'invalid format for call subscription : *'],
		['object.doc_created.nope', 'event doc_created.nope not supported'],
		['conference.event.*.*', 'ConferenceId required'],
		['presence.nope.*', 'event nope not supported'],
		['nope.nope', 'no available subscriptions to requested binding'],
	])('to %s are refused', async (binding, message) => {
		await start();
		expect(errorsOf(await subscribe(binding))).toEqual([message]);
	});

	it('need an account and one binding', async () => {
		await start();
		expect(errorsOf(await socket.ask({ action: 'subscribe', auth_token: client.token }))).toEqual([
			'missing required keys in data object',
		]);
		const data = { account_id: client.account, bindings: ['call.*.*'] };
		expect(errorsOf(await socket.ask({ action: 'subscribe', auth_token: client.token, data }))).toEqual([
			'missing required keys : binding',
		]);
	});

	it("are for one's own account and those below", async () => {
		await start();
		const { store } = client.sandbox;
		const below = store.descendants(client.account)[0]?._id as string;
		const above = store.master()?._id as string;
		const ask = (account: string) =>
			subscribe('call.*.*', { data: { account_id: account, binding: 'call.*.*' } });
		expect((await ask(below)).status).toBe('success');
		expect(errorsOf(await ask(above))).toEqual(['unauthorized account id']);
		expect(errorsOf(await ask('*'))).toEqual(['unauthorized wildcard account id']);
		publish('CHANNEL_CREATE', below);
		publish('CHANNEL_CREATE');
		expect((await socket.events()).map(({ data }) => data.custom_channel_vars.account_id as string)).toEqual([
			below,
		]);
	});
});

describe('events', () => {
	it("come once for each binding that takes them, in snake case and without the bus's own headers", async () => {
		await start();
		await subscribe('call.*.*');
		await subscribe('call.CHANNEL_CREATE.a.b@host');
		await subscribe('call.CHANNEL_CREATE.*');
		publish('CHANNEL_CREATE');
		publish('CHANNEL_TRANSFEROR');
		const [first, ...others] = await socket.events();
		expect(others).toHaveLength(0);
		expect(first).toEqual({
			action: 'event',
			subscribed_key: 'call.*.*',
			subscription_key: `call.${client.account}.CHANNEL_CREATE.*`,
			name: 'CHANNEL_CREATE',
			routing_key: `call.${client.account}.CHANNEL_CREATE.a%2Eb%40host`,
			data: {
				custom_channel_vars: { account_id: client.account, owner_id: 'o' },
				call_id: 'a.b@host',
				event_name: 'CHANNEL_CREATE',
				event_category: 'call_event',
				app_name: 'ecallmgr',
			},
		});
	});

	it('tell of documents of the account and of the month', async () => {
		await start();
		await subscribe('object.*.*');
		const made = await client.own('PUT', '/devices', { data: { name: 'told of' } });
		const [event] = await socket.events();
		const { account } = client;
		const database = `account%2F${account.slice(0, 2)}%2F${account.slice(2, 4)}%2F${account.slice(4)}`;
		expect(event).toMatchObject({
			subscription_key: `*.${database}.*.*`,
			routing_key: `doc_created.${database}.device.${made.body.data.id as string}`,
			data: { type: 'device', rev: made.body.revision as string, is_soft_deleted: false, database },
		});
	});

	it('stop at the end of the month in which monthly documents were bound', async () => {
		await start();
		const month = (store: typeof client.sandbox.store, at: number) =>
			store.createMonthly(client.account, 'mailbox_message', at, { metadata: {} });
		await subscribe('object.doc_created.mailbox_message');
		const now = Math.floor(Date.now() / 1000) + 62167219200;
		month(client.sandbox.store, now);
		month(client.sandbox.store, now + 40 * 86400);
		expect(await socket.events()).toHaveLength(1);
	});

	it('tell of conferences, faxes and presence', async () => {
		await start();
		const { bus, store } = client.sandbox;
		const realm = String(store.account(client.account)?.realm);
		for (const binding of ['conference.event.c1.*', 'fax.status.*', 'presence.mwi_updates.*']) {
			expect((await subscribe(binding)).status).toBe('success');
		}
		bus.publish('kapi_conference:publish_event', {
			'Event-Name': 'event',
			Event: 'add-member',
			'Account-ID': client.account,
			'Conference-ID': 'c1',
			'Call-ID': 'x@y',
		});
		bus.publish('kapi_fax:publish_status', {
			'Event-Name': 'status',
			'Account-ID': client.account,
			'Job-ID': 'j1',
		});
		bus.publish('kapi_presence:publish_mwi_update', {
			'Event-Name': 'mwi_update',
			To: `alice@${realm}`,
			'Messages-New': 2,
		});
		const events = await socket.events();
		expect(events.map(({ routing_key: key }) => key as string)).toEqual([
			`conference.event.add-member.${client.account}.c1.x%40y`,
			`fax.status.${client.account}.j1`,
			`mwi_updates.${realm.replaceAll('.', '%2E')}.alice`,
		]);
		expect(events[2]?.data).toMatchObject({ messages_waiting: 'yes', to_user: 'alice', to_realm: realm });
	});
});

describe('KAZOO 5', () => {
	it('takes lists, fills in the account and tells what is new', async () => {
		await start({ profile: 5 });
		const ask = (action: string, data: Frame) => socket.ask({ action, auth_token: client.token, data });
		const first = await ask('subscribe', { bindings: ['call.CHANNEL_CREATE.*', 'fax.status.*'] });
		expect(first.data).toEqual({
			subscribed: ['call.CHANNEL_CREATE.*', 'fax.status.*'],
			subscriptions: ['call.CHANNEL_CREATE.*', 'fax.status.*'],
		});
		const second = await ask('subscribe', { binding: 'conference.event.add-member.c1.*' });
		expect(second.data.subscribed).toEqual(['conference.event.add-member.c1.*']);
		expect((await ask('unsubscribe', { binding: 'fax.status.*' })).data).toEqual({
			unsubscribed: ['fax.status.*'],
			subscriptions: ['call.CHANNEL_CREATE.*', 'conference.event.add-member.c1.*'],
		});
		expect(errorsOf(await ask('subscribe', {}))).toEqual(['empty subscription']);
		expect((await ask('ping', {})).data).toEqual({ response: 'pong' });
	});

	it('takes a token with the handshake, and requests to the API', async () => {
		await start({ profile: 5 });
		const { websocketUrl } = client.sandbox;
		await expect(Socket.open(websocketUrl, { headers: { authorization: 'a.b.c' } })).rejects.toThrow('403');
		const known = await Socket.open(websocketUrl, { headers: { authorization: client.token } });
		const endpoint = `/v2/accounts/${client.account}`;
		const reply = await known.ask({ action: 'api', data: { verb: 'get', endpoint } });
		expect(reply.data).toMatchObject({ status: 'success', data: { id: client.account } });
		known.close();
	});
});

it('a port that is taken is an error of the start', async () => {
	await start({ websocketPort: 0 });
	const taken = Number(new URL(client.sandbox.websocketUrl).port);
	await expect(createSandbox({ quiet: true, seed: false, websocketPort: taken })).rejects.toThrow(
		'EADDRINUSE',
	);
});
