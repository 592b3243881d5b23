/** Those who are in a conference now: actions on one of them, or on all who are not moderators (async.md section 5). */
import type { Fields, Row } from '../notation';
import { operation } from '../notation';
import { mediaToPlay } from './channelMetaflows';

const all = '/accounts/{accountId}/conferences/{conferenceId}/participants';
const one = `${all}/{participantId}` as const;

const sound: Fields = { media: { ...mediaToPlay('Media', 'data.media_id'), required: true } };

/** What comes back says only that the order was passed on. */
const order = { returns: 'value' } as const;

export const participantRows: readonly Row[] = [
	operation(`GET ${all}`, {
		value: 'getParticipants',
		name: 'Get Participants',
		action: 'Get participants of conference',
		description: 'List who is in the room, who speaks, who is muted, and since when',
		returns: 'records',
		unpaged: true,
		simple: [
			'participant_id',
			'call_id',
			'caller_id_name',
			'caller_id_number',
			'is_moderator: conference_channel_vars.is_moderator',
			'speak: conference_channel_vars.speak',
			'hear: conference_channel_vars.hear',
			'talking: conference_channel_vars.talking',
			'floor: conference_channel_vars.floor',
			'duration',
			'join_time',
		],
	}),
	operation(`GET ${one}`, {
		value: 'getParticipant',
		name: 'Get Participant',
		action: 'Get participant of conference',
		description: 'Read the state of one person in the room; nothing when they have left',
	}),
	operation(`PUT ${one}`, {
		value: 'mute',
		name: 'Mute',
		action: 'Mute participant of conference',
		description: 'Stop the others from hearing one person',
		always: { action: 'mute' },
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'unmute',
		name: 'Unmute',
		action: 'Unmute participant of conference',
		description: 'Let the others hear one person again',
		always: { action: 'unmute' },
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'deafen',
		name: 'Deafen',
		action: 'Deafen participant of conference',
		description: 'Stop one person from hearing the others',
		always: { action: 'deaf' },
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'undeafen',
		name: 'Undeafen',
		action: 'Undeafen participant of conference',
		description: 'Let one person hear the others again',
		always: { action: 'undeaf' },
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'kick',
		name: 'Kick',
		action: 'Kick participant out of conference',
		description: 'Remove one person from the room',
		always: { action: 'kick' },
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'playToOne',
		name: 'Play to One',
		action: 'Play media to participant of conference',
		description: 'Play a sound that only one person hears',
		always: { action: 'play' },
		body: sound,
		...order,
	}),
	operation(`PUT ${one}`, {
		value: 'relate',
		name: 'Relate',
		action: 'Relate participants of conference',
		description: 'Set whether two people in the room hear each other',
		always: { action: 'relate' },
		body: {
			otherParticipant: {
				type: 'number',
				label: 'Other Participant',
				description: 'Number of the other person in the room',
				min: 1,
				decimals: 0,
				required: true,
				wire: 'data.other_participant',
			},
			relationship: {
				type: 'choice',
				label: 'Relationship',
				options: [
					{ value: 'clear', label: 'Both Hear Each Other' },
					{ value: 'deaf', label: 'Does Not Hear the Other' },
					{ value: 'mute', label: 'Not Heard by the Other' },
				],
				default: 'clear',
				required: true,
				wire: 'data.relationship',
			},
		},
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'muteAll',
		name: 'Mute All',
		action: 'Mute all participants of conference',
		description: 'Silence everybody who is not a moderator',
		always: { action: 'mute' },
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'unmuteAll',
		name: 'Unmute All',
		action: 'Unmute all participants of conference',
		description: 'Let everybody speak again',
		always: { action: 'unmute' },
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'deafenAll',
		name: 'Deafen All',
		action: 'Deafen all participants of conference',
		description: 'Stop everybody but moderators from hearing what is said',
		always: { action: 'deaf' },
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'undeafenAll',
		name: 'Undeafen All',
		action: 'Undeafen all participants of conference',
		description: 'Let everybody hear again',
		always: { action: 'undeaf' },
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'kickAll',
		name: 'Kick All',
		action: 'Kick all participants out of conference',
		description: 'Remove everybody who is not a moderator from the room',
		always: { action: 'kick' },
		...order,
	}),
	operation(`PUT ${all}`, {
		value: 'playToAll',
		name: 'Play to All',
		action: 'Play media to all participants of conference',
		description: 'Play a sound to each person who is not a moderator',
		always: { action: 'play' },
		body: sound,
		...order,
	}),
];
