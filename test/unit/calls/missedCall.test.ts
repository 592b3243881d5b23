/** Missed calls told from the events of legs: calls of our own making, and whole recorded ones where they are there. */
import { MissedCalls } from '../../../crossbar/calls/missedCall';
import type { LegEvent, MissedCall } from '../../../crossbar/calls/missedCall';
import { withRecordings } from '../../recordings';

const OUTSIDE = { authorizing_type: 'resource', from: '+14155550199@carrier.example' };
const ALICE = {
	authorizing_type: 'device',
	authorizing_id: 'desk',
	owner_id: 'alice',
	callee_id_number: '2001',
};
const BOB = {
	authorizing_type: 'device',
	authorizing_id: 'softphone',
	owner_id: 'bob',
	callee_id_number: '2002',
};

const root = (id: string, more: LegEvent = OUTSIDE): LegEvent => ({
	call_id: id,
	call_direction: 'inbound',
	is_internal_leg: false,
	to: '+16285550100@kazoo.example',
	...more,
});
const phone = (id: string, other: string, more: LegEvent = ALICE): LegEvent => ({
	call_id: id,
	other_leg_call_id: other,
	call_direction: 'outbound',
	is_internal_leg: false,
	...more,
});
const created = (leg: LegEvent): LegEvent => ({ ...leg, hook_event: 'channel_create' });
const bridged = (leg: LegEvent, other: string): LegEvent => ({
	...leg,
	hook_event: 'channel_bridge',
	other_leg_call_id: other,
});
const ended = (leg: LegEvent, hangup_cause: string, billing_seconds = 0, more: LegEvent = {}): LegEvent => ({
	...leg,
	hook_event: 'channel_destroy',
	hangup_cause,
	billing_seconds,
	...more,
});

function missed(...events: LegEvent[]): MissedCall[] {
	const calls = new MissedCalls();
	return events.flatMap((event, index) => calls.see(event, index * 1000) ?? []);
}

const A = root('a');
const B = phone('b', 'a');
const INTERNAL = root('a', { ...BOB, to: '2001@acme.example' });

describe('calls from outside', () => {
	// Time is rounded: less than a second is none
	test.each([60, 0])('answered for %i seconds: no', (seconds) => {
		expect(
			missed(
				created(A),
				created(B),
				bridged(A, 'b'),
				ended(B, 'NORMAL_CLEARING', seconds),
				ended(A, 'NORMAL_CLEARING', seconds, { other_leg_call_id: 'b' }),
			),
		).toEqual([]);
	});

	test('taken by voicemail: missed, and the system answered', () => {
		const calls = missed(created(A), created(B), ended(B, 'NO_ANSWER'), ended(A, 'NORMAL_CLEARING', 31));
		expect(calls).toEqual([
			{
				reason: 'no_answer',
				answered_by_system: true,
				from_outside: true,
				phones: [
					{
						call_id: 'b',
						authorizing_id: 'desk',
						owner_id: 'alice',
						callee_id_number: '2001',
						hangup_cause: 'NO_ANSWER',
					},
				],
			},
		]);
	});

	test('taken by voicemail, which still names the phone that rang as its other leg: missed', () => {
		const end = ended(A, 'NORMAL_CLEARING', 31, { other_leg_call_id: 'b' });
		expect(missed(created(A), created(B), ended(B, 'NO_ANSWER'), end)).toHaveLength(1);
	});

	test('the caller hung up while it rang: abandoned', () => {
		expect(
			missed(created(A), created(B), ended(A, 'ORIGINATOR_CANCEL'), ended(B, 'ORIGINATOR_CANCEL')),
		).toMatchObject([{ reason: 'abandoned', answered_by_system: false }]);
	});

	test.each([
		['USER_BUSY', 'busy'],
		['CALL_REJECTED', 'rejected'],
		['UNALLOCATED_NUMBER', 'not_reached'],
		['NO_USER_RESPONSE', 'no_answer'],
	])('%s: %s', (cause, reason) => {
		expect(missed(created(A), created(B), ended(B, cause), ended(A, cause))).toMatchObject([{ reason }]);
	});

	test('a forwarded call that needs a key pressed and got none: missed, though the mobile picked up', () => {
		const mobile = phone('b', 'a', { authorizing_type: 'device', call_forwarded: true });
		expect(
			missed(
				created(A),
				created(mobile),
				ended(mobile, 'NORMAL_CLEARING', 8),
				ended(A, 'NORMAL_CLEARING', 20),
			),
		).toHaveLength(1);
	});

	test('a ring group that nobody takes: once', () => {
		const C = phone('c', 'a', BOB);
		const calls = missed(
			created(A),
			created(B),
			created(C),
			ended(B, 'NO_ANSWER'),
			ended(C, 'NO_ANSWER'),
			ended(A, 'NO_ANSWER'),
		);
		expect(calls).toHaveLength(1);
		expect(calls[0]?.phones.map(({ owner_id }) => owner_id)).toEqual(['alice', 'bob']);
	});

	test('a ring group over internal legs: once, with the phones behind them', () => {
		const outer = phone('l1', 'a', { is_internal_leg: true });
		const inner = phone('l2', 'a', { is_internal_leg: true, call_direction: 'inbound' });
		const device = phone('d', 'l2');
		const legs = [outer, inner, device];
		const calls = missed(
			created(A),
			...legs.map(created),
			...legs.map((leg) => ended(leg, 'NO_ANSWER')),
			ended(A, 'NO_ANSWER'),
		);
		expect(calls).toMatchObject([{ phones: [{ call_id: 'd' }] }]);
	});

	test('forwarded over internal legs to the voicemail of another: missed', () => {
		const outer = phone('l1', 'a', { is_internal_leg: true });
		const inner = phone('l2', 'a', { is_internal_leg: true, call_direction: 'inbound' });
		expect(
			missed(
				created(A),
				created(outer),
				created(inner),
				bridged(A, 'l1'),
				ended(outer, 'NORMAL_CLEARING', 20),
				ended(inner, 'NORMAL_CLEARING', 20),
				ended(A, 'NORMAL_CLEARING', 20, { other_leg_call_id: 'l1' }),
			),
		).toHaveLength(1);
	});

	test('taken over internal legs: no', () => {
		const outer = phone('l1', 'a', { is_internal_leg: true });
		const inner = phone('l2', 'a', { is_internal_leg: true, call_direction: 'inbound' });
		const device = phone('d', 'l2');
		expect(
			missed(
				created(A),
				created(outer),
				created(inner),
				created(device),
				bridged(A, 'l1'),
				bridged(inner, 'd'),
				ended(A, 'NORMAL_CLEARING', 20, { other_leg_call_id: 'l1' }),
			),
		).toEqual([]);
	});

	test('transferred to somebody who does not answer: no, somebody had taken it', () => {
		const C = phone('c', 'a', BOB);
		expect(
			missed(
				created(A),
				created(B),
				bridged(A, 'b'),
				ended(B, 'BLIND_TRANSFER', 25),
				created(C),
				ended(C, 'NO_ANSWER'),
				ended(A, 'NORMAL_CLEARING', 60),
			),
		).toEqual([]);
	});

	test('picked up from another phone, or fetched from parking: no', () => {
		const C = root('c', { ...BOB, to: '*8@acme.example' });
		expect(
			missed(
				created(A),
				created(B),
				created(C),
				bridged(C, 'a'),
				ended(B, 'PICKED_OFF'),
				ended(C, 'NORMAL_CLEARING', 30, { other_leg_call_id: 'a' }),
				ended(A, 'NORMAL_CLEARING', 30),
			),
		).toEqual([]);
	});

	test('a pick-up that is told by the leg that was called: no', () => {
		const C = root('c', { ...BOB, to: '*8@acme.example' });
		const pickedUp = [created(A), created(B), created(C), bridged(A, 'c'), ended(B, 'LOSE_RACE')];
		expect(missed(...pickedUp, ended(A, 'NORMAL_CLEARING', 5, { other_leg_call_id: 'c' }))).toEqual([]);
	});

	test('a mobile that only rings, which the caller hears: missed', () => {
		const mobile = phone('b', 'a', { ...ALICE, call_forwarded: true });
		const rings = [created(A), created(mobile), bridged(A, 'b')];
		expect(missed(...rings, ended(mobile, 'NO_ANSWER'), ended(A, 'NO_ANSWER'))).toMatchObject([
			{ reason: 'no_answer', answered_by_system: false },
		]);
		// The end of the root may come first, and a menu may have answered before
		expect(missed(...rings, ended(A, 'ORIGINATOR_CANCEL'))).toMatchObject([{ reason: 'abandoned' }]);
		const toVoicemail = ended(A, 'NORMAL_CLEARING', 40, { other_leg_call_id: 'b' });
		expect(missed(...rings, ended(mobile, 'NO_ANSWER'), toVoicemail)).toMatchObject([
			{ reason: 'no_answer', answered_by_system: true },
		]);
	});

	test('a first phone only rings, a second one takes it: no', () => {
		const mobile = phone('m', 'a', { ...ALICE, call_forwarded: true });
		expect(
			missed(
				created(A),
				created(mobile),
				bridged(A, 'm'),
				ended(mobile, 'NO_ANSWER'),
				created(B),
				bridged(A, 'b'),
				ended(A, 'NORMAL_CLEARING', 20, { other_leg_call_id: 'b' }),
			),
		).toEqual([]);
	});

	test('transferred after a question, also before the other answers: no', () => {
		const question = root('q', { ...ALICE, to: '2002@acme.example' });
		const D = phone('d', 'q', BOB);
		const taken = [created(A), created(B), bridged(A, 'b'), created(question), created(D)];
		const put = [bridged(question, 'd'), bridged(A, 'd')];
		const ends = [
			ended(question, 'ATTENDED_TRANSFER', 10, { other_leg_call_id: 'd' }),
			ended(B, 'ATTENDED_TRANSFER', 30),
			ended(A, 'NORMAL_CLEARING', 90, { other_leg_call_id: 'd' }),
		];
		expect(missed(...taken, ...put, ...ends)).toEqual([]);
		const rang = [ended(question, 'ATTENDED_TRANSFER', 0), ended(B, 'ATTENDED_TRANSFER', 30)];
		expect(missed(...taken, ...rang, ended(D, 'NO_ANSWER'), ended(A, 'ORIGINATOR_CANCEL', 50))).toEqual([]);
	});

	describe('a queue', () => {
		const agent = (id: string, more: LegEvent): LegEvent =>
			phone(id, '', { ...more, custom_channel_vars: { 'Member-Call-ID': 'a' } });
		const [one, two] = [agent('x', ALICE), agent('y', BOB)];

		test('whose agent takes it, after another did not: no', () => {
			expect(
				missed(
					created(A),
					created(one),
					ended(one, 'NO_ANSWER'),
					created(two),
					bridged(two, 'a'),
					ended(two, 'NORMAL_CLEARING', 60),
					ended(A, 'NORMAL_CLEARING', 90),
				),
			).toEqual([]);
		});

		test('in which the caller gives up: missed, with the agents whose phones rang', () => {
			const waited = [created(A), created(one), ended(one, 'NO_ANSWER'), created(two)];
			const found = missed(...waited, ended(A, 'NORMAL_CLEARING', 75), ended(two, 'ORIGINATOR_CANCEL'));
			expect(found).toMatchObject([
				{ answered_by_system: true, phones: [{ call_id: 'x' }, { call_id: 'y' }] },
			]);
		});

		test('is known by the names of the websocket too', () => {
			const live = { ...two, custom_channel_vars: { member_call_id: 'a' } };
			expect(missed(created(A), created(live), ended(A, 'NORMAL_CLEARING', 9))).toMatchObject([
				{ phones: [{ call_id: 'y' }] },
			]);
		});
	});

	test('parked by the one who took it, rung back and given up: no', () => {
		const again = phone('b2', 'a');
		expect(
			missed(
				created(A),
				created(B),
				bridged(A, 'b'),
				ended(B, 'BLIND_TRANSFER', 12),
				created(again),
				ended(again, 'NO_ANSWER'),
				ended(A, 'ORIGINATOR_CANCEL', 80),
			),
		).toEqual([]);
	});

	test('an end without a cause, as when a media server is gone: missed', () => {
		expect(missed(created(A), { ...A, hook_event: 'channel_destroy' })).toMatchObject([
			{ reason: 'no_answer' },
		]);
	});

	test('parked straight away and never fetched: missed', () => {
		expect(missed(created(A), ended(A, 'ORIGINATOR_CANCEL', 39))).toMatchObject([
			{ reason: 'abandoned', answered_by_system: true, phones: [] },
		]);
	});
});

describe('calls from here', () => {
	test('to a colleague who does not answer: missed, voicemail or not', () => {
		expect(
			missed(created(INTERNAL), created(B), ended(B, 'NO_ANSWER'), ended(INTERNAL, 'NO_ANSWER')),
		).toMatchObject([{ from_outside: false }]);
		expect(
			missed(created(INTERNAL), created(B), ended(B, 'NO_ANSWER'), ended(INTERNAL, 'NORMAL_CLEARING', 12)),
		).toHaveLength(1);
	});

	test('to the outside world, unanswered: no', () => {
		const carrier = phone('b', 'a', {
			...BOB,
			custom_channel_vars: { 'Resource-Type': 'offnet-termination' },
		});
		const out = root('a', { ...BOB, to: '4155550180@acme.example' });
		expect(
			missed(created(out), created(carrier), ended(carrier, 'USER_BUSY'), ended(out, 'USER_BUSY')),
		).toEqual([]);
	});

	test('to the outside world, by the names of the websocket and of version 2: no; a forwarded one: missed', () => {
		const vars = { resource_type: 'offnet-termination', e164_destination: '+14155550180' };
		const carrier = phone('b', 'a', { ...BOB, custom_channel_vars: vars });
		const ends = [ended(carrier, 'NO_ANSWER'), ended(INTERNAL, 'NO_ANSWER')];
		expect(missed(created(INTERNAL), created(carrier), ...ends)).toEqual([]);
		const forwarded = { ...carrier, custom_channel_vars: { ...vars, call_forwarded: true } };
		expect(missed(created(INTERNAL), created(forwarded), ...ends)).toHaveLength(1);
	});

	test.each([
		['*97', 40],
		['2000', 12],
		['*723', 0],
	])('%s, which rings no phone: no', (dialed, seconds) => {
		const own = root('a', { ...BOB, to: `${dialed}@acme.example` });
		expect(missed(created(own), ended(own, 'NORMAL_CLEARING', seconds))).toEqual([]);
	});

	test('paging, which phones answer by themselves: no', () => {
		const page = root('a', { ...BOB, to: '*11@acme.example' });
		expect(missed(created(page), created(B), ended(page, 'NORMAL_CLEARING', 8))).toEqual([]);
	});

	test('to an extension whose phone is away: missed', () => {
		expect(missed(created(INTERNAL), ended(INTERNAL, 'USER_NOT_REGISTERED'))).toHaveLength(1);
	});
});

describe('what was not seen', () => {
	test('only the end, with a conversation: no', () => {
		expect(missed(ended(A, 'NORMAL_CLEARING', 60, { other_leg_call_id: 'b' }))).toEqual([]);
	});

	test('only the end, without: missed', () => {
		expect(missed(ended(A, 'NO_ANSWER'))).toHaveLength(1);
	});

	test('the same end twice: once', () => {
		expect(missed(created(A), ended(A, 'NO_ANSWER'), ended(A, 'NO_ANSWER'))).toHaveLength(1);
	});

	test('events without a call, or with nothing in them', () => {
		expect(missed({}, { hook_event: 'channel_destroy' }, ended({ call_id: 'x' }, 'NO_ANSWER'))).toEqual([]);
	});

	test('memory is bounded in number and in time', () => {
		const few = new MissedCalls({ most: 10, longest: 60_000 });
		for (let index = 0; index < 100; index++) few.see(created(root(`call-${index}`)), index);
		expect(few.size).toBeLessThanOrEqual(11);
		few.see(created(root('later')), 100_000);
		expect(few.size).toBe(1);
	});
});

const RECORDING = 'recorded-events.jsonl';
const EXPECTED: Record<string, string | undefined> = {
	inbound_answered: undefined,
	inbound_missed_voicemail: 'no_answer',
	inbound_missed_no_message: 'no_answer',
	inbound_abandoned: 'abandoned',
	internal_call: undefined,
	ring_group: undefined,
	ring_group_loopback_legs: undefined,
	blind_transfer: undefined,
	parked_and_retrieved: undefined,
	parked_and_abandoned: 'abandoned',
	outbound_call: undefined,
	busy: 'busy',
	rejected: 'rejected',
};

interface Line {
	name: string;
	kind?: string;
	request: { body: LegEvent };
}

withRecordings('missed calls against recorded calls', [RECORDING], ({ lines }) => {
	/** What one webhook for everything was told. */
	const deliveries = lines<Line>(RECORDING).filter(
		({ name, kind }) => kind === 'webhook' && name.endsWith('.all'),
	);
	test.each(Object.entries(EXPECTED))('%s: %s', (call, reason) => {
		const events = deliveries
			.filter(({ name }) => name.startsWith(`rt.calls.${call}.`))
			.map(({ request }) => request.body);
		expect(events.length).toBeGreaterThan(3);
		expect(missed(...events).map((found) => found.reason)).toEqual(reason === undefined ? [] : [reason]);
		const ends = events.filter(({ hook_event }) => hook_event === 'channel_destroy');
		// With nothing but the ends of legs only a phone that rang at home is harder to tell
		expect(missed(...ends)).toHaveLength(reason === undefined ? 0 : 1);
	});
});
