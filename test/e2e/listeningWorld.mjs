/**
 * What the tests of the Live Trigger and the Poll Trigger stand on. The sandbox runs in this process, so that what it
 * says and keeps is known exactly; each workflow hands over what it was started with.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { importCredential } from '../../runtime/workflows.mjs';
import { Crossbar } from './harness.mjs';

/** More than the Poll Trigger takes at once. */
const CDRS = 10_500;
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

/** The sandbox, the receiver and the two workflows; made for the first test that asks, which switches the live one on. */
export async function listening(world) {
	shared ??= startListening(world);
	return await shared;
}

async function startListening({ rest, atEnd }) {
	const { tsImport } = await import('tsx/esm/api');
	const { createSandbox } = await tsImport('../../sandbox/index.ts', import.meta.url);
	const { now } = await tsImport('../../sandbox/values/time.ts', import.meta.url);
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
	await rest.activateWorkflow(live);
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

export async function until(what, condition, timeout = 20_000) {
	const end = Date.now() + timeout;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error(`${what}: not after ${timeout / 1000} s`);
		await sleep(20);
	}
}

/** Waits until n8n has a websocket, another than before, on which it is told all that it asks for. Gives back its id. */
export async function subscribed({ sockets }, before) {
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

export const keyOf = ({ event, call_id: call }) => `${event} ${call}`;

/** Those of the wanted keys that did not come, and those keys that came more than once. */
export function amiss(wanted, came) {
	const counts = new Map();
	for (const key of came) counts.set(key, (counts.get(key) ?? 0) + 1);
	return {
		lost: wanted.filter((key) => !counts.has(key)),
		doubled: [...counts].filter(([, count]) => count > 1).map(([key]) => key),
	};
}

export function isWhole(wanted, came) {
	const { lost, doubled } = amiss(wanted, came);
	assert.deepEqual([lost.length, doubled.length], [0, 0], `lost ${lost[0]}, doubled ${doubled[0]}`);
}

/** Milliseconds from an event to the node after the trigger. */
export function latencies(told, executions) {
	const toldAt = new Map(told.map(({ key, at }) => [key, at]));
	const times = executions
		.flatMap(({ at, items }) => items.map((item) => at - toldAt.get(keyOf(item))))
		.filter((time) => !Number.isNaN(time))
		.sort((a, b) => a - b);
	return { median: times[Math.floor(times.length / 2)], longest: times.at(-1) };
}

export const all = (list) => list.map(({ key }) => key);
export const report = (text) => console.log(`        ${text}`);
