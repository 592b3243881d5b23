/** Why a log-in fails: `PUT /user_auth`, `PUT /api_auth`, and `GET /token_auth` to look at a token (auth.md 2, 7 to 9). */
import { CHECK_URL } from './hint';
import type { Hint } from './hint';

/** The log-in's fields on the wire, as the credential calls them. */
export const LOGIN_LABELS: Readonly<Record<string, string>> = {
	api_key: 'API Key',
	credentials: 'Password',
	method: 'Password Hash',
	account_name: 'Account',
	account_realm: 'Account',
	phone_number: 'Account',
	account_id: 'Account',
};

/** They come before the general rows. */
export const LOGIN_HINTS: readonly Hint[] = [
	{
		kind: 'json',
		status: [200, 201],
		happened: 'The server answered the log-in without a token',
		todo: CHECK_URL,
	},
	{
		status: 401,
		words: /second-factor/,
		happened: 'KAZOO asks for a second factor, which a workflow cannot give',
		todo: 'Log in with an API key: it needs none.',
	},
	{
		status: 401,
		words: /locked/,
		happened: 'The account is locked after too many failed log-ins',
		todo: 'Wait, or have its admin unlock it (Security in the user interface).',
	},
	{
		status: 401,
		path: /^\/(user|api)_auth/,
		code: /^invalid credentials$/,
		words: /^$/,
		happened: 'The account does not allow this way to log in',
		todo: 'Use an API key, or have an admin allow it (Security in the user interface).',
	},
	{
		status: 401,
		path: /^\/user_auth/,
		happened: 'User name, password or account is wrong',
		todo: 'KAZOO does not say which. Check Find Account By and the account; a disabled user is refused in the same words.',
	},
	{
		status: 401,
		path: /^\/api_auth/,
		happened: 'KAZOO does not accept this API key',
		todo: 'Copy it again from the user interface.',
	},
	{
		status: 401,
		path: /^\/token_auth/,
		happened: 'The token is wrong or has expired',
		todo: 'Tokens last an hour unless set otherwise. An API key lasts.',
	},
	{
		status: 403,
		happened: 'KAZOO does not let this user log in from here',
		todo: 'The user or account may allow certain proxies or ways only.',
	},
	{
		status: 404,
		kind: 'empty',
		happened: 'There is no Crossbar at this address',
		todo: CHECK_URL,
	},
	{
		status: 404,
		path: /^\/api_auth/,
		code: /bad identifier/,
		happened: 'KAZOO does not know this API key',
		todo: 'It may have been made anew, or belong to another server: copy it again from the user interface.',
	},
	{
		status: 404,
		path: /^\/api_auth/,
		code: /not found/,
		happened: 'This KAZOO has no log-in by API key',
		todo: 'Its module (cb_api_auth) is not loaded: log in with user name and password.',
	},
	{
		status: 404,
		path: /^\/user_auth/,
		code: /not found/,
		happened: 'This KAZOO has no log-in by password',
		todo: 'Its module (cb_user_auth) is not loaded: log in with an API key.',
	},
	{
		status: 429,
		happened: 'Too many log-ins: the server refuses even right ones for some seconds',
		todo: 'Wait five seconds. KAZOO counts for each address, so other clients behind the same one take part.',
	},
];
