/** Simulated calls: what the caller hears, what rings, and what remains. */
import type { Doc } from '../../../sandbox/store/store';
import { Client } from './client';
import { obeyCommands, type Office, openOffice, step } from './calls-setup';

const outside = '+14155550142';

let office: Office;
beforeEach(async () => {
	office = await openOffice();
});
afterEach(() => office.sandbox.close());

const call = (request: object) => office.sandbox.call({ from: outside, to: office.number, ...request });

const post = async (path: string, body: object, method = 'POST') => {
	const response = await fetch(`${office.sandbox.url}/sandbox${path}`, {
		method,
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	return { status: response.status, body: (await response.json()) as Record<string, never> };
};

const heard = (report: { transcript: { leg: string; what: string }[] }) =>
	report.transcript.map(({ leg, what }) => `${leg} ${what}`);

const ringAlice = (next?: object) => step('user', { id: office.ids.alice }, next);
const aliceBox = () => step('voicemail', { id: office.ids["alice's box"] });

const docs = (type: string) => office.sandbox.store.database(office.account).list(type);

describe('a call', () => {
	it('begins neither at a number nor at a phone of a suspended account', async () => {
		office.route([office.number], ringAlice());
		office.route(['2002'], ringAlice());
		const enabled = (value: boolean) => {
			const accounts = office.sandbox.store.database('accounts');
			accounts.put({ ...(accounts.get(office.account, 'account') as Doc), pvt_enabled: value });
		};
		enabled(false);
		for (const from of [outside, 'user_alice']) {
			const refused = await post('/calls', { from, to: from === outside ? office.number : '2002' });
			expect(JSON.stringify(refused.body)).toContain('Office is suspended');
		}
		enabled(true);
		expect((await call({ steps: ['answer'] })).bridged).toBe(true);
	});

	it('tells in plain words what happened, and leaves a CDR for each leg with the times of the call', async () => {
		office.route([office.number], ringAlice());
		const report = await call({
			steps: [
				{ do: 'answer', after: 5 },
				{ do: 'hangUp', after: 60 },
			],
		});
		expect(report).toMatchObject({
			status: 'ended',
			bridged: true,
			duration_seconds: 65,
			hangup_cause: 'NORMAL_CLEARING',
			unused_steps: [],
		});
		expect(heard(report)).toEqual([
			`caller calls ${office.number}`,
			"Alice's phone rings",
			"Alice's phone is answered",
			'caller hangs up',
		]);
		const cdrs = docs('cdr');
		expect(cdrs.map(({ _id }) => _id)).toEqual(report.cdrs);
		expect(cdrs).toMatchObject([
			{
				call_direction: 'inbound',
				caller_id_number: outside,
				// As the outside world knows her
				callee_id_name: 'Office Inc',
				duration_seconds: 65,
				// Until it rang
				ringing_seconds: 0,
				billing_seconds: 60,
				hangup_cause: 'NORMAL_CLEARING',
				interaction_id: report.interaction_id,
			},
			{ call_direction: 'outbound', custom_channel_vars: { owner_id: office.ids.alice } },
		]);
		expect(cdrs[0]?.other_leg_call_id).toBe(cdrs[1]?.call_id);
		expect(Number(cdrs[0]?.timestamp)).toBeLessThanOrEqual(62167219200 + Date.now() / 1000);
	});

	it('takes as long as its speed says', async () => {
		office.route([office.number], ringAlice());
		const began = Date.now();
		await call({
			speed: 20,
			steps: [
				{ do: 'answer', after: 2 },
				{ do: 'hangUp', after: 4 },
			],
		});
		expect(Date.now() - began).toBeGreaterThanOrEqual(295);
		expect(Date.now() - began).toBeLessThan(2000);
	});

	it('leaves a message with sound in the box', async () => {
		office.route([office.number], ringAlice(aliceBox()));
		const report = await call({ steps: ['noAnswer', { do: 'leaveMessage', seconds: 7 }] });
		const [message] = docs('mailbox_message');
		expect(report.messages).toEqual([message?._id]);
		expect(message).toMatchObject({
			source_id: office.ids["alice's box"],
			metadata: { folder: 'new', length: 7000, caller_id_number: outside },
		});
		const [, file] =
			[...office.sandbox.store.database(office.account).attachments(message?._id as string)][0] ?? [];
		// 8000 samples of two bytes a second.
		expect(file?.data.length).toBe(44 + 7 * 16_000);
	});

	it('is recorded when somebody wants it', async () => {
		office.route([office.number], ringAlice());
		const report = await call({ steps: ['answer', { do: 'record', after: 2 }, { do: 'hangUp', after: 30 }] });
		const [recording] = docs('call_recording');
		expect(report.recordings).toEqual([recording?._id]);
		expect(recording).toMatchObject({ duration: 30, interaction_id: report.interaction_id });
		expect(office.sandbox.store.database(office.account).get(String(recording?.cdr_id), 'cdr')).toBeDefined();
	});

	it('rings no phone that is not registered, and goes on', async () => {
		const { status } = await post(`/devices/${office.ids["alice's phone"]}`, { registered: false }, 'PUT');
		expect(status).toBe(200);
		expect(office.published().map(({ api }) => api)).toEqual(['kapi_notifications:publish_deregister']);
		office.route([office.number], ringAlice(aliceBox()));
		const report = await call({});
		expect(heard(report)).toEqual(
			expect.arrayContaining([
				"Alice's phone does not ring: it is not registered",
				"caller hears the greeting of Alice Reception's voicemail",
			]),
		);
		expect(report.bridged).toBe(false);
	});

	it('follows a menu by the keys pressed, and asks again after a wrong one', async () => {
		const { _id: id } = office.sandbox.store.create(office.account, 'menu', { name: 'Main', retries: 3 });
		office.route([office.number], {
			module: 'menu',
			data: { id },
			children: { 1: step('user', { id: office.ids.bob }), _: aliceBox() },
		});
		const report = await call({
			steps: [{ do: 'digits', digits: '7' }, { do: 'digits', digits: '1' }, 'answer'],
		});
		expect(heard(report)).toEqual(
			expect.arrayContaining(['caller hears that 7 is no valid choice', "Bob's phone is answered"]),
		);
		const silent = await call({ steps: [] });
		expect(heard(silent)).toContain("caller hears the greeting of Alice Reception's voicemail");
	});

	it('takes the way that the time of day says', async () => {
		const rule = (name: string, enabled: boolean) =>
			office.sandbox.store.create(office.account, 'temporal_rule', { name, enabled, cycle: 'daily' })._id;
		const [closed, open] = [rule('Closed', false), rule('Open', true)];
		office.route([office.number], {
			module: 'temporal_route',
			data: { rules: [closed, open] },
			children: {
				[closed]: step('tts', { text: 'We are closed' }),
				[open]: step('tts', { text: 'We are open' }),
			},
		});
		expect(heard(await call({ steps: [] }))).toContain('caller hears "We are open"');
	});

	it('can be fetched from its slot by a phone that dials it', async () => {
		office.route([office.number], step('park', { action: 'park' }));
		office.sandbox.store.create(office.account, 'callflow', {
			numbers: [],
			patterns: ['^\\*3([0-9]*)$'],
			flow: step('park', { action: 'auto' }),
		});
		const parked = call({ speed: 100, steps: [{ do: 'hangUp', after: 100 }] });
		const published = () => office.published().map(({ payload }) => payload['Event-Name']);
		while (!published().includes('PARK_PARKED')) await new Promise((resolve) => setTimeout(resolve, 5));
		const fetching = await office.sandbox.call({ from: '2003', to: '*3101', account: office.account });
		expect(heard(await parked)).toContain("Carol's phone fetches the caller from slot 101");
		expect(fetching.hangup_cause).toBe('NORMAL_CLEARING');
	});

	it('says which steps there was no occasion for', async () => {
		office.route([office.number], step('hangup'));
		const report = await call({ steps: ['answer'] });
		expect(report.unused_steps).toMatchObject([{ do: 'answer' }]);
	});

	it('goes round in a callflow that leads to itself, but not for ever', async () => {
		const id = office.route([office.number], {});
		const { store } = office.sandbox;
		const callflow = store.database(office.account).get(id) as Doc;
		store.save(office.account, { ...callflow, flow: step('callflow', { id }) });
		expect((await call({})).status).toBe('ended');
	});
});

describe('POST /sandbox/calls', () => {
	it('answers at once, or with wait when the call is over; GET tells more', async () => {
		office.route([office.number], ringAlice());
		const slow = await post('/calls', { from: outside, to: office.number, speed: 1 });
		expect(slow.body).toMatchObject({ status: 'running', from: outside });
		const id = String(slow.body.id);
		const running = await (await fetch(`${office.sandbox.url}/sandbox/calls/${id}`)).json();
		expect(running).toMatchObject({
			id,
			status: 'running',
			legs: [{ name: 'caller' }, { name: "Alice's phone" }],
		});
		const waited = await post('/calls', { from: outside, to: office.number, wait: true });
		expect(waited.body).toMatchObject({ status: 'ended', bridged: true });
	});

	it.each([
		[{ to: '1' }, 'from is a number, an extension, or the name of a phone or person'],
		[{ from: '1', to: '2', steps: [{ do: 'sing' }] }, /^Nobody here|^steps\[0\]\.do is one of answer, /],
		[{ from: outside, to: '+14155550300', steps: [{ do: 'transfer' }] }, 'steps[0] ("transfer") needs "to"'],
		[
			{ from: outside, to: '+14155550300', steps: [{ do: 'hold', seconds: '5' }] },
			'steps[0].seconds is a number of seconds, 0 to 86400',
		],
		[{ from: outside, to: '+14155550300', speed: 0 }, 'speed is a number above 0'],
		[{ from: outside, to: '+15005550999' }, /^Nobody here has \+15005550999/],
	])('refuses %j with a sentence', async (body, error) => {
		const { status, body: answer } = await post('/calls', body);
		expect(status).toBe(400);
		expect(answer).toEqual({ error: error instanceof RegExp ? expect.stringMatching(error) : error });
	});

	it('says 404 of a call, a phone and a box that are not there', async () => {
		expect((await fetch(`${office.sandbox.url}/sandbox/calls/x`)).status).toBe(404);
		expect((await post('/devices/x', { registered: true }, 'PUT')).status).toBe(404);
		expect((await post('/voicemails', { box: 'x' })).status).toBe(404);
	});
});

describe('without a call', () => {
	it('a voicemail is left in the box that a number leads to, and told of', async () => {
		office.route([office.number], ringAlice(aliceBox()));
		const { body } = await post('/voicemails', { to: office.number, seconds: 3 });
		expect(docs('mailbox_message')).toMatchObject([{ _id: body.id, metadata: { length: 3000 } }]);
		expect(office.published()).toMatchObject([
			{ api: 'kapi_notifications:publish_voicemail_saved' },
			{ api: 'kapi_notifications:publish_voicemail_new', payload: { 'Voicemail-ID': body.id } },
			{ api: 'kapi_presence:publish_mwi_update', payload: { 'Messages-New': 1 } },
		]);
	});

	it('a fax comes in', async () => {
		const { _id: id } = office.sandbox.store.create(office.account, 'faxbox', { name: 'Fax' });
		office.route([office.number], step('faxbox', { id }));
		const { body } = await post('/faxes', { to: office.number });
		expect(docs('fax')).toMatchObject([{ folder: 'inbox', faxbox_id: id, to_number: office.number }]);
		expect(body.faxes).toEqual([docs('fax')[0]?._id]);
		const events = office.published().filter(({ api }) => /fax/.test(api));
		expect(events.map(({ payload }) => payload['Fax-State'] ?? payload['Event-Name'])).toEqual([
			'start',
			'receive',
			'end',
			'inbound_fax',
		]);
	});
});

describe('the API during a call', () => {
	let client: Client;
	let callId: string;
	let report: Promise<unknown>;

	/** Starts a call that goes on until somebody does something. */
	async function begin(steps: unknown[], flow: object): Promise<void> {
		office.route([office.number], flow);
		obeyCommands(office);
		report = call({ speed: 50, steps });
		client = new Client(office.sandbox);
		const { store } = office.sandbox;
		store.createUser(office.account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
		await client.logIn('boss', 'secret', { account_realm: 'office.example' });
		for (let tries = 0; tries < 200; tries++) {
			const { body } = await client.own('GET', '/channels');
			const talking = (body.data as Record<string, string>[]).find(({ answered }) => answered);
			if (talking) {
				callId = talking.uuid as string;
				return;
			}
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		throw new Error('nobody talks');
	}
	const act = (data: object) => client.own('POST', `/channels/${callId}`, { data });
	const talkLong = ['answer', { do: 'hangUp', after: 7200 }];

	it('shows its legs, of the account, of users and of phones', async () => {
		await begin(talkLong, ringAlice());
		const { body } = await client.own('GET', '/channels');
		expect(body.data).toMatchObject([
			{ direction: 'inbound', answered: true, other_leg: expect.any(String) },
			{ direction: 'outbound', owner_id: office.ids.alice, username: 'user_alice' },
		]);
		const mine = await client.own('GET', `/users/${office.ids.alice}/channels`);
		expect(mine.body.data).toHaveLength(1);
		const single = await client.own('GET', `/channels/${callId}`);
		expect(single.body.data).toMatchObject({ call_id: callId, caller_id_number: outside, is_on_hold: false });
		await act({ action: 'hangup' });
		await report;
		expect((await client.own('GET', '/channels')).body.data).toEqual([]);
	});

	it('transfers it', async () => {
		office.route(['2002'], step('user', { id: office.ids.bob }));
		await begin(['answer', { do: 'answer', after: 7200 }], ringAlice());
		const { status } = await act({ action: 'transfer', target: '2002' });
		expect(status).toBe(200);
		// The next step is an hour away, but a phone is answered only while it rings.
		await act({ action: 'hangup' });
		const done = (await report) as { transcript: { leg: string; what: string }[] };
		expect(heard(done)).toEqual(
			expect.arrayContaining(['caller asks 2002 while the other one waits', "Bob's phone rings"]),
		);
	});

	it.each([
		['a callflow', 'POST', () => ({ action: 'callflow', id: office.route(['3000'], step('tts', {})) })],
		['hold by a metaflow', 'PUT', () => ({ action: 'metaflow', module: 'hold_control' })],
	] as const)('says yes to %s, which no KAZOO 4 carries out', async (_, method, data) => {
		await begin(talkLong, ringAlice());
		const before = (await client.own('GET', '/channels')).body.data as Record<string, unknown>[];
		const { status } = await client.own(method, `/channels/${callId}`, { data: data() });
		expect(status).toBe(method === 'POST' ? 200 : 201);
		const after = (await client.own('GET', '/channels')).body.data as Record<string, unknown>[];
		const still = ({ elapsed_s: _elapsed, ...channel }: Record<string, unknown>) => channel;
		expect(after.map(still)).toEqual(before.map(still));
		await act({ action: 'hangup' });
		await report;
	});

	it('says yes and does nothing where the system or the account is not set up for commands', async () => {
		await begin(talkLong, ringAlice());
		const { store } = office.sandbox;
		const account = () => ({ ...store.account(office.account) }) as never;
		const { metaflows } = account() as { metaflows: unknown };
		const stays = async () => {
			expect((await act({ action: 'hangup' })).body.data).toBe('hangup initiated');
			expect((await client.own('GET', `/channels/${callId}`)).status).toBe(200);
		};
		store.save('accounts', { ...(account() as object), metaflows: {} } as never);
		await stays();
		store.save('accounts', { ...(account() as object), metaflows } as never);
		store.database('system_config').erase('kazoo_endpoint');
		await stays();
		obeyCommands(office);
		const [, called] = (await client.own('GET', '/channels')).body.data as { uuid: string }[];
		await client.own('POST', `/channels/${called?.uuid}`, { data: { action: 'hangup' } });
		expect((await client.own('GET', `/channels/${called?.uuid}`)).status).toBe(200);
		await act({ action: 'hangup' });
		await report;
		expect((await client.own('GET', `/channels/${callId}`)).status).toBe(404);
	});

	it('switches the lamp of an extension, and counts registered phones', async () => {
		await begin(talkLong, ringAlice());
		office.published();
		await client.own('POST', '/presence/2001', { data: { action: 'set', state: 'early' } });
		expect(office.published()).toMatchObject([
			{
				api: 'kapi_presence:publish_update',
				payload: { 'Presence-ID': '2001@office.example', State: 'early' },
			},
		]);
		expect((await client.own('GET', '/registrations/count')).body.data).toEqual({ count: 3 });
		await office.sandbox.close();
		// Closing ends every call.
		expect(docs('channel')).toEqual([]);
		expect(await report).toMatchObject({ status: 'ended' });
	});

	it('lists who is parked, and where', async () => {
		office.route([office.number], ringAlice());
		const parked = async () => (await client.own('GET', '/parked_calls')).body;
		await begin(['answer', { do: 'park', slot: '7', after: 1 }, { do: 'hangUp', after: 7200 }], ringAlice());
		for (let tries = 0; tries < 200 && Array.isArray((await parked()).data); tries++)
			await new Promise((resolve) => setTimeout(resolve, 5));
		expect(await parked()).toMatchObject({
			page_size: 1,
			data: {
				slots: {
					7: {
						call_id: callId,
						parker_call_id: expect.any(String),
						ringback_id: office.ids["alice's phone"],
						presence_id: '7@office.example',
						cid_number: outside,
						cid_uri: `${outside}@sip.carrier.example`,
					},
				},
			},
		});
		await act({ action: 'hangup' });
		await report;
		expect((await parked()).data).toEqual([]);
	});

	it('rings a user up first and then the number, with quickcall', async () => {
		office.route([office.number], step('user', { id: office.ids.bob }));
		await begin(talkLong, ringAlice());
		await act({ action: 'hangup' });
		await report;
		office.published();
		office.route(['2002'], step('user', { id: office.ids.bob }));
		const { body } = await client.own('POST', `/users/${office.ids.alice}/quickcall/2002`);
		expect(body.data.call_id).toMatch(/^[0-9a-f-]{36}$/);
		for (let tries = 0; tries < 200; tries++) {
			const [last] = (await (await fetch(`${office.sandbox.url}/sandbox/calls`)).json()) as {
				status: string;
			}[];
			if (last?.status === 'ended') break;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		const events = office.published().filter(({ payload }) => payload['Event-Name'] === 'CHANNEL_CREATE');
		expect(events.map(({ payload }) => payload['Caller-Destination-Number'])).toEqual([
			office.ids["alice's phone"],
			office.ids["bob's phone"],
		]);
	});
});
