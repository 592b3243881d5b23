import { crud, resource } from './notation';

export const callflow = resource({
	value: 'callflow',
	name: 'Callflow',
	description: 'What happens to a call to a number or extension: who rings, menus, voicemail, opening hours',
	keywords: [
		'call routing',
		'dial plan',
		'extension',
		'auto attendant',
		'IVR',
		'ring group',
		'feature code',
		'inbound',
	],
	rows: crud('/accounts/{accountId}/callflows', 'callflowId', {
		one: 'callflow',
		many: 'callflows',
		schema: 'callflows',
		getAll: 'List callflows with the numbers and extensions they answer and the modules they use',
		get: 'Read one callflow with its whole tree of modules',
		create:
			'Route numbers or extensions through a new tree of modules; numbers must be free in other callflows',
		update: 'Change name, numbers or parts of the tree; branches you leave out stay as they are',
		replace: 'Put a new tree, name and list of numbers in place of the old ones',
		upsert: 'Find a callflow by name or another field: change it when it exists, else make it',
		delete: 'Remove the routing; calls to its numbers are no longer answered',
		more: {
			update: {
				hint: 'Lists such as numbers are replaced whole; an old branch goes only when you send it as null',
			},
		},
	}),
});
