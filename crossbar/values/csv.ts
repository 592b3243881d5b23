/** CSV as RFC 4180 has it: commas, quotation marks doubled inside quotation marks, names of columns in the first line. */
import { InvalidInput } from './input';

/** A table as texts. Every row has a cell for each column; an empty cell is ''. */
export interface Table {
	readonly columns: readonly string[];
	readonly rows: ReadonlyArray<Readonly<Record<string, string>>>;
}

/** A cell, then what ends it: a comma, a line break or the end of the text. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Reads strictly: what is not CSV is refused rather than guessed. Blank lines and a byte order mark are passed over.
 * @throws InvalidInput naming the line, the first being 1
 */
export function readCsv(text: string): Table {
	const [header, ...lines] = linesOf(text.replace(/^\uFEFF/, ''));
	if (!header)
		throw new InvalidInput('The CSV is empty', 'Its first line must hold the names of the columns.');
	const columns = header.cells.map((cell) => cell.trim());
	if (columns.includes('')) {
		throw new InvalidInput(
			`Column ${columns.indexOf('') + 1} of the CSV has no name`,
			'The first line must hold a name for each column, separated by commas.',
		);
	}
	const twice = columns.find((column, index) => columns.indexOf(column) !== index);
	if (twice !== undefined)
		throw new InvalidInput(`The CSV has two columns “${twice}”`, 'Rename or remove one of them.');
	const rows = lines.map(({ number, cells: all }) => {
		// KAZOO ends the rows of some tasks with a comma
		const endsWithComma = all.length === columns.length + 1 && all.at(-1) === '';
		const cells = endsWithComma ? all.slice(0, -1) : all;
		if (cells.length !== columns.length) {
			throw new InvalidInput(
				`Line ${number} of the CSV has ${cells.length} cells, the first line has ${columns.length}`,
				'Put a cell with a comma in it into quotation marks, and keep empty cells.',
			);
		}
		return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
	});
	return { columns, rows };
}

function linesOf(text: string): Array<{ number: number; cells: string[] }> {
	const lines: Array<{ number: number; cells: string[] }> = [];
	let cells: string[] = [];
	let number = 1;
	let first = 1;
	CELL.lastIndex = 0;
	while (CELL.lastIndex < text.length || cells.length > 0) {
		const match = CELL.exec(text);
		if (!match) {
			throw new InvalidInput(
				`Line ${number} of the CSV has a quotation mark in the wrong place`,
				'A cell with quotation marks, commas or line breaks stands in quotation marks, and its own are doubled.',
			);
		}
		const [, quoted, plain = '', end = ''] = match;
		cells.push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
		number += quoted?.match(/\r\n|\n|\r/g)?.length ?? 0;
		if (end === ',') continue;
		const isBlank = cells.length === 1 && plain === '' && quoted === undefined;
		if (!isBlank) lines.push({ number: first, cells });
		cells = [];
		first = ++number;
	}
	return lines;
}

/** Writes a table so that `readCsv` gives the same one back. */
export function writeCsv({ columns, rows }: Table): string {
	const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
	return lines.map((line) => `${line.map((cell) => quoted(cell, line.length === 1)).join(',')}\n`).join('');
}

/** In quotation marks where it must be; a line of one empty cell would be a blank line. */
function quoted(cell: string, alone: boolean): string {
	return /[",\r\n]|^\uFEFF/.test(cell) || (alone && cell === '') ? `"${cell.replace(/"/g, '""')}"` : cell;
}
