import type { Field } from '../notation';
import { crud, operation, resource } from '../notation';

const members: Field = {
	type: 'text',
	label: 'Members',
	description: 'Names, extensions or IDs of users, phones or groups, with commas between them',
	placeholder: 'e.g. Ann Smith, 1002, Front Desk',
	required: true,
};

/** Who is in it, in ringing order. */
const names = { members: { id: 'endpoints', of: ['userId', 'deviceId', 'groupId'] } } as const;

export const group = resource({
	value: 'group',
	name: 'Group',
	alias: 'Ring Group, Hunt Group, Page Group',
	description: 'Users and phones that belong together, to ring or page them as one',
	keywords: ['ring group', 'hunt group', 'team', 'department', 'page group', 'pickup'],
	rows: [
		...crud('/accounts/{accountId}/groups', 'groupId', {
			one: 'ring group',
			many: 'ring groups',
			schema: 'groups',
			getAll: 'List groups and how many members each has',
			get: 'Read the members of a group in ringing order, and its music on hold',
			create: 'Create a group of users, phones or other groups, which a callflow can ring at once',
			update: 'Add members or change their order; send a member as null to take it out',
			replace: 'Overwrite name and members of a group',
			upsert: 'Find a group by name or another field: change its members, or make it',
			delete: 'Delete a group; the users and phones in it stay',
			more: {
				create: { action: 'Create ring group, hunt group or page group' },
				getAll: { scopes: { user: '/accounts/{accountId}/users/{userId}/groups' } },
				get: { names },
			},
		}),
		operation('PATCH /accounts/{accountId}/groups/{groupId}', {
			value: 'addMember',
			name: 'Add Member',
			action: 'Add member to ring group',
			description:
				'Put users, phones or groups at the end of a group; who is in it stays. The group comes back',
			arguments: { members },
			names,
			via: 'changeGroupMembers',
		}),
		operation('PATCH /accounts/{accountId}/groups/{groupId}', {
			value: 'removeMember',
			name: 'Remove Member',
			action: 'Remove member from ring group',
			description: 'Take users, phones or groups out of a group; the others stay. The group comes back',
			arguments: { members },
			names,
			via: 'changeGroupMembers',
		}),
	],
});
