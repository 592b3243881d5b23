import fc from 'fast-check';
import { DateTime } from 'luxon';

import {
	datesFromIso,
	datesToIso,
	dayFromIso,
	gregorianFromIso,
	gregorianNow,
	InvalidDate,
	isDateField,
	isoFromGregorian,
	LONGEST_RANGE,
	windows,
} from '../../crossbar/values/time';

/** 2026-11-23T17:38:59Z, as a real KAZOO gave it. */
const SEEN = 63_962_674_739;

/** Gregorian seconds of 1970 to 9999. */
const seconds = fc.integer({ min: 62_167_219_200, max: 315_569_519_999 });

describe('gregorianFromIso', () => {
	it.each([
		['1970-01-01', 62_167_219_200],
		['2026-11-23T17:38:59Z', SEEN],
		['2026-11-23T17:38:59.999Z', SEEN],
		['2026-11-23 17:38:59', SEEN],
		['2026-11-23T18:38:59+01:00', SEEN],
		['2026-11-23T18:38:59.000+0100', SEEN],
		['2026-11-23T12:08:59-05:30', SEEN],
		['2026-11-23T17:38', SEEN - 59],
		['2024-02-29', 63_876_384_000],
		[` ${SEEN} `, SEEN],
	])('reads %s', (text, expected) => {
		expect(gregorianFromIso(text)).toBe(expected);
	});

	it('reads date objects of JavaScript and luxon', () => {
		expect(gregorianFromIso(new Date('2026-11-23T17:38:59Z'))).toBe(SEEN);
		expect(gregorianFromIso({ toISO: () => '2026-11-23T18:38:59.000+01:00' })).toBe(SEEN);
	});

	it('takes a text without a zone as the wall clock of the zone it is told', () => {
		expect(gregorianFromIso('2026-11-23T18:38:59', 'Europe/Berlin')).toBe(SEEN);
		expect(gregorianFromIso('2026-07-01', 'Europe/Berlin')).toBe(gregorianFromIso('2026-06-30T22:00:00Z'));
		expect(gregorianFromIso('2026-07-01', 'America/Los_Angeles')).toBe(
			gregorianFromIso('2026-07-01T07:00:00Z'),
		);
		expect(gregorianFromIso('2026-11-23T17:38:59Z', 'Europe/Berlin')).toBe(SEEN);
		// The nights in which the clock changes: an hour before and after
		expect(gregorianFromIso('2026-03-29T01:30', 'Europe/Berlin')).toBe(gregorianFromIso('2026-03-29T00:30Z'));
		expect(gregorianFromIso('2026-03-29T03:30', 'Europe/Berlin')).toBe(gregorianFromIso('2026-03-29T01:30Z'));
		expect(gregorianFromIso('2026-10-25T01:30', 'Europe/Berlin')).toBe(gregorianFromIso('2026-10-24T23:30Z'));
		expect(gregorianFromIso('2026-10-25T03:30', 'Europe/Berlin')).toBe(gregorianFromIso('2026-10-25T02:30Z'));
	});

	it.each([
		['1795455539', 'Write it as a date: 2026-11-23T17:38:59Z'],
		['1795455539000', 'Write it as a date: 2026-11-23T17:38:59Z'],
		[1_795_455_539 as unknown as string, 'Write it as a date: 2026-11-23T17:38:59Z'],
		['2026', 'Write it as a date'],
		['2026-02-30', '“2026-02-30” is not a date'],
		['2026-13-01', '“2026-13-01” is not a date'],
		['2026-11-23T25:00:00Z', 'is not a date'],
		['2026-11-23T17:38:59 Berlin', 'is not a date'],
		['0001-01-01', '“0001-01-01” is not a date'],
		['2026-11-23T17:38:59+25:00', 'is not a date'],
		['2026-11-23T17:38:59+01:75', 'is not a date'],
		['23.11.2026', '“23.11.2026” is not a date. Write it like 2026-11-23'],
		['tomorrow', 'is not a date'],
		['', 'The date is empty'],
		[undefined as unknown as string, 'The date is empty'],
		[new Date(NaN), 'is not a date'],
		[{ toISO: () => null }, 'is not a date'],
	])('refuses %p with a sentence', (input, sentence) => {
		expect(() => gregorianFromIso(input)).toThrow(InvalidDate);
		expect(() => gregorianFromIso(input)).toThrow(sentence);
	});

	it('gives back what isoFromGregorian made of any second', () => {
		fc.assert(fc.property(seconds, (second) => gregorianFromIso(isoFromGregorian(second)) === second));
	});

	it('agrees with Date in any zone', () => {
		const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });
		fc.assert(
			fc.property(seconds, offset, (second, minutes) => {
				const wallClock = isoFromGregorian(Math.min(second + minutes * 60, 315_569_519_999)).slice(0, 19);
				const clock = (n: number): string => String(n).padStart(2, '0');
				const zone = `${minutes < 0 ? '-' : '+'}${clock(Math.floor(Math.abs(minutes) / 60))}:${clock(Math.abs(minutes) % 60)}`;
				const text = `${wallClock}${zone}`;
				expect(gregorianFromIso(text)).toBe(gregorianFromIso(new Date(text)));
			}),
		);
	});
});

describe('gregorianNow and isoFromGregorian', () => {
	it('agree with the clock', () => {
		const before = Math.floor(Date.now() / 1000) * 1000;
		const now = Date.parse(isoFromGregorian(gregorianNow()));
		expect(now).toBeGreaterThanOrEqual(before);
		expect(now).toBeLessThanOrEqual(Date.now());
	});

	it('write whole seconds short and fractions with milliseconds', () => {
		expect(isoFromGregorian(SEEN)).toBe('2026-11-23T17:38:59Z');
		expect(isoFromGregorian(SEEN + 0.25)).toBe('2026-11-23T17:38:59.250Z');
		expect(isoFromGregorian(62_586_115_200)).toBe('1983-04-11T08:00:00Z');
	});
});

describe('datesToIso', () => {
	it('converts a CDR, whose numbers are texts, and leaves durations and Unix times', () => {
		expect(
			datesToIso({
				timestamp: '63962674739',
				unix_timestamp: '1795455539',
				unix_timestamp_micro: '63962674739.0',
				interaction_time: SEEN,
				duration_seconds: '42',
				billing_seconds: '40',
				caller_id_number: '62812345678',
			}),
		).toEqual({
			timestamp: '2026-11-23T17:38:59Z',
			unix_timestamp: '1795455539',
			unix_timestamp_micro: '63962674739.0',
			interaction_time: '2026-11-23T17:38:59Z',
			duration_seconds: '42',
			billing_seconds: '40',
			caller_id_number: '62812345678',
		});
	});

	it('reaches into lists and objects', () => {
		expect(
			datesToIso([{ _read_only: { created: SEEN, modified: SEEN } }, { metadata: { timestamp: SEEN } }]),
		).toEqual([
			{ _read_only: { created: '2026-11-23T17:38:59Z', modified: '2026-11-23T17:38:59Z' } },
			{ metadata: { timestamp: '2026-11-23T17:38:59Z' } },
		]);
	});

	it.each([
		['a duration under a date name', { start: 20, end: 3600, timestamp: 5 }],
		['microseconds', { channel_created_time: 63_962_676_048_000_000, timestamp: 1_795_455_539_000_000 }],
		['a phone number under a plain word', { start: '62812345678', next: '62812345678' }],
		['other types', { created: true, modified: null, timestamp: 'soon', start_date: undefined, end: [SEEN] }],
		['what users store', { custom_channel_vars: { timestamp: SEEN }, ui_metadata: { created: SEEN } }],
		['seconds of a day', { time_window_start: 28_800, time_window_stop: 64_800 }],
	])('leaves %s alone', (_what, record) => {
		expect(datesToIso(record)).toEqual(record);
	});

	it('does not change what it was given', () => {
		const record = Object.freeze({ created: SEEN, nested: Object.freeze({ modified: SEEN }) });
		datesToIso(record);
		expect(record.nested.modified).toBe(SEEN);
	});

	it('leaves any JSON without date fields as it is', () => {
		fc.assert(
			fc.property(
				fc
					.jsonValue()
					.filter(
						(value) => !/"(start|end|next|updated)"|timestamp|time|date|created/.test(JSON.stringify(value)),
					),
				(value) => {
					expect(datesToIso(value)).toEqual(value);
				},
			),
		);
	});
});

describe('datesFromIso', () => {
	const known = (...paths: string[]) => {
		const set = new Set(paths);
		return (path: string): boolean => set.has(path);
	};

	it('converts what people write, in texts and date objects, at the paths that are dates', () => {
		expect(
			datesFromIso(
				{
					name: 'Holiday',
					until: new Date('2026-12-26T00:00:00Z'),
					scheduled_date: { toISO: () => '2026-12-24T00:00:00.000Z' },
					flags: ['2026-12-24'],
					gateways: [{ start_time: '2026-12-24T00:00:00+01:00', mine: '2026-12-24' }],
				},
				known('until', 'scheduled_date', 'gateways.start_time'),
			),
		).toEqual({
			name: 'Holiday',
			until: 63_965_462_400,
			scheduled_date: 63_965_289_600,
			flags: ['2026-12-24'],
			gateways: [{ start_time: 63_965_286_000, mine: '2026-12-24' }],
		});
	});

	it('takes dates without a zone in the zone it is told', () => {
		expect(datesFromIso({ at: '2026-12-24' }, known('at'), 'Europe/Berlin')).toEqual({ at: 63_965_286_000 });
	});

	it('leaves everything else, whatever it is called', () => {
		const document = {
			start_date: '2026-12-24',
			end: '2026-12-24T10:00:00Z',
			updated: '2026-12-24',
			created: SEEN,
			mine: { created: '2026-12-24', timestamp: '2026-12-24' },
			start: 'now',
			__proto__: null,
		};
		expect(datesFromIso(document, known('created'))).toEqual({ ...document });
	});

	it('refuses dates that do not exist', () => {
		expect(() => datesFromIso({ at: '2026-02-30' }, known('at'))).toThrow('“2026-02-30” is not a date');
	});
});

describe('a time that the clock jumps over, or that exists twice', () => {
	it.each([
		['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
		['2026-09-06T00:30', 'America/Santiago', '2026-09-06T04:30:00Z'],
		['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
		['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
		['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
		['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
		['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
		['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
		['2026-03-28', 'Asia/Beirut', '2026-03-27T22:00:00Z'],
		['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00Z'],
	])('%s in %s', (text, zone, moment) => {
		expect(isoFromGregorian(gregorianFromIso(text, zone))).toBe(moment);
	});

	it('is what Luxon makes of it, in any zone', () => {
		const zones = ['America/Santiago', 'America/New_York', 'Europe/London', 'Asia/Beirut', 'Africa/Cairo'];
		const hour = fc.integer({ min: 0, max: 366 * 24 * 4 });
		fc.assert(
			fc.property(hour, fc.constantFrom(...zones), (quarters, zone) => {
				const text = new Date(Date.UTC(2026, 0, 1) + quarters * 900_000).toISOString().slice(0, 16);
				const luxon = DateTime.fromISO(text, { zone });
				expect(`${text} ${isoFromGregorian(gregorianFromIso(text, zone))}`).toBe(
					`${text} ${luxon.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'")}`,
				);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('a zone that does not exist is named', () => {
		expect(() => gregorianFromIso('2026-01-01', 'Mars/Phobos')).toThrow(
			'There is no time zone “Mars/Phobos”',
		);
	});
});

describe('dayFromIso', () => {
	const la = 'America/Los_Angeles';
	it.each([
		['2026-12-24', la, '2026-12-24T08:00:00Z'],
		['2026-12-24T00:00:00', la, '2026-12-24T08:00:00Z'],
		['2026-12-24T00:00:00.000-05:00', la, '2026-12-24T08:00:00Z'],
		['2026-12-24T00:00:00.000Z', la, '2026-12-24T08:00:00Z'],
		['2026-12-24T18:00', la, '2026-12-24T08:00:00Z'],
		// What Get gave for a day in Berlin comes back as that day
		['2026-12-23T23:00:00Z', 'Europe/Berlin', '2026-12-23T23:00:00Z'],
		['2026-12-24T08:00:00Z', la, '2026-12-24T08:00:00Z'],
		['2026-12-24T02:00:00Z', la, '2026-12-23T08:00:00Z'],
		['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
	])('%s in %s', (text, zone, begins) => {
		expect(isoFromGregorian(dayFromIso(text, zone))).toBe(begins);
	});

	it('takes date objects, and refuses what is none', () => {
		expect(dayFromIso({ toISO: () => '2026-12-24T00:00:00.000-05:00' }, la)).toBe(63_965_289_600 + 28_800);
		expect(() => dayFromIso('tomorrow', la)).toThrow(InvalidDate);
		expect(() => dayFromIso('2026-02-30', la)).toThrow(InvalidDate);
	});
});

describe('isDateField', () => {
	it('knows the fields of Gregorian seconds by their names', () => {
		const names = [
			'start_date',
			'timestamp',
			'entered_timestamp',
			'created',
			'start',
			'unix_timestamp',
			'exp',
		];
		expect(names.filter(isDateField)).toEqual(names.slice(0, 5));
		expect(
			['timeout', 'time_window_start', 'timezone', 'rate_nocharge_time', 'expires'].filter(isDateField),
		).toEqual([]);
	});
});

describe('windows', () => {
	const range = fc
		.tuple(seconds, fc.integer({ min: 0, max: 40 * LONGEST_RANGE }))
		.map(([from, length]) => ({ from, to: from + length }));

	it('covers every second once, in order, none longer than the server allows', () => {
		fc.assert(
			fc.property(
				range,
				fc.boolean(),
				fc.integer({ min: 1, max: 2 * LONGEST_RANGE }),
				({ from, to }, newestFirst, maximum) => {
					fc.pre((to - from) / maximum < 60);
					const parts = windows(from, to, { newestFirst, maximum });
					const rising = newestFirst ? [...parts].reverse() : parts;
					expect(rising[0]?.from).toBe(from);
					expect(rising.at(-1)?.to).toBe(to);
					for (const [index, part] of rising.entries()) {
						expect(part.to - part.from).toBeLessThanOrEqual(maximum);
						expect(part.to).toBeGreaterThanOrEqual(part.from);
						if (index > 0) expect(part.from).toBe((rising[index - 1]?.to ?? NaN) + 1);
					}
					expect(parts).toHaveLength(Math.ceil((to - from + 1) / (maximum + 1)));
				},
			),
		);
	});

	it('leaves a range within the limit whole, one second more makes two', () => {
		expect(windows(0, LONGEST_RANGE)).toEqual([{ from: 0, to: LONGEST_RANGE }]);
		expect(windows(0, LONGEST_RANGE + 1)).toEqual([
			{ from: 1, to: LONGEST_RANGE + 1 },
			{ from: 0, to: 0 },
		]);
		expect(windows(5, 4)).toEqual([]);
	});
});
