/** Hints for voicemail and faxes. */
import type { SchemaHints } from '../hintNotation';

export const messagesHints: Readonly<Record<string, SchemaHints>> = {
	vmboxes: {
		form: {
			name: {},
			mailbox: { label: 'Number' },
			owner_id: { label: 'Owner', as: 'id', of: 'userId' },
			timezone: { label: 'Time Zone', as: 'timeZone' },
			notify_email_addresses: { label: 'Notify by Email', as: 'texts' },
		},
		more: {
			require_pin: { label: 'Ask for PIN' },
			include_message_on_notify: { label: 'Send Message with Email' },
			delete_after_notify: { label: 'Delete After Email' },
			save_after_notify: { label: 'Save After Email' },
			transcribe: {},
			'media.unavailable': { label: 'Greeting', as: 'id', of: 'mediaId' },
			is_setup: { label: 'Set Up' },
			check_if_owner: { label: 'Owner Needs No Number' },
			flags: { as: 'texts' },
		},
		apart: ['pin'],
	},
	faxbox: {
		form: {
			name: {},
			caller_id: { label: 'Caller ID Number' },
			caller_name: { label: 'Caller ID Name' },
			fax_header: {},
			fax_timezone: { label: 'Time Zone', as: 'timeZone' },
			'notifications.inbound.email.send_to': { label: 'Mail Received Faxes To', as: 'texts' },
			'notifications.outbound.email.send_to': { label: 'Mail Confirmations To', as: 'texts' },
		},
		more: {
			smtp_permission_list: { label: 'Who May Fax by Email', as: 'texts' },
			custom_smtp_email_address: { label: 'Email Address of the Box' },
		},
	},
	notifications: { form: { subject: {}, from: { label: 'From' } } },
};
