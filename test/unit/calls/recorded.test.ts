/** Every recorded call gives the same record from each source, but for what that source does not tell (docs/calls.md). */
import { callOf } from '../../../crossbar/calls/call';
import { Groups, isWhole } from '../../../crossbar/calls/groups';
import type { LegFacts } from '../../../crossbar/calls/leg';
import { rootOf } from '../../../crossbar/calls/call';
import type { CallRecord, Party, RungPhone } from '../../../crossbar/calls/record';
import { withRecordings } from '../../recordings';
import { sourcesOf } from './recordings';
import { told, UNTOLD } from './told';

function callsOf(facts: readonly LegFacts[]): Map<string, CallRecord> {
	const groups = new Groups();
	for (const one of facts) groups.add(one);
	const whole = [...groups.open].filter(
		(group) => isWhole(group) || rootOf([...group.legs.values()]).direction === 'inbound',
	);
	const calls = whole.map(({ legs }) => callOf([...legs.values()]));
	return new Map(calls.map((call) => [call.id, call]));
}

withRecordings(
	'calls of a real and of a simulated switch',
	['recorded-calls.jsonl', 'recorded-events.jsonl'],
	(recordings) => {
		describe('real calls', () => {
			const sources = sourcesOf(recordings, 'recorded-calls.jsonl');
			const live = callsOf(sources.websocket);

			test.each(['webhook', 'cdr', 'whole'] as const)(
				'from %s they are what the websocket tells',
				(source) => {
					const other = callsOf(sources[source]);
					const untold = [...UNTOLD.websocket, ...UNTOLD[source]];
					let compared = 0;
					for (const [id, call] of other) {
						const same = live.get(id);
						// A loopback that bowed out takes the phone out of its record
						if (source !== 'webhook' && isBehindLoopback(same, call)) continue;
						expect({ id, call: told(call, untold) }).toEqual({ id, call: same && told(same, untold) });
						compared++;
					}
					console.info(`Calls: ${compared} real calls from ${source} are what the websocket tells`);
					expect(compared).toBeGreaterThan(source === 'webhook' ? 85 : 30);
				},
			);

			const of = (part: string): CallRecord => {
				const found = [...live.values()].find(({ id }) => id.startsWith(part));
				if (!found) throw new Error(`There is no call ${part}`);
				return found;
			};

			test.each<[string, string, object]>([
				[
					'inbound, answered',
					'd03625',
					{ direction: 'in', result: 'answered', waiting_seconds: 1, talking_seconds: 5 },
				],
				['voicemail', 'fdd923', { result: 'missed', reason: 'Nobody answered; KAZOO took the call' }],
				['missed', 'a014ec', { direction: 'in', result: 'missed', waiting_seconds: 9 }],
				['abandoned', '2b82c7', { result: 'abandoned', hung_up_by: 'caller' }],
				['busy', '733259', { direction: 'in', result: 'busy' }],
				['rejected', 'bf8a03', { direction: 'internal', result: 'rejected' }],
				['outbound', '7b19ad', { direction: 'out', result: 'answered', dialed: '+14155558888' }],
				['outbound, busy', '8bedcb', { direction: 'out', result: 'busy' }],
				['unknown extension', 'dc65ec', { direction: 'internal', result: 'failed' }],
				['menu, then a phone', '91e8f5', { result: 'answered', waiting_seconds: 5, talking_seconds: 2 }],
				['hold', '46cdde', { holds: 1, hold_seconds: 2 }],
				['picked up by another phone', '72dec8', { answered_by: { type: 'user', name: 'Dave Real' } }],
			])('%s', (_, id, expected) => {
				expect(of(id)).toMatchObject(expected);
			});

			test('a ring group: three phones rang, one answered', () => {
				const phones = of('e21405').phones.map(({ name, result, rang_seconds }: RungPhone) => [
					name,
					result,
					rang_seconds,
				]);
				expect(phones.sort()).toEqual([
					['Ann', 'elsewhere', 3],
					['Bob', 'answered', 2],
					['Carol', 'elsewhere', 3],
				]);
			});

			test('a blind transfer: from Ann to Dave', () => {
				const { answered_by, transfers, talking_seconds } = of('90f69d');
				expect(answered_by?.name).toBe('Ann');
				expect(transfers).toMatchObject([
					{ type: 'blind', by: { name: 'Ann' }, to: { name: 'Dave' }, answered: true, talking_seconds: 4 },
				]);
				expect(talking_seconds).toBe(7);
			});

			test('parked and retrieved: the caller stays who called, though his leg bears the other', () => {
				const call = of('506ea8');
				expect(call.from).toEqual({ type: 'number', number: '+14155559999' });
				expect(call.parking_slots).toEqual(['101']);
				expect(call.transfers).toMatchObject([{ type: 'retrieved', to: { name: 'Bob Real' } }]);
			});
		});

		test('simulated calls are the same from their records and from the websocket', () => {
			const { websocket, cdr } = sourcesOf(recordings, 'recorded-events.jsonl');
			const [live, recorded] = [callsOf(websocket), callsOf(cdr)];
			const untold = [...UNTOLD.websocket, ...UNTOLD.cdr];
			// A list of call records does not say which legs are KAZOO's own
			const comparable = [...live].filter(
				([id, { phones }]) => recorded.has(id) && !hasLoopback(id, phones.length),
			);
			for (const [id, call] of comparable) {
				const same = recorded.get(id) as CallRecord;
				expect({ id, call: told(same, untold) }).toEqual({ id, call: told(call, untold) });
			}
			console.info(
				`Calls: ${comparable.length} simulated calls are the same from call records and the websocket`,
			);
			expect(comparable.length).toBeGreaterThan(8);

			function hasLoopback(id: string, phones: number): boolean {
				return (recorded.get(id)?.phones.length ?? 0) > phones;
			}
		});
	},
);

function isBehindLoopback(live: CallRecord | undefined, recorded: CallRecord): boolean {
	const devices = (parties: readonly Party[] = []): number =>
		parties.filter(({ device_id: id }) => id !== undefined).length;
	return devices(live?.phones) > devices(recorded.phones);
}
