import { operation, resource } from '../notation';

const restrictions = '/accounts/{accountId}/token_restrictions';

export const loginToken = resource({
	value: 'loginToken',
	name: 'Login Token',
	description: 'The token this credential uses, and what tokens of an account may do',
	keywords: ['token restrictions', 'API permissions', 'read only access', 'whoami', 'logout', 'auth token'],
	rows: [
		operation('GET /token_auth', {
			value: 'get',
			name: 'Get',
			action: 'Get current login token',
			description: 'Read to which account and user the token of this credential belongs',
			also: ['GET /user_auth/{token}'],
		}),
		operation('DELETE /token_auth', {
			value: 'delete',
			name: 'Delete',
			action: 'Delete current login token',
			description: 'Log out where KAZOO keeps tokens in its database',
			hint: "Today's tokens (JWT) stay valid until they expire; Account: Invalidate Tokens ends them",
		}),
		operation(`GET ${restrictions}`, {
			value: 'getRestrictions',
			name: 'Get Restrictions',
			action: 'Get token restrictions of account',
			description: 'Read which requests users may send, by way of login and privilege level',
			hint: 'Not found where an account has none: then every token may do everything',
		}),
		operation(`POST ${restrictions}`, {
			value: 'replaceRestrictions',
			name: 'Replace Restrictions',
			action: 'Replace token restrictions of account',
			description: 'Set which paths and methods the tokens of an account may use',
			hint: 'What no rule allows is refused at once, to this credential as well',
			body: {
				restrictions: {
					type: 'json',
					label: 'Restrictions',
					description: 'By way of login, privilege level and endpoint; "_" stands for any',
					placeholder:
						'e.g. {"_": {"user": {"_": [{"rules": {"#": ["GET"]}}]}, "admin": {"_": [{"rules": {"#": ["_"]}}]}}}',
					required: true,
				},
			},
		}),
		operation(`DELETE ${restrictions}`, {
			value: 'deleteRestrictions',
			name: 'Delete Restrictions',
			action: 'Delete token restrictions of account',
			description: 'Let the tokens of an account do everything again',
		}),
	],
});
