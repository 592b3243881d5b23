/** The KAZOO Trigger in a real n8n: things happen in the sandbox, its webhooks call n8n, workflows start. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { answered, call, CALLER, missed, NUMBER, until } from './calls.mjs';
import { chain, kazooNode, test } from './harness.mjs';

/** Milliseconds from the end of a call to the start of the workflow. */
const AT_ONCE = 5_000;
/** Milliseconds after which what has not come will not come. */
const LONG_ENOUGH = 1_500;

const noOp = { type: 'n8n-nodes-base.noOp', parameters: {} };

let made = 0;

/** Adds a test with a workflow of the trigger alone, which is on for as long as the test takes. */
function webhookTest(name, { events, ...parameters }, run, options) {
	test(
		`webhooks: ${name}`,
		async (world) => {
			made += 1;
			const trigger = {
				...kazooNode('kazooTrigger', { events, ...parameters }, world.credential),
				name: 'KAZOO Trigger',
				webhookId: `00000000-0000-4000-8000-1${String(made).padStart(11, '0')}`,
			};
			const { id } = await world.rest.post('workflows', chain(`Webhooks ${made}`, [trigger]));
			await world.rest.activateWorkflow(id);
			try {
				await run(world, id);
			} finally {
				await world.rest.deactivateWorkflow(id);
			}
			assert.deepEqual(await kinds(world), [], 'webhooks are left in KAZOO');
		},
		options,
	);
}

/** What the webhooks in KAZOO are for, by kind. */
const kinds = async ({ crossbar }) => (await crossbar.get('webhooks')).map(({ hook }) => hook).sort();

/** The items that a workflow started with, once there are so many executions. */
async function started({ rest }, id, atLeast) {
	const executions = await rest.executionsOf(id, { atLeast });
	for (const { status, error } of executions) assert.equal(status, 'success', error?.message);
	return executions.map(({ startedAt, nodes }) => ({
		at: Date.parse(startedAt),
		item: nodes['KAZOO Trigger'].items[0][0],
		files: nodes['KAZOO Trigger'].files[0][0],
	}));
}

webhookTest(
	'a missed call starts the workflow at once, an answered one does not',
	{ events: ['callMissed'] },
	async (world, id) => {
		assert.deepEqual(await kinds(world), ['channel_bridge', 'channel_create', 'channel_destroy']);
		for (const { uri } of await world.crossbar.get('webhooks'))
			assert.ok(uri.startsWith(`${world.n8n.webhookUrl}/webhook/`), uri);
		await call(world, answered);
		const delays = [];
		for (const count of [1, 2, 3]) {
			await call(world, missed);
			const end = Date.now();
			delays.push((await started(world, id, count)).at(-1).at - end);
		}
		console.log(`        from the end of a call to the start of the workflow: ${delays.join(', ')} ms`);
		assert.ok(Math.max(...delays) < AT_ONCE, `${delays.join(', ')} ms`);
		const [{ item }] = await started(world, id, 3);
		assert.deepEqual(
			[item.event, item.reason, item.from_outside, item.caller_id_number],
			['callMissed', 'no_answer', true, CALLER],
		);
		assert.ok(item.phones.length > 0, 'no phone rang');
		await sleep(LONG_ENOUGH);
		const all = await started(world, id, 3);
		assert.equal(all.length, 3, 'the answered call started it too, or one call did twice');
	},
);

webhookTest(
	'a voicemail brings its sound along',
	{ events: ['voicemailReceived'], download: true, outputField: 'sound' },
	async (world, id) => {
		await world.crossbar.play('voicemails', { to: NUMBER, from: CALLER, seconds: 4 });
		const [{ item, files }] = await started(world, id, 1);
		assert.deepEqual(
			[item.event, item.caller_id_number, item.file_error],
			['voicemailReceived', CALLER, undefined],
		);
		assert.match(files.sound.mimeType, /^audio\//);
		assert.match(files.sound.fileName, /\.(mp3|wav)$/);
		assert.ok(parseInt(files.sound.fileSize, 10) > 1, files.sound.fileSize);
	},
);

webhookTest(
	'switching on twice makes one, switching off removes it and no other',
	{ events: ['callEnded'] },
	async (world, id) => {
		const { id: other } = await world.crossbar.request('PUT', 'webhooks', {
			name: 'Somebody else',
			hook: 'channel_destroy',
			uri: `${world.n8n.webhookUrl}/webhook/of-somebody-else`,
		});
		await world.rest.activateWorkflow(id);
		assert.deepEqual(await kinds(world), ['channel_destroy', 'channel_destroy']);
		await world.rest.deactivateWorkflow(id);
		const left = await world.crossbar.get('webhooks');
		assert.deepEqual(
			left.map((hook) => hook.id),
			[other],
		);
		await world.crossbar.request('DELETE', `webhooks/${other}`);
	},
);

webhookTest(
	'after a crash those that KAZOO switched off are on again, none is doubled, and the next call starts the workflow',
	{ events: ['callMissed'] },
	async (world, id) => {
		const before = await world.crossbar.get('webhooks');
		await world.n8n.kill();
		await Promise.all([1, 2, 3, 4, 5, 6].map(() => call(world, missed)));
		const isOff = ({ hook, enabled }) => hook === 'channel_destroy' && enabled === false;
		// KAZOO looks every 15 seconds.
		await until(async () => (await world.crossbar.get('webhooks')).some(isOff), 40_000);
		await world.startAgain();
		// n8n says that it can be used before it has set up the triggers.
		await until(
			async () => !(await world.crossbar.get('webhooks')).some(({ enabled }) => enabled === false),
			60_000,
		);
		const ids = (hooks) => hooks.map((hook) => hook.id).sort();
		assert.deepEqual(ids(await world.crossbar.get('webhooks')), ids(before));
		// Another caller, for KAZOO may repeat what it could not deliver before.
		const from = '+15005550199';
		await world.crossbar.play('calls', { from, to: NUMBER, steps: missed, speed: 100, wait: true });
		await until(async () => (await started(world, id, 1)).some(({ item }) => item.caller_id_number === from));
	},
	{ timeout: 300_000 },
);

webhookTest(
	'six failing deliveries at another address switch one off, and while n8n goes on running there is one at its own',
	{ events: ['callEnded'], options: { lookEvery: 0.1 } },
	async (world, id) => {
		const [{ id: hook, uri }] = await world.crossbar.get('webhooks');
		// An address at which n8n answers 404.
		await world.crossbar.request('PATCH', `webhooks/${hook}`, { uri: `${uri}-gone` });
		await Promise.all([1, 2, 3].map(() => call(world, answered)));
		const isThere = ({ uri: now, enabled }) => now === uri && enabled !== false;
		const isOff = ({ id: one, disable_reason: why }) => one === hook && why === 'too many failed attempts';
		// KAZOO looks every 15 seconds, the trigger every 6. What has another address may be a copy's and is left alone.
		await until(async () => {
			const hooks = await world.crossbar.get('webhooks');
			return hooks.length === 2 && hooks.some(isThere) && hooks.some(isOff);
		}, 60_000);
		// Said when all of them were looked at
		await until(async () => world.n8n.lines.some((line) => line.includes('set up again')));
		const attempts = await world.crossbar.get(`webhooks/${hook}/attempts`);
		assert.ok(attempts.filter(({ result }) => result === 'failure').length >= 6, attempts.length);
		await world.crossbar.request('DELETE', `webhooks/${hook}`);
		const from = '+15005550188';
		await world.crossbar.play('calls', { from, to: NUMBER, steps: answered, speed: 100, wait: true });
		await until(async () => (await started(world, id, 1)).some(({ item }) => item.caller_id_number === from));
		await sleep(LONG_ENOUGH);
		const legs = (await started(world, id, 1)).map(({ item }) => item.call_id);
		assert.equal(new Set(legs).size, legs.length, 'a leg came twice');
	},
	{ timeout: 120_000 },
);

test('webhooks: a person listens for a test event', async (world) => {
	const { rest, crossbar, credential } = world;
	const trigger = {
		...kazooNode('kazooTrigger', { events: ['callMissed'] }, credential),
		name: 'KAZOO Trigger',
		webhookId: '00000000-0000-4000-8000-200000000000',
	};
	const { id } = await rest.post('workflows', chain('Webhooks, by hand', [trigger, noOp]));
	const { waitingForWebhook } = await rest.startWorkflow(id, { trigger: trigger.name });
	assert.equal(waitingForWebhook, true);
	for (const { uri } of await crossbar.get('webhooks'))
		assert.ok(uri.startsWith(`${world.n8n.webhookUrl}/webhook-test/`), uri);
	await call(world, missed);
	const [execution] = await rest.executionsOf(id, { atLeast: 1 });
	assert.equal(execution.status, 'success', execution.error?.message);
	assert.equal(execution.nodes['Node 1'].items[0][0].event, 'callMissed');
	await until(async () => (await kinds(world)).length === 0);
});
