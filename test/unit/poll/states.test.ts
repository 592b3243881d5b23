import fc from 'fast-check';

import { changesBetween, digest } from '../../../crossbar/poll/states';

const snapshot = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), fc.constantFrom('1', '2'));

describe('changesBetween', () => {
	test('the changes of an old snapshot make the new one, and equal ones have none', () => {
		fc.assert(
			fc.property(snapshot, snapshot, (before, after) => {
				const built = new Map<string, string>(Object.entries(before));
				for (const { key, before: was, after: is } of changesBetween(before, after)) {
					expect(built.get(key)).toBe(was);
					if (is === undefined) built.delete(key);
					else built.set(key, is);
				}
				expect([...built].sort()).toEqual(Object.entries(after).sort());
				expect(changesBetween(after, after)).toEqual([]);
			}),
		);
	});
});

describe('digest', () => {
	test('looks at values, not at the order of keys', () => {
		expect(digest({ a: 1, b: { c: 2, d: 3 } })).toBe(digest({ b: { d: 3, c: 2 }, a: 1 }));
		expect(digest({ a: [1, 2] })).not.toBe(digest({ a: [2, 1] }));
	});
});
