/** What a row of the list of events may hold, and the forms that most rows have. */

/** A generation of KAZOO: 4 is everything up to 2600hz/kazoo master, 5 is KAZOO 5. */
export type Generation = 4 | 5;

/** What a webhook (`hook`) can be set up for; `all` gets everything. */
export type HookKind =
	| 'all'
	| 'channel_create'
	| 'channel_answer'
	| 'channel_bridge'
	| 'channel_destroy'
	| 'channel_hold'
	| 'channel_unhold'
	| 'parking'
	| 'object'
	| 'notifications'
	| 'sms'
	| 'mms'
	| 'cdr'
	| 'stream';

/** What has to be done to an object. */
export type ObjectAction = 'doc_created' | 'doc_edited' | 'doc_deleted';

/** How a webhook carries an event. */
export interface HookSource {
	readonly hook: HookKind;
	/** `custom_data.type`: the notification, or the type of object. */
	readonly type?: string;
	/** `custom_data.action` of an object. */
	readonly action?: ObjectAction;
	/** `event_name` of the payload, where one hook carries several events (parking, stream). */
	readonly eventName?: string;
	/** More hooks whose events it takes to tell this one. */
	readonly alsoNeeds?: readonly HookKind[];
	/** The same, of those that only KAZOO 5 has. */
	readonly alsoNeedsOf5?: readonly HookKind[];
	/** It takes KAZOO's own legs, too, to tell it. */
	readonly needsInternalLegs?: true;
	/** No payload is this event: it is told from those of a whole call. */
	readonly told?: 'ofCall';
	/** The server does not accept `type` when the hook is made: it is set up for all types and sorted out here. */
	readonly unlisted?: true;
	/** KAZOO calls the address that a person wrote into a step of a callflow: no webhook is set up. */
	readonly step?: true;
}

/**
 * How the websocket (Blackhole) carries an event. One binding a frame; `account_id` beside it is the own account or
 * one below it, the binding stays the same. Placeholders in braces are filled in by the person: `{conferenceId}`,
 * `{user}`.
 */
export interface LiveSource {
	readonly bindings: { readonly [Key in Generation]?: readonly string[] };
	/** `name` of the frame (`CHANNEL_CREATE`, `doc_created`, `dialog` ...). */
	readonly name?: string;
	/** `data.event` of the frame: conferences. */
	readonly event?: string;
	/** `data.type` of the frame: objects. */
	readonly type?: string;
}

/** How events are put together in pickers and in the documentation. */
export type EventGroup =
	| 'Call'
	| 'Voicemail'
	| 'Fax'
	| 'Message'
	| 'Object'
	| 'Number'
	| 'Port Request'
	| 'Account'
	| 'Device'
	| 'Callflow'
	| 'Conference'
	| 'Presence'
	| 'System';

/** A file that belongs to an event. */
export type EventFile = 'voicemail' | 'receivedFax' | 'sentFax' | 'recording';

/** One event. */
export interface EventDetails {
	/** Title Case, as a person would say it. */
	readonly name: string;
	readonly group: EventGroup;
	/** When it happens, without the final dot. */
	readonly description: string;
	readonly webhook?: HookSource;
	readonly live?: LiveSource;
	/** Generations whose webhooks carry it; both when left out. */
	readonly generations?: readonly Generation[];
	/** Fields of the payload that people look for, most important first. */
	readonly fields: readonly string[];
	/** The recording or document that belongs to it and can be downloaded. */
	readonly file?: EventFile;
}

export const LEG = [
	...[
		'call_id',
		'call_direction',
		'caller_id_name',
		'caller_id_number',
		'callee_id_name',
		'callee_id_number',
	],
	...['from', 'to', 'authorizing_id', 'owner_id', 'other_leg_call_id', 'is_internal_leg', 'timestamp'],
] as const;
export const PARKED = ['call_id', 'parking_slot', 'caller_id_name', 'caller_id_number'];
export const OBJECT = ['id', 'type', 'action', 'account_id'];
export const MEMBER = [
	...['conference_id', 'participant_id', 'call_id', 'caller_id_name', 'caller_id_number'],
	...['conference_channel_vars', 'event'],
];

/** The same bindings for both generations. */
export const both = (...bindings: string[]): LiveSource['bindings'] => ({ 4: bindings, 5: bindings });

/** An event of the leg of a call. */
export function call(hook: HookKind, name: string, more: Partial<EventDetails> = {}) {
	return {
		group: 'Call',
		webhook: { hook },
		live: { bindings: both(`call.${name}.*`), name },
		fields: LEG,
		...more,
	} as const satisfies Partial<EventDetails>;
}

/** An event of a parking slot. */
export function parking(name: 'PARK_PARKED' | 'PARK_RETRIEVED' | 'PARK_ABANDONED') {
	return {
		group: 'Call',
		webhook: { hook: 'parking', eventName: name },
		live: { bindings: both(`call.${name}.*`), name },
		fields: PARKED,
	} as const satisfies Partial<EventDetails>;
}

/** An event that KAZOO also has an email for. */
export function notification(group: EventGroup, type: string, fields: readonly string[]) {
	return { group, webhook: { hook: 'notifications', type }, fields } as const satisfies Partial<EventDetails>;
}

/** Something was done to an object. */
export function object(group: EventGroup, action: ObjectAction, type?: string) {
	return {
		group,
		webhook: { hook: 'object', action, ...(type === undefined ? {} : { type }) },
		live: {
			bindings: both(`object.${action}.${type ?? '*'}`),
			name: action,
			...(type === undefined ? {} : { type }),
		},
		fields: OBJECT,
	} as const satisfies Partial<EventDetails>;
}

/** Numbers are objects too, but neither the list of types of a hook nor the websocket knows them. */
export function number(action: ObjectAction) {
	return {
		group: 'Number',
		webhook: { hook: 'object', action, type: 'number', unlisted: true },
		fields: ['id', 'action', 'account_id'],
	} as const satisfies Partial<EventDetails>;
}

/** KAZOO 5 has the event in the binding; KAZOO 4 sends all events of a conference, named in `data.event`. */
export function conference(event: string, fields: readonly string[] = MEMBER) {
	return {
		group: 'Conference',
		live: {
			bindings: {
				4: ['conference.event.{conferenceId}.*'],
				5: [`conference.event.${event}.{conferenceId}.*`],
			},
			event,
		},
		fields,
	} as const satisfies Partial<EventDetails>;
}
