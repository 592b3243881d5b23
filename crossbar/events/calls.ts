/** Calls and their legs, parking, recordings. */
import type { EventDetails } from './notation';
import { LEG, both, call, notification, object, parking } from './notation';

const ENDED = [
	...LEG,
	...['hangup_cause', 'hangup_code', 'duration_seconds', 'ringing_seconds', 'billing_seconds'],
];

export const calls = {
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
		// A phone's leg behind a loopback that bowed out ends marked as internal
		webhook: { hook: 'channel_destroy', needsInternalLegs: true },
		name: 'Call Ended',
		description: 'A leg of a call ended, with the reason and how long it took',
	},
	callMissed: {
		...call('channel_destroy', 'CHANNEL_DESTROY'),
		webhook: {
			hook: 'channel_destroy',
			alsoNeeds: ['channel_create', 'channel_bridge'],
			needsInternalLegs: true,
			told: 'ofCall',
		},
		live: { bindings: both('call.CHANNEL_CREATE.*', 'call.CHANNEL_BRIDGE.*', 'call.CHANNEL_DESTROY.*') },
		fields: ['reason', 'phones', 'answered_by_system', ...ENDED],
		name: 'Call Missed',
		description: 'A call ended and nobody had taken it; a call taken by voicemail is missed too. Once a call',
	},
	callFinished: {
		...call('channel_destroy', 'CHANNEL_DESTROY'),
		webhook: {
			hook: 'channel_destroy',
			alsoNeeds: ['channel_create', 'channel_answer', 'channel_bridge', 'parking'],
			alsoNeedsOf5: ['channel_hold', 'channel_unhold'],
			needsInternalLegs: true,
			told: 'ofCall',
		},
		live: {
			bindings: both(
				...['CREATE', 'ANSWER', 'BRIDGE', 'HOLD', 'UNHOLD', 'DESTROY'].map(
					(name) => `call.CHANNEL_${name}.*`,
				),
				...['call.PARK_PARKED.*', 'call.PARK_RETRIEVED.*'],
			),
		},
		fields: [
			...['id', 'direction', 'result', 'reason', 'started_at', 'from', 'dialed', 'answered_by'],
			...['waiting_seconds', 'talking_seconds', 'phones', 'transfers', 'recording_ids', 'voicemail_id'],
		],
		name: 'Call Finished',
		description:
			'A call is over: once a call, some seconds after its last leg, with who called, who answered, result and times',
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
		// Of the account's own binding for this type nothing comes: recordings lie in the database of the month
		live: { bindings: both('object.*.*'), name: 'doc_created', type: 'call_recording' },
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
} as const satisfies Readonly<Record<string, EventDetails>>;
