/** What KAZOO delivers to the trigger: checked, answered at once, made into items. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { signatureOf } from '../../nodes/KazooTrigger/signature';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { id } from './demo';
import { CredentialStore } from './harness/credentials';
import { binaryData } from './harness/engine';
import { WebhookTrigger } from './harness/webhookTrigger';
import type { TriggerOptions } from './harness/webhookTrigger';

const node = new KazooTrigger();
let sandbox: Sandbox;
let account: string;
let open: WebhookTrigger[] = [];
let call = 0;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true });
	account = sandbox.demo.reseller.id;
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	call++;
});

afterEach(async () => {
	for (const trigger of open) {
		await trigger.deactivate();
		await trigger.close();
	}
	open = [];
	sandbox.deliveries.clear();
});

const credential = (server = sandbox): CredentialStore =>
	new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: server.url, login: 'apiKey', apiKey: server.demo.reseller.apiKey },
	});

async function active(parameters: INodeParameters, options: TriggerOptions = {}): Promise<WebhookTrigger> {
	const workflowId = `workflow-${call}`;
	const made = await WebhookTrigger.open(node, parameters, {
		credentials: credential(),
		staticData: {},
		workflowId,
		...options,
	});
	open.push(made);
	await made.activate();
	return made;
}

/** A webhook of the trigger as KAZOO has it. */
function hookOf(kind: string, server = sandbox): IDataObject {
	const found = server.store
		.database('webhooks')
		.list('webhook')
		.find((hook) => hook.hook === kind && String(hook.name).startsWith('n8n '));
	if (!found) throw new Error(`There is no webhook ${kind}`);
	return found as unknown as IDataObject;
}

/** Delivers as KAZOO does, with what the webhook's `custom_data` adds. */
async function deliver(
	hook: IDataObject,
	payload: IDataObject,
	headers: Record<string, string> = {},
): Promise<number> {
	const { type: _type, action: _action, ...custom } = hook.custom_data as IDataObject;
	return await post(hook, JSON.stringify({ account_id: account, ...payload, ...custom }, null, 2), {
		'content-type': 'application/json',
		...headers,
	});
}

async function post(hook: IDataObject, body: string, headers: Record<string, string>): Promise<number> {
	const response = await fetch(String(hook.uri), {
		method: 'POST',
		body,
		headers: { 'x-hook-id': String(hook._id), 'x-account-id': String(hook.pvt_account_id), ...headers },
	});
	return response.status;
}

const items = (trigger: WebhookTrigger): IDataObject[] => trigger.executions.flat().map(({ json }) => json);

/** Executions come after the answer. */
async function until(trigger: WebhookTrigger, count: number): Promise<IDataObject[]> {
	for (let tries = 0; tries < 100 && items(trigger).length < count; tries++)
		await new Promise((resolve) => setTimeout(resolve, 20));
	return items(trigger);
}

/** One event of a leg on KAZOO's bus. */
function publish(name: string, leg: IDataObject, server = sandbox): void {
	const { account_id = account, owner_id, authorizing_id, authorizing_type, ...rest } = leg;
	const message = Object.fromEntries(
		Object.entries(rest).map(([key, value]) => [
			key
				.split('_')
				.map((word) => (word === 'id' ? 'ID' : `${word[0]?.toUpperCase()}${word.slice(1)}`))
				.join('-'),
			value,
		]),
	);
	server.bus.publish('kapi_call:publish_event', {
		...message,
		'Event-Category': 'call_event',
		'Event-Name': name,
		'Custom-Channel-Vars': {
			'Account-ID': account_id,
			...(owner_id ? { 'Owner-ID': owner_id } : {}),
			...(authorizing_id ? { 'Authorizing-ID': authorizing_id } : {}),
			...(authorizing_type ? { 'Authorizing-Type': authorizing_type } : {}),
		},
	});
}

const root: IDataObject = {
	call_id: 'root',
	call_direction: 'inbound',
	authorizing_type: 'resource',
	from: '+14155550199@carrier.example',
	to: '+16285550100@kazoo.example',
	caller_id_number: '+14155550199',
	timestamp: 63_962_676_100,
};
const LEG: IDataObject = {
	call_id: 'leg-a@carrier.example',
	call_direction: 'inbound',
	authorizing_type: 'resource',
	caller_id_name: 'Zoë & co',
	caller_id_number: '+14155550199',
	custom_channel_vars: { 'Call-Type': 'offnet', Timestamp: '63962676174' },
	is_internal_leg: false,
	from: '+14155550199@carrier.example',
	to: '+16285550100@kazoo.example',
	timestamp: 63_962_676_174,
	cluster_id: 'c'.repeat(32),
};
const ENDED: IDataObject = {
	...LEG,
	hook_event: 'channel_destroy',
	hangup_cause: 'NORMAL_CLEARING',
	hangup_code: 'sip:200',
	duration_seconds: 66,
	billing_seconds: 60,
};

describe('items', () => {
	test('are tidy: the event first, ISO dates, nothing of the secret or of the inside of KAZOO', async () => {
		const trigger = await active({ events: ['callEnded'] });
		expect(await deliver(hookOf('channel_destroy'), ENDED)).toBe(200);
		const [item] = await until(trigger, 1);
		const { cluster_id: _, hook_event: __, ...rest } = ENDED;
		expect(item).toEqual({
			event: 'callEnded',
			account_name: sandbox.demo.reseller.name,
			account_id: account,
			...rest,
			callee_id_number: '+16285550100',
			timestamp: '2026-11-23T18:02:54Z',
		});
		expect(Object.keys(item ?? {})[0]).toBe('event');
	});

	test('are the same from form data', async () => {
		const trigger = await active({ events: ['callEnded'] });
		const hook = hookOf('channel_destroy');
		const form = new URLSearchParams();
		const all: IDataObject = { account_id: account, ...ENDED, ...(hook.custom_data as IDataObject) };
		for (const [name, value] of Object.entries(all)) {
			if (typeof value === 'object')
				for (const [key, inner] of Object.entries(value as object))
					form.set(`${name}[${key}]`, String(inner));
			else form.set(name, String(value));
		}
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await post(hook, `${form.toString()}&&`, headers)).toBe(200);
		await deliver(hook, { ...ENDED, call_id: 'another' });
		const [fromForm, fromJson] = await until(trigger, 2);
		expect(fromForm).toEqual({ ...fromJson, call_id: LEG.call_id });
	});

	test('of notifications have neither passwords nor keys', async () => {
		const trigger = await active({ events: ['userCreated', 'accountCreated'] });
		const message = {
			event_category: 'notification',
			node: 'kazoo@host',
			app_name: 'crossbar',
			server_id: 'x',
		};
		const hook = hookOf('notifications');
		await deliver(hook, { ...message, event_name: 'new_user', msg_id: 'm1', user_id: 'u', password: 'hush' });
		await deliver(hook, { ...message, event_name: 'new_account', msg_id: 'm2', account_api_key: 'hush' });
		await deliver(hook, { ...message, event_name: 'low_balance', msg_id: 'm3', current_balance: 1 });
		const own = { account_name: sandbox.demo.reseller.name, account_id: account };
		expect(await until(trigger, 2)).toEqual([
			{ event: 'userCreated', ...own, user_id: 'u' },
			{ event: 'accountCreated', ...own },
		]);
	});

	test('of objects: of the chosen types, numbers too', async () => {
		const trigger = await active({ events: ['objectChanged', 'numberRemoved'], objectTypes: ['user'] });
		const hook = hookOf('object');
		expect(hook.custom_data).toMatchObject({ type: 'all', action: 'all' });
		await deliver(hook, { id: 'u1', type: 'user', action: 'doc_edited' });
		await deliver(hook, { id: 'd1', type: 'device', action: 'doc_edited' });
		await deliver(hook, { id: 'u1', type: 'user', action: 'doc_deleted' });
		await deliver(hook, { id: '+14155550100', action: 'doc_deleted' });
		expect((await until(trigger, 2)).map(({ event, id: what }) => [event, what])).toEqual([
			['objectChanged', 'u1'],
			['numberRemoved', '+14155550100'],
		]);
	});

	test('with Any Event have the best name there is', async () => {
		const trigger = await active({ events: ['any'] });
		const hook = hookOf('all');
		await deliver(hook, { ...LEG, hook_event: 'channel_create' });
		await deliver(hook, { event_name: 'PARK_PARKED', call_id: 'x', parking_slot: '101' });
		await deliver(hook, { id: 'r1', type: 'call_recording', action: 'doc_created' });
		await deliver(hook, { id: 's1', type: 'sms', from: '+1', to: '+2', body: 'Hi' });
		await deliver(hook, { something: 'new' });
		expect((await until(trigger, 5)).map(({ event }) => event)).toEqual([
			'callStarted',
			'callParked',
			'recordingSaved',
			'smsReceived',
			'any',
		]);
	});
});

describe('who delivers', () => {
	test.each<[string, (hook: IDataObject) => Promise<number>]>([
		['without the secret', async (hook) => await deliver({ ...hook, custom_data: {} }, ENDED)],
		[
			'with a wrong secret',
			async (hook) => await deliver({ ...hook, custom_data: { n8n_secret: 'guessed' } }, ENDED),
		],
		['of another account', async (hook) => await deliver(hook, ENDED, { 'x-account-id': 'f'.repeat(32) })],
		['about another account', async (hook) => await deliver(hook, { ...ENDED, account_id: 'f'.repeat(32) })],
		['without a body', async (hook) => await post(hook, '', {})],
		['with a list', async (hook) => await post(hook, '[]', { 'content-type': 'application/json' })],
	])('%s: 403', async (_, attempt) => {
		const trigger = await active({ events: ['callEnded'] });
		expect(await attempt(hookOf('channel_destroy'))).toBe(403);
		expect(trigger.executions).toEqual([]);
	});

	test('sub-accounts, when they are wanted', async () => {
		const trigger = await active({ events: ['callEnded'], includeSubAccounts: true });
		await deliver(hookOf('channel_destroy'), { ...ENDED, account_id: 'f'.repeat(32) });
		expect(await until(trigger, 1)).toMatchObject([{ account_id: 'f'.repeat(32) }]);
	});

	test('a trigger that lost its memory asks KAZOO, and only once for an impostor', async () => {
		const staticData: IDataObject = {};
		const trigger = await active({ events: ['callEnded'] }, { staticData });
		const hook = hookOf('channel_destroy');
		staticData['node:KAZOO Trigger'] = {};
		expect(await deliver(hook, ENDED)).toBe(200);
		expect(await until(trigger, 1)).toHaveLength(1);
		sandbox.clearRequests();
		for (let tries = 0; tries < 5; tries++) {
			const wrong = { ...hook, custom_data: { n8n_secret: `guess ${tries}` } };
			expect(await deliver(wrong, { ...ENDED, call_id: `x${tries}` })).toBe(403);
		}
		expect(sandbox.requests().filter(({ path }) => path.includes('/webhooks/'))).toHaveLength(0);
	});

	test('a KAZOO 5 that signs: version 2, checked', async () => {
		const five = await createSandbox({ quiet: true, cdrs: 0, profile: 5, allowLoopbackUris: true });
		const trigger = await WebhookTrigger.open(
			node,
			{ events: ['callEnded'], options: { signed: true } },
			{ credentials: credential(five) },
		);
		await trigger.activate();
		const hook = hookOf('channel_destroy', five);
		const secret = String((hook.security_settings as IDataObject).sha256_key);
		expect(hook).toMatchObject({ version: 'v2' });
		expect(JSON.stringify(hook.custom_data)).not.toContain(secret);
		publish('CHANNEL_DESTROY', { ...root, billing_seconds: 60, account_id: five.demo.reseller.id }, five);
		await five.deliveries.settled();
		expect(five.deliveries.list()).toMatchObject([{ status: 200, payload: { name: 'CHANNEL_DESTROY' } }]);
		expect(await until(trigger, 1)).toMatchObject([
			{ event: 'callEnded', call_id: 'root', billing_seconds: 60 },
		]);
		const data = { account_id: five.demo.reseller.id, call_id: 'forged' };
		const forged = { action: 'event', name: 'CHANNEL_DESTROY', data, timestamp: 63_962_676_200 };
		const sign = (key: string) =>
			JSON.stringify({ ...forged, hmac: signatureOf(key, forged.timestamp + 1, JSON.stringify(data)) });
		const json = { 'content-type': 'application/json' };
		expect(await post(hook, sign('guessed'), json)).toBe(403);
		expect(await post(hook, JSON.stringify(forged), json)).toBe(403);
		expect(await post(hook, sign(secret), json)).toBe(200);
		// KAZOO writes an amount with its decimals, and signs it so
		const amount = `{"account_id":"${five.demo.reseller.id}","amount":20.0,"data":{"a":["}",1]},"id":"\\"x"}`;
		const payment = (hmac: string) =>
			`{"action":"event","data":${amount},"hmac":"${hmac}","name":"transaction","timestamp":${forged.timestamp}}`;
		expect(await post(hook, payment(signatureOf(secret, forged.timestamp, amount)), json)).toBe(200);
		expect(await post(hook, payment(signatureOf('guessed', forged.timestamp, amount)), json)).toBe(403);
		// Two of them, of which the one was signed and the other is read
		const twice = payment(signatureOf(secret, forged.timestamp, amount));
		for (const name of ['data', 'd\\u0061ta'])
			expect(await post(hook, twice.replace('"hmac"', `"${name}":{"amount":1},"hmac"`), json)).toBe(403);
		expect(await trigger.exists()).toBe(true);
		await trigger.close();
		await five.close();
	});
});

describe('a Webhook step of a callflow', () => {
	test('calls the address of the trigger, without a webhook of its own', async () => {
		const trigger = await active({ events: ['callflowWebhook'] });
		const made = sandbox.store.database('webhooks').list('webhook');
		expect(made.filter(({ name }) => String(name).startsWith('n8n '))).toEqual([]);
		const step = { uri: trigger.url, _id: 'step', pvt_account_id: account };
		const json = { 'content-type': 'application/json' };
		expect(await post(step, JSON.stringify({ call_id: 'leg-a', caller_id_number: '2001' }), json)).toBe(200);
		expect(await until(trigger, 1)).toEqual([
			{ event: 'callflowWebhook', call_id: 'leg-a', caller_id_number: '2001' },
		]);
		const stranger = { ...step, pvt_account_id: 'f'.repeat(32) };
		expect(await post(stranger, '{"call_id":"leg-b"}', json)).toBe(403);
	});
});

describe('duplicates', () => {
	test('the same leg and event counts once; another time or leg is another event', async () => {
		const trigger = await active({ events: ['callEnded'] });
		const hook = hookOf('channel_destroy');
		for (let times = 0; times < 3; times++) expect(await deliver(hook, ENDED)).toBe(200);
		await deliver(hook, { ...ENDED, call_id: 'leg-b' });
		await deliver(hook, { ...ENDED, timestamp: 63_962_676_175 });
		await until(trigger, 3);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(items(trigger)).toHaveLength(3);
	});
});

describe('filters', () => {
	const numbers = ['+1 (415) 555-0199', '4155550199', '+16285550100'];
	test.each<[string, IDataObject, boolean]>([
		...numbers.map((number): [string, IDataObject, boolean] => [`number ${number}`, { number }, true]),
		['another number', { number: '+14155550111' }, false],
		['inbound', { direction: 'inbound' }, true],
		['outbound', { direction: 'outbound' }, false],
		['its user', { userId: id('alice') }, true],
		['another user', { userId: id('bob') }, false],
		['its device', { deviceId: id('desk') }, true],
		['another device', { deviceId: id('mobile') }, false],
	])('%s', async (_, filters, expected) => {
		const trigger = await active({ events: ['callEnded'], filters: filters as INodeParameters });
		const hook = hookOf('channel_destroy');
		await deliver(hook, { ...ENDED, owner_id: 'alice', authorizing_id: 'desk' });
		if (expected) await until(trigger, 1);
		else await new Promise((resolve) => setTimeout(resolve, 100));
		expect(items(trigger)).toHaveLength(expected ? 1 : 0);
	});

	test('internal legs do not count unless they are wanted', async () => {
		const [without, wanted] = [
			await active({ events: ['callEnded'] }, { nodeId: 'without' }),
			await active({ events: ['callEnded'], filters: { internalLegs: true } }, { nodeId: 'wanted' }),
		];
		const hooks = sandbox.store.database('webhooks').list('webhook');
		for (const hook of hooks.filter(({ name }) => String(name).startsWith('n8n ')))
			await deliver(hook as unknown as IDataObject, {
				...ENDED,
				is_internal_leg: true,
				hangup_cause: 'BOWOUT',
			});
		expect(await until(wanted, 1)).toHaveLength(1);
		expect(items(without)).toEqual([]);
	});

	test('a phone behind a loopback that bowed out is told, though its end is marked as internal', async () => {
		const trigger = await active({ events: ['callEnded'] });
		const phone = { ...ENDED, from: '2001@acme.example', to: 'dave@acme.example', billing_seconds: 6 };
		await deliver(hookOf('channel_destroy'), { ...phone, is_internal_leg: true });
		expect(await until(trigger, 1)).toMatchObject([{ event: 'callEnded', is_internal_leg: false }]);
	});
});

describe('from the sandbox, end to end', () => {
	const phone: IDataObject = {
		call_id: 'phone',
		other_leg_call_id: 'root',
		call_direction: 'outbound',
		authorizing_type: 'device',
		authorizing_id: 'desk',
		owner_id: 'alice',
		callee_id_name: 'Alice',
		timestamp: 63_962_676_101,
	};
	const over = (leg: IDataObject, cause: string, seconds = 0): IDataObject => ({
		...leg,
		hangup_cause: cause,
		billing_seconds: seconds,
		duration_seconds: seconds + 20,
		timestamp: 63_962_676_130,
	});

	test('a missed call is one item, with the phones that rang and whose they are', async () => {
		const trigger = await active({ events: ['callMissed'] });
		const [user] = sandbox.store.database(account).list('user');
		const ringing = { ...phone, owner_id: String(user?._id) };
		publish('CHANNEL_CREATE', root);
		publish('CHANNEL_CREATE', ringing);
		publish('CHANNEL_DESTROY', over(ringing, 'NO_ANSWER'));
		publish('CHANNEL_DESTROY', over(root, 'NORMAL_CLEARING', 31));
		await sandbox.deliveries.settled();
		expect(await until(trigger, 1)).toMatchObject([
			{
				event: 'callMissed',
				reason: 'no_answer',
				answered_by_system: true,
				from_outside: true,
				caller_id_number: '+14155550199',
				phones: [
					{
						user_name: `${user?.first_name} ${user?.last_name}`,
						callee_id_name: 'Alice',
						hangup_cause: 'NO_ANSWER',
					},
				],
			},
		]);
		expect(sandbox.deliveries.list().every(({ status }) => status === 200)).toBe(true);
	});

	test('an answered call is none', async () => {
		const trigger = await active({ events: ['callMissed', 'callEnded'] });
		publish('CHANNEL_CREATE', root);
		publish('CHANNEL_CREATE', phone);
		publish('CHANNEL_BRIDGE', { ...root, other_leg_call_id: 'phone' });
		publish('CHANNEL_DESTROY', over(phone, 'NORMAL_CLEARING', 60));
		publish('CHANNEL_DESTROY', over({ ...root, other_leg_call_id: 'phone' }, 'NORMAL_CLEARING', 60));
		await sandbox.deliveries.settled();
		expect((await until(trigger, 2)).map(({ event }) => event)).toEqual(['callEnded', 'callEnded']);
	});

	test.each<[string, IDataObject, number]>([
		['only calls that rang a phone', { options: { onlyRung: true } }, 0],
		['all', {}, 1],
		['of one user, whose phone did not ring', { filters: { userId: id('bob') } }, 0],
	])('a caller who hung up in a menu: %s', async (_, more, count) => {
		const trigger = await active({ events: ['callMissed'], ...(more as INodeParameters) });
		publish('CHANNEL_CREATE', root);
		publish('CHANNEL_DESTROY', over(root, 'NORMAL_CLEARING', 12));
		await sandbox.deliveries.settled();
		await until(trigger, count);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(items(trigger)).toHaveLength(count);
	});
});

describe('files', () => {
	test('a voicemail brings its sound and its words', async () => {
		const found = [...sandbox.store.all()].flatMap((database) => database.list('mailbox_message'));
		const message = found.find(({ pvt_account_id }) => pvt_account_id !== undefined);
		const owner = String(message?.pvt_account_id);
		const trigger = await active({
			events: ['voicemailReceived'],
			download: true,
			...(owner === account ? {} : { accountScope: 'one', accountId: id(owner) }),
		});
		await deliver(hookOf('notifications'), {
			event_category: 'notification',
			event_name: 'voicemail_new',
			msg_id: 'm1',
			account_id: owner,
			voicemail_box: String(message?.source_id),
			voicemail_id: String(message?._id),
			voicemail_length: 5600,
			voicemail_transcription: { result: 'success', text: 'hello there' },
		});
		const [json] = await until(trigger, 1);
		expect(json?.file_error).toBeUndefined();
		expect(json).toMatchObject({
			event: 'voicemailReceived',
			account_name: sandbox.store.account(owner)?.name,
			mailbox: sandbox.store.database(owner).get(String(message?.source_id), 'vmbox')?.name,
			duration_seconds: 6,
			transcription: 'hello there',
		});
		expect(Object.keys(json ?? {}).slice(0, 3)).toEqual(['event', 'account_name', 'mailbox']);
		const file = trigger.executions.flat()[0]?.binary?.data;
		const bytes = await binaryData.getAsBuffer(file as never);
		expect(bytes.length).toBeGreaterThan(1000);
	});

	test('a file that cannot be had is said in the item', async () => {
		const trigger = await active({ events: ['faxReceived'], download: true });
		await deliver(hookOf('notifications'), {
			event_category: 'notification',
			event_name: 'inbound_fax',
			msg_id: 'm2',
			fax_id: `202611-${'0'.repeat(32)}`,
		});
		expect(await until(trigger, 1)).toMatchObject([
			{ event: 'faxReceived', file_error: expect.stringMatching(/not found|no fax|does not/i) as string },
		]);
	});
});
