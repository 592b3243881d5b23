/** A row of a table by the names of its columns; a cell without a value is left out. */
export type Row = Record<string, string>;

/** A table with a header. */
export interface Table {
	columns: string[];
	rows: Row[];
}

/**
 * Reads CSV with a header. Undefined for what the server does not take: nothing, a header alone, rows that are longer
 * or shorter than the header.
 */
export function parseTable(text: string): Table | undefined {
	const [columns, ...lines] = parseLines(text);
	if (!columns || lines.length === 0 || columns.includes('')) return undefined;
	if (lines.some((line) => line.length !== columns.length)) return undefined;
	const rows = lines.map((line) =>
		Object.fromEntries(
			columns.map((column, index) => [column, line[index] ?? ''] as const).filter(([, cell]) => cell !== ''),
		),
	);
	return { columns, rows };
}

function parseLines(text: string): string[][] {
	const lines: string[][] = [];
	let line: string[] = [];
	let cell = '';
	let quoted = false;
	const endLine = () => {
		line.push(cell);
		if (line.length > 1 || cell !== '') lines.push(line);
		line = [];
		cell = '';
	};
	for (let at = 0; at < text.length; at++) {
		const char = text[at] as string;
		if (quoted) {
			if (char !== '"') cell += char;
			else if (text[at + 1] === '"') cell += text[++at] as string;
			else quoted = false;
		} else if (char === '"') quoted = true;
		else if (char === ',') {
			line.push(cell);
			cell = '';
		} else if (char === '\n') endLine();
		else if (char !== '\r') cell += char;
	}
	if (cell !== '' || line.length > 0) endLine();
	return lines;
}

/** A table as the server writes it: every value in quotation marks, nothing for a missing one. */
export function writeTable({ columns, rows }: Table): string {
	const quote = (cell: string | undefined) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`);
	const lines = [columns.map(quote), ...rows.map((row) => columns.map((column) => quote(row[column])))];
	return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}
