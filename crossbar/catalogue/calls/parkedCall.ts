import { operation, resource } from '../notation';

export const parkedCall = resource({
	value: 'parkedCall',
	name: 'Parked Call',
	alias: 'Call Park',
	description: 'Calls that wait in a parking slot until somebody picks them up',
	keywords: ['park', 'call park', 'parking lot', 'parking slot', 'hold', 'retrieve call', 'valet'],
	rows: [
		operation('GET /accounts/{accountId}/parked_calls', {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many parked calls',
			alias: 'call park',
			description: 'List the occupied parking slots with caller and who parked the call',
			hint: 'To park or fetch a call, use Channel: Transfer to the extension of the slot, such as *3101',
			returns: 'records',
			unpaged: true,
		}),
	],
});
