import type { Field, Fields } from './notation';
import { operation, resource } from './notation';

const account = '/accounts/{accountId}/phone_numbers';
const one = `${account}/{phoneNumber}` as const;

const numbers: Field = {
	type: 'texts',
	label: 'Phone Numbers',
	description: 'The numbers with country code, separated by commas',
	placeholder: 'e.g. +14155550100, +14155550101',
	required: true,
};

const hard: Field = {
	type: 'boolean',
	label: 'Remove From the System',
	description:
		'Whether the number is deleted for good instead of going back to stock; system administrators only',
};

/** Where a number goes when it is assigned, whatever it is assigned to. */
const assignment: Fields = {
	takeOver: {
		type: 'boolean',
		label: 'Take Over From Another Callflow',
		description: 'Whether a number that another callflow answers is taken out of there first',
	},
	activate: {
		type: 'boolean',
		label: 'Activate',
		description: 'Whether a number that is not in service yet is activated first',
		default: true,
	},
};

const createCallflow: Field = {
	type: 'boolean',
	label: 'Create Callflow if Missing',
	description: 'Whether a callflow that rings them is made when there is none yet',
	default: true,
};

export const phoneNumber = resource({
	value: 'phoneNumber',
	name: 'Phone Number',
	description:
		'Numbers of an account: search and buy, reserve, release, assign, caller name and emergency address',
	keywords: [
		'DID',
		'buy number',
		'order number',
		'e911',
		'emergency address',
		'CNAM',
		'caller name',
		'spare number',
		'number search',
	],
	rows: [
		operation(`GET ${account}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many phone numbers',
			description: 'List the numbers of an account with state, features and what uses them',
			returns: { map: 'numbers' },
			query: {
				includePorts: {
					type: 'boolean',
					label: 'Include Ports',
					description: 'Whether numbers that are still being ported in are listed too',
				},
			},
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get phone number',
			description: 'Read state, features, caller name and emergency address of one number',
		}),
		operation(`GET ${one}/identify`, {
			value: 'identify',
			name: 'Identify',
			action: 'Identify account of phone number',
			description: 'Find out which account has a number; fails when it is not in service',
		}),
		operation(`GET ${account}`, {
			value: 'search',
			name: 'Search',
			action: 'Search phone numbers to buy',
			description: 'Look for numbers that carriers and stock offer for an area code or other prefix',
			returns: 'records',
			unpaged: true,
			scopes: { system: '/phone_numbers' },
			query: {
				prefix: {
					type: 'text',
					label: 'Prefix',
					description: 'Area code or beginning of the number, 3 to 10 digits without country code',
					placeholder: 'e.g. 415',
					required: true,
				},
				quantity: {
					type: 'number',
					label: 'Quantity',
					description: 'How many numbers the carriers are asked for',
					default: 10,
					min: 1,
					decimals: 0,
					required: true,
				},
				country: {
					type: 'text',
					label: 'Country',
					description: 'Two letters; the USA unless you say otherwise',
					placeholder: 'e.g. GB',
				},
				offset: {
					type: 'number',
					label: 'Offset',
					description: 'How many matches are skipped',
					min: 0,
					decimals: 0,
				},
			},
		}),
		operation(`GET ${account}/prefix`, {
			value: 'getPrefixes',
			name: 'Get Prefixes of City',
			action: 'Get prefixes of city',
			description: 'Find the area codes with numbers for sale in a city',
			hint: 'Needs a number search service that is set up in KAZOO',
			query: {
				city: { type: 'text', label: 'City', placeholder: 'e.g. San Francisco', required: true },
				country: { type: 'text', label: 'Country', description: 'Two letters', placeholder: 'e.g. US' },
			},
		}),
		operation(`POST ${account}/locality`, {
			value: 'getLocality',
			name: 'Get Locality',
			action: 'Get locality of phone numbers',
			description: 'Find out to which city and region numbers belong',
			hint: 'Needs a number search service that is set up in KAZOO',
			body: { numbers },
			returns: { map: '', key: 'number' },
		}),
		operation(`POST ${account}/check`, {
			value: 'checkAvailability',
			name: 'Check Availability',
			action: 'Check availability of phone numbers',
			description: 'Ask the carriers whether numbers can still be bought; one status per number',
			body: { numbers },
			returns: { map: '', key: 'number', value: 'status' },
		}),
		operation(`GET ${account}/classifiers`, {
			value: 'getClassifiers',
			name: 'Get Classifiers',
			action: 'Get number classifiers',
			description: 'List the kinds of numbers that can be restricted, such as toll free or international',
			returns: { map: '', key: 'name' },
			unpaged: true,
		}),
		operation(`GET ${account}/classifiers/{phoneNumber}`, {
			value: 'classify',
			name: 'Classify',
			action: 'Classify phone number',
			description: 'Tell which kind of number this is and how it is written in full',
		}),
		operation(`GET ${account}/carriers_info`, {
			value: 'getCarriers',
			name: 'Get Carriers',
			action: 'Get carriers for phone numbers',
			description: 'Read which carriers can be used and in which states you may add numbers',
		}),
		operation(`PUT ${one}`, {
			value: 'create',
			name: 'Create',
			action: 'Create phone number',
			description: 'Bring a number that you have from elsewhere into the account',
			hint: 'Only for accounts that may add numbers and for system administrators; else search and activate',
			document: 'phone_numbers',
			charges: true,
		}),
		operation(`PATCH ${one}`, {
			value: 'update',
			name: 'Update',
			action: 'Update phone number (e911 emergency address, CNAM)',
			description: 'Set caller name, emergency address, failover and other features; the rest is kept',
			document: 'phone_numbers',
			charges: true,
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace phone number',
			description: "Set a number's features to just what you send",
			hint: 'Features you leave out are switched off. To change only some use Update',
			document: 'phone_numbers',
			charges: true,
		}),
		operation(`PUT ${one}/activate`, {
			value: 'activate',
			name: 'Activate',
			action: 'Activate or buy phone number (DID)',
			description: 'Buy a number that a search found, or take it from stock, and put it into service',
			charges: true,
		}),
		operation(`PUT ${one}/reserve`, {
			value: 'reserve',
			name: 'Reserve',
			action: 'Reserve phone number',
			description: 'Hold a number for the account without putting it into service',
			charges: true,
		}),
		operation(`PUT ${one}/port`, {
			value: 'port',
			name: 'Add as Port-In',
			action: 'Add phone number as port in',
			description: 'Put a number that comes from another carrier into the account in state port_in',
			hint: 'To order the port itself use Port Request',
			document: 'phone_numbers',
			charges: true,
		}),
		operation(`DELETE ${one}`, {
			value: 'release',
			name: 'Release',
			action: 'Release phone number',
			description: 'Give a number up; it goes back to stock or to the carrier and its new state comes back',
			hint: 'You may not get it back. Callflows keep it in their list of numbers',
			query: { hard },
			returns: 'value',
		}),
		operation(`POST ${account}/fix`, {
			value: 'fixAll',
			name: 'Repair All',
			action: 'Repair all phone numbers of account',
			description:
				"Bring what the account's numbers say about their use in line with the callflows that use them",
			returns: { map: 'numbers' },
		}),
		operation(`POST ${account}/fix/{phoneNumber}`, {
			value: 'fix',
			name: 'Repair',
			action: 'Repair phone number',
			description: 'Bring what a number says about its use in line with the callflow that uses it',
			returns: { map: 'numbers' },
		}),
		operation(`PUT ${account}/collection`, {
			value: 'createMany',
			name: 'Create Many',
			action: 'Create many phone numbers',
			description: 'Bring several numbers into the account at once; one item per number, errors included',
			hint: 'Only for accounts that may add numbers and for system administrators',
			body: { numbers },
			document: 'phone_numbers',
			returns: 'collection',
			charges: true,
		}),
		operation(`PATCH ${account}/collection`, {
			value: 'updateMany',
			name: 'Update Many',
			action: 'Update many phone numbers',
			description: 'Give several numbers the same features and keep their others',
			body: { numbers },
			document: 'phone_numbers',
			returns: 'collection',
			charges: true,
		}),
		operation(`POST ${account}/collection`, {
			value: 'replaceMany',
			name: 'Replace Many',
			action: 'Replace many phone numbers',
			description: 'Set several numbers to just the features you send',
			hint: 'Features you leave out are switched off',
			body: { numbers },
			document: 'phone_numbers',
			returns: 'collection',
			charges: true,
		}),
		operation(`DELETE ${account}/collection`, {
			value: 'releaseMany',
			name: 'Release Many',
			action: 'Release many phone numbers',
			description: 'Give several numbers up at once; one item per number, errors included',
			hint: 'You may not get them back',
			body: { numbers },
			query: { hard },
			returns: 'collection',
		}),
		operation(`PUT ${account}/collection/activate`, {
			value: 'activateMany',
			also: [`POST ${account}/collection/activate`],
			name: 'Activate Many',
			action: 'Activate many phone numbers',
			description: 'Buy several numbers in one go; one item per number, errors included',
			body: { numbers },
			returns: 'collection',
			charges: true,
		}),
		operation(`PATCH ${one}`, {
			value: 'assignToUser',
			name: 'Assign to User',
			action: 'Assign phone number to user',
			description:
				"Let calls to a number ring a person by adding it to the person's callflow; says what was done",
			arguments: {
				user: { type: 'locator', parameter: 'userId', label: 'User', required: true },
				...assignment,
				createCallflow,
			},
			charges: true,
			via: 'assignNumber',
		}),
		operation(`PATCH ${one}`, {
			value: 'assignToDevice',
			name: 'Assign to Device',
			action: 'Assign phone number to device',
			description: 'Let calls to a number ring one phone through a callflow of its own; says what was done',
			arguments: {
				device: { type: 'locator', parameter: 'deviceId', label: 'Device', required: true },
				...assignment,
				createCallflow,
			},
			charges: true,
			via: 'assignNumber',
		}),
		operation(`PATCH ${one}`, {
			value: 'assignToCallflow',
			name: 'Assign to Callflow',
			action: 'Assign phone number to callflow',
			description: 'Let a callflow of your choice answer a number; says what was done',
			arguments: {
				callflow: { type: 'locator', parameter: 'callflowId', label: 'Callflow', required: true },
				...assignment,
			},
			charges: true,
			via: 'assignNumber',
		}),
		operation(`PATCH ${one}`, {
			value: 'unassign',
			name: 'Unassign',
			action: 'Unassign phone number',
			description:
				'Take a number out of the callflow that answers it; the account keeps it as a spare number',
			via: 'unassignNumber',
		}),
	],
});
