/** What KAZOO delivers to the trigger: checked, answered at once, made into items. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { signatureOf } from '../../nodes/KazooTrigger/signature';
import { createSandbox } from '../../sandbox';
import { id } from './demo';
import { WebhookTrigger } from './harness/webhookTrigger';
import {
	account,
	active,
	credential,
	deliver,
	hookOf,
	items,
	node,
	post,
	publish,
	root,
	sandbox,
	until,
} from './triggerStage';

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
