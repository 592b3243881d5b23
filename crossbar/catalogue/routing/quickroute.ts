import { operation, resource } from '../notation';

export const quickroute = resource({
	value: 'quickroute',
	name: 'Quickroute',
	description: 'Numbers that ring their phones at once, without going through a callflow',
	keywords: ['direct route', 'number to phone', 'bypass callflow', 'fast path'],
	rows: [
		operation('GET /accounts/{accountId}/quickroutes', {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many quickroutes',
			description: 'List the numbers that go straight to phones, with the IDs of those phones',
			returns: { map: '', key: 'number' },
			unpaged: true,
			version: 5,
			needs: 'account administrator',
		}),
	],
});
