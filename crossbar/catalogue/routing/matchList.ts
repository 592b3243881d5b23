import { crud, resource } from '../notation';

export const matchList = resource({
	value: 'matchList',
	name: 'Match List',
	description: 'Lists of numbers or times by which selective call forwarding decides',
	keywords: ['selective forwarding', 'call forward rule', 'number pattern', 'VIP list', 'regex'],
	rows: crud('/accounts/{accountId}/match_lists', 'matchListId', {
		one: 'match list',
		many: 'match lists',
		schema: 'match_lists',
		version: 5,
		getAll: 'List the match lists of an account with name and owner',
		get: 'Read the rules of one list: number patterns and time of day rules',
		create: 'Add a list; users and devices name it in their call forwarding',
		update: 'Rename a list or give it other rules; the rules are replaced whole',
		replace: 'Overwrite name and rules of a list',
		upsert: 'Find a list by its name: give it these rules, or add it',
		delete: 'Remove a list; forwarding that names it no longer matches',
	}),
});
