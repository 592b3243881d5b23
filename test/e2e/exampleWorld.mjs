/**
 * What the tests of examples share: an example in n8n with the settings of the test, and a small server that is the
 * chat, the ticket system, the CRM, the storage, the mail server and the AI at the other end.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { importCredential, importWorkflow, readExamples, switchOn } from '../../runtime/workflows.mjs';
import { NUMBER } from './calls.mjs';
import { test } from './harness.mjs';

/** A caller whom the CRM knows as somebody important. */
export const VIP = '+15005550177';

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
			response.end(JSON.stringify({ id: 'contact-1', name: 'Ann Ames', vip }));
		} else if (pathname === '/sheet') {
			response.setHeader('content-type', 'text/csv');
			response.end(`number,customer,price\n${NUMBER},Harbor Telecom,1.20\n+15005550188,Cedar Law,0.90\n`);
		} else if (pathname.endsWith('/audio/transcriptions')) {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ text: 'Please call me back tomorrow.' }));
		} else if (pathname.endsWith('/chat/completions')) {
			const message = { role: 'assistant', content: 'The caller wants to be called back.' };
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }));
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
			for (const { credentials = {} } of example.workflow.nodes)
				for (const type of Object.keys(credentials))
					if (type in OTHERS) credentials[type] = await otherCredential(world, type, url, received);
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

/** What is logged in to beside KAZOO, all of it on this machine. */
const OTHERS = {
	s3: (endpoint) => ({
		endpoint,
		region: 'eu-test-1',
		accessKeyId: 'key',
		secretAccessKey: 'secret',
		forcePathStyle: true,
	}),
	openAiApi: (url) => ({ apiKey: 'key', url: `${url}/v1` }),
	smtp: async (_, world, received) => ({
		host: '127.0.0.1',
		port: await mailServer(world, received),
		secure: false,
		disableStartTls: true,
	}),
};

async function otherCredential(world, type, url, received) {
	const data = await OTHERS[type](url, world, received);
	const { id, name } = await importCredential(world.rest, { name: `${type} of the test`, type, data });
	return { id, name };
}

/** Takes mails, each into `received`. @returns its port */
async function mailServer({ atEnd }, received) {
	const server = createSocketServer((socket) => {
		let mail;
		const say = (line) => socket.write(`${line}\r\n`);
		say('220 test');
		let rest = '';
		socket.on('data', (chunk) => {
			const lines = (rest + chunk).split('\r\n');
			rest = lines.pop();
			for (const line of lines) {
				if (mail === undefined) {
					if (/^DATA/i.test(line)) mail = [];
					say(mail ? '354 go on' : /^QUIT/i.test(line) ? '221 bye' : '250 ok');
				} else if (line === '.') {
					received.push({ method: 'MAIL', url: '', headers: {}, body: Buffer.from(mail.join('\r\n')) });
					mail = undefined;
					say('250 ok');
				} else mail.push(line);
			}
		});
		socket.on('error', () => undefined);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	atEnd(async () => server.close());
	return server.address().port;
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
