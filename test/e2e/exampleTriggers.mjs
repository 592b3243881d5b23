/**
 * The examples that wait for something to happen, imported and run: it happens in the sandbox, and a small server here
 * is the chat, the ticket system, the CRM and the storage at their other ends.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { importCredential, importWorkflow, readExamples, switchOn } from '../../runtime/workflows.mjs';
import { call, CALLER, missed, NUMBER } from './calls.mjs';
import { test } from './harness.mjs';

const VIP = '+15005550177';

let services;

/** Starts the outside services once. `received` holds what came in: method, url, headers, body. */
async function outside({ atEnd }) {
	if (services) return services;
	const received = [];
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const { method, url, headers } = request;
		received.push({ method, url, headers, body: Buffer.concat(chunks) });
		const { pathname, searchParams } = new URL(url, 'http://any');
		if (pathname === '/crm') {
			const vip = searchParams.get('phone') === VIP;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ name: 'Ann Ames', vip }));
		} else if (pathname === '/sheet') {
			response.setHeader('content-type', 'text/csv');
			response.end(`number,customer,price\n${NUMBER},Harbor Telecom,1.20\n+15005550188,Cedar Law,0.90\n`);
		} else if (searchParams.has('location')) {
			response.end('<LocationConstraint>eu-test-1</LocationConstraint>');
		} else response.end('ok');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	atEnd(async () => {
		server.closeAllConnections();
		server.close();
	});
	services = { url: `http://127.0.0.1:${server.address().port}`, received };
	return services;
}

/** Adds a test with an example in n8n, whose node "Settings" says what the test says. */
export function exampleTest(file, settings, run, { active = false, note = '' } = {}) {
	test(
		`the example ${file} runs${note}`,
		async (world) => {
			const { rest, credential } = world;
			const { url, received } = await outside(world);
			received.length = 0;
			const example = structuredClone(readExamples().find((one) => one.file === `${file}.json`));
			const node = (name) => example.workflow.nodes.find((one) => one.name === name);
			const assignments = node('Settings').parameters.assignments.assignments;
			for (const [name, value] of Object.entries(settings(url))) {
				const found = assignments.find((one) => one.name === name);
				assert.ok(found, `Settings has no ${name}`);
				found.value = value;
			}
			assert.ok(node('Note').parameters.content.length > 100);
			const s3 = example.workflow.nodes.find(({ credentials }) => credentials?.s3);
			if (s3) s3.credentials.s3 = await storageCredential(rest, url);
			await importWorkflow(rest, example, credential);
			if (active) await switchOn(rest, example.id, true);
			try {
				await run(world, example, received);
			} finally {
				if (active) await rest.deactivateWorkflow(example.id);
			}
		},
		{ timeout: 120_000 },
	);
}

async function storageCredential(rest, endpoint) {
	const data = {
		endpoint,
		region: 'eu-test-1',
		accessKeyId: 'key',
		secretAccessKey: 'secret',
		forcePathStyle: true,
	};
	const { id, name } = await importCredential(rest, { name: 'S3 account', type: 's3', data });
	return { id, name };
}

/** Once the workflow has run so often: the last execution, which is a success down to each node. */
export async function lastOf({ rest }, { id }, atLeast = 1) {
	return sound((await rest.executionsOf(id, { atLeast })).at(-1));
}

export function sound(execution) {
	const { status, error, nodes } = execution;
	assert.equal(status, 'success', [error?.message, error?.description].filter(Boolean).join('\n'));
	for (const [name, result] of Object.entries(nodes)) assert.equal(result.error, undefined, name);
	return execution;
}

exampleTest(
	'missed-call-to-chat',
	(url) => ({ chat_url: `${url}/chat` }),
	async (world, example, received) => {
		await call(world, missed);
		await lastOf(world, example);
		const [{ method, url, body }] = received;
		assert.deepEqual([method, url], ['POST', '/chat']);
		assert.match(JSON.parse(body).text, /^Missed call from .*\+15005550142, rang for .*Webb/);
	},
	{ active: true },
);

exampleTest(
	'missed-call-to-chat',
	() => ({ chat_url: '' }),
	async (world, example, received) => {
		const before = await world.rest.executionsOf(example.id);
		await call(world, missed);
		const { nodes } = await lastOf(world, example, before.length + 1);
		assert.match(nodes['No chat yet'].items[0][0].text, /^Missed call/);
		assert.equal(received.length, 0);
	},
	{ active: true, note: ', without a chat too' },
);

exampleTest(
	'voicemail-to-ticket',
	(url) => ({ ticket_url: `${url}/tickets` }),
	async (world, example, received) => {
		await world.crossbar.play('voicemails', { to: NUMBER, from: CALLER, seconds: 4 });
		await lastOf(world, example);
		const [{ method, url, headers, body }] = received;
		assert.deepEqual([method, url], ['POST', '/tickets']);
		const form = await new Response(body, {
			headers: { 'content-type': headers['content-type'] },
		}).formData();
		assert.match(form.get('subject'), /^Voicemail from .*\+15005550142$/);
		assert.equal(form.get('phone'), CALLER);
		assert.match(form.get('attachment').type, /^audio\//);
		assert.ok(form.get('attachment').size > 1_000);
	},
	{ active: true },
);

exampleTest(
	'vip-routing-by-pivot',
	(url) => ({ crm_url: `${url}/crm`, vip_number: '+15005550102', other_number: '+15005550104' }),
	async (world, { id, workflow }, received) => {
		const { crossbar, n8n } = world;
		const [{ webhookId }] = workflow.nodes;
		const { id: callflow } = await crossbar.request('PUT', 'callflows', {
			numbers: ['7700'],
			flow: {
				module: 'pivot',
				data: { voice_url: `${n8n.webhookUrl}/webhook/${webhookId}/pivot` },
				children: {},
			},
		});
		const account = crossbar.accountId;
		for (const [from, said, number] of [
			[VIP, 'Welcome back, Ann Ames', '+15005550102'],
			[CALLER, undefined, '+15005550104'],
		]) {
			const before = await world.rest.executionsOf(id);
			const { transcript } = await crossbar.play('calls', {
				from,
				to: '7700',
				account,
				speed: 100,
				wait: true,
			});
			const told = JSON.stringify(transcript);
			assert.equal(told.includes('Welcome back'), said !== undefined, told);
			if (said) assert.ok(told.includes(said), told);
			assert.ok(told.includes(number), told);
			await lastOf(world, { id }, before.length + 1);
			assert.equal(new URL(received.at(-1).url, 'http://any').searchParams.get('phone'), from);
		}
		await crossbar.request('DELETE', `callflows/${callflow}`);
	},
	{ active: true },
);

exampleTest(
	'nightly-cdrs-to-table',
	() => ({ table: 'Calls of the test' }),
	async ({ rest }, { id }) => {
		const run = async () => sound(await rest.runWorkflow(id, { trigger: 'Every night', timeout: 90_000 }));
		const { nodes } = await run();
		const calls = nodes['Calls of yesterday'].items[0];
		assert.ok(calls.length > 0, 'nobody called yesterday');
		assert.equal(nodes['Put into the table'].items[0].length, calls.length);
		const again = (await run()).nodes['Put into the table'].items[0];
		const ids = (rows) => rows.map((row) => row.id).sort();
		assert.deepEqual(ids(again), ids(nodes['Put into the table'].items[0]), 'rows were doubled');
		assert.deepEqual(again.map((row) => row.cdr_id).sort(), calls.map((call) => call.id).sort());
	},
);

exampleTest(
	'recordings-to-s3',
	() => ({ bucket: 'recordings-of-the-test' }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'A recording is there' }));
		const [recording] = nodes['A recording is there'].items[0];
		const { url, headers, body } = received.find(({ method }) => method === 'PUT');
		assert.match(url, new RegExp(`^/recordings-of-the-test/${recording.id}\\.(mp3|wav)`));
		assert.match(headers['content-type'], /^audio\//);
		assert.ok(body.length > 1_000);
	},
);

exampleTest(
	'phones-off-line',
	(url) => ({ chat_url: `${url}/chat` }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'A phone goes off-line' }));
		const [{ name, account_name }] = nodes['A phone goes off-line'].items[0];
		assert.equal(JSON.parse(received[0].body).text, `Phone off-line: ${name} of ${account_name}`);
	},
);
