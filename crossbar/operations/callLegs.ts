/** The legs of one call as KAZOO's whole call records tell them, beside what events told. */
import { NodeApiError } from 'n8n-workflow';

import type { Leg } from '../calls/leg';
import { withFacts } from '../calls/leg';
import { factsOfCdr } from '../calls/readCdr';
import type { Transport } from '../http/transport';
import { gregorianNow, isoFromGregorian } from '../values/time';
import { namedOperation, performRow } from './engine';

export interface ReadLegs {
	readonly legs: ReadonlyMap<string, Leg>;
	/** Every leg has a record, also those that the others name: the call is over. */
	readonly whole: boolean;
}

/** A call whose legs name always more of them is none. */
const MOST_ROUNDS = 8;

/**
 * Follows the names in records from leg to leg, until nothing new is named.
 * @param known of the call, from events
 * @throws NodeApiError
 */
export async function readLegs(
	known: ReadonlyMap<string, Leg>,
	accountId: string,
	transport: Transport,
): Promise<ReadLegs> {
	const legs = new Map(known);
	const recorded = new Set<string>();
	const asked = new Set<string>();
	const take = (records: readonly Record<string, unknown>[]): void => {
		for (const record of records) {
			const facts = factsOfCdr(record);
			if (facts === undefined || recorded.has(facts.id)) continue;
			recorded.add(facts.id);
			legs.set(facts.id, withFacts(legs.get(facts.id), facts));
		}
	};
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const interactions = new Set([...legs.values()].flatMap(({ interactionId }) => interactionId ?? []));
		const fresh = [...interactions].find((id) => !asked.has(id));
		const missing = namedIn(legs).find((id) => !recorded.has(id) && !asked.has(id));
		const next = fresh ?? missing;
		if (next === undefined) break;
		asked.add(next);
		take(
			fresh === undefined
				? await recordOf(next, legs.get(next), accountId, transport)
				: await interactionOf(fresh, accountId, transport),
		);
	}
	return { legs, whole: namedIn(legs).every((id) => recorded.has(id)) };
}

/** All legs that are known or named. */
function namedIn(legs: ReadonlyMap<string, Leg>): string[] {
	return [...new Set([...legs.values()].flatMap(({ id, others }) => [id, ...others]))];
}

async function interactionOf(interactionId: string, accountId: string, transport: Transport) {
	const named = namedOperation('cdr', 'getLegs', { path: { accountId, interactionId } });
	return (await performRow(named, transport)).records;
}

/** The record of a leg is kept by the month of its end; it is not there while the leg goes on. */
async function recordOf(id: string, leg: Leg | undefined, accountId: string, transport: Transport) {
	const now = gregorianNow();
	const months = new Set([leg?.endedAt ?? now, leg?.startedAt ?? now].map(monthOf));
	for (const month of months) {
		const named = namedOperation('cdr', 'get', { path: { accountId, cdrId: `${month}-${id}` } });
		const found = await performRow(named, transport).catch((error: unknown) => {
			if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
			throw error;
		});
		if (found) return found.records;
	}
	return [];
}

const monthOf = (seconds: number): string => isoFromGregorian(seconds).slice(0, 7).replace('-', '');
