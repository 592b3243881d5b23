/** Path parameters of billing. */
import type { Parameter } from '../parameterNotation';
import { account, byName, ID_PLACEHOLDER, labelOf, listOf, MONTHLY_ID, text } from '../parameterNotation';

export const billingParameters = {
	addressId: { label: 'Address ID', placeholder: 'e.g. 7x' },
	cardId: { label: 'Card ID', placeholder: 'e.g. 7gz3qw' },
	ledgerEntryId: { label: 'Entry ID', placeholder: 'e.g. 202611-1f0c3b7a9d2e' },
	ledgerSource: {
		label: 'Ledger',
		placeholder: 'e.g. per-minute-voip',
		list: { path: `${account}/ledgers/available`, id: 'name', label: (l) => text(l.friendly_name) },
	},
	month: {
		label: 'Month',
		description: 'Year and month in six digits',
		placeholder: 'e.g. 202611',
	},
	paymentId: { label: 'Payment ID' },
	rateId: {
		label: 'Rate',
		description: 'Country code and prefix',
		placeholder: 'e.g. US-1415',
	},
	serviceAuditId: {
		label: 'Audit',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-d7ef54c823fa',
		list: {
			path: `${account}/services/audit`,
			label: (a) => labelOf(listOf(a.type) || a.id, a.status, text(a.id)),
		},
	},
	servicePlanId: {
		label: 'Service Plan',
		placeholder: ID_PLACEHOLDER,
		list: { path: `${account}/services/available`, label: byName },
	},
	serviceSource: {
		label: 'Source',
		description: 'The kind of item that is billed',
		placeholder: 'e.g. phone_number',
	},
	transactionId: {
		label: 'Transaction',
		pattern: MONTHLY_ID,
		placeholder: 'e.g. 202611-1f0c3b7a9d2e',
		list: {
			path: `${account}/transactions`,
			label: (t) => labelOf(t.description ?? t.id, t.amount, t.type),
		},
	},
} as const satisfies Readonly<Record<string, Parameter>>;
