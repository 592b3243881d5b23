/**
 * Steps on a running call that go through KAZOO's metaflows: PUT with `action: metaflow`, a module and its data
 * (async.md section 4). KAZOO 4 answers them with yes, and none was seen to be carried out there.
 */
import type { Field, Row } from '../notation';
import { operation } from '../notation';

const one = '/accounts/{accountId}/channels/{channelId}';

/** A sound to be played, chosen from Media. */
export const mediaToPlay = (label: string, wire: string): Field => ({
	type: 'locator',
	parameter: 'mediaId',
	label,
	wire,
});

/** The server only confirms that it passed the command on (async.md section 4): the call is looked at afterwards. */
export const command = {
	returns: 'value',
	via: 'commandCall',
	arguments: {
		waitSeconds: {
			type: 'number',
			label: 'Wait for Effect (Seconds)',
			description: 'How long the call may take to show that the command was obeyed; 0 does not look',
			default: 3,
			min: 0,
			max: 60,
		},
	},
} as const;

export const metaflowRows: readonly Row[] = [
	operation(`PUT ${one}`, {
		value: 'controlRecording',
		name: 'Control Recording',
		action: 'Control recording of call',
		description: 'Start or stop recording, or leave a passage such as a card number out of it',
		always: { action: 'metaflow', module: 'record_call' },
		body: {
			do: {
				type: 'choice',
				label: 'Do',
				options: [
					{ value: 'mask', label: 'Mask', description: 'Record silence for now' },
					{ value: 'pause', label: 'Pause', description: 'Record nothing for now; KAZOO 5' },
					{ value: 'resume', label: 'Resume', description: 'After Pause; KAZOO 5' },
					{ value: 'start', label: 'Start' },
					{ value: 'stop', label: 'Stop' },
					{ value: 'toggle', label: 'Toggle', description: 'Stop if it runs, else start' },
					{ value: 'unmask', label: 'Unmask', description: 'Record sound again' },
				],
				default: 'start',
				required: true,
				wire: 'data.action',
			},
			format: {
				type: 'choice',
				label: 'Format',
				options: ['mp3', 'wav'],
				default: 'mp3',
				wire: 'data.format',
			},
			label: {
				type: 'text',
				label: 'Label',
				description: 'A word to find the recording by',
				wire: 'data.label',
			},
			mediaName: {
				type: 'text',
				label: 'File Name',
				placeholder: 'e.g. order-4711.mp3',
				wire: 'data.media_name',
			},
			timeLimit: {
				type: 'number',
				label: 'Time Limit (Seconds)',
				min: 1,
				decimals: 0,
				wire: 'data.time_limit',
			},
			minimum: {
				type: 'number',
				label: 'Minimum Length (Seconds)',
				description: 'Shorter recordings are thrown away',
				min: 0,
				decimals: 0,
				wire: 'data.record_min_sec',
			},
			url: {
				type: 'text',
				label: 'Storage URL',
				description: 'Where the sound is sent in place of the storage of KAZOO',
				placeholder: 'e.g. https://files.example.com/calls/',
				wire: 'data.url',
			},
			method: {
				type: 'choice',
				label: 'Storage Method',
				options: [
					{ value: 'post', label: 'POST' },
					{ value: 'put', label: 'PUT' },
				],
				default: 'put',
				wire: 'data.method',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'hold',
		name: 'Hold',
		action: 'Put call on hold',
		description: 'Put a call on hold: the other side hears music until the call is taken back',
		always: { action: 'metaflow', module: 'hold_control', 'data.action': 'hold' },
		...command,
		effect: 'held',
	}),
	operation(`PUT ${one}`, {
		value: 'unhold',
		name: 'Unhold',
		action: 'Take call off hold',
		description: 'Take a held call back',
		always: { action: 'metaflow', module: 'hold_control', 'data.action': 'unhold' },
		...command,
		effect: 'notHeld',
	}),
	operation(`PUT ${one}`, {
		value: 'holdWithMusic',
		name: 'Hold With Music',
		action: 'Put call on hold with music of choice',
		description: 'Put a call on hold with a sound of your choice until a key is pressed',
		always: { action: 'metaflow', module: 'hold' },
		body: {
			musicA: mediaToPlay('Music for This Side', 'data.moh_aleg'),
			musicB: mediaToPlay('Music for the Other Side', 'data.moh_bleg'),
			unholdKey: {
				type: 'text',
				label: 'Key to Take Back',
				description: 'The key that ends the hold; 1 unless you say otherwise',
				placeholder: 'e.g. 1',
				wire: 'data.unhold_key',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'resume',
		name: 'Resume',
		action: 'Resume call',
		description: 'Connect the two sides of a call again after they were parted',
		always: { action: 'metaflow', module: 'resume' },
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'runPivot',
		name: 'Send to Pivot',
		action: 'Send call to pivot URL',
		description: 'Ask a web address what a call should do next',
		always: { action: 'metaflow', module: 'pivot' },
		body: {
			voiceUrl: {
				type: 'text',
				label: 'Voice URL',
				description: 'The address that answers with the next steps',
				placeholder: 'e.g. https://n8n.example.com/webhook/next-step',
				required: true,
				wire: 'data.voice_url',
			},
			method: {
				type: 'choice',
				label: 'Method',
				options: [
					{ value: 'get', label: 'GET' },
					{ value: 'post', label: 'POST' },
				],
				default: 'get',
				wire: 'data.method',
			},
			requestFormat: {
				type: 'choice',
				label: 'Request Format',
				options: [
					{ value: 'kazoo', label: 'KAZOO' },
					{ value: 'twiml', label: 'TwiML' },
				],
				default: 'kazoo',
				wire: 'data.req_format',
			},
			cdrUrl: {
				type: 'text',
				label: 'CDR URL',
				description: 'The address that gets the call record at the end',
				placeholder: 'e.g. https://n8n.example.com/webhook/cdr',
				wire: 'data.cdr_url',
			},
			debug: {
				type: 'boolean',
				label: 'Debug',
				description: 'Whether requests and answers are kept for Pivot Debug',
				wire: 'data.debug',
			},
		},
		...command,
		effect: 'connectedElsewhere',
	}),
	operation(`PUT ${one}`, {
		value: 'relate',
		name: 'Relate Participants',
		action: 'Relate conference participants from call',
		description: 'Set whether one participant of a conference hears another',
		always: { action: 'metaflow', module: 'relate' },
		body: {
			conference: {
				type: 'locator',
				parameter: 'conferenceId',
				label: 'Conference',
				required: true,
				wire: 'data.conference_id',
			},
			participantId: {
				type: 'text',
				label: 'Participant ID',
				placeholder: 'e.g. 7',
				required: true,
				wire: 'data.participant_id',
			},
			otherParticipant: {
				type: 'text',
				label: 'Other Participant ID',
				placeholder: 'e.g. 8',
				required: true,
				wire: 'data.other_participant',
			},
			relationship: {
				type: 'choice',
				label: 'Relationship',
				options: [
					{ value: 'clear', label: 'Clear', description: 'Both hear each other' },
					{ value: 'deaf', label: 'Deaf', description: 'The participant does not hear the other' },
					{ value: 'mute', label: 'Mute', description: 'The other does not hear the participant' },
				],
				default: 'clear',
				wire: 'data.relationship',
			},
		},
		...command,
	}),
	operation(`PUT ${one}`, {
		value: 'runMetaflow',
		name: 'Run Metaflow',
		action: 'Run metaflow on call',
		description: 'Run any metaflow module on a call, with its data as JSON',
		always: { action: 'metaflow' },
		body: {
			module: {
				type: 'text',
				label: 'Module',
				description: 'Name of the metaflow module',
				placeholder: 'e.g. transfer',
				required: true,
			},
			data: {
				type: 'json',
				label: 'Module Data',
				placeholder: 'e.g. {"target": "1002", "transfer_type": "attended"}',
			},
		},
		...command,
	}),
];
