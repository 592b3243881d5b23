/** From whom to whom a call went, told by the times of its legs: KAZOO's records say no more than that, and often less. */
import { isoFromGregorian } from '../values/time';
import type { Leg } from './leg';
import { answeredAt, calledParty, callingParty, talked, talkingOf } from './people';
import type { Party, Transfer } from './record';

/** Seconds: a leg that ended so long before the next one began was not there any more. */
const ROUNDING = 1;

/** The end of a leg that took the call: an inbound one fetched it. */
export function takingParty(leg: Leg): Party {
	return leg.direction === 'inbound' ? callingParty(leg) : calledParty(leg);
}

/**
 * @param takers the legs that people took the call on, in the order they did
 * @param rung all legs to phones
 * @param consults legs on which somebody who had the call asked another one first
 */
export function transfersOf(
	takers: readonly Leg[],
	rung: readonly Leg[],
	consults: readonly Leg[],
): Transfer[] {
	const [first] = takers;
	if (first === undefined) return [];
	// Of nearly every call: one took it, and nobody else was rung
	if (takers.length === 1 && rung.length === 1 && rung[0] === first) return [];
	const next = takers.slice(1);
	const done = next.map((leg, index) => transfer(leg, takers[index] ?? first, consults));
	const failed = rung.filter(
		(leg) => !talked(leg) && leg.cause !== 'LOSE_RACE' && leg.cause !== 'PICKED_OFF',
	);
	const vain = failed.flatMap((leg) => {
		const before = takers.filter((taker) => answeredAt(taker) <= startOf(leg)).at(-1);
		const left = before !== undefined && (before.endedAt ?? 0) <= startOf(leg) + ROUNDING;
		return left ? [transfer(leg, before, consults)] : [];
	});
	return [...done, ...vain].sort((a, b) => a.at.localeCompare(b.at));
}

function transfer(leg: Leg, before: Leg, consults: readonly Leg[]): Transfer {
	const asked = consults.some((consult) => startOf(consult) <= startOf(leg) + ROUNDING);
	const overlaps = (before.endedAt ?? 0) > answeredAt(leg) + ROUNDING;
	const type = leg.direction === 'inbound' ? 'retrieved' : asked || overlaps ? 'attended' : 'blind';
	return {
		type,
		at: isoFromGregorian(talked(leg) ? answeredAt(leg) : startOf(leg)),
		by: takingParty(before),
		to: takingParty(leg),
		answered: talked(leg),
		talking_seconds: talked(leg) ? talkingOf(leg) : 0,
	};
}

const startOf = ({ startedAt, endedAt }: Leg): number => startedAt ?? endedAt ?? 0;
