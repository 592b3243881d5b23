/** Web pages that somebody has open while a sandbox runs: what they may not do. */
import { readFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '../../../sandbox';
import { demoOf, logInsOf } from '../../../sandbox/demo';
import { ownHosts } from '../../../sandbox/http/guests';
import { isLoopbackUrl } from '../../../sandbox/values/hosts';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, secret: 'of this machine' });
});

afterAll(async () => {
	await sandbox.close();
});

/** A request with any headers, which `fetch` would not send. */
async function ask(method: string, path: string, headers: Record<string, string>, body = '') {
	return await new Promise<{ status: number; cors?: string; text: string }>((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port: sandbox.port, method, path, headers }, (response) => {
			let text = '';
			response.on('data', (chunk: Buffer) => (text += chunk.toString()));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					cors: response.headers['access-control-allow-origin'],
					text,
				}),
			);
		});
		sent.on('upgrade', (_response, socket) => {
			socket.destroy();
			resolve({ status: 101, text: '' });
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

const own = (): string => `127.0.0.1:${sandbox.port}`;

test.each([
	'evil.example',
	'evil.example:8000',
	'127.0.0.1.evil.example',
	'localhost.evil.example',
	'10.0.0.1',
	'x',
	'[::2]',
])('a request to the name “%s” is refused, without a word that a page could read', async (host) => {
	for (const path of [
		'/v2/about',
		'/v2/api_auth',
		'/sandbox',
		'/sandbox/requests',
		'/',
		'/sandbox/page/page.js',
	]) {
		const { status, cors, text } = await ask('GET', path, { host, origin: 'http://evil.example' });
		expect([status, cors]).toEqual([403, undefined]);
		expect(text).not.toContain('account');
	}
	const upgrade = { host, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
	const websocket = await ask('GET', '/', { ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' });
	expect(websocket.status).toBe(403);
});

test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]', '127.0.0.2', 'app.localhost'])(
	'“%s” is a name of the sandbox',
	async (name) => {
		const { status, cors } = await ask('GET', '/v2/about', {
			host: `${name}:${sandbox.port}`,
			origin: 'http://ui.example',
		});
		// As KAZOO has it: any page may use the API with a token
		expect([status, cors]).toEqual([401, '*']);
	},
);

test('where it listens on all addresses, an address is its name, a name is not', () => {
	const isOwn = ownHosts('0.0.0.0');
	expect(['192.168.1.5:8000', '[fe80::1]:8000', 'localhost'].map(isOwn)).toEqual([true, true, true]);
	expect(['evil.example', 'a.b.c.d', undefined].map(isOwn)).toEqual([false, false, false]);
	expect(['lab.example:8000', 'evil.example'].map(ownHosts('lab.example'))).toEqual([true, false]);
});

test('what steers the sandbox listens to JSON, and to no other page', async () => {
	const call = JSON.stringify({ from: '+15005550142', to: '+14155550104' });
	const json = { host: own(), 'content-type': 'application/json' };
	for (const type of [
		'text/plain',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'application/jsonp',
		'',
	])
		expect((await ask('POST', '/sandbox/calls', { host: own(), 'content-type': type }, call)).status).toBe(
			403,
		);
	for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', `https://${own()}`])
		for (const path of ['/sandbox/calls', '/sandbox/faults', '/sandbox?x'])
			expect((await ask('POST', path, { ...json, origin }, call)).status).toBe(403);
	expect((await ask('GET', '/sandbox/requests', { host: own(), origin: 'http://evil.example' })).status).toBe(
		403,
	);
	expect((await ask('GET', '/sandbox/calls', { host: own() })).text).toBe('[]');
	expect((await ask('POST', '/sandbox/calls', { ...json, origin: `http://${own()}` }, call)).status).toBe(
		200,
	);
});

test.each([
	...['/%73andbox', '/%73%61%6e%64%62%6f%78', '/sandbo%78', '/./sandbox', '//sandbox', '/v2/../sandbox'],
	...['/SANDBOX', '/sandbox;x', 'http://evil.example/sandbox', 'http://127.0.0.1/%73andbox', '/%2573andbox'],
])('however its path is written: %s', async (path) => {
	const evil = { host: own(), origin: 'http://evil.example', 'content-type': 'text/plain' };
	await ask('PUT', '/sandbox/faults', { host: own(), 'content-type': 'application/json' }, '[]');
	const before = (await ask('GET', '/sandbox/calls', { host: own() })).text;
	const fault = JSON.stringify([{ kind: 'status', status: 418, path: '/v2/about' }]);
	await ask('POST', `${path}/calls`, evil, JSON.stringify({ from: '+15005550142', to: '+14155550104' }));
	await ask('PUT', `${path}/faults`, evil, fault);
	await ask('DELETE', `${path}/requests`, evil);
	const { status, text } = await ask('GET', `${path}/requests`, evil);
	expect(text).not.toContain('/v2/about');
	expect([200, 401, 403, 404]).toContain(status);
	expect((await ask('GET', '/sandbox/calls', { host: own() })).text).toBe(before);
	expect((await ask('GET', '/v2/about', { host: own() })).status).toBe(401);
	expect((await ask('GET', '/sandbox/requests', { host: own() })).text).toContain('/v2/about');
});

test('a secret makes log-ins that nobody else knows', async () => {
	const [one, other, known] = ['a', 'b', undefined].map((secret) => demoOf(logInsOf(secret)));
	expect(new Set([one?.apiKey, other?.apiKey, known?.apiKey]).size).toBe(3);
	expect(new Set([one?.password, other?.password, known?.password]).size).toBe(3);
	const logIn = async (api_key: string): Promise<number> => {
		const body = JSON.stringify({ data: { api_key } });
		return (await ask('PUT', '/v2/api_auth', { host: own(), 'content-type': 'application/json' }, body))
			.status;
	};
	expect(await logIn(sandbox.demo.apiKey)).toBe(201);
	expect(await logIn(String(known?.apiKey))).not.toBe(201);
	expect(await logIn(logInsOf(undefined).apiKey(sandbox.demo.master.id))).not.toBe(201);
});

test('this machine is not called without being told', () => {
	const here = [
		'http://localhost/x',
		'http://127.9.9.9/',
		'http://[::1]:5678/',
		'http://2130706433/',
		'http://0x7f.1/',
		'http://[::ffff:127.0.0.1]/',
		'http://0/',
		'http://a.localhost./',
	];
	expect(here.map(isLoopbackUrl)).toEqual(here.map(() => true));
	expect(['http://example.com/', 'http://10.0.0.1/', 'no address'].map(isLoopbackUrl)).toEqual([
		false,
		false,
		false,
	]);
});

test('a data file writes over no other file', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
	try {
		writeFileSync(join(folder, 't.new'), 'somebody’s own');
		const kept = await createSandbox({ quiet: true, seed: false, dataFile: join(folder, 't') });
		await kept.close();
		expect(readFileSync(join(folder, 't.new'), 'utf8')).toBe('somebody’s own');
		expect(readdirSync(folder).sort()).toEqual(['t', 't.new']);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
