import { knownDifferences } from './known-differences';
import type { Outcome, Replay } from './player';
import { scenarioOf } from './recording';

/** What the numbers of a replay are. */
export interface Summary {
	agreed: number;
	total: number;
	/** 0 to 100. */
	percent: number;
}

/** Counts the exchanges that agree in everything. */
export function summarise(outcomes: readonly Outcome[]): Summary {
	const agreed = outcomes.filter(({ differences }) => differences.length === 0).length;
	return {
		agreed,
		total: outcomes.length,
		percent: outcomes.length === 0 ? 0 : (100 * agreed) / outcomes.length,
	};
}

/** The report in words; its last line is `agreed N of M (P %)`. `shown`: how many disagreeing exchanges in full. */
export function toText(replay: Replay, shown: number): string {
	const lines: string[] = [];
	const scenarios = new Map<string, Outcome[]>();
	for (const outcome of replay.outcomes) {
		const name = scenarioOf(outcome.name);
		scenarios.set(name, [...(scenarios.get(name) ?? []), outcome]);
	}
	for (const [name, outcomes] of scenarios) {
		const { agreed, total } = summarise(outcomes);
		lines.push(`${agreed === total ? 'ok  ' : '    '} ${name}: ${agreed} of ${total}`);
	}
	const different = replay.outcomes.filter(({ differences }) => differences.length > 0);
	if (different.length > 0 && shown > 0)
		lines.push('', `The first ${Math.min(shown, different.length)} that differ:`);
	for (const outcome of different.slice(0, shown)) lines.push('', ...describe(outcome));
	lines.push('', ...notes(replay));
	const { agreed, total, percent } = summarise(replay.outcomes);
	lines.push(`agreed ${agreed} of ${total} (${percent.toFixed(1)} %)`);
	return lines.join('\n');
}

function describe(outcome: Outcome): string[] {
	const reason = knownDifferences.find(({ applies }) => applies(outcome))?.reason;
	return [
		`line ${outcome.line} ${outcome.name}: ${outcome.request}`,
		...(reason === undefined ? [] : [`  known: ${reason}`]),
		...outcome.differences.map(({ where, recorded, actual, note }) => {
			const values = `recorded ${show(recorded)}, got ${show(actual)}`;
			return `  ${where}: ${note === undefined ? values : `${note}: ${values}`}`;
		}),
	];
}

function show(value: unknown): string {
	return value === undefined ? 'nothing' : JSON.stringify(value);
}

function notes({ presupposed, outcomes }: Replay): string[] {
	const lines: string[] = [];
	if (presupposed > 0) {
		lines.push(
			`${presupposed} documents and accounts that the recording shows but never makes were put in beforehand`,
		);
	}
	const known = outcomes.filter(
		(outcome) => outcome.differences.length > 0 && knownDifferences.some(({ applies }) => applies(outcome)),
	);
	if (known.length > 0)
		lines.push(`${known.length} of the differences are listed with a reason in known-differences.ts`);
	return lines;
}
