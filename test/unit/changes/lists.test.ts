/** Entries of lists that several changes of one document take out or put in, in whatever order they are done. */
import fc from 'fast-check';

import { canonical } from '../../../crossbar/changes/difference';
import { listChanges, withLists, withoutLists } from '../../../crossbar/changes/lists';

const list = (...numbers: string[]) => ({ name: 'Main', inside: { numbers } });

it('says what goes out and comes in, and does it to whatever is there', () => {
	const changes = listChanges(list('1', '2', '3'), list('1', '3', '4'));
	expect(changes).toEqual([{ field: 'inside.numbers', out: ['2'], in: ['4'] }]);
	expect(withLists(list('9', '2', '1'), changes)).toEqual(list('9', '1', '4'));
	expect(withLists({ name: 'Main' }, changes)).toEqual(list('4'));
});

it('does nothing twice', () => {
	const changes = listChanges(list('1', '2'), list('1', '4'));
	const once = withLists(list('1', '2'), changes);
	expect(withLists(once, changes)).toEqual(once);
});

it('leaves order alone and takes lists out of a patch', () => {
	expect(listChanges(list('1', '2'), list('2', '1'))).toEqual([]);
	const changes = listChanges(list('1'), list());
	expect(withoutLists(list(), changes)).toEqual({ name: 'Main' });
});

it('two changes of one list come to the same in both orders', () => {
	const entries = fc.uniqueArray(fc.constantFrom<string>('1', '2', '3', '4', '5'));
	fc.assert(
		fc.property(entries, entries, (first, second) => {
			const all = ['1', '2', '3', '4', '5'];
			const out = (gone: string[]) =>
				listChanges(list(...all), list(...all.filter((entry) => !gone.includes(entry))));
			const one = withLists(withLists(list(...all), out(first)), out(second));
			const other = withLists(withLists(list(...all), out(second)), out(first));
			expect(canonical(one)).toBe(canonical(other));
			expect(one).toEqual(list(...all.filter((entry) => !first.includes(entry) && !second.includes(entry))));
		}),
	);
});
