import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/alerts';

export const alert = resource({
	value: 'alert',
	name: 'Alert',
	description: "Notices that KAZOO's user interface shows to people, such as a port that needs action",
	keywords: ['notice', 'warning', 'banner', 'announcement', 'message to users'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many alerts',
			description: 'List the notices shown to the logged-in user, with title, text and category',
			returns: 'records',
		}),
		operation(`GET ${path}/{alertId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get alert',
			description: 'Read one notice and to whom it is shown',
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create alert',
			description: 'Put up a notice for the people you name',
			needs: 'system administrator',
			body: {
				title: { type: 'text', label: 'Title', placeholder: 'e.g. Maintenance tonight', required: true },
				message: { type: 'text', label: 'Message', lines: 3, required: true },
				from: {
					type: 'json',
					label: 'From',
					description: 'A list of senders: type account or user, and its ID as value',
					placeholder: 'e.g. [{"type": "account", "value": "ACCOUNT_ID"}]',
					required: true,
				},
				to: {
					type: 'json',
					label: 'To',
					description: 'A list of readers: an account ID as type, and users, admins or a user ID as value',
					placeholder: 'e.g. [{"type": "ACCOUNT_ID", "value": "admins"}]',
					required: true,
				},
				category: { type: 'text', label: 'Category', description: 'A word to tell kinds of notices apart' },
				clearable: {
					type: 'boolean',
					label: 'Clearable',
					description: 'Whether readers may take it down',
				},
				expirationDate: { type: 'date', label: 'Shown Until' },
				metadata: { type: 'json', label: 'Metadata', placeholder: 'e.g. {"ticket": 4711}' },
			},
		}),
		operation(`DELETE ${path}/{alertId}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete alert',
			description: 'Take a notice down for everybody',
		}),
	],
});
