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
	attachmentName: {
		label: 'Attachment',
		placeholder: 'e.g. loa.pdf',
		list: {
			path: `${account}/port_requests/{portRequestId}/attachments`,
			map: '',
			label: (a) => labelOf(a.id, a.content_type),
		},
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
	commentId: {
		label: 'Comment Number',
		description: 'Its place in the list of comments, the first being 0',
		placeholder: 'e.g. 0',
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
	groupId: {
		label: 'Group',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/groups`, label: byName },
	},
	interactionId: {
		label: 'Call',
		description: 'The interaction_id that all legs of one call share',
		placeholder: 'e.g. 63962674729-8f7d0c1e',
		list: { path: `${account}/cdrs/interaction`, id: 'interaction_id', label: callLabel },
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
	queueId: {
		label: 'Queue',
		pattern: ID,
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/queues`, label: byName },
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
	smsId: {
		label: 'SMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/sms`, label: (m) => labelOf(`${text(m.from)} → ${text(m.to)}`, m.body) },
	},
	taskId: {
		label: 'Bulk Task',
		placeholder: 'e.g. 6ca8db3ce86a301bf71f40ad3b7807',
		list: {
			path: `${account}/tasks`,
			label: (t) => labelOf(t.file_name ?? `${text(t.category)} ${text(t.action)}`, t.status, t.id),
		},
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
	transactionId: {
		label: 'Transaction',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: {
			path: `${account}/transactions`,
			label: (t) => labelOf(t.description ?? t.id, t.amount, t.type),
		},
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
