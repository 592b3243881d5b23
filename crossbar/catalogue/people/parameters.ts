/** Path parameters of people and their phones. */
import type { Parameter } from '../parameterNotation';
import { account, fullName, ID, ID_PLACEHOLDER, labelOf, MONTHLY_ID, namedList } from '../parameterNotation';

export const peopleParameters = {
	callbackUserId: {
		label: 'Calling Card',
		list: { path: `${account}/cccps`, label: (c) => labelOf(c.cid ?? c.pin) },
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
	groupId: {
		label: 'Group',
		pattern: ID,
		list: namedList('/groups'),
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
	loginAttemptId: {
		label: 'Login Attempt',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-ea121a00382e8253',
		list: {
			path: `${account}/security/attempts`,
			label: (a) => labelOf(a.message ?? a.id, a.status, a.client_ip),
		},
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
	presenceReportId: {
		label: 'Report ID',
		description: 'As the command that wrote the report told it, without "report-"',
		placeholder: 'e.g. 5f2b7c3a9d1e',
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
} as const satisfies Readonly<Record<string, Parameter>>;
