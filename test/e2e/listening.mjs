/**
 * The Live Trigger and the Poll Trigger in a real n8n: what happens in KAZOO reaches workflows once, whatever happens
 * to the connection and to n8n. The sandbox runs in this process, so that what it says and keeps is known exactly;
 * each workflow hands over what it was started with.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { importCredential } from '../../runtime/workflows.mjs';
import { crash, Crossbar, test } from './harness.mjs';

/** More than the Poll Trigger takes at once. */
const CDRS = 10_500;
const DROPS = 10;
const BURST = 200;
const DAY = 86_400;

/** Seconds of a minute at which the Poll Trigger asks: n8n takes no shorter interval in one expression. */
const POLL_TIMES = Array.from({ length: 20 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 3} * * * * *`,
}));

/** Takes what the workflows were started with. */
async function startReceiver() {
	const received = new Map();
	const server = createServer((request, response) => {
		const chunks = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			const items = JSON.parse(Buffer.concat(chunks).toString());
			listOf(request.url.slice(1)).push({ at: Date.now(), items });
			response.end('{}');
		});
	});
	const listOf = (name) => {
		if (!received.has(name)) received.set(name, []);
		return received.get(name);
	};
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		/** One entry an execution: its items and when they came. */
		listOf,
		itemsOf: (name) => listOf(name).flatMap(({ items }) => items),
		stop: async () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

let shared;

/** The sandbox, the receiver and the two workflows, switched on; made for the first test that asks. */
async function listening(world) {
	shared ??= await startListening(world);
	return shared;
}

async function startListening({ rest, atEnd }) {
	const { tsImport } = await import('tsx/esm/api');
	const { createSandbox } = await tsImport('../../sandbox/index.ts', import.meta.url);
	const { now } = await tsImport('../../sandbox/time.ts', import.meta.url);
	const sandbox = await createSandbox({ quiet: true, cdrs: CDRS });
	atEnd(() => sandbox.close());
	const receiver = await startReceiver();
	atEnd(receiver.stop);
	const { id: accountId, apiKey } = sandbox.demo.reseller;
	/** Every event of a leg that the server told, and when. */
	const told = [];
	sandbox.bus.subscribe(({ api, payload }) => {
		const { 'Event-Name': event, 'Call-ID': call, 'Custom-Channel-Vars': vars } = payload;
		if (api !== 'kapi_call:publish_event' || vars?.['Account-ID'] !== accountId) return;
		if (event in EVENTS) told.push({ key: `${EVENTS[event]} ${call}`, at: Date.now() });
	});
	const credential = await importCredential(rest, {
		name: 'KAZOO sandbox that is listened to',
		type: 'crossbarApi',
		data: {
			serverUrl: sandbox.url,
			websocketUrl: sandbox.websocketUrl,
			login: 'apiKey',
			apiKey,
			access: 'full',
		},
	});
	const live = await saveWorkflow(rest, receiver, credential, 'live', 'kazooLiveTrigger', {
		events: Object.values(EVENTS),
		accountScope: 'mine',
	});
	const poll = await saveWorkflow(rest, receiver, credential, 'poll', 'kazooPollTrigger', {
		pollTimes: { item: POLL_TIMES },
		event: 'newCdr',
		accountScope: 'mine',
		start: 'date',
		startDate: new Date(Date.now() - 60 * DAY * 1000).toISOString(),
		simplify: false,
	});
	const token = await new Crossbar(sandbox.url, apiKey).logIn();
	const sockets = async () => {
		const response = await fetch(`${sandbox.url}/v2/accounts/${accountId}/websockets`, {
			headers: { 'x-auth-token': token },
		});
		const { status, data } = await response.json();
		assert.equal(status, 'success', JSON.stringify(data));
		// The server takes a few requests a second
		await sleep(200);
		return data;
	};
	return { sandbox, now, receiver, told, live, poll, accountId, sockets };
}

/** What the Live Trigger is told to listen to, by the names on the bus. */
const EVENTS = {
	CHANNEL_CREATE: 'callStarted',
	CHANNEL_ANSWER: 'callAnswered',
	CHANNEL_DESTROY: 'callEnded',
};

/** A workflow of a trigger and a node that hands over all items at once. Gives back its id. */
async function saveWorkflow(rest, receiver, credential, name, type, parameters) {
	const nodes = [
		{
			id: 'trigger',
			name: 'Trigger',
			type: `n8n-nodes-kazoo.${type}`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		},
		{
			id: 'hand-over',
			name: 'Hand Over',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [220, 0],
			executeOnce: true,
			parameters: {
				method: 'POST',
				url: `${receiver.url}/${name}`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($input.all().map(({ json }) => json)) }}',
			},
		},
	];
	const connections = { Trigger: { main: [[{ node: 'Hand Over', type: 'main', index: 0 }]] } };
	const { id } = await rest.post('workflows', {
		name: `Listening: ${name}`,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
		active: false,
	});
	return id;
}

async function until(what, condition, timeout = 20_000) {
	const end = Date.now() + timeout;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error(`${what}: not after ${timeout / 1000} s`);
		await sleep(20);
	}
}

/** Waits until n8n has a websocket, another than before, on which it is told all that it asks for. Gives back its id. */
async function subscribed({ sockets }, before) {
	let socket;
	await until('a websocket with subscriptions', async () => {
		const [open, ...more] = await sockets();
		socket = open;
		return (
			more.length === 0 &&
			open?.bindings.length === Object.keys(EVENTS).length &&
			open.websocket_session_id !== before
		);
	});
	return socket.websocket_session_id;
}

const keyOf = ({ event, call_id: call }) => `${event} ${call}`;

/** Those of the wanted keys that did not come, and those keys that came more than once. */
function amiss(wanted, came) {
	const counts = new Map();
	for (const key of came) counts.set(key, (counts.get(key) ?? 0) + 1);
	return {
		lost: wanted.filter((key) => !counts.has(key)),
		doubled: [...counts].filter(([, count]) => count > 1).map(([key]) => key),
	};
}

function isWhole(wanted, came) {
	const { lost, doubled } = amiss(wanted, came);
	assert.deepEqual([lost.length, doubled.length], [0, 0], `lost ${lost[0]}, doubled ${doubled[0]}`);
}

/** Milliseconds from an event to the node after the trigger. */
function latencies(told, executions) {
	const toldAt = new Map(told.map(({ key, at }) => [key, at]));
	const times = executions
		.flatMap(({ at, items }) => items.map((item) => at - toldAt.get(keyOf(item))))
		.filter((time) => !Number.isNaN(time))
		.sort((a, b) => a - b);
	return { median: times[Math.floor(times.length / 2)], longest: times.at(-1) };
}

const all = (list) => list.map(({ key }) => key);
const report = (text) => console.log(`        ${text}`);

test('live: a call starts the workflow with what happened', async (world) => {
	const { sandbox, receiver, told, live, ...more } = await listening(world);
	await world.rest.activateWorkflow(live);
	await subscribed(more);
	const { legs, bridged, account_id, hangup_cause } = await sandbox.call({
		from: '1001',
		to: '1002',
		speed: 20,
	});
	assert.ok(bridged);
	const came = () => receiver.itemsOf('live');
	await until('the events of the call', () => came().length >= told.length);
	isWhole(all(told), came().map(keyOf));
	const ended = came().filter(({ event }) => event === 'callEnded');
	assert.deepEqual(ended.map(({ call_id }) => call_id).sort(), legs.map(({ call_id }) => call_id).sort());
	assert.ok(ended.every((item) => item.account_id === account_id));
	assert.equal(ended.find(({ call_id }) => call_id === legs[0].call_id).hangup_cause, hangup_cause);
	const { median, longest } = latencies(told, receiver.listOf('live'));
	report(`from the event to the node after the trigger ${median} ms in the middle, ${longest} ms at most`);
	const executions = await world.rest.executionsOf(live, { atLeast: told.length });
	assert.ok(executions.every(({ status }) => status === 'success'));
});

test(
	'live: of events told after a new subscription none is lost or doubled, ten broken connections long',
	async (world) => {
		const { sandbox, receiver, told, ...more } = await listening(world);
		const first = told.length;
		const wanted = [];
		const lasting = [];
		let going = true;
		const traffic = (async () => {
			while (going) {
				lasting.push(sandbox.call({ from: '1001', to: '1002', speed: 20 }));
				await sleep(600);
			}
		})();
		const gaps = [];
		let socket = await subscribed(more);
		try {
			for (let drop = 0; drop < DROPS; drop++) {
				const dropped = Date.now();
				sandbox.faults([{ kind: 'drop-websockets' }]);
				socket = await subscribed(more, socket);
				gaps.push(Date.now() - dropped);
				const from = told.length;
				await sleep(700);
				const expected = all(told.slice(from));
				assert.ok(expected.length > 0, 'nothing happened');
				wanted.push(...expected);
				// Until they are through the connection that is broken next
				await sleep(200);
			}
		} finally {
			going = false;
		}
		const since = told.length;
		await traffic;
		await Promise.all(lasting);
		wanted.push(...all(told.slice(since)));
		const came = () => receiver.itemsOf('live').map(keyOf);
		await until('the last events', () => amiss(wanted, came()).lost.length === 0).catch(() => {});
		isWhole(wanted, came());
		const missed = amiss(all(told.slice(first)), came()).lost.length;
		report(
			`${DROPS} broken connections, subscribed again after ${Math.max(...gaps)} ms at most: of ${wanted.length} events told while subscribed lost 0, doubled 0; of ${told.length - first} in all ${missed} fell into the gaps`,
		);
	},
	{ timeout: 90_000 },
);

test(
	'live: a burst loses nothing',
	async (world) => {
		const { sandbox, receiver, told, now, accountId } = await listening(world);
		const before = receiver.listOf('live').length;
		for (let index = 0; index < BURST; index++) {
			sandbox.bus.publish('kapi_call:publish_event', {
				'Event-Category': 'call_event',
				'Event-Name': 'CHANNEL_DESTROY',
				'Call-ID': `burst-${index}@10.0.0.1`,
				'Call-Direction': 'inbound',
				Timestamp: now(),
				'Msg-ID': `burst-${index}`,
				'Custom-Channel-Vars': { 'Account-ID': accountId },
			});
			if (index % 100 === 0) await sleep(0);
		}
		const burst = told.filter(({ key }) => key.includes('burst-'));
		assert.equal(burst.length, BURST);
		await until('the burst', () => receiver.listOf('live').length >= before + BURST, 60_000).catch(() => {});
		const executions = receiver.listOf('live').slice(before);
		isWhole(all(burst), executions.flatMap(({ items }) => items).map(keyOf));
		const seconds = (executions.at(-1).at - burst[0].at) / 1000;
		report(
			`${BURST} events at once: ${executions.length} executions in ${seconds.toFixed(1)} s, ${Math.round(BURST / seconds)} events a second; lost 0, doubled 0`,
		);
	},
	{ timeout: 90_000 },
);

/** Ids of all CDRs that the server has. */
const cdrsOf = ({ sandbox, accountId }) =>
	sandbox.store
		.database(accountId)
		.list('cdr')
		.map(({ _id }) => _id);

/** CDRs that the server writes only now, of legs that ended within the last minutes. */
function writeLate({ sandbox, accountId, now }, count) {
	for (let index = 0; index < count; index++) {
		const at = now() - index * 31;
		const call = `late-${++late}@10.0.0.1`;
		sandbox.store.createMonthly(accountId, 'cdr', at, {
			call_id: call,
			interaction_id: `${at}-${late}`,
			call_direction: 'inbound',
			timestamp: at,
			duration_seconds: 5,
			custom_channel_vars: {},
		});
	}
}

let late = 0;

/** Waits until all CDRs were polled, and some time more for those that come twice. */
async function allPolled(listening_) {
	const polled = () => listening_.receiver.itemsOf('poll').map(({ id }) => id);
	await until('all CDRs', () => amiss(cdrsOf(listening_), polled()).lost.length === 0, 60_000).catch(
		() => {},
	);
	await sleep(3_500);
	isWhole(cdrsOf(listening_), polled());
}

test(
	'poll: more CDRs than one poll takes, late ones too: each comes once',
	async (world) => {
		const here = await listening(world);
		const started = Date.now();
		await world.rest.activateWorkflow(here.poll);
		await until('the first CDRs', () => here.receiver.listOf('poll').length > 0);
		writeLate(here, 40);
		await here.sandbox.call({ from: '1001', to: '1002', speed: 20 });
		await allPolled(here);
		const executions = here.receiver.listOf('poll');
		assert.ok(executions[0].items.length <= 10_000);
		report(
			`${cdrsOf(here).length} CDRs in ${executions.length} executions, the last after ${((executions.at(-1).at - started) / 1000).toFixed(1)} s; records lost 0, doubled 0`,
		);
	},
	{ timeout: 120_000 },
);

test(
	'n8n is killed and started again: calls start the workflow, each CDR comes once',
	async (world) => {
		const here = await listening(world);
		const { sandbox, receiver, told } = here;
		const crashed = crash(world);
		writeLate(here, 40);
		await sandbox.call({ from: '1001', to: '1002', speed: 20 });
		await crashed;
		await subscribed(here);
		const first = told.length;
		await sandbox.call({ from: '1001', to: '1002', speed: 20 });
		const wanted = all(told.slice(first));
		const came = () => receiver.itemsOf('live').map(keyOf);
		await until('the events of the call', () => amiss(wanted, came()).lost.length === 0);
		isWhole(wanted, came());
		await allPolled(here);
		report(`${cdrsOf(here).length} CDRs; records lost 0, doubled 0`);
	},
	{ timeout: 120_000 },
);

test(
	'switched off the Live Trigger leaves, and the Poll Trigger goes on later from where it was',
	async (world) => {
		const here = await listening(world);
		await Promise.all([here.live, here.poll].map((id) => world.rest.deactivateWorkflow(id)));
		await until('the end of the websocket', async () => (await here.sockets()).length === 0);
		writeLate(here, 40);
		await world.rest.activateWorkflow(here.poll);
		await allPolled(here);
		await world.rest.deactivateWorkflow(here.poll);
	},
	{ timeout: 60_000 },
);
