/** What simulated calls of KAZOO 5 do besides: Pivot without a server, streams, actions of the channels API, CDR hooks. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { Client } from './client';
import { type Office, openOffice, step } from './calls-setup';
import { Receiver } from './receiver';

let office: Office;
let client: Client;
let receiver: Receiver;
let answers: { type: string; body: string }[];

beforeEach(async () => {
	office = await openOffice({ profile: 5, allowLoopbackUris: true });
	answers = [];
	receiver = await Receiver.start(() => {
		const { type = 'text/plain', body = '' } = answers.shift() ?? {};
		return { status: 200, headers: { 'content-type': type }, body };
	});
	client = new Client(office.sandbox);
	office.sandbox.store.createUser(
		office.account,
		{ username: 'boss', priv_level: 'admin' },
		{ password: 'secret' },
	);
	await client.logIn('boss', 'secret', { account_realm: 'office.example' });
});
afterEach(async () => {
	await office.sandbox.close();
	await receiver.close();
});

const call = async (data: object, steps: unknown[] = []) => {
	office.route([office.number], step('pivot', data, step('tts', { text: 'Fallback' })));
	const report = await office.sandbox.call({ from: '+14155550142', to: office.number, steps });
	return { report, heard: report.transcript.map(({ leg, what }) => `${leg} ${what}`) };
};

describe('Pivot without a server', () => {
	it('does TwiML that came with the callflow', async () => {
		const serverless = { flow_doc: '<Response><Say>Hello</Say></Response>', flow_type: 'text/xml' };
		expect((await call({ serverless })).heard).toContain('caller hears "Hello"');
		expect(receiver.requests).toEqual([]);
	});

	it('does a step that came with it, as an object or as a text', async () => {
		const flow = step('tts', { text: 'Hi' });
		for (const flow_doc of [flow, JSON.stringify(flow)]) {
			const { heard } = await call({ serverless: { flow_doc, flow_type: 'application/json' } });
			expect(heard).toContain('caller hears "Hi"');
		}
	});

	it('may ask a server afterwards', async () => {
		answers = [{ type: 'text/xml', body: '<Response><Say>From afar</Say></Response>' }];
		const flow_doc = `<Response><Redirect>${receiver.url}/next</Redirect></Response>`;
		const { heard } = await call({ serverless: { flow_doc, flow_type: 'application/xml' } });
		expect(heard).toContain('caller hears "From afar"');
	});
});

describe('Pivot with a server', () => {
	it('sends headers of its own, those that begin with X- only', async () => {
		answers = [{ type: 'text/xml', body: '<Response><Hangup/></Response>' }];
		const custom_request_headers = { 'X-Secret': 'abc', Cookie: 'no' };
		await call({ voice_url: `${receiver.url}/voice`, custom_request_headers });
		expect(receiver.requests[0]?.headers).toMatchObject({ 'x-secret': 'abc' });
		expect(receiver.requests[0]?.headers.cookie).toBeUndefined();
	});

	it('goes on at once when nobody is there', async () => {
		const { report, heard } = await call({ voice_url: 'http://127.0.0.1:9/' });
		expect(heard).toContain('caller hears "Fallback"');
		expect(report.duration_seconds).toBeLessThan(5);
	});
});

describe('a stream', () => {
	let server: WebSocketServer;
	let url: string;
	let messages: Record<string, unknown>[];
	let onMessage: (socket: WebSocket, message: Record<string, unknown>) => void;

	beforeEach(async () => {
		server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
		await new Promise((resolve) => server.once('listening', resolve));
		url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sound?secret=1`;
		messages = [];
		onMessage = () => undefined;
		server.on('connection', (socket) => {
			socket.on('message', (data: Buffer) => {
				const message = JSON.parse(data.toString()) as Record<string, unknown>;
				messages.push(message);
				onMessage(socket, message);
			});
		});
	});
	afterEach(() => {
		for (const socket of server.clients) socket.terminate();
		server.close();
	});

	const serverless = (verbs: string) => ({
		serverless: { flow_doc: `<Response>${verbs}</Response>`, flow_type: 'text/xml' },
	});
	const events = async () => {
		// The end of a socket is seen a moment later.
		for (let tries = 0; tries < 100 && !messages.some(({ event }) => event === 'stop'); tries++)
			await new Promise((resolve) => setTimeout(resolve, 5));
		return messages.map(({ event }) => event);
	};
	const published = () =>
		office
			.published()
			.filter(({ api }) => api === 'kapi_pivot:publish_stream')
			.map(({ payload }) => [payload['Event-Name'], payload.Reason]);

	it('of one way goes on beside the other verbs, and is told of', async () => {
		const hook = { name: 'h', hook: 'stream', format: 'json', uri: `${receiver.url}/hook` };
		const made = await client.own('PUT', '/webhooks', { data: { ...hook, custom_data: { type: 'all' } } });
		expect(made.status).toBe(201);
		const { heard, report } = await call(
			serverless(
				`<Start><Stream url="${url}" name="ear" track="both_tracks"><Parameter name="a" value="b"/></Stream></Start>` +
					'<Say>Listen</Say><Stop><Stream name="ear"/></Stop><Say>Done</Say>',
			),
		);
		expect(heard).toEqual(expect.arrayContaining(['caller hears "Listen"', 'caller hears "Done"']));
		expect(await events()).toEqual(['connected', 'start', 'stop']);
		expect(messages[1]).toMatchObject({
			sequenceNumber: '1',
			streamSid: expect.any(String),
			start: {
				accountSid: office.account,
				callSid: report.legs[0]?.call_id,
				tracks: ['inbound', 'outbound'],
				mediaFormat: { encoding: 'audio/L16', sampleRate: 8000, channels: 1 },
				customParameters: { a: 'b' },
			},
		});
		expect(published()).toEqual([
			['stream_start', undefined],
			['stream_stop', 'stop'],
		]);
		await office.sandbox.deliveries.settled();
		const bodies = receiver.requests.map(({ body }) => JSON.parse(body) as object);
		expect(bodies).toMatchObject([
			{ event_name: 'stream_start', stream_name: 'ear', account_id: office.account },
			{ event_name: 'stream_stop', reason: 'stop' },
		]);
	});

	it('of two ways holds the call until the server has enough, and hears keys', async () => {
		onMessage = (socket, { event }) => {
			if (event === 'dtmf') socket.close();
		};
		const { heard } = await call(serverless(`<Connect><Stream url="${url}"/></Connect><Say>Never</Say>`), [
			{ do: 'digits', digits: '5' },
		]);
		expect(messages.at(-1)).toMatchObject({ event: 'dtmf', dtmf: { track: 'inbound_track', digit: '5' } });
		expect(heard).not.toContain('caller hears "Never"');
		expect(published().at(-1)).toEqual(['stream_stop', 'disconnected']);
	});

	it('ends with the call', async () => {
		await call(serverless(`<Connect><Stream url="${url}"/></Connect>`), ['hangUp']);
		expect(published().at(-1)).toEqual(['stream_stop', 'hangup']);
	});

	it('that nobody takes is told of, and the call goes on', async () => {
		const { heard } = await call(serverless('<Start><Stream url="ws://127.0.0.1:9/"/></Start><Say>On</Say>'));
		expect(heard).toContain('caller hears "On"');
		expect(published()).toEqual([['stream_stop', 'error']]);
	});
});

describe('a phone that passes its calls on', () => {
	const forward = async (call_forward: object, steps: unknown[]) => {
		const { store } = office.sandbox;
		const doc = store.database(office.account).get(String(office.ids["alice's phone"]));
		if (doc) store.database(office.account).restore({ ...doc, call_forward });
		office.route([office.number], step('user', { id: office.ids.alice }));
		const { transcript } = await office.sandbox.call({ from: '+14155550142', to: office.number, steps });
		return transcript.map(({ leg, what }) => `${leg} ${what}`);
	};
	const on = { enabled: true, number: '2002' };

	it('does so always', async () => {
		const heard = await forward({ enabled: true, unconditional: on }, ['answer']);
		expect(heard).not.toContain("Alice's phone rings");
		expect(heard).toContain("Bob's phone is answered");
	});

	it('does so while it is off-line', async () => {
		const { store } = office.sandbox;
		const doc = store.database(office.account).get(String(office.ids["alice's phone"]));
		if (doc) store.database(office.account).restore({ ...doc, pvt_registered: false, call_failover: on });
		expect(await forward({}, ['answer'])).toContain("Bob's phone is answered");
	});

	it('does so when nobody answers, or it is engaged', async () => {
		const both = { enabled: true, no_answer: on, busy: { ...on, number: '2003' } };
		expect(await forward(both, [{ do: 'answer', by: '2002', after: 30 }])).toEqual(
			expect.arrayContaining([
				"Alice's phone is not answered",
				"Alice's phone passes the call on to 2002",
				"Bob's phone is answered",
			]),
		);
		expect(await forward(both, ['busy', { do: 'answer', by: '2003' }])).toEqual(
			expect.arrayContaining(["Alice's phone is busy", "Carol's phone is answered"]),
		);
		expect(await forward(both, ['reject'])).not.toContain("Bob's phone rings");
	});
});

it('plays tones, and has no queues of its own', async () => {
	const { _id: id } = office.sandbox.store.create(office.account, 'queue', { name: 'Support' });
	office.route([office.number], step('tones', { tones: [] }, step('acdc_member', { id })));
	const report = await office.sandbox.call({ from: '+14155550142', to: office.number, steps: [] });
	const heard = report.transcript.map(({ what }) => what);
	expect(heard).toEqual(expect.arrayContaining(['hears tones', 'does not play "acdc_member": goes on']));
});

it('is no verb of KAZOO 4', async () => {
	const four = await openOffice();
	try {
		four.route([four.number], step('pivot', { voice_url: `${receiver.url}/voice` }));
		answers = [{ type: 'text/xml', body: '<Response><Start><Stream/></Start></Response>' }];
		const report = await four.sandbox.call({ from: '+14155550142', to: four.number, steps: [] });
		expect(JSON.stringify(report.transcript)).toMatch(/there is no verb <Start>/);
	} finally {
		await four.sandbox.close();
	}
});

it('tells hooks of each CDR', async () => {
	const hook = { name: 'h', hook: 'cdr', format: 'json', uri: `${receiver.url}/hook` };
	await client.own('PUT', '/webhooks', { data: hook });
	office.route([office.number], step('user', { id: office.ids.alice }));
	const report = await office.sandbox.call({ from: '+14155550142', to: office.number });
	await office.sandbox.deliveries.settled();
	const bodies = receiver.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
	expect(bodies.map(({ call_id: id }) => id).sort()).toEqual(report.legs.map(({ call_id: id }) => id).sort());
	expect(bodies[0]).toMatchObject({
		hook_event: 'cdr',
		account_id: office.account,
		request: expect.any(String),
	});
});

it('has actions of the channels API that KAZOO 4 has not, and answers 202', async () => {
	office.route([office.number], step('user', { id: office.ids.alice }));
	const running = office.sandbox.call({
		from: '+14155550142',
		to: office.number,
		speed: 50,
		steps: ['answer', { do: 'answer', after: 7200 }],
	});
	let channel: Record<string, string> | undefined;
	for (let tries = 0; tries < 200 && !channel; tries++) {
		const { body } = await client.own('GET', '/channels');
		channel = (body.data as Record<string, string>[]).find(({ answered }) => answered);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	const act = async (data: object) => {
		const { status, body } = await client.own('POST', `/channels/${channel?.uuid}`, { data });
		return [status, body.data];
	};
	expect(await act({ action: 'start_record' })).toEqual([202, 'recording started']);
	expect(await act({ action: 'stop_record' })).toEqual([202, 'recording stopped']);
	const metaflow = { action: 'metaflow', module: 'hold_control' };
	await client.own('PUT', `/channels/${channel?.uuid}`, { data: metaflow });
	expect((await client.own('GET', `/channels/${channel?.uuid}`)).body.data.is_on_hold).toBe(true);
	expect(await act({ action: 'move', owner_id: office.ids.bob })).toEqual([202, 'move initiated']);
	expect(await act({ action: 'hangup' })).toEqual([202, 'hangup initiated']);
	const report = await running;
	expect(report.recordings).toHaveLength(1);
	expect(JSON.stringify(report.transcript)).toContain("Bob's phone");
});
