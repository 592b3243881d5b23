import { operation, resource } from '../notation';

export const dialPlan = resource({
	value: 'dialPlan',
	name: 'Dial Plan',
	description: 'Rules of the server for how local and short numbers are dialed',
	keywords: ['dialing rules', 'local dialing', 'number format', 'area code', 'dialplan'],
	rows: [
		operation('GET /accounts/{accountId}/dialplans', {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many dial plans',
			description: 'List the dial plans that accounts, users and phones can be given',
			returns: { map: '', key: 'name' },
			unpaged: true,
		}),
	],
});
