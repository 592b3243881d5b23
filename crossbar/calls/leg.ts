/** A leg of a call: one phone, one line, or one of KAZOO's own ends, from wherever it is known. */

/** What one source says about a leg; everything but its id may be missing. Times are Gregorian seconds. */
export interface LegFacts {
	readonly id: string;
	readonly direction?: 'inbound' | 'outbound';
	/** One of KAZOO's own (`loopback`). */
	readonly internal?: boolean;
	/** Ids of other legs, of a bridge or of an interaction: whatever shares one is one call. */
	readonly links: readonly string[];
	/** Legs that it says it is or was put together with. */
	readonly others: readonly string[];
	readonly interactionId?: string;
	readonly accountId?: string;
	readonly startedAt?: number;
	readonly endedAt?: number;
	/** Seconds. */
	readonly duration?: number;
	/** Seconds that somebody or something was on the line. */
	readonly billed?: number;
	/** User parts of the addresses. */
	readonly from?: string;
	readonly to?: string;
	readonly callerName?: string;
	readonly callerNumber?: string;
	readonly calleeName?: string;
	readonly calleeNumber?: string;
	readonly deviceId?: string;
	readonly userId?: string;
	/** It goes over a carrier. */
	readonly outside?: boolean;
	/** It rings elsewhere for a phone whose calls are forwarded. */
	readonly forwarded?: boolean;
	readonly cause?: string;
	/** The call was bridged with this leg. */
	readonly bridged?: boolean;
	readonly conference?: boolean;
	readonly queueId?: string;
	readonly callflowId?: string;
	/** What a transfer dialed. */
	readonly referredTo?: string;
	readonly parkedIn?: string;
	readonly heldAt?: number;
	readonly resumedAt?: number;
	readonly recordingIds?: readonly string[];
	/** In the unit of the server's call records. */
	readonly cost?: number;
	/** An event told its beginning; a call record does not set it. */
	readonly begun?: boolean;
	/** An event told its end. */
	readonly over?: boolean;
}

/** What is not taken as it is, but put together. */
type Gathered =
	| 'links'
	| 'others'
	| 'callflowId'
	| 'referredTo'
	| 'heldAt'
	| 'resumedAt'
	| 'parkedIn'
	| 'recordingIds';
type Plain = Omit<LegFacts, Gathered>;

/** What all sources together say about it. */
export interface Leg extends Plain {
	readonly others: readonly string[];
	readonly callflowIds: readonly string[];
	readonly referredTo: readonly string[];
	readonly parkedIn: readonly string[];
	readonly holds: ReadonlyArray<{ readonly from: number; readonly to?: number }>;
	readonly recordingIds: readonly string[];
}

const NOTHING: readonly never[] = [];

/** @returns the leg with what one more source says */
export function withFacts(leg: Leg | undefined, facts: LegFacts): Leg {
	const callflows = together(leg?.callflowIds, facts.callflowId);
	const referred = together(leg?.referredTo, facts.referredTo);
	const parked = together(leg?.parkedIn, facts.parkedIn);
	return joined(leg ?? facts, facts, {
		others: leg === undefined ? facts.others : facts.others.reduce(together, leg.others),
		callflowIds: callflows,
		referredTo: referred,
		parkedIn: parked,
		recordingIds: (facts.recordingIds ?? NOTHING).reduce(together, leg?.recordingIds ?? NOTHING),
		holds: holdsOf(leg?.holds ?? NOTHING, facts.heldAt, facts.resumedAt),
	});
}

/** The leg of a list with its whole record, which goes before. */
export function withWhole(listed: Leg, whole: Leg): Leg {
	// What the whole one says comes first and last
	return joined(joined(whole, listed, whole), whole, {
		...whole,
		recordingIds: whole.recordingIds.reduce(together, listed.recordingIds),
	});
}

/**
 * What a leg is called by at its end stays; what it was at its beginning is not overwritten by what came later.
 * Written out as one object: it is done for each of many thousand legs.
 */
function joined(known: Plain, said: Plain, gathered: Pick<Leg, Exclude<keyof Leg, keyof Plain>>): Leg {
	const startedAt = known.startedAt ?? said.startedAt;
	const duration = said.duration ?? known.duration;
	// How long it lasted is in every source
	const isOver = startedAt !== undefined && duration !== undefined;
	return {
		id: known.id,
		direction: known.direction ?? said.direction,
		internal: known.internal ?? said.internal,
		interactionId: known.interactionId ?? said.interactionId,
		accountId: known.accountId ?? said.accountId,
		startedAt,
		endedAt: isOver ? startedAt + duration : (said.endedAt ?? known.endedAt),
		duration,
		billed: said.billed ?? known.billed,
		from: known.from ?? said.from,
		to: known.to ?? said.to,
		callerName: known.callerName ?? said.callerName,
		callerNumber: known.callerNumber ?? said.callerNumber,
		calleeName: said.calleeName ?? known.calleeName,
		calleeNumber: said.calleeNumber ?? known.calleeNumber,
		deviceId: known.deviceId ?? said.deviceId,
		userId: known.userId ?? said.userId,
		outside: known.outside ?? said.outside,
		forwarded: known.forwarded ?? said.forwarded,
		cause: said.cause ?? known.cause,
		bridged: known.bridged === true || said.bridged === true,
		conference: known.conference === true || said.conference === true,
		queueId: known.queueId ?? said.queueId,
		cost: said.cost ?? known.cost,
		begun: known.begun === true || said.begun === true,
		over: known.over === true || said.over === true,
		others: gathered.others,
		callflowIds: gathered.callflowIds,
		referredTo: gathered.referredTo,
		parkedIn: gathered.parkedIn,
		holds: gathered.holds,
		recordingIds: gathered.recordingIds,
	};
}

function together(list: readonly string[] = NOTHING, value?: string): readonly string[] {
	return value === undefined || list.includes(value) ? list : [...list, value];
}

function holdsOf(holds: Leg['holds'], heldAt?: number, resumedAt?: number): Leg['holds'] {
	if (heldAt !== undefined)
		return holds.some(({ from }) => from === heldAt) ? holds : [...holds, { from: heldAt }];
	const last = holds.at(-1);
	if (resumedAt === undefined || last === undefined || last.to !== undefined) return holds;
	return [...holds.slice(0, -1), { ...last, to: resumedAt }];
}
