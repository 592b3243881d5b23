import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/getstream';
const scopes = { user: '/accounts/{accountId}/users/{userId}/getstream' } as const;

const nickname: Fields = {
	nickname: { type: 'text', label: 'Nickname', description: 'The name that others see' },
};

export const chat = resource({
	value: 'chat',
	name: 'Chat (Getstream)',
	description: 'Team chat through getstream.io: for whom it is on, and tokens to connect',
	keywords: ['messaging', 'team chat', 'instant message', 'getstream', 'presence'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get chat settings',
			description: 'Read whether chat is on, and the nickname',
			scopes,
			version: 5,
		}),
		operation(`PUT ${path}`, {
			value: 'enable',
			name: 'Enable',
			action: 'Enable chat',
			description: 'Switch chat on for the account or for one user',
			scopes,
			body: nickname,
			version: 5,
		}),
		operation(`PATCH ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update chat settings',
			description: 'Change the nickname, or pause chat and resume it',
			scopes,
			body: {
				...nickname,
				enabled: { type: 'boolean', label: 'Enabled', description: 'Whether chat is on' },
			},
			version: 5,
		}),
		operation(`DELETE ${path}`, {
			value: 'disable',
			name: 'Disable',
			action: 'Disable chat',
			description: 'Switch chat off and forget the nickname',
			scopes,
			version: 5,
		}),
		operation('GET /accounts/{accountId}/users/getstream', {
			value: 'getUsers',
			name: 'Get Users',
			action: 'Get users of chat',
			description: 'List the users for whom chat is on',
			returns: 'records',
			version: 5,
		}),
		operation(`PUT ${path}/connect`, {
			value: 'createToken',
			name: 'Create Token',
			action: 'Create chat token',
			description: 'Get what a chat client of the logged-in user needs to connect',
			version: 5,
		}),
	],
});
