import type { Fields } from '../store/database';

/** What a kind of task is for and which columns its input has. */
export interface TaskKind {
	/** What it does, in a few words. */
	description: string;
	/** How to use it, in a sentence or two. */
	doc: string;
	/** Columns that the input must have; left out when the task takes no input. */
	mandatory?: string[];
	/** Columns that it may have. */
	optional?: string[];
}

/** What the bulk tasks about numbers show of a number, in this order. */
export const NUMBER_COLUMNS = [
	'e164',
	'account_name',
	'account_id',
	'previously_assigned_to',
	'state',
	'created',
	'modified',
	'used_by',
	'ported_in',
	'carrier_module',
	'cnam.inbound',
	'cnam.outbound',
	'e911.locality',
	'e911.name',
	'e911.region',
	'e911.street_address',
	'e911.extended_address',
	'e911.postal_code',
	'prepend.enabled',
	'prepend.name',
	'prepend.number',
	'ringback.early',
	'ringback.transfer',
	'force_outbound',
	'failover.e164',
	'failover.sip',
];

/** Columns of a price list. */
export const RATE_COLUMNS = [
	'account_id',
	'caller_id_numbers',
	'carrier',
	'description',
	'direction',
	'internal_rate_cost',
	'iso_country_code',
	'options',
	'prefix',
	'rate_cost',
	'rate_increment',
	'rate_minimum',
	'rate_name',
	'rate_nocharge_time',
	'rate_suffix',
	'rate_surcharge',
	'rate_version',
	'ratedeck_id',
	'routes',
	'weight',
];

/** Facts about a number that only the server sets. */
const FIXED = NUMBER_COLUMNS.slice(0, NUMBER_COLUMNS.indexOf('cnam.inbound'));

const FEATURES = ['carrier_name', ...NUMBER_COLUMNS.filter((column) => !FIXED.includes(column))];

const without = (columns: string[], ...some: string[]): string[] =>
	columns.filter((column) => !some.includes(column));

const SHOWN = 'The result has one row a number, with its owner, state, carrier and features.';

const dumped = (state: string): TaskKind => ({
	description: `All numbers of the system that are ${state}`,
	doc: SHOWN,
});

/** Every kind of task by category and action. */
export const CATALOGUE: Record<string, Record<string, TaskKind>> = {
	billing: {
		dump: {
			description: 'All call records of a time range as one file',
			doc: 'For ranges that are too large to be read page by page: the file is made in the background.',
		},
	},
	number_management: {
		list: { description: 'The numbers of the account', doc: SHOWN },
		list_all: { description: 'The numbers of the account and of those below it', doc: SHOWN },
		find: {
			description: 'What is known of the given numbers',
			doc: SHOWN,
			mandatory: ['e164'],
			optional: [],
		},
		dump: { description: 'All numbers of the system', doc: SHOWN },
		dump_aging: dumped('aging'),
		dump_available: dumped('available'),
		dump_deleted: dumped('deleted'),
		dump_discovery: dumped('found at a carrier'),
		dump_in_service: dumped('in service'),
		dump_port_in: dumped('being ported in'),
		dump_port_out: dumped('being ported out'),
		dump_released: dumped('released'),
		dump_reserved: dumped('reserved'),
		import: {
			description: 'Make numbers',
			doc: 'Without an account the number goes to the one that started the task. Carrier and state count only for the administrator of the system.',
			mandatory: ['e164'],
			optional: without(NUMBER_COLUMNS, 'e164'),
		},
		assign_to: {
			description: 'Move numbers to another account',
			doc: 'Without an account the number goes to the one that started the task.',
			mandatory: ['e164'],
			optional: ['account_id'],
		},
		update_merge: {
			description: 'Change settings of numbers, keeping the others',
			doc: 'Empty cells change nothing.',
			mandatory: ['e164'],
			optional: FEATURES,
		},
		update_overwrite: {
			description: 'Replace the settings of numbers',
			doc: 'Settings without a value are lost.',
			mandatory: ['e164'],
			optional: FEATURES,
		},
		release: { description: 'Give numbers back', doc: SHOWN, mandatory: ['e164'], optional: [] },
		reserve: {
			description: 'Reserve numbers for an account',
			doc: 'Without an account it is the one that started the task.',
			mandatory: ['e164'],
			optional: ['account_id'],
		},
		delete: { description: 'Delete numbers for good', doc: SHOWN, mandatory: ['e164'], optional: [] },
	},
	rates: {
		export: { description: 'The price list', doc: 'One row a rate.' },
		import: {
			description: 'Add rates or replace them',
			doc: 'A rate is known by country and prefix.',
			mandatory: ['prefix', 'rate_cost'],
			optional: without(RATE_COLUMNS, 'prefix', 'rate_cost'),
		},
		delete: {
			description: 'Delete rates',
			doc: 'A rate is known by country and prefix.',
			mandatory: ['prefix'],
			optional: without(RATE_COLUMNS, 'prefix'),
		},
	},
	resource_selectors: {
		import: {
			description: 'Add rules that choose a carrier',
			doc: 'Existing rules of the same name stay.',
			mandatory: ['name', 'selector', 'resource'],
			optional: ['value', 'start_time', 'stop_time'],
		},
		delete: {
			description: 'Delete rules that choose a carrier',
			doc: 'All three columns must fit.',
			mandatory: ['name', 'selector', 'resource'],
			optional: [],
		},
	},
	services: {
		descendant_quantities: {
			description: 'What the accounts below had at the beginning and end of each month',
			doc: 'One row for each account, month and item.',
		},
	},
};

/** A kind as the help shows it. */
export function shownKind(kind: TaskKind): Fields {
	const { description, doc, mandatory, optional } = kind;
	if (!mandatory) return { description, doc };
	return { description, doc, expected_content: 'text/csv', mandatory, optional };
}
