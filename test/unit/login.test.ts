import fc from 'fast-check';

import type { Failure } from '../../crossbar/errors/explain';
import {
	claims,
	explainLogin,
	InvalidCredential,
	loginRequest,
	serverUrl,
	websocketUrl,
} from '../../crossbar/http/login';
import { answer as anyAnswer, invalid } from './errors/fixtures';

describe('loginRequest', () => {
	const password = {
		login: 'password',
		username: 'Admin@Harbor.Example',
		password: 'Passw0rd!',
		account: ' Harbor Telecom ',
	};

	it('logs in with an API key', () => {
		expect(loginRequest({ login: 'apiKey', apiKey: ' abc\n' })).toEqual({
			method: 'PUT',
			path: '/api_auth',
			body: { data: { api_key: 'abc' } },
		});
	});

	it('hashes the password with the user name in small letters, as KAZOO does', () => {
		// printf 'admin@harbor.example:Passw0rd!' | md5sum
		expect(loginRequest(password)).toEqual({
			method: 'PUT',
			path: '/user_auth',
			body: {
				data: {
					credentials: 'ee5555241b2b2ba162f936d5fc2e12ed',
					method: 'md5',
					account_name: 'Harbor Telecom',
				},
			},
		});
		expect(loginRequest({ ...password, hash: 'sha' }).body.data).toMatchObject({
			credentials: '85f9c81a8985c70459a03e0496f121df4ca5d83b',
			method: 'sha',
		});
	});

	it('keeps the password as it is, spaces and all, in UTF-8', () => {
		const hashes = ['pässword', 'passwört ', ' passwört', 'passwört', 'Passwört'].map(
			(text) => loginRequest({ ...password, password: text }).body.data.credentials,
		);
		expect(new Set(hashes).size).toBe(5);
		// printf 'admin@harbor.example:pässword' | md5sum
		expect(hashes[0]).toBe('05fc897cf4a559a3cc5dcbda7b25dd28');
	});

	it.each([
		['name', 'account_name'],
		['realm', 'account_realm'],
		['phoneNumber', 'phone_number'],
		['id', 'account_id'],
		[undefined, 'account_name'],
	])('finds the account by %s', (accountBy, field) => {
		const { data } = loginRequest({ ...password, accountBy }).body;
		expect(Object.keys(data).sort()).toEqual(['credentials', 'method', field].sort());
		expect(data[field]).toBe('Harbor Telecom');
	});

	it.each([
		[{ login: 'apiKey', apiKey: ' ' }, 'API Key is empty'],
		[{ ...password, username: '' }, 'User Name is empty'],
		[{ ...password, password: undefined }, 'Password is empty'],
		[{ ...password, account: undefined }, 'Account is empty'],
		[{ login: 'token' }, 'Choose how to log in'],
		[{}, 'Choose how to log in'],
	])('refuses %j', (credentials, sentence) => {
		expect(() => loginRequest(credentials)).toThrow(InvalidCredential);
		expect(() => loginRequest(credentials)).toThrow(sentence);
	});
});

describe('serverUrl', () => {
	it.each([
		['https://kazoo.example', 'https://kazoo.example/v2'],
		['https://kazoo.example/', 'https://kazoo.example/v2'],
		['https://kazoo.example/v2', 'https://kazoo.example/v2'],
		['https://kazoo.example/v2/', 'https://kazoo.example/v2'],
		['https://kazoo.example:8443', 'https://kazoo.example:8443/v2'],
		['https://kazoo.example:8443/v2/', 'https://kazoo.example:8443/v2'],
		['https://kazoo.example:443', 'https://kazoo.example/v2'],
		['HTTPS://Kazoo.Example', 'https://kazoo.example/v2'],
		[' http://127.0.0.1:8000\n', 'http://127.0.0.1:8000/v2'],
		['http://[::1]:8000', 'http://[::1]:8000/v2'],
		['http://localhost:8000/v2', 'http://localhost:8000/v2'],
	])('%j → %s', (text, url) => {
		expect(serverUrl(text)).toBe(url);
		expect(serverUrl(url)).toBe(url);
	});

	it.each([
		['', 'Server URL is empty'],
		['kazoo.example', 'must begin with https:// or http://'],
		['localhost:8000', 'must begin with https:// or http://'],
		['//kazoo.example', 'must begin with https:// or http://'],
		['/v2', 'must begin with https:// or http://'],
		['ftp://kazoo.example', 'must begin with https:// or http://'],
		['ws://kazoo.example:5555', 'must begin with https:// or http://'],
		['javascript:alert(1)', 'must begin with https:// or http://'],
		['https://', 'is not an address'],
		['https://kazoo example', 'is not an address'],
		['https://kazoo.example:99999', 'is not an address'],
		['https://ann:secret@kazoo.example', 'must not hold a user name or password'],
		['https://kazoo.example/v2?auth_token=x', 'leave out what begins with ? or #'],
		['https://kazoo.example/?', 'leave out what begins with ? or #'],
		['https://kazoo.example/#/login', 'leave out what begins with ? or #'],
		['https://kazoo.example/v1', 'version 1'],
		['https://kazoo.example/v1/accounts', 'version 1'],
		['https://kazoo.example/v2/accounts', 'leave out the rest of the path'],
		['https://kazoo.example/crossbar/v2', 'leave out the rest of the path'],
		['https://kazoo.example/v2/..;/x', 'leave out the rest of the path'],
		['https://kazoo.example//v2', 'leave out the rest of the path'],
	])('refuses %j', (text, sentence) => {
		expect(() => serverUrl(text)).toThrow(InvalidCredential);
		expect(() => serverUrl(text)).toThrow(sentence);
	});

	it('never repeats what it was given, which may hold a password', () => {
		expect(() => serverUrl('https://ann:hunter2@kazoo.example/x?y')).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('hunter2') as string }) as Error,
		);
	});

	it('gives a URL of the same origin or refuses, whatever the text', () => {
		const text = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string());
		fc.assert(
			fc.property(text, (given) => {
				let url: string;
				try {
					url = serverUrl(given);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidCredential);
					return;
				}
				expect(new URL(url).origin).toBe(new URL(given.trim()).origin);
				expect(url.endsWith('/v2')).toBe(true);
			}),
		);
	});
});

describe('claims', () => {
	const token = (payload: unknown): string =>
		['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
			.map((part) => Buffer.from(part).toString('base64url'))
			.join('.');

	it('reads account, user and expiry', () => {
		expect(claims(token({ account_id: 'a', owner_id: 'ü', exp: 1_795_459_139, iss: 'kazoo' }))).toEqual({
			account_id: 'a',
			owner_id: 'ü',
			exp: 1_795_459_139,
		});
		expect(claims(token({ account_id: 'a' }))).toEqual({ account_id: 'a' });
	});

	it.each([
		'',
		'opaque',
		'a.b.c',
		'a.b',
		'..',
		token(null),
		token('text'),
		token([1]),
		token({ account_id: 5, exp: 'x' }),
	])('finds nothing in %j', (text) => {
		expect(claims(text)).toEqual({});
	});
});

describe('explainLogin', () => {
	const login = (path: string, status: number, message: string, data?: unknown): Failure =>
		anyAnswer(status, message, data, { method: path === '/token_auth' ? 'GET' : 'PUT', path });
	const MULTI_FACTOR = {
		message: 'client needs to preform second-factor authentication',
		multi_factor_request: {
			provider_name: 'duo',
			settings: { duo_sig_request: 'TX|secret-signature:APP|x' },
		},
	};

	it.each<[string, Failure, string, RegExp]>([
		[
			'wrong password or unknown account',
			login('/user_auth', 401, 'invalid_credentials', { message: 'invalid credentials' }),
			'User name, password or account is wrong',
			/Find Account By/,
		],
		[
			'method switched off',
			login('/user_auth', 401, 'invalid credentials', {}),
			'The account does not allow this way to log in',
			/API key/,
		],
		[
			'second factor',
			login('/user_auth', 401, 'invalid_credentials', MULTI_FACTOR),
			'KAZOO asks for a second factor, which a workflow cannot give',
			/API key/,
		],
		[
			'locked on KAZOO 5',
			login('/user_auth', 401, 'account_is_locked', {
				message: 'your account is locked because of too many failed login attempts',
			}),
			'The account is locked after too many failed log-ins',
			/unlock/,
		],
		['locked', login('/user_auth', 423, 'locked', {}), 'The account is locked', /unlock/],
		[
			'account disabled',
			invalid({ account: { disabled: { message: 'account disabled' } } }, { path: '/user_auth' }),
			'The account is disabled',
			/reseller/,
		],
		[
			'account expired',
			invalid(
				{ account: { expired: { message: 'account expired', cause: 63_962_674_739 } } },
				{ path: '/user_auth' },
			),
			'The account has expired: 2026-11-23',
			/extend/,
		],
		[
			'nothing filled in',
			invalid(
				{ credentials: { required: { message: 'Field is required but missing' } } },
				{ path: '/user_auth' },
			),
			'Password is missing',
			/required/,
		],
		[
			'unknown hash',
			invalid(
				{
					method: {
						enum: {
							message: 'Value not found in enumerated list of values',
							target: ['md5', 'sha'],
							value: 'x',
						},
					},
				},
				{ path: '/user_auth' },
			),
			'Password Hash must be one of the values that KAZOO knows: md5, sha',
			/enumerated/,
		],
		[
			'bad API key',
			login('/api_auth', 404, 'bad identifier', ['f'.repeat(64)]),
			'KAZOO does not know this API key',
			/copy it again/,
		],
		[
			'short API key',
			invalid(
				{
					api_key: {
						minLength: {
							message: 'String must be at least 64 characters',
							target: 64,
							cause: 'abc',
							value: 'abc',
						},
					},
				},
				{ path: '/api_auth' },
			),
			'An API key has 64 characters; this one has not',
			/user interface/,
		],
		[
			'API keys not loaded',
			login('/api_auth', 404, 'not_found', { message: 'not found' }),
			'This KAZOO has no log-in by API key',
			/cb_api_auth/,
		],
		[
			'API key refused',
			login('/api_auth', 401, 'invalid_credentials', { message: 'invalid credentials' }),
			'KAZOO does not accept this API key',
			/copy/i,
		],
		[
			'ready token',
			login('/token_auth', 401, 'invalid credentials', {}),
			'The token is wrong or has expired',
			/API key lasts/,
		],
		[
			'not from here',
			login('/user_auth', 403, 'forbidden', { message: 'forbidden' }),
			'KAZOO does not let this user log in from here',
			/prox/,
		],
		[
			'too many',
			login('/user_auth', 429, 'too_many_requests', { message: 'too many requests' }),
			'Too many log-ins: the server refuses even right ones for some seconds',
			/Wait/,
		],
		[
			'no token in the answer',
			login('/user_auth', 201, '', { account_id: 'a' }),
			'The server answered the log-in without a token',
			/Server URL/,
		],
		[
			'a web page',
			{ ...login('/user_auth', 200, ''), body: '<!doctype html><title>KAZOO</title>' },
			'This is not Crossbar: a web page answered, “KAZOO”',
			/Server URL/,
		],
		[
			'another API',
			{ ...login('/user_auth', 404, ''), body: { error: 'Not Found', status: 404 } },
			'A server answered, but not as Crossbar does (HTTP 404)',
			/Server URL/,
		],
		[
			'another API that likes it',
			{ ...login('/user_auth', 200, ''), body: { ok: true } },
			'A server answered, but not as Crossbar does (HTTP 200)',
			/Server URL/,
		],
		[
			'nothing there',
			{ ...login('/user_auth', 404, ''), body: '' },
			'There is no Crossbar at this address',
			/Server URL/,
		],
		[
			'redirect',
			{ ...login('/user_auth', 301, ''), body: '', headers: { location: 'https://x.example/' } },
			'The server sends us elsewhere, to https://x.example/',
			/not sent/,
		],
		[
			'no server',
			{ method: 'PUT', path: '/user_auth', networkCode: 'ENOTFOUND' },
			'There is no server of this name',
			/Server URL/,
		],
		[
			'nobody listens',
			{ method: 'PUT', path: '/user_auth', networkCode: 'ECONNREFUSED' },
			'Nothing listens at the address of the server',
			/port/,
		],
		[
			'TLS',
			{ method: 'PUT', path: '/user_auth', networkCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
			'The server’s certificate is self-signed',
			/Ignore SSL/,
		],
	])('%s', (_name, failure, message, description) => {
		const explanation = explainLogin(failure);
		expect(explanation.message).toBe(message);
		expect(explanation.description).toMatch(description);
		expect(explanation.description).toContain('Operation: Log in');
		expect(JSON.stringify(explanation)).not.toMatch(/secret-signature|f{40}|abc|secret-echoed/);
	});
});

describe('websocketUrl', () => {
	it.each([
		['', 'https://crossbar.example.com:8443/v2', 'wss://crossbar.example.com:5555/'],
		[' ', 'http://10.0.0.5:8000', 'ws://10.0.0.5:5555/'],
		['wss://events.example.com', 'https://crossbar.example.com', 'wss://events.example.com/'],
		['ws://127.0.0.1:5555/x?y=1', 'https://crossbar.example.com', 'ws://127.0.0.1:5555/x?y=1'],
	])('“%s” beside %s', (text, server, expected) => {
		expect(websocketUrl(text, server)).toBe(expected);
	});

	it.each([
		['https://crossbar.example.com', /must begin with wss/],
		['crossbar', /must begin with wss/],
		['wss://ann:secret@crossbar.example.com', /must not hold a user name/],
	])('refuses %s', (text, message) => {
		expect(() => websocketUrl(text, 'https://crossbar.example.com')).toThrow(message);
		expect(() => websocketUrl(text, 'https://crossbar.example.com')).toThrow(InvalidCredential);
	});
});
