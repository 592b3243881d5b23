/** The Live Trigger and the Poll Trigger in a real n8n: each event and each record once, also when n8n is killed. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from './harness.mjs';
import {
	all,
	amiss,
	isWhole,
	keyOf,
	latencies,
	listening,
	report,
	subscribed,
	until,
} from './listeningWorld.mjs';

test('live: a call starts the workflow with what happened', async (world) => {
	const { sandbox, receiver, told, live, ...more } = await listening(world);
	const first = told.length;
	await subscribed(more);
	const { legs, bridged, account_id, hangup_cause } = await sandbox.call({
		from: '1001',
		to: '1002',
		speed: 20,
	});
	assert.ok(bridged);
	const ofCall = () => all(told.slice(first));
	const came = () => receiver.itemsOf('live').filter((item) => ofCall().includes(keyOf(item)));
	await until('the events of the call', () => came().length >= ofCall().length);
	isWhole(ofCall(), came().map(keyOf));
	const ended = came().filter(({ event }) => event === 'callEnded');
	assert.deepEqual(ended.map(({ call_id }) => call_id).sort(), legs.map(({ call_id }) => call_id).sort());
	assert.ok(ended.every((item) => item.account_id === account_id));
	assert.equal(ended.find(({ call_id }) => call_id === legs[0].call_id).hangup_cause, hangup_cause);
	const { median, longest } = latencies(told.slice(first), receiver.listOf('live'));
	report(`from the event to the node after the trigger ${median} ms in the middle, ${longest} ms at most`);
	const executions = await world.rest.executionsOf(live, { atLeast: 1 });
	assert.ok(executions.every(({ status }) => status === 'success'));
});

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

/** The same with the Poll Trigger switched on, which the first test that needs it does. */
async function polling(world) {
	const here = await listening(world);
	if (here.receiver.listOf('poll').length > 0) return here;
	await world.rest.activateWorkflow(here.poll);
	await until('the first CDRs', () => here.receiver.listOf('poll').length > 0);
	return here;
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
		const started = Date.now();
		const here = await polling(world);
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
		const here = await polling(world);
		const { sandbox, receiver, told } = here;
		const crashed = world.crash();
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
