/** From frames to items: which of the chosen events it is, once, with what a person wants to see. */
import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'crypto';

import type { Followed } from '../calls/followed';
import { FollowedCalls } from '../calls/followed';
import { MissedCalls } from '../calls/missedCall';
import { factsOfEvent } from '../calls/readEvent';
import type { EventValue, Generation } from '../events';
import { events, eventValues } from '../events';
import { Duplicates } from '../values/duplicates';
import { itemOf } from '../webhooks/delivery';
import type { EventFrame } from './frames';
import { legOf, payloadOf } from './payload';
import type { BindingValues } from './subscriptions';
import { bindingsOfEvent } from './subscriptions';

/** Told from several frames, not by one. */
const MISSED: EventValue = 'callMissed';
/** Milliseconds: overlapping bindings tell at once, a connection that takes over soon. */
const DUPLICATE_WINDOW = 300_000;
const MOST_DUPLICATES = 20_000;

/** Presence is subscribed by `presence.dialog.*` and comes as `dialog.*`. */
const PRESENCE = 'presence.';

export interface RecogniserOptions {
	/** Call Started and Call Answered: only the first of each call. */
	readonly oncePerCall?: boolean;
	/** Is told of each event of a call. */
	readonly onCall?: (call: Followed) => void;
}

/** Knows what one trigger wants, and what it had. */
export class Recogniser {
	/** Calls that go on. */
	readonly followed = new FollowedCalls();
	private readonly duplicates = new Duplicates(MOST_DUPLICATES);
	private readonly missedCalls = new MissedCalls();
	/** The chosen events, the most exactly described first. */
	private readonly chosen: readonly EventValue[];
	/** What gives an event a name that was chosen by its binding only ("Any Event"). */
	private readonly known: readonly EventValue[];
	private readonly bindings: ReadonlyMap<EventValue, ReadonlySet<string>>;
	private readonly tellsMissed: boolean;

	constructor(
		chosen: readonly EventValue[],
		generation: Generation,
		values: BindingValues,
		private readonly options: RecogniserOptions = {},
	) {
		this.tellsMissed = chosen.includes(MISSED);
		this.chosen = byExactness(chosen);
		this.known = byExactness(eventValues).filter((value) => exactness(value) > 0);
		this.bindings = new Map(
			chosen.map((value) => [value, new Set(bindingsOfEvent(value, generation, values))]),
		);
	}

	/**
	 * @param now milliseconds, Unix
	 * @returns the events that a frame means: none for one that came before or was not chosen
	 */
	recognise(frame: EventFrame, now: number): IDataObject[] {
		if (this.duplicates.has(keyOf(frame), DUPLICATE_WINDOW, now)) return [];
		const found: IDataObject[] = [];
		const value = this.chosen.find((candidate) => this.isMeant(candidate, frame));
		const isNew = this.follow(frame, value, now);
		if (value !== undefined && isNew) found.push(itemOf(this.nameOf(value, frame), payloadOf(frame)));
		if (this.tellsMissed) {
			const missed = this.missedCalls.see(legOf(frame), now);
			if (missed) found.push({ ...itemOf(MISSED, payloadOf(frame)), ...(missed as unknown as IDataObject) });
		}
		return found;
	}

	/** @returns whether an event is wanted of its call, which some are once */
	private follow(frame: EventFrame, value: EventValue | undefined, now: number): boolean {
		const { oncePerCall = false, onCall } = this.options;
		if (!oncePerCall && !onCall) return true;
		const facts = factsOfEvent(legOf(frame));
		const call = facts && this.followed.see(facts, now);
		if (call) onCall?.(call);
		if (!oncePerCall || (value !== 'callStarted' && value !== 'callAnswered')) return true;
		return call !== undefined && facts !== undefined && this.followed.isFirst(value, call, facts);
	}

	private isMeant(value: EventValue, frame: EventFrame): boolean {
		if (exactness(value) > 0) return describes(value, frame);
		const bindings = this.bindings.get(value);
		return (
			bindings?.has(frame.subscribedKey) === true || bindings?.has(PRESENCE + frame.subscribedKey) === true
		);
	}

	private nameOf(value: EventValue, frame: EventFrame): EventValue {
		if (!isAny(value)) return value;
		return this.known.find((candidate) => describes(candidate, frame)) ?? value;
	}
}

const isAny = (value: EventValue): boolean => events[value].webhook?.hook === 'all';

/** How many marks of a frame an event is described by; none where only its binding tells, and less for all events. */
function exactness(value: EventValue): number {
	const { name, event, type } = events[value].live ?? {};
	return isAny(value) ? -1 : [name, event, type].filter((mark) => mark !== undefined).length;
}

function byExactness(values: readonly EventValue[]): EventValue[] {
	return values
		.filter((value) => events[value].webhook?.told === undefined)
		.sort((a, b) => exactness(b) - exactness(a));
}

function describes(value: EventValue, { name, data }: EventFrame): boolean {
	const { live } = events[value];
	return (
		live !== undefined &&
		(live.name === undefined || live.name === name) &&
		(live.event === undefined || live.event === data.event) &&
		(live.type === undefined || live.type === data.type)
	);
}

/**
 * The same event by two bindings, or by two connections: alike to the last letter. Its `msg_id` does not make it one:
 * that of a call is the switch's clock in coarse steps, which legs that begin or end together share.
 */
function keyOf({ routingKey, name, data }: EventFrame): string {
	return createHash('sha1')
		.update(`${name} ${routingKey} ${JSON.stringify(data)}`)
		.digest('base64');
}
