import type { Field, Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/faxes';
const received = `${path}/inbox/{receivedFaxId}` as const;
const sent = `${path}/outbox/{sentFaxId}` as const;

const toNumber: Field = { type: 'text', label: 'To Number', placeholder: 'e.g. +14155550190' };
const fromNumber: Field = { type: 'text', label: 'From Number', placeholder: 'e.g. +14155550100' };

/** Schema faxes; the document is a file with the request, or fetched from an address. */
const job: Fields = {
	toNumber: { ...toNumber, required: true },
	fromNumber: { ...fromNumber, required: true },
	toName: { type: 'text', label: 'To Name' },
	fromName: { type: 'text', label: 'From Name' },
	subject: { type: 'text', label: 'Subject', description: 'KAZOO 5 and newer' },
	documentUrl: {
		type: 'text',
		label: 'Document URL',
		description: 'Where KAZOO fetches the document, in place of a file',
		placeholder: 'e.g. https://example.com/offer.pdf',
		wire: 'document.url',
	},
	documentMethod: {
		type: 'choice',
		label: 'Document Method',
		options: [
			{ value: 'get', label: 'GET' },
			{ value: 'post', label: 'POST' },
		],
		default: 'get',
		wire: 'document.method',
	},
	documentContent: {
		type: 'text',
		label: 'Document Request Body',
		description: 'Sent to the URL with POST, at most 256 characters',
		wire: 'document.content',
	},
	documentContentType: {
		type: 'text',
		label: 'Document Request Type',
		placeholder: 'e.g. application/json',
		wire: 'document.content_type',
	},
	documentHost: { type: 'text', label: 'Document Host Header', wire: 'document.host' },
	documentReferer: { type: 'text', label: 'Document Referer Header', wire: 'document.referer' },
	retries: {
		type: 'number',
		label: 'Retries',
		description: 'How often a failed fax is sent again',
		default: 1,
		min: 0,
		max: 4,
		decimals: 0,
	},
	emails: {
		type: 'texts',
		label: 'Notify by Email',
		placeholder: 'e.g. ann@example.com',
		wire: 'notifications.email.send_to',
	},
	smsNumbers: {
		type: 'texts',
		label: 'Notify by SMS',
		placeholder: 'e.g. +14155550100',
		wire: 'notifications.sms.send_to',
	},
};

const simple = [
	'id',
	'status',
	'from_number',
	'from_name',
	'to_number',
	'to_name',
	'created',
	'faxbox_id',
	'rx_result.success',
	'rx_result.total_pages',
	'tx_result.success',
	'tx_result.pages_sent',
	'tx_result.error_message',
] as const;

const names = { fax_box: { id: 'faxbox_id', of: 'faxboxId' } } as const;

export const fax = resource({
	value: 'fax',
	name: 'Fax',
	description: 'Send faxes, watch them go out, and get received ones as files',
	keywords: ['send fax', 'receive fax', 'fax inbox', 'fax outbox', 'TIFF', 'PDF', 'T.38'],
	rows: [
		operation(`PUT ${path}`, {
			value: 'send',
			also: [`PUT ${path}/outgoing`],
			name: 'Send',
			action: 'Send fax',
			description: 'Send a file, or a document from an address; a fax job comes back',
			hint: 'Whether it got through is known later: Get Job, then Get Sent',
			scopes: { faxbox: '/accounts/{accountId}/faxboxes/{faxboxId}/faxes' },
			body: job,
			upload: { as: 'multipart', optional: true, accepts: 'PDF or TIFF' },
			simple,
		}),
		operation(`GET ${path}/outgoing`, {
			value: 'getJobs',
			name: 'Get Jobs',
			action: 'Get fax jobs',
			description: 'List faxes that are waiting or being sent',
			returns: 'records',
			names,
		}),
		operation(`GET ${path}/outgoing/{faxJobId}`, {
			value: 'getJob',
			name: 'Get Job',
			action: 'Get fax job',
			description: 'Read how far one fax is: waiting, being sent, or why it failed',
			simple,
		}),
		operation(`GET ${path}/outbox`, {
			value: 'getSentMany',
			name: 'Get Many Sent',
			action: 'Get many sent faxes',
			description: 'List faxes that were sent or given up in a period',
			returns: 'records',
			names,
			range: 'created',
		}),
		operation(`GET ${sent}`, {
			value: 'getSent',
			name: 'Get Sent',
			action: 'Get sent fax',
			description: 'Read to whom a fax went, how many pages, and why it failed',
			simple,
		}),
		operation(`PUT ${sent}`, {
			value: 'resend',
			name: 'Send Again',
			action: 'Send fax again',
			description: 'Send a fax from the outbox once more, also to another number; a new job comes back',
			alwaysBeside: { action: 'resubmit' },
			body: { toNumber, fromNumber },
		}),
		operation(`GET ${sent}/attachment`, {
			value: 'downloadSent',
			name: 'Download Sent',
			action: 'Download sent fax',
			description: 'Get the document that was sent as a file',
			returns: 'file',
		}),
		operation(`DELETE ${sent}`, {
			value: 'deleteSent',
			name: 'Delete Sent',
			action: 'Delete sent fax',
			description: 'Remove a fax from the outbox',
		}),
		operation(`DELETE ${sent}/attachment`, {
			value: 'deleteSentFile',
			name: 'Delete Sent File',
			action: 'Delete file of sent fax',
			description: 'Remove the document of a sent fax and keep its entry',
		}),
		operation(`GET ${path}/inbox`, {
			value: 'getReceivedMany',
			name: 'Get Many Received',
			action: 'Get many received faxes',
			description: 'List faxes that came in during a period',
			returns: 'records',
			names,
			range: 'created',
		}),
		operation(`GET ${received}`, {
			value: 'getReceived',
			name: 'Get Received',
			action: 'Get received fax',
			description: 'Read from whom a fax came, when, and how many pages it has',
			simple,
		}),
		operation(`PUT ${received}`, {
			value: 'forward',
			name: 'Forward',
			action: 'Forward received fax',
			description: 'Send a fax from the inbox on to another number; a fax job comes back',
			alwaysBeside: { action: 'forward' },
			body: { toNumber: { ...toNumber, required: true }, fromNumber },
		}),
		operation(`GET ${received}/attachment`, {
			value: 'downloadReceived',
			name: 'Download Received',
			action: 'Download received fax',
			description: 'Get a received document as a file, PDF unless set otherwise',
			returns: 'file',
		}),
		operation(`DELETE ${received}`, {
			value: 'deleteReceived',
			name: 'Delete Received',
			action: 'Delete received fax',
			description: 'Remove a fax from the inbox',
		}),
		operation(`DELETE ${received}/attachment`, {
			value: 'deleteReceivedFile',
			name: 'Delete Received File',
			action: 'Delete file of received fax',
			description: 'Remove a received document and keep its entry',
		}),
		operation(`GET ${path}/incoming`, {
			value: 'getIncomingMany',
			name: 'Get Many Incoming',
			action: 'Get many incoming faxes',
			description: 'List faxes that are coming in now',
			returns: 'records',
			names,
		}),
		operation(`GET ${path}/incoming/{incomingFaxId}`, {
			value: 'getIncoming',
			name: 'Get Incoming',
			action: 'Get incoming fax',
			description: 'Read what is known of a fax that is coming in',
		}),
		operation(`GET ${path}/smtplog`, {
			value: 'getEmails',
			name: 'Get Emails',
			action: 'Get emails to be faxed',
			description: 'List emails that asked for a fax, and what became of them',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/smtplog/{faxEmailId}`, {
			value: 'getEmail',
			name: 'Get Email',
			action: 'Get email to be faxed',
			description: 'Read why an email was faxed or refused',
		}),
	],
});
