import type { Call } from '../request/call';
import { databaseName } from '../store/changes';
import type { Doc, Fields } from '../store/database';
import { notify } from '../bus/notification';

/**
 * A template tried out: the notification it belongs to, with the name of each header as its value where the request
 * gives none. Follows the recorded deliveries; which headers there are is in webhooks.md 2.4.
 */

/** Headers of every notification that becomes a mail. */
const MAIL = words('To Text Subject Reply-To HTML From Cc Bcc Attachment-URL');

const ENDS = 'From-Realm From-User To-Realm To-User';
const CALLER = 'Call-ID Caller-ID-Name Caller-ID-Number';
const FAX = `${CALLER} Callee-ID-Name Callee-ID-Number Fax-ID Fax-Info Fax-Notifications Fax-Timestamp FaxBox-ID`;
const PORT = 'Authorized-By Local-Number Number Number-State Port Port-Request-ID Version';

/** The notification of a template, where it has another name, and its own headers. */
const NOTIFICATIONS: Record<string, { name?: string; headers: string[] }> = {
	voicemail_to_email: {
		name: 'voicemail_new',
		headers: words(
			`${CALLER} ${ENDS} Voicemail-Box Voicemail-ID Voicemail-Length Voicemail-Timestamp Voicemail-Transcription`,
		),
	},
	voicemail_full: { headers: words('Max-Message-Count Message-Count Voicemail-Box') },
	fax_inbound_to_email: { name: 'inbound_fax', headers: words(`${FAX} ${ENDS} Owner-ID`) },
	fax_inbound_error_to_email: {
		name: 'inbound_fax_error',
		headers: words(`${FAX} ${ENDS} Owner-ID Fax-Error Fax-Result-Code`),
	},
	fax_outbound_to_email: { name: 'outbound_fax', headers: words(`${FAX} Fax-JobId Fax-Timezone`) },
	fax_outbound_error_to_email: {
		name: 'outbound_fax_error',
		headers: words(`${FAX} Fax-JobId Fax-Timezone Fax-Error`),
	},
	missed_call: {
		headers: words(
			`Call-Bridged Call-ID Caller-ID-Name Caller-ID-Number ${ENDS} Message-Left Notify Timestamp`,
		),
	},
	new_user: { headers: words('Password User-ID') },
	password_recovery: { headers: words('Email First-Name Last-Name Password-Reset-Link Timezone User-ID') },
	low_balance: { headers: words('Current-Balance') },
	first_occurrence: { headers: words('Occurrence') },
	port_comment: { headers: words(`${PORT} Comment`) },
	port_request: { headers: words(PORT) },
	...Object.fromEntries(
		words('port_pending port_rejected port_scheduled port_cancel port_unconfirmed ported').map((name) => [
			name,
			{ headers: words(`${PORT} Reason`) },
		]),
	),
};

/** Keys of a request that have another name than their header. */
const NAMED: Record<string, string> = { Text: 'plain' };

function words(text: string): string[] {
	return text.trim().split(/\s+/);
}

/** Sends the notification of a template to whoever listens, as a preview. */
export function publishPreview(call: Call, id: string, data: Fields): void {
	const { name = id, headers } = NOTIFICATIONS[id] ?? { headers: [] };
	const accountId = (call.account as Doc)._id;
	const given = (header: string): unknown => data[NAMED[header] ?? header.toLowerCase()] ?? header;
	notify(call.kernel, 'crossbar', name, accountId, {
		...Object.fromEntries([...MAIL, ...headers].map((header) => [header, given(header)])),
		'Account-DB': databaseName(accountId),
		'Call-ID': call.requestId,
		'Msg-ID': call.requestId,
		'System-Log-ID': call.requestId,
		Preview: true,
	});
}
