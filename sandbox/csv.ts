import type { Fields } from './database';

const cell = (value: unknown): string => {
	const text =
		value === undefined || value === null || (Array.isArray(value) && value.length === 0)
			? ''
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
	return `"${text.replaceAll('"', '""')}"`;
};

function flatten(row: Fields, prefix = '', into: Fields = {}): Fields {
	for (const [key, value] of Object.entries(row)) {
		if (value === undefined) continue;
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			flatten(value as Fields, `${prefix}${key}_`, into);
		} else into[`${prefix}${key}`] = value;
	}
	return into;
}

/**
 * A list (or one object) as CSV: nested keys joined by `_`, columns in the order in which they first appear in any
 * row, the id's column called ID. Cells that a row does not have at its end are left out, as the real server does.
 */
export function toCsv(data: unknown): string {
	const rows = (Array.isArray(data) ? data : [data])
		.filter((row): row is Fields => typeof row === 'object' && row !== null && !Array.isArray(row))
		.map((row) => flatten(row));
	const columns: string[] = [];
	const seen = new Set<string>();
	for (const row of rows) {
		for (const key of Object.keys(row)) {
			if (!seen.has(key)) {
				seen.add(key);
				columns.push(key);
			}
		}
	}
	// Later rows may bring new columns: they come after those of the first row.
	if (columns.length === 0) return '';
	const lines = [columns.map((column) => cell(column === 'id' ? 'ID' : column)).join(',')];
	for (const row of rows) {
		let last = columns.length;
		while (last > 0 && row[columns[last - 1] as string] === undefined) last--;
		lines.push(
			columns
				.slice(0, last)
				.map((column) => cell(row[column]))
				.join(','),
		);
	}
	return `${lines.join('\n')}\n`;
}
