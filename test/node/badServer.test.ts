/** A server that never ends, or gives too much or the wrong thing: each run ends soon, with a sentence. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { segmentOf } from '../../crossbar/values/input';
import { id, node } from './demo';
import { answer, envelope, fakeCrossbar, TOKEN } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeResult } from './harness/engine';

let server: FakeCrossbar | undefined;

afterEach(async () => {
	await server?.close();
	server = undefined;
});

const KEY = 'k'.repeat(64);
const device = { resource: 'device', operation: 'get', deviceId: id('a'.repeat(32)) };
const devices = { resource: 'device', operation: 'getAll', returnAll: true };

async function run(
	handler: Parameters<typeof fakeCrossbar>[0],
	parameters: INodeParameters = {},
): Promise<NodeResult> {
	server = await fakeCrossbar(handler);
	const data = { serverUrl: server.url, login: 'apiKey', apiKey: KEY };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	return await runNode(node, { accountScope: 'mine', ...device, ...parameters }, { credentials });
}

const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;

test('an answer that grows when it is decompressed is not read to its end', async () => {
	const bomb = gzipSync(`{"data":"${' '.repeat(30_000_000)}"}`);
	const result = await run(
		(_, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			response.end(bomb);
		},
		{ options: { maximumAnswerSize: 5 } },
	);
	expect(words(result)).toMatch(/^The answer of the server has more than 5 MB \| .*Maximum Answer Size/);
});

test('an answer of more objects than memory would take is not made into them', async () => {
	const result = await run((_, response) => answer(response, 200, `{"data":[${'{},'.repeat(2_500_000)}{}]}`));
	expect(words(result)).toMatch(/^The answer of the server has more than 2,000,000 objects and lists \| /);
});

/** A byte each 100 ms, for ever. */
function drip(response: ServerResponse, type: string): void {
	response.writeHead(200, { 'content-type': type });
	const timer = setInterval(() => response.write(' '), 100);
	response.on('close', () => clearInterval(timer));
}

test.each<[string, INodeParameters]>([
	['JSON', device],
	['a file', { resource: 'media', operation: 'download', mediaId: id('b'.repeat(32)) }],
])('%s that drips is given up after the timeout', async (_, parameters) => {
	const began = Date.now();
	const result = await run((__, response) => drip(response, 'application/json'), {
		...parameters,
		options: { timeout: 1, retries: 0 },
	});
	expect(words(result)).toMatch(/took too long to answer|broke off/);
	expect(Date.now() - began).toBeLessThan(15_000);
});

test('a list whose keys are new for ever ends, and says what is wrong', async () => {
	let pages = 0;
	const result = await run((_, response) => {
		answer(response, 200, envelope([{ id: 'a' }, { id: 'b' }], { next_start_key: `k${++pages}` }));
	}, devices);
	expect(words(result)).toMatch(/repeats its pages/);
	expect(pages).toBeLessThan(10);
});

test.each([
	['a token that the server repeats', TOKEN],
	['the API key', KEY],
])('%s is in no error', async (_, secret) => {
	const told = JSON.stringify({ status: 'error', message: 'no', data: { message: `bad ${secret}, really` } });
	const result = await run((__, response) => answer(response, 400, told), { options: { retries: 0 } });
	expect(words(result)).toContain('********');
	expect(words(result)).not.toContain(secret);
});

test.each<[string, INodeParameters, RegExp]>([
	[
		'an object for an ID',
		{ deviceId: '={{ ({ __rl: true, mode: "id", value: { a: 1 } }) }}' },
		/Device.* is not a text/,
	],
	[
		'a filter called hasOwnProperty',
		{
			...devices,
			filters: { conditions: { condition: [{ key: 'hasOwnProperty', comparison: 'is', value: 'x' }] } },
		},
		/^ \| $/,
	],
	[
		'a comparison that there is not',
		{
			...devices,
			filters: { conditions: { condition: [{ key: 'a', comparison: '={{ "like" }}', value: 'x' }] } },
		},
		/unknown comparison “like”/,
	],
	[
		'JSON 100,000 deep',
		{ operation: 'create', bodyMode: 'json', bodyJson: '={{ "[".repeat(100000) + "]".repeat(100000) }}' },
		/nested too deeply/,
	],
])('%s', async (_, parameters, expected) => {
	const result = await run((__, response) => answer(response, 200, envelope([])), parameters);
	expect(words(result)).toMatch(expected);
	expect(words(result).length).toBeLessThan(2000);
});

test('half of a letter is no part of a path', () => {
	expect(() => segmentOf('Ann \ud83d', 'Path')).toThrow(/half of a letter/);
});

test('a log-in is answered with a megabyte at most', async () => {
	const endless = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(`"${'x'.repeat(3_000_000)}"`);
	});
	await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
	const { port } = endless.address() as AddressInfo;
	const data = { serverUrl: `http://127.0.0.1:${port}`, login: 'apiKey', apiKey: KEY };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	const result = await runNode(node, { accountScope: 'mine', ...device }, { credentials });
	endless.closeAllConnections();
	endless.close();
	expect(words(result)).toMatch(/not as Crossbar does/);
});
