import fc from 'fast-check';

import { readCsv, writeCsv } from '../../crossbar/values/csv';

/** Texts that are hard on CSV. */
const cell = fc.oneof(
	fc.string(),
	fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', ';', 'a', 'ü', '\uFEFF') }),
);
const name = cell.map((text) => text.trim()).filter((text) => text !== '');

describe('what is written', () => {
	it('is read again as it was', () => {
		const table = fc.uniqueArray(name, { minLength: 1, maxLength: 5 }).chain((columns) =>
			fc.record({
				columns: fc.constant(columns),
				rows: fc.array(
					fc
						.tuple(...columns.map(() => cell))
						.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))),
				),
			}),
		);
		fc.assert(fc.property(table, (written) => expect(readCsv(writeCsv(written))).toEqual(written)));
	});

	it('has quotation marks only where they are needed', () => {
		expect(writeCsv({ columns: ['e164', 'name'], rows: [{ e164: '+14155550100', name: 'a "b", c' }] })).toBe(
			'e164,name\n+14155550100,"a ""b"", c"\n',
		);
	});
});

describe('what is read', () => {
	const row = { e164: '+1', name: 'x' };

	it.each([
		['e164,name\r\n+1,x\r\n'],
		['e164,name\n+1,x'],
		['\uFEFF"e164" ,"name"\n"+1","x"\n'.replace('" ,', '",')],
		['e164, name\n\n+1,x\n\n'],
		['e164,name\r+1,x\r'],
	])('may look like %j', (text) => {
		expect(readCsv(text)).toEqual({ columns: ['e164', 'name'], rows: [row] });
	});

	it('may be a header alone', () => {
		expect(readCsv('e164\n')).toEqual({ columns: ['e164'], rows: [] });
	});

	it('may end with an empty cell', () => {
		expect(readCsv('a,b\n1,').rows).toEqual([{ a: '1', b: '' }]);
	});

	it.each([
		['', /empty/],
		['\n\n', /empty/],
		['a,,b\n1,2,3\n', /Column 2 of the CSV has no name/],
		['a,b,a\n1,2,3\n', /two columns “a”/],
		['a,b\n1,2\n1,2,3\n', /Line 3 of the CSV has 3 cells, the first line has 2/],
		['a,b\n"1\n2",2\n1\n', /Line 4 of the CSV has 1 cells/],
		['a,b\n1,"2', /Line 2 .* quotation mark/],
		['a,b\n1,"2"x\n', /Line 2 .* quotation mark/],
		['a,b\n1,2"x\n', /Line 2 .* quotation mark/],
	])('is refused when it is %j', (text, words) => {
		expect(() => readCsv(text)).toThrow(words);
	});
});

test('a comma at the end of a row is no cell; one with something in it is', () => {
	expect(readCsv('a,b\n1,2,\n3,\n').rows).toEqual([
		{ a: '1', b: '2' },
		{ a: '3', b: '' },
	]);
	expect(() => readCsv('a,b\n1,2,3\n')).toThrow(/has 3 cells/);
});
