import type { Fields } from '../notation';
import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/notifications';
const one = `${path}/{notificationId}` as const;
const systemOne = '/notifications/{notificationId}';
const SYSTEM = 'The scope System is for system administrators';

/** What a mail needs besides its text. */
const mail: Fields = {
	from: { type: 'text', label: 'From', placeholder: 'e.g. service@example.com', required: true },
	subject: { type: 'text', label: 'Subject', placeholder: 'e.g. Planned maintenance', required: true },
	html: {
		type: 'text',
		label: 'HTML',
		description: 'Body in HTML, Base64-encoded',
		lines: 4,
		placeholder: 'e.g. {{ $json.html.base64Encode() }}',
	},
	plain: {
		type: 'text',
		label: 'Plain Text',
		description: 'Body as plain text, Base64-encoded',
		lines: 4,
		placeholder: 'e.g. {{ $json.text.base64Encode() }}',
	},
};

export const notificationTemplate = resource({
	value: 'notificationTemplate',
	name: 'Notification Template',
	alias: 'Email Template',
	description: 'The emails KAZOO sends: voicemail to email, fax, port updates, new user, low balance',
	keywords: [
		'email template',
		'voicemail to email',
		'welcome email',
		'SMTP',
		'mail log',
		'branding',
		'teletype',
	],
	rows: [
		...crud(path, 'notificationId', {
			one: 'notification email template',
			many: 'notification email templates',
			schema: 'notifications',
			patch: false,
			getAll: 'List the emails there are, and which of them an account has changed',
			get: 'Read sender, receivers, subject and macros of one email',
			create: "Make an account's own version of an email, which then replaces the inherited one",
			update: 'Change some settings of an email, such as subject or sender',
			replace: 'Overwrite sender, receivers and subject of an email',
			delete: 'Go back to the inherited version of an email',
			more: {
				getAll: { scopes: { system: '/notifications' }, hint: SYSTEM },
				get: {
					scopes: { system: systemOne },
					simple: [
						'id',
						'friendly_name',
						'category',
						'enabled',
						'from',
						'to',
						'cc',
						'bcc',
						'reply_to',
						'subject',
						'templates',
						'account_overridden',
					],
				},
				create: {
					scopes: { system: '/notifications' },
					needs: 'reseller',
					body: {
						template: {
							type: 'text',
							label: 'Template ID',
							placeholder: 'e.g. voicemail_to_email',
							required: true,
							wire: 'id',
						},
					},
				},
				update: { needs: 'reseller' },
				replace: { scopes: { system: systemOne } },
			},
		}),
		operation(`DELETE ${path}`, {
			value: 'deleteAll',
			name: 'Delete All',
			action: 'Delete all notification templates of account',
			description: "Go back to the inherited version of every email; the account's own are lost",
			alwaysQuery: { action: 'remove_customizations' },
			returns: 'value',
		}),
		operation(`GET ${one}`, {
			value: 'downloadHtml',
			name: 'Download HTML',
			action: 'Download HTML of notification template',
			description: 'Get the HTML text of an email, with its macros, as a file',
			scopes: { system: systemOne },
			returns: 'file',
			accept: 'text/html',
		}),
		operation(`GET ${one}`, {
			value: 'downloadText',
			name: 'Download Text',
			action: 'Download text of notification template',
			description: 'Get the plain text of an email, with its macros, as a file',
			scopes: { system: systemOne },
			returns: 'file',
			accept: 'text/plain',
		}),
		operation(`POST ${one}`, {
			value: 'upload',
			name: 'Upload',
			action: 'Upload text of notification template',
			description: 'Store a new text for an email; the type of the file says which of the two',
			scopes: { system: systemOne },
			upload: { as: 'raw', accepts: 'HTML or plain text' },
		}),
		operation(`POST ${one}/preview`, {
			value: 'preview',
			name: 'Send Preview',
			action: 'Send preview of notification template',
			description: 'Send an email with sample data to yourself, without storing the new text',
			body: {
				receivers: {
					type: 'texts',
					label: 'To',
					description: 'Email addresses, separated by commas',
					placeholder: 'e.g. ann@example.com',
					required: true,
					wire: 'to.email_addresses',
				},
				...mail,
			},
			always: { 'to.type': 'specified' },
			returns: 'value',
		}),
		operation(`POST ${path}/customer_update/message`, {
			value: 'sendCustomerUpdate',
			name: 'Send Customer Update',
			action: 'Send customer update',
			description: 'Mail news to the people of one customer, or of all customers of a reseller',
			hint: 'Real people get real mail. The text is that of the template customer_update unless you give one',
			body: {
				recipient: {
					type: 'locator',
					parameter: 'accountId',
					label: 'Customer',
					description: 'Left empty, all accounts below',
					wire: 'recipient_id',
				},
				userType: {
					type: 'choice',
					label: 'People',
					description: 'By expression also the ID of one user, when Customer is given',
					options: [
						{ value: 'admins', label: 'Administrators' },
						{ value: 'all_users', label: 'All Users' },
					],
					default: 'admins',
				},
				...Object.fromEntries(
					Object.entries(mail).map(([key, field]) => [key, { ...field, required: false }]),
				),
			},
			returns: 'value',
			needs: 'reseller',
		}),
		operation(`GET ${path}/smtplog`, {
			value: 'getDeliveries',
			name: 'Get Deliveries',
			action: 'Get deliveries of emails',
			description: 'List the emails of a period with receiver, subject and error',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/smtplog/{smtpLogId}`, {
			value: 'getDelivery',
			name: 'Get Delivery',
			action: 'Get delivery of email',
			description: 'Read one sent email: data, rendered text, and what the mail server said',
		}),
	],
});
