/**
 * Tells missed calls from the events of their legs, without a step in anybody's callflow.
 *
 * A call is a tree of legs. Its root is the leg on which somebody calls: `call_direction` "inbound" (into KAZOO), not
 * internal, and not itself called by another leg. Legs to phones are "outbound" and name the leg they ring for in
 * `other_leg_call_id`, perhaps over internal `loopback` legs. When the root ends (`channel_destroy`), the call is
 *
 * 1. not missed, if somebody took it: the root or a leg of its tree was bridged with a real leg, be it a phone that
 *    rang, a phone that picked the call up, or one that fetched it from parking. What happens after that (transfer,
 *    hold, parking) does not make it missed. A bridge with an internal leg alone is none: voicemail may be behind it.
 *    Nor is one that only let the caller hear how it rings elsewhere: the other leg, or the root, ends unanswered.
 * 2. not missed, if the events before were not seen but the root itself tells of a conversation: it has
 *    `billing_seconds` and another leg that did not end unanswered, or it ended by a transfer.
 * 3. missed, if it came from outside. Answered by voicemail, a menu or a parking slot is still missed: the root then
 *    has `billing_seconds` (`answered_by_system`) but was never bridged.
 * 4. missed, if it came from a phone here and a phone here rang. A call to the outside world is nobody's missed call,
 *    nor is a feature code that answered (`*11`, which pages phones). If no phone rang, only a call to an extension
 *    counts that ended unanswered; dialing a feature code (`*97`), one's own voicemail or a menu does not.
 *
 * The phones of a queue's agents name the call they ring for in a channel variable.
 *
 * It is said once a call, when the root ends, however many phones rang.
 *
 * What it cannot know: whether a caller from outside was served by a machine (a conference, a fax, an announcement):
 * that is no bridge, so it counts as missed unless only calls that rang a phone are asked for. Whether a mobile's own
 * voicemail took a forwarded call: that is a bridge. What a call from another account of the same KAZOO is, when it
 * comes on internal legs alone. And what happened while nobody listened: then rules 2 and 4 work with less.
 */

import { GOES_ON, isUnanswered, NO_ANSWER } from './causes';
import { channelVar, text } from './payload';

/** What a leg's event says, by the names of webhook payloads; everything may be missing. */
export interface LegEvent {
	readonly hook_event?: unknown;
	readonly call_id?: unknown;
	readonly other_leg_call_id?: unknown;
	readonly call_direction?: unknown;
	readonly is_internal_leg?: unknown;
	readonly call_forwarded?: unknown;
	readonly authorizing_type?: unknown;
	readonly authorizing_id?: unknown;
	readonly owner_id?: unknown;
	readonly callee_id_name?: unknown;
	readonly callee_id_number?: unknown;
	readonly local_resource_id?: unknown;
	readonly custom_channel_vars?: unknown;
	readonly from?: unknown;
	readonly to?: unknown;
	readonly hangup_cause?: unknown;
	/** Seconds. */
	readonly billing_seconds?: unknown;
}

/** A phone that rang for the call. */
export interface Phone {
	readonly call_id: string;
	/** The device. */
	readonly authorizing_id?: string;
	/** The user. */
	readonly owner_id?: string;
	readonly callee_id_name?: string;
	readonly callee_id_number?: string;
	hangup_cause?: string;
}

export type MissedReason = 'no_answer' | 'busy' | 'rejected' | 'abandoned' | 'not_reached';

/** What is said about a missed call beside the event that ended it. */
export interface MissedCall {
	readonly reason: MissedReason;
	/** Voicemail, a menu or a parking slot took the call, but no person. */
	readonly answered_by_system: boolean;
	readonly from_outside: boolean;
	/** The phones that rang, as far as their events arrived. */
	readonly phones: readonly Phone[];
}

/** What is remembered of a leg. */
interface Leg {
	/** The leg at the root of its call: itself, if it is one. */
	readonly root: string;
	readonly internal: boolean;
	/** Milliseconds, Unix. */
	readonly since: number;
	/** It ended with no time to pay for. */
	unbilled?: true;
	/** It ended as only a leg ends that nobody answered. */
	unanswered?: true;
	/** Root: the legs that the call was put through to. */
	readonly takers: string[];
	/** Root: already judged. */
	ended?: true;
	/** A leg to the outside world that is no forwarding. */
	readonly outgoing?: boolean;
	readonly phone?: Phone;
}

export interface MissedCallOptions {
	/** Legs remembered at most; the oldest are forgotten first. */
	readonly most?: number;
	/** Milliseconds after which a leg is forgotten. */
	readonly longest?: number;
}

const MOST_LEGS = 5000;
const LONGEST_CALL = 12 * 3_600_000;

/** Follows calls by the events of their legs: `channel_create`, `channel_bridge`, `channel_destroy` in any number. */
export class MissedCalls {
	private readonly legs = new Map<string, Leg>();
	private readonly most: number;
	private readonly longest: number;

	constructor({ most = MOST_LEGS, longest = LONGEST_CALL }: MissedCallOptions = {}) {
		this.most = most;
		this.longest = longest;
	}

	/** Legs remembered now. */
	get size(): number {
		return this.legs.size;
	}

	/**
	 * @param now milliseconds, Unix
	 * @returns the missed call that ended with this event
	 */
	see(event: LegEvent, now: number): MissedCall | undefined {
		const id = text(event.call_id);
		if (id === undefined) return undefined;
		this.forget(now);
		switch (event.hook_event) {
			case 'channel_create':
				this.leg(id, event, now);
				return undefined;
			case 'channel_bridge':
				this.bridged(id, event, now);
				return undefined;
			case 'channel_destroy':
				return this.ended(id, event, now);
			default:
				return undefined;
		}
	}

	/** The leg, remembered from now on if it was not. */
	private leg(id: string, event: LegEvent, now: number): Leg {
		const known = this.legs.get(id);
		if (known) return known;
		const other = text(event.other_leg_call_id) ?? channelVar(event, 'Member-Call-ID');
		const internal = event.is_internal_leg === true;
		const isCalled = event.call_direction === 'outbound' || internal || this.legs.has(other ?? '');
		const root = isCalled && other !== undefined ? (this.legs.get(other)?.root ?? other) : id;
		const rings = event.call_direction === 'outbound' && !internal;
		const leg: Leg = {
			root,
			internal,
			since: now,
			takers: [],
			...(rings ? { outgoing: leavesKazoo(event), phone: phoneOf(id, event) } : {}),
		};
		this.legs.set(id, leg);
		return leg;
	}

	/** A call is taken when a leg that is neither its root nor internal is put together with one of its legs. */
	private bridged(id: string, event: LegEvent, now: number): void {
		const other = text(event.other_leg_call_id);
		// The event of a bridge names both legs whatever their order: it makes neither the root of the other
		const first = this.legs.get(id) ?? this.leg(id, { ...event, other_leg_call_id: undefined }, now);
		if (other === undefined) return;
		const roots = new Set([first.root, this.legs.get(other)?.root ?? other]);
		for (const root of roots) {
			const takers = [id, other].filter((leg) => leg !== root && this.legs.get(leg)?.internal !== true);
			if (takers.length === 0) continue;
			const call = this.legs.get(root) ?? { root, internal: false, since: now, takers: [] };
			call.takers.push(...takers);
			this.legs.set(root, call);
		}
	}

	private ended(id: string, event: LegEvent, now: number): MissedCall | undefined {
		const leg = this.legs.get(id) ?? this.leg(id, this.withoutStrangers(event), now);
		if (leg.phone) leg.phone.hangup_cause = text(event.hangup_cause);
		if (!isBilled(event)) leg.unbilled = true;
		if (endedUnanswered(event)) leg.unanswered = true;
		if (leg.root !== id || leg.internal || leg.ended || event.call_direction !== 'inbound') return undefined;
		leg.ended = true;
		return this.judge(id, event, leg);
	}

	/** An inbound leg whose beginning was not seen names the phone it talked to, which is not what it was called by. */
	private withoutStrangers(event: LegEvent): LegEvent {
		return event.call_direction === 'inbound' && event.is_internal_leg !== true
			? { ...event, other_leg_call_id: undefined }
			: event;
	}

	private judge(id: string, event: LegEvent, leg: Leg): MissedCall | undefined {
		if (this.wasTaken(leg) || this.talked(event)) return undefined;
		const called = [...this.legs.values()].filter(({ root, phone }) => root === id && phone);
		const fromOutside = comesFromOutside(event);
		const rang = called.some(({ outgoing }) => outgoing !== true) && !isFeature(event);
		const counts = fromOutside || rang || (called.length === 0 && triedExtension(event));
		if (!counts) return undefined;
		const phones = called.flatMap(({ phone }) => (phone ? [phone] : []));
		return {
			reason: reasonOf(event, phones),
			answered_by_system: isBilled(event),
			from_outside: fromOutside,
			phones,
		};
	}

	/** Whether somebody was there: a caller may also be put through to what a carrier plays while it rings. */
	private wasTaken({ takers, unanswered }: Leg): boolean {
		return unanswered !== true && takers.some((id) => this.legs.get(id)?.unanswered !== true);
	}

	/** What the root itself says about a conversation, for when its bridge was not seen. */
	private talked(event: LegEvent): boolean {
		if (GOES_ON.has(text(event.hangup_cause) ?? '')) return true;
		const other = text(event.other_leg_call_id);
		if (other === undefined || !isBilled(event)) return false;
		const leg = this.legs.get(other);
		return leg?.internal !== true && leg?.unbilled !== true;
	}

	/** Map keeps the order in which legs came, so the oldest are first. */
	private forget(now: number): void {
		for (const [id, { since }] of this.legs) {
			if (this.legs.size <= this.most && now - since <= this.longest) return;
			this.legs.delete(id);
		}
	}
}

function isBilled({ billing_seconds }: LegEvent): boolean {
	return Number(billing_seconds) > 0;
}

/** Time is rounded: what ends normally within a second may have been answered. */
function endedUnanswered(event: LegEvent): boolean {
	const cause = text(event.hangup_cause) ?? '';
	return !isBilled(event) && isUnanswered(cause);
}

function reasonOf(event: LegEvent, phones: readonly Phone[]): MissedReason {
	const cause = text(event.hangup_cause);
	// After voicemail or a menu the root ended normally; why nobody took the call, the phones say
	const causes = cause === undefined || (isBilled(event) && cause !== 'ORIGINATOR_CANCEL') ? [] : [cause];
	const rung = phones.flatMap((phone) => phone.hangup_cause ?? []);
	const all = causes.length > 0 ? causes : rung;
	if (all.includes('ORIGINATOR_CANCEL')) return 'abandoned';
	if (all.some((entry) => NO_ANSWER.has(entry))) return 'no_answer';
	if (all.includes('USER_BUSY')) return 'busy';
	if (all.includes('CALL_REJECTED')) return 'rejected';
	// A caller who hangs up while it rings may end normally, too
	return all.length === 0 || all.every((entry) => entry === 'NORMAL_CLEARING') ? 'no_answer' : 'not_reached';
}

/** A carrier brought the call. */
function comesFromOutside(event: LegEvent): boolean {
	const type = text(event.authorizing_type);
	const resource = channelVar(event, 'Resource-Type');
	if (type === 'resource' || resource === 'offnet-origination') return true;
	if (type !== undefined) return false;
	return text(event.owner_id) === undefined && channelVar(event, 'Channel-Authorized') === undefined;
}

/** A leg over a carrier that the caller asked for; a phone that forwards its calls still rang. */
function leavesKazoo(event: LegEvent): boolean {
	if (event.call_forwarded === true || channelVar(event, 'Call-Forwarded') === 'true') return false;
	return (
		channelVar(event, 'Resource-Type') === 'offnet-termination' ||
		channelVar(event, 'E164-Destination') !== undefined ||
		text(event.authorizing_type) === 'resource' ||
		(text(event.local_resource_id) ?? channelVar(event, 'Local-Resource-ID')) !== undefined
	);
}

/** Nobody's phone is known to have rung: an extension was dialed, and the call ended as calls to people do. */
function triedExtension(event: LegEvent): boolean {
	return /^\d{2,6}$/.test(dialed(event)) && endedUnanswered(event);
}

/** A code was dialed and KAZOO answered it. */
function isFeature(event: LegEvent): boolean {
	return dialed(event).startsWith('*') && isBilled(event);
}

const dialed = ({ to }: LegEvent): string => (text(to) ?? '').split('@')[0] ?? '';

function phoneOf(id: string, event: LegEvent): Phone {
	const phone: Record<string, string> = { call_id: id };
	for (const name of ['authorizing_id', 'owner_id', 'callee_id_name', 'callee_id_number'] as const) {
		const value = text(event[name]);
		if (value !== undefined) phone[name] = value;
	}
	return phone as unknown as Phone;
}
