/** Calls of our own making: what a person would say about them. */
import { callOf } from '../../../crossbar/calls/call';
import { withVoicemail } from '../../../crossbar/calls/complete';
import { Groups, isWhole } from '../../../crossbar/calls/groups';
import { factsOfCdr } from '../../../crossbar/calls/readCdr';
import type { CdrRecord } from '../../../crossbar/calls/readCdr';
import type { CallRecord } from '../../../crossbar/calls/record';

const BEGIN = 1_795_913_000;
const ANN = { authorizing_id: 'ann-desk', owner_id: 'ann', callee_id_name: 'Ann' };
const BOB = { authorizing_id: 'bob-desk', owner_id: 'bob', callee_id_name: 'Bob' };
const CAROL = { authorizing_id: 'carol-desk', owner_id: 'carol', callee_id_name: 'Carol' };

/** A record as `/cdrs` lists it. `at`: seconds from the beginning of the call. */
function cdr(id: string, at: number, duration: number, billed: number, more: CdrRecord): CdrRecord {
	return {
		call_id: id,
		interaction_id: '63963132186-aaaa',
		unix_timestamp_micro: String(BEGIN + at),
		duration_seconds: duration,
		billing_seconds: billed,
		hangup_cause: 'NORMAL_CLEARING',
		other_leg_call_id: '',
		...more,
	};
}

const outside = (duration: number, billed: number, more: CdrRecord = {}): CdrRecord =>
	cdr('root', 0, duration, billed, {
		direction: 'inbound',
		from: '+14155550199@carrier.example',
		to: '+16285550100@10.0.0.1',
		caller_id_number: '+14155550199',
		caller_id_name: 'Buyer Inc',
		authorizing_id: '',
		owner_id: '',
		...more,
	});
const phone = (id: string, at: number, duration: number, billed: number, more: CdrRecord): CdrRecord =>
	cdr(id, at, duration, billed, {
		direction: 'outbound',
		other_leg_call_id: 'root',
		from: '+14155550199@acme.example',
		to: `${id}@acme.example`,
		caller_id_number: '+14155550199',
		...more,
	});

function call(...records: CdrRecord[]): CallRecord {
	const groups = new Groups();
	for (const record of records) {
		const facts = factsOfCdr(record);
		if (facts) groups.add(facts);
	}
	expect(groups.open.size).toBe(1);
	return callOf([...[...groups.open].flatMap(({ legs }) => [...legs.values()])]);
}

const NO_ANSWER = { hangup_cause: 'NO_ANSWER' };

test('answered by the second of two phones, whatever the order of the records', () => {
	const records = [
		outside(40, 30),
		phone('a', 2, 8, 0, { ...ANN, hangup_cause: 'LOSE_RACE' }),
		phone('b', 2, 38, 30, BOB),
	];
	for (const order of [records, [...records].reverse()]) {
		expect(call(...order)).toMatchObject({
			id: 'root',
			direction: 'in',
			result: 'answered',
			reason: 'Answered by Bob',
			from: { type: 'number', name: 'Buyer Inc', number: '+14155550199' },
			dialed: '+16285550100',
			answered_by: { type: 'user', user_id: 'bob', device_id: 'bob-desk' },
			waiting_seconds: 10,
			talking_seconds: 30,
			duration_seconds: 40,
			transfers: [],
		});
	}
});

test('an unanswered transfer: the caller goes on to voicemail, and Ann had taken the call', () => {
	const made = call(
		outside(60, 55, NO_ANSWER),
		phone('a', 1, 14, 10, ANN),
		phone('b', 15, 20, 0, { ...BOB, ...NO_ANSWER }),
	);
	expect(made).toMatchObject({
		result: 'answered',
		answered_by: { user_id: 'ann' },
		talking_seconds: 10,
		transfers: [{ type: 'blind', by: { user_id: 'ann' }, to: { user_id: 'bob' }, answered: false }],
	});
});

test('an attended transfer: Ann asks Bob on a leg of her own before she gives the call on', () => {
	const made = call(
		outside(100, 95),
		phone('a', 1, 40, 36, ANN),
		cdr('consult', 20, 21, 20, {
			direction: 'inbound',
			from: 'ann@acme.example',
			to: '2002@acme.example',
			caller_id_number: '2001',
			...ANN,
		}),
		phone('b', 22, 78, 74, { ...BOB, other_leg_call_id: 'consult' }),
	);
	expect(made.transfers).toMatchObject([
		{ type: 'attended', by: { user_id: 'ann' }, to: { user_id: 'bob' }, answered: true },
	]);
	expect(made.phones).toHaveLength(2);
});

test('three people after one another', () => {
	const made = call(
		outside(100, 95),
		phone('a', 1, 20, 16, ANN),
		phone('b', 22, 30, 26, BOB),
		phone('c', 53, 47, 43, CAROL),
	);
	expect(made.transfers.map(({ by, to, type }) => [by.user_id, type, to.user_id])).toEqual([
		['ann', 'blind', 'bob'],
		['bob', 'blind', 'carol'],
	]);
	expect(made.talking_seconds).toBe(16 + 26 + 43);
});

test.each<[string, CdrRecord[], object]>([
	[
		'nobody',
		[outside(20, 0, NO_ANSWER), phone('a', 1, 19, 0, { ...ANN, ...NO_ANSWER })],
		{ result: 'missed' },
	],
	[
		'nobody, then KAZOO itself',
		[outside(50, 30, NO_ANSWER), phone('a', 1, 19, 0, { ...ANN, ...NO_ANSWER })],
		{ result: 'missed', answered_by: { type: 'system' } },
	],
	['the caller gave up', [outside(9, 0, { hangup_cause: 'ORIGINATOR_CANCEL' })], { result: 'abandoned' }],
	['busy', [outside(1, 0, { hangup_cause: 'USER_BUSY' })], { result: 'busy' }],
	['no phone there', [outside(1, 0, { hangup_cause: 'USER_NOT_REGISTERED' })], { result: 'not_reachable' }],
	['no such number', [outside(1, 0, { hangup_cause: 'UNALLOCATED_NUMBER' })], { result: 'failed' }],
	['only a menu', [outside(30, 30)], { result: 'answered', answered_by: { type: 'system' } }],
])('who took it: %s', (_, records, expected) => {
	expect(call(...records)).toMatchObject(expected);
});

test('a message makes a missed call one for voicemail, and leaves one that was answered', () => {
	const message = { id: 'm1', boxId: 'box' };
	const missed = call(outside(50, 30, NO_ANSWER), phone('a', 1, 19, 0, { ...ANN, ...NO_ANSWER }));
	expect(withVoicemail(missed, message)).toMatchObject({
		result: 'voicemail',
		voicemail_id: 'm1',
		voicemail_box_id: 'box',
		answered_by: { type: 'voicemail' },
	});
	const answered = call(outside(50, 45), phone('a', 1, 10, 6, ANN));
	expect(withVoicemail(answered, message)).toMatchObject({ result: 'answered', voicemail_id: 'm1' });
});

test('a call to the outside world', () => {
	const made = call(
		cdr('root', 0, 30, 25, {
			direction: 'inbound',
			from: 'ann@acme.example',
			to: '+14155558888@acme.example',
			caller_id_number: '2001',
			other_leg_call_id: 'line',
			...ANN,
		}),
		phone('line', 1, 29, 25, { to: '+14155558888@carrier.example', authorizing_id: '', owner_id: '' }),
	);
	expect(made).toMatchObject({
		direction: 'out',
		dialed: '+14155558888',
		from: { user_id: 'ann', number: '2001' },
		answered_by: { type: 'number', number: '+14155558888' },
	});
});

test('a call is whole when all the legs that were named are there', () => {
	const groups = new Groups();
	const add = (record: CdrRecord) => groups.add(factsOfCdr(record) ?? { id: '', links: [], others: [] });
	expect(isWhole(add(phone('a', 1, 9, 5, ANN)))).toBe(false);
	expect(isWhole(add(outside(10, 5)))).toBe(true);
});

test('legs that come apart and name one another later are one call', () => {
	const groups = new Groups();
	for (const [id, other] of [
		['a', 'b'],
		['c', 'd'],
		['b', 'c'],
	])
		groups.add({ id: id ?? '', links: [other ?? ''], others: [other ?? ''] });
	expect([...groups.open].map(({ legs }) => [...legs.keys()].sort())).toEqual([['a', 'b', 'c']]);
});
