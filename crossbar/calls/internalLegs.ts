/**
 * Which legs are KAZOO's own: `loopback` legs that join its parts, not a phone and not a line.
 *
 * `is_internal_leg` of an event alone does not tell: when a loopback bows out between a phone and its caller, the
 * phone's leg has the mark from then on, and its end is the end of a phone's leg (seen on a real KAZOO). How the leg
 * began decides; where that was not seen, a leg that was answered, has both addresses and did not bow out is a phone's.
 */
import { plainText } from '../values/records';

export interface MarkedLeg {
	readonly hook_event?: unknown;
	readonly call_id?: unknown;
	readonly is_internal_leg?: unknown;
	readonly from?: unknown;
	readonly to?: unknown;
	readonly hangup_cause?: unknown;
	/** Seconds. */
	readonly billing_seconds?: unknown;
}

const MOST_LEGS = 20_000;

/** Remembers how legs began, the newest of them. */
export class InternalLegs {
	private readonly began = new Map<string, boolean>();

	constructor(private readonly most = MOST_LEGS) {}

	/** Whether the leg of this event is KAZOO's own; to be asked for every event. */
	isInternal(event: MarkedLeg): boolean {
		const id = plainText(event.call_id);
		const marked = event.is_internal_leg === true;
		if (event.hook_event === 'channel_create') this.remember(id, marked);
		const internal = this.began.get(id) ?? (marked && !isPhones(event));
		if (event.hook_event === 'channel_destroy') this.began.delete(id);
		return internal;
	}

	private remember(id: string, internal: boolean): void {
		this.began.set(id, internal);
		for (const oldest of this.began.keys()) {
			if (this.began.size <= this.most) break;
			this.began.delete(oldest);
		}
	}
}

function isPhones({ hook_event, from, to, hangup_cause, billing_seconds }: MarkedLeg): boolean {
	return (
		hook_event === 'channel_destroy' &&
		hangup_cause !== 'BOWOUT' &&
		Number(billing_seconds) > 0 &&
		[from, to].every((address) => typeof address === 'string' && address !== '')
	);
}
