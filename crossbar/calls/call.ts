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
import type { Made } from './people';
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
	const rung: Leg[] = [];
	const joined: Leg[] = [];
	let endedAt = -Infinity;
	let cost = 0;
	for (const leg of ordered) {
		if (!leg.internal || root.internal) endedAt = Math.max(endedAt, endOf(leg));
		cost += leg.cost ?? 0;
		if (leg === root || leg.internal) continue;
		if (leg.direction === 'inbound') joined.push(leg);
		else rung.push(asForwarded(withoutCallers(leg, root), root, ordered));
	}
	const consults = joined.length === 0 ? joined : joined.filter((leg) => isConsult(leg, root, rung));
	const takers = rung.filter(talked);
	if (joined.length > 0) takers.push(...joined.filter((leg) => !consults.includes(leg) && talked(leg)));
	if (takers.length > 1) takers.sort((one, other) => answeredAt(one) - answeredAt(other));
	const [first] = takers;
	const taker = first === undefined ? undefined : { leg: first, party: takingParty(first) };
	const { result, reason, answeredBy } = outcomeOf({ root, taker, rung });
	const startedAt = startOf(root);
	const waitingUntil = first === undefined ? endOf(root) : answeredAt(first);
	const holds = ordered.some((leg) => leg.holds.length > 0) ? ordered.flatMap((leg) => leg.holds) : NOTHING;
	let talking = 0;
	for (const leg of takers) talking += talkingOf(leg);
	// Made field by field: of many thousand calls, objects that are only spread into others cost the most
	const made = { id: root.id } as Made<CallRecord>;
	const interaction = ordered.find(({ interactionId }) => interactionId)?.interactionId;
	if (interaction !== undefined) made.interaction_id = interaction;
	const account = extras.accountId ?? root.accountId;
	if (account !== undefined) made.account_id = account;
	made.direction = directionOf(root, rung);
	made.result = result;
	made.reason = reason;
	made.started_at = isoFromGregorian(startedAt);
	if (first !== undefined) made.answered_at = isoFromGregorian(answeredAt(first));
	made.ended_at = isoFromGregorian(endedAt);
	made.from = callerOf(root, rung, joined);
	if (root.direction !== 'outbound' && root.to !== undefined) made.dialed = root.to;
	if (answeredBy !== undefined) made.answered_by = answeredBy;
	made.waiting_seconds = Math.max(0, waitingUntil - startedAt);
	made.talking_seconds = talking;
	made.duration_seconds = Math.max(0, endedAt - startedAt);
	if (holds.length > 0) {
		made.holds = holds.length;
		made.hold_seconds = holdSeconds(holds, endedAt);
	}
	made.phones = rung.map(rungPhone);
	made.transfers = transfersOf(takers, rung, consults);
	const callflows = gathered(ordered, 'callflowIds');
	if (callflows.length > 0) made.callflow_ids = callflows;
	const queue = ordered.find(({ queueId }) => queueId)?.queueId;
	if (queue !== undefined) made.queue_id = queue;
	const slots = gathered(ordered, 'parkedIn');
	if (slots.length > 0) made.parking_slots = slots;
	if (result === 'abandoned' || root.cause === 'ORIGINATOR_CANCEL') made.hung_up_by = 'caller';
	const recordings = gathered(ordered, 'recordingIds');
	if (recordings.length > 0) made.recording_ids = recordings;
	if (cost > 0) made.cost = cost;
	if (extras.legs === true) made.legs = ordered.map(legRecord);
	return made;
}

const NOTHING: readonly never[] = [];

/** What the legs say, each once. */
function gathered(
	legs: readonly Leg[],
	field: 'callflowIds' | 'parkedIn' | 'recordingIds',
): readonly string[] {
	let all: readonly string[] = NOTHING;
	for (const { [field]: said } of legs)
		if (said.length > 0) all = all.length === 0 ? said : [...new Set([...all, ...said])];
	return all;
}

/** The leg on which somebody called. Without one (KAZOO called both sides) it is the first that rang. */
export function rootOf(legs: readonly Leg[]): Leg {
	return rootIn(inOrder(legs));
}

function rootIn(ordered: readonly Leg[]): Leg {
	const [earliest, next] = ordered;
	// As it is with nearly every call
	const isPlain = ordered.length === 2 && earliest?.direction === 'inbound' && !earliest.internal;
	if (isPlain && next?.direction === 'outbound') return earliest;
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
function inOrder(legs: readonly Leg[]): readonly Leg[] {
	if (legs.length < 2) return legs;
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

/**
 * A line that rings for an end of the switch's own, on behalf of who called, is where a phone forwards its calls to. Events
 * say so by themselves. Call records do not, and when that end has bowed out the line bears the phone that forwards.
 */
function asForwarded(leg: Leg, root: Leg, legs: readonly Leg[]): Leg {
	if (leg.forwarded || root.internal || root.direction !== 'inbound') return leg;
	if (!leg.outside && (leg.userId !== undefined || !isOutsideNumber(leg.to))) return leg;
	const isBehind = legs.some(({ id, internal }) => internal && leg.others.includes(id));
	return isBehind ? { ...leg, outside: true, forwarded: true, deviceId: undefined } : leg;
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
