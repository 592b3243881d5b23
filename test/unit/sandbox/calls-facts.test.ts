/**
 * What was seen of calls on a real KAZOO, point by point, on simulated ones: which values messages and call records have.
 * Their keys are compared with recordings in calls-real.test.ts.
 */
import { obeyCommands, type Office, openOffice, step } from './calls-setup';
import { Client } from './client';
import { type Json, simulatedEvents } from './realCalls';

const outside = '+14155550142';

let office: Office;
beforeEach(async () => {
	office = await openOffice();
});
afterEach(() => office.sandbox.close());

const ring = (name: string, next?: object) => step('user', { id: office.ids[name] }, next);
const box = () => step('voicemail', { id: office.ids["alice's box"] });
const cdrs = () => office.sandbox.store.database(office.account).list('cdr') as Json[];

/** Places a call to the number of the office, and gives back its events, by name. */
async function play(flow: object, steps: unknown[], from = outside) {
	office.route([office.number], flow);
	office.published();
	await office.sandbox.call({
		from,
		to: office.number,
		steps,
		...(from === outside ? {} : { account: office.account }),
	});
	const events = simulatedEvents(office);
	return {
		events,
		of: (name: string, direction?: string) =>
			events.filter(
				({ event_name: one, call_direction: way }) =>
					one === name && (direction === undefined || way === direction),
			),
	};
}

const vars = (event?: Json) => event?.custom_channel_vars as Json;

describe('legs and events', () => {
	it('1: after voicemail the caller ends as the phones did, and has to pay for the seconds', async () => {
		const { of } = await play(ring('alice', box()), [
			'noAnswer',
			{ do: 'leaveMessage', after: 1, seconds: 7 },
		]);
		expect(of('CHANNEL_DESTROY', 'inbound')).toMatchObject([
			{ hangup_cause: 'NO_ANSWER', hangup_code: 'sip:200', disposition: 'NO_ANSWER', billing_seconds: 12 },
		]);
	});

	it('1, 2: so does one who is transferred and not answered; the leg that gave him away is only said to be transferred', async () => {
		office.route(['2002'], ring('bob'));
		const { of } = await play(ring('alice'), ['answer', { do: 'transfer', to: '2002' }, 'noAnswer']);
		const [caller] = of('CHANNEL_DESTROY', 'inbound');
		expect(caller).toMatchObject({ hangup_cause: 'NO_ANSWER', caller_destination_number: '2002' });
		expect(caller?.billing_seconds).toBe(28);
		expect(vars(caller)).toMatchObject({
			referred_to: 'sip:2002@office.example',
			referred_by: '<sip:user_alice@office.example>',
		});
		const [alice, bob] = of('CHANNEL_DESTROY', 'outbound');
		expect(alice).toMatchObject({ hangup_cause: 'NORMAL_CLEARING', disposition: 'BLIND_TRANSFER' });
		expect(alice).not.toHaveProperty('hangup_code');
		expect(bob).toMatchObject({ hangup_cause: 'NO_ANSWER', billing_seconds: 0 });
	});

	it('3: a parked caller who gives up is said to be fetched, after his end', async () => {
		const { events } = await play(step('park', { action: 'park' }), [{ do: 'hangUp', after: 9 }]);
		expect(events.map(({ event_name: name }) => name)).toEqual([
			...['CHANNEL_CREATE', 'CHANNEL_ANSWER', 'PARK_PARKED', 'CHANNEL_DESTROY', 'PARK_RETRIEVED'],
		]);
	});

	it('4: a bridge has no addresses; what comes at the same moment comes in either order', async () => {
		const orders = [];
		for (let count = 0; count < 2; count++) {
			const { events, of } = await play(ring('alice'), ['answer', 'hangUp']);
			for (const key of ['from', 'to', 'request']) expect(of('CHANNEL_BRIDGE')[0]).not.toHaveProperty(key);
			orders.push(events.map(({ event_name: name, call_direction: way }) => `${name} ${way}`));
		}
		const [one, other] = orders as [string[], string[]];
		expect(one).not.toEqual(other);
		expect([...one].sort()).toEqual([...other].sort());
		expect(one.indexOf('CHANNEL_ANSWER inbound')).toBeLessThan(one.indexOf('CHANNEL_BRIDGE inbound'));
		expect(other.indexOf('CHANNEL_ANSWER inbound')).toBeGreaterThan(other.indexOf('CHANNEL_BRIDGE inbound'));
	});

	it('4: the answer of the caller names a phone that lost the race', async () => {
		const endpoints = ['alice', 'bob'].map((name) => ({ id: office.ids[name], endpoint_type: 'user' }));
		const { of } = await play(step('ring_group', { endpoints }), [{ do: 'answer', by: '2002' }, 'hangUp']);
		const lost = of('CHANNEL_DESTROY').find(({ hangup_cause: cause }) => cause === 'LOSE_RACE');
		expect(of('CHANNEL_ANSWER', 'inbound')[0]?.other_leg_call_id).toBe(lost?.call_id);
		expect(of('CHANNEL_BRIDGE')[0]?.other_leg_call_id).not.toBe(lost?.call_id);
		expect(lost).not.toHaveProperty('hangup_code');
	});

	it('5: a leg to a phone is asked under the name of its owner, and is the caller’s from its ringing on', async () => {
		const { of } = await play(ring('alice'), [
			{ do: 'answer', after: 5 },
			{ do: 'hangUp', after: 4.5 },
		]);
		expect(of('CHANNEL_CREATE', 'outbound')[0]).toMatchObject({
			from: '2001@office.example',
			to: 'sip:user_alice@office.example',
			caller_destination_number: office.ids["alice's phone"],
		});
		expect(of('CHANNEL_DESTROY', 'outbound')[0]).toMatchObject({
			from: `${outside}@office.example`,
			to: 'user_alice@office.example',
			ringing_seconds: 0,
			duration_seconds: 9,
			// Rounded up, and more than the seconds of the clock
			billing_seconds: 5,
		});
	});

	it('6: variables hold booleans; a leg to or from a carrier belongs to nobody', async () => {
		const inbound = await play(ring('alice'), ['answer', 'hangUp']);
		expect(vars(inbound.of('CHANNEL_CREATE')[0])).toMatchObject({
			call_interaction_is_root: true,
			privacy_hide_name: false,
			authorizing_type: 'resource',
		});
		office.published();
		await office.sandbox.call({
			from: '2001',
			to: '+14155550180',
			account: office.account,
			steps: ['answer', 'hangUp'],
		});
		const legs = [inbound.of('CHANNEL_CREATE', 'inbound'), simulatedEvents(office)].flat();
		const lines = legs.filter((event) => 'resource_id' in vars(event));
		expect(lines.length).toBeGreaterThan(3);
		for (const line of lines) expect(vars(line)).not.toHaveProperty('authorizing_id');
	});

	it('7: the number of the callee is what the outside world knows; that of the caller where a group did not answer', async () => {
		const single = await play(ring('alice'), ['answer', 'hangUp']);
		expect(single.of('CHANNEL_ANSWER', 'outbound')[0]).toMatchObject({ callee_id_number: office.number });
		const endpoints = ['alice', 'bob'].map((name) => ({ id: office.ids[name], endpoint_type: 'user' }));
		const group = await play(step('ring_group', { endpoints }), ['noAnswer']);
		expect(group.of('CHANNEL_DESTROY', 'inbound')[0]).toMatchObject({ callee_id_number: outside });
		await office.sandbox.call({
			from: '2001',
			to: office.number,
			account: office.account,
			steps: ['noAnswer'],
		});
		const inside = simulatedEvents(office).filter(({ call_direction: way }) => way === 'outbound');
		expect(inside[0]?.callee_id_number).toBe('2002');
	});

	it('8: of a call that is forwarded, the line inside bows out, and the leg behind it bears its mark from then on', async () => {
		const { store } = office.sandbox;
		const phone = store.database(office.account).get(String(office.ids["alice's phone"])) as never as object;
		store.save(office.account, {
			...phone,
			call_forward: { enabled: true, number: '+14155550177' },
		} as never);
		const { of } = await play(ring('alice'), ['answer', 'hangUp']);
		const created = of('CHANNEL_CREATE');
		expect(created.map(({ channel_is_loopback: inner }) => inner === true)).toEqual([
			false,
			true,
			true,
			false,
		]);
		expect(vars(created[3])).toMatchObject({ call_forward: 'true', resource_type: 'offnet-termination' });
		const ends = of('CHANNEL_DESTROY');
		expect(ends.map(({ hangup_cause: cause }) => cause).sort()).toEqual([
			...['BOWOUT', 'BOWOUT', 'NORMAL_CLEARING', 'NORMAL_CLEARING'],
		]);
		expect(ends.find(({ call_id: id }) => id === created[3]?.call_id)).toMatchObject({
			channel_is_loopback: true,
		});
	});

	it('9: messages of the same moment bear one id, the clock of the switch', async () => {
		const { of } = await play(ring('alice'), ['answer', 'hangUp']);
		const [one, other] = of('CHANNEL_DESTROY');
		expect(one?.msg_id).toMatch(/^\d{16}$/);
		expect(other?.msg_id).toBe(one?.msg_id);
		expect(Number(one?.msg_id) / 1e6 + 62167219200).toBeCloseTo(Number(one?.timestamp), 0);
	});
});

describe('call records', () => {
	it('13: a third of them bear the time of the beginning, and the list takes the length off that, too', async () => {
		for (let count = 0; count < 3; count++)
			await play(ring('alice'), [
				{ do: 'answer', after: 5 },
				{ do: 'hangUp', after: 60 },
			]);
		const begun = (cdr: Json) => Math.round(Number(cdr.channel_created_time) / 1e6) + 62167219200;
		const late = cdrs().filter((cdr) => cdr.timestamp === begun(cdr) + 65);
		const early = cdrs().filter((cdr) => Number(cdr.timestamp) < begun(cdr));
		expect([late.length, early.length]).toEqual([4, 2]);
		expect(early[0]).toMatchObject({ event_name: 'report', event_category: 'cdr', billing_seconds: 60 });
		const client = new Client(office.sandbox);
		office.sandbox.store.createUser(
			office.account,
			{ username: 'boss', priv_level: 'admin' },
			{ password: 'secret' },
		);
		await client.logIn('boss', 'secret', { account_realm: 'office.example' });
		const { body } = await client.own('GET', '/cdrs');
		for (const row of body.data as Json[]) {
			const cdr = cdrs().find(({ call_id: id }) => id === row.call_id) as Json;
			expect(Number(row.timestamp)).toBe(Number(cdr.timestamp) - 65);
			expect(Math.round(Number(row.unix_timestamp_micro)) + 62167219200).toBe(begun(cdr));
		}
	});
});

describe('commands', () => {
	it('17: a transfer asks first: a call of its own for KAZOO, and no bridge tells who is left with whom', async () => {
		office.route(['2003'], ring('carol'));
		office.route(['2002'], ring('bob'));
		obeyCommands(office);
		office.sandbox.store.createUser(
			office.account,
			{ username: 'boss', priv_level: 'admin' },
			{ password: 'secret' },
		);
		const client = new Client(office.sandbox);
		await client.logIn('boss', 'secret', { account_realm: 'office.example' });
		office.published();
		const steps = ['answer', { do: 'answer', after: 18 }, { do: 'hangUp', after: 20, by: 'callee' }];
		const placed = office.sandbox.call({
			from: '2001',
			to: '2002',
			account: office.account,
			steps,
			speed: 20,
		});
		for (;;) {
			const channels = (await client.own('GET', '/channels')).body.data as Json[];
			const caller = channels.find(({ direction, answered }) => direction === 'inbound' && answered === true);
			if (caller) {
				const data = { action: 'transfer', target: '2003', 'transfer-type': 'blind' };
				await client.own('POST', `/channels/${caller.uuid}`, { data });
				break;
			}
		}
		const { transcript, cdrs: kept } = await placed;
		expect(transcript.map(({ leg, what }) => `${leg} ${what}`)).toEqual(
			expect.arrayContaining(["Carol's phone is answered", "Alice's phone gives the call to Carol's phone"]),
		);
		const events = simulatedEvents(office);
		const interactions = new Set(events.map((event) => vars(event).call_interaction_id));
		expect(interactions.size).toBe(2);
		expect(events.filter(({ event_name: name }) => name === 'CHANNEL_BRIDGE')).toHaveLength(2);
		// One end of the line that the command made leaves no record
		expect(kept).toHaveLength(4);
		expect(cdrs()).toHaveLength(4);
		const ended = events.filter(({ event_name: name }) => name === 'CHANNEL_DESTROY');
		expect(ended.map(({ hangup_cause: cause }) => cause)).toEqual([
			...['BOWOUT', 'BOWOUT', 'NORMAL_CLEARING', 'NORMAL_CLEARING', 'NORMAL_CLEARING'],
		]);
	});
});
