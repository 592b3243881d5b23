/** The Pivot trigger in a real n8n: KAZOO's requests, asked with plain HTTP, and what the caller gets. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './calls.mjs';
import { chain, kazooNode, locator, isBefore, test } from './harness.mjs';

const KAZOO = {
	'Call-ID': 'abc@10.0.0.1',
	'Account-ID': 'a'.repeat(32),
	'Caller-ID-Number': '+14155550100',
	'Caller-ID-Name': 'Ann Ames',
	Request: '1001',
	From: '+14155550100',
	To: '1001',
	Direction: 'inbound',
	'Call-Status': 'in-progress',
	'Digits[pin]': '42',
};
const TWIML = {
	CallSid: 'abc@10.0.0.1',
	AccountSid: 'a'.repeat(32),
	CallerNumber: '+14155550100',
	CallerName: 'Ann Ames',
	From: '+14155550100',
	To: '1001',
	Direction: 'inbound',
	Digits: '42',
};
const SORRY = 'Nobody is here';

const kazoo = (parameters, credential) =>
	kazooNode('kazoo', { resource: 'pivot', operation: 'answer', result: 'send', ...parameters }, credential);
const say = (text) => ({ format: 'steps', steps: { step: [{ kind: 'say', text }, { kind: 'hangUp' }] } });
const json = (value) => ({
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: JSON.stringify(value), options: {} },
});
const wait = (amount) => ({
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount, unit: 'seconds' },
});
const fail = {
	type: 'n8n-nodes-base.stopAndError',
	typeVersion: 1,
	parameters: { errorMessage: 'The order system is down' },
};

/** Lets no item through. */
const onlyIf = {
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			combinator: 'and',
			conditions: [{ leftValue: 1, rightValue: 2, operator: { type: 'number', operation: 'equals' } }],
		},
		options: {},
	},
};
const respond = (typeVersion, text) => ({
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion,
	parameters: { respondWith: 'json', responseBody: JSON.stringify({ module: 'tts', data: { text } }) },
});

/** Switched off: it only makes the Respond to Webhook node content. */
const WEBHOOK = {
	id: 'webhook',
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2.1,
	position: [0, 200],
	disabled: true,
	webhookId: '00000000-0000-4000-8000-300000000000',
	parameters: { path: 'unused', httpMethod: 'POST', responseMode: 'responseNode', options: {} },
};

let made = 0;

/** Saves a workflow of the trigger and a chain of nodes; gives back where it is asked once it is active, and by hand. */
async function save({ rest, n8n }, trigger, steps, change = (workflow) => workflow) {
	made += 1;
	const webhookId = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
	const workflow = chain(`Pivot ${made}`, [
		{
			type: 'n8n-nodes-kazoo.kazooPivotTrigger',
			webhookId,
			parameters: { fallback: 'say', fallbackText: SORRY, options: {}, ...trigger },
		},
		...steps,
	]);
	const { id } = await rest.post('workflows', change(workflow));
	const path = `${webhookId}/pivot`;
	return { id, url: `${n8n.webhookUrl}/webhook/${path}`, testUrl: `${n8n.url}/webhook-test/${path}` };
}

/** Publishes such a workflow. */
async function publish(world, trigger, ...steps) {
	const saved = await save(world, trigger, steps);
	await world.rest.activateWorkflow(saved.id);
	return saved;
}

/** In queue mode another process answers than the one that can make a failed execution; before 2.7 none can. */
const isQueueMode = ({ n8n }) => n8n.url !== n8n.webhookUrl;

/** That a mistake which came to light after the end of an execution is told: by an execution of its own, and in the log. */
async function isTold(world, id, message, description, executions = 2) {
	const isLogged = (line) => line.includes('KAZOO Pivot Trigger') && line.includes(message);
	await until(async () => world.n8n.lines.some(isLogged));
	if (isQueueMode(world) || isBefore(world.n8n.version, '2.7')) return;
	const all = await world.rest.executionsOf(id, { atLeast: executions });
	const failed = all.filter(({ status }) => status === 'error');
	assert.equal(failed.length, 1, `${failed.length} of ${all.length} executions failed`);
	assert.equal(failed[0].error.message, `${message} (call abc@10.0.0.1 from +14155550100 to 1001)`);
	assert.match(failed[0].error.description, description);
}

/** The last execution of a workflow, once it has ended; not the one that tells a mistake which came to light after it. */
async function ended({ rest }, id) {
	const all = await rest.executionsOf(id, { atLeast: 1 });
	return all.filter(({ error }) => !error?.message.includes('(call abc@')).at(-1);
}

/**
 * That nothing else was told of these executions. Versions before 2.41 answer an execution that has failed as one that
 * ended without an answer, so there the trigger tells that besides.
 */
async function isToldOnce({ rest, n8n }, id, executions = 1) {
	await sleep(1_000);
	const all = await rest.executionsOf(id);
	const others = all.filter(({ error }) => error?.message.includes('(call abc@'));
	assert.equal(all.length - others.length, executions);
	if (!isBefore(n8n.version, '2.41')) assert.deepEqual(others, [], 'the mistake is told twice');
}

async function answered(response) {
	const text = await response.text();
	const type = response.headers.get('content-type') ?? '';
	return { status: response.status, type, text, step: type.includes('json') ? JSON.parse(text) : undefined };
}

const post = async (url, parameters = KAZOO) =>
	await answered(await fetch(url, { method: 'POST', body: new URLSearchParams(parameters) }));
const postJson = async (url, value) =>
	await answered(
		await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(value),
		}),
	);
const get = async (url, parameters) =>
	await answered(await fetch(`${url}?${new URLSearchParams(parameters)}`));

function isFallback({ status, type, step }) {
	assert.equal(status, 200);
	assert.match(type, /^application\/json/);
	assert.equal(step.module, 'tts');
	assert.equal(step.data.text, SORRY);
	assert.equal(step.children._.module, 'hangup');
}

test('pivot: lists inside steps are filled, in the KAZOO node and in the trigger', async (world) => {
	const { rest, credential, crossbar } = world;
	const users = await crossbar.get('users?paginate=false');
	for (const name of ['kazoo', 'kazooPivotTrigger']) {
		const { results } = await rest.post('dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.steps.step[0].user',
			methodName: 'searchUserId',
			nodeTypeAndVersion: { name: `n8n-nodes-kazoo.${name}`, version: 1 },
			currentNodeParameters: { steps: { step: [{ kind: 'ringUser', user: locator('') }] } },
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		});
		assert.deepEqual(results.map(({ value }) => value).sort(), users.map(({ id }) => id).sort(), name);
	}
});

test('pivot: a KAZOO node answers the call, whatever names KAZOO uses and however it asks', async (world) => {
	const text =
		'={{ $json.caller_id_name }} {{ $json.caller_id_number }} {{ $json.dialed }} {{ $json.digits }} {{ $json.format }}';
	const { id, url } = await publish(world, { answer: 'responseNode' }, kazoo(say(text), world.credential));
	const expected = (format) => `Ann Ames +14155550100 1001 42 ${format}`;
	for (const [format, answer] of [
		['kazoo', await post(url)],
		['kazoo', await get(url, KAZOO)],
		['kazoo', await postJson(url, { ...KAZOO, 'Digits[pin]': undefined, Digits: { pin: '42' } })],
		['twiml', await post(url, TWIML)],
		['twiml', await get(url, TWIML)],
	]) {
		assert.equal(answer.status, 200, answer.text);
		assert.match(answer.type, /^application\/json/);
		assert.equal(answer.step.module, 'tts');
		assert.equal(answer.step.data.text, expected(format));
	}
	assert.equal((await ended(world, id)).status, 'success');
});

test('pivot: the last node answers with a step or with TwiML', async (world) => {
	const step = { module: 'tts', data: { text: 'Hello' }, children: {} };
	const one = await publish(world, { answer: 'lastNode' }, json(step));
	assert.deepEqual((await post(one.url)).step, step);
	const twiml = '<Response><Say>Hello</Say></Response>';
	const other = await publish(world, { answer: 'lastNode' }, json({ twiml }));
	const { status, type, text } = await get(other.url, TWIML);
	assert.deepEqual([status, text], [200, twiml]);
	assert.match(type, /^text\/xml/);
});

test('pivot: the trigger answers with its own steps, knows its address, and runs the workflow besides', async (world) => {
	const steps = {
		step: [
			{ kind: 'say', text: 'Type your order number' },
			{ kind: 'collectDigits', digits: 4, wait: 6, name: 'order' },
			{ kind: 'askAgain' },
		],
	};
	const { id, url } = await publish(world, { answer: 'steps', steps, secret: 's/1' }, wait(1));
	const refused = await post(url);
	assert.deepEqual([refused.status, refused.text], [403, 'The secret in the URL is missing or wrong']);
	assert.equal((await post(`${url}?secret=other`)).status, 403);
	const { step } = await post(`${url}?secret=s%2F1`);
	assert.equal(step.data.text, 'Type your order number');
	const { collection_name: name, ...collected } = step.children._.data;
	assert.deepEqual(collected, { max_digits: 4, timeout: 6000 });
	assert.match(name, /^order--[0-9a-z]{11}$/, 'each ask has a collection of its own');
	assert.equal(step.children._.children._.data.voice_url, `${url}?secret=s%2F1`);
	const { status, nodes } = await ended(world, id);
	assert.equal(status, 'success');
	assert.ok(!JSON.stringify(nodes).includes('s/1'), 'the secret is in the output');
});

test('pivot: when the workflow fails the caller gets the fallback', async (world) => {
	for (const answer of ['responseNode', 'lastNode']) {
		const { id, url } = await publish(world, { answer }, fail);
		isFallback(await post(url));
		isFallback(await get(url, TWIML));
		const { status, error } = await ended(world, id);
		assert.deepEqual([status, error.message], ['error', 'The order system is down']);
		await isToldOnce(world, id, 2);
	}
});

test('pivot: the fallback may be that the callflow goes on', async (world) => {
	const { url } = await publish(world, { answer: 'lastNode', fallback: 'callflow' }, fail);
	const { status, type } = await post(url);
	assert.equal(status, 503);
	assert.match(type, /^text\/plain/);
});

test(
	'pivot: a workflow that sleeps is not waited for, and its late answer is an error',
	async (world) => {
		const late = kazoo(say('Too late'), world.credential);
		const node = await publish(world, { answer: 'responseNode' }, wait(10), late);
		const last = await publish(world, { answer: 'lastNode' }, wait(10), json({ module: 'hangup', data: {} }));
		const ask = async ({ url }) => {
			const started = Date.now();
			isFallback(await post(url));
			const took = Date.now() - started;
			assert.ok(took >= 3900 && took < 5000, `answered after ${took} ms`);
		};
		await Promise.all([ask(node), ask(last)]);
		await isTold(world, last.id, 'The workflow gave no answer within 4 s', /came after 1\d\.\d s/);
		const { status, error } = await ended(world, node.id);
		assert.deepEqual([status, error.message], ['error', 'The answer came too late']);
		assert.match(error.description, /fallback/);
		// n8n must have taken the late answers quietly, and still work.
		await sleep(2000);
		await isToldOnce(world, node.id);
		assert.equal((await fetch(`${world.n8n.url}/healthz`)).status, 200);
		assert.ok(
			!world.n8n.lines.some((line) => /ERR_HTTP_HEADERS_SENT|write after end/.test(line)),
			'n8n wrote twice',
		);
	},
	{ timeout: 90_000 },
);

test('pivot: an answer that KAZOO cannot use is an error, and the caller gets the fallback', async (world) => {
	const wrong = { module: 'voicemial', data: {} };
	const node = await publish(
		world,
		{ answer: 'responseNode' },
		kazoo({ format: 'json', json: JSON.stringify(wrong) }, world.credential),
	);
	isFallback(await post(node.url));
	const { status, error } = await ended(world, node.id);
	assert.deepEqual(
		[status, error.message],
		['error', 'The answer to the call is wrong: There is no module “voicemial”'],
	);
	assert.match(error.description, /voicemail/);

	const last = await publish(world, { answer: 'lastNode' }, json(wrong));
	isFallback(await post(last.url));
	const noModule = 'The answer to the call is wrong: There is no module “voicemial”';
	await isTold(world, last.id, noModule, /The caller got the fallback/);

	const none = await publish(world, { answer: 'responseNode' }, json({ anything: 1 }));
	isFallback(await post(none.url));
	await isTold(world, none.id, 'The workflow ended without an answer', /Answer Call/);

	const noItem = await publish(world, { answer: 'lastNode' }, json({}), onlyIf);
	isFallback(await post(noItem.url));
	await isTold(world, noItem.id, 'The workflow gave no answer', /No item to return was found/);

	const steps = { step: [{ kind: 'json', json: JSON.stringify(wrong) }] };
	const own = await publish(world, { answer: 'steps', steps }, json({}));
	isFallback(await post(own.url));
	const failed = await ended(world, own.id);
	assert.deepEqual(
		[failed.status, failed.error.message],
		['error', 'Step 1 (JSON): There is no module “voicemial”'],
	);
	await isToldOnce(world, own.id);
});

test('pivot: n8n’s Respond to Webhook node answers where n8n lets it', async (world) => {
	const versions = [1, 1.1, 1.2, 1.3, 1.4, 1.5];
	for (const version of versions) {
		const { id, url } = await publish(world, { answer: 'responseNode' }, respond(version, `By ${version}`));
		const answer = await post(url);
		if (version === 1) {
			assert.equal(answer.step?.data.text, `By ${version}`);
			continue;
		}
		isFallback(answer);
		const { status, error } = await ended(world, id);
		assert.deepEqual([status, error.message], ['error', 'No Webhook node found in the workflow']);
	}
	// What the documentation tells to do: a Webhook node before it, which is switched off
	for (const version of versions) {
		const saved = await save(
			world,
			{ answer: 'responseNode' },
			[respond(version, `By ${version}`)],
			(workflow) => ({
				...workflow,
				nodes: [...workflow.nodes, WEBHOOK],
				connections: {
					...workflow.connections,
					[WEBHOOK.name]: { main: [[{ node: 'Node 1', type: 'main', index: 0 }]] },
				},
			}),
		);
		await world.rest.activateWorkflow(saved.id);
		const { status, type, step } = await post(saved.url);
		assert.deepEqual([status, step?.data.text], [200, `By ${version}`]);
		assert.match(type, /^application\/json/);
		assert.equal((await ended(world, saved.id)).status, 'success');
	}
	const wrong = await publish(
		world,
		{ answer: 'responseNode' },
		{
			...respond(1, ''),
			parameters: { respondWith: 'json', responseBody: '{"module":"voicemial","data":{}}' },
		},
	);
	isFallback(await post(wrong.url));
	await isTold(
		world,
		wrong.id,
		'The answer to the call is wrong: There is no module “voicemial”',
		/The caller got the fallback/,
	);
});

test('pivot: a person listens for a test event', async (world) => {
	for (const [answer, step] of [
		['responseNode', kazoo(say('Hello'), world.credential)],
		['lastNode', json({ module: 'tts', data: { text: 'Hello' } })],
	]) {
		const { id, testUrl } = await save(world, { answer }, [step]);
		const { waitingForWebhook } = await world.rest.startWorkflow(id, { trigger: 'Node 0' });
		assert.equal(waitingForWebhook, true);
		assert.equal((await post(testUrl)).step?.data.text, 'Hello');
		const { status, error, nodes } = await ended(world, id);
		assert.equal(status, 'success', error?.message);
		assert.equal(nodes['Node 0'].items[0][0].caller_id_number, '+14155550100');
	}
});

test(
	'pivot: after a crash calls are answered, and mistakes are told',
	async (world) => {
		const good = await publish(
			world,
			{ answer: 'lastNode' },
			json({ module: 'tts', data: { text: 'Hello' } }),
		);
		const wrong = await publish(world, { answer: 'lastNode' }, json({ module: 'voicemial', data: {} }));
		await world.crash();
		assert.equal((await post(good.url)).step?.data.text, 'Hello');
		// n8n answers webhooks before it has begun its triggers
		await sleep(3_000);
		isFallback(await post(wrong.url));
		const message = 'The answer to the call is wrong: There is no module “voicemial”';
		await isTold(world, wrong.id, message, /The caller got the fallback/);
	},
	{ timeout: 120_000 },
);
