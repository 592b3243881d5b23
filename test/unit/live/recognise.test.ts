/** What frames mean: made-up ones, and those of a real KAZOO where the recording is there. */
import { events, eventValues } from '../../../crossbar/events';
import type { EventValue } from '../../../crossbar/events';
import { parseFrame } from '../../../crossbar/live/frames';
import type { EventFrame } from '../../../crossbar/live/frames';
import { Recogniser } from '../../../crossbar/live/recognise';
import { bindingsOf } from '../../../crossbar/live/subscriptions';
import { withRecordings } from '../../recordings';

const RECORDING = 'recorded-events.jsonl';
const VALUES = { conferenceId: 'c1', user: 'user_ann' };

const frame = (name: string, subscribedKey: string, data: object): EventFrame => ({
	name,
	subscribedKey,
	routingKey: `${name}.x`,
	data: { msg_id: `${name}-${subscribedKey}-${JSON.stringify(data)}`, ...data },
});

const recognise = (chosen: EventValue[], frames: EventFrame[]): unknown[] => {
	const recogniser = new Recogniser(chosen, 4, VALUES);
	return frames.flatMap((one) => recogniser.recognise(one, 0)).map(({ event }) => event);
};

describe('recognising', () => {
	test('events that only their binding tells', () => {
		expect(
			recognise(
				['presenceChanged', 'faxProgress'],
				[
					frame('dialog_update', 'dialog.*', { state: 'early' }),
					frame('status', 'fax.status.*', { fax_state: 'send' }),
					frame('mwi_update', 'mwi_updates.user_ann', {}),
				],
			),
		).toEqual(['presenceChanged', 'faxProgress']);
	});

	test('any event has the name that fits best', () => {
		expect(
			recognise(
				['any', 'objectChanged'],
				[
					frame('doc_created', 'object.*.*', { type: 'mailbox_message' }),
					frame('doc_edited', 'object.*.*', { type: 'device' }),
					frame('status', 'fax.status.*', {}),
				],
			),
		).toEqual(['voicemailReceived', 'objectChanged', 'any']);
	});

	test('the same event by two bindings, or by a connection that takes over, comes once', () => {
		const one = frame('CHANNEL_CREATE', 'call.CHANNEL_CREATE.*', { call_id: 'a' });
		const again = { ...one, subscribedKey: 'call.*.*' };
		const other = frame('CHANNEL_CREATE', 'call.*.*', { call_id: 'b' });
		expect(recognise(['callStarted', 'any'], [one, again, other])).toEqual(['callStarted', 'callStarted']);
	});

	test('legs that begin together share the msg_id of the switch: each comes', () => {
		const legs = ['a', 'b', 'c'].map((call_id) =>
			frame('CHANNEL_CREATE', 'call.*.*', { call_id, msg_id: '1795912985910956' }),
		);
		expect(recognise(['callStarted'], [...legs, ...legs])).toEqual(Array(3).fill('callStarted'));
	});

	test('a phone behind a loopback that has bowed out is no internal leg', () => {
		const recogniser = new Recogniser(['callEnded'], 4, VALUES);
		const end = { call_id: 'a', event_category: 'call_event', channel_is_loopback: true };
		const marks = ['sofia/sipinterface_1/dave', 'loopback/2004-b'].map(
			(channel_name) =>
				recogniser.recognise(frame('CHANNEL_DESTROY', 'call.*.*', { ...end, channel_name }), 0)[0]
					?.is_internal_leg,
		);
		expect(marks).toEqual([false, true]);
	});

	test('a hundred thousand events leave a bounded memory', () => {
		const recogniser = new Recogniser(['callStarted'], 4, VALUES);
		const first = frame('CHANNEL_CREATE', 'call.*.*', { call_id: 'first' });
		recogniser.recognise(first, 0);
		for (let index = 0; index < 100_000; index++)
			recogniser.recognise(frame('CHANNEL_CREATE', 'call.*.*', { call_id: String(index) }), 0);
		// It has been forgotten, so it counts as new: that is the price of the bound
		expect(recogniser.recognise(first, 0)).toHaveLength(1);
	});

	test('secrets and inner workings of KAZOO do not come out', () => {
		const recogniser = new Recogniser(['objectCreated'], 4, VALUES);
		const [item] = recogniser.recognise(
			frame('doc_created', 'object.*.*', { type: 'user', id: 'u', password: 'x', app_name: 'y' }),
			0,
		);
		expect(item).toEqual({ event: 'objectCreated', action: 'doc_created', type: 'user', id: 'u' });
	});
});

describe('bindings', () => {
	test.each([4, 5] as const)('of all events of KAZOO %s are complete', (generation) => {
		const chosen = eventValues.filter((value) => events[value].live?.bindings[generation] !== undefined);
		expect(chosen.length).toBeGreaterThan(20);
		for (const binding of bindingsOf(chosen, generation, VALUES)) expect(binding).toMatch(/^[^{}]+$/);
	});

	test('values that would be another binding are refused', () => {
		expect(() => bindingsOf(['conferenceStarted'], 4, { conferenceId: '*' })).toThrow(/cannot be/);
		expect(() => bindingsOf(['conferenceStarted'], 4, { conferenceId: 'a.b' })).toThrow(/cannot be/);
	});
});

withRecordings('frames of a real KAZOO', [RECORDING], ({ lines }) => {
	test('all are told from replies and have an event', () => {
		const recorded = lines<{ kind?: string; direction: string; frame: { action?: string } }>(
			RECORDING,
		).filter(({ kind, direction }) => kind === 'websocket' && direction === 'from_server');
		const chosen = eventValues.filter((value) => events[value].live?.bindings[4] !== undefined);
		const recogniser = new Recogniser(chosen, 4, VALUES);
		let told = 0;
		for (const { frame: one } of recorded) {
			const parsed = parseFrame(JSON.stringify(one), []);
			if (one.action !== 'event') {
				expect(parsed === undefined || 'reply' in parsed).toBe(true);
				continue;
			}
			if (parsed === undefined || !('event' in parsed)) throw new Error(JSON.stringify(one));
			told += recogniser.recognise(parsed.event, 0).length;
		}
		expect(told).toBeGreaterThan(50);
	});
});

const REAL = 'recorded-calls.jsonl';

withRecordings('frames of real calls', [REAL], ({ lines }) => {
	test('none of the frames of real calls is lost, each comes once', () => {
		const frames = lines<{ frame?: { name?: string } }>(REAL)
			.filter(({ frame: one }) => one?.name?.startsWith('CHANNEL_') === true)
			.map(({ frame: one }) => parseFrame(JSON.stringify(one), []));
		const recogniser = new Recogniser(
			['callStarted', 'callAnswered', 'callBridged', 'callEnded', 'callHeld', 'callResumed'],
			4,
			VALUES,
		);
		const told = (): number =>
			frames
				.map((one) => (one && 'event' in one ? recogniser.recognise(one.event, 0).length : 0))
				.reduce((sum, count) => sum + count, 0);
		expect(frames.length).toBeGreaterThan(500);
		expect(told()).toBe(frames.length);
		expect(told()).toBe(0);
	});

	test('a recording is told by the frame that a real KAZOO sent', () => {
		const [recording] = lines<{ frame?: { data?: { type?: string } } }>(REAL)
			.map(({ frame: one }) => one)
			.filter((one) => one?.data?.type === 'call_recording')
			.map((one) => parseFrame(JSON.stringify(one), []));
		if (!recording || !('event' in recording)) throw new Error('There is none');
		expect(bindingsOf(['recordingSaved'], 4, VALUES)).toContain(recording.event.subscribedKey);
		expect(recognise(['recordingSaved'], [recording.event])).toEqual(['recordingSaved']);
	});
});
