/** Whether what an account shall be given, such as a service plan, is offered to it. */
import type { Change } from '../changes/change';
import { kinds } from '../changes/kinds';
import type { Live } from '../changes/live';
import { offersPath } from '../changes/live';
import type { Problem, Wanted } from '../changes/lookup';
import type { Offer } from '../changes/offers';
import { offerNamed, readOffers } from '../changes/offers';
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';

/**
 * Names that nobody offers, and fields that somebody else decides.
 * @throws NodeApiError
 */
export async function offerProblems(
	wanted: readonly Wanted[],
	changes: readonly Change[],
	live: Live,
	transport: Transport,
): Promise<Problem[]> {
	const given = wanted.filter(({ kind }) => kinds[kind].offered !== undefined);
	const offers = new Map<string, Offer[]>();
	const problems = given.flatMap(({ document, place }) =>
		Object.keys(document)
			.filter((field) => field !== 'name')
			.map((field) => ({ place: `${place}.${field}`, problem: 'only its name can be said' })),
	);
	for (const { kind, action, name } of changes) {
		const { offered, label, plural } = kinds[kind];
		if (offered === undefined || action !== 'create') continue;
		const place = `${plural} “${name}”`;
		if (live.missing.includes(kind)) {
			problems.push({ place, problem: 'this credential may not see them, or the server has none' });
			continue;
		}
		// An account that is still to be made cannot be asked: applying looks
		if (live.accountId.startsWith('<<')) continue;
		const path = offersPath(live.accountId, offered);
		const known = offers.get(path) ?? (await readOffers(path, transport)) ?? [];
		offers.set(path, known);
		const problem = problemOf(name, known, label);
		if (problem !== undefined) problems.push({ place, problem });
	}
	return problems;
}

function problemOf(name: string, offers: readonly Offer[], label: string): string | undefined {
	const found = offerNamed(name, offers, label);
	return found instanceof InvalidInput ? `${found.message}. ${String(found.description)}` : undefined;
}
