import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/multi_factor';
const one = `${path}/{multiFactorId}` as const;
const system = '/multi_factor';
const systemOne = '/multi_factor/{multiFactorId}';

export const multiFactor = resource({
	value: 'multiFactor',
	name: 'Multi-Factor Authentication',
	alias: '2FA, MFA',
	description: 'Providers of the second step of a login, such as Duo, and how it went',
	keywords: ['MFA', '2FA', 'two-factor', 'Duo', 'authenticator app', 'TOTP', 'login security'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getSummary',
			name: 'Get Overview',
			action: 'Get overview of multi factor authentication',
			description: 'Read what an account has configured and which providers the system offers',
			scopes: { system },
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get multi factor provider',
			description: 'Read the settings of one configured provider',
			scopes: { system: systemOne },
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create multi factor provider',
			description: 'Configure a provider for an account; name, kind and keys are needed',
			hint: 'The scope System is for system administrators',
			scopes: { system },
			document: 'multi_factor_provider',
		}),
		operation(`PATCH ${one}`, {
			value: 'update',
			name: 'Update',
			action: 'Update multi factor provider',
			description: 'Change some settings of a provider, or switch it off',
			hint: 'The scope System is for system administrators',
			scopes: { system: systemOne },
			document: 'multi_factor_provider',
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace multi factor provider',
			description: 'Overwrite the settings of a provider; what you leave out is lost',
			hint: 'The scope System is for system administrators',
			scopes: { system: systemOne },
			document: 'multi_factor_provider',
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete multi factor provider',
			description: 'Remove a provider; logins that ask for it go on without a second step',
		}),
		operation(`GET ${path}/attempts`, {
			value: 'getAttempts',
			name: 'Get Attempts',
			action: 'Get multi factor login attempts',
			description: 'List the logins of a period that had a second step, with their outcome',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/attempts/{loginAttemptId}`, {
			value: 'getAttempt',
			name: 'Get Attempt',
			action: 'Get multi factor login attempt',
			description: 'Read one login with a second step: client, message and configuration used',
		}),
	],
});
