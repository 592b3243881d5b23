/** How an account that somebody has read differs from a blueprint. */
import type { Document, KindName } from '../../changes/kinds';
import { kindNames, kinds } from '../../changes/kinds';
import type { Live } from '../../changes/live';
import { secretsToMake } from '../../changes/passwords';
import type { Plan } from '../../changes/plan';
import { planOf } from '../../changes/plan';
import type { Wanted } from '../../changes/lookup';
import { usualKinds, wantedOf } from './document';

/** Kinds that have to be read for some kinds: what they may point at, too. */
export function withTargets(asked: readonly KindName[]): KindName[] {
	return kindNames.filter(
		(kind) => asked.includes(kind) || (usualKinds.includes(kind) && kinds[kind].offered === undefined),
	);
}

/** Secrets that are made up for what is new, by its place. */
export function secretsFor(wanted: readonly Wanted[]): Map<string, readonly string[]> {
	const paths = wanted.map(({ kind, document, place }): [string, readonly string[]] => [
		place,
		secretsToMake(kind, document),
	]);
	return new Map(paths.filter(([, made]) => made.length > 0));
}

/** @param read the documents of these kinds as they are */
export async function deviationsOf(
	blueprint: Document,
	read: (kinds: readonly KindName[]) => Promise<Live>,
	why: string,
): Promise<Plan> {
	const { wanted, kinds: mentioned, problems } = wantedOf(blueprint);
	const plan = planOf(
		{ documents: wanted, why, generate: secretsFor(wanted) },
		await read(withTargets(mentioned)),
	);
	return { ...plan, problems: [...problems, ...plan.problems] };
}
