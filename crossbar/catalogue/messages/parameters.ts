/** Path parameters of voicemail, faxes and messages. */
import { isoFromGregorian } from '../../values/time';
import type { Listed, Parameter } from '../parameterNotation';
import { account, ID, labelOf, MONTHLY_ID, namedList, text } from '../parameterNotation';

/** From whom to whom, as far as it is known. */
const between = (message: Listed): string => [message.from, message.to].map(text).filter(Boolean).join(' → ');

/** Gregorian seconds as the minute they are. */
const when = (seconds: unknown): string =>
	typeof seconds === 'number' ? isoFromGregorian(seconds).slice(0, 16).replace('T', ' ') : text(seconds);

export const messagesParameters = {
	faxEmailId: { label: 'Email ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	faxJobId: {
		label: 'Fax Job',
		list: { path: `${account}/faxes/outgoing`, label: (f) => labelOf(f.to, f.status) },
	},
	faxboxId: {
		label: 'Fax Box',
		pattern: ID,
		list: namedList('/faxboxes'),
	},
	incomingFaxId: { label: 'Fax ID' },
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
		list: { path: `${account}/mms`, label: (m) => between(m) || text(m.id) },
	},
	notificationId: {
		label: 'Notification Template',
		placeholder: 'e.g. voicemail_to_email',
		list: { path: `${account}/notifications`, label: (n) => labelOf(n.friendly_name ?? n.id, n.category) },
	},
	receivedFaxId: {
		label: 'Received Fax',
		list: { path: `${account}/faxes/inbox`, label: (f) => labelOf(f.from_number ?? f.from, when(f.created)) },
	},
	sentFaxId: {
		label: 'Sent Fax',
		list: { path: `${account}/faxes/outbox`, label: (f) => labelOf(f.to_number ?? f.to, f.status) },
	},
	smsId: {
		label: 'SMS',
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: { path: `${account}/sms`, label: (m) => labelOf(between(m), m.body) },
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
	vmboxId: {
		label: 'Voicemail Box',
		pattern: ID,
		list: {
			path: `${account}/vmboxes`,
			names: (v) => [v.name, v.mailbox],
			label: (v) => labelOf(v.name, v.mailbox),
		},
	},
} as const satisfies Readonly<Record<string, Parameter>>;
