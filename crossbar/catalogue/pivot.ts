import { operation, resource } from './notation';

const path = '/accounts/{accountId}/pivot/debug';

export const pivot = resource({
	value: 'pivot',
	name: 'Pivot',
	description: 'What KAZOO asked your web server during calls, and what it made of the answers',
	keywords: ['pivot debug', 'TwiML', 'programmable voice', 'dynamic callflow', 'call script'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getDebugLogs',
			name: 'Get Debug Logs',
			action: 'Get debug logs of pivot',
			description: 'List the calls whose Pivot step has debug switched on, with address and status',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/{pivotDebugId}`, {
			value: 'getDebugLog',
			name: 'Get Debug Log',
			action: 'Get debug log of pivot call',
			description: 'Read each request and answer of one call, and what was wrong with an answer',
			returns: 'records',
			unpaged: true,
		}),
	],
});
