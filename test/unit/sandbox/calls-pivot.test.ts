/** Pivot URLs: what the sandbox asks, and that it does what the answer says. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from './client';
import { type Office, openOffice, step } from './calls-setup';

interface Asked {
	method: string;
	/** Without the query. */
	path: string;
	parameters: Record<string, string>;
	type: string | undefined;
	body: string;
}

interface Answer {
	status?: number;
	type?: string | null;
	body: string;
	/** Milliseconds. */
	after?: number;
}

let office: Office;
let server: Server;
let url: string;
let asked: Asked[];
let answers: Answer[];

async function read(request: IncomingMessage): Promise<Asked> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks).toString();
	const { pathname, searchParams } = new URL(request.url as string, 'http://x');
	const type = request.headers['content-type'];
	const pairs = type?.includes('form') ? new URLSearchParams(body) : searchParams;
	return {
		method: request.method as string,
		path: pathname,
		parameters: type?.includes('json') ? (JSON.parse(body) as never) : Object.fromEntries(pairs),
		type,
		body,
	};
}

beforeEach(async () => {
	office = await openOffice();
	asked = [];
	answers = [];
	server = createServer((request, response) => {
		void read(request).then(async (question) => {
			asked.push(question);
			const { status = 200, type = 'application/json', body, after = 0 } = answers.shift() ?? { body: '' };
			await new Promise((resolve) => setTimeout(resolve, after));
			response.writeHead(status, type === null ? {} : { 'content-type': type });
			response.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`;
});
afterEach(async () => {
	await office.sandbox.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

const json = (flow: object): Answer => ({ body: JSON.stringify(flow) });
const twiml = (verbs: string): Answer => ({
	type: 'text/xml',
	body: `<?xml version="1.0"?><Response>${verbs}</Response>`,
});

/** Calls the number, which leads to the Pivot step with a fallback. */
async function call(data: object = {}, steps: unknown[] = []) {
	office.route(
		[office.number],
		step('pivot', { voice_url: url, ...data }, step('tts', { text: 'Fallback' })),
	);
	const report = await office.sandbox.call({ from: '+14155550142', to: office.number, steps });
	return { report, heard: report.transcript.map(({ leg, what }) => `${leg} ${what}`) };
}

describe('the question', () => {
	it('has the parameters of KAZOO in the query', async () => {
		answers = [json({ module: 'hangup', data: {}, children: {} })];
		const { report } = await call({ req_format: 'kazoo' });
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({
			method: 'GET',
			path: '/voice',
			type: undefined,
			body: '',
			parameters: {
				'Account-ID': office.account,
				'Api-Version': '4.x',
				'Call-ID': report.legs[0]?.call_id,
				'Caller-ID-Number': '+14155550142',
				Direction: 'inbound',
				From: '+14155550142',
				'From-Realm': 'sip.carrier.example',
				Request: office.number,
				To: office.number,
			},
		});
		expect(asked[0]?.parameters).not.toHaveProperty('Digits');
	});

	it('has those of TwiML in a form', async () => {
		answers = [twiml('<Hangup/>')];
		await call({ req_format: 'twiml', method: 'post' });
		expect(asked[0]).toMatchObject({
			method: 'POST',
			type: 'application/x-www-form-urlencoded',
			parameters: {
				AccountSid: office.account,
				ApiVersion: '2010-04-01',
				CallStatus: 'ringing',
				From: '+14155550142',
				To: office.number,
			},
		});
	});

	it('is JSON when that is wanted, and keeps the query of the URL', async () => {
		answers = [json({ module: 'hangup', data: {}, children: {} })];
		await call({
			voice_url: `${url}?secret=1`,
			req_format: 'kazoo',
			method: 'post',
			req_body_format: 'json',
		});
		expect(asked[0]).toMatchObject({
			type: 'application/json',
			parameters: { 'Account-ID': office.account },
		});
		answers = [json({ module: 'hangup', data: {}, children: {} })];
		await call({ voice_url: `${url}?secret=1`, req_format: 'kazoo' });
		expect(asked[1]?.parameters).toMatchObject({ secret: '1', 'Account-ID': office.account });
	});
});

describe('an answer in JSON', () => {
	it('asks for digits and sends them to the next URL, with the variables that were set', async () => {
		answers = [
			json({
				module: 'set_variables',
				data: { custom_application_vars: { ticket: '42' } },
				children: {
					_: step(
						'tts',
						{ text: 'Your number please' },
						{
							module: 'collect_dtmf',
							data: { max_digits: 4 },
							children: { _: step('pivot', { voice_url: url, req_format: 'kazoo' }) },
						},
					),
				},
			}),
			json(step('tts', { text: 'Thank you' })),
		];
		const { heard } = await call({ req_format: 'kazoo' }, [{ do: 'digits', digits: '1234', after: 4 }]);
		expect(heard).toEqual(
			expect.arrayContaining([
				'caller hears "Your number please"',
				'caller presses 1234',
				'caller hears "Thank you"',
			]),
		);
		expect(asked[1]?.parameters).toMatchObject({
			'Digits[default]': '1234',
			'Custom-Application-Vars[ticket]': '42',
			'Call-Status': 'answered',
		});
	});

	it('rings whom it says', async () => {
		answers = [json(step('user', { id: office.ids.bob }))];
		const { report } = await call({ req_format: 'kazoo' }, ['answer']);
		expect(report.legs.map(({ name }) => name)).toEqual(['caller', "Bob's phone"]);
		expect(report.bridged).toBe(true);
	});

	it.each([
		['a module that there is not', { module: 'sing', data: {} }],
		['a step without what it needs', { module: 'tts', data: {} }],
		['an envelope', { flow: { module: 'hangup', data: {} } }],
	])('that is %s hangs up', async (_what, flow) => {
		answers = [json(flow)];
		const { heard } = await call({ req_format: 'kazoo' });
		expect(heard).toEqual(
			expect.arrayContaining([expect.stringMatching(/no valid callflow step .*: the call is hung up/)]),
		);
		expect(heard).not.toContain('caller hears "Fallback"');
	});

	it('with a syntax error hangs up, and so does an empty one', async () => {
		answers = [{ body: '{"module":' }, { body: '' }];
		expect((await call({ req_format: 'kazoo' })).heard.join()).toMatch(/no valid JSON/);
		expect((await call({ req_format: 'kazoo' })).heard.join()).toMatch(/answer is empty/);
	});
});

describe('a failure goes on with the fallback', () => {
	it.each([201, 204, 302, 404, 500])('status %d', async (status) => {
		answers = [{ status, body: status === 204 ? '' : '{}' }];
		const { heard } = await call({ req_format: 'kazoo', method: 'post' });
		expect(heard).toEqual(
			expect.arrayContaining([
				expect.stringContaining(`it answered ${status}, and only 200 counts`),
				'caller hears "Fallback"',
			]),
		);
	});

	it('too slow', async () => {
		answers = [{ body: '{}', after: 1000 }];
		const { heard } = await call({ req_format: 'kazoo', req_timeout_ms: 100 });
		expect(heard).toEqual(
			expect.arrayContaining([expect.stringContaining('it was too slow'), 'caller hears "Fallback"']),
		);
	});

	it('nobody there', async () => {
		const { heard } = await call({ voice_url: 'http://127.0.0.1:9/', req_format: 'kazoo' });
		expect(heard).toContain('caller hears "Fallback"');
	});

	it('a type that nobody understands', async () => {
		answers = [{ type: 'text/plain', body: 'hello' }];
		expect((await call()).heard).toContain('caller hears "Fallback"');
	});
});

describe('TwiML', () => {
	it('gathers digits and asks its action, relative to the current URL', async () => {
		answers = [
			twiml(
				'<Gather action="next?x=1" numDigits="2"><Say>Press &quot;two&quot;</Say></Gather><Say>Nothing</Say>',
			),
			twiml('<Say>Got them</Say>'),
		];
		const { heard } = await call({}, [{ do: 'digits', digits: '123#' }]);
		expect(heard).toEqual(expect.arrayContaining(['caller hears "Press "two""', 'caller hears "Got them"']));
		expect(heard).not.toContain('caller hears "Nothing"');
		expect(asked[1]).toMatchObject({ method: 'POST', path: '/next', parameters: { Digits: '12' } });
	});

	it('goes on with the next verb when nobody presses a key', async () => {
		answers = [twiml('<Gather timeout="3"/><Say>Nothing</Say>')];
		expect((await call()).heard).toContain('caller hears "Nothing"');
	});

	it('dials, and tells its action what came of it', async () => {
		answers = [
			twiml(`<Dial action="/done" timeout="12"><User>${office.ids.alice}</User></Dial>`),
			twiml('<Say>Bye</Say>'),
		];
		const { heard } = await call({}, ['answer', { do: 'hangUp', by: 'callee', after: 30 }]);
		expect(asked[1]).toMatchObject({
			path: '/done',
			parameters: { DialCallStatus: 'completed', DialCallDuration: '34' },
		});
		expect(heard).toContain('caller hears "Bye"');
		answers = [twiml(`<Dial action="/done"><User>${office.ids.alice}</User></Dial>`), twiml('<Hangup/>')];
		await call({}, ['busy']);
		expect(asked[3]?.parameters).toMatchObject({ DialCallStatus: 'busy' });
	});

	it('records, redirects and remembers variables', async () => {
		answers = [
			twiml('<Set><Variable key="colour" value="blue"/></Set><Record action="/recorded" maxLength="10"/>'),
			twiml('<Redirect method="get">/third</Redirect>'),
			twiml('<Reject reason="busy"/>'),
		];
		const { report } = await call({}, [{ do: 'leaveMessage', seconds: 30 }]);
		expect(asked.map(({ path, method }) => `${method} ${path}`)).toEqual([
			'GET /voice',
			'POST /recorded',
			'GET /third',
		]);
		expect(asked[1]?.parameters).toMatchObject({
			colour: 'blue',
			RecordingDuration: '10',
			RecordingSid: report.recordings[0],
		});
		expect(report.hangup_cause).toBe('USER_BUSY');
	});

	it('has no queues, as KAZOO has none: <Queue> hangs up, <Enqueue> is no verb', async () => {
		answers = [
			twiml('<Dial action="/done"><Queue>support</Queue></Dial><Say>On</Say>'),
			twiml('<Enqueue>support</Enqueue><Say>On</Say>'),
		];
		const first = await call();
		expect(first.heard.join()).toMatch(/no queues behind <Queue>: the call is hung up/);
		expect(first.report.hangup_cause).toBe('NORMAL_CLEARING');
		const second = await call();
		expect(second.heard.join()).toMatch(/there is no verb <Enqueue>\): the call is hung up/);
		for (const { heard } of [first, second]) expect(heard).not.toContain('caller hears "On"');
		expect(asked).toHaveLength(2);
	});

	it.each(['<Sing/>', '<Say>open', '<Gather><Dial/></Gather>'])(
		'that KAZOO does not know hangs up: %s',
		async (verbs) => {
			answers = [twiml(verbs)];
			const { heard } = await call();
			expect(heard.join()).toMatch(/no TwiML .*: the call is hung up/);
		},
	);

	it('sends how the call ended to cdr_url, while Pivot has the call', async () => {
		answers = [twiml('<Say>Hi</Say>'), { body: '' }];
		await call({ cdr_url: url.replace('voice', 'cdr') });
		while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(asked[1]).toMatchObject({
			method: 'POST',
			path: '/cdr',
			parameters: { 'Hangup-Cause': 'NORMAL_CLEARING', 'Caller-ID-Number': '+14155550142' },
		});
	});
});

it('writes down what was asked and answered, when debug is on', async () => {
	const client = new Client(office.sandbox);
	const { store } = office.sandbox;
	store.createUser(office.account, { username: 'boss', priv_level: 'admin' }, { password: 'secret' });
	await client.logIn('boss', 'secret', { account_realm: 'office.example' });
	answers = [json({ module: 'tts', data: {} }), json(step('hangup'))];
	const { report } = await call({ req_format: 'kazoo', debug: true });
	await call({ req_format: 'kazoo' });
	const list = await client.own('GET', '/pivot/debug');
	const callId = report.legs[0]?.call_id;
	expect(list.body.data).toEqual([
		{
			call_id: callId,
			created: expect.any(Number),
			debug_id: expect.stringMatching(/^\d{6}-.+@/),
			uri: expect.stringContaining(url),
			method: 'get',
			status_code: '200',
		},
	]);
	const entries = await client.own('GET', `/pivot/debug/${encodeURIComponent(String(callId))}`);
	expect(entries.body.data).toMatchObject([
		{ iteration: 1, req_body: '' },
		{ resp_status_code: '200', resp_body: '{"module":"tts","data":{}}' },
		{ schema_errors: { 'flow.data.text': expect.anything() } },
	]);
});
