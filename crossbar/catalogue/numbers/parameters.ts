/** Path parameters of phone numbers. */
import type { Parameter } from '../parameterNotation';
import { account, ID, labelOf, namedList, ownName } from '../parameterNotation';

export const numbersParameters = {
	attachmentName: {
		label: 'Attachment',
		placeholder: 'e.g. loa.pdf',
		list: {
			path: `${account}/port_requests/{portRequestId}/attachments`,
			map: '',
			label: (a) => labelOf(a.id, a.content_type),
		},
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
	numberToCall: {
		label: 'Number to Call',
		description: 'A phone number or an extension of the account',
		placeholder: 'e.g. +14155550100 or 1001',
	},
	phoneNumber: {
		label: 'Phone Number',
		placeholder: 'e.g. +14155550100',
		hint: 'With country code; ten digits are taken as a number in the USA or Canada',
		normalize: 'phoneNumber',
		pattern: {
			expression: '^\\s*\\+?[0-9(][0-9() .\\-]{2,}$',
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
} as const satisfies Readonly<Record<string, Parameter>>;
