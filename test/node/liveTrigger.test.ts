/** The Live Trigger in n8n's trigger context against the sandbox's websocket server, over real sockets. */
import type { IDataObject, INodeParameters, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { saveFailed } from '../../nodes/shared/failedExecution';
import type { Sandbox } from '../../sandbox';
import { createSandbox } from '../../sandbox';
import { now } from '../../sandbox/values/time';
import { id } from './demo';
import { CredentialStore } from './harness/credentials';
import type { TriggerSetup } from './harness/triggers';
import { ActiveTrigger } from './harness/triggers';

const node = new KazooLiveTrigger();

let sandbox: Sandbox;
let customer: string;
const active: ActiveTrigger[] = [];

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0 });
	customer = sandbox.demo.customers[0]?.id;
});

afterEach(async () => {
	sandbox.faults([]);
	for (const trigger of active.splice(0)) await trigger.stop();
});

afterAll(async () => {
	await sandbox.close();
});

function credentialsOf({ url, websocketUrl, demo }: Sandbox, more: IDataObject = {}): CredentialStore {
	const data = { serverUrl: url, login: 'apiKey', apiKey: demo.reseller.apiKey, websocketUrl, ...more };
	return new CredentialStore({ type: new CrossbarApi(), data });
}

function make(
	parameters: INodeParameters,
	{
		server = sandbox,
		credentials = credentialsOf(server),
		...setup
	}: Pick<TriggerSetup, 'busy' | 'mode'> & {
		server?: Sandbox;
		credentials?: CredentialStore;
	} = {},
): ActiveTrigger {
	const trigger = new ActiveTrigger(
		node,
		{ accountScope: 'one', accountId: id(customer), ...parameters },
		{ credentials, ...setup },
	);
	active.push(trigger);
	return trigger;
}

async function start(...parameters: Parameters<typeof make>): Promise<ActiveTrigger> {
	const trigger = make(...parameters);
	await trigger.start();
	return trigger;
}

async function until(condition: () => boolean | Promise<boolean>, milliseconds = 10_000): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error('It did not happen in time');
		await sleep(10);
	}
}

let calls = 0;

/** A leg's event on the bus. */
function publish(name: string, more: IDataObject = {}, account = customer, server = sandbox): string {
	const callId = `call-${++calls}@10.0.0.1`;
	server.bus.publish('kapi_call:publish_event', {
		'Event-Category': 'call_event',
		'Event-Name': name,
		'Call-ID': callId,
		'Call-Direction': 'inbound',
		Timestamp: now(),
		'Msg-ID': `msg-${calls}`,
		'Custom-Channel-Vars': { 'Account-ID': account },
		...more,
	});
	return callId;
}

let token: string | undefined;

/** How many websockets the reseller has subscriptions on, as the server lists them. */
async function listening(): Promise<number> {
	const ask = async (path: string, init: RequestInit) => await fetch(`${sandbox.url}/v2${path}`, init);
	if (token === undefined) {
		const body = JSON.stringify({ data: { api_key: sandbox.demo.reseller.apiKey } });
		const login = await ask('/api_auth', {
			method: 'PUT',
			headers: { 'Content-Type': 'application/json' },
			body,
		});
		({ auth_token: token } = (await login.json()) as { auth_token: string });
	}
	const path = `/accounts/${sandbox.demo.reseller.id}/websockets`;
	const answer = await ask(path, { headers: { 'X-Auth-Token': token } });
	if (answer.status === 401) {
		token = undefined;
		return await listening();
	}
	const { data } = (await answer.json()) as { data: Array<{ bindings: string[] }> };
	return data.filter(({ bindings }) => bindings.length > 0).length;
}

const isListening = async (): Promise<boolean> => (await listening()) === 1;
const isSilent = async (): Promise<boolean> => (await listening()) === 0;

const jsonOf = ({ emitted }: ActiveTrigger): IDataObject[] => emitted.map(({ json }) => json);
const callIds = (trigger: ActiveTrigger): unknown[] => jsonOf(trigger).map(({ call_id: call }) => call);

describe.each([4, 5] as const)('KAZOO %s', (profile) => {
	let server: Sandbox;

	beforeAll(async () => {
		server = await createSandbox({ quiet: true, cdrs: 0, profile, websocketPort: 0 });
	});

	afterAll(async () => {
		await server.close();
	});

	test('calls and changed objects arrive, what was not chosen does not', async () => {
		const trigger = await start({ events: ['callStarted', 'callEnded', 'objectCreated'] }, { server });
		const started = publish('CHANNEL_CREATE', {}, customer, server);
		publish('CHANNEL_ANSWER', {}, customer, server);
		publish('CHANNEL_CREATE', {}, server.demo.reseller.id, server);
		const ended = publish('CHANNEL_DESTROY', { 'Hangup-Cause': 'NORMAL_CLEARING' }, customer, server);
		const device = server.store.create(customer, 'device', { name: 'New' });
		await until(() => trigger.emitted.length >= 3);
		await sleep(50);
		expect(jsonOf(trigger)).toMatchObject([
			{ event: 'callStarted', call_id: started, account_id: customer },
			{ event: 'callEnded', call_id: ended, hangup_cause: 'NORMAL_CLEARING' },
			{ event: 'objectCreated', id: device._id, type: 'device' },
		]);
		expect(jsonOf(trigger)[0]?.timestamp).toMatch(/^20\d\d-.*Z$/);
	});

	test('conferences: this event of this conference', async () => {
		const conference = 'c0'.repeat(16);
		const trigger = await start({ events: ['participantJoined'], conferenceId: conference }, { server });
		const happen = (event: string, of = conference) =>
			server.bus.publish('kapi_conference:publish_event', {
				'Event-Category': 'conference',
				'Event-Name': 'event',
				Event: event,
				'Account-ID': customer,
				'Conference-ID': of,
				'Call-ID': 'a',
				'Msg-ID': `conference-${++calls}`,
			});
		happen('del-member');
		happen('add-member', 'd0'.repeat(16));
		happen('add-member');
		await until(() => trigger.emitted.length > 0);
		await sleep(50);
		expect(jsonOf(trigger)).toMatchObject([{ event: 'participantJoined', conference_id: conference }]);
	});

	test('all sub-accounts', async () => {
		const trigger = await start({ events: ['callEnded'], accountScope: 'descendants' }, { server });
		const wanted = server.demo.customers.map(({ id: account }) =>
			publish('CHANNEL_DESTROY', {}, account, server),
		);
		await until(() => trigger.emitted.length >= wanted.length);
		expect(callIds(trigger)).toEqual(wanted);
	});
});

describe('one event', () => {
	test('of overlapping bindings comes once, under its exact name', async () => {
		const trigger = await start({ events: ['any', 'objectCreated', 'recordingSaved', 'callStarted'] });
		sandbox.store.createMonthly(customer, 'call_recording', now(), {});
		publish('CHANNEL_CREATE');
		publish('CHANNEL_ANSWER');
		await until(() => trigger.emitted.length >= 3);
		await sleep(50);
		expect(jsonOf(trigger).map(({ event }) => event)).toEqual([
			'recordingSaved',
			'callStarted',
			'callAnswered',
		]);
	});

	test.each([
		['from outside alone', {}, []],
		['from anywhere when that is chosen', { missedFrom: 'anywhere' }, ['callMissed']],
	])('missed calls count %s', async (_, parameters, expected) => {
		const trigger = await start({ events: ['callMissed', 'callHeld'], ...parameters });
		const vars = { 'Account-ID': customer, 'Authorizing-Type': 'device', 'Authorizing-ID': 'd' };
		const colleague = { 'Call-ID': 'in', To: '2001@acme.example', 'Custom-Channel-Vars': vars };
		publish('CHANNEL_CREATE', colleague);
		publish('CHANNEL_DESTROY', { ...colleague, 'Hangup-Cause': 'NO_ANSWER', 'Billing-Seconds': 0 });
		publish('CHANNEL_HOLD');
		await until(() => trigger.emitted.length > expected.length);
		expect(jsonOf(trigger).map(({ event }) => event)).toEqual([...expected, 'callHeld']);
	});

	test('a missed call is told once, when the caller has gone', async () => {
		const trigger = await start({ events: ['callMissed'] });
		const outside = {
			'Call-ID': 'root',
			'Custom-Channel-Vars': {
				'Account-ID': customer,
				'Resource-Type': 'offnet-origination',
				'Authorizing-Type': 'resource',
			},
		};
		const phone = {
			'Call-ID': 'phone',
			'Call-Direction': 'outbound',
			'Other-Leg-Call-ID': 'root',
			'Custom-Channel-Vars': { 'Account-ID': customer, 'Authorizing-Type': 'device', 'Authorizing-ID': 'd' },
		};
		publish('CHANNEL_CREATE', outside);
		publish('CHANNEL_CREATE', phone);
		publish('CHANNEL_DESTROY', { ...phone, 'Hangup-Cause': 'NO_ANSWER', 'Billing-Seconds': 0 });
		publish('CHANNEL_DESTROY', { ...outside, 'Hangup-Cause': 'ORIGINATOR_CANCEL', 'Billing-Seconds': 0 });
		await until(() => trigger.emitted.length > 0);
		await sleep(50);
		expect(jsonOf(trigger)).toMatchObject([
			{ event: 'callMissed', call_id: 'root', from_outside: true, phones: [{ call_id: 'phone' }] },
		]);
	});
});

describe('many events', () => {
	async function burst(trigger: ActiveTrigger, milliseconds: number): Promise<string[]> {
		const sent: string[] = [];
		const end = Date.now() + milliseconds;
		while (Date.now() < end) {
			sent.push(publish('CHANNEL_DESTROY'));
			await sleep(5);
		}
		await until(() => trigger.emitted.length >= sent.length);
		expect(callIds(trigger)).toEqual(sent);
		return sent;
	}

	test('the first starts the workflow at once, those after it together, ten times a second', async () => {
		const trigger = await start({ events: ['callEnded'] });
		await burst(trigger, 1_000);
		expect(trigger.executions[0]).toBe(1);
		expect(trigger.executions.length).toBeGreaterThan(5);
		expect(trigger.executions.length).toBeLessThan(14);
	});

	test('as long as n8n does not keep up, once a second', async () => {
		const trigger = await start({ events: ['callEnded'] }, { busy: true });
		await burst(trigger, 3_000);
		expect(trigger.executions.length).toBeGreaterThan(10);
		expect(trigger.executions.length).toBeLessThan(16);
	});

	test('each is an execution of its own if a person wants it', async () => {
		const trigger = await start({ events: ['callEnded'], options: { single: true } });
		const sent = await burst(trigger, 300);
		expect(trigger.executions).toEqual(sent.map(() => 1));
	});

	test('what waits is not lost when the workflow is deactivated', async () => {
		const trigger = await start({ events: ['callEnded'] });
		const sent = [publish('CHANNEL_DESTROY')];
		await until(() => trigger.emitted.length > 0);
		sent.push(publish('CHANNEL_DESTROY'), publish('CHANNEL_DESTROY'));
		await sleep(40);
		await trigger.stop();
		expect(callIds(trigger)).toEqual(sent);
	});
});

describe('the connection', () => {
	test('dropped ten times: no event after a subscription is lost, none comes twice', async () => {
		const trigger = await start({ events: ['callEnded'] });
		const sent: string[] = [];
		for (let drop = 0; drop < 10; drop++) {
			sandbox.dropWebsockets();
			await until(isSilent);
			await until(isListening);
			for (let call = 0; call < 20; call++) sent.push(publish('CHANNEL_DESTROY'));
			await until(() => trigger.emitted.length === sent.length);
		}
		expect(callIds(trigger)).toEqual(sent);
		expect(trigger.errors).toEqual([]);
	}, 60_000);

	test('10,000 events at once: none is lost, and their order is kept', async () => {
		const trigger = await start({ events: ['callStarted', 'callEnded', 'any'] });
		const sent: string[] = [];
		for (let part = 0; part < 100; part++) {
			for (let call = 0; call < 100; call++) sent.push(publish('CHANNEL_DESTROY'));
			await sleep(5);
		}
		await until(() => trigger.emitted.length >= sent.length, 20_000);
		expect(callIds(trigger)).toEqual(sent);
		expect(trigger.executions.length).toBeLessThan(sent.length / 20);
	}, 60_000);

	test('an expired token is renewed before it connects again', async () => {
		const trigger = await start({ events: ['callEnded'] });
		sandbox.faults([{ kind: 'expire-tokens', times: 1 }]);
		sandbox.dropWebsockets();
		await until(isSilent);
		await until(isListening);
		const call = publish('CHANNEL_DESTROY');
		await until(() => trigger.emitted.length > 0);
		expect(callIds(trigger)).toEqual([call]);
	});

	test('ends with the workflow', async () => {
		const trigger = await start({ events: ['callEnded'] });
		expect(await listening()).toBe(1);
		await trigger.stop();
		await until(isSilent);
		publish('CHANNEL_DESTROY');
		await sleep(700);
		expect(await listening()).toBe(0);
		expect(trigger.emitted).toEqual([]);
		expect(trigger.errors).toEqual([]);
	});
});

describe('what cannot be', () => {
	test('a server that is not there: said at once, with the address', async () => {
		const credentials = credentialsOf(sandbox, { websocketUrl: 'ws://127.0.0.1:9/' });
		await expect(start({ events: ['callEnded'] }, { credentials })).rejects.toMatchObject({
			message: 'No connection to the websocket server at ws://127.0.0.1:9/',
			description: expect.stringMatching(/Websocket URL/),
		});
	});

	test('an account that is not ours', async () => {
		const parameters = { events: ['callEnded'], accountId: id(sandbox.demo.master.id) };
		await expect(start(parameters)).rejects.toMatchObject({
			message: 'The log-in may not listen to this account',
		});
		await until(isSilent);
	});

	test('an event that this KAZOO does not have', async () => {
		await expect(start({ events: ['streamStarted'] })).rejects.toMatchObject({
			message: '“Audio Stream Started” needs KAZOO 5, this server is KAZOO 4',
		});
	});

	test('a token that the websocket server does not accept is not in the error', async () => {
		const other = await createSandbox({ quiet: true, cdrs: 0, seed: false });
		try {
			const credentials = credentialsOf(sandbox, { websocketUrl: other.websocketUrl });
			const error: unknown = await start({ events: ['callEnded'] }, { credentials }).catch((e: unknown) => e);
			expect(error).toMatchObject({ message: 'The websocket server did not accept the log-in' });
			const { token } = credentials.data('crossbarApi');
			expect(String(token).length).toBeGreaterThan(20);
			const said = JSON.stringify(error) + String((error as Error).stack);
			expect(said).not.toContain(String(token));
			expect(said).not.toContain(String(token).split('.')[1]);
		} finally {
			await other.close();
		}
	});

	test('a missing conference, and no events', async () => {
		await expect(start({ events: ['participantJoined'] })).rejects.toMatchObject({
			message: 'Conference ID is empty',
		});
		await expect(start({ events: [] })).rejects.toMatchObject({ message: 'No event is chosen' });
	});
});

describe('listen for test event', () => {
	test('waits for one real event', async () => {
		const trigger = await start({ events: ['callEnded'] }, { mode: 'manual' });
		expect(await listening()).toBe(0);
		const event = trigger.testEvent();
		await until(isListening);
		const call = publish('CHANNEL_DESTROY');
		publish('CHANNEL_DESTROY');
		expect((await event).map(({ json }) => json.call_id)).toEqual([call]);
	});

	test('says why it cannot', async () => {
		const credentials = credentialsOf(sandbox, { websocketUrl: 'ws://127.0.0.1:9/' });
		const trigger = await start({ events: ['callEnded'] }, { mode: 'manual', credentials });
		await expect(trigger.testEvent()).rejects.toMatchObject({
			message: expect.stringMatching(/^No connection/),
		});
	});
});

test('an n8n that cannot make a failed execution tells it in its log', () => {
	const logged: string[] = [];
	const old = {
		getNode: () => ({ name: 'Trigger' }),
		logger: { error: (message: string) => logged.push(message) },
	} as unknown as ITriggerFunctions;
	saveFailed(old, new NodeOperationError(old.getNode(), 'It broke'));
	expect(logged).toEqual(['Trigger: It broke']);
});
