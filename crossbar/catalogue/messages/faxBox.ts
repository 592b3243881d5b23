import { crud, resource } from '../notation';

export const faxBox = resource({
	value: 'faxBox',
	name: 'Fax Box',
	description: 'Fax numbers with their header, email addresses to notify, and sending by email',
	keywords: ['virtual fax', 'fax to email', 'email to fax', 'fax server', 'fax printer', 'efax'],
	rows: crud('/accounts/{accountId}/faxboxes', 'faxboxId', {
		one: 'fax box',
		many: 'fax boxes',
		schema: 'faxbox',
		patch: false,
		getAll: 'List fax boxes by name',
		get: 'Read header, retries, notifications and the addresses that may send by email',
		create: 'Set up a fax box; a callflow has to lead a number to it',
		update: 'Change header, retries or notifications and keep the rest',
		replace: 'Overwrite header, retries and notifications',
		upsert: 'Find a fax box by name: change it, or set it up',
		delete: 'Remove a fax box; received faxes stay',
	}),
});
