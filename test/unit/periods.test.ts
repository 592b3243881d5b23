/** Stretches of the calendar, where the account is. */
import type { Period } from '../../crossbar/values/periods';
import { periodRange } from '../../crossbar/values/periods';
import { gregorianFromIso, isoFromGregorian } from '../../crossbar/values/time';

/** Sunday evening in Vienna, Sunday morning in Los Angeles. */
const NOW = '2026-11-29T19:30:00Z';

const range = (period: Period, zone: string, now = NOW): string[] => {
	const { from, to } = periodRange(period, zone, gregorianFromIso(now));
	return [from, to].map(isoFromGregorian);
};

test.each<[Period, string, string, string]>([
	['today', 'Europe/Vienna', '2026-11-28T23:00:00Z', NOW],
	['yesterday', 'Europe/Vienna', '2026-11-27T23:00:00Z', '2026-11-28T22:59:59Z'],
	['yesterday', 'America/Los_Angeles', '2026-11-28T08:00:00Z', '2026-11-29T07:59:59Z'],
	['thisWeek', 'Europe/Vienna', '2026-11-22T23:00:00Z', NOW],
	['lastWeek', 'Europe/Vienna', '2026-11-15T23:00:00Z', '2026-11-22T22:59:59Z'],
	['thisMonth', 'Europe/Vienna', '2026-10-31T23:00:00Z', NOW],
	['lastMonth', 'Europe/Vienna', '2026-09-30T22:00:00Z', '2026-10-31T22:59:59Z'],
])('%s in %s', (period, zone, from, to) => {
	expect(range(period, zone)).toEqual([from, to]);
});

test('a day on which the clock changes has 25 hours', () => {
	expect(range('yesterday', 'Europe/Vienna', '2026-10-26T12:00:00Z')).toEqual([
		'2026-10-24T22:00:00Z',
		'2026-10-25T22:59:59Z',
	]);
});

test('the month before January is December', () => {
	expect(range('lastMonth', 'UTC', '2026-01-15T00:00:00Z')).toEqual([
		'2025-12-01T00:00:00Z',
		'2025-12-31T23:59:59Z',
	]);
});
