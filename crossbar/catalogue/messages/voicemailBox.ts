import { crud, resource } from '../notation';

export const voicemailBox = resource({
	value: 'voicemailBox',
	name: 'Voicemail Box',
	alias: 'Voicemail to Email, PIN',
	description: 'Mailboxes that take messages, with PIN, greeting and notification by email',
	keywords: ['voicemail', 'mailbox', 'answering machine', 'PIN', 'voicemail to email', 'greeting'],
	compared: { mailbox: 'number' },
	rows: crud('/accounts/{accountId}/vmboxes', 'vmboxId', {
		one: 'voicemail box',
		many: 'voicemail boxes',
		schema: 'vmboxes',
		apart: {
			pin: {
				type: 'text',
				label: 'PIN',
				description: 'Empty: as it is',
				password: true,
				stands: true,
				length: { min: 4, max: 6 },
			},
		},
		charges: true,
		getAll: 'List mailboxes with owner and how many new and saved messages each holds',
		get: 'Read how a mailbox is set up: PIN, time zone, greetings, email addresses to notify',
		create: 'Set up a mailbox; callers reach it once a callflow sends them there',
		update: 'Change some settings of a mailbox, such as PIN or notification addresses',
		replace: "Overwrite a mailbox's settings with the fields you send; its messages stay",
		upsert: 'Find a mailbox by its number or another field: change it, or set it up when missing',
		delete: 'Remove a mailbox together with its messages',
		more: {
			getAll: { names: { owner: { id: 'owner_id', of: 'userId' } } },
			update: { alias: 'voicemail to email, voicemail PIN' },
			get: {
				simple: [
					'id',
					'name',
					'mailbox',
					'owner_id',
					'pin',
					'require_pin',
					'timezone',
					'is_setup',
					'notify_email_addresses',
					'include_message_on_notify',
					'delete_after_notify',
					'transcribe',
					'media.unavailable',
				],
			},
		},
	}),
});
