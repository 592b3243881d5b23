/** What comes over the websocket is checked once, where it comes in: whatever it is, nothing throws. */
import { events, eventValues } from '../../../crossbar/events';
import { parseFrame } from '../../../crossbar/live/frames';
import { Recogniser } from '../../../crossbar/live/recognise';
import { FakeClock, FakeServer } from './fakes';
import { LiveSession } from '../../../crossbar/live/session';

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const strange = { toString: 5, valueOf: 5, toJSON: 5 };

describe('a frame', () => {
	test.each([
		...['', 'null', '5', '"x"', '[]', '[null]', '{}', '{"action":5}', '{"action":"event"}', '{"action":{}}'],
		...[
			'{"action":"event","data":null}',
			'{"action":"event","data":[]}',
			`{"action":"event","data":${deep(50_000)}}`,
		],
		`{"action":"event","data":{"a":${deep(100_000)}}}`,
		`{"action":"event","data":{"a":"${'x'.repeat(4_000_000)}"}}`,
	])('%.60s is none', (text) => expect(parseFrame(text, [])).toBeUndefined());

	test.each([undefined, null, 5, {}, new Uint8Array(5), new ArrayBuffer(5)])('of %p is none', (data) =>
		expect(parseFrame(data, [])).toBeUndefined(),
	);

	test('a reply whose request_id is no text is nobody’s', () => {
		for (const request_id of [strange, { a: 1 }, ['n8n-1'], null, undefined])
			expect(parseFrame(JSON.stringify({ action: 'reply', request_id }), [])).toEqual({
				reply: { requestId: '' },
			});
		const reply = {
			action: 'reply',
			request_id: 7,
			status: 'error',
			data: { errors: [null, strange, 'no', 5] },
		};
		expect(parseFrame(JSON.stringify(reply), [])).toEqual({ reply: { requestId: '7', refused: 'no; 5' } });
		const without = { action: 'reply', request_id: 'a', status: 'error', data: null };
		expect(parseFrame(JSON.stringify(without), [])).toEqual({ reply: { requestId: 'a', refused: 'error' } });
	});

	test('an event has texts where texts belong', () => {
		const event = {
			action: 'event',
			name: strange,
			subscribed_key: [1],
			routing_key: { a: 1 },
			data: { a: 1 },
		};
		expect(parseFrame(JSON.stringify(event), [])).toEqual({
			event: { name: '', subscribedKey: '', routingKey: '', data: { a: 1 } },
		});
	});

	test('what the server says is cut, and a token that it repeats is masked', () => {
		const errors = [`bad token opaque-token-1234 ${'x'.repeat(100_000)}`];
		const reply = JSON.stringify({ action: 'reply', request_id: 'a', status: 'error', data: { errors } });
		const frame = parseFrame(reply, ['opaque-token-1234']) as { reply: { refused: string } };
		expect(frame.reply.refused).toMatch(/^bad token \*+ x/);
		expect(frame.reply.refused.length).toBeLessThan(250);
	});
});

test('a session passes over frames that it cannot use, and goes on', async () => {
	const clock = new FakeClock(0);
	const server = new FakeServer();
	const events: unknown[] = [];
	const opening = LiveSession.open({
		...{ Socket: server.Socket, clock, url: 'ws://a/', token: 't', generation: 4 },
		onEvent: (event) => events.push(event),
	});
	await clock.pass(0);
	const session = await opening;
	const [socket] = server.sockets;
	for (const frame of [
		{ action: 'reply', request_id: { a: 1 } },
		{ action: 'reply', request_id: strange },
		[null],
	])
		socket?.deliver(frame);
	socket?.deliver({ action: 'event', name: 'x', data: { a: 1 } });
	expect(session.ended).toBeUndefined();
	expect(events).toHaveLength(1);
	session.close();
});

test('no event is made of anything that throws, whatever a field holds', () => {
	const told = eventValues.filter((value) => events[value].live !== undefined);
	const recogniser = new Recogniser(told, 5, { conferenceId: 'a', user: 'b' });
	const names = [
		'CHANNEL_CREATE',
		'CHANNEL_DESTROY',
		'CHANNEL_ANSWER',
		'doc_created',
		'doc_edited',
		'event',
		'x',
	];
	const fields = [
		...[
			'event',
			'type',
			'id',
			'call_id',
			'timestamp',
			'custom_channel_vars',
			'hangup_cause',
			'to',
			'from',
			'request',
		],
		...[
			'caller_id_number',
			'other_leg_call_id',
			'account_id',
			'call_direction',
			'channel_name',
			'doc',
			'presence_id',
		],
		...[
			'participant',
			'Event',
			'Caller-ID-Number',
			'Call-ID',
			'Custom-Channel-Vars',
			'is_loopback',
			'disposition',
		],
	];
	const values = [null, 5, -1, true, 'x', '', [], [null], {}, { a: null }, strange, 1e300, '63962654400'];
	let made = 0;
	for (const [nth, name] of names.entries()) {
		for (const [index, value] of values.entries()) {
			const data = Object.fromEntries(
				fields.map((field, place) => [field, values[(place + index) % values.length] ?? value]),
			);
			for (const one of [data, { ...data, call_id: `${nth} ${index}` }, { [fields[index] ?? 'a']: value }]) {
				const frame = { action: 'event', name, subscribed_key: 'call.*.*', routing_key: 'a', data: one };
				const parsed = parseFrame(JSON.stringify(frame), []);
				if (parsed && 'event' in parsed) made += recogniser.recognise(parsed.event, index * 1000).length;
			}
		}
	}
	expect(made).toBeGreaterThan(20);
});
