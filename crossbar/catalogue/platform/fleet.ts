import { applying } from './changePlan';
import { KINDS } from './customerBlueprint';
import type { Choice, Field, Fields } from '../notation';
import { operation, resource } from '../notation';
import { fleetRules } from './fleetRules';
import { alphabetical } from '../../values/alphabetical';

/** Which accounts, and how fast; for all operations of the fleet. */
const accounts: Fields = {
	accounts: {
		type: 'texts',
		label: 'Accounts',
		description: 'Names, realms or IDs, separated by commas; all accounts below yours if empty',
		stands: true,
	},
	accountName: { type: 'text', label: 'Account Name Contains' },
	accountRealm: { type: 'text', label: 'Account Realm Contains' },
	accountTag: { type: 'text', label: 'Account Tag', description: 'One of the flags of the account' },
	accountPlan: { type: 'text', label: 'Account Service Plan', description: 'Its name or ID' },
	sideBySide: { type: 'number', label: 'Requests Side by Side', default: 10, min: 1, max: 100 },
};

const RULES: readonly Choice[] = alphabetical(
	Object.entries(fleetRules).map(([value, { label }]) => ({ value, label })),
	({ label }) => label,
);

/** A service plan is given or taken away: there is nothing in it to change. */
const CHANGED = KINDS.filter((kind) => typeof kind === 'string' || kind.value !== 'servicePlan');

/** What is said of one field: what kind of value, and which. */
const settingKinds = {
	json: { label: 'List or Object', fields: { value: { type: 'json', label: 'JSON', required: true } } },
	number: { label: 'Number', fields: { value: { type: 'number', label: 'Number', required: true } } },
	remove: { label: 'Remove', fields: {} },
	boolean: {
		label: 'Switch',
		fields: {
			value: { type: 'boolean', label: 'On', description: 'Whether the field is true', required: true },
		},
	},
	text: { label: 'Text', fields: { value: { type: 'text', label: 'Text', required: true } } },
} as const;

const change: Fields = {
	kind: { type: 'choice', label: 'Kind', options: CHANGED, default: 'device', required: true },
	patchFrom: {
		type: 'choice',
		label: 'Change',
		options: [
			{ value: 'fields', label: 'Fields' },
			{ value: 'json', label: 'JSON' },
		],
		default: 'fields',
		required: true,
	},
	settings: {
		type: 'steps',
		label: 'Settings',
		entry: 'Setting',
		kinds: settingKinds,
		default: 'text',
		every: {
			field: { type: 'text', label: 'Field', placeholder: 'e.g. media.audio.codecs', required: true },
		},
		required: true,
		when: { field: 'patchFrom', is: 'fields' },
	},
	patch: {
		type: 'json',
		label: 'Patch',
		description: 'What differs; null takes a field out. ${name} is that field of the document itself',
		placeholder: 'e.g. {"media": {"audio": {"codecs": ["OPUS", "PCMA"]}}}',
		required: true,
		when: { field: 'patchFrom', is: 'json' },
	},
};

/** A list from outside. */
const list: Fields = {
	listFrom: {
		type: 'choice',
		label: 'List From',
		options: [
			{ value: 'csv', label: 'CSV' },
			{ value: 'items', label: 'Input Items', description: 'All of them together' },
		],
		default: 'items',
		required: true,
	},
	csv: { type: 'text', label: 'CSV', lines: 5, required: true, when: { field: 'listFrom', is: 'csv' } },
};

const includeMatching: Field = {
	type: 'boolean',
	label: 'Include Matching',
	description: 'Whether what is in order comes, too',
};

const customerColumn: Field = {
	type: 'text',
	label: 'Customer Column',
	description: 'With names, realms or IDs of accounts; not compared if empty',
	stands: true,
};

/** A threshold of the guard, for an hour; “Learn From Days” says what holds without it. */
const limit = (label: string): Field => ({ type: 'number', label, default: 10, min: 0 });

export const fleet = resource({
	value: 'fleet',
	name: 'Fleet',
	alias: 'All Customers, Audit, Fraud',
	description:
		'All customers at once: look for faults, change many things, compare with bills, watch for fraud',
	keywords: ['audit', 'bulk', 'all accounts', 'fraud', 'reconcile', 'health check', 'report'],
	rows: [
		operation('GET /', {
			value: 'audit',
			name: 'Audit',
			action: 'Audit accounts for faults',
			alias: 'health check, security check',
			description:
				'Look for faults in all accounts, an item for each with what to do and, where there is one, its fix',
			hint: 'Nothing is changed. Give items to Change Plan: Apply for their fixes. Rules: docs/fleet.md',
			arguments: {
				rules: {
					type: 'choices',
					label: 'Rules',
					description: 'What to look for; everything if empty',
					options: RULES,
					stands: true,
				},
				...accounts,
				balanceBelow: { type: 'number', label: 'Balance Below', decimals: 2 },
				blueprint: {
					type: 'json',
					label: 'Blueprint',
					description: 'A customer as Customer Blueprint: Export gives it, with which all are compared',
				},
				days: {
					type: 'number',
					label: 'Days',
					description: 'For phones off-line, administrators not logged in, port requests',
					default: 30,
					min: 0,
				},
				mailboxSize: { type: 'number', label: 'Messages a Voicemail Box Holds', default: 100, min: 1 },
				mayCallAbroad: {
					type: 'texts',
					label: 'Allowed to Call Abroad',
					description: 'Names, realms or IDs of accounts',
				},
				onlyNew: {
					type: 'boolean',
					label: 'Only New',
					description: 'Whether to leave out what the last run of the published workflow found',
				},
			},
			remembers: true,
			via: 'auditFleet',
		}),
		operation('GET /', {
			value: 'planChange',
			name: 'Plan Change',
			action: 'Plan change to many accounts',
			alias: 'bulk update, mass change',
			description:
				'Work out one change to phones, users, accounts or others of all customers, an item a document',
			hint: 'Nothing is changed. Give the items to Fleet: Apply, at once or after somebody approved them',
			returns: 'records',
			arguments: {
				...change,
				...accounts,
				ids: { type: 'texts', label: 'IDs', description: 'Only these documents' },
			},
			via: 'planFleetChange',
		}),
		operation('PATCH /', {
			value: 'apply',
			name: 'Apply',
			action: 'Apply planned changes in waves',
			description: 'Do planned changes a few at first, then the rest; stop when too many fail',
			hint: 'Items may be left out, not edited. Keep what comes out: Change Plan: Revert needs it',
			returns: 'collection',
			charges: true,
			arguments: {
				changesFrom: {
					type: 'choice',
					label: 'Plan From',
					options: [{ value: 'items', label: 'Input Items', description: 'All of them together' }],
					default: 'items',
					required: true,
				},
				allowDeletes: applying.allowDeletes as Field,
				allowLarge: applying.allowLarge as Field,
				firstWave: {
					type: 'number',
					label: 'First Wave',
					description: 'Changes done first',
					default: 5,
					min: 1,
				},
				pause: { type: 'number', label: 'Pause', description: 'Seconds between waves', default: 0, min: 0 },
				skipOnCall: {
					type: 'boolean',
					label: 'Skip Phones on a Call',
					description: 'Whether phones and users with a call are left as they are',
				},
				stopAbove: {
					type: 'number',
					label: 'Stop Above',
					description: 'Per cent of failed changes after which no wave begins',
					default: 10,
					min: 0,
					max: 100,
				},
				waveSize: {
					type: 'number',
					label: 'Wave Size',
					description: 'Changes of a later wave',
					default: 50,
					min: 1,
				},
			},
			together: { field: 'changesFrom', is: 'items' },
			via: 'applyInWaves',
		}),
		operation('GET /', {
			value: 'reconcileNumbers',
			name: 'Reconcile Numbers',
			action: 'Reconcile numbers with list of carrier',
			alias: 'billing, DIDs, PSA',
			description:
				'Compare a list of numbers with those of all accounts: only here, only there, elsewhere, ringing nowhere',
			arguments: {
				...list,
				numberColumn: { type: 'text', label: 'Number Column', default: 'number', required: true },
				customerColumn,
				...accounts,
				includeMatching,
				priceColumn: { type: 'text', label: 'Price Column' },
				totals: { type: 'boolean', label: 'Totals', description: 'Whether a last item sums up' },
			},
			together: { field: 'listFrom', is: 'items' },
			via: 'reconcileNumbers',
		}),
		operation('GET /', {
			value: 'reconcileSeats',
			name: 'Reconcile Seats',
			action: 'Reconcile seats with billing',
			alias: 'licenses, quantities, PSA',
			description: 'Compare how many users, phones, numbers and others each account has with what is billed',
			arguments: {
				...list,
				mapping: {
					type: 'json',
					label: 'Mapping',
					description:
						'What is counted, with its column or product: users, devices, devices.softphone, phone_numbers, voicemail_boxes, fax_boxes, queues, agents, conferences',
					default: '{"users": "users", "devices": "devices"}',
					required: true,
				},
				customerColumn,
				...accounts,
				includeMatching,
				productColumn: {
					type: 'text',
					label: 'Product Column',
					description: 'Where a row is one product: the column with its name',
				},
				quantityColumn: { type: 'text', label: 'Quantity Column', default: 'quantity' },
			},
			together: { field: 'listFrom', is: 'items' },
			via: 'reconcileSeats',
		}),
		operation('GET /', {
			value: 'guard',
			name: 'Guard',
			action: 'Guard accounts against fraud',
			alias: 'toll fraud, IRSF, attack',
			description:
				'Look at calls of the last hour and those that are on, an item where an account leaves what is usual',
			hint: 'Nothing is changed. Each item has a ladder of ready changes for Change Plan: Apply. Run it every few minutes',
			arguments: {
				...accounts,
				callsAtOnce: limit('Calls at Once'),
				callsAbroad: limit('Calls Abroad or Premium'),
				nightCalls: limit('Calls Out by Night'),
				minutes: limit('Minutes Out'),
				cost: limit('Cost'),
				shortCalls: limit('Short Calls to One Country'),
				logInFailures: limit('Failed Log-Ins'),
				learnDays: {
					type: 'number',
					label: 'Learn From Days',
					description: 'Thresholds are for an hour; one left out is what was usual in these days',
					default: 7,
					min: 0,
				},
				onlyNew: {
					type: 'boolean',
					label: 'Only New',
					description: 'Whether to leave out what the last run of the published workflow found',
				},
			},
			remembers: true,
			via: 'guardFleet',
		}),
	],
});
