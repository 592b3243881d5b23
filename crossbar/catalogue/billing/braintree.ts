import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/braintree';
const address = `${path}/addresses/{addressId}` as const;
const card = `${path}/cards/{cardId}` as const;

const BRAINTREE = 'Needs the Braintree application and a merchant account there';

const addressFields: Fields = {
	firstName: { type: 'text', label: 'First Name' },
	lastName: { type: 'text', label: 'Last Name' },
	company: { type: 'text', label: 'Company' },
	streetAddress: { type: 'text', label: 'Street Address' },
	extendedAddress: { type: 'text', label: 'Apartment or Suite' },
	locality: { type: 'text', label: 'City' },
	region: { type: 'text', label: 'State or Region' },
	postalCode: { type: 'text', label: 'Postal Code' },
	countryCode: { type: 'text', label: 'Country Code', placeholder: 'e.g. US' },
};

const nonce: Fields = {
	paymentMethodNonce: {
		type: 'text',
		label: 'Payment Method Nonce',
		description: "What Braintree's form in the browser gives in place of a card number",
		password: true,
		required: true,
	},
};

export const braintree = resource({
	value: 'braintree',
	name: 'Payment (Braintree)',
	description: 'Cards, billing addresses and payments of accounts that pay through Braintree',
	keywords: ['credit card', 'payment method', 'billing address', 'PayPal', 'charge card', 'invoice address'],
	rows: [
		operation(`GET ${path}/cards`, {
			value: 'getCards',
			name: 'Get Cards',
			action: 'Get credit cards',
			description: 'List the stored cards with type, last four digits and expiry',
			hint: BRAINTREE,
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${card}`, {
			value: 'getCard',
			name: 'Get Card',
			action: 'Get credit card',
			description: 'Read type, last four digits, expiry and address of one card',
			hint: BRAINTREE,
		}),
		operation(`PUT ${path}/cards`, {
			value: 'addCard',
			name: 'Add Card',
			action: 'Add credit card',
			description: 'Store a card that the customer typed into the form of Braintree',
			hint: BRAINTREE,
			body: nonce,
		}),
		operation(`POST ${card}`, {
			value: 'replaceCard',
			name: 'Replace Card',
			action: 'Replace credit card',
			description: 'Replace a stored card with one that the customer typed into the form',
			hint: BRAINTREE,
			body: nonce,
		}),
		operation(`DELETE ${card}`, {
			value: 'deleteCard',
			name: 'Delete Card',
			action: 'Delete credit card',
			description: 'Remove a stored card',
			hint: BRAINTREE,
		}),
		operation(`GET ${path}/addresses`, {
			value: 'getAddresses',
			name: 'Get Addresses',
			action: 'Get billing addresses',
			description: 'List the stored billing addresses of an account',
			hint: BRAINTREE,
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${address}`, {
			value: 'getAddress',
			name: 'Get Address',
			action: 'Get billing address',
			description: 'Read one billing address',
			hint: BRAINTREE,
		}),
		operation(`PUT ${path}/addresses`, {
			value: 'addAddress',
			name: 'Add Address',
			action: 'Add billing address',
			description: 'Store one more billing address',
			hint: BRAINTREE,
			body: addressFields,
		}),
		operation(`POST ${address}`, {
			value: 'replaceAddress',
			name: 'Replace Address',
			action: 'Replace billing address',
			description: 'Overwrite a billing address',
			hint: BRAINTREE,
			body: addressFields,
		}),
		operation(`DELETE ${address}`, {
			value: 'deleteAddress',
			name: 'Delete Address',
			action: 'Delete billing address',
			description: 'Remove a billing address',
			hint: BRAINTREE,
		}),
		operation(`GET ${path}/customer`, {
			value: 'getCustomer',
			name: 'Get Customer',
			action: 'Get payment customer',
			description: 'Read who pays for the account, with cards and addresses',
			hint: BRAINTREE,
		}),
		operation(`POST ${path}/customer`, {
			value: 'saveCustomer',
			name: 'Save Customer',
			action: 'Save payment customer',
			description: 'Tell Braintree who pays for the account, with a card if you like',
			hint: BRAINTREE,
			body: {
				firstName: { type: 'text', label: 'First Name' },
				lastName: { type: 'text', label: 'Last Name' },
				company: { type: 'text', label: 'Company' },
				phone: { type: 'text', label: 'Phone' },
				paymentMethodNonce: {
					type: 'text',
					label: 'Payment Method Nonce',
					description: "From Braintree's form in the browser",
					password: true,
				},
			},
		}),
		operation(`GET ${path}/client_token`, {
			value: 'getClientToken',
			name: 'Get Client Token',
			action: 'Get client token for payment form',
			description: "Get what Braintree's form in the browser needs to take a card",
			hint: BRAINTREE,
		}),
		operation(`GET ${path}/transactions`, {
			value: 'getTransactions',
			name: 'Get Payments',
			action: 'Get payments',
			description: 'List what was charged to cards, with amount and state',
			hint: BRAINTREE,
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/transactions/{paymentId}`, {
			value: 'getTransaction',
			name: 'Get Payment',
			action: 'Get payment',
			description: 'Read card, amount, state and codes of one payment',
			hint: BRAINTREE,
		}),
	],
});
