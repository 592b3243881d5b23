import type { Choice, Fields } from '../notation';
import { operation, resource } from '../notation';
import { applying } from './changePlan';

/** Kinds of documents, by their values in `crossbar/changes/kinds.ts`. */
export const KINDS: readonly Choice[] = [
	{ value: 'account', label: 'Account Settings' },
	{ value: 'blockList', label: 'Block Lists' },
	{ value: 'callflow', label: 'Callflows' },
	{ value: 'conference', label: 'Conferences' },
	{ value: 'contactList', label: 'Contact Lists' },
	{ value: 'device', label: 'Devices' },
	{ value: 'directory', label: 'Directories' },
	{ value: 'faxBox', label: 'Fax Boxes' },
	{ value: 'group', label: 'Groups' },
	{ value: 'limits', label: 'Limits' },
	{ value: 'media', label: 'Media' },
	{ value: 'menu', label: 'Menus' },
	{ value: 'phoneNumber', label: 'Phone Numbers' },
	{ value: 'queue', label: 'Queues' },
	{ value: 'servicePlan', label: 'Service Plans' },
	{ value: 'timeOfDayRuleSet', label: 'Time of Day Rule Sets' },
	{ value: 'timeOfDayRule', label: 'Time of Day Rules' },
	{ value: 'user', label: 'Users' },
	{ value: 'voicemailBox', label: 'Voicemail Boxes' },
	{ value: 'webhook', label: 'Webhooks' },
];

const wanted: Fields = {
	blueprint: {
		type: 'json',
		label: 'Blueprint',
		description: 'A customer as Export gives it, or a part of it; the rest is left alone',
		placeholder: 'e.g. {"users": [{"first_name": "Anna", "last_name": "Smith"}]}',
		required: true,
	},
	sounds: {
		type: 'choice',
		label: 'Sounds',
		description: 'Where the sounds of media are',
		options: [
			{
				value: 'items',
				label: 'In the Input Items',
				description: 'As Export gives them: all items together',
			},
			{ value: 'none', label: 'Nowhere', description: 'Media are made without a sound' },
		],
		default: 'none',
		stands: true,
	},
	newAccount: {
		type: 'text',
		label: 'New Sub-Account',
		description: 'Name of an account to make below the chosen one; empty for the chosen one itself',
		placeholder: 'e.g. Acme Inc.',
	},
	realm: {
		type: 'text',
		label: 'Realm of the New Sub-Account',
		placeholder: 'e.g. acme.sip.example.com',
	},
	removeOthers: {
		type: 'boolean',
		label: 'Remove What Is Not in the Blueprint',
		description: 'Whether documents of the kinds that it mentions are deleted when it does not name them',
	},
};

export const customerBlueprint = resource({
	value: 'customerBlueprint',
	name: 'Customer Blueprint',
	alias: 'Template, Clone',
	description:
		'A whole customer as one document: export it, compare with it, copy it, make a new one from it',
	keywords: ['onboard customer', 'clone account', 'copy account', 'template', 'backup', 'drift', 'provision'],
	rows: [
		operation('GET /accounts/{accountId}', {
			value: 'exportDocument',
			name: 'Export',
			action: 'Export customer as blueprint',
			alias: 'backup, template, clone, copy',
			description: 'Read an account into one document with names instead of IDs, always in the same order',
			arguments: {
				kinds: {
					type: 'choices',
					label: 'Kinds',
					description: 'What is exported; all but webhooks if empty',
					options: KINDS,
				},
				includeSounds: {
					type: 'boolean',
					label: 'Include Sounds',
					description: 'Whether each sound comes along as a file, in an item of its own',
				},
				includeSecrets: {
					type: 'boolean',
					label: 'Include Secrets',
					description: 'Whether SIP passwords and PINs stand in the document',
				},
			},
			via: 'exportBlueprint',
		}),
		operation('GET /accounts/{accountId}', {
			value: 'plan',
			name: 'Plan',
			action: 'Plan changes for blueprint',
			alias: 'drift, compare, dry run',
			description: 'List what would change for an account to be as the blueprint says, an item a change',
			hint: 'Nothing is changed. Give the items to Change Plan: Apply',
			arguments: wanted,
			together: { field: 'sounds', is: 'items' },
			via: 'planBlueprint',
		}),
		operation('PATCH /accounts/{accountId}', {
			value: 'apply',
			name: 'Apply',
			action: 'Apply blueprint to customer',
			alias: 'onboard customer, create customer, provision, clone',
			description: 'Make an account as the blueprint says, an item a change with what became of it',
			hint: 'Running it again finds nothing to do, or finishes what was broken off. Change Plan: Revert takes it back',
			returns: 'collection',
			charges: true,
			arguments: { ...wanted, ...applying },
			together: { field: 'sounds', is: 'items' },
			via: 'applyBlueprint',
		}),
	],
});
