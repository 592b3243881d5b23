import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/transactions';

const payment: Fields = {
	amount: {
		type: 'number',
		label: 'Amount',
		description: "In whole units of the system's currency: KAZOO does not take fractions here",
		min: 1,
		decimals: 0,
		required: true,
	},
	description: {
		type: 'text',
		label: 'Description',
		description: 'Why, for the books',
		placeholder: 'e.g. Installation on site',
	},
	orderId: { type: 'text', label: 'Order ID', placeholder: 'e.g. INV-4711' },
	metadata: { type: 'json', label: 'Metadata', placeholder: 'e.g. {"ticket": 4711}' },
};

export const transaction = resource({
	value: 'transaction',
	name: 'Transaction',
	description: 'Payments between an account and its billing provider: card charges and refunds',
	keywords: ['payment', 'billing', 'refund', 'charge card', 'sale', 'bookkeeper', 'credit card'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many transactions',
			description: 'List the payments and refunds of a period',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/{transactionId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get transaction',
			description: 'Read one payment with what the billing provider said about it',
		}),
		operation(`PUT ${path}/sale`, {
			value: 'sale',
			name: 'Charge',
			action: 'Charge stored payment method',
			description: 'Take an amount from the payment method that an account has on file',
			hint: 'This moves real money; it is never sent twice on its own. Needs a bookkeeper set up in KAZOO',
			body: payment,
			needs: 'reseller',
		}),
		operation(`PUT ${path}/refund`, {
			value: 'refund',
			name: 'Refund',
			action: 'Refund amount',
			description: 'Pay an amount back to the payment method of an account',
			hint: 'This moves real money; it is never sent twice on its own. Needs a bookkeeper set up in KAZOO',
			body: payment,
			needs: 'reseller',
		}),
	],
});
