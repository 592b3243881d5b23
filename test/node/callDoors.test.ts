/**
 * One call through every door: played by the sandbox, told by webhooks and by the websocket when it is over, found by the
 * Poll Trigger and by Get Calls. Each gives it once, and all give the same.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { now } from '../../sandbox/values/time';
import { Demo } from './demo';
import { CredentialStore } from './harness/credentials';
import { ActivePoll, ActiveTrigger } from './harness/triggers';
import { WebhookTrigger } from './harness/webhookTrigger';

const CALLER = '+15005550142';
const NUMBER = '+14155550104';
const UNIX = 62_167_219_200;

/** What call records do not tell (docs/calls.md), and what is looked up. */
const UNTOLD = new Set([
	...['interaction_id', 'callflow_ids', 'parking_slots', 'holds', 'hold_seconds', 'recording_ids', 'event'],
	...['cost', 'user_name', 'device_name', 'callflow_names', 'queue_name', 'queue_id'],
	...['voicemail_id', 'voicemail_box_id', 'account_name'],
]);

const told = (item: object): IDataObject =>
	JSON.parse(
		JSON.stringify(item, (key, value: unknown) => (UNTOLD.has(key) ? undefined : value)),
	) as IDataObject;

let demo: Demo;
let account: string;

beforeAll(async () => {
	demo = await Demo.open(0, { allowLoopbackUris: true });
	account = demo.sandbox.demo.reseller.id;
});

afterAll(async () => {
	await demo.close();
});

const iso = (seconds: number): string => new Date((seconds - UNIX) * 1000).toISOString();

function credentials(): CredentialStore {
	const { url, websocketUrl, demo: tenant } = demo.sandbox;
	const data = { serverUrl: url, login: 'apiKey', apiKey: tenant.reseller.apiKey, websocketUrl };
	return new CredentialStore({ type: new CrossbarApi(), data });
}

const parameters = (options: INodeParameters = {}): INodeParameters => ({
	events: ['callFinished'],
	accountScope: 'mine',
	options: { settle: 1, lookUp: false, ...options },
});

async function live(): Promise<ActiveTrigger> {
	const trigger = new ActiveTrigger(new KazooLiveTrigger(), parameters(), { credentials: credentials() });
	await trigger.start();
	return trigger;
}

const poll = (): ActivePoll =>
	new ActivePoll(
		new KazooPollTrigger(),
		{ accountScope: 'mine', event: 'newCall', simplify: false },
		{ credentials: credentials() },
	);

const getCalls = async (from: number, to: number, more: INodeParameters = {}): Promise<IDataObject[]> =>
	await demo.records({
		resource: 'cdr',
		operation: 'getCalls',
		returnAll: true,
		simplify: false,
		from: iso(from),
		to: iso(to),
		...more,
	});

async function until(condition: () => boolean, milliseconds = 20_000): Promise<void> {
	const end = Date.now() + milliseconds;
	while (!condition()) {
		if (Date.now() > end) throw new Error(`It did not happen in time: ${String(condition)}`);
		await sleep(20);
	}
}

/** Who takes calls of a queue, and the extension that leads to it. */
function queue(extension: string): void {
	const { store } = demo.sandbox;
	const { _id: id } = store.create(account, 'queue', { name: 'Sales', agent_ring_timeout: 15 });
	const lena = store
		.database(account)
		.list('user')
		.find(({ first_name: name }) => name === 'Lena');
	store.save(account, { ...lena, queues: [id] } as never);
	const flow = { module: 'acdc_member', data: { id }, children: {} };
	store.create(account, 'callflow', { numbers: [extension], flow });
}

const answer = { do: 'answer' };
const hangUp = (after: number, by?: string) => ({ do: 'hangUp', after, by });

interface Place {
	readonly from?: string;
	readonly to?: string;
	readonly steps: unknown[];
}

/** What is to come of it, the calls in the order of their beginnings. */
const KINDS: [string, Place, object[]][] = [
	[
		'given on to another one',
		{ steps: [answer, { do: 'transfer', to: '1003' }, answer, hangUp(20)] },
		[{ result: 'answered', transfers: [{ type: 'blind', answered: true }] }],
	],
	[
		'given on after asking: two calls for KAZOO',
		{ steps: [answer, { do: 'transfer', to: '1003', attended: true }, answer, hangUp(20, 'callee')] },
		[
			{ direction: 'in', result: 'answered', transfers: [] },
			{ direction: 'internal', result: 'answered', answered_by: { name: 'Lena Fischer' } },
		],
	],
	[
		'given on after asking, and nobody answers',
		{ steps: [answer, { do: 'transfer', to: '1003', attended: true }, { do: 'noAnswer' }, hangUp(9)] },
		[
			{ direction: 'in', result: 'answered' },
			{ direction: 'internal', result: 'missed' },
		],
	],
	[
		'forwarded to a mobile',
		{ to: '1007', steps: [{ do: 'answer', by: '+14155550187' }, hangUp(9)] },
		[{ direction: 'in', result: 'forwarded', answered_by: { type: 'number', number: '+14155550187' } }],
	],
	[
		'a queue, answered',
		{ to: '3900', steps: [{ do: 'answer', after: 7 }, hangUp(30)] },
		[{ result: 'answered', waiting_seconds: 7, talking_seconds: 30 }],
	],
	[
		'a queue, the caller gives up',
		{ to: '3900', steps: [hangUp(9)] },
		[{ result: 'abandoned', hung_up_by: 'caller', waiting_seconds: 9 }],
	],
];

describe('each kind of call', () => {
	let webhooks: WebhookTrigger;
	let stop: () => Promise<void>;
	let websocket: ActiveTrigger;
	let polled: ActivePoll;

	beforeAll(async () => {
		queue('3900');
		webhooks = await WebhookTrigger.open(new KazooTrigger(), parameters(), {
			credentials: credentials(),
			staticData: {},
			workflowId: 'doors',
		});
		await webhooks.activate();
		stop = await webhooks.run();
		websocket = await live();
		polled = poll();
		await polled.poll();
	});

	afterAll(async () => {
		await websocket.stop();
		await stop();
		await webhooks.deactivate();
		await webhooks.close();
	});

	const byBeginning = (items: IDataObject[]): IDataObject[] =>
		items.map(told).sort((a, b) => (String(a.started_at) < String(b.started_at) ? -1 : 1));

	/** Call records do not tell whose phone it was behind a line of KAZOO's own (docs/calls.md). */
	const withoutPhones = (item: IDataObject): IDataObject =>
		JSON.parse(
			JSON.stringify(item, (key, value: unknown) =>
				key === 'device_id' && item.direction === 'internal' ? undefined : value,
			),
		) as IDataObject;

	test.each(KINDS)('%s', async (_, { from = CALLER, to = NUMBER, steps }, expected) => {
		const hooked = () => webhooks.executions.flat().map(({ json }) => json);
		const framed = () => websocket.emitted.map(({ json }) => json);
		const before = [hooked().length, framed().length] as const;
		await polled.poll();
		// Long enough ago that the Poll Trigger waits for no further leg
		const at = now() - 3000 + KINDS.findIndex(([name]) => name === _) * 300;
		const place = { from, to, steps, account, speed: 200, at: iso(at) };
		expect((await demo.sandbox.call(place)).unused_steps).toEqual([]);
		const wanted = expected.length;
		await until(() => hooked().length >= before[0] + wanted && framed().length >= before[1] + wanted);
		const found = byBeginning(await getCalls(at - 5, at + 290));
		expect(found).toMatchObject(expected);
		expect(byBeginning((await polled.poll()).map(({ json }) => json))).toEqual(found);
		await sleep(300);
		for (const items of [hooked().slice(before[0]), framed().slice(before[1])])
			expect(byBeginning(items).map(withoutPhones)).toEqual(found.map(withoutPhones));
		expect(await polled.poll()).toEqual([]);
		expect(polled.errors).toEqual([]);
	});

	test('legs whose records come late, and a restart before they do', async () => {
		const at = now() - 900;
		const place = { from: CALLER, to: NUMBER, steps: [answer, hangUp(20)], speed: 1e6, at: iso(at) };
		const { cdrs, legs } = await demo.sandbox.call(place);
		const database = demo.sandbox.store.database(account);
		const late = cdrs
			.map((one) => database.get(one, 'cdr'))
			.filter((one) => one?.call_direction === 'inbound');
		for (const record of late) database.erase(String(record?._id));
		expect(await polled.poll()).toEqual([]);
		polled.save();
		polled = Object.assign(polled.restarted(), { emitted: polled.emitted });
		expect(await polled.poll()).toEqual([]);
		for (const record of late) database.put(record as never);
		const found = await polled.poll();
		expect(found.map(({ json }) => json.id)).toEqual([legs[0]?.call_id]);
		expect(found[0]?.json).toMatchObject({ result: 'answered', phones: [{}, {}] });
		expect(await polled.poll()).toEqual([]);
	});
});

/** A trigger whose n8n can go down and come up again. */
interface Restartable {
	readonly items: () => IDataObject[];
	readonly down: () => Promise<void>;
	readonly up: () => Promise<void>;
	readonly end: () => Promise<void>;
}

const SOURCES: Record<string, () => Promise<Restartable>> = {
	websocket: async () => {
		let trigger = await live();
		const before: IDataObject[] = [];
		const jsons = () => trigger.emitted.map(({ json }) => json);
		return {
			items: () => [...before, ...jsons()],
			down: async () => await trigger.stop(),
			up: async () => {
				before.push(...jsons());
				trigger = await live();
			},
			end: async () => await trigger.stop(),
		};
	},
	webhooks: async () => {
		const trigger = await WebhookTrigger.open(new KazooTrigger(), parameters(), {
			credentials: credentials(),
			staticData: {},
			workflowId: `restarted-${now()}`,
		});
		await trigger.activate();
		let stop = await trigger.run();
		return {
			items: () => trigger.executions.flat().map(({ json }) => json),
			down: async () => await stop(),
			up: async () => {
				stop = await trigger.run();
			},
			end: async () => {
				await stop();
				await trigger.deactivate();
				await trigger.close();
			},
		};
	},
};

describe.each(Object.keys(SOURCES))('n8n restarts, %s', (source) => {
	test.each([
		['while a phone rings', (name: string) => name === 'CHANNEL_CREATE'],
		['while people talk', (name: string) => name === 'CHANNEL_BRIDGE'],
	])(
		'%s: the call comes once, and is that of its records',
		async (_, isTime) => {
			const trigger = await (SOURCES[source] as () => Promise<Restartable>)();
			const heard: string[] = [];
			const { bus } = demo.sandbox;
			const unsubscribe = bus.subscribe(({ payload }) => heard.push(String(payload['Event-Name'])));
			const began = now() - 120;
			const steps = [{ do: 'answer', after: 10 }, hangUp(30)];
			const call = demo.sandbox.call({ from: CALLER, to: NUMBER, steps, speed: 10, at: iso(began) });
			await until(() => heard.some(isTime));
			await trigger.down();
			await trigger.up();
			const { legs } = await call;
			await until(() => trigger.items().length > 0, 60_000);
			await sleep(1500);
			unsubscribe();
			await trigger.end();
			const recorded = (await getCalls(began - 5, began + 60)).filter(({ id }) => id === legs[0]?.call_id);
			expect(trigger.items().map(told)).toEqual(recorded.map(told));
			expect(trigger.items()).toMatchObject([{ result: 'answered', talking_seconds: 30 }]);
		},
		90_000,
	);
});

describe('over the ends of days and months', () => {
	/** A call that begins so many seconds before a moment and lasts longer. */
	const over = async (moment: string, seconds: number): Promise<string> => {
		const begin = new Date(Date.parse(moment) - seconds * 1000).toISOString();
		const steps = [{ do: 'answer', after: 5 }, hangUp(80)];
		const { legs } = await demo.sandbox.call({ from: CALLER, to: NUMBER, steps, speed: 1e6, at: begin });
		return String(legs[0]?.call_id);
	};
	const second = (moment: string): number => Date.parse(moment) / 1000 + UNIX;

	test('a month’s: its legs lie in the databases of two months, and it is one call', async () => {
		const recently = new Date(Date.now() - 7_200_000);
		const [year, month] = [recently.getUTCFullYear(), recently.getUTCMonth()];
		const end = new Date(Date.UTC(year, month, 1)).toISOString();
		const id = await over(end, 20);
		const months = demo.sandbox.store
			.database(account)
			.list('cdr')
			.filter(({ other_leg_call_id: other, call_id: own }) => own === id || other === id)
			.map(({ _id }) => _id.slice(0, 6));
		const named = (date: Date) => date.toISOString().slice(0, 7).replace('-', '');
		expect(new Set(months)).toEqual(
			new Set([named(new Date(Date.parse(end) - 1)), named(new Date(Date.parse(end)))]),
		);
		for (const pageSize of [1, 2, 50]) {
			const calls = await getCalls(second(end) - 60, second(end) + 3600, { options: { pageSize } });
			expect(calls).toMatchObject([{ id, result: 'answered', duration_seconds: 85, talking_seconds: 80 }]);
			expect(calls[0]?.phones).toHaveLength(2);
		}
		// It began before, so that it is none of the next month's
		expect(await getCalls(second(end), second(end) + 3600)).toEqual([]);
	});

	test('a day’s where the account is: it counts on the day on which it began', async () => {
		const { store } = demo.sandbox;
		// Eight hours behind, the whole year
		store.save('accounts', { ...store.account(account), timezone: 'Etc/GMT+8' } as never);
		const day = Math.floor(Date.now() / 86_400_000) - 3;
		const midnight = new Date(day * 86_400_000 + 8 * 3_600_000).toISOString();
		await over(midnight, 20);
		await over(midnight, -600);
		const rows = await demo.records({
			resource: 'cdr',
			operation: 'getCallReport',
			returnAll: true,
			from: iso(second(midnight) - 3600),
			to: iso(second(midnight) + 7200),
			by: 'account',
			additionalFields: { interval: 'day' },
		});
		const named = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);
		expect(rows.map(({ period, calls }) => [period, calls])).toEqual([
			[named(day - 1), 1],
			[named(day), 1],
		]);
	});
});
