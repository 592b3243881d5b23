/** From an event on KAZOO's bus to the item of the trigger, and the file that comes with it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { id } from './demo';
import { binaryData } from './harness/engine';
import { account, active, deliver, hookOf, items, publish, root, sandbox, until } from './triggerStage';

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
