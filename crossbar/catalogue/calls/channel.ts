import type { Field } from '../notation';
import { operation, resource } from '../notation';
import { command, mediaToPlay, metaflowRows } from './channelMetaflows';
import { soundRows } from './channelSound';

const path = '/accounts/{accountId}/channels';
const one = `${path}/{channelId}` as const;

const transferType: Field = {
	type: 'choice',
	label: 'Transfer Type',
	options: [
		{ value: 'attended', label: 'Attended', description: 'Speak with the target first' },
		{ value: 'blind', label: 'Blind', description: 'Hand the call over at once' },
	],
	default: 'blind',
	wire: 'transfer-type',
};

const autoAnswer: Field = {
	type: 'boolean',
	label: 'Auto Answer',
	description: 'Whether the phone that is rung answers by itself, where it can',
};

const canCallSelf: Field = {
	type: 'boolean',
	label: 'Can Call Self',
	description: 'Whether other phones of the same person are rung too',
	default: true,
};

const unbridgedOnly: Field = {
	type: 'boolean',
	label: 'Unbridged Only',
	description: 'Whether only a call that nobody has answered yet is taken',
	default: true,
};

export const channel = resource({
	value: 'channel',
	name: 'Channel',
	description: 'Calls that are up now: see, transfer, hold, record, play to and end them',
	keywords: [
		'active call',
		'live call',
		'call control',
		'transfer call',
		'hang up',
		'hold',
		'mute',
		'pick up call',
		'call leg',
	],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many channels',
			alias: 'active calls',
			description: 'List the call legs that are up now, with both parties, direction and age',
			hint: 'KAZOO 4 fails in the scope System as soon as there are calls; take all sub-accounts instead',
			returns: 'records',
			unpaged: true,
			scopes: {
				user: '/accounts/{accountId}/users/{userId}/channels',
				device: '/accounts/{accountId}/devices/{deviceId}/channels',
				group: '/accounts/{accountId}/groups/{groupId}/channels',
				system: '/channels',
			},
			simple: [
				'uuid',
				'interaction_id',
				'direction',
				'answered',
				'destination',
				'presence_id',
				'username',
				'owner_id',
				'authorizing_id',
				'authorizing_type',
				'other_leg',
				'is_onhold',
				'elapsed_s',
				'timestamp',
			],
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get channel',
			description: 'Read who is on a call leg, whom it is connected to, for how long, and if it is on hold',
			simple: [
				'call_id',
				'call_direction',
				'answered',
				'caller_id_name',
				'caller_id_number',
				'callee_id_name',
				'callee_id_number',
				'destination',
				'other_leg_call_id',
				'owner_id',
				'authorizing_id',
				'is_on_hold',
				'elapsed_seconds',
				'timestamp',
			],
		}),
		operation(`POST ${one}`, {
			value: 'transfer',
			name: 'Transfer',
			action: 'Transfer or park call',
			description: 'Connect the other side of a call to another extension or number',
			hint: 'For a call that is connected. KAZOO 4 transfers attended, whatever Transfer Type says: the target is spoken to first',
			always: { action: 'transfer' },
			body: {
				target: {
					type: 'text',
					label: 'Target',
					description: 'Extension or number to connect to; the number of a parking slot parks the call',
					placeholder: 'e.g. 1002',
					required: true,
				},
				transferType,
				moh: {
					...mediaToPlay('Music on Hold', 'moh'),
					description: 'Played while the target is being called',
				},
				leg: {
					type: 'text',
					label: 'Transfer Leg',
					description: 'Which leg is transferred, if not this one',
				},
			},
			...command,
			effect: 'connectedElsewhere',
		}),
		operation(`POST ${one}`, {
			value: 'hangUp',
			name: 'Hang Up',
			action: 'Hang up call',
			description: 'End a call at once, whoever is on it',
			hint: 'Take the leg of the caller: on KAZOO 4 the leg of the one who was called was seen to stay',
			always: { action: 'hangup' },
			...command,
			effect: 'ended',
		}),
		operation(`POST ${one}`, {
			value: 'break',
			name: 'Stop Playing',
			action: 'Stop playing to call',
			description: 'Cut short what is being played or said on a call',
			always: { action: 'break' },
			...command,
		}),
		operation(`POST ${one}`, {
			value: 'runCallflow',
			name: 'Send to Callflow',
			action: 'Send call to callflow',
			description: 'Let a callflow take a call over, such as a menu or a queue',
			hint: 'KAZOO 4 says yes and was not seen to do it',
			always: { action: 'callflow' },
			body: {
				callflow: { type: 'locator', parameter: 'callflowId', label: 'Callflow', required: true, wire: 'id' },
				captures: {
					type: 'text',
					label: 'Captures',
					description: 'What a callflow pattern would have caught from the dialed number',
				},
				collected: {
					type: 'text',
					label: 'Collected Digits',
					description: 'Digits as if the caller had dialed them',
				},
			},
			...command,
			effect: 'connectedElsewhere',
		}),
		operation(`POST ${one}`, {
			value: 'intercept',
			name: 'Intercept',
			action: 'Intercept call',
			description: 'Take a call away from where it rings to a user or phone',
			always: { action: 'intercept' },
			body: {
				targetType: {
					type: 'choice',
					label: 'Who Gets the Call',
					options: [
						{ value: 'device', label: 'Device' },
						{ value: 'user', label: 'User' },
					],
					default: 'user',
					required: true,
				},
				targetUser: {
					type: 'locator',
					parameter: 'userId',
					label: 'User',
					required: true,
					wire: 'target_id',
					when: { field: 'targetType', is: 'user' },
				},
				targetDevice: {
					type: 'locator',
					parameter: 'deviceId',
					label: 'Device',
					required: true,
					wire: 'target_id',
					when: { field: 'targetType', is: 'device' },
				},
				unbridgedOnly,
			},
			...command,
			effect: 'targetRings',
		}),
		operation(`POST ${one}`, {
			value: 'move',
			name: 'Move',
			action: 'Move call to another phone',
			description: 'Move a running call from one phone of a user to another',
			always: { action: 'move' },
			body: {
				owner: {
					type: 'locator',
					parameter: 'userId',
					label: 'User',
					description: 'Whose phones are rung',
					wire: 'owner_id',
				},
				device: {
					type: 'locator',
					parameter: 'deviceId',
					label: 'Device',
					description: 'The one phone that is rung',
					wire: 'device_id',
				},
				autoAnswer,
				canCallSelf,
				dialStrategy: {
					type: 'choice',
					label: 'Dial Strategy',
					options: [
						{ value: 'simultaneous', label: 'All at Once' },
						{ value: 'single', label: 'One After Another' },
					],
					default: 'simultaneous',
				},
				timeout: { type: 'number', label: 'Timeout (Seconds)', min: 1, decimals: 0 },
			},
			version: 5,
			...command,
			effect: 'connectedElsewhere',
		}),
		operation(`POST ${one}`, {
			value: 'startRecording',
			name: 'Start Recording',
			action: 'Start call recording',
			description: 'Record a call from now on',
			hint: 'On KAZOO 4 use Control Recording',
			always: { action: 'start_record' },
			version: 5,
			...command,
		}),
		operation(`POST ${one}`, {
			value: 'stopRecording',
			name: 'Stop Recording',
			action: 'Stop call recording',
			description: 'End the recording of a call; the sound so far is stored',
			hint: 'On KAZOO 4 use Control Recording',
			always: { action: 'stop_record' },
			version: 5,
			...command,
		}),
		...metaflowRows,
		...soundRows,
	],
});
