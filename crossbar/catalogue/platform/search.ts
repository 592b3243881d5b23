import type { Field } from '../notation';
import { operation, resource } from '../notation';

const SYSTEM = 'The scope System looks among the accounts below yours';

const type: Field = {
	type: 'choice',
	label: 'Type',
	options: [
		{ value: 'account', label: 'Account' },
		{ value: 'callflow', label: 'Callflow' },
		{ value: 'device', label: 'Device' },
		{ value: 'user', label: 'User' },
	],
	default: 'user',
	required: true,
	wire: 't',
};

const by = (label: string, wire: string): Field => ({
	type: 'text',
	label,
	description: 'How it begins',
	wire,
});

export const search = resource({
	value: 'search',
	name: 'Search',
	description: 'Find accounts, users, devices or callflows by how name, number or realm begins',
	keywords: ['find', 'look up', 'query', 'autocomplete', 'find customer', 'find user'],
	rows: [
		operation('GET /accounts/{accountId}/search', {
			value: 'search',
			name: 'Search',
			action: 'Search by one field',
			description: 'Find what begins with a text; ID, name and number of each match come back',
			hint: SYSTEM,
			scopes: { system: '/search' },
			returns: 'records',
			query: {
				type,
				field: {
					type: 'choice',
					label: 'Field',
					options: [
						{ value: 'id', label: 'ID', description: 'Only for accounts' },
						{ value: 'name', label: 'Name' },
						{ value: 'name_and_number', label: 'Name and Number', description: 'Not for accounts' },
						{ value: 'number', label: 'Number', description: 'Not for accounts' },
						{ value: 'realm', label: 'Realm', description: 'Only for accounts' },
					],
					default: 'name',
					required: true,
					wire: 'q',
				},
				text: {
					type: 'text',
					label: 'Begins With',
					description: 'Upper and lower case are the same',
					placeholder: 'e.g. blue',
					required: true,
					wire: 'v',
				},
			},
		}),
		operation('GET /accounts/{accountId}/search/multi', {
			value: 'searchMany',
			name: 'Search Several Fields',
			action: 'Search by several fields',
			description: 'Look in several fields at once; one item per field with its matches',
			hint: SYSTEM,
			scopes: { system: '/search/multi' },
			returns: { map: '', key: 'field', value: 'matches' },
			unpaged: true,
			query: {
				type,
				name: { ...by('Name', 'by_name'), placeholder: 'e.g. blue' },
				number: { ...by('Number', 'by_number'), placeholder: 'e.g. 415' },
				nameAndNumber: by('Name and Number', 'by_name_and_number'),
				realm: { ...by('Realm', 'by_realm'), placeholder: 'e.g. blue.example.com' },
				id: by('ID', 'by_id'),
			},
		}),
	],
});
