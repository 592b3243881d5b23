import { WebhookStage } from './webhookStage';

let stage: WebhookStage;

beforeEach(async () => {
	stage = await WebhookStage.start();
});

afterEach(() => stage.close());

const INTERACTION = '63962676048-5fa593cb';

function destroy(id: string, more: Record<string, unknown> = {}): void {
	stage.publish('CHANNEL_DESTROY', {
		'Call-ID': id,
		'Interaction-ID': INTERACTION,
		'Duration-Seconds': 60,
		'Channel-Created-Time': 63962675988_000_000,
		'Custom-Channel-Vars': {
			'Account-ID': stage.client.account,
			'Call-Interaction-ID': INTERACTION,
			'E164-Destination': '+14155550180',
		},
		...more,
	});
}

describe('a leg that ends', () => {
	it('leaves its last message as a CDR', async () => {
		destroy('leg-a@host');
		const { body } = await stage.client.own('GET', '/cdrs/202611-leg-a@host');
		expect(body.data).toMatchObject({
			call_id: 'leg-a@host',
			event_name: 'CHANNEL_DESTROY',
			interaction_id: INTERACTION,
			interaction_time: 63962676048,
			interaction_key: '5fa593cb',
			e164_destination: '+14155550180',
			custom_channel_vars: { account_id: stage.client.account },
		});
		expect(body.data.custom_channel_vars).not.toHaveProperty('call_interaction_id');
	});

	it('is in lists with the time at which it began', async () => {
		destroy('leg-a@host');
		const { body } = await stage.client.own('GET', '/cdrs?created_from=63962670000&created_to=63962680000');
		expect(body.data).toMatchObject([
			{ timestamp: '63962675988', duration_seconds: 60, unix_timestamp_micro: '63962675988.0' },
		]);
	});

	it('stands among the legs of its call where the switch made it', async () => {
		destroy('late@host', { 'Channel-Created-Time': 63962675999_000_000, Timestamp: 63962676040 });
		destroy('early@host');
		const { body } = await stage.client.own('GET', `/cdrs/legs/${INTERACTION}`);
		expect(body.data.map(({ call_id }: { call_id: string }) => call_id)).toEqual(['early@host', 'late@host']);
	});

	it('leaves one CDR when it is told of twice, and none when its account is unknown', async () => {
		destroy('leg-a@host', { 'Hangup-Cause': 'USER_BUSY' });
		destroy('leg-a@host', { 'Hangup-Cause': 'NORMAL_CLEARING' });
		destroy('leg-b@host', { 'Custom-Channel-Vars': { 'Account-ID': 'f'.repeat(32) } });
		const cdrs = stage.client.sandbox.store.database(stage.client.account).list('cdr');
		expect(cdrs.map((cdr) => cdr.hangup_cause)).toEqual(['USER_BUSY']);
	});

	it('tells no webhook of the document', async () => {
		await stage.hook({ hook: 'object', custom_data: { type: 'all', action: 'all' } });
		destroy('leg-a@host');
		expect((await stage.bodies()).filter(({ type }) => type === 'cdr')).toEqual([]);
	});
});
