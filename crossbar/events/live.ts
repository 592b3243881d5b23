/** Conferences and presence: the websocket alone tells them. */
import type { EventDetails } from './notation';
import { both, conference } from './notation';

export const live = {
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
} as const satisfies Readonly<Record<string, EventDetails>>;
