/** The addresses that a brand sends its emails from: claimed by a code, signed with DKIM. KAZOO 5 only. */
import type { Row } from '../notation';
import { operation } from '../notation';

const path = '/accounts/{accountId}/whitelabel/emails';
const one = `${path}/{brandEmailId}` as const;

export const whiteLabelEmails: readonly Row[] = [
	operation(`GET ${path}`, {
		value: 'getEmails',
		name: 'Get Sender Addresses',
		action: 'Get sender addresses of white label',
		description: 'List the addresses that the brand may send from, and whether each is confirmed',
		returns: 'records',
		version: 5,
	}),
	operation(`PUT ${path}`, {
		value: 'addEmail',
		name: 'Add Sender Address',
		action: 'Add sender address to white label',
		description: 'Claim an address to send from; a code is mailed to it',
		body: {
			email: { type: 'text', label: 'Email', placeholder: 'e.g. service@example.com', required: true },
			dkimSelector: {
				type: 'text',
				label: 'DKIM Selector',
				description: 'Name of the DNS record that holds the public key',
				placeholder: 'e.g. kazoo',
			},
		},
		version: 5,
	}),
	operation(`POST ${one}/verify`, {
		value: 'verifyEmail',
		name: 'Verify Sender Address',
		action: 'Verify sender address of white label',
		description: 'Confirm an address with the code that was mailed to it',
		body: {
			code: {
				type: 'text',
				label: 'Code',
				description: 'Four characters',
				placeholder: 'e.g. 4711',
				required: true,
			},
		},
		version: 5,
	}),
	operation(`GET ${one}`, {
		value: 'getEmail',
		name: 'Get Sender Address',
		action: 'Get sender address of white label',
		description: 'Read one sender address, its state and DKIM selector',
		version: 5,
	}),
	operation(`POST ${one}`, {
		value: 'uploadDkimKey',
		name: 'Upload DKIM Key',
		action: 'Upload DKIM key of sender address',
		description: 'Store the private key with which emails from an address are signed',
		upload: { as: 'raw', accepts: 'PEM', mimeType: 'application/x-pem-file' },
		version: 5,
	}),
	operation(`DELETE ${one}`, {
		value: 'deleteEmail',
		name: 'Delete Sender Address',
		action: 'Delete sender address of white label',
		description: 'Give up an address that the brand sends from',
		version: 5,
	}),
];
