import { Duplicates } from '../../crossbar/values/duplicates';

describe('what comes twice', () => {
	test('is a duplicate within its window, and new after it', () => {
		const seen = new Duplicates();
		expect(seen.has('a', 1000, 0)).toBe(false);
		expect(seen.has('a', 1000, 999)).toBe(true);
		expect(seen.has('b', 1000, 999)).toBe(false);
		expect(seen.has('a', 1000, 1000)).toBe(false);
	});

	test('is forgotten when there is too much to remember', () => {
		const seen = new Duplicates(10);
		for (let index = 0; index < 100; index++) seen.has(`key ${index}`, 60_000, index);
		expect(seen.has('key 99', 60_000, 100)).toBe(true);
		expect(seen.has('key 0', 60_000, 100)).toBe(false);
	});
});
