import { operation, resource } from '../notation';

export const customApiCall = resource({
	value: 'customApiCall',
	name: 'Custom API Call',
	description: 'Any request to the Crossbar API that has no operation of its own here',
	keywords: ['HTTP request', 'raw request', 'crossbar', 'API'],
	rows: [
		operation('GET /', {
			value: 'request',
			name: 'Send Request',
			action: 'Send custom API request',
			description: 'Send a request of your own with the login, retries and error messages of this node',
			arguments: {
				method: {
					type: 'choice',
					label: 'Method',
					options: [
						{ value: 'DELETE', label: 'DELETE' },
						{ value: 'GET', label: 'GET' },
						{ value: 'PATCH', label: 'PATCH', description: 'Changes the fields you send' },
						{ value: 'POST', label: 'POST', description: 'Replaces a document or runs an action' },
						{ value: 'PUT', label: 'PUT', description: 'Creates a document or runs an action' },
					],
					default: 'GET',
					required: true,
				},
				path: {
					type: 'text',
					label: 'Path',
					description: 'What follows /v2; {ACCOUNT_ID} stands for the account of the credential',
					placeholder: 'e.g. /accounts/{ACCOUNT_ID}/devices',
					required: true,
				},
				query: {
					type: 'json',
					label: 'Query Parameters',
					description: 'An object with the parameters after the question mark',
					placeholder: 'e.g. {"filter_enabled": true}',
				},
				body: {
					type: 'json',
					label: 'Data',
					description: 'What goes into "data", or a request with "data" in it; not for GET',
					placeholder: 'e.g. {"name": "Reception"}',
				},
				rawOutput: {
					type: 'boolean',
					label: 'Raw Output',
					description:
						'Whether the whole answer with page keys and revision comes back as one item, without its token',
				},
			},
			via: 'customCall',
			writes: true,
		}),
	],
});
