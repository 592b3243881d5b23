/** Logging in: where to, what to send, whose token came back, and why it did not (auth.md). Pure: nothing is sent. */
import { createHash } from 'crypto';

import type { Explanation, Failure } from '../errors/explain';
import { explainWith } from '../errors/explain';
import { LOGIN_HINTS, LOGIN_LABELS } from '../errors/login';

/** The properties of the credential that a log-in needs. */
export interface LoginCredentials {
	readonly login?: unknown;
	readonly apiKey?: unknown;
	readonly username?: unknown;
	readonly password?: unknown;
	readonly accountBy?: unknown;
	readonly account?: unknown;
	readonly hash?: unknown;
}

/** A request to get a token with; the path is below the server URL (`/v2`). */
export interface LoginRequest {
	readonly method: 'PUT';
	readonly path: '/user_auth' | '/api_auth';
	readonly body: { readonly data: Readonly<Record<string, string>> };
}

/** What of a credential is nobody's business. */
export function secretsOf({
	apiKey,
	password,
	authToken,
	token,
}: Readonly<Record<string, unknown>>): string[] {
	return [apiKey, password, authToken, token].filter(
		(secret): secret is string => typeof secret === 'string' && secret !== '',
	);
}

/** What a token says about itself. */
export interface Claims {
	readonly account_id?: string;
	/** The user; an API key has none. */
	readonly owner_id?: string;
	/** Unix seconds: the one time that KAZOO does not count from the year 0. */
	readonly exp?: number;
}

/** Something in the credential cannot be used; the message says what, and how it should be. */
export class InvalidCredential extends Error {}

/** How the account is named in the request, by the credential's "Find Account By". */
const ACCOUNT_FIELDS: Readonly<Record<string, string>> = {
	name: 'account_name',
	realm: 'account_realm',
	phoneNumber: 'phone_number',
	id: 'account_id',
};

/**
 * @returns the request that a log-in by API key or by password consists of
 * @throws InvalidCredential when a value is missing; a ready token needs no request
 */
export function loginRequest(credentials: LoginCredentials): LoginRequest {
	switch (credentials.login) {
		case 'apiKey':
			return {
				method: 'PUT',
				path: '/api_auth',
				body: { data: { api_key: filled(credentials.apiKey, 'API Key') } },
			};
		case 'password':
			return { method: 'PUT', path: '/user_auth', body: { data: passwordLogin(credentials) } };
		default:
			throw new InvalidCredential('Choose how to log in: API key, user name and password, or auth token');
	}
}

function passwordLogin({
	username,
	password,
	accountBy,
	account,
	hash,
}: LoginCredentials): Record<string, string> {
	const field = ACCOUNT_FIELDS[String(accountBy ?? 'name')] ?? 'account_name';
	const method = hash === 'sha' ? 'sha' : 'md5';
	if (typeof password !== 'string' || password === '') throw new InvalidCredential('Password is empty');
	// KAZOO stores user names in small letters and compares the hash, also in small letters, as it is
	const pair = `${filled(username, 'User Name').toLowerCase()}:${password}`;
	return {
		credentials: createHash(method === 'sha' ? 'sha1' : 'md5')
			.update(pair, 'utf8')
			.digest('hex'),
		method,
		[field]: filled(account, 'Account'),
	};
}

function filled(value: unknown, label: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new InvalidCredential(`${label} is empty`);
	return text;
}

/**
 * @param text as people give it: with or without `/v2`, a port or a slash at the end
 * @returns `https://host:port/v2`, without a slash at the end
 * @throws InvalidCredential for anything else, with a sentence that says how it should be
 */
export function serverUrl(text: string): string {
	const given = text.trim();
	const example = 'for example https://crossbar.example.com:8443';
	if (given === '')
		throw new InvalidCredential(`Server URL is empty. Give the address of Crossbar, ${example}`);
	if (!/^[a-z][a-z\d+.-]*:\/\//i.test(given))
		throw new InvalidCredential(`Server URL must begin with https:// or http://, ${example}`);
	const url = parsed(given);
	if (!url)
		throw new InvalidCredential(`Server URL is not an address. Give the address of Crossbar, ${example}`);
	const wrong = URL_RULES.find(({ broken }) => broken(url));
	if (wrong) throw new InvalidCredential(`${wrong.message}, ${example}`);
	return `${url.origin}/v2`;
}

/** The port of KAZOO's websocket server, Blackhole. */
const WEBSOCKET_PORT = '5555';

/**
 * @param text the credential's Websocket URL; empty: the websocket server on Crossbar's host
 * @param server the credential's Server URL
 * @throws InvalidCredential when there is no address to be made of them
 */
export function websocketUrl(text: string, server: string): string {
	const given = text.trim();
	if (given === '') {
		const url = new URL(serverUrl(server));
		return `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.hostname}:${WEBSOCKET_PORT}/`;
	}
	const url = parsed(given);
	const example = 'for example wss://crossbar.example.com:5555';
	if (!url || (url.protocol !== 'wss:' && url.protocol !== 'ws:'))
		throw new InvalidCredential(`Websocket URL must begin with wss:// or ws://, ${example}`);
	if (url.username !== '' || url.password !== '' || url.hash !== '')
		throw new InvalidCredential(`Websocket URL must not hold a user name, a password or #, ${example}`);
	return url.href;
}

function parsed(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

const URL_RULES: ReadonlyArray<{ readonly broken: (url: URL) => boolean; readonly message: string }> = [
	{
		broken: ({ protocol }) => protocol !== 'https:' && protocol !== 'http:',
		message: 'Server URL must begin with https:// or http://',
	},
	{
		broken: ({ username, password }) => username !== '' || password !== '',
		message:
			'Server URL must not hold a user name or password: they have fields of their own. Give the address alone',
	},
	{
		broken: ({ search, hash, href }) => search !== '' || hash !== '' || /[?#]$/.test(href),
		message: 'Server URL must end with the host, the port or /v2: leave out what begins with ? or #',
	},
	{
		broken: ({ pathname }) => /^\/v1(\/|$)/.test(pathname),
		message: 'Server URL names version 1 of the API, which KAZOO no longer has. Leave /v1 out',
	},
	{
		broken: ({ pathname }) => !/^\/(v2\/?)?$/.test(pathname),
		message: 'Server URL must end with the host, the port or /v2: leave out the rest of the path',
	},
];

/**
 * Reads a token without checking it; that is the server's business.
 * @returns nothing for a token that is no JSON Web Token
 */
export function claims(token: string): Claims {
	let payload: unknown;
	try {
		payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
	} catch {
		return {};
	}
	if (typeof payload !== 'object' || payload === null) return {};
	const { account_id, owner_id, exp } = payload as Record<string, unknown>;
	return {
		...(typeof account_id === 'string' ? { account_id } : {}),
		...(typeof owner_id === 'string' ? { owner_id } : {}),
		...(typeof exp === 'number' ? { exp } : {}),
	};
}

/** @returns why a log-in failed, and what to change in the credential; no secret is in it */
export function explainLogin(failure: Failure): Explanation {
	return explainWith(LOGIN_HINTS, {
		...failure,
		writes: false,
		what: failure.what ?? 'Log in',
		labels: { ...LOGIN_LABELS, ...failure.labels },
	});
}
