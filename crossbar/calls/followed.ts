/**
 * Follows calls by the events of their legs until they are over. Pure: whoever uses it knows the time and waits.
 *
 * Bounded: legs of calls that still go on, of which those that were quiet for longest are forgotten first, and for some
 * minutes the names of calls that are over, so that what comes late of them begins no call.
 */
import type { Group } from './groups';
import { Groups, isWhole } from './groups';
import type { Leg, LegFacts } from './leg';

/** A call after an event of one of its legs. */
export interface Followed {
	/** The account whose call it is; none where events do not say. */
	readonly accountId?: string;
	readonly group: Group;
	/** Counts the events of the call: another one has come if it is not the same any more. */
	readonly moment: number;
}

export interface FollowOptions {
	/** Legs at most. */
	readonly most?: number;
	/** Milliseconds without an event after which a call is forgotten. */
	readonly longest?: number;
}

const MOST_LEGS = 20_000;
const LONGEST_SILENCE = 24 * 3_600_000;
/** Milliseconds for which the names of a call that is over are known. */
const REMEMBERED = 900_000;

interface State {
	readonly accountId?: string;
	moment: number;
	/** Milliseconds, Unix: of the last event. */
	at: number;
	legs: number;
}

/** The calls of one trigger. */
export class FollowedCalls {
	/** An account's calls are its own, also where two accounts of a server call one another. */
	private readonly accounts = new Map<string, Groups>();
	/** In the order of their last events. */
	private readonly states = new Map<Group, State>();
	/** Until when (milliseconds, Unix) the legs of a call that is over are known. */
	private readonly past = new Map<string, number>();
	private legs = 0;
	private moments = 0;
	private readonly most: number;
	private readonly longest: number;

	constructor({ most = MOST_LEGS, longest = LONGEST_SILENCE }: FollowOptions = {}) {
		this.most = most;
		this.longest = longest;
	}

	/** Legs remembered now. */
	get size(): number {
		return this.legs;
	}

	/**
	 * @param now milliseconds, Unix
	 * @returns the call as it is now; nothing for what comes late of a call that is over
	 */
	see(facts: LegFacts, now: number): Followed | undefined {
		this.forget(now);
		const { accountId } = facts;
		const place = (name: string): string => `${accountId ?? ''} ${name}`;
		if ([facts.id, ...facts.links].some((name) => this.past.has(place(name)))) return undefined;
		const groups = this.accounts.get(accountId ?? '') ?? new Groups((part) => this.drop(part));
		this.accounts.set(accountId ?? '', groups);
		const group = groups.add(facts);
		const moment = ++this.moments;
		this.drop(group);
		this.states.set(group, { accountId, moment, at: now, legs: group.legs.size });
		this.legs += group.legs.size;
		return { accountId, group, moment };
	}

	/** Whether nothing was heard of the call since. */
	isLatest({ group, moment }: Followed): boolean {
		return this.states.get(group)?.moment === moment;
	}

	/**
	 * Whether something is said of the call for the first time. Of a call that began before anybody listened its
	 * beginning is not said: a leg to a phone names one that is not known then.
	 */
	isFirst(what: string, { group }: Followed, facts: LegFacts): boolean {
		if (group.told.includes(what)) return false;
		const isLater = facts.direction === 'outbound' && facts.others.some((id) => !group.legs.has(id));
		if (what === BEGINNING && isLater) return false;
		group.told.push(what);
		return true;
	}

	/** The call is over and was said: what comes late of it is none. @param now milliseconds, Unix */
	end({ accountId, group }: Followed, now: number): void {
		this.drop(group);
		this.accounts.get(accountId ?? '')?.delete(group);
		for (const name of group.names) this.past.set(`${accountId ?? ''} ${name}`, now + REMEMBERED);
	}

	private drop(group: Group): void {
		this.legs -= this.states.get(group)?.legs ?? 0;
		this.states.delete(group);
	}

	/** The oldest are first. */
	private forget(now: number): void {
		for (const [name, until] of this.past) {
			if (until > now && this.past.size <= this.most) break;
			this.past.delete(name);
		}
		for (const [group, { accountId, at }] of this.states) {
			if (this.legs < this.most && now - at <= this.longest) return;
			this.drop(group);
			this.accounts.get(accountId ?? '')?.delete(group);
		}
	}
}

/** What is said of a call first. */
const BEGINNING = 'callStarted';

/** Whether every leg that is known has ended. */
export function isEnded(legs: Iterable<Leg>): boolean {
	return [...legs].every(({ endedAt }) => endedAt !== undefined);
}

/** Whether all of a call was seen: each leg's beginning and end, and every leg that another one names. */
export function isSeenWhole(group: Pick<Group, 'legs'>): boolean {
	return (
		isWhole(group) && [...group.legs.values()].every(({ begun, over }) => begun === true && over === true)
	);
}

/** The leg that ended last, the same from everywhere. */
export function lastOf(legs: Iterable<Leg>): Leg | undefined {
	return [...legs].reduce<Leg | undefined>((last, leg) => {
		if (last === undefined) return leg;
		const later = (leg.endedAt ?? 0) - (last.endedAt ?? 0);
		return later > 0 || (later === 0 && leg.id > last.id) ? leg : last;
	}, undefined);
}
