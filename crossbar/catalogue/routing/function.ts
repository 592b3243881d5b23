import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/functions';

const FUNCTIONS = "Needs KAZOO's functions application on the server";

export const callFunction = resource({
	value: 'function',
	name: 'Function',
	description: 'JavaScript on the server that decides what happens with a call',
	keywords: ['serverless', 'JavaScript', 'custom code', 'call logic', 'pivot'],
	rows: [
		...crud(path, 'functionId', {
			one: 'function',
			many: 'functions',
			schema: 'functions',
			getAll: 'List functions and why KAZOO switched one off',
			get: 'Read the code of a function',
			create: 'Store code that a callflow can run',
			update: 'Change the code, or switch a function on or off',
			replace: 'Overwrite name and code of a function',
			upsert: 'Find a function by name: change its code, or store it',
			delete: 'Remove a function; callflows that run it fail',
			more: {
				create: { hint: FUNCTIONS },
				replace: { hint: 'KAZOO 4 answers with the change but keeps the function as it was; use Update' },
			},
		}),
		operation('GET /functions', {
			value: 'getAvailable',
			name: 'Get Available',
			action: 'Get available functions',
			description: 'List what functions can be used for on this server',
			returns: 'records',
			needs: 'system administrator',
		}),
		operation(`GET ${path}/samples`, {
			value: 'getSamples',
			name: 'Get Samples',
			action: 'Get samples of function calls',
			description: 'List examples of what a function is given',
			returns: 'records',
			unpaged: true,
			scopes: { system: '/functions/samples' },
		}),
	],
});
