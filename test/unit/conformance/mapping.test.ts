import { Mapping } from '../../conformance/mapping';
import { partsOf } from '../../conformance/masks';

const A = 'a'.repeat(31) + '1';
const B = 'b'.repeat(31) + '2';
const C = 'c'.repeat(31) + '3';

describe('identifiers in texts', () => {
	it.each([
		['a document', A, 'hex'],
		['a record of a month', `202611-${A}`, 'monthly'],
		['a revision', `12-${A}`, 'revision'],
		['a call', '63962674807-a9e26254', 'interaction'],
		['a task', 'c2b32775a459be08cbb75e5cc49f4a', 'hex'],
		['a time in Gregorian seconds', '63962674807', 'time'],
		['a time as text', '2026-11-23T17:38:49', 'time'],
		['a time in Unix seconds', '1795455525', 'time'],
		['a time in milliseconds', '1795456848769', 'time'],
		['a time in words', 'Mon, 23 Nov 2026 17:40:07', 'time'],
	])('knows %s', (_, text, kind) => {
		expect(partsOf(text)).toEqual([expect.objectContaining({ kind, text })]);
	});

	it.each([
		'+14155550100',
		'+17955550100',
		'2001',
		'page-007',
		'deadbeef',
		'call-0-mwtjv4sh',
		'02000000011a',
	])('leaves %s alone', (text) => {
		expect(partsOf(text)).toEqual([{ kind: 'literal', text }]);
	});

	it('reads all ways to write a moment as the same seconds', () => {
		const seconds = [
			'2026-11-23_17:40:07',
			'63962674807',
			'1795455607',
			'1795455607000',
			'1795455607000000',
		].map((text) => {
			const [part] = partsOf(text);
			return part?.kind === 'time' ? part.seconds : undefined;
		});
		expect(new Set(seconds)).toEqual(new Set([1795455607]));
	});

	it('cuts a path into its parts and loses nothing', () => {
		const path = `/v2/accounts/${A}/cdrs/202611-${B}?created_from=63962674807`;
		expect(partsOf(path).map(({ kind }) => kind)).toEqual([
			'literal',
			'hex',
			'literal',
			'monthly',
			'literal',
			'time',
		]);
		expect(
			partsOf(path)
				.map(({ text }) => text)
				.join(''),
		).toBe(path);
	});
});

describe('Mapping', () => {
	it('learns an id once, in both directions', () => {
		const mapping = new Mapping();
		expect(mapping.learn(A, B)).toBe(true);
		expect(mapping.learn(A, B)).toBe(true);
		expect(mapping.learn(A, C)).toBe(false);
		expect(mapping.learn(C, B)).toBe(false);
		expect(mapping.known(A)).toBe(B);
	});

	it('lets a revision follow the latest answer', () => {
		const mapping = new Mapping();
		expect(mapping.learn(`1-${A}`, `1-${B}`, 'revision')).toBe(true);
		expect(mapping.learn(`1-${A}`, `2-${C}`, 'revision')).toBe(true);
		expect(mapping.translate(`"1-${A}"`)).toBe(`"2-${C}"`);
	});

	it('translates paths, keys and texts deep down and leaves what it does not know', () => {
		const mapping = new Mapping();
		mapping.learn(A, B);
		expect(mapping.translatePath(`/v2/accounts/${A}/users/${C}?filter_owner_id=${A}&x`)).toBe(
			`/v2/accounts/${B}/users/${C}?filter_owner_id=${B}&x`,
		);
		expect(mapping.translateJson({ [A]: [`x ${A} y`, 5, null, { id: C }] })).toEqual({
			[B]: [`x ${B} y`, 5, null, { id: C }],
		});
	});

	it('replaces an opaque key of a view in the query only', () => {
		const mapping = new Mapping();
		mapping.learnOpaque('g20AAAAgYWMw', 'g20AAAAgZZZZ');
		expect(mapping.translatePath('/v2/x/g20AAAAgYWMw?start_key=g20AAAAgYWMw&page_size=2')).toBe(
			'/v2/x/g20AAAAgYWMw?start_key=g20AAAAgZZZZ&page_size=2',
		);
	});
});
