/**
 * What happens in KAZOO and can be told to us: the one list of events, in people's words, for all triggers, their
 * documentation (docs/events.md) and the sandbox's tests. A row says which webhook and which websocket binding carry
 * the event, and what a person sees of it.
 */

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
	/** The server does not accept `type` when the hook is made: it is set up for all types and sorted out here. */
	readonly unlisted?: true;
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
	readonly file?: 'voicemail' | 'fax' | 'recording';
}

/** Keys of payloads that must never become output: a new user's password, an account's API key, a link that resets a password. */
export const SECRET_FIELDS: readonly string[] = ['password', 'account_api_key', 'password_reset_link'];

const LEG = [
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
const ENDED = [
	...LEG,
	...['hangup_cause', 'hangup_code', 'duration_seconds', 'ringing_seconds', 'billing_seconds'],
];
const PARKED = ['call_id', 'parking_slot', 'caller_id_name', 'caller_id_number'];
const VOICEMAIL = [
	...['voicemail_box', 'voicemail_id', 'voicemail_length', 'voicemail_timestamp', 'voicemail_transcription'],
	...['caller_id_name', 'caller_id_number', 'call_id', 'to_user'],
];
const FAX = [
	...['fax_id', 'faxbox_id', 'fax_info', 'fax_timestamp', 'caller_id_name', 'caller_id_number'],
	...['callee_id_number', 'call_id', 'owner_id'],
];
const FAX_FAILED = [...FAX, 'fax_error', 'fax_result_code'];
const TEXT = ['id', 'from', 'to', 'body', 'origin', 'type'];
const OBJECT = ['id', 'type', 'action', 'account_id'];
const PORT = ['port_request_id', 'reason', 'authorized_by', 'account_id'];
const REGISTRATION = [
	...['username', 'realm', 'contact', 'user_agent', 'network_ip', 'network_port', 'expires'],
	...['authorizing_id', 'owner_id', 'event_timestamp'],
];
const MEMBER = [
	...['conference_id', 'participant_id', 'call_id', 'caller_id_name', 'caller_id_number'],
	...['conference_channel_vars', 'event'],
];

const both = (...bindings: string[]): LiveSource['bindings'] => ({ 4: bindings, 5: bindings });

function call(hook: HookKind, name: string, more: Partial<EventDetails> = {}) {
	return {
		group: 'Call',
		webhook: { hook },
		live: { bindings: both(`call.${name}.*`), name },
		fields: LEG,
		...more,
	} as const satisfies Partial<EventDetails>;
}

function parking(name: 'PARK_PARKED' | 'PARK_RETRIEVED' | 'PARK_ABANDONED') {
	return {
		group: 'Call',
		webhook: { hook: 'parking', eventName: name },
		live: { bindings: both(`call.${name}.*`), name },
		fields: PARKED,
	} as const satisfies Partial<EventDetails>;
}

function notification(group: EventGroup, type: string, fields: readonly string[]) {
	return { group, webhook: { hook: 'notifications', type }, fields } as const satisfies Partial<EventDetails>;
}

function object(group: EventGroup, action: ObjectAction, type?: string) {
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
function number(action: ObjectAction) {
	return {
		group: 'Number',
		webhook: { hook: 'object', action, type: 'number', unlisted: true },
		fields: ['id', 'action', 'account_id'],
	} as const satisfies Partial<EventDetails>;
}

/** KAZOO 5 has the event in the binding; KAZOO 4 sends all events of a conference, named in `data.event`. */
function conference(event: string, fields: readonly string[] = MEMBER) {
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

const all = {
	any: {
		name: 'Any Event',
		group: 'System',
		description: 'Everything that KAZOO tells: every leg of every call, every change, every notification',
		webhook: { hook: 'all' },
		live: { bindings: both('call.*.*', 'object.*.*', 'fax.status.*') },
		fields: ['event'],
	},
	callStarted: {
		...call('channel_create', 'CHANNEL_CREATE'),
		name: 'Call Started',
		description: 'A leg of a call began: a caller dialed, or a phone starts to ring',
	},
	callAnswered: {
		...call('channel_answer', 'CHANNEL_ANSWER'),
		name: 'Call Answered',
		description: 'A leg of a call was answered, by a person, a voicemail box or a menu',
	},
	callBridged: {
		...call('channel_bridge', 'CHANNEL_BRIDGE', {
			fields: [...LEG, 'original_number', 'other_leg_destination_number'],
		}),
		name: 'Call Bridged',
		description: 'Two legs were put together: two people talk',
	},
	callEnded: {
		...call('channel_destroy', 'CHANNEL_DESTROY', { fields: ENDED }),
		name: 'Call Ended',
		description: 'A leg of a call ended, with the reason and how long it took',
	},
	callMissed: {
		...call('channel_destroy', 'CHANNEL_DESTROY'),
		webhook: { hook: 'channel_destroy', alsoNeeds: ['channel_create', 'channel_bridge'] },
		live: { bindings: both('call.CHANNEL_CREATE.*', 'call.CHANNEL_BRIDGE.*', 'call.CHANNEL_DESTROY.*') },
		fields: ['reason', 'phones', 'answered_by_system', ...ENDED],
		name: 'Call Missed',
		description: 'A call ended and nobody had taken it; a call taken by voicemail is missed too. Once a call',
	},
	callHeld: {
		...call('channel_hold', 'CHANNEL_HOLD'),
		name: 'Call Held',
		description: 'Somebody put a call on hold',
		generations: [5],
	},
	callResumed: {
		...call('channel_unhold', 'CHANNEL_UNHOLD'),
		name: 'Call Resumed',
		description: 'A call on hold was taken up again',
		generations: [5],
	},
	callParked: {
		...parking('PARK_PARKED'),
		name: 'Call Parked',
		description: 'A call was put into a parking slot',
	},
	callRetrieved: {
		...parking('PARK_RETRIEVED'),
		name: 'Parked Call Retrieved',
		description: 'Somebody fetched a parked call',
	},
	callParkingAbandoned: {
		...parking('PARK_ABANDONED'),
		name: 'Parked Call Abandoned',
		description: 'The caller hung up in a parking slot',
	},
	recordingSaved: {
		...object('Call', 'doc_created', 'call_recording'),
		name: 'Call Recording Saved',
		description: 'The recording of a call is there',
		file: 'recording',
	},
	cdrCreated: {
		group: 'Call',
		webhook: { hook: 'cdr' },
		fields: ENDED,
		name: 'Call Detail Record Created',
		description: 'The record of a leg of a call was written',
		generations: [5],
	},
	streamStarted: {
		group: 'Call',
		webhook: { hook: 'stream', type: 'stream_start', eventName: 'stream_start' },
		live: { bindings: { 5: ['stream.start.*'] } },
		fields: ['call_id', 'stream_id', 'stream_name', 'timestamp'],
		name: 'Audio Stream Started',
		description: 'Pivot began to stream the sound of a call',
		generations: [5],
	},
	streamStopped: {
		group: 'Call',
		webhook: { hook: 'stream', type: 'stream_stop', eventName: 'stream_stop' },
		live: { bindings: { 5: ['stream.stop.*'] } },
		fields: ['call_id', 'stream_id', 'stream_name', 'reason', 'error_message', 'timestamp'],
		name: 'Audio Stream Stopped',
		description: 'The stream of the sound of a call ended',
		generations: [5],
	},
	emergencyCallPlaced: {
		...notification('Call', 'emergency_bridge', [
			...['call_id', 'emergency_caller_id_name', 'emergency_caller_id_number', 'account_id'],
		]),
		name: 'Emergency Call Placed',
		description: 'Somebody called the emergency number',
	},
	emergencyCallFailed: {
		...notification('Call', 'denied_emergency_bridge', [
			...['call_id', 'emergency_caller_id_name', 'emergency_caller_id_number', 'account_id'],
		]),
		name: 'Emergency Call Failed',
		description: 'A call to the emergency number could not be placed',
	},
	voicemailReceived: {
		...notification('Voicemail', 'voicemail_new', VOICEMAIL),
		live: object('Voicemail', 'doc_created', 'mailbox_message').live,
		name: 'Voicemail Received',
		description: 'A caller left a message in a voicemail box',
		file: 'voicemail',
	},
	voicemailSaved: {
		...notification('Voicemail', 'voicemail_saved', VOICEMAIL),
		name: 'Voicemail Saved',
		description: 'A message was put into the folder of new messages of a voicemail box',
		file: 'voicemail',
	},
	voicemailDeleted: {
		...object('Voicemail', 'doc_deleted', 'mailbox_message'),
		name: 'Voicemail Deleted',
		description: 'A message was deleted from a voicemail box',
	},
	voicemailBoxFull: {
		...notification('Voicemail', 'voicemail_full', ['voicemail_box', 'message_count', 'max_message_count']),
		name: 'Voicemail Box Full',
		description: 'A caller could not leave a message because the box is full',
	},
	faxReceived: {
		...notification('Fax', 'inbound_fax', FAX),
		live: object('Fax', 'doc_created', 'fax').live,
		name: 'Fax Received',
		description: 'A fax came in',
		file: 'fax',
	},
	faxReceiveFailed: {
		...notification('Fax', 'inbound_fax_error', FAX_FAILED),
		name: 'Fax Not Received',
		description: 'A fax could not be received',
	},
	faxSent: {
		...notification('Fax', 'outbound_fax', [...FAX, 'fax_jobid']),
		name: 'Fax Sent',
		description: 'A fax arrived at the other end',
		file: 'fax',
	},
	faxFailed: {
		...notification('Fax', 'outbound_fax_error', [...FAX_FAILED, 'fax_jobid']),
		name: 'Fax Failed',
		description: 'A fax could not be sent',
	},
	faxEmailRefused: {
		...notification('Fax', 'outbound_smtp_fax_error', [
			...['fax_from_email', 'fax_to_email', 'errors', 'faxbox_id', 'faxbox_name', 'number', 'timestamp'],
		]),
		name: 'Fax Email Refused',
		description: 'An email that was to be sent as a fax could not be one',
	},
	faxProgress: {
		group: 'Fax',
		live: { bindings: both('fax.status.*') },
		fields: ['fax_id', 'job_id', 'direction', 'fax_state', 'status', 'fax_info', 'faxbox_id', 'timestamp'],
		name: 'Fax Progress',
		description: 'A fax that is being sent or received gets on: started, page by page, ended',
	},
	smsReceived: {
		group: 'Message',
		webhook: { hook: 'sms' },
		fields: TEXT,
		name: 'SMS Received',
		description: 'A text message came in from outside',
	},
	mmsReceived: {
		group: 'Message',
		webhook: { hook: 'mms' },
		fields: TEXT,
		name: 'MMS Received',
		description: 'A picture message came in from outside',
	},
	objectCreated: {
		...object('Object', 'doc_created'),
		name: 'Object Created',
		description: 'A user, device, callflow, account or another object was created',
	},
	objectChanged: {
		...object('Object', 'doc_edited'),
		name: 'Object Changed',
		description: 'A user, device, callflow, account or another object was changed',
	},
	objectDeleted: {
		...object('Object', 'doc_deleted'),
		name: 'Object Deleted',
		description: 'A user, device, callflow, account or another object was deleted',
	},
	numberAdded: {
		...number('doc_created'),
		name: 'Number Added',
		description: 'A phone number was added to an account',
	},
	numberChanged: {
		...number('doc_edited'),
		name: 'Number Changed',
		description: 'The settings or the state of a phone number changed',
	},
	numberRemoved: {
		...number('doc_deleted'),
		name: 'Number Removed',
		description: 'A phone number was removed',
	},
	callerNameRequested: {
		...notification('Number', 'cnam_request', ['number', 'cnam', 'number_state', 'acquired_for']),
		name: 'Caller Name Requested',
		description: 'A number is to show another name when it calls (CNAM)',
	},
	numberFeatureByHand: {
		...notification('Number', 'number_feature_manual_action', ['number', 'feature', 'account_id']),
		name: 'Number Feature Needs Work',
		description: 'A feature of a number has to be set up by hand at the carrier',
	},
	portSubmitted: {
		...notification('Port Request', 'port_request', PORT),
		name: 'Port Request Submitted',
		description: 'A port request was submitted',
	},
	portPending: {
		...notification('Port Request', 'port_pending', PORT),
		name: 'Port Request Pending',
		description: 'A port request went to the losing carrier',
	},
	portScheduled: {
		...notification('Port Request', 'port_scheduled', PORT),
		name: 'Port Request Scheduled',
		description: 'The day of a port is fixed',
	},
	portRejected: {
		...notification('Port Request', 'port_rejected', PORT),
		name: 'Port Request Rejected',
		description: 'A port request was refused',
	},
	portUnconfirmed: {
		...notification('Port Request', 'port_unconfirmed', PORT),
		name: 'Port Request Unconfirmed',
		description: 'A port request waits to be submitted',
	},
	portCanceled: {
		...notification('Port Request', 'port_cancel', PORT),
		name: 'Port Request Canceled',
		description: 'A port request was called off',
	},
	portCompleted: {
		...notification('Port Request', 'ported', PORT),
		name: 'Port Request Completed',
		description: 'The numbers of a port request are here',
	},
	portCommented: {
		...notification('Port Request', 'port_comment', ['port_request_id', 'comment', 'authorized_by']),
		name: 'Port Request Commented',
		description: 'Somebody wrote a comment on a port request',
	},
	accountCreated: {
		...notification('Account', 'new_account', ['account_id', 'account_name', 'account_realm']),
		name: 'Account Created',
		description: 'A new account is there',
	},
	userCreated: {
		...notification('Account', 'new_user', ['user_id', 'account_id']),
		name: 'User Created',
		description: 'A new user is there',
	},
	passwordRecovery: {
		...notification('Account', 'password_recovery', ['user_id', 'email', 'first_name', 'last_name']),
		name: 'Password Recovery Requested',
		description: 'Somebody asked for a new password',
	},
	firstOccurrence: {
		...notification('Account', 'first_occurrence', ['occurrence', 'account_id']),
		name: 'First Registration or Call',
		description: 'For the first time a phone of an account registered, or a call was made',
	},
	zoneChanged: {
		...notification('Account', 'account_zone_change', ['zones', 'account_id']),
		name: 'Account Zone Changed',
		description: 'An account moved to another zone',
	},
	balanceLow: {
		...notification('Account', 'low_balance', ['current_balance', 'account_id']),
		name: 'Balance Low',
		description: 'The balance of an account fell below its threshold',
	},
	billDue: {
		...notification('Account', 'bill_reminder', ['due_date', 'items', 'account_id']),
		name: 'Bill Due',
		description: 'A bill is due soon',
	},
	paymentMade: {
		...notification('Account', 'transaction', ['success', 'amount', 'currency_code', 'response', 'id']),
		name: 'Payment Made',
		description: 'A payment was made or tried',
	},
	toppedUp: {
		...notification('Account', 'topup', ['success', 'amount', 'currency_code', 'response', 'id']),
		name: 'Account Topped Up',
		description: 'The balance was topped up on its own; KAZOO sends it up to release 4.2',
	},
	servicesChanged: {
		...notification('Account', 'service_added', ['items', 'audit_log', 'timestamp', 'account_id']),
		name: 'Services Changed',
		description: 'What an account pays for has changed',
	},
	customerUpdate: {
		...notification('Account', 'customer_update', ['recipient_id', 'user_type', 'template_id', 'databag']),
		name: 'Customer Update Sent',
		description: 'A message goes out to customers',
	},
	deviceRegistered: {
		...notification('Device', 'register', REGISTRATION),
		name: 'Device Registered',
		description: 'A phone that was away registered',
	},
	deviceUnregistered: {
		...notification('Device', 'deregister', REGISTRATION),
		name: 'Device Unregistered',
		description: 'The registration of a phone ran out',
	},
	callflowWebhook: {
		...notification('Callflow', 'webhook', ['hook', 'data', 'timestamp', 'account_id']),
		name: 'Webhook Step Reached',
		description: 'A call came to a Webhook step of a callflow',
	},
	callflowNotification: {
		...notification('Callflow', 'cf_notification', [
			...['template_id', 'comments', 'caller_id_name', 'caller_id_number', 'call_id', 'timestamp'],
		]),
		name: 'Notification Step Reached',
		description: 'A call came to a step of a callflow that sends a notification of its own',
	},
	missedCallAlert: {
		...notification('Callflow', 'missed_call', [
			...['caller_id_name', 'caller_id_number', 'call_id', 'message_left', 'notify', 'to_user', 'timestamp'],
		]),
		name: 'Missed Call Alert',
		description: 'A Missed Call Alert step of a callflow spoke up; Call Missed works without such a step',
	},
	conferenceStarted: {
		...conference('conference-create', ['conference_id', 'instance_id', 'event']),
		name: 'Conference Started',
		description: 'The first caller entered a conference',
	},
	conferenceEnded: {
		...conference('conference-destroy', ['conference_id', 'instance_id', 'event']),
		name: 'Conference Ended',
		description: 'The last caller left a conference',
	},
	participantJoined: {
		...conference('add-member'),
		name: 'Participant Joined',
		description: 'Somebody entered a conference',
	},
	participantLeft: {
		...conference('del-member'),
		name: 'Participant Left',
		description: 'Somebody left a conference',
	},
	participantTalks: {
		...conference('start-talking'),
		name: 'Participant Talks',
		description: 'Somebody in a conference began to talk',
	},
	participantSilent: {
		...conference('stop-talking'),
		name: 'Participant Silent',
		description: 'Somebody in a conference stopped talking',
	},
	participantMuted: {
		...conference('mute-member'),
		name: 'Participant Muted',
		description: 'Somebody in a conference was muted',
	},
	participantUnmuted: {
		...conference('unmute-member'),
		name: 'Participant Unmuted',
		description: 'Somebody in a conference can be heard again',
	},
	conferenceLocked: {
		...conference('lock', ['conference_id', 'event']),
		name: 'Conference Locked',
		description: 'Nobody can enter a conference any more',
	},
	conferenceUnlocked: {
		...conference('unlock', ['conference_id', 'event']),
		name: 'Conference Unlocked',
		description: 'A locked conference can be entered again',
	},
	presenceChanged: {
		group: 'Presence',
		live: { bindings: both('presence.dialog.*', 'presence.update.*') },
		fields: ['presence_id', 'state', 'call_id', 'direction', 'from', 'to'],
		name: 'Presence Changed',
		description: 'A phone rings, talks or is free again',
	},
	messageCountChanged: {
		group: 'Presence',
		live: { bindings: both('presence.mwi_updates.{user}') },
		fields: ['to', 'messages_waiting', 'messages_new', 'messages_saved'],
		name: 'Message Count Changed',
		description: 'The lamp of waiting messages of a phone went on or off',
	},
	webhookDisabled: {
		...notification('System', 'webhook_disabled', ['hook_id', 'account_id']),
		name: 'Webhook Disabled',
		description: 'KAZOO switched a webhook off after failed deliveries; offered to the system administrator',
	},
	systemAlert: {
		...notification('System', 'system_alert', ['subject', 'message', 'details', 'module']),
		name: 'System Alert',
		description: 'KAZOO reports a problem of its own; offered to the system administrator',
	},
} as const satisfies Readonly<Record<string, EventDetails>>;

/** The value of an event in parameters and output: `callMissed`. */
export type EventValue = keyof typeof all;

/** All events by their value, in the order of the pickers. */
export const events: Readonly<Record<EventValue, EventDetails>> = all;

/** The values, in the order of the pickers. */
export const eventValues = Object.keys(all) as EventValue[];

/** Whether a text is the value of an event. */
export function isEvent(value: unknown): value is EventValue {
	return typeof value === 'string' && Object.hasOwn(all, value);
}
