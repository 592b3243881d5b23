import { problemsOf } from '../../../crossbar/callflow/check';
import { buildFlow } from '../../../crossbar/operations/buildFlow';
import { InvalidInput } from '../../../crossbar/values/input';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(32);

function refusal(entries: Array<Record<string, unknown>>): InvalidInput {
	try {
		buildFlow(entries);
	} catch (error) {
		if (error instanceof InvalidInput) return error;
		throw error;
	}
	throw new Error('It was accepted');
}

describe('steps become a tree', () => {
	test('one after the other', () => {
		const flow = buildFlow([
			{ kind: 'ringUser', user: A, seconds: 25 },
			{ kind: 'voicemail', runs: 'next', vmbox: B },
		]);
		expect(flow).toEqual({
			module: 'user',
			data: { id: A, timeout: 25 },
			children: { _: { module: 'voicemail', data: { id: B }, children: {} } },
		});
	});

	test('with the keys of a menu and what happens otherwise', () => {
		const flow = buildFlow([
			{ kind: 'menu', menu: A },
			{ kind: 'ringGroup', runs: 'key', key: '1', group: B, seconds: 30 },
			{ kind: 'voicemail', vmbox: C },
			{ kind: 'say', runs: 'key', key: ' timeout ', text: 'Goodbye', voice: 'male' },
			{ kind: 'hangUp', runs: 'otherwise' },
		]);
		expect(Object.keys(flow.children)).toEqual(['1', 'timeout', '_']);
		expect(flow.children['1']).toEqual({
			module: 'ring_group',
			data: {
				strategy: 'simultaneous',
				timeout: 30,
				endpoints: [{ id: B, endpoint_type: 'group', timeout: 30 }],
			},
			children: { _: { module: 'voicemail', data: { id: C }, children: {} } },
		});
		expect(flow.children.timeout?.data).toEqual({ text: 'Goodbye', voice: 'male' });
		expect(problemsOf(flow)).toEqual([]);
	});

	test('by the time of day, with a menu inside a rule', () => {
		const flow = buildFlow([
			{ kind: 'timeOfDay', timezone: 'America/Los_Angeles' },
			{ kind: 'menu', runs: 'rule', rule: A, menu: C },
			{ kind: 'hangUp', runs: 'key', key: '9' },
			{ kind: 'hangUp', runs: 'otherwise' },
			{ kind: 'play', runs: 'rule', rule: B, media: C },
			{ kind: 'callflow', runs: 'otherwise', callflow: C },
		]);
		expect(flow.data).toEqual({ timezone: 'America/Los_Angeles', rules: [A, B] });
		expect(Object.keys(flow.children)).toEqual([A, B, '_']);
		expect(Object.keys(flow.children[A]?.children ?? {})).toEqual(['9', '_']);
		expect(flow.children._?.module).toBe('callflow');
	});

	test('with milliseconds where KAZOO counts them', () => {
		expect(buildFlow([{ kind: 'collectDigits', digits: 4, wait: 7 }]).data).toEqual({
			max_digits: 4,
			timeout: 7000,
		});
	});

	test('with steps in JSON, whose own children stay', () => {
		const json = { module: 'record_call', data: { action: 'start' }, children: {} };
		const flow = buildFlow([{ kind: 'json', json: JSON.stringify(json) }, { kind: 'hangUp' }]);
		expect(flow).toEqual({ ...json, children: { _: { module: 'hangup', data: {}, children: {} } } });
	});
});

describe('what cannot be built is said with the step', () => {
	test.each([
		['nothing', [], /Steps is empty/],
		['an empty field', [{ kind: 'ringUser' }], /Step 1 \(User\): User is empty/],
		['an unknown kind', [{ kind: 'ringUsr' }], /Step 1 has the unknown kind “ringUsr”/],
		['a branch at the beginning', [{ kind: 'hangUp', runs: 'key', key: '1' }], /Step 1 .*cannot be a branch/],
		[
			'a key without a menu',
			[
				{ kind: 'say', text: 'Hi' },
				{ kind: 'hangUp', runs: 'key', key: '1' },
			],
			/Step 2 \(Hang Up\) is a branch of nothing/,
		],
		[
			'a key without a key',
			[
				{ kind: 'menu', menu: A },
				{ kind: 'hangUp', runs: 'key' },
			],
			/Step 2 \(Hang Up\): Key is empty/,
		],
		[
			'the same key twice',
			[
				{ kind: 'menu', menu: A },
				{ kind: 'hangUp', runs: 'key', key: '1' },
				{ kind: 'say', text: 'Hi', runs: 'key', key: '1' },
			],
			/Step 3 \(Say\) begins a branch of Step 1 \(Menu\) that is there already: 1/,
		],
		['a step after the end', [{ kind: 'hangUp' }, { kind: 'say', text: 'Hi' }], /Step 2 \(Say\) never runs/],
		['JSON that is none', [{ kind: 'json', json: '{' }], /Step 1 \(JSON\): Step is not valid JSON/],
		['JSON without a module', [{ kind: 'json', json: '{"data":{}}' }], /Step 1 \(JSON\) has no module/],
		[
			'an unknown module',
			[{ kind: 'json', json: { module: 'voicemial', data: {} } }],
			/Step 1 \(JSON\): There is no module “voicemial”/,
		],
		[
			'a wrong field deep in JSON',
			[
				{
					kind: 'json',
					json: { module: 'tts', data: { text: 'Hi' }, children: { _: { module: 'tts', data: {} } } },
				},
			],
			/Step 1 \(JSON\): text is missing/,
		],
	])('%s', (_, entries, words) => {
		const error = refusal(entries);
		expect(error.message).toMatch(words);
		expect(error.description).toMatch(/^[A-Z].{8,}/);
	});

	test('an unknown module comes with the one that was meant', () => {
		const error = refusal([{ kind: 'json', json: { module: 'voicemial', data: {} } }]);
		expect(error.description).toBe('Write “voicemail” if that is what you mean (module).');
	});
});
