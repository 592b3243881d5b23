/**
 * Every path parameter, once: its label, where its list comes from and what a valid value looks like.
 * A parameter with a `list` is a resource locator in the editor (searchable list, or ID).
 */

/** A record of a list answer. */
export type Listed = Readonly<Record<string, unknown>>;

export interface ListSource {
	/** Path below `/v2`; may hold other path parameters, which are then read from the node's form. */
	readonly path: string;
	/** What a person knows the record by. A plain text in the list comes as `{id: text}`, a key of a map as `id`. */
	readonly label: (record: Listed) => string;
	/** The key of the id; `id` unless told. */
	readonly id?: string;
	/** Where the records are in `data`: a map of id to record (`numbers`, '' for `data` itself), else `data` is the array. */
	readonly map?: string;
	/** The records are in a list inside each entry of `data` (`port_requests`). */
	readonly list?: string;
}

export interface Parameter {
	readonly label: string;
	readonly description?: string;
	readonly placeholder?: string;
	readonly hint?: string;
	/** A regular expression for typed IDs, and what to say when it does not match. */
	readonly pattern?: { readonly expression: string; readonly message: string };
	readonly list?: ListSource;
	/** A fixed set of values instead of a list from the server. */
	readonly options?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
	/** How a typed value is brought into the form that the server keeps (phone numbers). */
	readonly normalize?: 'phoneNumber';
}

/** KAZOO ids are 32 hexadecimal characters. */
const ID = {
	expression: '^\\s*[0-9a-fA-F]{32}\\s*$',
	message: 'A KAZOO ID has 32 characters, 0-9 and a-f',
} as const;

const ID_PLACEHOLDER = 'e.g. 4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b';

/** Ids of records kept by month: `202611-` and the rest. */
const MONTHLY_ID = {
	expression: '^\\s*\\d{6}-.+$',
	message: 'This ID begins with the year and month, like 202611-…',
} as const;

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Joins what is there: "Reception (001565a1b2c3)". */
export function labelOf(main: unknown, ...extra: unknown[]): string {
	const more = extra.map(text).filter(Boolean).join(', ');
	const first = text(main);
	if (!first) return more;
	return more ? `${first} (${more})` : first;
}

const byName = (record: Listed): string => labelOf(record.name);

const account = '/accounts/{accountId}';

export const parameters = {
	accountId: {
		label: 'Account',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/descendants`, label: (a) => labelOf(a.name, a.realm) },
	},
	addressId: { label: 'Address ID', placeholder: 'e.g. 7x' },
	alertId: {
		label: 'Alert',
		list: { path: `${account}/alerts`, label: (a) => labelOf(a.title, a.category) },
	},
	appId: {
		label: 'App',
		list: { path: `${account}/apps_store`, label: byName },
	},
	applicationId: { label: 'Application ID' },
	applicationType: { label: 'Application Type', placeholder: 'e.g. monster_ui' },
	attachmentName: {
		label: 'Attachment',
		placeholder: 'e.g. loa.pdf',
		list: {
			path: `${account}/port_requests/{portRequestId}/attachments`,
			map: '',
			label: (a) => labelOf(a.id, a.content_type),
		},
	},
	blockListId: {
		label: 'Block List',
		list: { path: `${account}/blacklists`, label: byName },
	},
	brandEmailId: {
		label: 'Sender Address',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/whitelabel/emails`, label: (e) => labelOf(e.email) },
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
	callee: {
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
				labelOf(c.name ?? first(c.numbers) ?? first(c.patterns), ...(c.name ? [list(c.numbers)] : [])) ||
				text(c.id),
		},
	},
	callId: { label: 'Call ID', placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a' },
	cardId: { label: 'Card ID', placeholder: 'e.g. 7gz3qw' },
	carrierId: {
		label: 'Carrier',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/resources`, label: (r) => labelOf(r.name, r.enabled === false ? 'off' : '') },
	},
	carrierJobId: {
		label: 'Import',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-394de70ecf6f8252',
		list: { path: `${account}/resources/jobs`, label: (j) => labelOf(j.name ?? j.id, j.status) },
	},
	carrierTemplateId: {
		label: 'Carrier Template',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/resource_templates`, label: (t) => labelOf(t.template_name, t.name) },
	},
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
	commentId: {
		label: 'Comment Number',
		description: 'Its place in the list of comments, the first being 0',
		placeholder: 'e.g. 0',
	},
	conferenceId: {
		label: 'Conference',
		list: { path: `${account}/conferences`, label: byName },
	},
	configId: { label: 'Configuration', placeholder: 'e.g. conferences' },
	configNode: {
		label: 'Node',
		description: 'Name of a node, or "default" for all that have nothing of their own',
		placeholder: 'e.g. kazoo_apps@apps1.example.com',
	},
	connectivityId: {
		label: 'PBX Connectivity',
		list: { path: `${account}/connectivity`, label: (c) => labelOf(c.name ?? c.id) },
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
	externalNumberId: {
		label: 'External Number',
		list: { path: `${account}/external_numbers`, label: (n) => labelOf(n.name ?? n.number, n.number) },
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
	ipAddress: {
		label: 'IP Address',
		placeholder: 'e.g. 203.0.113.10',
	},
	keyId: { label: 'Key ID' },
	ledgerEntryId: { label: 'Entry ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	ledgerSource: {
		label: 'Ledger',
		placeholder: 'e.g. per-minute-voip',
		list: { path: `${account}/ledgers/available`, id: 'name', label: (l) => text(l.friendly_name) },
	},
	linkId: { label: 'Link ID' },
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
	loginAttemptId: {
		label: 'Login Attempt',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-ea121a00382e8253',
		list: {
			path: `${account}/security/attempts`,
			label: (a) => labelOf(a.message ?? a.id, a.status, a.client_ip),
		},
	},
	mappingId: { label: 'Mapping ID' },
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
	migrationId: {
		label: 'Migration',
		placeholder: 'e.g. notify_to_teletype',
		list: { path: `${account}/migrations`, map: '', label: (m) => text(m.id) },
	},
	mmsId: {
		label: 'MMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/mms`, label: (m) => labelOf(`${text(m.from)} → ${text(m.to)}`) || text(m.id) },
	},
	month: {
		label: 'Month',
		description: 'Year and month in six digits',
		placeholder: 'e.g. 202611',
	},
	multiFactorId: {
		label: 'Multi-Factor Provider',
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/multi_factor`,
			list: 'configured',
			label: (p) => labelOf(p.name, p.provider_name),
		},
	},
	notificationId: {
		label: 'Notification Template',
		placeholder: 'e.g. voicemail_to_email',
		list: { path: `${account}/notifications`, label: (n) => labelOf(n.friendly_name ?? n.id, n.category) },
	},
	participantId: {
		label: 'Participant',
		description: 'The participant_id that Get Participants tells',
		placeholder: 'e.g. 12',
	},
	paymentId: { label: 'Payment ID' },
	phoneNumber: {
		label: 'Phone Number',
		placeholder: 'e.g. +14155550100',
		hint: 'With country code; ten digits are taken as a number in the USA or Canada',
		normalize: 'phoneNumber',
		pattern: {
			expression: '^\\s*\\+?[0-9() .\\-]{3,}\\s*$',
			message: 'Only digits, with a + and the country code in front',
		},
		list: {
			path: `${account}/phone_numbers`,
			map: 'numbers',
			label: (n) => labelOf(n.id, n.state, n.used_by),
		},
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
	portRequestId: {
		label: 'Port Request',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/port_requests`,
			list: 'port_requests',
			label: (p) => labelOf(p.name, p.port_state),
		},
	},
	portState: {
		label: 'State',
		description: 'The state that is meant',
		options: [
			{ value: 'canceled', label: 'Canceled' },
			{ value: 'completed', label: 'Completed' },
			{ value: 'pending', label: 'Pending' },
			{ value: 'rejected', label: 'Rejected' },
			{ value: 'scheduled', label: 'Scheduled' },
			{ value: 'submitted', label: 'Submitted' },
			{ value: 'unconfirmed', label: 'Unconfirmed' },
		],
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
	providerId: { label: 'Provider', placeholder: 'e.g. google' },
	queueId: {
		label: 'Queue',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/queues`, label: byName },
	},
	rateId: {
		label: 'Rate',
		description: 'Country code and prefix',
		placeholder: 'e.g. US-1415',
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
	schemaName: {
		label: 'Schema',
		placeholder: 'e.g. devices',
		list: { path: '/schemas', label: (s) => text(s.id) },
	},
	scopeRestrictionId: {
		label: 'Scope Restriction',
		placeholder: 'e.g. read_only',
		list: { path: `${account}/scope_restrictions`, label: (s) => text(s.id) },
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
	screenshotId: { label: 'Screenshot ID' },
	screenshotIndex: { label: 'Screenshot Number', placeholder: 'e.g. 0' },
	selectorId: {
		label: 'Selector',
		placeholder: ID_PLACEHOLDER,
		list: {
			path: `${account}/resource_selectors`,
			label: (s) => labelOf(s.selector ?? s.id, s.name, s.resource),
		},
	},
	selectorName: {
		label: 'Table',
		description: 'The name that the entries of one table share',
		placeholder: 'e.g. lcr',
		list: { path: `${account}/resource_selectors/name`, map: '', label: (s) => text(s.id) },
	},
	sentFaxId: {
		label: 'Sent Fax',
		list: { path: `${account}/faxes/outbox`, label: (f) => labelOf(f.to_number ?? f.to, f.status) },
	},
	serviceAuditId: {
		label: 'Audit',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-d7ef54c823fa',
		list: {
			path: `${account}/services/audit`,
			label: (a) => labelOf(list(a.type) || a.id, a.status, text(a.id)),
		},
	},
	servicePlanId: {
		label: 'Service Plan',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/services/available`, label: byName },
	},
	serviceSource: {
		label: 'Source',
		description: 'The kind of item that is billed',
		placeholder: 'e.g. phone_number',
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
	smtpLogId: {
		label: 'Delivery',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-f6b1198fff308c5c',
		list: {
			path: `${account}/notifications/smtplog`,
			label: (m) => labelOf(m.subject ?? m.template_id, m.to),
		},
	},
	ssoAppId: { label: 'App ID' },
	storageErrorId: { label: 'Error ID', placeholder: 'e.g. 202611-586ce197ae32' },
	storageHandlerId: { label: 'Handler ID' },
	storagePlanId: {
		label: 'Storage Plan',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/storage/plans`, label: (p) => labelOf(p.name ?? p.id) },
	},
	supArgument: {
		label: 'Argument',
		placeholder: 'e.g. debug',
	},
	supFunction: {
		label: 'Function',
		placeholder: 'e.g. running_modules',
	},
	supModule: {
		label: 'Module',
		description: 'Without "_maintenance" at its end',
		placeholder: 'e.g. crossbar',
	},
	systemConfigId: {
		label: 'Configuration',
		placeholder: 'e.g. crossbar',
		list: { path: '/system_configs', label: (c) => text(c.id) },
	},
	tag: { label: 'Tag', placeholder: 'e.g. vip' },
	taskId: {
		label: 'Bulk Task',
		placeholder: 'e.g. 6ca8db3ce86a301bf71f40ad3b7807',
		list: {
			path: `${account}/tasks`,
			label: (t) => labelOf(t.file_name ?? `${text(t.category)} ${text(t.action)}`, t.status, t.id),
		},
	},
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
	tokenScopeId: {
		label: 'Token Scope',
		placeholder: 'e.g. crossbar:conference_join',
		list: { path: '/scopes', label: (s) => text(s.id) },
	},
	transactionId: {
		label: 'Transaction',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: {
			path: `${account}/transactions`,
			label: (t) => labelOf(t.description ?? t.id, t.amount, t.type),
		},
	},
	triggerId: { label: 'Trigger ID' },
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
	webhookId: {
		label: 'Webhook',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/webhooks`, label: (w) => labelOf(w.name, w.hook) },
	},
	webhookSample: {
		label: 'Sample',
		placeholder: 'e.g. webhooks_channel_create',
		list: { path: '/webhooks/samples', label: (s) => text(s.id) },
	},
	websiteId: {
		label: 'Website',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/websites`, label: (w) => labelOf(w.name, w.web_url) },
	},
	websocketId: {
		label: 'Websocket',
		placeholder: 'e.g. 127.0.0.1:33068',
		list: {
			path: `${account}/websockets`,
			id: 'websocket_session_id',
			label: (s) => labelOf(s.source, s.websocket_session_id),
		},
	},
	whiteLabelDomain: {
		label: 'Domain',
		placeholder: 'e.g. phones.example.com',
	},
	wordId: {
		label: 'Word ID',
		placeholder: 'e.g. 5f2b7c3a9d1e',
	},
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

/** A parameter by its name, with the optional members visible. */
export const parameter = (name: ParameterName): Parameter => parameters[name];

/** "+14155550100 → 1001 (2026-11-23_17:40:07)". */
function callLabel(call: Listed): string {
	const from = text(call.caller_id_name) || text(call.caller_id_number);
	const to = text(call.callee_id_name) || text(call.callee_id_number) || text(call.dialed_number);
	return labelOf(`${from} → ${to}`, call.datetime ?? call.iso_8601_combined);
}

function first(value: unknown): unknown {
	return Array.isArray(value) ? value[0] : undefined;
}

function list(value: unknown): string {
	return Array.isArray(value) ? value.map(text).filter(Boolean).join(' ') : '';
}
