import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/ledgers';

/** Schema ledgers. */
const entry: Fields = {
	amount: {
		type: 'number',
		label: 'Amount',
		description: 'In the currency of the system; KAZOO 4 takes 1 and more',
		min: 0,
		decimals: 4,
		required: true,
	},
	sourceService: {
		type: 'text',
		label: 'Source',
		description: 'The ledger it goes to',
		placeholder: 'e.g. support',
		required: true,
		wire: 'source.service',
	},
	sourceId: {
		type: 'text',
		label: 'Source ID',
		description: 'What it is for, such as an order or call',
		placeholder: 'e.g. order-4711',
		required: true,
		wire: 'source.id',
	},
	usageType: {
		type: 'text',
		label: 'Usage Type',
		placeholder: 'e.g. hours',
		required: true,
		wire: 'usage.type',
	},
	usageQuantity: {
		type: 'number',
		label: 'Usage Quantity',
		default: 1,
		decimals: 0,
		required: true,
		wire: 'usage.quantity',
	},
	usageUnit: {
		type: 'text',
		label: 'Usage Unit',
		placeholder: 'e.g. hour',
		required: true,
		wire: 'usage.unit',
	},
	description: { type: 'text', label: 'Description' },
	draft: { type: 'boolean', label: 'Draft', description: 'Whether it is only a draft; KAZOO 5' },
	periodStart: { type: 'date', label: 'Period Start', wire: 'period.start' },
	periodEnd: { type: 'date', label: 'Period End', wire: 'period.end' },
	metadata: { type: 'json', label: 'Metadata', placeholder: 'e.g. {"invoice": "2026-11"}' },
};

const booking = {
	body: {
		...entry,
		impactReseller: {
			type: 'boolean',
			label: 'Book for Reseller Too',
			description: 'Whether the same entry is made in the account of the reseller',
			beside: true,
		},
	},
	hint: 'Moves money of the account; it is never sent twice on its own',
	needs: 'reseller',
} as const;

const simple = [
	'id',
	'source.service',
	'source.id',
	'amount',
	'description',
	'usage.type',
	'usage.quantity',
	'usage.unit',
	'period.start',
	'period.end',
	'account.name',
] as const;

export const ledger = resource({
	value: 'ledger',
	name: 'Ledger',
	alias: 'Balance, Credit',
	description: 'What an account owes and has paid: usage, credits, debits and the balance',
	keywords: ['balance', 'credit', 'debit', 'usage', 'per minute', 'billing', 'prepaid', 'top up'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many ledgers',
			description: 'List the sums of this month by kind of usage',
			returns: { map: '', key: 'source' },
			unpaged: true,
		}),
		operation(`GET ${path}/available`, {
			value: 'getAvailable',
			name: 'Get Available',
			action: 'Get available ledgers',
			description: 'List the kinds of usage that are booked, with their readable names',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/total`, {
			value: 'getTotal',
			also: ['GET /accounts/{accountId}/braintree/credits'],
			name: 'Get Total',
			action: 'Get balance of account from ledgers',
			description: 'Read the balance of an account: the sum of all its ledgers',
		}),
		operation(`GET ${path}/summary/{month}`, {
			value: 'getSummary',
			name: 'Get Summary of Month',
			action: 'Get summary of ledgers of month',
			description: 'Read the sums of a month, in all and for each account below',
			hint: 'A month in which nothing was booked ends in an error',
		}),
		operation(`GET ${path}/{ledgerSource}`, {
			value: 'getEntries',
			name: 'Get Entries',
			action: 'Get entries of ledger',
			description: 'List what was booked in one ledger in a period',
			returns: 'records',
			range: 'created',
			simple,
		}),
		operation(`GET ${path}/{ledgerSource}`, {
			value: 'export',
			name: 'Export as CSV',
			action: 'Export entries of ledger as CSV file',
			description: 'Download what was booked in one ledger in a period as a CSV file',
			range: 'created',
			hint: 'KAZOO takes at most 31 days at once',
			query: {
				fileName: { type: 'text', label: 'File Name', placeholder: 'e.g. per-minute-november.csv' },
			},
			alwaysQuery: { accept: 'csv', paginate: false },
			returns: 'file',
			accept: 'text/csv',
		}),
		operation(`GET ${path}/{ledgerSource}/{ledgerEntryId}`, {
			value: 'getEntry',
			name: 'Get Entry',
			action: 'Get entry of ledger',
			description: 'Read amount, usage and origin of one booking',
			simple,
		}),
		operation(`PUT ${path}/credit`, {
			value: 'credit',
			name: 'Credit',
			action: 'Book credit to account',
			description: 'Book an amount to the credit of an account, such as a payment by bank transfer',
			...booking,
		}),
		operation(`PUT ${path}/debit`, {
			value: 'debit',
			name: 'Debit',
			action: 'Take credit from account',
			description: 'Take an amount off the credit of an account, such as a fee',
			...booking,
		}),
	],
});
