import type { Field, Fields } from '../notation';
import { crud, operation, resource } from '../notation';
import { commentFields, firstComment } from '../platform/comment';

const account = '/accounts/{accountId}/port_requests';
const one = `${account}/{portRequestId}` as const;

const reason: Field = {
	type: 'text',
	label: 'Reason',
	description: 'Why the state changes; it is kept as a comment on the port request',
	placeholder: 'e.g. PIN was wrong',
};

const listQuery: Fields = {
	byTypes: {
		type: 'choice',
		label: 'State',
		description: 'Only port requests in this state',
		options: [
			{ value: 'active', label: 'All Open' },
			{ value: 'canceled', label: 'Canceled' },
			{ value: 'completed', label: 'Completed' },
			{ value: 'progressing', label: 'In Progress', description: 'Submitted, pending or scheduled' },
			{ value: 'pending', label: 'Pending' },
			{ value: 'rejected', label: 'Rejected' },
			{ value: 'scheduled', label: 'Scheduled' },
			{ value: 'submitted', label: 'Submitted' },
			{ value: 'unconfirmed', label: 'Unconfirmed' },
			{ value: 'suspended', label: 'Waiting', description: 'Unconfirmed or rejected' },
		],
		default: 'active',
	},
	byNumber: {
		type: 'text',
		label: 'Phone Number',
		description: 'Only the port request with this number',
		placeholder: 'e.g. +14155550100',
	},
};

const simple = [
	'id',
	'name',
	'port_state',
	'numbers',
	'account_id',
	'account_name',
	'carrier',
	'winning_carrier',
	'transfer_date',
	'scheduled_date',
	'created',
	'updated',
	'sent',
] as const;

const attachment = {
	as: 'raw',
	accepts: 'PDF',
} as const;

/** What all changes of state have in common: PATCH /{state}?reason= (async.md section 9). */
const transition = { query: { reason }, simple, charges: true } as const;

export const portRequest = resource({
	value: 'portRequest',
	name: 'Port Request',
	alias: 'Port Number, LNP',
	description: 'Orders to bring numbers over from another carrier, with documents, comments and states',
	keywords: [
		'port in',
		'porting',
		'number porting',
		'LNP',
		'LOA',
		'letter of authorization',
		'transfer number',
	],
	rows: [
		...crud(account, 'portRequestId', {
			one: 'port request',
			many: 'port requests',
			schema: 'port_requests',
			getAll: 'List orders of an account with state, numbers and carrier',
			get: 'Read one order: numbers, bill data, carriers, dates and comments',
			create:
				'Prepare an order to bring numbers over from another carrier, with its documents; Submit sends it',
			update: 'Change parts of an order that is not submitted yet or was rejected',
			replace: 'Overwrite an order with the fields you send; only before it is submitted',
			delete: 'Delete an order that is unconfirmed, rejected or canceled',
			more: {
				create: {
					action: 'Create port request to port numbers in',
					alias: 'documents, bill, letter of authorization',
					arguments: {
						documents: {
							type: 'texts',
							label: 'Documents',
							description: 'Names of the binary fields with the PDF files: bill, letter of authorization',
							placeholder: 'e.g. bill, loa',
							stands: true,
						},
						submit: {
							type: 'boolean',
							label: 'Submit',
							description: 'Whether it is sent to the port authority at once, with all documents',
							stands: true,
						},
					},
					files: 'documents',
					charges: true,
					via: 'createPortRequest',
				},
				getAll: {
					returns: { list: 'port_requests' },
					query: listQuery,
					scopes: { system: '/port_requests' },
					hint: 'The scope System shows the port requests you work on as port authority',
					simple,
				},
				get: { simple },
			},
		}),
		operation('GET /accounts/{accountId}/descendants/port_requests', {
			value: 'getOfDescendants',
			name: 'Get Many of Sub-Accounts',
			action: 'Get many port requests of sub accounts',
			description: 'List the orders of all accounts below one',
			returns: { list: 'port_requests' },
			query: listQuery,
			simple,
		}),
		operation('GET /accounts/{accountId}/descendants/port_requests/{portState}', {
			value: 'getOfDescendantsByState',
			name: 'Get Many of Sub-Accounts by State',
			action: 'Get many port requests of sub accounts by state',
			description: 'List the orders below an account that stand in one state',
			hint: 'Not on every server; Get Many of Sub-Accounts with the field State does the same',
			returns: { list: 'port_requests' },
			version: 5,
			simple,
		}),
		operation(`GET ${account}/last_submitted`, {
			value: 'getLastSubmitted',
			name: 'Get Last Submissions',
			action: 'Get last submissions of port requests',
			description: 'List for each order when it was last submitted and by whom',
			returns: 'records',
			unpaged: true,
		}),
		operation(`POST ${account}/lnp_lookup`, {
			value: 'checkPortability',
			name: 'Check Portability',
			action: 'Check portability of phone numbers',
			description: 'Ask whether numbers can be ported and which carrier has them now',
			body: {
				numbers: {
					type: 'texts',
					label: 'Phone Numbers',
					description: 'The numbers with country code, separated by commas',
					placeholder: 'e.g. +14155550100, +14155550101',
					required: true,
				},
			},
			version: 5,
		}),
		operation(`GET ${one}/timeline`, {
			value: 'getTimeline',
			name: 'Get Timeline',
			action: 'Get timeline of port request',
			description: 'List state changes and comments of an order, oldest first',
			returns: 'records',
			unpaged: true,
		}),
		operation(`PATCH ${one}/submitted`, {
			value: 'submit',
			name: 'Submit',
			action: 'Submit port request',
			description: 'Send an order to the port authority, who alone can change it from then on',
			...transition,
		}),
		operation(`PATCH ${one}/pending`, {
			value: 'setPending',
			name: 'Set to Pending',
			action: 'Set port request to pending',
			description: 'Mark a submitted order as one that the carriers work on',
			hint: 'For the port authority and system administrators',
			...transition,
		}),
		operation(`PATCH ${one}/scheduled`, {
			value: 'schedule',
			name: 'Schedule',
			action: 'Schedule port request',
			description: 'Fix the day and time at which the numbers come over',
			hint: 'For the port authority and system administrators. Give a date, or local time with time zone',
			body: {
				scheduledDate: { type: 'date', label: 'Date', placeholder: 'e.g. 2026-12-01T10:30:00Z' },
				localTime: {
					type: 'text',
					label: 'Local Date and Time',
					description: 'In place of Date, written like 2026-12-01 10:30',
					placeholder: 'e.g. 2026-12-01 10:30',
					wire: 'schedule_on.date_time',
				},
				timezone: {
					type: 'text',
					label: 'Time Zone',
					description: 'Of the local date and time',
					placeholder: 'e.g. America/New_York',
					wire: 'schedule_on.timezone',
				},
			},
			...transition,
		}),
		operation(`PATCH ${one}/completed`, {
			value: 'complete',
			name: 'Complete',
			action: 'Complete port request',
			description: 'Mark a port as done; its numbers go into service in the account',
			hint: 'For the port authority and system administrators',
			...transition,
		}),
		operation(`PATCH ${one}/rejected`, {
			value: 'reject',
			name: 'Reject',
			action: 'Reject port request',
			description: 'Send an order back to the customer for correction',
			hint: 'For the port authority and system administrators',
			...transition,
		}),
		operation(`PATCH ${one}/canceled`, {
			value: 'cancel',
			name: 'Cancel',
			action: 'Cancel port request',
			description: 'Cancel an order; once it is submitted only the port authority can do so',
			...transition,
		}),
		operation(`PATCH ${one}/{portState}`, {
			value: 'changeState',
			name: 'Change State',
			action: 'Change state of port request',
			description: 'Move an order to the state you name, for workflows that take the state from data',
			...transition,
		}),
		operation(`GET ${one}/attachments`, {
			value: 'getAttachments',
			name: 'Get Attachments',
			action: 'Get attachments of port request',
			description: 'List the documents of an order with type and size',
			returns: { map: '', key: 'name' },
			unpaged: true,
		}),
		operation(`PUT ${one}/attachments`, {
			value: 'addAttachment',
			name: 'Add Attachment',
			action: 'Add attachment to port request',
			description: 'Attach a bill or a signed letter of authorization to an order',
			query: {
				fileName: {
					type: 'text',
					label: 'Attachment Name',
					description: 'Name under which it is kept; left empty, the name of the file',
					placeholder: 'e.g. bill.pdf',
					wire: 'filename',
				},
			},
			upload: attachment,
		}),
		operation(`GET ${one}/attachments/{attachmentName}`, {
			value: 'downloadAttachment',
			name: 'Download Attachment',
			action: 'Download attachment of port request',
			description: 'Get a document of an order as a file',
			returns: 'file',
		}),
		operation(`POST ${one}/attachments/{attachmentName}`, {
			value: 'replaceAttachment',
			name: 'Replace Attachment',
			action: 'Replace attachment of port request',
			description: 'Put a newer version of a document in place of the old one',
			upload: attachment,
		}),
		operation(`DELETE ${one}/attachments/{attachmentName}`, {
			value: 'deleteAttachment',
			name: 'Delete Attachment',
			action: 'Delete attachment of port request',
			description: 'Remove a document while the order can still be changed',
		}),
		operation(`GET ${one}/loa`, {
			value: 'downloadLoa',
			name: 'Download LOA',
			action: 'Download letter of authorization for port request',
			description: 'Get a letter of authorization, filled in for the customer to sign, as a PDF file',
			returns: 'file',
			accept: 'application/pdf',
		}),
		operation(`GET ${one}/comments`, {
			value: 'getComments',
			name: 'Get Comments',
			action: 'Get comments of port request',
			description: 'List what was written about an order',
			returns: { list: 'comments' },
			unpaged: true,
		}),
		operation(`PUT ${one}/comments`, {
			value: 'addComment',
			name: 'Add Comment',
			action: 'Add comment to port request',
			description: 'Write a note on an order; all its comments come back',
			body: firstComment,
			returns: { list: 'comments' },
		}),
		operation(`GET ${one}/comments/{commentId}`, {
			value: 'getComment',
			name: 'Get Comment',
			action: 'Get comment of port request',
			description: 'Read one note by its place in the list, the first being 0',
			version: 5,
		}),
		operation(`POST ${one}/comments/{commentId}`, {
			value: 'updateComment',
			name: 'Update Comment',
			action: 'Update comment of port request',
			description: 'Correct what a note says',
			body: commentFields,
			version: 5,
		}),
		operation(`DELETE ${one}/comments/{commentId}`, {
			value: 'deleteComment',
			name: 'Delete Comment',
			action: 'Delete comment of port request',
			description: 'Remove one note from an order',
			version: 5,
		}),
		operation(`DELETE ${one}/comments`, {
			value: 'deleteComments',
			name: 'Delete All Comments',
			action: 'Delete all comments of port request',
			description: 'Remove everything that was written about an order',
			version: 5,
		}),
	],
});
