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
}

/** What all sources together say about it. */
export interface Leg
	extends Omit<
		LegFacts,
		'links' | 'others' | 'callflowId' | 'referredTo' | 'heldAt' | 'resumedAt' | 'parkedIn' | 'recordingIds'
	> {
	readonly links: ReadonlySet<string>;
	readonly others: ReadonlySet<string>;
	readonly callflowIds: readonly string[];
	readonly referredTo: readonly string[];
	readonly parkedIn: readonly string[];
	readonly holds: ReadonlyArray<{ readonly from: number; readonly to?: number }>;
	readonly recordingIds: readonly string[];
}

/** What a leg is called by at its end stays; what it was at its beginning is not overwritten by what came later. */
const LATEST = ['endedAt', 'duration', 'billed', 'cause', 'calleeName', 'calleeNumber', 'cost'] as const;

/** @returns the leg with what one more source says */
export function withFacts(leg: Leg | undefined, facts: LegFacts): Leg {
	const { links, others, callflowId, referredTo, parkedIn, heldAt, resumedAt, recordingIds, ...rest } = facts;
	const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
	const later = Object.fromEntries(LATEST.filter((name) => name in known).map((name) => [name, known[name]]));
	const { startedAt, duration }: Pick<LegFacts, 'startedAt' | 'duration'> = { ...known, ...leg, ...later };
	const isOver = startedAt !== undefined && duration !== undefined;
	return {
		...known,
		...leg,
		...later,
		id: facts.id,
		// How long it lasted is in every source
		...(isOver ? { endedAt: startedAt + duration } : {}),
		links: new Set([...(leg?.links ?? []), ...links]),
		others: new Set([...(leg?.others ?? []), ...others]),
		bridged: leg?.bridged === true || facts.bridged === true,
		conference: leg?.conference === true || facts.conference === true,
		callflowIds: together(leg?.callflowIds, callflowId),
		referredTo: together(leg?.referredTo, referredTo),
		parkedIn: together(leg?.parkedIn, parkedIn),
		recordingIds: (recordingIds ?? []).reduce<readonly string[]>(together, leg?.recordingIds ?? []),
		holds: holdsOf(leg?.holds ?? [], heldAt, resumedAt),
	};
}

function together(list: readonly string[] = [], value?: string): readonly string[] {
	return value === undefined || list.includes(value) ? list : [...list, value];
}

function holdsOf(holds: Leg['holds'], heldAt?: number, resumedAt?: number): Leg['holds'] {
	if (heldAt !== undefined) return [...holds, { from: heldAt }];
	const last = holds.at(-1);
	if (resumedAt === undefined || last === undefined || last.to !== undefined) return holds;
	return [...holds.slice(0, -1), { ...last, to: resumedAt }];
}
