import { crud, resource } from '../notation';

export const skel = resource({
	value: 'skel',
	name: 'Skel',
	description: "KAZOO's example module, which stores any document, for those who develop modules",
	keywords: ['example', 'skeleton', 'developer', 'custom data', 'template module'],
	rows: crud('/accounts/{accountId}/skels', 'skelId', {
		one: 'skel',
		many: 'skels',
		schema: 'skels',
		version: 4,
		getAll: 'List the example documents of an account',
		get: 'Read one example document',
		create: 'Store an example document with any fields',
		update: 'Change some fields of an example document',
		replace: 'Overwrite an example document',
		delete: 'Remove an example document',
	}),
});
