/** Calls that are followed: what is first, what is over, and that memory has an end. */
import { FollowedCalls, isSeenWhole, lastOf } from '../../../crossbar/calls/followed';
import type { LegFacts } from '../../../crossbar/calls/leg';
import { Pending } from '../../../crossbar/values/pending';

const leg = (id: string, more: Partial<LegFacts> = {}): LegFacts => ({
	id,
	links: more.others ?? [],
	others: [],
	...more,
});
const begins = (id: string, ...others: string[]): LegFacts =>
	leg(id, {
		others,
		links: others,
		startedAt: 100,
		begun: true,
		direction: others.length > 0 ? 'outbound' : 'inbound',
	});
const ends = (id: string, at: number): LegFacts => leg(id, { endedAt: at, duration: at - 100, over: true });

test('a call is seen whole when each leg began and ended before us', () => {
	const calls = new FollowedCalls();
	const first = calls.see(begins('root'), 0);
	calls.see(begins('phone', 'root'), 1);
	calls.see(ends('phone', 110), 2);
	const last = calls.see(ends('root', 111), 3);
	if (!first || !last) throw new Error('no call');
	expect(first.group).toBe(last.group);
	expect(calls.isLatest(first)).toBe(false);
	expect(calls.isLatest(last)).toBe(true);
	expect(isSeenWhole(last.group)).toBe(true);
	expect(lastOf(last.group.legs.values())?.id).toBe('root');
});

test('what comes late of a call that is over begins no other one', () => {
	const calls = new FollowedCalls();
	const call = calls.see(begins('root'), 0);
	if (!call) throw new Error('no call');
	calls.end(call, 10);
	expect(calls.size).toBe(0);
	expect(calls.see(ends('root', 120), 20)).toBeUndefined();
	expect(calls.see(begins('late', 'root'), 20)).toBeUndefined();
	// The name may come again some day
	expect(calls.see(begins('root'), 1_000_000)).toBeDefined();
});

test('two calls that are put together are one; the same name in another account is another one', () => {
	const calls = new FollowedCalls();
	const [one, other] = [calls.see(begins('a'), 0), calls.see(begins('b'), 0)];
	const both = calls.see(leg('a', { others: ['b'], links: ['b'] }), 1);
	if (!one || !other || !both) throw new Error('no call');
	expect([...both.group.legs.keys()].sort()).toEqual(['a', 'b']);
	expect([one, other].some((call) => calls.isLatest(call))).toBe(false);
	expect(calls.size).toBe(2);
	expect(calls.see(leg('a', { accountId: 'elsewhere' }), 2)?.group.legs.size).toBe(1);
});

test('its beginning is said once, and not of a call that began before', () => {
	const calls = new FollowedCalls();
	const isFirst = (facts: LegFacts): boolean => {
		const call = calls.see(facts, 0);
		return call !== undefined && calls.isFirst('callStarted', call, facts);
	};
	expect(isFirst(begins('root'))).toBe(true);
	expect(isFirst(begins('phone', 'root'))).toBe(false);
	expect(isFirst(begins('phone of an old call', 'unknown'))).toBe(false);
});

test('no more legs are remembered than may be, the quietest are forgotten first; a day of silence ends all', () => {
	const calls = new FollowedCalls({ most: 10 });
	for (let n = 0; n < 100; n++) calls.see(begins(`root-${n}`), n);
	expect(calls.size).toBeLessThanOrEqual(11);
	expect(calls.see(leg('root-99'), 100)?.group.legs.get('root-99')?.begun).toBe(true);
	expect(calls.see(leg('root-0'), 100)?.group.legs.get('root-0')?.begun).toBe(false);
	calls.see(leg('new'), 90_000_000);
	expect(calls.size).toBe(1);
});

test('what waits ends when it is told to, and goes on afterwards', async () => {
	const pending = new Pending();
	const waits = async (): Promise<string> =>
		await pending.run(
			async (signal) =>
				await new Promise((resolve) => signal.addEventListener('abort', () => resolve('ended'))),
		);
	const first = waits();
	await pending.close();
	expect(await first).toBe('ended');
	const later = pending.run(async (signal) => await Promise.resolve(signal.aborted));
	expect(await later).toBe(false);
	await expect(pending.run(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
});
