import { explain, fieldLabel } from '../../../crossbar/errors/explain';
import { ACCOUNT, invalid, messageOf, REQUEST_ID, UNKNOWN } from './fixtures';

describe('fieldLabel', () => {
	it.each([
		['', 'the document'],
		['name', 'Name'],
		['call_forward%2Eenabled', 'Call Forward > Enabled'],
		['call_forward.enabled', 'Call Forward > Enabled'],
		['numbers.0', 'Numbers > 1'],
		['media.audio.codecs.2', 'Media > Audio > Codecs > 3'],
		['flow.children.1.module', 'Flow > Children > 1 > Module'],
		['e911.postal_code', 'E911 > Postal Code'],
		['sip.ip', 'SIP > IP'],
		['mac_address', 'MAC Address'],
		['caller_id.external.number', 'Caller ID > External > Number'],
		['min_dtmf', 'Min DTMF'],
		['voice_url', 'Voice URL'],
		['cid-name', 'CID Name'],
		['music_on_hold.media_id', 'Music on Hold > Media ID'],
		['vm_to_email_enabled', 'Voicemail to Email Enabled'],
		['displayName', 'Display Name'],
		['interval_s', 'Interval (Seconds)'],
		['record_min_sec', 'Record Min (Seconds)'],
		['seek_duration_ms', 'Seek Duration (Milliseconds)'],
		['wdays', 'Weekdays'],
		['+14155550100', '+14155550100'],
		[UNKNOWN, UNKNOWN],
		['constructor', 'Constructor'],
	])('%s → %s', (path, label) => {
		expect(fieldLabel(path)).toBe(label);
	});
});

describe('validation errors', () => {
	it('names the field by its label, the rule, and what to do', () => {
		const { message, description, fields, httpCode, requestId } = explain(
			invalid(
				{ username: { unique: { message: 'Username already in use', cause: 'ann' } } },
				{ what: 'Create a user' },
			),
		);
		expect(message).toBe('Username “ann” is already in use');
		expect(description.split('\n')).toEqual([
			'• Username (username): Username already in use; given: “ann”.',
			'Choose another value, or change the one that has it.',
			`Operation: Create a user (PUT /accounts/${ACCOUNT}/devices).`,
			`Request ID: ${REQUEST_ID}`,
		]);
		expect(fields).toEqual([
			{ path: 'username', label: 'Username', problem: 'Username “ann” is already in use' },
		]);
		expect(httpCode).toBe('400');
		expect(requestId).toBe(REQUEST_ID);
	});

	it('lists every field and counts the others in the message', () => {
		const { message, description, fields } = explain(
			invalid({
				'call_forward%2Eenabled': {
					type: { message: 'Value did not match type(s): boolean', target: 'boolean', value: 'x' },
				},
				priv_level: {
					enum: {
						message: 'Value not found in enumerated list of values',
						target: ['user', 'admin'],
						value: 'god',
					},
				},
				name: {
					minLength: { message: 'String must be at least 3 characters', target: 3, cause: 'a', value: 'a' },
					error: { message: 'not a good name' },
				},
			}),
		);
		expect(message).toBe('Call Forward > Enabled must be true or false (and 3 more, see below)');
		expect(fields?.map(({ label, problem }) => `${label}|${problem}`)).toEqual([
			'Call Forward > Enabled|Call Forward > Enabled must be true or false',
			'Priv Level|Priv Level must be one of the values that KAZOO knows: user, admin',
			'Name|Name must have at least 3 characters',
			'Name|Name: not a good name',
		]);
		expect(description).toContain(
			'• Priv Level (priv_level): Value not found in enumerated list of values; allowed: user, admin; given: “god”',
		);
	});

	it('uses the labels of the form', () => {
		const labels = { 'call_forward.enabled': 'Forwarding On', endpoints: 'Who to Call' };
		expect(
			messageOf(
				invalid(
					{ 'call_forward%2Eenabled': { required: { message: 'Field is required but missing' } } },
					{ labels },
				),
			),
		).toBe('Forwarding On is missing');
		expect(
			messageOf(
				invalid(
					{
						'data.endpoints': {
							minItems: { message: 'The list must have at least 1 items', target: 1, value: [] },
						},
					},
					{ labels },
				),
			),
		).toBe('Who to Call must have at least 1 entry');
	});

	it.each<[string, Record<string, unknown>, string]>([
		['name', { required: { message: 'Field is required but missing', value: 'name' } }, 'Name is missing'],
		[
			'',
			{ type: { message: 'Value did not match type(s): object', target: 'object', value: [] } },
			'The document must be an object',
		],
		[
			'data',
			{ type: { message: 'Value did not match type(s): object, array', target: 'object, array' } },
			'Data must be an object or a list',
		],
		[
			'name',
			{ minLength: { message: 'String must be at least 1 characters', target: 1, cause: '', value: '' } },
			'Name is empty',
		],
		[
			'x',
			{ maxLength: { message: 'String must not be more than 15 characters', target: 15, cause: 'y' } },
			'X must have at most 15 characters',
		],
		['x', { minimum: { message: 'Value must be at least 1', target: 1, value: 0 } }, 'X must be at least 1'],
		['x', { minimum: { message: 'Value must be at least 0', target: 0, value: -1 } }, 'X must be at least 0'],
		[
			'x',
			{ maximum: { message: 'Value must be at most 31', target: 31, value: 32 } },
			'X must be at most 31',
		],
		[
			'numbers',
			{ uniqueItems: { message: 'List of items is not unique', value: ['1', '1'] } },
			'Numbers holds the same entry twice',
		],
		[
			'email',
			{ wrong_format: { message: 'Field is not in the correct format', value: 'x', format: 'email' } },
			'Email does not have the right form (email)',
		],
		[
			'sip.ip',
			{ type: { message: 'Must be a valid IPv4 RFC 791', cause: 'x' } },
			'SIP > IP: Must be a valid IPv4 RFC 791',
		],
		[
			'numbers',
			{ unique: { message: 'Number 2001 exists in callflow ab Sales', cause: '2001' } },
			'“2001” is already used in another callflow',
		],
		[
			'sip.username',
			{ unique: { message: 'SIP credentials already in use', cause: 'ann' } },
			'SIP > Username “ann” is already used by another phone',
		],
		[
			'created_from',
			{ date_range: { message: 'created_to 5 is more than 2682000 seconds from created_from 1', cause: 5 } },
			'The range of time is longer than the server allows at once',
		],
		[
			'created_from',
			{ date_range: { message: 'created_to 1 is prior to created_from 5', cause: 5 } },
			'The range of time ends before it begins',
		],
		[
			'uri',
			{ error: { message: 'invalid client URL', value: 'http://127.0.0.1/' } },
			'URI is an address that KAZOO does not call',
		],
		[
			'flow.module',
			{ error: { message: 'unable to find callflow schema for module nope', value: 'nope' } },
			'Flow > Module: KAZOO has no callflow module “nope”',
		],
		[
			'schema',
			{ schema: { message: 'schema not found', schema: 'callflows.nope' } },
			'The server has no rules callflows.nope to check this with',
		],
		[
			'file',
			{ maxSize: { message: 'Payload or Files must not be more than 8000000 bytes', target: 8000000 } },
			'The file or request is larger than the server takes: 8000000 bytes',
		],
		[
			'json',
			{ invalid: { message: 'decoder_exit around 0', target: 'body' } },
			'The request was not valid JSON',
		],
		[
			'account',
			{ expired: { message: 'account expired', cause: 63_962_674_739 } },
			'The account has expired: 2026-11-23',
		],
		['account', { disabled: { message: 'account disabled' } }, 'The account is disabled'],
		[
			'port_state',
			{ enum: { message: 'Cannot move to new state from current state', cause: 'pending' } },
			'The port request cannot move to “pending” from where it is now',
		],
		[
			'port_state',
			{ enum: { message: "you're not allowed to change", cause: 'pending' } },
			'Only the port authority may move the port request to “pending”',
		],
		[
			'x',
			{ any_schemas_not_valid: { message: 'failed to validate', value: {} } },
			'X does not have the form that KAZOO expects',
		],
		['x', { brand_new_rule: { message: 'something new' } }, 'X: something new'],
		['x', { brand_new_rule: 'only a text' }, 'X: only a text'],
	])('%s %j', (path, rules, expected) => {
		const { message, description } = explain(invalid({ [path]: rules }));
		expect(message).toBe(expected);
		for (const rule of Object.values(rules))
			expect(description).toContain(typeof rule === 'string' ? rule : (rule as { message: string }).message);
	});

	it('survives data of any other shape', () => {
		for (const data of [null, [], 'text', 5, { a: null }, { a: { b: null } }, { a: { b: [] } }, undefined])
			expect(messageOf(invalid(data))).toMatch(/\S/);
	});
});
