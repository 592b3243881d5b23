/** How a call went, and that in words. */
import { isUnanswered, NO_ANSWER, NOT_THERE } from './causes';
import type { Leg } from './leg';
import type { CallResult, Party } from './record';

export interface Outcome {
	readonly result: CallResult;
	readonly reason: string;
	readonly answeredBy?: Party;
}

export interface Parts {
	readonly root: Leg;
	/** The person or line that took it first. */
	readonly taker?: { readonly leg: Leg; readonly party: Party };
	/** Legs to phones and lines. */
	readonly rung: readonly Leg[];
}

/** A carrier's leg of a call whose phone forwards is where it was forwarded to. */
export function outcomeOf({ root, taker, rung }: Parts): Outcome {
	if (taker) {
		const who = nameOf(taker.party);
		return taker.leg.forwarded
			? { result: 'forwarded', reason: `Forwarded to ${who}`, answeredBy: taker.party }
			: { result: 'answered', reason: `Answered by ${who}`, answeredBy: taker.party };
	}
	const served = (root.billed ?? 0) > 0;
	const by = (type: Party['type']) => (served ? { answeredBy: { type } as Party } : {});
	const cause = root.cause ?? '';
	if (gaveUp(root, rung))
		return {
			result: 'abandoned',
			reason: 'The caller hung up before anybody answered',
			...by('system'),
		};
	if (served && root.conference)
		return { result: 'answered', reason: 'In a conference', answeredBy: { type: 'conference' } };
	if (served && rung.length === 0)
		return { result: 'answered', reason: 'Answered by KAZOO; no phone rang', ...by('system') };
	// What KAZOO itself took ends in many ways; why nobody else took it, the phones say
	const causes = served ? rung.flatMap(({ cause: one }) => one ?? []) : [cause];
	const unanswered = served ? { answeredBy: { type: 'system' } as Party } : {};
	return { ...ofCauses(causes, cause, rung.length), ...unanswered, ...(served ? missed(causes) : {}) };
}

/**
 * Whether the caller hung up while a phone rang: his leg says so, unless KAZOO had taken the call before, by a menu or a
 * queue; then the phones say it, whose ringing ended with his leg.
 */
export function gaveUp(root: Leg, rung: readonly Leg[]): boolean {
	if (root.cause === 'ORIGINATOR_CANCEL') return true;
	const end = root.endedAt ?? 0;
	return (
		root.cause === 'NORMAL_CLEARING' &&
		rung.some((leg) => leg.cause === 'ORIGINATOR_CANCEL' && Math.abs((leg.endedAt ?? 0) - end) <= 1)
	);
}

function missed(causes: readonly string[]): Partial<Outcome> {
	const busy = causes.length > 0 && causes.every((cause) => cause === 'USER_BUSY');
	return {
		result: 'missed',
		reason: busy ? 'The called phone was busy; KAZOO took the call' : 'Nobody answered; KAZOO took the call',
	};
}

function ofCauses(causes: readonly string[], own: string, rang: number): Pick<Outcome, 'result' | 'reason'> {
	if (causes.some((cause) => NO_ANSWER.has(cause))) return { result: 'missed', reason: 'Nobody answered' };
	if (causes.includes('USER_BUSY')) return { result: 'busy', reason: 'The called phone was busy' };
	if (causes.includes('CALL_REJECTED'))
		return { result: 'rejected', reason: 'The called phone rejected the call' };
	if (causes.some((cause) => NOT_THERE.has(cause)))
		return { result: 'not_reachable', reason: 'The called phone could not be reached' };
	if (own === 'NORMAL_CLEARING' || isUnanswered(own) || own === '')
		return {
			result: 'missed',
			reason: rang > 0 ? 'Nobody answered' : 'The call ended before anybody answered',
		};
	return { result: 'failed', reason: `KAZOO could not connect the call (${own})` };
}

function nameOf({ user_name, name, device_name, number, type }: Party): string {
	return user_name ?? name ?? device_name ?? number ?? (type === 'user' ? 'a user' : 'a phone');
}
