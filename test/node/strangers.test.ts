/** What anybody may send to the address of a trigger: refused at once, never a 500, never an execution. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

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
	[
		'a form of many names, each of them deep',
		FORM,
		`hmac=x&action=event&name=y&${Array.from({ length: 900 }, (_, i) => `data[${i}]${'[a]'.repeat(190)}=1`).join('&')}`,
	],
	['a list with a length', FORM, 'hmac=x&action=event&name=y&data[a][]=1&data[a][length][b]=1'],
	['an endless list', FORM, 'hmac=x&action=event&name=y&data[a][]=1&data[a][4294967294][b]=1'],
	['halves of letters', JSON_TYPE, '{"n8n_secret":"\\ud800","n8n_key":"\\udfff","hmac":"\\ud800"}'],
	[
		'every key twice',
		JSON_TYPE,
		'{"n8n_secret":"a","n8n_secret":["b"],"data":{},"data":[],"hmac":"x","hmac":1}',
	],
	[
		'numbers beyond all bounds',
		JSON_TYPE,
		'{"action":"event","name":"x","data":{"a":1e999},"hmac":"y","timestamp":1e999}',
	],
	['JSON that is called a form', FORM, '{"n8n_secret":"x","data":{"a":[1]}}'],
	['a form that is called JSON and is a text in it', JSON_TYPE, '"n8n_secret=x&data[a]=1"'],
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

describe('a trigger that lost its memory', () => {
	const lost = async (events: string[]): Promise<WebhookTrigger> => {
		const staticData: IDataObject = {};
		const options = { credentials: credentials(), staticData, workflowId: `lost-${events.join()}` };
		const trigger = await WebhookTrigger.open(new KazooTrigger(), { events }, options);
		await trigger.activate();
		staticData['node:KAZOO Trigger'] = {};
		return trigger;
	};

	test('asks KAZOO once: an impostor who comes first has asked for the genuine one', async () => {
		const trigger = await lost(['callEnded']);
		const hooks = sandbox.store.database('webhooks').list('webhook') as unknown as IDataObject[];
		const { _id, pvt_account_id, custom_data } =
			hooks.find(({ uri }) => String(uri).startsWith(trigger.url)) ?? {};
		const headers = { 'x-hook-id': String(_id), 'x-account-id': String(pvt_account_id) };
		const deliver = async (call_id: string, marks: unknown): Promise<number> => {
			const event = { hook_event: 'channel_destroy', call_id, ...(marks as object) };
			return await send(trigger, JSON_TYPE, JSON.stringify(event), headers);
		};
		expect(await deliver('a', { n8n_secret: 'guess' })).toBe(403);
		const both = ['b', 'c'].map(async (call) => await deliver(call, custom_data));
		expect(await Promise.all(both)).toEqual([200, 200]);
		for (let tries = 0; tries < 100 && trigger.executions.length < 2; tries++)
			await new Promise((resolve) => setTimeout(resolve, 20));
		expect(trigger.executions).toHaveLength(2);
		await trigger.close();
	});

	test('takes a step of a callflow for one of no account', async () => {
		const trigger = await lost(['callflowWebhook']);
		for (const headers of [{}, { 'x-account-id': '' }, { 'x-account-id': 'undefined' }])
			expect(await send(trigger, JSON_TYPE, '{"a":1}', headers)).toBe(403);
		expect(trigger.executions).toEqual([]);
		await trigger.close();
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
		['nothing', JSON_TYPE, '{}'],
		['a form without a call', FORM, 'From=a'],
		['a list of calls', JSON_TYPE, '[{"Call-ID":"a"}]'],
		['a text', 'text/plain', 'Call-ID=a'],
	])('without a secret: %s', async (_name, type, body) => {
		expect(await send(open, type, body)).toBe(400);
		expect(open.executions).toEqual([]);
	});
});
