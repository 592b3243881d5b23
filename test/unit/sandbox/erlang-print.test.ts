import { printList } from '../../../sandbox/values/erlang';

test('lists as Erlang prints them: as many names on a line as fit', () => {
	expect(printList([])).toBe('[]');
	expect(printList(['a', 'b'])).toBe('[a,b]');
	const names = Array.from({ length: 12 }, () => 'cb_resource_selectors');
	const lines = printList(names).split('\n');
	expect(lines.map((line) => line.length)).toEqual([67, 67, 67, 67]);
	expect(lines.every((line, index) => line.startsWith(index === 0 ? '[' : ' '))).toBe(true);
});
