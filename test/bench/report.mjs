/** How the benchmark shows what it found: tables, and goals that were met or missed. */

/** Milliseconds as text. */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
/** Bytes as text. */
export const mebibytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;
/** A ratio as text. */
export const times = (ratio) => `${ratio.toFixed(2)} x`;

/** Prints rows of cells in columns. */
export function table(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
	for (const row of rows) {
		const cells = row.map((cell, column) =>
			column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]),
		);
		console.log(`  ${cells.join('   ')}`.trimEnd());
	}
}

const goals = [];

/** Notes whether a value keeps below its limit; a goal that was missed makes the process end with 1. */
export function goal(name, value, limit, show) {
	goals.push([value <= limit ? 'ok' : 'MISSED', name, show(value), `at most ${show(limit)}`]);
	if (value > limit) process.exitCode = 1;
}

/** Prints all goals. */
export function printGoals() {
	console.log('\nGoals');
	table(goals.map(([state, name, value, limit]) => [`${state.padEnd(7)} ${name}`, value, limit]));
}
