/** What a call is, as people know it: the item that all sources of calls give. Docs: docs/calls.md. */

/** How a call went. */
export type CallResult =
	| 'answered'
	| 'missed'
	| 'voicemail'
	| 'busy'
	| 'rejected'
	| 'abandoned'
	| 'failed'
	| 'forwarded'
	| 'not_reachable';

export const callResults: readonly CallResult[] = [
	...(['answered', 'missed', 'voicemail', 'busy', 'rejected'] as const),
	...(['abandoned', 'failed', 'forwarded', 'not_reachable'] as const),
];

export type CallDirection = 'in' | 'out' | 'internal';

/** Somebody or something at one end of a call. What the records do not tell is left out. */
export interface Party {
	/** `system`: KAZOO itself, by a menu, an announcement, voicemail ...; which one the records do not tell. */
	readonly type: 'user' | 'phone' | 'number' | 'conference' | 'voicemail' | 'system';
	/** As it was shown, or as KAZOO's lists have it. */
	readonly name?: string;
	readonly number?: string;
	readonly user_id?: string;
	readonly user_name?: string;
	readonly device_id?: string;
	readonly device_name?: string;
}

/** A phone, or a line, that rang. */
export interface RungPhone extends Party {
	readonly result:
		| 'answered'
		| 'elsewhere'
		| 'no_answer'
		| 'busy'
		| 'rejected'
		| 'canceled'
		| 'failed'
		| 'not_reachable';
	/** ISO. */
	readonly started_at: string;
	readonly rang_seconds: number;
	readonly leg_id: string;
}

/** The call went from one person to the next. */
export interface Transfer {
	/** `retrieved`: fetched, from a parking slot for example. */
	readonly type: 'blind' | 'attended' | 'retrieved';
	/** ISO. */
	readonly at: string;
	/** Who had the call before. */
	readonly by: Party;
	readonly to: Party;
	readonly answered: boolean;
	readonly talking_seconds: number;
}

/** One leg, for who asks. */
export interface LegRecord {
	readonly call_id: string;
	readonly direction?: 'inbound' | 'outbound';
	readonly internal: boolean;
	readonly started_at?: string;
	readonly ended_at?: string;
	readonly duration_seconds?: number;
	readonly billing_seconds?: number;
	readonly hangup_cause?: string;
	readonly user_id?: string;
	readonly device_id?: string;
	readonly other_leg_call_ids: readonly string[];
}

export interface CallRecord {
	/** The id of the leg on which somebody called: the same from every source. */
	readonly id: string;
	readonly interaction_id?: string;
	readonly account_id?: string;
	readonly direction: CallDirection;
	readonly result: CallResult;
	/** The result in words. */
	readonly reason: string;
	/** ISO. */
	readonly started_at: string;
	/** ISO: when a person took it. */
	readonly answered_at?: string;
	/** ISO. */
	readonly ended_at: string;
	/** Who called. n8n refuses a `caller` in its expressions. */
	readonly from: Party;
	readonly dialed?: string;
	/** The first who took it; those after are in `transfers`. */
	readonly answered_by?: Party;
	/** Until a person took it, or until it ended. */
	readonly waiting_seconds: number;
	/** With people, all of them together. */
	readonly talking_seconds: number;
	readonly duration_seconds: number;
	readonly holds?: number;
	readonly hold_seconds?: number;
	readonly phones: readonly RungPhone[];
	readonly transfers: readonly Transfer[];
	readonly callflow_ids?: readonly string[];
	readonly callflow_names?: readonly string[];
	readonly queue_id?: string;
	readonly queue_name?: string;
	readonly parking_slots?: readonly string[];
	readonly hung_up_by?: 'caller';
	readonly recording_ids?: readonly string[];
	readonly voicemail_id?: string;
	readonly voicemail_box_id?: string;
	readonly cost?: number;
	readonly legs?: readonly LegRecord[];
}
