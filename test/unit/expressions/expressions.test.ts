/** No regular expression of the package takes longer than in proportion to what others send. */
import type { ParameterName } from '../../../crossbar/catalogue/parameters';
import { parameter, parameters } from '../../../crossbar/catalogue/parameters';
import type { Expression } from './find';
import { expressionsOfThePackage } from './find';
import { shapesOf, slowness, textOf } from './worst';

const { written, made } = expressionsOfThePackage();
const expression = (source: string, flags = '', place = 'here'): Expression => ({ source, flags, place });

/** What the expressions can be that are made while the program runs, by the file. */
const MADE: Readonly<Record<string, readonly Expression[]>> = {
	'crossbar/operations/names.ts': (Object.keys(parameters) as ParameterName[]).flatMap((name) => {
		const { pattern } = parameter(name);
		return pattern ? [expression(pattern.expression, '', name)] : [];
	}),
	'crossbar/pivot/collections.ts': [expression('^(.+)--([0-9a-z]{11})$')],
	'crossbar/poll/seen.ts': [expression('.{11}', 'g')],
	// Compiled to see whether it can be, never used
	'crossbar/callflow/check.ts': [],
	// A server's own; which of them are used, its test tells
	'crossbar/callflow/pattern.ts': [],
};

test('each that is made while the program runs is known here', () => {
	expect([...new Set(made.map(({ file }) => file))].sort()).toEqual(Object.keys(MADE).sort());
	expect(MADE['crossbar/operations/names.ts']?.length).toBeGreaterThan(3);
});

test('a million characters of its worst', () => {
	const all = [...written, ...Object.values(MADE).flat()];
	expect(written.length).toBeGreaterThan(250);
	const different = [...new Map(all.map((one) => [`${one.flags} ${one.source}`, one])).values()];
	expect(different.map(slowness).filter((found) => found !== undefined)).toEqual([]);
}, 120_000);

describe('this finds', () => {
	test.each([
		...['<title[^>]*>', '\\s+$', '\\{.*\\}', '([\\w.]+)@', 'x*y', '\\d+-\\d+', '\\[[^\\]]*\\]', '\\s*,'],
		...['^(a+)+$', '^(\\w+\\s?)*$', '^(a|a)*$', '^([^=]+=?)+&', '^(?:\\d*\\.?)*$', '(.+)\\1x'],
		...['^.*<t [^>]*>$', '^\\s*\\s*$', '^\\d+\\d+$', '^(.*?),(.*?),(.*?)x', '^[\\w.]+[\\w-]+@'],
		...['^([^[\\]]+)(?:\\[([^\\]]*)\\]?)*x', '(?:^|,)\\s*(\\w*)\\s*='],
		...['^.+\\s*$', '^ *-?\\s+$', '^(?:\\d|.+)\\s*$'],
	])('%s', (source) => expect(slowness(expression(source))).toMatch(/characters of/));

	test('what is used at every place of a text', () => {
		expect(slowness(expression('\\w+(?=!)', 'g'))).toBeDefined();
		expect(slowness(expression('(?<=\\s*)x', 'g'))).toBeDefined();
	});
});

test.each(['^\\s+$', '^[^[\\]]+$', '^(?:a|b)*$', '<title[^<>]{0,200}>', '^.*$', '(?<!\\w)\\w+@'])(
	'%s is as good as it can be',
	(source) => expect(slowness(expression(source))).toBeUndefined(),
);

test('a text is made of what stands before, what is repeated and what ends it', () => {
	const texts = shapesOf(expression('^ab+c$')).map((shape) => textOf(shape, 4));
	expect(texts).toEqual(expect.arrayContaining(['abbbb', 'abbbb\u0000', 'abcabc', 'abab']));
});
