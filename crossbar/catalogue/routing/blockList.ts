import { crud, resource } from '../notation';

export const blockList = resource({
	value: 'blockList',
	name: 'Block List',
	alias: 'Block Number, Blacklist',
	description: 'Callers who are not let through, by number or because they hide it',
	keywords: [
		'blacklist',
		'blocked numbers',
		'spam callers',
		'block caller',
		'reject calls',
		'anonymous calls',
	],
	rows: crud('/accounts/{accountId}/blacklists', 'blockListId', {
		one: 'block list',
		many: 'block lists',
		schema: 'blacklists',
		getAll: 'List the collections of blocked callers by name',
		get: 'Read which numbers are blocked, and whether hidden ones are',
		create: 'Make a list of blocked numbers; it works once the account names it in its field Blacklists',
		update: 'Block more numbers or set one to null to let it through again',
		replace: 'Overwrite the blocked numbers; all other callers get through',
		upsert: 'Find a list by name: add to its numbers, or make it when missing',
		delete: 'Delete a list; the callers on it get through again',
		more: {
			create: {
				action: 'Create block list of callers',
				alias: 'blacklist, block number, block caller, spam',
				hint: 'Numbers is an object with the number as key: {"+14155550100": {}}',
			},
		},
	}),
});
