/** Calls that the sandbox plays, told by its webhooks and its websocket when they are over, beside their records. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { callOf } from '../../crossbar/calls/call';
import { Groups } from '../../crossbar/calls/groups';
import { factsOfCdr } from '../../crossbar/calls/readCdr';
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import type { Sandbox } from '../../sandbox';
import { createSandbox } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { ActiveTrigger } from './harness/triggers';
import { WebhookTrigger } from './harness/webhookTrigger';

const CALLER = '+15005550142';
const NUMBER = '+14155550104';

let sandbox: Sandbox;
let account: string;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true });
	account = sandbox.demo.reseller.id;
});

afterAll(async () => {
	await sandbox.close();
});

function credentials(server = sandbox): CredentialStore {
	const { url, websocketUrl, demo } = server;
	const data = { serverUrl: url, login: 'apiKey', apiKey: demo.reseller.apiKey, websocketUrl };
	return new CredentialStore({ type: new CrossbarApi(), data });
}

const parameters = (options: INodeParameters, events: string[] = ['callFinished']): INodeParameters => ({
	events,
	accountScope: 'mine',
	options: { settle: 1, ...options },
});

interface Heard {
	readonly items: () => IDataObject[];
	readonly binaries: () => string[][];
	readonly end: () => Promise<void>;
}

type Source = 'webhooks' | 'websocket';

let count = 0;

/** Both triggers give the same. */
async function listen(source: Source, options: INodeParameters = {}, events?: string[]): Promise<Heard> {
	if (source === 'websocket') {
		const live = new ActiveTrigger(new KazooLiveTrigger(), parameters(options, events), {
			credentials: credentials(),
		});
		await live.start();
		return {
			items: () => live.emitted.map(({ json }) => json),
			binaries: () => live.emitted.map(({ binary = {} }) => Object.keys(binary)),
			end: async () => await live.stop(),
		};
	}
	const trigger = await WebhookTrigger.open(new KazooTrigger(), parameters(options, events), {
		credentials: credentials(),
		staticData: {},
		workflowId: `finished-${++count}`,
	});
	await trigger.activate();
	const stop = await trigger.run();
	const all = () => trigger.executions.flat();
	return {
		items: () => all().map(({ json }) => json),
		binaries: () => all().map(({ binary = {} }) => Object.keys(binary)),
		end: async () => {
			await stop();
			await trigger.deactivate();
			await trigger.close();
		},
	};
}

async function until(condition: () => boolean, milliseconds = 30_000): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`It did not happen in time: ${String(condition)}`);
		await sleep(20);
	}
}

/** What call records tell of the call that has this leg. */
function ofRecords(callId: string): object {
	const groups = new Groups();
	for (const database of sandbox.store.all())
		for (const document of database.list('cdr')) {
			const facts = factsOfCdr(document);
			if (facts) groups.add(facts);
		}
	const group = [...groups.open].find(({ legs }) => legs.has(callId));
	if (!group) throw new Error(`There are no records of ${callId}`);
	return { ...callOf([...group.legs.values()], { accountId: account }) };
}

/** What call records do not tell (docs/calls.md), and how KAZOO answered, which they tell less of. */
const UNTOLD = [
	...['interaction_id', 'callflow_ids', 'parking_slots', 'holds', 'hold_seconds', 'recording_ids', 'event'],
	...['callflow_names', 'queue_name', 'cost', 'voicemail_id', 'voicemail_box_id'],
];

/** A record without what one of the sources does not tell, and without names that were looked up. */
function told(item: object | undefined): unknown {
	return JSON.parse(
		JSON.stringify(item ?? null, (key, value: unknown) =>
			UNTOLD.includes(key) || key === 'user_name' || key === 'device_name' ? undefined : value,
		),
	);
}

const answer = { do: 'answer' };
const noAnswer = { do: 'noAnswer' };
const hangUp = (after: number) => ({ do: 'hangUp', after });

describe('each kind of call: once from webhooks, once from the websocket, and as its records tell it', () => {
	let heard: Record<Source, Heard>;

	beforeAll(async () => {
		heard = {
			webhooks: await listen('webhooks', { lookUp: false }),
			websocket: await listen('websocket', { lookUp: false }),
		};
	});

	afterAll(async () => {
		for (const one of Object.values(heard)) await one.end();
	});

	type Place = { from?: string; to?: string; steps: unknown[] };
	test.each<[string, Place, object, string[]?]>([
		['answered', { steps: [answer, hangUp(20)] }, { direction: 'in', result: 'answered' }],
		['missed', { steps: [noAnswer, hangUp(5)] }, { result: 'missed' }],
		['a message', { steps: [noAnswer, { do: 'leaveMessage', seconds: 5 }, hangUp(2)] }, { result: 'missed' }],
		['held', { steps: [answer, { do: 'hold', seconds: 5 }, hangUp(20)] }, { result: 'answered' }],
		['a caller who gives up', { steps: [hangUp(4)] }, { result: 'abandoned', hung_up_by: 'caller' }],
		[
			'given on to another one',
			{ steps: [answer, { do: 'transfer', to: '1003' }, answer, hangUp(20)] },
			{ result: 'answered', transfers: [{ type: 'blind', answered: true }] },
		],
		[
			'given on to one who does not answer',
			{ steps: [answer, { do: 'transfer', to: '1003' }, noAnswer, hangUp(20)] },
			{ result: 'answered', transfers: [{ answered: false }, { answered: false }] },
		],
		[
			'parked and fetched',
			{ steps: [answer, { do: 'park', slot: '101' }, { do: 'retrieve', by: '1003', after: 5 }, hangUp(20)] },
			{ result: 'answered', transfers: [{ type: 'retrieved' }] },
			// Who fetches a call puts his name on the caller's record
			['name'],
		],
		[
			'parked and given up',
			{ steps: [answer, { do: 'park', slot: '102' }, hangUp(9)] },
			{ result: 'answered' },
		],
		['to a group', { from: '1001', to: '2002', steps: [answer, hangUp(9)] }, { direction: 'internal' }],
		[
			'between two extensions',
			{ from: '1001', to: '1003', steps: [answer, hangUp(9)] },
			{ direction: 'internal' },
		],
		[
			'to the outside',
			{ from: '1001', to: '+14155559999', steps: [answer, hangUp(9)] },
			{ direction: 'out' },
		],
		[
			'taken where the phone forwards to',
			{ from: CALLER, to: '1007', steps: [{ do: 'answer', by: '+14155550187' }, hangUp(9)] },
			{ result: 'forwarded' },
		],
		['busy', { from: '1001', to: '1007', steps: ['busy', 'busy', 'busy'] }, {}],
		['rejected', { from: '1001', to: '1007', steps: ['reject', 'reject', 'reject'] }, {}],
		['to a conference', { from: '1001', to: '7000', steps: [{ do: 'talk', seconds: 5 }, hangUp(5)] }, {}],
		['to the own voicemail', { from: '1003', to: '*97', steps: [hangUp(15)] }, { result: 'answered' }],
	])('%s', async (_, { from = CALLER, to = NUMBER, steps }, expected, notRecorded = []) => {
		const before = { webhooks: heard.webhooks.items().length, websocket: heard.websocket.items().length };
		const place = { from, to, steps, speed: 200, ...(from === CALLER ? {} : { account }) };
		const { legs } = await sandbox.call(place);
		const callId = String(legs[0]?.call_id);
		const of = (source: Source) => heard[source].items().slice(before[source]);
		await until(() => of('webhooks').length > 0 && of('websocket').length > 0);
		const recorded = told(ofRecords(callId));
		expect(recorded).toMatchObject(expected);
		for (const source of ['webhooks', 'websocket'] as const) {
			const item = told(of(source)[0]) as IDataObject;
			for (const field of notRecorded) delete (item.from as IDataObject)[field];
			expect(item).toEqual(recorded);
		}
		expect([of('webhooks').length, of('websocket').length]).toEqual([1, 1]);
	});
});

describe.each(['webhooks', 'websocket'] as const)('from %s', (source) => {
	let heard: Heard | undefined;

	afterEach(async () => {
		await heard?.end();
		heard = undefined;
	});

	test('with the recording, as a file', async () => {
		heard = await listen(source, { withRecording: true, recordingWait: 30 });
		const steps = [answer, { do: 'record' }, hangUp(20)];
		const { recordings } = await sandbox.call({ from: CALLER, to: NUMBER, steps, speed: 200 });
		await until(() => heard?.items().length === 1);
		expect(recordings).toHaveLength(1);
		expect(heard.items()[0]).toMatchObject({ event: 'callFinished', recording_ids: recordings });
		expect(heard.items()[0]?.file_error).toBeUndefined();
		expect(heard.binaries()).toEqual([['data']]);
		const [phone] = heard.items()[0]?.phones as IDataObject[];
		expect(phone?.device_name).toEqual(expect.any(String));
	}, 60_000);

	test('without a recording after the time for it', async () => {
		heard = await listen(source, { withRecording: true, recordingWait: 1 });
		await sandbox.call({ from: CALLER, to: NUMBER, steps: [answer, hangUp(20)], speed: 200 });
		await until(() => heard?.items().length === 1);
		expect(heard.binaries()).toEqual([[]]);
	});

	test('started and answered once per call', async () => {
		heard = await listen(source, { oncePerCall: true }, ['callStarted', 'callAnswered']);
		const steps = [answer, { do: 'transfer', to: '1003' }, answer, hangUp(20)];
		const { legs } = await sandbox.call({ from: CALLER, to: NUMBER, steps, speed: 200 });
		await until(() => heard?.items().length === 2);
		await sleep(200);
		expect(heard.items().map(({ event }) => event)).toEqual(['callStarted', 'callAnswered']);
		expect(heard.items()[0]?.call_id).toBe(legs[0]?.call_id);
	});

	test('n8n goes down when the call is just over: it comes at once', async () => {
		heard = await listen(source, { settle: 600 });
		await sandbox.call({ from: CALLER, to: NUMBER, steps: [answer, hangUp(5)], speed: 200 });
		await sandbox.deliveries.settled();
		await sleep(200);
		expect(heard.items()).toEqual([]);
		await heard.end();
		expect(heard.items()).toHaveLength(1);
	});
});
