/** "Test connection": who the log-in is, or why it does not work; and what nodes say when the log-in fails. */
import { createServer as createHttp } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { answer } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { callCredentialTest } from './harness/editor';
import { runNode } from './harness/engine';
import { CERTIFICATE, KEY } from './selfSigned';

const node = new Kazoo();
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0 });
});

afterAll(async () => {
	await sandbox.close();
});

const store = (data: ICredentialDataDecryptedObject): CredentialStore =>
	new CredentialStore({ type: new CrossbarApi(), data: { serverUrl: sandbox.url, ...data } });

const check = async (data: ICredentialDataDecryptedObject) =>
	await callCredentialTest(store(data), 'crossbarApi', node);

const byPassword = (more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	login: 'password',
	username: sandbox.demo.reseller.username,
	password: sandbox.demo.reseller.password,
	accountBy: 'name',
	account: sandbox.demo.reseller.name,
	...more,
});

test('the token is put on without an expression: after activation a trigger has none that works', async () => {
	const request = { url: '/v2/token_auth', headers: { accept: 'application/json' } };
	expect(await new CrossbarApi().authenticate({ token: 'secret' }, request)).toEqual({
		url: '/v2/token_auth',
		headers: { accept: 'application/json', 'X-Auth-Token': 'secret' },
	});
});

describe('a log-in that works', () => {
	test('says account, role and generation', async () => {
		const result = await check({ login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey });
		expect(result.status).toBe('OK');
		expect(result.message).toMatch(/Harbor Telecom \(reseller\), KAZOO 4/);
	});

	test('says KAZOO 5 of a KAZOO 5', async () => {
		const five = await createSandbox({ quiet: true, cdrs: 0, profile: 5 });
		const result = await check({ serverUrl: five.url, login: 'apiKey', apiKey: five.demo.reseller.apiKey });
		await five.close();
		expect(result.message).toMatch(/KAZOO 5/);
	});

	test.each([
		['name', () => sandbox.demo.reseller.name],
		['realm', () => sandbox.demo.reseller.realm],
	])('by password, the account found by %s', async (accountBy, account) => {
		expect(await check(byPassword({ accountBy, account: account() }))).toMatchObject({ status: 'OK' });
	});

	test('with SHA-1, and a user name in capital letters', async () => {
		const username = sandbox.demo.reseller.username.toUpperCase();
		expect(await check(byPassword({ hash: 'sha', username }))).toMatchObject({ status: 'OK' });
	});

	test.each(['', '/', '/v2', '/v2/'])('with “%s” after the server URL', async (end) => {
		const result = await check({
			serverUrl: `${sandbox.url}${end}`,
			login: 'apiKey',
			apiKey: sandbox.demo.reseller.apiKey,
		});
		expect(result.status).toBe('OK');
	});

	test('the master account is told', async () => {
		const { username, password, name } = sandbox.demo.master;
		const result = await check(byPassword({ username, password, account: name }));
		expect(result.message).toMatch(/master/);
	});
});

describe('a log-in that does not work says why', () => {
	const failing = async (data: ICredentialDataDecryptedObject): Promise<string> => {
		const result = await check(data);
		expect(result.status).toBe('Error');
		return result.message;
	};

	test('a wrong password', async () => {
		const message = await failing(byPassword({ password: 'wrong' }));
		expect(message).toMatch(/password/i);
		expect(message).not.toContain('wrong-');
	});

	test('an unknown account', async () => {
		expect(await failing(byPassword({ account: 'No Such Company' }))).toMatch(/account/i);
	});

	test('a bad API key, which KAZOO answers with 404 and the key', async () => {
		const apiKey = 'c'.repeat(64);
		const message = await failing({ login: 'apiKey', apiKey });
		expect(message).toMatch(/API key/i);
		expect(message).not.toContain(apiKey);
	});

	test('nothing filled in', async () => {
		expect(await failing({ login: 'apiKey', apiKey: '' })).toMatch(/API Key/i);
		expect(await failing({ login: 'token', authToken: '' })).toMatch(/token/i);
		expect(await failing(byPassword({ username: '' }))).toMatch(/user name/i);
	});

	test.each([
		'harbor.example',
		'ftp://harbor.example',
		'http://u:p@harbor.example',
		'http://h.example/v1',
		'http://h.example/ui',
		'',
	])('a server URL that is “%s”', async (serverUrl) => {
		expect(await failing({ serverUrl, login: 'apiKey', apiKey: 'c'.repeat(64) })).toMatch(
			/URL|address|v1|version/i,
		);
	});

	const answers: Array<[string, number, object, RegExp]> = [
		[
			'an account that is disabled',
			400,
			{ account: { disabled: { message: 'account disabled' } } },
			/disabled/i,
		],
		[
			'an account that has expired',
			400,
			{ account: { expired: { message: 'account expired', cause: 63_900_000_000 } } },
			/expired/i,
		],
		[
			'a second factor',
			401,
			{
				message: 'client needs to preform second-factor authentication',
				multi_factor_request: { provider_name: 'duo', settings: {} },
			},
			/second factor|multi-factor/i,
		],
	];
	test.each(answers)('%s', async (_, status, data, expected) => {
		const server = await fakeLogin(status, data, status === 401 ? 'invalid_credentials' : 'validation error');
		const message = await failing({ serverUrl: server.url, login: 'apiKey', apiKey: 'c'.repeat(64) });
		await server.close();
		expect(message).toMatch(expected);
	});

	test('a locked account (KAZOO 5)', async () => {
		const server = await fakeLogin(
			401,
			{ message: 'your account is locked because of too many failed login attempts' },
			'account_is_locked',
		);
		const message = await failing({ serverUrl: server.url, login: 'apiKey', apiKey: 'c'.repeat(64) });
		await server.close();
		expect(message).toMatch(/locked/i);
	});

	test('a web server that is not Crossbar', async () => {
		const server = await fakeLogin(200, '<html>hello</html>');
		const message = await failing({ serverUrl: server.url, login: 'apiKey', apiKey: 'c'.repeat(64) });
		await server.close();
		expect(message).toMatch(/not Crossbar|web page/i);
	});

	test.each<[string, (response: ServerResponse) => void, RegExp]>([
		[
			'has no end',
			(response) => {
				const more = (): void => {
					while (!response.destroyed && response.write('x'.repeat(100_000)));
					response.once('drain', more);
				};
				more();
			},
			/not as Crossbar does/,
		],
		[
			'drips',
			(response) => {
				const timer = setInterval(() => response.write(' '), 50);
				response.on('close', () => clearInterval(timer));
			},
			/took too long/,
		],
	])('an answer that %s is not read to its end', async (_, misbehave, words) => {
		const { timeout } = AbortSignal;
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((time) => timeout.call(AbortSignal, time / 50));
		const server = createHttp((request, response) => {
			request.resume();
			misbehave(response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		expect(await failing({ serverUrl, login: 'apiKey', apiKey: 'c'.repeat(64) })).toMatch(words);
		// Its connection is ended, too
		await new Promise<void>((resolve) => server.close(() => resolve()));
		jest.restoreAllMocks();
	});

	test('nobody at that address', async () => {
		expect(
			await failing({ serverUrl: 'http://127.0.0.1:9', login: 'apiKey', apiKey: 'c'.repeat(64) }),
		).toMatch(/127\.0\.0\.1|refused|reach|listens/i);
	});

	test('a certificate nobody signed; the switch lets it pass', async () => {
		const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
			request.resume();
			answer(
				response,
				201,
				JSON.stringify({
					status: 'success',
					auth_token: 'a.b.c',
					data: { account_name: 'Self Signed', account_id: 'a'.repeat(32) },
				}),
			);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const serverUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			expect(await failing({ serverUrl, login: 'apiKey', apiKey: 'c'.repeat(64) })).toMatch(/certificate/i);
			expect(
				await check({ serverUrl, login: 'apiKey', apiKey: 'c'.repeat(64), ignoreSsl: true }),
			).toMatchObject({ status: 'OK' });
		} finally {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		}
	});

	test('too many log-ins: waits, then goes on', async () => {
		sandbox.faults([{ kind: 'rate-limit', path: '/v2/api_auth', times: 1 }]);
		const result = await check({ login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey });
		sandbox.faults([]);
		expect(result.status).toBe('OK');
	});

	test('a node shows the same sentence, and tries a wrong password only once', async () => {
		sandbox.clearRequests();
		const result = await runNode(
			node,
			{ resource: 'device', operation: 'getAll', accountScope: 'mine' },
			{ credentials: store(byPassword({ password: 'wrong' })) },
		);
		expect(result.error?.message).toMatch(/password/i);
		expect(sandbox.requests().filter(({ path }) => path.endsWith('/user_auth'))).toHaveLength(1);
	});
});

async function fakeLogin(status: number, data: unknown, message = 'validation error') {
	const server = createHttp((request, response) => {
		request.resume();
		if (typeof data === 'string') return answer(response, status, data, { 'content-type': 'text/html' });
		answer(
			response,
			status,
			JSON.stringify({ status: 'error', error: String(status), message, data, request_id: 'e'.repeat(32) }),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
