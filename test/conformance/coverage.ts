import { routesFor } from '../../sandbox/routes';
import { methodsOf, Router } from '../../sandbox/http/router';
import type { Outcome } from './player';

const VERBS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;
type Verb = (typeof VERBS)[number];

interface Count {
	agreed: number;
	recorded: number;
}

/** A route of the sandbox and, for each verb that it plays, how many recorded exchanges it was compared with. */
interface Covered {
	readonly path: string;
	readonly verbs: ReadonlyMap<Verb, Count>;
}

const HEAD = `# What the sandbox plays, and what was compared with a real server

A row for each route of KAZOO 4 that the sandbox plays. A cell is a verb that it plays: how many recorded exchanges of a real KAZOO it agrees with, of how many there are; a dot where none was recorded, so that it stands on what is known of KAZOO alone. Written by \`npm run conformance -- --coverage docs/sandbox-coverage.md FILE ...\` from the replay of those recordings; [what does not agree and why](../test/conformance/known-differences.ts).
`;

/** The page of docs/ about what was compared. @param outcomes of all replays */
export function coveragePage(outcomes: readonly Outcome[]): string {
	const rows = coverage(outcomes);
	const cells = rows.flatMap(({ verbs }) => [...verbs.values()]);
	const compared = cells.filter(({ recorded }) => recorded > 0);
	const sum = (key: keyof Count) => cells.reduce((total, count) => total + count[key], 0);
	const summary = `${rows.length} routes with ${cells.length} verbs; ${compared.length} verbs were compared in ${sum('recorded')} exchanges, of which ${sum('agreed')} agree.`;
	const lines = rows.map(
		({ path, verbs }) => `| \`${path}\` | ${VERBS.map((verb) => cell(verbs.get(verb))).join(' | ')} |`,
	);
	return [
		HEAD,
		summary,
		'',
		`| route | ${VERBS.join(' | ')} |`,
		`| --- |${' --- |'.repeat(VERBS.length)}`,
		...lines,
		'',
	].join('\n');
}

const cell = (count: Count | undefined): string =>
	count === undefined ? '' : count.recorded === 0 ? '·' : `${count.agreed} of ${count.recorded}`;

function coverage(outcomes: readonly Outcome[]): Covered[] {
	const router = new Router(routesFor(4));
	const counts = new Map(
		router.routes().map((route) => {
			const verbs = methodsOf(route).filter((method): method is Verb =>
				(VERBS as readonly string[]).includes(method),
			);
			return [
				route,
				new Map(verbs.map((verb): [Verb, Count] => [verb, { agreed: 0, recorded: 0 }])),
			] as const;
		}),
	);
	for (const { kind, request, differences } of outcomes) {
		if (kind !== 'exchange') continue;
		const [verb = '', target = ''] = request.split(' ');
		const route = router.match(segmentsOf(target))?.route;
		const count = route && counts.get(route)?.get(verb as Verb);
		if (!count) continue;
		count.recorded++;
		if (differences.length === 0) count.agreed++;
	}
	return [...counts].map(([{ path }, verbs]) => ({ path, verbs })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The parts of a recorded path, without the version and the query. */
function segmentsOf(target: string): string[] {
	const [path = ''] = target.split('?');
	const parts = path.split('/').filter(Boolean);
	return /^v\d+$/.test(parts[0] ?? '') ? parts.slice(1) : parts;
}
