/** Who is at the end of a leg, and what that leg did for the call. */
import { ELSEWHERE, isUnanswered, NO_ANSWER, NOT_THERE } from './causes';
import type { Leg } from './leg';
import type { Party, RungPhone } from './record';
import { isoFromGregorian } from '../values/time';

/** A record while it is made. */
export type Made<Of> = { -readonly [Field in keyof Of]: Of[Field] };

/** Whether somebody was on the line of a leg. Time is rounded: what ended normally within a second may have been answered. */
export function talked(leg: Leg): boolean {
	const cause = leg.cause ?? '';
	if ((leg.billed ?? 0) > 0) return !ELSEWHERE.has(cause);
	return leg.bridged === true && !isUnanswered(cause) && !ELSEWHERE.has(cause);
}

/** Gregorian seconds. Time to pay for can be rounded up to more than the leg lasted. */
export function answeredAt(leg: Leg): number {
	const started = leg.startedAt ?? leg.endedAt ?? 0;
	return Math.max(started, (leg.endedAt ?? started) - (leg.billed ?? 0));
}

/** Seconds. */
export function talkingOf(leg: Leg): number {
	return Math.min(leg.billed ?? 0, leg.duration ?? leg.billed ?? 0);
}

/** The person or line that a leg rang. What KAZOO calls the callee's number is often another's, so it counts for lines only. */
export function calledParty(leg: Leg): Made<Party> {
	if (leg.outside) return party('number', nameOf(leg.calleeName), leg.to ?? leg.calleeNumber);
	return withIds(party(leg.userId === undefined ? 'phone' : 'user', nameOf(leg.calleeName)), leg);
}

/** The person or line that called on a leg. */
export function callingParty(leg: Leg, number = leg.callerNumber): Party {
	const name = number === leg.callerNumber ? nameOf(leg.callerName) : undefined;
	if (leg.outside) return party('number', name, number ?? leg.from);
	return withIds(party(leg.userId === undefined ? 'phone' : 'user', name, number), leg);
}

// Made field by field: of many thousand calls, objects that are only spread into others cost the most
function withIds(made: Made<Party>, { userId, deviceId }: Leg): Made<Party> {
	if (userId !== undefined) made.user_id = userId;
	if (deviceId !== undefined) made.device_id = deviceId;
	return made;
}

function party(type: Party['type'], name?: string, number?: string): Made<Party> {
	const made: Made<Party> = { type };
	if (name !== undefined) made.name = name;
	if (number !== undefined) made.number = number;
	return made;
}

/** A number that stands where a name should is none; nor is what the switch calls a leg that it made itself. */
function nameOf(shown: string | undefined): string | undefined {
	return shown === undefined || /^[+\d\s()-]+$/.test(shown) || shown === 'Outbound Call' ? undefined : shown;
}

/** How it rang at a phone. */
export function rungPhone(leg: Leg): RungPhone {
	const started = leg.startedAt ?? leg.endedAt ?? 0;
	const result = ringResult(leg);
	const until = result === 'answered' ? answeredAt(leg) : (leg.endedAt ?? started);
	const phone = calledParty(leg) as Made<RungPhone>;
	phone.result = result;
	phone.started_at = isoFromGregorian(started);
	phone.rang_seconds = Math.max(0, until - started);
	phone.leg_id = leg.id;
	return phone;
}

function ringResult(leg: Leg): RungPhone['result'] {
	const cause = leg.cause ?? '';
	if (talked(leg)) return 'answered';
	if (ELSEWHERE.has(cause)) return 'elsewhere';
	if (cause === 'USER_BUSY') return 'busy';
	if (cause === 'CALL_REJECTED') return 'rejected';
	if (cause === 'ORIGINATOR_CANCEL') return 'canceled';
	if (NOT_THERE.has(cause)) return 'not_reachable';
	return NO_ANSWER.has(cause) || cause === 'NORMAL_CLEARING' ? 'no_answer' : 'failed';
}
