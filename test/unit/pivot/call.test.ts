import fc from 'fast-check';

import { readCall } from '../../../crossbar/pivot/call';

const raw = {
	'Call-ID': 'c1',
	'Account-ID': 'a1',
	'User-ID': 'u1',
	'Caller-ID-Number': '+14155550100',
	'Caller-ID-Name': 'Ann Ames',
	Request: '1001',
	From: 'ann',
	To: '1001',
	Direction: 'inbound',
	'Call-Status': 'in-progress',
	Language: 'en-us',
};

test('KAZOO’s names become plain ones', () => {
	expect(readCall(raw)).toEqual({
		call_id: 'c1',
		account_id: 'a1',
		user_id: 'u1',
		caller_id_number: '+14155550100',
		caller_id_name: 'Ann Ames',
		dialed: '1001',
		from: 'ann',
		to: '1001',
		direction: 'inbound',
		status: 'in-progress',
		language: 'en-us',
		format: 'kazoo',
		raw,
	});
});

test('and so do those of TwiML', () => {
	const twiml = {
		CallSid: 'c1',
		AccountSid: 'a1',
		CallerNumber: '+14155550100',
		CallerName: 'Ann Ames',
		From: 'ann',
		To: '1001',
		CallStatus: 'queued',
		Digits: '12',
		RecordingUrl: 'http://x/1.mp3',
		RecordingDuration: '7',
		RecordingSid: 'r1',
	};
	expect(readCall(twiml)).toMatchObject({
		call_id: 'c1',
		account_id: 'a1',
		caller_id_number: '+14155550100',
		caller_id_name: 'Ann Ames',
		dialed: '1001',
		status: 'queued',
		digits: '12',
		recording: { url: 'http://x/1.mp3', seconds: 7, id: 'r1' },
		format: 'twiml',
	});
});

test.each([
	['one text', { Digits: '12' }, { digits: '12' }],
	['nested', { Digits: { pin: '12' } }, { digits: '12', collected: { pin: '12' } }],
	['flat', { 'Digits[pin]': '12' }, { digits: '12', collected: { pin: '12' } }],
	[
		'several',
		{ 'Digits[pin]': '12', 'Digits[order]': '7' },
		{ digits: undefined, collected: { pin: '12', order: '7' } },
	],
	[
		'several with the default one',
		{ 'Digits[pin]': '12', 'Digits[default]': '7' },
		{ digits: '7', collected: { pin: '12', default: '7' } },
	],
	['none', {}, { digits: undefined, collected: undefined }],
])('digits come %s', (_, parameters, expected) => {
	const { digits, collected } = readCall(parameters) ?? {};
	expect({ digits, collected }).toEqual({ collected: undefined, ...expected });
});

test('variables of the call and several users are kept', () => {
	const call = readCall({ 'Custom-Application-Vars[order]': '7', 'User-ID': ['u1', 'u2'] });
	expect(call?.variables).toEqual({ order: '7' });
	expect(call?.user_id).toEqual(['u1', 'u2']);
});

test('anything can be read', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.anything()), (parameters) => {
			expect(['kazoo', 'twiml', undefined]).toContain(readCall(parameters)?.format);
		}),
	);
});
