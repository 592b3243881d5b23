/** Reports of calls, with figures worked out by hand. */
import { callOfStat } from '../../../crossbar/calls/queueStats';
import type { CallRecord, CallResult } from '../../../crossbar/calls/record';
import type { ReportBy, ReportRow, ReportSettings } from '../../../crossbar/calls/report';
import { reportOf } from '../../../crossbar/calls/report';

const settings = (by: ReportBy, more: Partial<ReportSettings> = {}): ReportSettings => ({
	by,
	interval: 'none',
	serviceLevel: 20,
	timeZone: 'UTC',
	...more,
});

function call(at: string, result: CallResult, waiting: number, talking = 0, more = {}): CallRecord {
	return {
		id: `${at} ${waiting}`,
		direction: 'in',
		result,
		reason: '',
		started_at: at,
		ended_at: at,
		from: { type: 'number', number: '+14155550199' },
		dialed: '+14155550100',
		waiting_seconds: waiting,
		talking_seconds: talking,
		duration_seconds: waiting + talking,
		phones: [],
		transfers: [],
		...more,
	};
}

/** Ten calls: six answered (four of them within 20 seconds), two given up (after 5 and 30), a message, one missed. */
const TEN = [
	call('2026-11-02T09:00:00Z', 'answered', 4, 60),
	call('2026-11-02T09:10:00Z', 'answered', 8, 120),
	call('2026-11-02T09:20:00Z', 'answered', 12, 180),
	call('2026-11-02T10:00:00Z', 'answered', 20, 240),
	call('2026-11-02T10:10:00Z', 'answered', 21, 300),
	call('2026-11-02T10:20:00Z', 'forwarded', 40, 600),
	call('2026-11-03T23:30:00Z', 'abandoned', 5),
	call('2026-11-03T23:40:00Z', 'abandoned', 30),
	call('2026-11-09T12:00:00Z', 'voicemail', 25),
	call('2026-12-01T00:30:00Z', 'missed', 35),
];

describe('a report', () => {
	test('all calls: rates, times, percentiles, service level', () => {
		expect(reportOf(TEN, settings('direction'))).toEqual([
			{
				by: 'direction',
				key: 'in',
				calls: 10,
				answered: 6,
				missed: 1,
				voicemail: 1,
				abandoned: 2,
				other: 0,
				answer_rate: 0.6,
				// Four of the nine that were not given up within the time
				service_level: 0.4444,
				service_level_seconds: 20,
				// 200 seconds of ten calls
				mean_waiting_seconds: 20,
				// The ninth of 4 5 8 12 20 21 25 30 35 40
				p90_waiting_seconds: 35,
				longest_waiting_seconds: 40,
				talking_seconds: 1500,
				mean_talking_seconds: 250,
				// The sixth of six
				p90_talking_seconds: 600,
			},
		]);
	});

	test.each<[ReportBy, Partial<ReportSettings>, Array<[string, string | undefined, number]>]>([
		['number', {}, [['+14155550100', undefined, 10]]],
		[
			'weekday',
			{},
			[
				['Monday', undefined, 7],
				['Tuesday', undefined, 3],
			],
		],
		[
			'hour',
			{},
			[
				['00:00', undefined, 1],
				['09:00', undefined, 3],
				['10:00', undefined, 3],
				['12:00', undefined, 1],
				['23:00', undefined, 2],
			],
		],
		[
			'direction',
			{ interval: 'week' },
			[
				['in', '2026-11-02', 8],
				['in', '2026-11-09', 1],
				['in', '2026-11-30', 1],
			],
		],
		[
			'direction',
			{ interval: 'month' },
			[
				['in', '2026-11', 9],
				['in', '2026-12', 1],
			],
		],
		// In New York 00:30 of 1 December is still November, and 23:30 is 18:30
		['direction', { interval: 'month', timeZone: 'America/New_York' }, [['in', '2026-11', 10]]],
	])('by %s, %j', (by, more, expected) => {
		const rows = reportOf(TEN, settings(by, more));
		expect(rows.map(({ key, period, calls }: ReportRow) => [key, period, calls])).toEqual(expected);
	});

	test('by group and by user: each whose phone rang', () => {
		const phone = (user: string, result: 'answered' | 'no_answer' | 'elsewhere', seconds: number) => ({
			type: 'user' as const,
			user_id: user,
			user_name: user.toUpperCase(),
			result,
			started_at: '2026-11-02T09:00:00Z',
			rang_seconds: seconds,
			leg_id: user,
		});
		const calls = [
			call('2026-11-02T09:00:00Z', 'answered', 6, 60, {
				phones: [phone('ann', 'answered', 6), phone('bob', 'elsewhere', 6)],
				answered_by: { type: 'user', user_id: 'ann' },
			}),
			call('2026-11-02T09:10:00Z', 'missed', 30, 0, {
				phones: [phone('ann', 'no_answer', 20), phone('bob', 'no_answer', 30)],
			}),
		];
		const users = reportOf(calls, settings('user'));
		expect(users).toMatchObject([
			{ key: 'ann', name: 'ANN', calls: 2, answered: 1, missed: 1, answer_rate: 0.5, talking_seconds: 60 },
			{ key: 'bob', name: 'BOB', calls: 1, answered: 0, missed: 1, longest_waiting_seconds: 30 },
		]);
		const groups = new Map([
			['ann', ['sales']],
			['bob', ['sales', 'support']],
		]);
		expect(reportOf(calls, settings('group', { groups }))).toMatchObject([
			{ key: 'sales', calls: 2, answered: 1, missed: 1 },
			{ key: 'support', calls: 2, answered: 1, missed: 1 },
		]);
	});

	test('of nothing there are no rows', () => {
		expect(reportOf([], settings('hour'))).toEqual([]);
	});
});

describe('what a queue of KAZOO counted', () => {
	const stats = [
		{
			queue_id: 'q',
			agent_id: 'ann',
			status: 'processed',
			entered_timestamp: 63_962_676_000,
			wait_time: 10,
			talk_time: 90,
		},
		{
			queue_id: 'q',
			agent_id: 'ann',
			status: 'handled',
			entered_timestamp: 63_962_676_100,
			wait_time: 30,
			talk_time: 30,
		},
		{ queue_id: 'q', status: 'abandoned', abandoned_timestamp: 63_962_676_260, wait_time: 60 },
		{ queue_id: 'q', status: 'waiting', entered_timestamp: 63_962_676_300 },
	];

	test('is in the same shape: by queue and by agent', () => {
		const calls = stats.flatMap((stat) => callOfStat(stat, 'account') ?? []);
		expect(calls.map(({ started_at }) => started_at)).toEqual([
			'2026-11-23T18:00:00Z',
			'2026-11-23T18:01:40Z',
			'2026-11-23T18:03:20Z',
		]);
		expect(reportOf(calls, settings('queue'))).toMatchObject([
			{
				key: 'q',
				calls: 3,
				answered: 2,
				abandoned: 1,
				answer_rate: 0.6667,
				service_level: 0.3333,
				longest_waiting_seconds: 60,
				talking_seconds: 120,
			},
		]);
		expect(reportOf(calls, settings('user'))).toMatchObject([{ key: 'ann', calls: 2, answered: 2 }]);
	});
});
