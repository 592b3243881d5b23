import type { Fields } from '../notation';
import { operation, resource } from '../notation';

/** What is allowed when changes are done, for all operations that do some. */
export const applying: Fields = {
	onFailure: {
		type: 'choice',
		label: 'On Failure',
		description: 'What happens to the other changes when one fails',
		options: [
			{ value: 'goOn', label: 'Go On', description: 'Try all the others' },
			{ value: 'rollBack', label: 'Roll Back', description: 'Take back what was done' },
			{ value: 'stop', label: 'Stop', description: 'What was done stays, the rest is not tried' },
		],
		default: 'stop',
	},
	allowDeletes: {
		type: 'boolean',
		label: 'Allow Deletes',
		description: 'Whether something may be deleted',
	},
	allowLarge: {
		type: 'boolean',
		label: 'Allow Large Changes',
		description: 'Whether more than 30 % of what is there may change or go',
	},
};

/** For jobs that work out their changes themselves. */
export const onlyPlan: Fields = {
	onlyPlan: {
		type: 'boolean',
		label: 'Only Plan',
		description: 'Whether the changes are only listed, an item each, for Change Plan: Apply to do them later',
	},
};

const changesFrom = (from: string): Fields => ({
	changesFrom: {
		type: 'choice',
		label: `${from} From`,
		options: [
			{ value: 'items', label: 'Input Items', description: 'All of them together' },
			{ value: 'json', label: 'JSON', description: 'A list, as it stands in an error' },
		],
		default: 'items',
		required: true,
	},
	changes: {
		type: 'json',
		label: 'JSON',
		default: '[]',
		required: true,
		when: { field: 'changesFrom', is: 'json' },
	},
});

export const changePlan = resource({
	value: 'changePlan',
	name: 'Change Plan',
	description: 'Changes that were planned, looked at and approved: do them, and take them back',
	keywords: ['apply', 'revert', 'undo', 'roll back', 'approve', 'journal'],
	rows: [
		operation('PATCH /', {
			value: 'apply',
			name: 'Apply',
			action: 'Apply planned changes',
			description: 'Do the changes of a plan in their order; what is no longer as the plan saw it is refused',
			hint: 'Items may be left out, not edited. Keep what comes out: Revert needs it',
			returns: 'collection',
			charges: true,
			arguments: { ...changesFrom('Plan'), ...applying },
			together: { field: 'changesFrom', is: 'items' },
			via: 'applyPlan',
		}),
		operation('PATCH /', {
			value: 'revert',
			name: 'Revert',
			action: 'Revert applied changes',
			alias: 'undo, roll back',
			description: 'Take back what an Apply has done, the last first, where nobody has changed it since',
			returns: 'collection',
			arguments: {
				...changesFrom('Journal'),
				allowDeletes: {
					type: 'boolean',
					label: 'Allow Deletes',
					description: 'Whether what was created may be deleted',
				},
				goOn: {
					type: 'boolean',
					label: 'Go On',
					description: 'Whether the rest is taken back when something cannot be',
				},
			},
			together: { field: 'changesFrom', is: 'items' },
			via: 'revertJournal',
		}),
	],
});
