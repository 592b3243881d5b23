/** Path parameters of calls. */
import type { Parameter } from '../parameterNotation';
import { account, callLabel, ID, labelOf, MONTHLY_ID, namedList, ownName, text } from '../parameterNotation';

export const callsParameters = {
	callId: { label: 'Call ID', placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a' },
	cdrId: {
		label: 'Call Record',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-b5b3a2f0c1d2',
		list: { path: `${account}/cdrs`, label: callLabel },
	},
	channelId: {
		label: 'Call',
		description: 'A call that is up now, by its call ID (UUID)',
		placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a',
		list: {
			path: `${account}/channels`,
			id: 'uuid',
			label: (c) =>
				labelOf(
					`${text(c.presence_id) || text(c.username) || text(c.authorizing_id)} → ${text(c.destination)}`,
					c.direction,
				),
		},
	},
	clickToCallId: {
		label: 'Call Button',
		pattern: ID,
		list: {
			path: `${account}/clicktocall`,
			names: (c) => [c.name, c.extension],
			label: (c) => labelOf(c.name, c.extension),
		},
	},
	conferenceId: {
		label: 'Conference',
		pattern: ID,
		list: namedList('/conferences'),
	},
	interactionId: {
		label: 'Call',
		description: 'The interaction_id that all legs of one call share',
		placeholder: 'e.g. 63962674729-8f7d0c1e',
		list: { path: `${account}/cdrs/interaction`, id: 'interaction_id', label: callLabel },
	},
	participantId: {
		label: 'Participant',
		description: 'The participant_id that Get Participants tells',
		placeholder: 'e.g. 12',
	},
	recordingId: {
		label: 'Recording',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-9d2e1f0c3b7a',
		list: {
			path: `${account}/recordings`,
			label: (r) => labelOf(r.name ?? r.media_name ?? r.id, r.caller_id_number, r.callee_id_number),
		},
	},
	screenPopId: {
		label: 'Screen Pop',
		pattern: ID,
		list: {
			path: `${account}/screenpops`,
			names: ownName,
			label: (s) => labelOf(s.name ?? s.type_screenpops ?? s.id, s.id),
		},
	},
} as const satisfies Readonly<Record<string, Parameter>>;
