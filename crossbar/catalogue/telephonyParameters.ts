/** Path parameters of users, phones, calls, callflows, messages, faxes and the call center. */
import {
	account,
	callLabel,
	entriesOf,
	firstOf,
	fullName,
	ID,
	ID_PLACEHOLDER,
	labelOf,
	listOf,
	MEDIA_ID,
	MONTHLY_ID,
	namedList,
	ownName,
	text,
} from './parameterNotation';
import type { Parameter } from './parameterNotation';

export const telephonyParameters = {
	blockListId: {
		label: 'Block List',
		pattern: ID,
		list: namedList('/blacklists'),
	},
	callbackUserId: {
		label: 'Calling Card',
		list: { path: `${account}/cccps`, label: (c) => labelOf(c.cid ?? c.pin) },
	},
	callCenterQueueId: {
		label: 'Queue',
		pattern: ID,
		list: namedList('/qubicle_queues'),
	},
	callCenterSessionId: {
		label: 'Session ID',
		description: 'Of the call, as the status of queues and agents tells it',
		placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a',
	},
	numberToCall: {
		label: 'Number to Call',
		description: 'A phone number or an extension of the account',
		placeholder: 'e.g. +14155550100 or 1001',
	},
	callflowId: {
		label: 'Callflow',
		pattern: ID,
		list: {
			path: `${account}/callflows`,
			names: (c) => [c.name, ...entriesOf(c.numbers), ...entriesOf(c.patterns)],
			label: (c) =>
				labelOf(
					c.name ?? firstOf(c.numbers) ?? firstOf(c.patterns),
					...(c.name ? [listOf(c.numbers)] : []),
				) || text(c.id),
		},
	},
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
	deviceId: {
		label: 'Device',
		placeholder: 'Name, MAC or ID',
		pattern: ID,
		list: {
			path: `${account}/devices`,
			names: (d) => [d.name, d.mac_address],
			label: (d) => labelOf(d.name, d.mac_address),
		},
	},
	directoryId: {
		label: 'Directory',
		pattern: ID,
		list: namedList('/directories'),
	},
	extension: {
		label: 'Extension',
		description: 'What the lamps watch: an extension, a parking slot, or a SIP user name',
		placeholder: 'e.g. 1001 or *3101',
	},
	faxboxId: {
		label: 'Fax Box',
		pattern: ID,
		list: namedList('/faxboxes'),
	},
	faxEmailId: { label: 'Email ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	faxJobId: {
		label: 'Fax Job',
		list: { path: `${account}/faxes/outgoing`, label: (f) => labelOf(f.to, f.status) },
	},
	functionId: {
		label: 'Function',
		pattern: ID,
		list: namedList('/functions'),
	},
	groupId: {
		label: 'Group',
		pattern: ID,
		list: namedList('/groups'),
	},
	incomingFaxId: { label: 'Fax ID' },
	interactionId: {
		label: 'Call',
		description: 'The interaction_id that all legs of one call share',
		placeholder: 'e.g. 63962674729-8f7d0c1e',
		list: { path: `${account}/cdrs/interaction`, id: 'interaction_id', label: callLabel },
	},
	listEntryId: {
		label: 'Entry',
		pattern: ID,
		list: {
			path: `${account}/lists/{listId}/entries`,
			names: (e) => [e.displayname, e.number],
			label: (e) => labelOf(e.displayname ?? e.firstname ?? e.number ?? e.pattern, e.number),
		},
	},
	listId: {
		label: 'List or Contact',
		pattern: ID,
		list: {
			path: `${account}/lists`,
			names: (l) => [l.name, fullName(l)],
			label: (l) => labelOf(l.name ?? l.first_name, l.last_name),
		},
	},
	matchListId: {
		label: 'Match List',
		pattern: ID,
		list: namedList('/match_lists'),
	},
	mediaId: {
		label: 'Media',
		pattern: MEDIA_ID,
		description: 'A sound; prompts have an ID like en-us/vm-enter_pass',
		list: namedList('/media'),
	},
	mediaLanguage: {
		label: 'Language',
		description: 'Language code, or "missing" for media without one',
		placeholder: 'e.g. en-us',
		list: { path: `${account}/media/languages`, map: '', label: (l) => text(l.id) },
	},
	menuId: {
		label: 'Menu',
		pattern: ID,
		list: namedList('/menus'),
	},
	messageId: {
		label: 'Message',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: {
			path: `${account}/vmboxes/{vmboxId}/messages`,
			id: 'media_id',
			label: (m) => labelOf(m.caller_id_name ?? m.from, m.caller_id_number, m.folder),
		},
	},
	mmsId: {
		label: 'MMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/mms`, label: (m) => labelOf(`${text(m.from)} → ${text(m.to)}`) || text(m.id) },
	},
	participantId: {
		label: 'Participant',
		description: 'The participant_id that Get Participants tells',
		placeholder: 'e.g. 12',
	},
	pivotDebugId: {
		label: 'Call',
		description: 'The ID of the log, or the call ID',
		placeholder: 'e.g. 202611-8f7d0c1e-5b5e-4f0e',
		list: {
			path: `${account}/pivot/debug`,
			id: 'debug_id',
			label: (d) => labelOf(d.uri ?? d.call_id, d.status_code, d.call_id),
		},
	},
	presenceReportId: {
		label: 'Report ID',
		description: 'As the command that wrote the report told it, without "report-"',
		placeholder: 'e.g. 5f2b7c3a9d1e',
	},
	promptId: {
		label: 'Prompt',
		placeholder: 'e.g. vm-enter_pass',
		list: { path: `${account}/media/prompts`, map: '', label: (p) => text(p.id) },
	},
	queueId: {
		label: 'Queue',
		pattern: ID,
		list: namedList('/queues'),
	},
	receivedFaxId: {
		label: 'Received Fax',
		list: { path: `${account}/faxes/inbox`, label: (f) => labelOf(f.from_number ?? f.from, f.created) },
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
	sentFaxId: {
		label: 'Sent Fax',
		list: { path: `${account}/faxes/outbox`, label: (f) => labelOf(f.to_number ?? f.to, f.status) },
	},
	sipUsername: {
		label: 'SIP User Name',
		description: 'Of the phone, as its device has it under sip.username',
		placeholder: 'e.g. user_a1b2c3',
		list: {
			path: `${account}/registrations`,
			id: 'username',
			label: (r) => labelOf(r.username, r.user_agent),
		},
	},
	skelId: {
		label: 'Skel',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/skels`, label: (s) => labelOf(s.name ?? s.id) },
	},
	skillId: {
		label: 'Skill',
		pattern: ID,
		list: namedList('/qubicle_skills'),
	},
	smsId: {
		label: 'SMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/sms`, label: (m) => labelOf(`${text(m.from)} → ${text(m.to)}`, m.body) },
	},
	tag: { label: 'Tag', placeholder: 'e.g. vip' },
	telexSmsBoxId: {
		label: 'Telex SMS Box',
		pattern: ID,
		list: namedList('/telexsmsboxes'),
	},
	temporalRuleId: {
		label: 'Time of Day Rule',
		pattern: ID,
		list: namedList('/temporal_rules'),
	},
	temporalRuleSetId: {
		label: 'Time of Day Rule Set',
		pattern: ID,
		list: namedList('/temporal_rules_sets'),
	},
	userId: {
		label: 'User',
		placeholder: 'Name, extension or ID',
		pattern: ID,
		list: {
			path: `${account}/users`,
			names: (u) => [fullName(u), u.username, u.email, u.presence_id],
			label: (u) => labelOf(fullName(u) || u.username, u.presence_id ?? u.username),
		},
	},
	vmboxId: {
		label: 'Voicemail Box',
		pattern: ID,
		list: {
			path: `${account}/vmboxes`,
			names: (v) => [v.name, v.mailbox],
			label: (v) => labelOf(v.name, v.mailbox),
		},
	},
	websiteId: {
		label: 'Website',
		pattern: ID,
		list: {
			path: `${account}/websites`,
			names: (w) => [w.name, w.web_url],
			label: (w) => labelOf(w.name, w.web_url),
		},
	},
	wordId: {
		label: 'Word ID',
		placeholder: 'e.g. 5f2b7c3a9d1e',
	},
} as const satisfies Readonly<Record<string, Parameter>>;
