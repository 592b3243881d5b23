import { nearest, problemsOf, routeProblemsOf } from '../../../crossbar/callflow/check';
import { modules } from '../../../crossbar/callflow/modules';
import { sharedNumbers } from '../../../crossbar/callflow/numbers';
import { referencesOf } from '../../../crossbar/callflow/references';
import { faultsOf } from '../../../crossbar/callflow/schema';
import type { Schema } from '../../../crossbar/callflow/schema';
import { parameters } from '../../../crossbar/catalogue/parameters';
import { withRecordings } from '../../recordings';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const end = { module: 'hangup', data: {}, children: {} };

const said = (flow: unknown) =>
	problemsOf(flow).map(({ path, problem, severity }) => [severity, path, problem]);

describe('the table of modules', () => {
	test('has labels in words, and points only to what can be looked up', () => {
		for (const [name, { label, points, schema }] of Object.entries(modules)) {
			expect([name, label]).toEqual([name, expect.stringMatching(/^[A-Z]/)]);
			for (const [field, parameter] of Object.entries(points)) {
				expect(schema.properties).toHaveProperty(field);
				expect(parameters[parameter]).toHaveProperty('list');
			}
		}
	});
});

withRecordings(
	'the table of modules against the schemas of a server',
	['schemas-v4.json', 'schemas-v5.json'],
	({ json }) => {
		test.each(['v4', 'v5'])('agrees with the schemas of %s', (version) => {
			const file = json<Record<string, Schema> & { schemas?: Record<string, Schema> }>(
				`schemas-${version}.json`,
			);
			const schemas = file.schemas ?? file;
			let compared = 0;
			for (const [name, { schema, only5 }] of Object.entries(modules)) {
				const served = schemas[`callflows.${name}`];
				if (!served) continue;
				compared++;
				const fields = Object.keys(schema.properties ?? {}).filter(
					(field) => version === 'v5' || !only5.includes(field),
				);
				expect([name, fields]).toEqual([name, expect.arrayContaining(Object.keys(served.properties ?? {}))]);
				for (const [field, { enum: values }] of Object.entries(served.properties ?? {})) {
					const own = schema.properties?.[field]?.enum;
					if (values && own)
						expect([name, field, own]).toEqual([name, field, expect.arrayContaining([...values])]);
				}
			}
			expect(compared).toBeGreaterThan(75);
		});
	},
);

describe('a step without a target', () => {
	const problems = (module: string, data: object) =>
		problemsOf({ module, data, children: {} })
			.filter(({ severity }) => severity === 'error')
			.map(({ path, problem }) => `${path}: ${problem}`);

	test.each([
		...[
			'user',
			'device',
			'callflow',
			'menu',
			'group',
			'play',
			'faxbox',
			'directory',
			'voicemail',
			'function',
		],
		...['acdc_member', 'transfer'],
	])('%s', (module) => {
		for (const data of [{}, { id: '' }, { id: ' ' }, { timeout: '20' }])
			expect(problems(module, data).join('\n')).toMatch(/flow\.data\.(id|target): .* is missing/);
	});

	test.each<[string, object]>([
		['user', { id: A }],
		['group', { endpoints: [{ endpoint_type: 'user', id: A }] }],
		['faxbox', { faxbox_id: A }],
		['voicemail', { action: 'check' }],
		['play', { id: 'prompt://system_media/hello' }],
		['callflow', { flow: { module: 'hangup', data: {} } }],
		['webhook', { uri: 'http://example.com/a' }],
		['pivot', { voice_url: 'https://example.com/a' }],
		['temporal_route', { timezone: 'Europe/Berlin' }],
	])('%s with one: %j', (module, data) => {
		expect(problems(module, data)).toEqual([]);
	});

	test.each<[string, object, RegExp]>([
		['webhook', {}, /uri is missing/],
		['webhook', { uri: '/a' }, /uri is no address/],
		['pivot', {}, /voice_url is missing/],
		['pivot', { voice_url: '/again' }, /voice_url is no address/],
		['pivot', { voice_url: 'ftp://example.com' }, /voice_url is no address/],
		['play', { url: 'http://example.com/a.mp3' }, /id is missing/],
		['temporal_route', { timezone: 'Europe/Nowhere' }, /timezone is no time zone/],
	])('%s %j', (module, data, words) => {
		expect(problems(module, data)).toEqual([expect.stringMatching(words)]);
	});
});

describe('numbers and patterns', () => {
	test('that are no texts or do not compile', () => {
		const document = {
			numbers: ['1001', 1002, null, ''],
			patterns: ['^\\d{3}$', '(', '(?i)^abc$', '(?P<n>\\d+)', '['],
		};
		expect(routeProblemsOf(document).map(({ path }) => path)).toEqual([
			...['numbers.1', 'numbers.2', 'numbers.3', 'patterns.1', 'patterns.4'],
		]);
		expect(routeProblemsOf({ numbers: '1001' })).toMatchObject([{ problem: 'numbers is no list' }]);
		expect(routeProblemsOf({})).toEqual([]);
	});
});

describe('a value against a schema', () => {
	const schema: Schema = {
		type: 'object',
		required: ['text', 'filled'],
		properties: {
			text: { type: 'string', minLength: 1, maxLength: 5 },
			filled: { type: 'string', default: 'x' },
			count: { type: 'integer', minimum: 1, maximum: 3 },
			on: { type: 'boolean' },
			url: { type: 'string', pattern: '^https?://' },
			strange: { type: 'string', pattern: '(?<broken' },
			list: { type: 'array', minItems: 1, items: { type: 'string', enum: ['a', 'b'] } },
		},
	};
	test('is right when KAZOO would put it right itself', () => {
		expect(faultsOf(schema, { text: 'ok', count: '2', on: 'true', url: 'https://x', strange: 'x' })).toEqual(
			[],
		);
	});
	test.each([
		[{}, 'text', 'is missing'],
		[{ text: '' }, 'text', 'is too short'],
		[{ text: 'too long' }, 'text', 'has 8 characters'],
		[{ text: 5 }, 'text', 'is the number 5, not a text'],
		[{ text: 'a', count: 4 }, 'count', 'is 4'],
		[{ text: 'a', count: 0 }, 'count', 'is 0'],
		[{ text: 'a', count: 1.5 }, 'count', 'is the number 1.5, not a whole number'],
		[{ text: 'a', on: 'perhaps' }, 'on', 'is a text, not true or false'],
		[{ text: 'a', url: 'ftp://x' }, 'url', 'cannot be “ftp://x”'],
		[{ text: 'a', list: [] }, 'list', 'is empty'],
		[{ text: 'a', list: ['a', 'c'] }, 'list.1', 'cannot be “c”'],
		[[], '', 'is a list, not an object'],
		[null, '', 'is nothing, not an object'],
	])('%j is wrong', (value, path, problem) => {
		expect(faultsOf(schema, value)).toEqual([
			{ path, problem, whatToDo: expect.stringMatching(/^[A-Z]/) as unknown },
		]);
	});
});

describe('a flow', () => {
	test('that is right has no problems', () => {
		expect(said({ module: 'user', data: { id: A, timeout: '20' }, children: { _: end } })).toEqual([]);
	});

	test.each([
		['no object', 'hangup', [['error', 'flow', 'There is no step here']]],
		['no module', { data: {} }, [['error', 'flow', 'The step has no module']]],
		['no data', { module: 'hangup' }, [['error', 'flow.data', 'The step has no data']]],
		['wrong data', { module: 'hangup', data: [] }, [['error', 'flow.data', 'data is not an object']]],
		['a wrong module', { module: 'mneu', data: {} }, [['error', 'flow.module', 'There is no module “mneu”']]],
		[
			'a wrong choice far down',
			{ module: 'answer', data: {}, children: { _: { module: 'voicemail', data: { action: 'listen' } } } },
			[['error', 'flow.children._.data.action', 'action cannot be “listen”']],
		],
		[
			'an unknown field',
			{ module: 'tts', data: { text: 'Hi', speed: 2 } },
			[['warning', 'flow.data.speed', 'tts has no field speed']],
		],
		[
			'steps after the end',
			{ module: 'hangup', data: {}, children: { _: end } },
			[['warning', 'flow.children._', 'What comes after Hang Up never runs']],
		],
		[
			'a branch of a module that has none',
			{ module: 'user', data: { id: A }, children: { 1: end } },
			[['warning', 'flow.children.1', 'User has no branch “1”']],
		],
		[
			'a branch for a rule that is not asked',
			{ module: 'temporal_route', data: { rules: [A] }, children: { [A]: end, [B]: end, _: end } },
			[['warning', `flow.children.${B}`, 'The rule of this branch is not among the rules']],
		],
		[
			'a ring group with nobody in it',
			{ module: 'ring_group', data: { endpoints: [] } },
			[['error', 'flow.data.endpoints', 'endpoints is empty']],
		],
	])('with %s', (_, flow, problems) => {
		expect(said(flow)).toEqual(problems);
	});

	test('is judged by the server’s schema where there is one', () => {
		const flow = { module: 'tts', data: { text: 'Hello' } };
		const schema: Schema = { properties: { text: { type: 'string', maxLength: 3 } } };
		expect(problemsOf(flow, () => schema).map(({ problem }) => problem)).toEqual(['text has 5 characters']);
		const [gone] = problemsOf(flow, () => null);
		expect(gone?.problem).toBe('The server has no module “tts”');
		expect(gone?.what_to_do).toMatch(/another module/);
		expect(problemsOf({ module: 'of_theirs', data: { a: 1 } }, () => ({ properties: { a: {} } }))).toEqual(
			[],
		);
	});

	test('names what it points to', () => {
		const flow = {
			module: 'temporal_route',
			data: { rules: [A] },
			children: {
				[A]: { module: 'ring_group', data: { endpoints: [{ endpoint_type: 'device', id: B, timeout: 5 }] } },
				_: { module: 'play', data: { id: 'en-us/vm-enter_pass' } },
			},
		};
		expect(referencesOf(flow).map(({ path, parameter, id }) => [path, parameter, id])).toEqual([
			['flow.data.rules', 'temporalRuleId', A],
			[`flow.children.${A}`, 'temporalRuleId', A],
			[`flow.children.${A}.data.endpoints.0.id`, 'deviceId', B],
		]);
	});
});

test('a module written almost right is found, another is not guessed', () => {
	expect(nearest('recordcall')).toBe('record_call');
	expect(nearest('Temporal_Routes')).toBe('temporal_route');
	expect(nearest('xylophone')).toBeUndefined();
});

test('numbers are compared as KAZOO keeps them', () => {
	const one = { numbers: ['(415) 555-0100', '1001', '*97'], patterns: ['^\\*3([0-9]+)$'] };
	const other = { numbers: ['+14155550100', '97'], patterns: ['^\\*3([0-9]+)$'] };
	expect(sharedNumbers(one, other)).toEqual(['+14155550100', '^\\*3([0-9]+)$']);
	expect(sharedNumbers({}, other)).toEqual([]);
});

test.each(['constructor', 'toString', '__proto__'])(
	'a module called %s is unknown, and points to nothing',
	(module) => {
		const flow = { module, data: { endpoints: [{ endpoint_type: module, id: 'a' }] }, children: {} };
		expect(problemsOf(flow)).toMatchObject([{ problem: `There is no module “${module}”` }]);
		expect(referencesOf(flow)).toEqual([]);
		expect(referencesOf({ ...flow, module: 'ring_group' })).toEqual([]);
	},
);

test('an address that is an object is told as one', () => {
	const flow = { module: 'webhook', data: { uri: { toString: 5 } }, children: {} };
	const [{ problem } = { problem: '' }] = problemsOf(flow);
	expect(problem).toMatch(
		/uri is (no address that KAZOO can call: “\{"toString":5\}”|an object, not a text)/,
	);
});
