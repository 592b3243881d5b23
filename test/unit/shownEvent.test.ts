/** What triggers give: who called whom in numbers that can be called, durations in seconds. */
import { shownEvent } from '../../crossbar/events/shown';
import { itemOf, readPayload } from '../../crossbar/webhooks/delivery';
import { withRecordings } from '../recordings';

test('numbers of people are in E.164, extensions and addresses stay', () => {
	expect(
		shownEvent({
			caller_id_number: '(415) 555-0142',
			callee_id_number: '2001',
			from: '14155550142',
			to: '2001@acme.example',
			body: '4155550142',
		}),
	).toEqual({
		caller_id_number: '+14155550142',
		callee_id_number: '2001',
		from: '+14155550142',
		to: '2001@acme.example',
		body: '4155550142',
	});
	expect(shownEvent({ caller_id_number: 'anonymous', to: 'Ann 2' })).toEqual({
		caller_id_number: 'anonymous',
		to: 'Ann 2',
	});
});

test.each([
	[{ call_direction: 'inbound', to: '4155550100@10.0.0.1' }, '+14155550100'],
	[{ call_direction: 'inbound', request: '*97@acme.example', to: 'x@acme.example' }, '*97'],
	[{ call_direction: 'inbound', to: 'user_ann@acme.example' }, undefined],
	[{ call_direction: 'outbound', to: '2001@acme.example' }, undefined],
	[{ call_direction: 'inbound', to: '2001@acme.example', callee_id_number: '3000' }, '3000'],
	// A ring group that nobody took: KAZOO names the caller as the one who was called
	[
		{
			call_direction: 'inbound',
			to: '+14155550100@10.0.0.1',
			caller_id_number: '+15005550142',
			callee_id_number: '+15005550142',
		},
		'+14155550100',
	],
])('of %j the number that was called is %s', (payload, number) => {
	expect(shownEvent(payload).callee_id_number).toBe(number);
});

test('nobody is said to have called themselves', () => {
	const caller = { caller_id_name: 'WIRELESS CALLER', caller_id_number: '15005550142' };
	const called = { callee_id_name: 'WIRELESS CALLER', callee_id_number: '15005550142' };
	const leg = { call_direction: 'inbound', to: '+14155550100@10.0.0.1' };
	expect(shownEvent({ ...caller, ...called, ...leg })).toEqual({
		caller_id_name: 'WIRELESS CALLER',
		caller_id_number: '+15005550142',
		callee_id_number: '+14155550100',
		...leg,
	});
});

test('durations are in seconds, and say so', () => {
	expect(shownEvent({ voicemail_length: 5600, expires: 360 })).toEqual({
		duration_seconds: 6,
		expires_seconds: 360,
	});
	expect(shownEvent({ length: 12_000 })).toEqual({ duration_seconds: 12 });
	expect(shownEvent({ duration: 31, duration_ms: 31_040 })).toEqual({
		duration_seconds: 31,
		duration_ms: 31_040,
	});
	expect(shownEvent({ duration: 'long' })).toEqual({ duration: 'long' });
});

test('names come first, those that were looked up among them', () => {
	const item = itemOf(
		'voicemailReceived',
		{ call_id: 'c', account_id: 'a', voicemail_box: 'b', caller_id_number: '+1', voicemail_length: 1000 },
		{ account_name: 'Acme', mailbox: 'Front Desk' },
	);
	expect(Object.keys(item)).toEqual([
		...['event', 'account_name', 'mailbox', 'caller_id_number', 'duration_seconds'],
		...['call_id', 'account_id', 'voicemail_box'],
	]);
});

withRecordings('items of recorded deliveries', ['recorded-events.jsonl'], (recordings) => {
	interface Line {
		kind?: string;
		request: { method: string; headers: Record<string, string>; body: unknown };
	}
	const payloads = recordings
		.lines<Line>('recorded-events.jsonl')
		.filter(({ kind, request }) => kind === 'webhook' && request.method !== 'GET')
		.map(({ request }) => {
			const isForm = String(request.headers['content-type']).includes('form');
			const text = isForm ? Object.fromEntries(new URLSearchParams(String(request.body))) : request.body;
			return readPayload(text, isForm);
		});

	test('a call from outside says who was called, a voicemail how many seconds it has', () => {
		const started = payloads.filter(
			({ hook_event, call_direction, to }) =>
				hook_event === 'channel_create' && call_direction === 'inbound' && /^\+\d+@/.test(String(to)),
		);
		expect(started.length).toBeGreaterThan(10);
		for (const payload of started)
			expect(itemOf('callStarted', payload).callee_id_number).toMatch(/^\+\d{8,}$/);
		const left = payloads.filter(({ voicemail_length: length }) => typeof length === 'number');
		expect(left.length).toBeGreaterThan(3);
		for (const payload of left) {
			const item = itemOf('voicemailReceived', payload);
			expect(item.duration_seconds).toBe(Math.round(Number(payload.voicemail_length) / 1000));
			expect(item).not.toHaveProperty('voicemail_length');
		}
	});
});
