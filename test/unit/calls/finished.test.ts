/** Recorded calls, event by event in their own time: each is said once, also over restarts and by several processes. */
import { callOf, rootOf } from '../../../crossbar/calls/call';
import { FollowedCalls } from '../../../crossbar/calls/followed';
import { Groups, isWhole } from '../../../crossbar/calls/groups';
import type { LegFacts } from '../../../crossbar/calls/leg';
import type { CallRecord } from '../../../crossbar/calls/record';
import type { Transport } from '../../../crossbar/http/transport';
import { NameLists } from '../../../crossbar/operations/callDetails';
import { finishedCall } from '../../../crossbar/operations/finishedCall';
import { Pending } from '../../../crossbar/values/pending';
import { withRecordings } from '../../recordings';
import { FakeClock } from '../live/fakes';
import type { Heard } from './recordings';
import { recordedCrossbar, sourcesOf, timelineOf } from './recordings';
import { told, UNTOLD } from './told';

const FILE = 'recorded-calls.jsonl';

/** One process that follows calls. */
class Listener {
	readonly calls: CallRecord[] = [];
	private followed = new FollowedCalls();
	private pending = new Pending();

	constructor(
		private readonly clock: FakeClock,
		private readonly transport: Transport,
		private readonly alone = true,
	) {}

	hear(facts: LegFacts): void {
		const { clock, followed, alone } = this;
		const seen = followed.see(facts, clock.now());
		if (!seen) return;
		const wish = { settle: 5, lookUp: false, legs: false };
		const finishing = {
			...wish,
			...{ followed, clock, alone, names: new NameLists(), warn: () => undefined },
			transport: async () => await Promise.resolve(this.transport),
		};
		void this.pending.run(async (signal) => {
			const found = await finishedCall(seen, { ...finishing, signal });
			if (found) this.calls.push(found.call);
		});
	}

	/** n8n ends and starts again: nothing is remembered. */
	restart(): void {
		void this.pending.close();
		this.followed = new FollowedCalls();
	}
}

async function play(events: readonly Heard[], clock: FakeClock, hear: (heard: Heard) => void): Promise<void> {
	for (const heard of events) {
		if (heard.at > clock.now()) await clock.pass(heard.at - clock.now());
		hear(heard);
	}
	await clock.pass(3_600_000);
}

withRecordings('calls that end', [FILE], (recordings) => {
	const sources = sourcesOf(recordings, FILE);
	/** The calls as their whole events tell them. */
	const expected = (source: 'webhook' | 'websocket'): Map<string, CallRecord> => {
		const groups = new Groups();
		for (const facts of sources[source]) groups.add(facts);
		const ended = [...groups.open].filter(
			(group) => isWhole(group) && [...group.legs.values()].every(({ over }) => over),
		);
		return new Map(ended.map(({ legs }) => callOf([...legs.values()])).map((call) => [call.id, call]));
	};

	test.each(['webhook', 'websocket'] as const)('from %s each call comes once, whole', async (source) => {
		const events = timelineOf(recordings, FILE, source);
		const clock = new FakeClock(events[0]?.at ?? 0);
		const listener = new Listener(clock, recordedCrossbar(recordings, FILE));
		// Each delivery twice, as after an answer that was lost
		await play(events, clock, ({ facts }) => {
			listener.hear(facts);
			listener.hear(facts);
		});
		const ids = listener.calls.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const whole = expected(source);
		for (const [id, call] of whole)
			expect({ id, call: listener.calls.find((one) => one.id === id) }).toEqual({ id, call });
		console.info(`Calls: ${ids.length} real calls by ${source}, each once, ${whole.size} seen whole`);
		expect(ids.length).toBeGreaterThanOrEqual(whole.size);
		expect(whole.size).toBeGreaterThan(80);
	});

	test('a restart in the middle of each call: it comes once, as its records tell it', async () => {
		const events = timelineOf(recordings, FILE, 'webhook');
		const groups = new Groups();
		for (const facts of sources.whole) groups.add(facts);
		const recorded = [...groups.open].filter(isWhole);
		const byRecords = recorded.map(({ legs }) => callOf([...legs.values()]));
		let compared = 0;
		for (const call of byRecords) {
			const names = [...groups.open].find(({ legs }) => legs.has(call.id))?.names ?? [];
			const own = events.filter(({ facts }) => names.includes(facts.id));
			const begins = own.filter(({ facts }) => facts.begun);
			const last = begins.at(-1);
			const ends = own.filter(({ facts }) => facts.over);
			if (last === undefined || ends.length !== begins.length) continue;
			const clock = new FakeClock(own[0]?.at ?? 0);
			const listener = new Listener(clock, recordedCrossbar(recordings, FILE));
			await play(own, clock, (heard) => {
				listener.hear(heard.facts);
				// In the middle: all legs are there, none has ended
				if (heard === last) listener.restart();
			});
			const untold = [...UNTOLD.webhook, ...UNTOLD.whole];
			expect(listener.calls.map(({ id }) => id)).toEqual([call.id]);
			expect(told(listener.calls[0] as CallRecord, untold)).toEqual(told(call, untold));
			compared++;
		}
		console.info(`Calls: ${compared} real calls once over a restart in their middle`);
		expect(compared).toBeGreaterThan(25);
	});

	test('two processes that get every other delivery say each call once', async () => {
		const events = timelineOf(recordings, FILE, 'webhook');
		const clock = new FakeClock(events[0]?.at ?? 0);
		const transport = recordedCrossbar(recordings, FILE);
		const listeners = [new Listener(clock, transport, false), new Listener(clock, transport, false)];
		let turn = 0;
		await play(events, clock, ({ facts }) => listeners[turn++ % 2]?.hear(facts));
		const ids = listeners.flatMap(({ calls }) => calls.map(({ id }) => id));
		const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
		expect(twice).toEqual([]);
		const groups = new Groups();
		for (const facts of sources.whole) groups.add(facts);
		const recorded = [...groups.open]
			.filter((group) => isWhole(group) && rootOf([...group.legs.values()]).direction === 'inbound')
			.map(({ legs }) => callOf([...legs.values()]).id)
			.filter((id) => events.some(({ facts }) => facts.id === id && facts.over));
		expect(recorded.filter((id) => !ids.includes(id))).toEqual([]);
		console.info(`Calls: ${ids.length} real calls, each once from two processes`);
	});
});
