import { createHmac } from 'node:crypto';
import { staging } from './webhookStage';

const stage = staging();
const { start, hook, publish, bodies } = stage;

describe('channel hooks', () => {
	it('deliver what is known of the leg, and say whose hook they are', async () => {
		await start();
		const id = await hook({ hook: 'channel_create' });
		publish('CHANNEL_CREATE', { From: 'a@b', To: 'c@d' });
		const [body] = await bodies();
		expect(body).toEqual({
			account_id: stage.client.account,
			call_direction: 'inbound',
			call_id: 'leg-a@host',
			custom_channel_vars: { 'Resource-ID': 'r1' },
			emergency_resource_used: false,
			from: 'a@b',
			local_resource_id: 'r1',
			local_resource_used: true,
			is_internal_leg: false,
			reseller_id: stage.client.sandbox.store.account(stage.client.account)?.pvt_reseller_id,
			timestamp: 63962676048,
			to: 'c@d',
			hook_event: 'channel_create',
			cluster_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		});
		const [request] = stage.receiver.requests;
		expect(request?.headers).toMatchObject({
			'content-type': 'application/json',
			'x-hook-id': id,
			'x-account-id': stage.client.account,
		});
		expect(request?.headers['user-agent']).toBeUndefined();
		expect(request?.body).toContain('{\n  "account_id" : "');
		expect(stage.client.sandbox.deliveries.list()).toMatchObject([
			{ hookId: id, event: 'channel_create', status: 200, success: true, attempts: 1 },
		]);
	});

	it('add how a call ended', async () => {
		await start();
		await hook({ hook: 'channel_destroy' });
		publish('CHANNEL_DESTROY', {
			'Hangup-Cause': 'NORMAL_CLEARING',
			'Hangup-Code': 'sip:200',
			'Duration-Seconds': 9,
		});
		expect(await bodies()).toMatchObject([
			{ hangup_cause: 'NORMAL_CLEARING', hangup_code: 'sip:200', duration_seconds: 9 },
		]);
	});

	it('fire for their own event only, an `all` hook for each', async () => {
		await start();
		await hook({ hook: 'channel_answer', uri: `${stage.receiver.url}/answer` });
		await hook({ hook: 'all', uri: `${stage.receiver.url}/all` });
		publish('CHANNEL_CREATE');
		publish('CHANNEL_ANSWER');
		publish('CHANNEL_HOLD');
		await stage.client.sandbox.deliveries.settled();
		expect(stage.receiver.requests.map(({ path }) => path).sort()).toEqual(['/all', '/all', '/answer']);
	});

	it('leave internal legs to those who want them; the name alone makes no flag', async () => {
		await start();
		await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/any` });
		await hook({ hook: 'channel_create', uri: `${stage.receiver.url}/outer`, include_internal_legs: false });
		publish('CHANNEL_CREATE', { 'Channel-Name': 'loopback/2001-b' });
		publish('CHANNEL_CREATE', { 'Channel-Name': 'loopback/2001-a', 'Channel-Is-Loopback': true });
		publish('CHANNEL_CREATE', { 'Channel-Name': 'sofia/x' });
		const flags = (await bodies()).map(({ is_internal_leg: flag }, index) => [
			stage.receiver.requests[index]?.path,
			flag,
		]);
		expect(flags.filter(([path]) => path === '/any')).toEqual([
			['/any', false],
			['/any', true],
			['/any', false],
		]);
		expect(flags.filter(([path]) => path === '/outer')).toEqual([['/outer', false]]);
	});

	it('of an account above fire for sub-accounts when they want to', async () => {
		await start();
		const below = stage.client.sandbox.store.descendants(stage.client.account)[0]?._id as string;
		const own = await hook({ hook: 'channel_create' }, below);
		const above = await hook({ hook: 'channel_create', include_subaccounts: true });
		await hook({ hook: 'channel_create' });
		publish('CHANNEL_CREATE', {}, below);
		const seen = (await bodies()).map(({ account_id: account }) => account);
		expect(seen).toEqual([below, below]);
		expect(stage.receiver.requests.map(({ headers }) => headers['x-hook-id'])).toEqual([own, above]);
		expect(stage.receiver.requests.map(({ headers }) => headers['x-account-id'])).toEqual([
			below,
			stage.client.account,
		]);
	});

	it('look at `modifiers`', async () => {
		await start();
		await hook({ hook: 'channel_create', modifiers: { call_direction: ['outbound'] } });
		publish('CHANNEL_CREATE');
		publish('CHANNEL_CREATE', { 'Call-Direction': 'outbound' });
		expect(await bodies()).toMatchObject([{ call_direction: 'outbound' }]);
	});

	it('that are created switched off fire until they are edited', async () => {
		await start();
		const id = await hook({ hook: 'channel_create', enabled: false });
		publish('CHANNEL_CREATE');
		expect(await bodies()).toHaveLength(1);
		await stage.client.own('PATCH', `/webhooks/${id}`, { data: { name: 'renamed' } });
		publish('CHANNEL_CREATE');
		expect(await bodies()).toHaveLength(1);
	});
});

describe('what is delivered', () => {
	it('can be overridden by custom data, but not the cluster', async () => {
		await start();
		await hook({
			hook: 'channel_create',
			custom_data: { account_id: 'mine', cluster_id: 'mine', type: 't', key: 'k' },
		});
		publish('CHANNEL_CREATE');
		const [body] = await bodies();
		expect(body).toMatchObject({ account_id: 'mine', key: 'k' });
		expect(body?.cluster_id).not.toBe('mine');
		expect(body).not.toHaveProperty('type');
	});

	it('is a form unless asked otherwise', async () => {
		await start();
		await hook({ hook: 'channel_create', format: 'form-data' });
		publish('CHANNEL_CREATE', { 'Caller-ID-Name': 'Zoë & co', 'Custom-Application-Vars': {} });
		await stage.client.sandbox.deliveries.settled();
		const [request] = stage.receiver.requests;
		expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(request?.body).toContain('&caller_id_name=Zo%C3%AB+%26+co&custom_channel_vars[Resource-ID]=r1&&');
	});

	it('is appended to the address by GET, which brackets in keys make impossible', async () => {
		await start();
		const id = await hook({
			hook: 'channel_create',
			http_verb: 'get',
			uri: `${stage.receiver.url}/x?token=1`,
			retries: 1,
		});
		publish('CHANNEL_CREATE', { 'Custom-Channel-Vars': { 'Account-ID': stage.client.account } });
		publish('CHANNEL_CREATE');
		await stage.client.sandbox.deliveries.settled();
		expect(stage.receiver.requests.map(({ path }) => path)).toEqual([
			expect.stringMatching(/^\/x\?token=1\?account_id=/),
		]);
		const attempts = await stage.client.own('GET', `/webhooks/${id}/attempts`);
		expect(attempts.body.data).toMatchObject([
			{ client_error: 'invalid_uri', retries_left: 'retries exceeded' },
		]);
	});

	it('is the whole message for notifications, and only of the wanted type', async () => {
		await start();
		await hook({ hook: 'notifications', custom_data: { type: 'missed_call' } });
		for (const name of ['missed_call', 'voicemail_new', 'no_such_notification']) {
			stage.client.sandbox.bus.publish(`kapi_notifications:publish_${name}`, {
				'App-Name': 'callflow',
				'Event-Category': 'notification',
				'Event-Name': name,
				'Msg-ID': 'm1',
				Node: 'node@host',
				'Account-ID': stage.client.account,
				'Fax-JobId': 'j',
				Notify: { 'Some-Key': 1 },
			});
		}
		expect(await bodies()).toEqual([
			{
				notify: { some_key: 1 },
				fax_jobid: 'j',
				account_id: stage.client.account,
				node: 'node@host',
				msg_id: 'm1',
				event_name: 'missed_call',
				event_category: 'notification',
				app_name: 'callflow',
				cluster_id: expect.any(String) as string,
			},
		]);
	});

	it('is little for changed documents', async () => {
		await start();
		await hook({ hook: 'object', custom_data: { type: 'device', action: 'all' } });
		const made = await stage.client.own('PUT', '/devices', { data: { name: 'hooked' } });
		const id = made.body.data.id as string;
		await stage.client.own('PATCH', `/devices/${id}`, { data: { enabled: false } });
		await stage.client.own('DELETE', `/devices/${id}`);
		await stage.client.own('PUT', '/menus', { data: { name: 'menu' } });
		expect((await bodies()).map(({ id: shown, type, action }) => [shown, type, action])).toEqual([
			[id, 'device', 'doc_created'],
			[id, 'device', 'doc_edited'],
			[id, 'device', 'doc_deleted'],
		]);
	});

	it("is parked calls without their variables, text messages from outside, and a callflow's own hook", async () => {
		await start();
		await hook({ hook: 'all' });
		publish('PARK_PARKED', { 'Parking-Slot': '101', Timestamp: undefined });
		for (const route of ['onnet', 'offnet']) {
			stage.client.sandbox.bus.publish('kapi_im:publish_inbound', {
				'Event-Category': 'sms',
				'Event-Name': 'inbound',
				'Message-ID': 'text',
				'Account-ID': stage.client.account,
				'Route-Type': route,
				From: '+1',
				To: '+2',
				Body: 'hello',
			});
		}
		stage.client.sandbox.bus.publish('kapi_notifications:publish_webhook', {
			'Event-Name': 'webhook',
			Hook: {
				_id: 'callflow',
				uri: `${stage.receiver.url}/own`,
				http_verb: 'post',
				format: 'json',
				pvt_account_id: stage.client.account,
			},
			Data: { 'Call-ID': 'c' },
		});
		expect(await bodies()).toEqual([
			{
				parking_slot: '101',
				call_id: 'leg-a@host',
				call_direction: 'inbound',
				event_name: 'PARK_PARKED',
				account_id: stage.client.account,
				cluster_id: expect.any(String) as string,
			},
			expect.objectContaining({ call_id: 'c' }) as object,
			expect.objectContaining({ id: 'text', type: 'sms', body: 'hello', origin: 'offnet' }) as object,
		]);
	});

	it.each([4, 5] as const)('has headers of its own in KAZOO 5 only: %i', async (profile) => {
		await start(undefined, { profile });
		await hook({ hook: 'channel_create', custom_request_headers: { Authorization: 'Bearer x' } });
		publish('CHANNEL_CREATE');
		await bodies();
		const { authorization } = stage.receiver.requests[0]?.headers ?? {};
		expect(authorization).toBe(profile === 5 ? 'Bearer x' : undefined);
	});

	it('is signed by KAZOO 5 in version 2', async () => {
		await start(undefined, { profile: 5 });
		await hook({ hook: 'channel_hold', version: 'v2', security_settings: { sha256_key: 'secret' } });
		publish('CHANNEL_HOLD', { 'B-Key': 1, 'A-Key': { Z: 1, Y: [1] } });
		const [body] = await bodies();
		expect(body).toMatchObject({ action: 'event', name: 'CHANNEL_HOLD', data: { call_id: 'leg-a@host' } });
		// What arrives has its keys sorted: the text that was signed can be made from it.
		const { data, timestamp, hmac } = body as { data: object; timestamp: number; hmac: string };
		const expected = createHmac('sha256', 'secret')
			.update(`${timestamp}${JSON.stringify(data)}`)
			.digest('base64');
		expect(hmac).toBe(expected);
	});
});
