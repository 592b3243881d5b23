import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/limits';

export const limit = resource({
	value: 'limit',
	name: 'Limit',
	alias: 'Call Limits, Concurrent Calls',
	description: 'How many calls an account may have at once, and whether it pays in advance',
	keywords: ['trunks', 'concurrent calls', 'channels', 'prepaid', 'burst', 'capacity', 'twoway trunks'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get limits of account',
			description: 'Read trunks, simultaneous calls and prepay',
		}),
		operation(`POST ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update limits of account',
			alias: 'concurrent calls, trunks, fraud',
			description: 'Change trunks or simultaneous calls and keep the rest',
			document: 'limits',
			charges: true,
			via: 'mergeUpdate',
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace limits of account',
			description: 'Overwrite all limits; the system decides on what you leave out',
			document: 'limits',
			charges: true,
		}),
	],
});
