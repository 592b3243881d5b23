import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/security';

/** The settings of the two ways to log in that all accounts have (auth.md section 7). */
const settings: Fields = {
	userLogin: {
		type: 'boolean',
		label: 'Log In With Password',
		description: 'Whether people may log in with user name and password',
		wire: 'auth_modules.cb_user_auth.enabled',
	},
	tokenLifetime: {
		type: 'number',
		label: 'Token Lifetime (Seconds)',
		description: 'How long a login with a password lasts; KAZOO takes 3600 unless told',
		min: 1,
		decimals: 0,
		wire: 'auth_modules.cb_user_auth.token_auth_expiry_s',
	},
	logFailed: {
		type: 'boolean',
		label: 'Log Failed Attempts',
		description: 'Whether failed logins are kept, to be read with Get Attempts',
		wire: 'auth_modules.cb_user_auth.log_failed_attempts',
	},
	logSuccessful: {
		type: 'boolean',
		label: 'Log Successful Attempts',
		description: 'Whether logins that went well are kept too',
		wire: 'auth_modules.cb_user_auth.log_successful_attempts',
	},
	multiFactor: {
		type: 'boolean',
		label: 'Require Multi-Factor',
		description: 'Whether a login with a password needs a second step',
		wire: 'auth_modules.cb_user_auth.multi_factor.enabled',
	},
	multiFactorProvider: {
		type: 'locator',
		parameter: 'multiFactorId',
		label: 'Multi-Factor Provider',
		wire: 'auth_modules.cb_user_auth.multi_factor.configuration_id',
	},
	multiFactorAccount: {
		type: 'text',
		label: 'Multi-Factor Provider Account',
		description: 'ID of the account whose provider it is; KAZOO wants it with Multi-Factor Provider',
		placeholder: 'e.g. 0ddcc026e63d96d171448b851f7ee0fe',
		wire: 'auth_modules.cb_user_auth.multi_factor.account_id',
	},
	multiFactorSubAccounts: {
		type: 'boolean',
		label: 'Multi-Factor for Sub-Accounts',
		description: 'Whether the second step is asked for in the accounts below too',
		wire: 'auth_modules.cb_user_auth.multi_factor.include_subaccounts',
	},
	apiKeyLogin: {
		type: 'boolean',
		label: 'Log In With API Key',
		description: 'Whether programs may log in with the API key, as this credential may do',
		wire: 'auth_modules.cb_api_auth.enabled',
	},
	apiKeyTokenLifetime: {
		type: 'number',
		label: 'API Key Token Lifetime (Seconds)',
		description: 'How long a login with the API key lasts',
		min: 1,
		decimals: 0,
		wire: 'auth_modules.cb_api_auth.token_auth_expiry_s',
	},
};

export const security = resource({
	value: 'security',
	name: 'Security',
	description: 'How people log in to an account: ways, lifetime of tokens, second step, log of attempts',
	keywords: ['login policy', 'failed logins', 'audit log', 'lockout', 'password', 'session lifetime', 'MFA'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get security settings',
			description: "Read an account's own login settings and those it inherits",
		}),
		operation('GET /security', {
			value: 'getMethods',
			name: 'Get Login Methods',
			action: 'Get login methods of system',
			description: 'Read which ways to log in can be configured on this server',
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create security settings',
			description: 'Give an account login settings of its own in place of inherited ones',
			version: 5,
			body: settings,
		}),
		operation(`PATCH ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update security settings',
			description: 'Change some login settings, such as the lifetime of tokens',
			body: settings,
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace security settings',
			description: "Overwrite all login settings; what you leave out gets the server's default",
			body: settings,
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete security settings',
			description: 'Let an account inherit its login settings again',
		}),
		operation(`GET ${path}/attempts`, {
			value: 'getAttempts',
			name: 'Get Attempts',
			action: 'Get login attempts',
			description: 'List the logins of a period: when, from where, by what way, how they ended',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/attempts/{loginAttemptId}`, {
			value: 'getAttempt',
			name: 'Get Attempt',
			action: 'Get login attempt',
			description: 'Read one login with its client, headers and the settings that applied',
		}),
		operation(`GET ${path}/login_lock`, {
			value: 'getLock',
			name: 'Get Login Lock',
			action: 'Get login lock of account',
			description: 'Check whether too many failed logins have locked an account',
			version: 5,
		}),
		operation(`DELETE ${path}/login_lock`, {
			value: 'deleteLock',
			name: 'Remove Login Lock',
			action: 'Remove login lock of account',
			description: 'Let people log in again after too many failed attempts',
			version: 5,
		}),
	],
});
