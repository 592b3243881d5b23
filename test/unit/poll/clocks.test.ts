/** Whoever's clock is wrong, for one poll or for good: no record is lost, none comes twice. */
import fc from 'fast-check';

import { beginNow, readNew } from '../../../crossbar/poll/records';
import type { RecordSource, Watermark } from '../../../crossbar/poll/records';

const OVERLAP = 3_600;
const DAY = 86_400;
const START = 63_000_000_000;

interface Row {
	id: string;
	/** True seconds since the start at which it happened, and by how much later it can be read. */
	at: number;
	late: number;
}

/** What happens between two polls. */
interface Turn {
	/** True seconds until the next poll. */
	pause: number;
	/** Seconds by which the clock that tells us the time is ahead at that poll. */
	off: number;
	fails: boolean;
}

const off = fc.oneof(
	{ weight: 3, arbitrary: fc.constant(0) },
	fc.integer({ min: -2 * DAY, max: 2 * DAY }),
	fc.constantFrom(DAY, -DAY, 7_200, -7_200),
);
const turn: fc.Arbitrary<Turn> = fc.record({
	pause: fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 3 * DAY })),
	off,
	fails: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
});
const history = fc.record({
	rows: fc.uniqueArray(
		fc.record({
			id: fc.integer({ min: 0, max: 100_000 }).map(String),
			at: fc.integer({ min: 1, max: 12 * DAY }),
			late: fc.integer({ min: 0, max: OVERLAP - 1 }),
		}),
		{ selector: ({ id }) => id, maxLength: 80 },
	),
	turns: fc.array(turn, { minLength: 1, maxLength: 25 }),
});

/** A server, and a trigger that polls it; `stamp` gives a record the time by which the server sorts it. */
class World {
	time = 0;
	down = false;
	before: number | undefined;
	watermark: Watermark | undefined;
	readonly given: string[] = [];

	constructor(
		private readonly rows: readonly Row[],
		private readonly stamp: (at: number) => number = (at) => START + at,
	) {}

	private readonly source: RecordSource<Row & { time: number }> = {
		id: ({ id }) => id,
		time: ({ time }) => time,
		overlap: OVERLAP,
		fetch: async (from, to, limit) => {
			if (this.down) throw new Error('down');
			return this.rows
				.filter(({ at, late }) => at + late <= this.time)
				.map((row) => ({ ...row, time: this.stamp(row.at) }))
				.filter(({ time }) => time >= from && time <= to)
				.sort((a, b) => b.time - a.time)
				.slice(0, limit);
		},
	};

	async poll(now: number): Promise<void> {
		const clock = { now, before: this.before };
		const give = async ({ id }: Row) => void this.given.push(id);
		const { watermark } = this.watermark
			? await readNew(this.watermark, this.source, clock, give, () => true)
			: await beginNow(this.source, now);
		this.watermark = JSON.parse(JSON.stringify(watermark)) as Watermark;
		this.before = now;
	}
}

const times = (given: readonly string[]): string[] =>
	given.filter((id, index) => given.indexOf(id) !== index);

test('a clock that wanders: each record once', async () => {
	await fc.assert(
		fc.asyncProperty(history, async ({ rows, turns }) => {
			const world = new World(rows);
			await world.poll(START);
			for (const { pause, off, fails } of turns) {
				world.time += pause;
				world.down = fails;
				await world.poll(START + world.time + off);
			}
			world.down = false;
			world.time = Math.max(world.time, 12 * DAY) + OVERLAP;
			// The clock is right again; a second look, as one that was put back is believed the second time
			for (let times = 0; times < 2; times++) await world.poll(START + world.time);
			expect(times(world.given)).toEqual([]);
			expect([...world.given].sort()).toEqual(rows.map(({ id }) => id).sort());
		}),
		{ numRuns: 500 },
	);
});

test('a clock that is wrong from the first poll on', async () => {
	for (const wrong of [DAY, -DAY, 7_200, -7_200]) {
		const rows = Array.from({ length: 20 }, (_, index) => ({
			id: String(index),
			at: 60 + index * 300,
			late: 30,
		}));
		const old = [{ id: 'old', at: -DAY / 2, late: 0 }];
		const world = new World([...old, ...rows]);
		await world.poll(START + wrong);
		for (; world.time < 7_000; world.time += 60)
			await world.poll(START + world.time + (world.time === 0 ? wrong : 0));
		expect(world.given.filter((id) => id !== 'old').sort()).toEqual(rows.map(({ id }) => id).sort());
		if (wrong > 0) expect(world.given).not.toContain('old');
	}
});

test('the first poll fails: what comes late is not lost', async () => {
	const rows = Array.from({ length: 5 }, (_, index) => ({ id: String(index), at: -60 * index, late: 600 }));
	const world = new World([{ id: 'old', at: -DAY, late: 0 }, ...rows]);
	world.down = true;
	await world.poll(START);
	await world.poll(START);
	world.down = false;
	for (world.time = 60; world.time <= 1_200; world.time += 60) await world.poll(START + world.time);
	expect(world.given.sort()).toEqual(['0', '1', '2', '3', '4']);
});

test('the whole server is put ahead and back, its records with it: none is lost', async () => {
	for (const jump of [7_200, DAY, 10 * DAY]) {
		const rows = Array.from({ length: 300 }, (_, index) => ({
			id: String(index),
			at: index * 120,
			late: 20,
		}));
		const wrong = (at: number): number => (at >= 9_000 && at < 18_000 ? jump : 0);
		const world = new World(rows, (at) => START + at + wrong(at));
		for (; world.time < 40_000; world.time += 60) await world.poll(START + world.time + wrong(world.time));
		const lost = rows.filter(({ id, at }) => at > 0 && !world.given.includes(id));
		expect(lost).toEqual([]);
		expect(times(world.given)).toEqual([]);
	}
});

test('an account without records is asked for a month at most', async () => {
	const world = new World([{ id: 'old', at: -DAY, late: 0 }]);
	for (; world.time < 90 * DAY; world.time += DAY / 2) await world.poll(START + world.time);
	expect(START + world.time - Number(world.watermark?.from)).toBeLessThanOrEqual(31 * DAY + DAY);
	expect(world.given).toEqual([]);
});
