/** What anybody may send to the address of a trigger: refused at once, never a 500, never an execution. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooPivotTrigger } from '../../nodes/KazooPivotTrigger/KazooPivotTrigger.node';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { WebhookTrigger } from './harness/webhookTrigger';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const deepList = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const deepObject = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

/** Bodies by what is wrong with them. */
const bodies: Array<[string, string, string]> = [
	['a form with 50,000 opening brackets', FORM, `${'['.repeat(50_000)}=1`],
	[
		'a form with many names of brackets',
		FORM,
		Array.from({ length: 900 }, (_, i) => `a${'[b]'.repeat(i)}=1`).join('&'),
	],
	['a form nested 5,000 deep', FORM, `data${'[a]'.repeat(5000)}=1&action=event&name=x&hmac=y`],
	['a form of a million brackets', FORM, `x${'[]'.repeat(500_000)}=1`],
	['JSON nested 5,000 deep', JSON_TYPE, deepObject(5000)],
	[
		'signed data nested deep',
		JSON_TYPE,
		`{"action":"event","name":"CHANNEL_CREATE","timestamp":1,"hmac":"x","data":${deepObject(100_000)}}`,
	],
	['a deep list as secret', JSON_TYPE, `{"n8n_secret":${deepList(100_000)}}`],
	[
		'100,000 fields',
		JSON_TYPE,
		JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`Digits[${i}]`, 1]))),
	],
	['5 MB', JSON_TYPE, JSON.stringify({ a: 'x'.repeat(5_000_000) })],
	[
		'texts that are objects',
		JSON_TYPE,
		'{"Digits":{"a":{"toString":5}},"User-ID":[{"toString":5}],"account_id":{"toString":5},"call_id":{"toString":5},"channel_is_loopback":{"toString":5},"hook_event":{"toString":5},"action":"event","name":"x","data":{"channel_is_loopback":{"toString":5}},"hmac":"y","timestamp":{"valueOf":5,"toString":5}}',
	],
	[
		'names that mean more to JavaScript',
		FORM,
		'__proto__[a]=1&constructor[prototype]=1&toString[]=1&n8n_secret[]=1&hmac=x&action=event&name=y&data[__proto__][a]=1',
	],
	['a list', JSON_TYPE, '[1,2,3]'],
	['a text', 'text/plain', 'hello'],
];

let sandbox: Sandbox;
let five: Sandbox;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true });
	five = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true, profile: 5 });
});

afterAll(async () => {
	await sandbox.close();
	await five.close();
});

const credentials = (server = sandbox): CredentialStore =>
	new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: server.url, login: 'apiKey', apiKey: server.demo.reseller.apiKey },
	});

/** Sends it, and looks that the process goes on meanwhile. */
async function send(trigger: WebhookTrigger, type: string, body: string, headers = {}): Promise<number> {
	const before = process.cpuUsage();
	const { status } = await fetch(trigger.url, {
		method: 'POST',
		body,
		headers: { 'content-type': type, ...headers },
	});
	// Of the processor, since other tests may run beside this one
	const { user, system } = process.cpuUsage(before);
	expect((user + system) / 1000).toBeLessThan(1500);
	return status;
}

describe.each<[string, INodeParameters]>([
	['KAZOO 4', {}],
	['signed', { options: { signed: true } }],
	['a step of a callflow', { events: ['callflowWebhook'] }],
])('the webhook trigger: %s', (name, more) => {
	let trigger: WebhookTrigger;

	beforeAll(async () => {
		trigger = await WebhookTrigger.open(
			new KazooTrigger(),
			{ events: ['callStarted'], ...more },
			{ credentials: credentials(name === 'signed' ? five : sandbox), staticData: {} },
		);
		await trigger.activate();
	});

	afterAll(async () => {
		await trigger.deactivate();
		await trigger.close();
	});

	test.each(bodies)('%s', async (_name, type, body) => {
		expect([400, 403]).toContain(await send(trigger, type, body));
		expect(trigger.executions).toEqual([]);
		expect(trigger.failedExecutions).toEqual([]);
	});
});

describe('the Pivot trigger', () => {
	let trigger: WebhookTrigger;
	let open: WebhookTrigger;

	beforeAll(async () => {
		const fallback = { fallback: 'say', fallbackText: 'Sorry', answer: 'steps', steps: {} };
		trigger = await WebhookTrigger.open(
			new KazooPivotTrigger(),
			{ secret: 'right', ...fallback },
			{ credentials: credentials() },
		);
		open = await WebhookTrigger.open(
			new KazooPivotTrigger(),
			{ secret: '', ...fallback },
			{ credentials: credentials() },
		);
	});

	afterAll(async () => {
		await trigger.close();
		await open.close();
	});

	test.each(bodies)('%s', async (_name, type, body) => {
		expect(await send(trigger, type, body)).toBe(403);
		expect(trigger.executions).toEqual([]);
	});

	test.each([
		...bodies.filter(([name]) => /5,000 deep|100,000|5 MB|objects/.test(name)),
		['a list of lists', JSON_TYPE, '{"User-ID":[["a"]]}'],
		['two callers', FORM, 'From=a&From=b'],
	])('without a secret: %s', async (_name, type, body) => {
		expect(await send(open, type, body)).toBe(400);
		expect(open.executions).toEqual([]);
	});
});
