/** Patterns of a server's schemas: compared as long as that ends soon. */
import { nearest, problemsOf } from '../../../crossbar/callflow/check';
import { fits } from '../../../crossbar/callflow/pattern';
import { faultsOf } from '../../../crossbar/callflow/schema';
import { schemaFrom } from '../../../crossbar/values/jsonSchema';
import { withRecordings } from '../../recordings';

test.each([
	['^[0-9]+$', '12', '1a'],
	['^https?://', 'https://a', 'ftp://a'],
	['^[A-Za-z]{2}(-[A-Za-z]{2})?$', 'de-AT', 'german'],
	['^[^\\s]*$', 'a', 'a b'],
	['^[]+]x$', ']x', 'y'],
	['^2\\d\\d\\d-\\d\\d$', '2026-11', '1999-11'],
])('%s takes “%s” and not “%s”', (pattern, good, bad) => {
	// A class that JavaScript reads otherwise than POSIX takes nothing
	expect(fits(good, pattern)).toBe(pattern !== '^[]+]x$');
	expect(fits(bad, pattern)).toBe(false);
});

test.each([
	...['^(a+)+$', '^(a|a)*$', '^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)$', 'a*a*a*a*b', '^(?:a?){30}a{30}$'],
	...[`^${'a?'.repeat(30)}${'a'.repeat(30)}$`, '^(.+)\\1$', '^(a{1,9}){1,9}$', '(', `^${'[a]'.repeat(200)}$`],
	...['['.repeat(100_000), '[^]'.repeat(100_000), '^\\(a+)+$'.repeat(20)],
])('%s is the server’s to compare', (pattern) => {
	const began = process.cpuUsage().user;
	expect(fits(`${'a'.repeat(1999)}!`, pattern)).toBe(true);
	expect(process.cpuUsage().user - began).toBeLessThan(200_000);
});

test('the worst that is compared is soon compared', () => {
	const began = process.cpuUsage().user;
	expect(fits(`${'a'.repeat(1999)}!`, 'a?a?a?a?a*b')).toBe(false);
	expect(fits('a'.repeat(1_000_000), '^[0-9]+$')).toBe(true);
	expect(process.cpuUsage().user - began).toBeLessThan(2_000_000);
});

withRecordings('KAZOO’s own', ['schemas-v4.json', 'schemas-v5.json'], ({ json }) => {
	test.each(['v4', 'v5'])('are compared: %s', (version) => {
		const patterns: string[] = [];
		JSON.stringify(json(`schemas-${version}.json`), (key, value: unknown) => {
			if (key === 'pattern' && typeof value === 'string') patterns.push(value);
			return value;
		});
		expect(patterns.length).toBeGreaterThan(10);
		// No pattern of them takes a line break and nothing else
		expect(patterns.filter((pattern) => fits('\n', pattern) && !new RegExp(pattern).test('\n'))).toEqual([]);
	});
});

test('what is long is repeated in part', () => {
	const long = 'x'.repeat(100_000);
	const flow = { module: long, data: {}, children: {} };
	const menu = { module: 'hangup', data: { [long]: 1 }, children: { [long]: flow } };
	const { problem: first } = problemsOf(flow)[0] ?? {};
	expect(first?.length).toBeLessThan(300);
	for (const { problem } of problemsOf(menu)) expect(problem.length).toBeLessThan(300);
	expect(nearest(long)).toBeUndefined();
	expect(nearest('voicemial')).toBe('voicemail');
});

test.each([
	...[
		null,
		5,
		'x',
		[],
		[null],
		{ type: null },
		{ type: 'toString' },
		{ type: '__proto__' },
		{ type: [null] },
	],
	...[
		{ properties: null },
		{ properties: [null] },
		{ required: [null, {}] },
		{ enum: null },
		{ items: null },
	],
	...[{ pattern: 5 }, { minLength: 'x' }, { properties: { a: null } }, { $ref: {} }],
])('the schema %j finds nothing wrong with anything', (schema) => {
	const values: unknown[] = [null, 5, 'x', true, [], [null], {}, { a: null }, { toString: 5 }];
	for (const value of values) expect(faultsOf(schemaFrom(schema), value)).toEqual([]);
});

test('what a schema says rightly counts, beside what it says wrongly', () => {
	const schema = schemaFrom({
		type: ['object', null],
		required: ['id', 5],
		properties: {
			id: { type: 'string', pattern: '^[0-9]+$', minLength: 'x' },
			constructor: null,
			kind: { enum: ['a', {}] },
		},
	});
	expect(faultsOf(schema, { id: 'x', kind: 'b' }).map(({ path }) => path)).toEqual(['id', 'kind']);
	expect(faultsOf(schema, {}).map(({ path }) => path)).toEqual(['id']);
	expect(faultsOf(schema, { id: '1', kind: 'a', constructor: 5 })).toEqual([]);
});
