/** Who may do what, and who pays for it: 401, 402, 403. */
import type { Hint } from './hint';

export const PAYMENT: readonly Hint[] = [
	{
		status: 402,
		code: /^accept charges$/,
		happened: 'This costs {price}',
		todo: 'Nothing was changed. To go on, switch on Accept Charges in the options.',
	},
	{
		status: 402,
		code: /no payment token/,
		happened: 'The account has no way to pay on file',
		todo: 'Add a payment method in the user interface.',
	},
	{
		status: 402,
		code: /no credit|not enough credit/,
		happened: 'The account has not enough credit for this',
		todo: 'Top the account up.',
	},
	{
		status: 402,
		code: /service restriction/,
		happened: 'The service plan does not allow this',
		todo: 'The account’s reseller can change its service plan.',
	},
	{
		status: 402,
		words: /bookkeeper/,
		happened: 'The billing system behind KAZOO refused or did not answer',
		todo: 'Try again later, or ask who runs the billing.',
	},
	{
		status: 402,
		happened: 'The account’s billing does not allow this',
		todo: 'Check balance, payment method and service plan.',
	},
];

export const ACCESS: readonly Hint[] = [
	{
		status: 401,
		words: /locked/,
		happened: 'The account is locked after too many failed log-ins',
		todo: 'Wait, or have its admin unlock it (Security in the user interface).',
	},
	{
		status: 401,
		loginOk: true,
		path: /^\/accounts\//,
		happened: 'This account does not exist or is not below yours',
		todo: 'KAZOO 5 answers both alike. Pick the account from the list, or check its ID.',
	},
	{
		status: 401,
		loginOk: true,
		happened: 'The log-in is good, but KAZOO does not accept it for this',
		todo: 'It may need a user’s log-in instead of an API key, or the system’s admin.',
	},
	{
		status: 401,
		code: /^invalid credentials$/,
		words: /^$/,
		happened: 'The token has expired',
		todo: 'A ready token is not renewed: log in with an API key or a password in the credential.',
	},
	{
		status: 401,
		happened: 'KAZOO does not accept the log-in',
		todo: 'Test the credential. A ready token may be wrong or made invalid by a new secret.',
	},
	{
		status: 403,
		words: /token restrictions/,
		happened: 'Token restrictions of the account forbid this',
		todo: 'An admin can change them (Token Restrictions).',
	},
	{
		status: 403,
		path: /\/phone_numbers/,
		words: /unauthorized to (use|perform)/,
		happened: 'This log-in may not use the number[ {number}]',
		todo: 'It belongs to another account, or the account may not add numbers itself.',
	},
	{
		status: 403,
		path: /\/phone_numbers/,
		words: /in state/,
		happened: 'The account may not create numbers in that state',
		todo: 'Leave the state out, or let the system’s admin do it.',
	},
	{
		status: 403,
		words: /unauthorized to use/,
		happened: 'The account may not use the number[ {number}]',
		todo: 'The number has to be assigned to the account first.',
	},
	{
		status: 403,
		path: /^\/(acls|rates|sup|about|system_configs|configs|alerts|scopes|accounts)(\/|$)(?![0-9a-f]{32})/,
		happened: 'Only the system’s admin may do this',
		todo: 'Use the credential of a user in the master account; most of it has a counterpart below an account.',
	},
	{
		status: 403,
		path: /^\/auth$/,
		happened: 'Only the system’s admin may end the tokens of the whole system',
		todo: 'For one account use Account: Invalidate Tokens with the account or a user.',
	},
	{
		status: 403,
		path: /\/apps_store(\/|$)/,
		happened: 'This log-in may not change the apps of the account {accountId}',
		todo: 'What an account sees in the App Exchange is set by an account above it, with a log-in of that one.',
	},
	{
		status: 403,
		path: /\/(api_key|auth)$/,
		happened: 'Only an admin of the account may do this',
		todo: 'An API key stands for no user: log in as a user who is an admin.',
	},
	{
		status: 403,
		path: /\/user_auth/,
		happened: 'This log-in may not act for that user',
		todo: 'Impersonate needs a user who is an admin of an account above, or of the master account. An API key stands for no user: log in with user name and password.',
	},
	{
		status: 403,
		path: /^\/accounts\/[0-9a-f]{32}/,
		happened: 'This log-in may not do that in the account {accountId}',
		todo: 'Check that the account is yours or below yours, and that the user is an admin.',
	},
	{
		status: 403,
		happened: 'This log-in may not do that',
		todo: 'Check that the account is yours or below yours, and that the user is an admin.',
	},
];
