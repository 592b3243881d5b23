/** Whatever order records arrive in, and whenever we ask: each comes once, if it is late by less than the overlap. */
import fc from 'fast-check';

import { beginNow, readNew } from '../../../crossbar/poll/records';
import type { RecordSource, Watermark } from '../../../crossbar/poll/records';

interface Row {
	id: string;
	/** Seconds by which the server sorts it. */
	time: number;
	/** When it is there to be read. */
	arrives: number;
}

const OVERLAP = 100;
const START = 63_000_000_000;

/** A server that shows at `clock.now` what has arrived by then, newest first. */
function server(rows: readonly Row[], clock: { now: number }, more: Partial<RecordSource<Row>> = {}) {
	const asked: Array<{ from: number; to: number }> = [];
	const source: RecordSource<Row> = {
		id: ({ id }) => id,
		time: ({ time }) => time,
		overlap: OVERLAP,
		fetch: async (from, to, limit) => {
			asked.push({ from, to });
			return rows
				.filter(({ time, arrives }) => arrives <= clock.now && time >= from && time <= to)
				.sort((a, b) => b.time - a.time)
				.slice(0, limit);
		},
		...more,
	};
	return { source, asked };
}

const always = () => true;

/** Rows that are late by less than the overlap, and the times of the polls. */
const scenario = fc.record({
	rows: fc.uniqueArray(
		fc.record({
			id: fc.integer({ min: 0, max: 10_000 }).map(String),
			time: fc.integer({ min: 1, max: 5_000 }),
			late: fc.integer({ min: 0, max: OVERLAP - 1 }),
		}),
		{ selector: ({ id }) => id, maxLength: 60 },
	),
	pauses: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 15 }),
	most: fc.integer({ min: 1, max: 30 }),
	allowed: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 15 }),
	lost: fc.array(fc.boolean(), { minLength: 1, maxLength: 15 }),
});

describe('readNew', () => {
	test('each record comes once, whatever arrives when, with polls that are cut short and restarts', async () => {
		await fc.assert(
			fc.asyncProperty(scenario, async ({ rows: drawn, pauses, most, allowed, lost }) => {
				const rows = drawn.map(({ id, time, late }) => ({
					id,
					time: START + time,
					arrives: START + time + late,
				}));
				// Ranges are only cut for memory's sake where a second holds fewer records than may be remembered
				const perSecond = new Map<number, number>();
				for (const { time } of rows) perSecond.set(time, (perSecond.get(time) ?? 0) + 1);
				const crowded = rows.filter(
					({ time }) => rows.filter((row) => Math.abs(row.time - time) <= OVERLAP).length > most,
				);
				fc.pre(crowded.length === 0);
				const clock = { now: START };
				const { source } = server(rows, clock, { most });
				let watermark: Watermark = { from: START, seen: '' };
				const given: string[] = [];
				let before = START;
				const poll = async (mayGoOn: () => boolean, save: boolean) => {
					const count = given.length;
					const progress = await readNew(
						watermark,
						source,
						{ now: clock.now, before },
						async ({ id }) => void given.push(id),
						mayGoOn,
					);
					expect(progress.failure).toBeUndefined();
					// n8n does not save what a poll remembers when it gave nothing
					if (save || given.length > count)
						watermark = JSON.parse(JSON.stringify(progress.watermark)) as Watermark;
					before = clock.now;
				};
				for (const [index, pause] of pauses.entries()) {
					clock.now += pause;
					let left = allowed[index % allowed.length] as number;
					await poll(() => left-- > 0, !lost[index % lost.length]);
				}
				clock.now = START + 6_000;
				await poll(always, true);
				expect([...given].sort()).toEqual(rows.map(({ id }) => id).sort());
			}),
			{ numRuns: 300 },
		);
	});

	test('what was given before a failure counts as given, the rest comes next time', async () => {
		const rows = Array.from({ length: 10 }, (_, index) => ({
			id: String(index),
			time: START + index,
			arrives: START,
		}));
		const { source } = server(rows, { now: START + 1000 });
		const given: string[] = [];
		let broken = true;
		const give = async ({ id }: Row) => {
			if (id === '4' && broken) throw new Error('the file is not there yet');
			given.push(id);
		};
		const first = await readNew({ from: START, seen: '' }, source, { now: START + 1000 }, give, always);
		expect(first.failure).toEqual(new Error('the file is not there yet'));
		expect(given).toEqual(['0', '1', '2', '3']);
		broken = false;
		await readNew(first.watermark, source, { now: START + 1000 }, give, always);
		expect(given).toEqual(rows.map(({ id }) => id));
	});

	test('ranges with too many records are cut, and what is remembered stays bounded', async () => {
		const rows = Array.from({ length: 3000 }, (_, index) => ({
			id: String(index),
			time: START + Math.floor(index / 10),
			arrives: START,
		}));
		const { source, asked } = server(rows, { now: START + 299 }, { most: 100 });
		const given: string[] = [];
		const { watermark } = await readNew(
			{ from: START, seen: '' },
			source,
			{ now: START + 299 },
			async ({ id }) => void given.push(id),
			always,
		);
		expect(new Set(given).size).toBe(3000);
		expect(given).toHaveLength(3000);
		expect(watermark.seen.length).toBeLessThanOrEqual(100 * 11);
		expect(asked.length).toBeLessThan(120);
	});

	test('a week off is read in few requests', async () => {
		const rows = Array.from({ length: 500 }, (_, index) => ({
			id: String(index),
			time: START + index * 1200,
			arrives: START,
		}));
		const { source, asked } = server(rows, { now: START + 7 * 86_400 });
		const given: string[] = [];
		await readNew(
			{ from: START, seen: '' },
			source,
			{ now: START + 7 * 86_400 },
			async ({ id }) => void given.push(id),
			always,
		);
		expect(given).toEqual(rows.map(({ id }) => id));
		expect(asked.length).toBeLessThan(8);
	});

	test('a clock that goes back reads nothing and loses nothing', async () => {
		const { source, asked } = server([], { now: START });
		const watermark = { from: START, seen: '' };
		expect(await readNew(watermark, source, { now: START - 10 }, async () => {}, always)).toEqual({
			watermark: { ...watermark, ahead: true },
		});
		expect(asked).toEqual([]);
	});
});

describe('beginNow', () => {
	test('what is there counts as given; what comes late does not', async () => {
		const rows = [
			{ id: 'there', time: START - 5, arrives: START - 5 },
			{ id: 'late', time: START - 5, arrives: START + 20 },
		];
		const clock = { now: START };
		const { source } = server(rows, clock);
		const { watermark } = await beginNow(source, clock.now);
		clock.now += 60;
		const given: string[] = [];
		await readNew(watermark, source, { now: clock.now }, async ({ id }) => void given.push(id), always);
		expect(given).toEqual(['late']);
	});

	test('a server that cannot be read: the beginning is kept', async () => {
		const failing: RecordSource<Row> = {
			id: ({ id }) => id,
			time: ({ time }) => time,
			overlap: OVERLAP,
			fetch: async () => {
				throw new Error('down');
			},
		};
		const { watermark, failure } = await beginNow(failing, START);
		expect(failure).toEqual(new Error('down'));
		expect(watermark).toEqual({ from: START - OVERLAP, seen: '', begin: START - OVERLAP });
	});
});
