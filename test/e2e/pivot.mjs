/** The Pivot trigger in a real n8n: KAZOO's requests, asked with plain HTTP, and what the caller gets. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { chain, kazooNode, locator, test } from './harness.mjs';

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

let made = 0;

/** Publishes a workflow of the trigger and a chain of nodes, and gives back its address and its executions. */
async function publish({ rest, n8n }, trigger, ...steps) {
	made += 1;
	const webhookId = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
	const { id } = await rest.post(
		'workflows',
		chain(`Pivot ${made}`, [
			{
				type: 'n8n-nodes-kazoo.kazooPivotTrigger',
				webhookId,
				parameters: { fallback: 'say', fallbackText: SORRY, options: {}, ...trigger },
			},
			...steps,
		]),
	);
	await rest.activateWorkflow(id);
	const url = `${n8n.webhookUrl}/webhook/${webhookId}/pivot`;
	return { id, url };
}

/** The last execution of a workflow, once it has ended. */
async function ended({ rest }, id) {
	return (await rest.executionsOf(id, { atLeast: 1 })).at(-1);
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
	assert.deepEqual(step.children._.data, { max_digits: 4, timeout: 6000, collection_name: 'order' });
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
		for (const answer of ['responseNode', 'lastNode']) {
			const { id, url } = await publish(
				world,
				{ answer },
				wait(10),
				kazoo(say('Too late'), world.credential),
			);
			const started = Date.now();
			isFallback(await post(url));
			const took = Date.now() - started;
			assert.ok(took >= 3900 && took < 5000, `answered after ${took} ms`);
			if (answer === 'lastNode') continue;
			const { status, error } = await ended(world, id);
			assert.deepEqual([status, error.message], ['error', 'The answer came too late']);
			assert.match(error.description, /fallback/);
		}
		// n8n must have taken the late answers quietly, and still work.
		await sleep(2000);
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
	assert.ok(
		world.n8n.lines.some((line) => line.includes('voicemial')),
		'nothing about it in the log',
	);

	const none = await publish(world, { answer: 'responseNode' }, json({ anything: 1 }));
	isFallback(await post(none.url));

	const steps = { step: [{ kind: 'json', json: JSON.stringify(wrong) }] };
	const own = await publish(world, { answer: 'steps', steps }, json({}));
	isFallback(await post(own.url));
	const failed = await ended(world, own.id);
	assert.deepEqual(
		[failed.status, failed.error.message],
		['error', 'Step 1 (JSON): There is no module “voicemial”'],
	);
});
