/** Voicemail, faxes, text messages. */
import type { EventDetails } from './notation';
import { both, notification, object } from './notation';

const VOICEMAIL = [
	...['mailbox', 'caller_id_name', 'caller_id_number', 'duration_seconds', 'voicemail_timestamp'],
	...['voicemail_transcription', 'voicemail_box', 'voicemail_id', 'call_id', 'to_user'],
];
const FAX = [
	...['fax_id', 'faxbox_id', 'fax_info', 'fax_timestamp', 'caller_id_name', 'caller_id_number'],
	...['callee_id_number', 'call_id', 'owner_id'],
];
const FAX_FAILED = [...FAX, 'fax_error', 'fax_result_code'];
const TEXT = ['id', 'from', 'to', 'body', 'origin', 'type'];

export const messages = {
	voicemailReceived: {
		...notification('Voicemail', 'voicemail_new', VOICEMAIL),
		live: object('Voicemail', 'doc_created', 'mailbox_message').live,
		name: 'Voicemail Received',
		description: 'A caller left a message in a voicemail box',
		file: 'voicemail',
	},
	voicemailSaved: {
		...notification('Voicemail', 'voicemail_saved', VOICEMAIL),
		name: 'Voicemail Saved',
		description: 'A message was put into the folder of new messages of a voicemail box',
		file: 'voicemail',
	},
	voicemailDeleted: {
		...object('Voicemail', 'doc_deleted', 'mailbox_message'),
		name: 'Voicemail Deleted',
		description: 'A message was deleted from a voicemail box',
	},
	voicemailBoxFull: {
		...notification('Voicemail', 'voicemail_full', [
			'mailbox',
			'voicemail_box',
			'message_count',
			'max_message_count',
		]),
		name: 'Voicemail Box Full',
		description: 'A caller could not leave a message because the box is full',
	},
	faxReceived: {
		...notification('Fax', 'inbound_fax', FAX),
		live: object('Fax', 'doc_created', 'fax').live,
		name: 'Fax Received',
		description: 'A fax came in',
		file: 'receivedFax',
	},
	faxReceiveFailed: {
		...notification('Fax', 'inbound_fax_error', FAX_FAILED),
		name: 'Fax Not Received',
		description: 'A fax could not be received',
	},
	faxSent: {
		...notification('Fax', 'outbound_fax', [...FAX, 'fax_jobid']),
		name: 'Fax Sent',
		description: 'A fax arrived at the other end',
		file: 'sentFax',
	},
	faxFailed: {
		...notification('Fax', 'outbound_fax_error', [...FAX_FAILED, 'fax_jobid']),
		name: 'Fax Failed',
		description: 'A fax could not be sent',
	},
	faxEmailRefused: {
		...notification('Fax', 'outbound_smtp_fax_error', [
			...['fax_from_email', 'fax_to_email', 'errors', 'faxbox_id', 'faxbox_name', 'number', 'timestamp'],
		]),
		name: 'Fax Email Refused',
		description: 'An email that was to be sent as a fax could not be one',
	},
	faxProgress: {
		group: 'Fax',
		live: { bindings: both('fax.status.*') },
		fields: ['fax_id', 'job_id', 'direction', 'fax_state', 'status', 'fax_info', 'faxbox_id', 'timestamp'],
		name: 'Fax Progress',
		description: 'A fax that is being sent or received gets on: started, page by page, ended',
	},
	smsReceived: {
		group: 'Message',
		webhook: { hook: 'sms' },
		fields: TEXT,
		name: 'SMS Received',
		description: 'A text message came in from outside',
	},
	mmsReceived: {
		group: 'Message',
		webhook: { hook: 'mms' },
		fields: TEXT,
		name: 'MMS Received',
		description: 'A picture message came in from outside',
	},
} as const satisfies Readonly<Record<string, EventDetails>>;
