import { crud, resource } from './notation';

export const group = resource({
	value: 'group',
	name: 'Group',
	description: 'Users and phones that belong together, to ring or page them as one',
	keywords: ['ring group', 'hunt group', 'team', 'department', 'page group', 'pickup'],
	rows: crud('/accounts/{accountId}/groups', 'groupId', {
		one: 'group',
		many: 'groups',
		schema: 'groups',
		getAll: 'List groups and how many members each has',
		get: 'Read the members of a group in ringing order, and its music on hold',
		create: 'Bring users, phones or other groups together; a callflow can then ring them all',
		update: 'Add members or change their order; send a member as null to take it out',
		replace: 'Store name and members of a group afresh',
		upsert: 'Find a group by name or another field: change its members, or make it',
		delete: 'Dissolve a group; its members stay',
		more: {
			getAll: { scopes: { user: '/accounts/{accountId}/users/{userId}/groups' } },
		},
	}),
});
