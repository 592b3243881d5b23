/** Path parameters of accounts and the platform. */
import type { Parameter } from '../parameterNotation';
import {
	account,
	ID,
	ID_PLACEHOLDER,
	labelOf,
	MONTHLY_ID,
	namedList,
	ownName,
	text,
} from '../parameterNotation';

export const platformParameters = {
	accountId: {
		label: 'Account',
		placeholder: 'Name or ID',
		pattern: ID,
		list: {
			path: `${account}/descendants`,
			names: (a) => [a.name, a.realm],
			label: (a) => labelOf(a.name, a.realm),
		},
	},
	alertId: {
		label: 'Alert',
		list: { path: `${account}/alerts`, label: (a) => labelOf(a.title, a.category) },
	},
	appId: {
		label: 'App',
		pattern: ID,
		list: namedList('/apps_store'),
	},
	applicationId: { label: 'Application ID' },
	applicationType: { label: 'Application Type', placeholder: 'e.g. monster_ui' },
	brandEmailId: {
		label: 'Sender Address',
		pattern: ID,
		list: { path: `${account}/whitelabel/emails`, names: (e) => [e.email], label: (e) => labelOf(e.email) },
	},
	commentId: {
		label: 'Comment Number',
		description: 'Its place in the list of comments, the first being 0',
		placeholder: 'e.g. 0',
	},
	configId: { label: 'Configuration', placeholder: 'e.g. conferences' },
	configNode: {
		label: 'Node',
		description: 'Name of a node, or "default" for all that have nothing of their own',
		placeholder: 'e.g. kazoo_apps@apps1.example.com',
	},
	keyId: { label: 'Key ID' },
	linkId: { label: 'Link ID' },
	mappingId: { label: 'Mapping ID' },
	migrationId: {
		label: 'Migration',
		placeholder: 'e.g. notify_to_teletype',
		list: { path: `${account}/migrations`, map: '', label: (m) => text(m.id) },
	},
	providerId: { label: 'Provider', placeholder: 'e.g. google' },
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
	ssoAppId: { label: 'App ID' },
	storageErrorId: {
		label: 'Error ID',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-586ce197ae32',
	},
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
	taskId: {
		label: 'Bulk Task',
		placeholder: 'e.g. 6ca8db3ce86a301bf71f40ad3b7807',
		list: {
			path: `${account}/tasks`,
			label: (t) => labelOf(t.file_name ?? `${text(t.category)} ${text(t.action)}`, t.status, t.id),
		},
	},
	tokenScopeId: {
		label: 'Token Scope',
		placeholder: 'e.g. crossbar:conference_join',
		list: { path: '/scopes', label: (s) => text(s.id) },
	},
	webhookId: {
		label: 'Webhook',
		pattern: ID,
		list: { path: `${account}/webhooks`, names: ownName, label: (w) => labelOf(w.name, w.hook) },
	},
	webhookSample: {
		label: 'Sample',
		placeholder: 'e.g. webhooks_channel_create',
		list: { path: '/webhooks/samples', label: (s) => text(s.id) },
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
} as const satisfies Readonly<Record<string, Parameter>>;
