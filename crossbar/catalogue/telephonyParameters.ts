/** Path parameters of users, phones, calls, callflows, messages, faxes and the call center. */
import {
	account,
	byName,
	callLabel,
	firstOf,
	ID,
	ID_PLACEHOLDER,
	labelOf,
	listOf,
	MONTHLY_ID,
	text,
} from './parameterNotation';
import type { Parameter } from './parameterNotation';

export const telephonyParameters = {
	blockListId: {
		label: 'Block List',
		list: { path: `${account}/blacklists`, label: byName },
	},
	callbackUserId: {
		label: 'Calling Card',
		list: { path: `${account}/cccps`, label: (c) => labelOf(c.cid ?? c.pin) },
	},
	callCenterQueueId: {
		label: 'Queue',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/qubicle_queues`, label: byName },
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
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/callflows`,
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
		list: { path: `${account}/clicktocall`, label: (c) => labelOf(c.name, c.extension) },
	},
	conferenceId: {
		label: 'Conference',
		list: { path: `${account}/conferences`, label: byName },
	},
	deviceId: {
		label: 'Device',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/devices`, label: (d) => labelOf(d.name, d.mac_address) },
	},
	directoryId: {
		label: 'Directory',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/directories`, label: byName },
	},
	extension: {
		label: 'Extension',
		description: 'What the lamps watch: an extension, a parking slot, or a SIP user name',
		placeholder: 'e.g. 1001 or *3101',
	},
	faxboxId: {
		label: 'Fax Box',
		list: { path: `${account}/faxboxes`, label: byName },
	},
	faxEmailId: { label: 'Email ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	faxJobId: {
		label: 'Fax Job',
		list: { path: `${account}/faxes/outgoing`, label: (f) => labelOf(f.to, f.status) },
	},
	functionId: {
		label: 'Function',
		list: { path: `${account}/functions`, label: byName },
	},
	groupId: {
		label: 'Group',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/groups`, label: byName },
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
		list: {
			path: `${account}/lists/{listId}/entries`,
			label: (e) => labelOf(e.displayname ?? e.firstname ?? e.number ?? e.pattern, e.number),
		},
	},
	listId: {
		label: 'List or Contact',
		list: { path: `${account}/lists`, label: (l) => labelOf(l.name ?? l.first_name, l.last_name) },
	},
	matchListId: {
		label: 'Match List',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/match_lists`, label: byName },
	},
	mediaId: {
		label: 'Media',
		description: 'A sound of the account; prompts have an ID like en-us/vm-enter_pass',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/media`, label: byName },
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
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/menus`, label: byName },
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
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/queues`, label: byName },
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
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/screenpops`,
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
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/qubicle_skills`, label: (s) => labelOf(s.name ?? s.id) },
	},
	smsId: {
		label: 'SMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/sms`, label: (m) => labelOf(`${text(m.from)} → ${text(m.to)}`, m.body) },
	},
	tag: { label: 'Tag', placeholder: 'e.g. vip' },
	telexSmsBoxId: {
		label: 'Telex SMS Box',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/telexsmsboxes`, label: (b) => labelOf(b.name ?? b.id) },
	},
	temporalRuleId: {
		label: 'Time of Day Rule',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/temporal_rules`, label: byName },
	},
	temporalRuleSetId: {
		label: 'Time of Day Rule Set',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/temporal_rules_sets`, label: byName },
	},
	userId: {
		label: 'User',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/users`,
			label: (u) =>
				labelOf(
					[u.first_name, u.last_name].map(text).filter(Boolean).join(' ') || u.username,
					u.presence_id ?? u.username,
				),
		},
	},
	vmboxId: {
		label: 'Voicemail Box',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/vmboxes`, label: (v) => labelOf(v.name, v.mailbox) },
	},
	websiteId: {
		label: 'Website',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/websites`, label: (w) => labelOf(w.name, w.web_url) },
	},
	wordId: {
		label: 'Word ID',
		placeholder: 'e.g. 5f2b7c3a9d1e',
	},
} as const satisfies Readonly<Record<string, Parameter>>;
