const cell = (value: unknown): string => {
	const text =
		value === undefined || value === null || (Array.isArray(value) && value.length === 0)
			? ''
			: typeof value === 'object'
				? JSON.stringify(value)
				: String(value);
	return `"${text.replaceAll('"', '""')}"`;
};

function flatten(
	row: Record<string, unknown>,
	prefix = '',
	into: Record<string, unknown> = {},
): Record<string, unknown> {
	for (const [key, value] of Object.entries(row)) {
		if (value === undefined) continue;
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
			flatten(value as Record<string, unknown>, `${prefix}${key}_`, into);
		} else into[`${prefix}${key}`] = value;
	}
	return into;
}

/**
 * A list (or one object) as CSV: nested keys joined by `_`, columns in the order in which they first appear in any
 * row, the id's column called ID. It is written row by row: a row knows the columns of the rows before it, not of those
 * after; a cell that it does not have is empty, without quotation marks.
 */
export function toCsv(data: unknown): string {
	const rows = (Array.isArray(data) ? data : [data])
		.filter(
			(row): row is Record<string, unknown> => typeof row === 'object' && row !== null && !Array.isArray(row),
		)
		.map((row) => flatten(row));
	const columns = new Set<string>();
	const lines = rows.map((row) => {
		for (const key of Object.keys(row)) columns.add(key);
		return [...columns].map((column) => (row[column] === undefined ? '' : cell(row[column]))).join(',');
	});
	if (columns.size === 0) return '';
	const header = [...columns].map((column) => cell(column === 'id' ? 'ID' : column)).join(',');
	return `${[header, ...lines].join('\n')}\n`;
}
