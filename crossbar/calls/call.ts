/**
 * Makes a call out of its legs, whether they come from call records, webhooks or the websocket.
 *
 * The root is the leg on which somebody calls: inbound (into KAZOO) and not KAZOO's own, the first of them. Legs to
 * phones and lines are outbound. A call was taken by the legs besides the root on which somebody was: those to phones,
 * and inbound ones that fetched it (pick-up, parking). All times come from the ends of legs, since these are in every
 * source: a leg was answered as many seconds before its end as it has to be paid for.
 */
import { isoFromGregorian } from '../values/time';
import type { Leg } from './leg';
import { outcomeOf } from './outcome';
import { answeredAt, calledParty, callingParty, rungPhone, talked, talkingOf } from './people';
import type { CallDirection, CallRecord, LegRecord, Party } from './record';
import { takingParty, transfersOf } from './transfers';

/** What is known beside the legs. */
export interface CallExtras {
	readonly accountId?: string;
	/** Name all legs in the record. */
	readonly legs?: boolean;
}

/** @param legs of one call, at least one */
export function callOf(legs: readonly Leg[], extras: CallExtras = {}): CallRecord {
	const ordered = inOrder(legs);
	const root = rootIn(ordered);
	const others = ordered.filter((leg) => leg !== root && !leg.internal);
	const rung = others
		.filter(({ direction }) => direction !== 'inbound')
		.map((leg) => withoutCallers(leg, root));
	const joined = others.filter(({ direction }) => direction === 'inbound');
	const consults = joined.filter((leg) => isConsult(leg, root, rung));
	const takers = [...rung, ...joined.filter((leg) => !consults.includes(leg))]
		.filter(talked)
		.sort((a, b) => answeredAt(a) - answeredAt(b));
	const [first] = takers;
	const taker = first === undefined ? undefined : { leg: first, party: takingParty(first) };
	const { result, reason, answeredBy } = outcomeOf({ root, taker, rung });
	const startedAt = startOf(root);
	const endedAt = Math.max(...ordered.filter(({ internal }) => !internal || root.internal).map(endOf));
	const waitingUntil = first === undefined ? endOf(root) : answeredAt(first);
	const recordingIds = [...new Set(ordered.flatMap((leg) => leg.recordingIds))];
	const cost = ordered.reduce((sum, leg) => sum + (leg.cost ?? 0), 0);
	const holds = ordered.flatMap((leg) => leg.holds);
	return {
		id: root.id,
		...optional('interaction_id', ordered.find(({ interactionId }) => interactionId)?.interactionId),
		...optional('account_id', extras.accountId ?? root.accountId),
		direction: directionOf(root, rung),
		result,
		reason,
		started_at: isoFromGregorian(startedAt),
		...(first === undefined ? {} : { answered_at: isoFromGregorian(answeredAt(first)) }),
		ended_at: isoFromGregorian(endedAt),
		from: callerOf(root, rung, joined),
		...optional('dialed', root.direction === 'outbound' ? undefined : root.to),
		...optional('answered_by', answeredBy),
		waiting_seconds: Math.max(0, waitingUntil - startedAt),
		talking_seconds: takers.reduce((sum, leg) => sum + talkingOf(leg), 0),
		duration_seconds: Math.max(0, endedAt - startedAt),
		...(holds.length === 0 ? {} : { holds: holds.length, hold_seconds: holdSeconds(holds, endedAt) }),
		phones: rung.map(rungPhone),
		transfers: transfersOf(takers, rung, consults),
		...list('callflow_ids', [...new Set(ordered.flatMap(({ callflowIds }) => callflowIds))]),
		...optional('queue_id', ordered.find(({ queueId }) => queueId)?.queueId),
		...list('parking_slots', [...new Set(ordered.flatMap(({ parkedIn }) => parkedIn))]),
		...(root.cause === 'ORIGINATOR_CANCEL' ? { hung_up_by: 'caller' as const } : {}),
		...list('recording_ids', recordingIds),
		...(cost > 0 ? { cost } : {}),
		...(extras.legs === true ? { legs: ordered.map(legRecord) } : {}),
	};
}

/** The leg on which somebody called. Without one (KAZOO called both sides) it is the first that rang. */
export function rootOf(legs: readonly Leg[]): Leg {
	return rootIn(inOrder(legs));
}

function rootIn(ordered: readonly Leg[]): Leg {
	const inbound = ordered.filter(({ direction }) => direction === 'inbound');
	const real = inbound.filter(({ internal }) => !internal);
	const candidates = real.length > 0 ? real : inbound.length > 0 ? inbound : ordered;
	const first = candidates[0] as Leg;
	if (candidates[1] === undefined || startOf(candidates[1]) > startOf(first)) return first;
	const namedBy = ({ id }: Leg): number => ordered.filter(({ others }) => others.includes(id)).length;
	return candidates
		.filter((leg) => startOf(leg) === startOf(first))
		.reduce((best, leg) => (namedBy(leg) > namedBy(best) ? leg : best), first);
}

/** By their beginning; of those in the same second the one that the others name is the first. */
function inOrder(legs: readonly Leg[]): Leg[] {
	return [...legs].sort(
		(a, b) =>
			startOf(a) - startOf(b) ||
			Number(a.direction === 'outbound') - Number(b.direction === 'outbound') ||
			(a.id < b.id ? -1 : 1),
	);
}

/** The leg on which somebody who had the call asks another one before giving it on. */
function isConsult(leg: Leg, root: Leg, rung: readonly Leg[]): boolean {
	const isHolders = rung.some(
		(phone) => talked(phone) && phone.deviceId !== undefined && phone.deviceId === leg.deviceId,
	);
	return isHolders || (leg.deviceId !== undefined && leg.deviceId === root.deviceId);
}

/** A phone's leg behind a loopback that bowed out bears the phone that called: whose it was is not known then. */
function withoutCallers(leg: Leg, root: Leg): Leg {
	if (leg.outside || leg.deviceId === undefined || leg.deviceId !== root.deviceId) return leg;
	if (leg.userId === undefined || leg.userId === root.userId) return { ...leg, outside: true };
	return { ...leg, deviceId: undefined };
}

function directionOf(root: Leg, rung: readonly Leg[]): CallDirection {
	if (root.outside && root.direction !== 'outbound') return 'in';
	if (rung.some(({ outside, forwarded }) => outside && !forwarded)) return 'out';
	const tried = rung.length === 0 && root.direction === 'inbound' && isOutsideNumber(root.to);
	return tried || (root.direction === 'outbound' && root.outside) ? 'out' : 'internal';
}

/** More digits than an extension has. */
const isOutsideNumber = (dialed = ''): boolean => /^\+?\d{7,}$/.test(dialed);

/** Who fetches a call leaves a number of his own on the caller's leg: what the phones were shown is right then. */
function callerOf(root: Leg, rung: readonly Leg[], joined: readonly Leg[]): Party {
	// KAZOO called the caller first; what it showed is not the caller's
	if (root.direction === 'outbound') return calledParty(root);
	const isOverwritten = joined.some(
		({ callerNumber }) => callerNumber !== undefined && callerNumber === root.callerNumber,
	);
	if (!isOverwritten) return callingParty(root);
	const shown = rung.find(({ outside }) => !outside)?.callerNumber;
	return callingParty(root, root.outside ? (root.from ?? shown) : shown);
}

function holdSeconds(holds: Leg['holds'], end: number): number {
	return holds.reduce((sum, { from, to = end }) => sum + Math.max(0, to - from), 0);
}

const startOf = ({ startedAt, endedAt }: Leg): number => startedAt ?? endedAt ?? 0;
const endOf = ({ startedAt, endedAt }: Leg): number => endedAt ?? startedAt ?? 0;

function legRecord(leg: Leg): LegRecord {
	return {
		call_id: leg.id,
		...optional('direction', leg.direction),
		internal: leg.internal === true,
		...optional('started_at', leg.startedAt === undefined ? undefined : isoFromGregorian(leg.startedAt)),
		...optional('ended_at', leg.endedAt === undefined ? undefined : isoFromGregorian(leg.endedAt)),
		...optional('duration_seconds', leg.duration),
		...optional('billing_seconds', leg.billed),
		...optional('hangup_cause', leg.cause),
		...optional('user_id', leg.userId),
		...optional('device_id', leg.deviceId),
		other_leg_call_ids: [...leg.others],
	};
}

function optional<Name extends string, Value>(
	name: Name,
	value: Value | undefined,
): Partial<Record<Name, Value>> {
	return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

function list<Name extends string>(
	name: Name,
	values: readonly string[],
): Partial<Record<Name, readonly string[]>> {
	return optional(name, values.length === 0 ? undefined : values);
}
