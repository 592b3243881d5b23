import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/storage';
const plans = `${path}/plans` as const;
const plan = `${plans}/{storagePlanId}` as const;

const query: Fields = {
	validateSettings: {
		type: 'boolean',
		label: 'Test First',
		description:
			'Whether KAZOO stores a test file before it accepts the settings; not every server lets you skip it',
		default: true,
	},
};

const document = 'storage';

export const storage = resource({
	value: 'storage',
	name: 'Storage',
	description:
		'Where recordings, voicemail and faxes are kept: Amazon S3, Azure, Google, Dropbox, OneDrive, HTTP',
	keywords: ['S3', 'AWS', 'Azure', 'Google Drive', 'Dropbox', 'OneDrive', 'own storage', 'keep recordings'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get storage settings',
			description: 'Read handlers and plan of an account; not found where it uses the default',
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create storage settings',
			description: 'Set the places and which files go where; KAZOO tests them at once',
			query,
			document,
		}),
		operation(`PATCH ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update storage settings',
			description: 'Change some places or rules and keep the others',
			query,
			document,
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace storage settings',
			description: 'Overwrite all places and rules',
			hint: 'Files in a place that you leave out can no longer be found',
			query,
			document,
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete storage settings',
			description: 'Keep new files in the default place again',
			hint: 'Files kept elsewhere can no longer be found',
		}),
		operation(`GET ${plans}`, {
			value: 'getPlans',
			name: 'Get Plans',
			action: 'Get storage plans',
			description: 'List the plans that sub-accounts can be given',
			returns: 'records',
		}),
		operation(`GET ${plan}`, {
			value: 'getPlan',
			name: 'Get Plan',
			action: 'Get storage plan',
			description: 'Read the rules of one plan for sub-accounts',
		}),
		operation(`PUT ${plans}`, {
			value: 'createPlan',
			name: 'Create Plan',
			action: 'Create storage plan',
			description: 'Set up a plan that sub-accounts can be given',
			query,
			document,
		}),
		operation(`PATCH ${plan}`, {
			value: 'updatePlan',
			name: 'Update Plan',
			action: 'Update storage plan',
			description: 'Change some rules of a plan and keep the others',
			query,
			document,
		}),
		operation(`POST ${plan}`, {
			value: 'replacePlan',
			name: 'Replace Plan',
			action: 'Replace storage plan',
			description: 'Overwrite the rules of a plan; those you leave out are lost',
			query,
			document,
		}),
		operation(`DELETE ${plan}`, {
			value: 'deletePlan',
			name: 'Delete Plan',
			action: 'Delete storage plan',
			description: 'Remove a plan; make sure that no sub-account uses it',
		}),
	],
});
