/** Path parameters of accounts, numbers, carriers and money. */
import {
	account,
	byName,
	ID,
	ID_PLACEHOLDER,
	labelOf,
	listOf,
	MONTHLY_ID,
	namedList,
	ownName,
	text,
} from './parameterNotation';
import type { Parameter } from './parameterNotation';

export const businessParameters = {
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
	addressId: { label: 'Address ID', placeholder: 'e.g. 7x' },
	attachmentName: {
		label: 'Attachment',
		placeholder: 'e.g. loa.pdf',
		list: {
			path: `${account}/port_requests/{portRequestId}/attachments`,
			map: '',
			label: (a) => labelOf(a.id, a.content_type),
		},
	},
	cardId: { label: 'Card ID', placeholder: 'e.g. 7gz3qw' },
	carrierId: {
		label: 'Carrier',
		pattern: ID,
		list: {
			path: `${account}/resources`,
			names: ownName,
			label: (r) => labelOf(r.name, r.enabled === false ? 'off' : ''),
		},
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
		list: {
			path: `${account}/resource_templates`,
			names: (t) => [t.template_name, t.name],
			label: (t) => labelOf(t.template_name, t.name),
		},
	},
	commentId: {
		label: 'Comment Number',
		description: 'Its place in the list of comments, the first being 0',
		placeholder: 'e.g. 0',
	},
	connectivityId: {
		label: 'PBX Connectivity',
		pattern: ID,
		list: namedList('/connectivity'),
	},
	externalNumberId: {
		label: 'External Number',
		pattern: ID,
		list: {
			path: `${account}/external_numbers`,
			names: (n) => [n.name, n.number],
			label: (n) => labelOf(n.name ?? n.number, n.number),
		},
	},
	ipAddress: {
		label: 'IP Address',
		placeholder: 'e.g. 203.0.113.10',
	},
	ledgerEntryId: { label: 'Entry ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	ledgerSource: {
		label: 'Ledger',
		placeholder: 'e.g. per-minute-voip',
		list: { path: `${account}/ledgers/available`, id: 'name', label: (l) => text(l.friendly_name) },
	},
	month: {
		label: 'Month',
		description: 'Year and month in six digits',
		placeholder: 'e.g. 202611',
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
	portRequestId: {
		label: 'Port Request',
		pattern: ID,
		list: {
			path: `${account}/port_requests`,
			names: ownName,
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
	rateId: {
		label: 'Rate',
		description: 'Country code and prefix',
		placeholder: 'e.g. US-1415',
	},
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
	serviceAuditId: {
		label: 'Audit',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-d7ef54c823fa',
		list: {
			path: `${account}/services/audit`,
			label: (a) => labelOf(listOf(a.type) || a.id, a.status, text(a.id)),
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
	transactionId: {
		label: 'Transaction',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: {
			path: `${account}/transactions`,
			label: (t) => labelOf(t.description ?? t.id, t.amount, t.type),
		},
	},
} as const satisfies Readonly<Record<string, Parameter>>;
