import { operation, resource } from '../notation';

const keys = '/auth/keys';

export const authentication = resource({
	value: 'authentication',
	name: 'Authentication',
	description: 'To whom login tokens belong, and the keys that sign them',
	keywords: ['JWT', 'login token', 'session', 'public key', 'token info', 'who am I'],
	rows: [
		operation('POST /auth/tokeninfo', {
			value: 'getTokenInfo',
			also: ['GET /auth/tokeninfo'],
			name: 'Get Token Information',
			action: 'Get information about login token',
			description: 'Read to which account, user and apps a login token belongs',
			body: {
				token: { type: 'text', label: 'Token', password: true, required: true },
			},
		}),
		operation(`GET ${keys}`, {
			value: 'getKeys',
			name: 'Get Keys',
			action: 'Get keys that sign login tokens',
			description: 'List the IDs of the keys with which login tokens are signed',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${keys}/{keyId}`, {
			value: 'getKey',
			name: 'Get Key',
			action: 'Get public key of login tokens',
			description: 'Read a public key, to check the signature of tokens yourself',
		}),
		operation(`GET ${keys}/{keyId}`, {
			value: 'downloadKey',
			name: 'Download Key',
			action: 'Download public key of login tokens',
			description: 'Get a public key as a PEM file',
			returns: 'file',
			accept: 'application/x-pem-file',
		}),
		operation(`PUT ${keys}/{keyId}`, {
			value: 'resetKey',
			name: 'Reset Key',
			action: 'Reset key of login tokens',
			description: 'Make a new key pair; every login of the whole system ends',
			always: { action: 'reset_private_key' },
			returns: 'value',
			needs: 'system administrator',
		}),
		operation('GET /accounts/{accountId}/apps_link/authorize', {
			value: 'getAppAccount',
			name: 'Get Account of App',
			action: 'Get account that linked app works for',
			description: 'Find the account for which an app linked from the user interface runs',
		}),
	],
});
