/** The table of a run, for a terminal and for docs. */
import type { Outcome, Result } from './outcome';

const WORDS: Readonly<Record<Result, string>> = {
	worked: 'worked',
	refused: 'refused as expected',
	untried: 'not tried',
	known: 'wrong, and known',
	failed: 'FAILED',
};
const ORDER: readonly Result[] = ['worked', 'refused', 'untried', 'known', 'failed'];

/** One line of the table. */
export function lineOf({ name, result, reason }: Outcome): string {
	return `${WORDS[result].padEnd(20)} ${name}${reason ? `: ${reason}` : ''}`;
}

/** "600 worked, 12 refused as expected, 300 not tried, 0 FAILED". */
export function summary(outcomes: readonly Outcome[]): string {
	return ORDER.map(
		(wanted) => `${outcomes.filter(({ result }) => result === wanted).length} ${WORDS[wanted]}`,
	).join(', ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The table as Markdown. @param heading what was run against what, a line each */
export function markdown(heading: readonly string[], outcomes: readonly Outcome[]): string {
	const rows = outcomes.map(
		({ name, request, result, reason }) =>
			`| ${cell(name)} | ${request ? `\`${request}\`` : ''} | ${WORDS[result]}${reason ? `: ${cell(reason)}` : ''} |`,
	);
	return [
		...heading,
		'',
		`${outcomes.length} tried or told: ${summary(outcomes)}.`,
		'',
		'| Row | Request | Result |',
		'| --- | --- | --- |',
		...rows,
		'',
	].join('\n');
}
