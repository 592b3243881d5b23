/** What goes wrong outside, and what people type wrong: each ends in a sentence, and nothing is sent twice. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { answer, envelope, fakeCrossbar, TOKEN } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const node = new Kazoo();
const BAD = 'b'.repeat(32);
const ID = '0123456789abcdef0123456789abcdef';
const open: FakeCrossbar[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

async function serve(handler: Parameters<typeof fakeCrossbar>[0]): Promise<FakeCrossbar> {
	const server = await fakeCrossbar(handler);
	open.push(server);
	return server;
}

async function run(
	serverUrl: string,
	parameters: INodeParameters,
	options: NodeOptions = {},
): Promise<NodeResult> {
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl, login: 'apiKey', apiKey: 'k'.repeat(64) },
	});
	return await runNode(node, { accountScope: 'mine', ...parameters }, { credentials, ...options });
}

const id = (value: string) => ({ __rl: true, mode: 'id', value });
const getDevice = { resource: 'device', operation: 'get', deviceId: id(ID), options: { retries: 0 } };
const getTemplate = { ...getDevice, resource: 'notificationTemplate' };
const createDevice = {
	resource: 'device',
	operation: 'create',
	bodyMode: 'json',
	bodyJson: '{"name":"Desk"}',
	options: { retries: 3 },
};
const listDevices = { resource: 'device', operation: 'getAll', returnAll: true, options: { retries: 0 } };

/** What a person reads of an error. */
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;

describe('the server', () => {
	test('an unknown host', async () => {
		const result = await run('http://no-such-host.invalid:8000', { ...getDevice, options: { retries: 0 } });
		expect(words(result)).toMatch(/no-such-host\.invalid|host|address|found/i);
		expect(words(result)).toMatch(/Server URL/);
	});

	test('nobody listens there', async () => {
		const server = await serve(() => {});
		await server.close();
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/refused|nothing|not reach|no server/i);
	});

	test('a web page of a proxy', async () => {
		const server = await serve((_, response) => {
			answer(response, 200, '<!doctype html><html><body>Welcome</body></html>', {
				'content-type': 'text/html',
			});
		});
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/web page|HTML/i);
		expect(words(result)).not.toContain('<body>');
	});

	test('an empty body', async () => {
		const server = await serve((_, response) => answer(response, 200, ''));
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/empty|nothing|no answer/i);
	});

	test('JSON with the wrong content type is read all the same', async () => {
		const server = await serve((_, response) =>
			answer(response, 200, envelope({ id: ID, name: 'Desk' }), { 'content-type': 'audio/x-wav' }),
		);
		const result = await run(server.url, getDevice);
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json).toMatchObject({ id: ID, name: 'Desk' });
	});

	test('an error with the wrong content type is read all the same', async () => {
		const body = JSON.stringify({
			data: { message: 'bad identifier', cause: ID },
			error: '404',
			message: 'bad_identifier',
			status: 'error',
			request_id: 'e'.repeat(32),
			auth_token: TOKEN,
		});
		const server = await serve((_, response) => answer(response, 404, body, { 'content-type': 'text/csv' }));
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/bad.identifier/);
		expect(words(result)).toMatch(/no device with the ID/);
		expect(words(result)).toContain('e'.repeat(32));
		expect(JSON.stringify(result.run)).not.toContain(TOKEN);
	});

	test('a body cut short', async () => {
		const server = await serve((_, response) => answer(response, 200, envelope({ id: ID }).slice(0, 25)));
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/cut|incomplete|not complete/i);
	});

	test('a body cut short by the connection', async () => {
		const server = await serve((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
			response.write('{"data":{');
			setTimeout(() => response.destroy(), 20);
		});
		const result = await run(server.url, getDevice);
		expect(result.error).toBeDefined();
		expect(words(result)).toMatch(/connection|cut|broke/i);
	});

	test('a redirect to another host: the token does not follow', async () => {
		const seen: Array<string | undefined> = [];
		const other = await serve((request, response) => {
			seen.push(request.headers['x-auth-token'] as string | undefined);
			answer(response, 200, envelope({ id: ID }));
		});
		const server = await serve((_, response) =>
			answer(response, 302, '', { location: `${other.url}/v2/accounts` }),
		);
		const result = await run(server.url, getDevice);
		expect(words(result)).toMatch(/elsewhere/i);
		expect(other.requests).toEqual([]);
		expect(seen).toEqual([]);
	});

	test('a page that never ends: the same key for ever', async () => {
		const rows = Array.from({ length: 3 }, (_, index) => ({ id: `row-${index}` }));
		const server = await serve((_, response) =>
			answer(response, 200, envelope(rows, { next_start_key: 'same', start_key: 'same' })),
		);
		const result = await run(server.url, listDevices);
		expect(words(result)).toMatch(/without an end|repeats/i);
		expect(server.requests.length).toBeLessThan(30);
	});

	test('pages that go in a circle', async () => {
		let page = 0;
		const server = await serve((_, response) =>
			answer(response, 200, envelope([{ id: `row-${page % 2}` }], { next_start_key: `key-${page++ % 2}` })),
		);
		const result = await run(server.url, listDevices);
		expect(words(result)).toMatch(/without an end|repeats/i);
	});

	test('a write is never sent twice when the connection breaks', async () => {
		const server = await serve((_, response) => {
			response.destroy();
		});
		const result = await run(server.url, createDevice);
		expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
		expect(words(result)).toMatch(/may have|unknown whether|check/i);
	});

	test('a write is never sent twice on 503, a read is', async () => {
		let reads = 0;
		const server = await serve((request, response) => {
			if (request.method === 'GET' && ++reads > 1) return answer(response, 200, envelope({ id: ID }));
			answer(
				response,
				503,
				JSON.stringify({
					status: 'error',
					error: '503',
					message: 'datastore_unreachable',
					data: { message: 'datastore timeout' },
				}),
			);
		});
		await run(server.url, createDevice);
		expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
		const result = await run(server.url, { ...getDevice, options: { retries: 2 } });
		expect(result.items).toHaveLength(1);
	});

	test('a read that names a method of its own is a write: not sent twice on 503', async () => {
		const server = await serve((_, response) =>
			answer(response, 503, JSON.stringify({ status: 'error', error: '503', message: 'x', data: {} })),
		);
		const parameter = [{ name: 'Verb', value: 'PUT' }];
		await run(server.url, { ...getDevice, options: { retries: 2, query: { parameter } } });
		expect(server.requests).toHaveLength(1);
	});

	test('429 is waited out, for writes too: nothing was done', async () => {
		let refused = 0;
		const server = await serve((_, response) => {
			if (refused++ === 0) {
				return answer(
					response,
					429,
					JSON.stringify({
						status: 'error',
						error: '429',
						message: 'too_many_requests',
						data: { message: 'too many requests' },
					}),
				);
			}
			answer(response, 201, envelope({ id: ID }));
		});
		const result = await run(server.url, createDevice);
		expect(result.error).toBeUndefined();
		expect(server.requests).toHaveLength(2);
	});

	test('a token that expires while a read is repeated is renewed; refused twice, the error says so', async () => {
		const statuses = [503, 401, 503];
		const refuse = (response: Parameters<typeof answer>[0], status: number): void =>
			answer(
				response,
				status,
				JSON.stringify({ status: 'error', error: `${status}`, message: 'x', data: {} }),
			);
		const server = await serve((_, response) => {
			const status = statuses.shift();
			if (status !== undefined) return refuse(response, status);
			answer(response, 200, envelope({ id: ID }));
		});
		const read = { ...getDevice, options: { retries: 2 } };
		expect((await run(server.url, read)).items[0]?.json.id).toBe(ID);
		statuses.push(503, 401, 401);
		expect(words(await run(server.url, read))).toMatch(/account/);
		expect(server.requests).toHaveLength(7);
	});

	test('an expired token is renewed once, for all items', async () => {
		let valid = false;
		const server = await fakeCrossbarWithExpiry(
			() => valid,
			() => (valid = true),
		);
		const result = await run(
			server.url,
			{ ...getDevice, options: { concurrency: 8 } },
			{
				items: Array.from({ length: 16 }, () => ({ json: {} })),
			},
		);
		expect(result.error).toBeUndefined();
		expect(result.items).toHaveLength(16);
		expect(server.logins()).toBe(2);
	});

	test.each([403, 429, 503])(
		'what is refused with %i while a token is renewed is told in the server’s words',
		async (status) => {
			const server = await fakeCrossbarWithExpiry(
				() => server.logins() > 1,
				() => undefined,
				[status, status],
			);
			const result = await run(server.url, { ...getDevice, options: { retries: 0 } });
			expect(words(result)).toMatch(/said what is wrong/);
			expect(server.logins()).toBe(2);
		},
	);

	test('what passes while a token is renewed is waited for', async () => {
		const server = await fakeCrossbarWithExpiry(
			() => server.logins() > 1,
			() => undefined,
			[503],
		);
		const result = await run(server.url, { ...getDevice, options: { retries: 0 } });
		expect(result.items[0]?.json.id).toBe(ID);
		expect(server.logins()).toBe(2);
	});
});

/**
 * Refuses all tokens until somebody logs in a second time.
 * @param refusals statuses that the first questions with the new token get
 */
async function fakeCrossbarWithExpiry(
	isValid: () => boolean,
	renewed: () => void,
	refusals: number[] = [],
): Promise<FakeCrossbar> {
	const { createServer } = await import('node:http');
	let logins = 0;
	let asked = 0;
	const server = createServer((request, response) => {
		request.resume();
		request.on('end', () => {
			if (request.url === '/v2/api_auth') {
				logins++;
				if (logins > 1) renewed();
				return answer(
					response,
					201,
					envelope({ account_id: 'a'.repeat(32) }, { auth_token: `token-${logins}` }),
				);
			}
			const good = isValid() && request.headers['x-auth-token'] !== 'token-1';
			if (request.url === '/v2/token_auth' && asked++ === 0)
				return answer(response, 200, envelope({ account_id: 'a'.repeat(32) }));
			const refusal = good ? refusals.shift() : undefined;
			if (refusal !== undefined)
				return answer(
					response,
					refusal,
					JSON.stringify({ status: 'error', error: `${refusal}`, message: 'said what is wrong', data: {} }),
				);
			if (good) return answer(response, 200, envelope({ id: ID, account_id: 'a'.repeat(32) }));
			answer(
				response,
				401,
				JSON.stringify({ status: 'error', error: '401', message: 'invalid credentials', data: {} }),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	const fake: FakeCrossbar = {
		url: `http://127.0.0.1:${port}`,
		requests: [],
		bodies: [],
		logins: () => logins,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	open.push(fake);
	return fake;
}

describe('what people type', () => {
	test.each(['a/b', 'a?b=1', 'a#b', '50%', 'two words', 'ümlaut', '+1'])(
		'an ID with %s stays one segment',
		async (value) => {
			const server = await serve((_, response) => answer(response, 200, envelope({ id: 'x' })));
			const items = [{ json: { id: value } }];
			await run(server.url, { ...getTemplate, notificationId: id('={{ $json.id }}') }, { items });
			expect(server.requests).toEqual([
				`GET /v2/accounts/${'a'.repeat(32)}/notifications/${encodeURIComponent(value)}`,
			]);
		},
	);

	test.each(['..', '.', '', '   '])(
		'an ID that is “%s” is refused before anything is sent',
		async (value) => {
			const server = await serve((_, response) => answer(response, 200, envelope({})));
			const result = await run(
				server.url,
				{ ...getDevice, deviceId: id('={{ $json.id }}') },
				{ items: [{ json: { id: value } }] },
			);
			expect(words(result)).toMatch(/Device/);
			expect(server.requests).toEqual([]);
		},
	);

	test('a number typed as (415) 555-0100 becomes +14155550100', async () => {
		const server = await serve((_, response) => answer(response, 200, envelope({ id: '+14155550100' })));
		await run(server.url, { resource: 'phoneNumber', operation: 'get', phoneNumber: id('(415) 555-0100') });
		expect(server.requests[0]).toMatch(/phone_numbers\/%2B14155550100$/);
	});

	test.each(['[1,2]', '"text"', 'null', '{"name":'])(
		'JSON that is %s is refused before anything is sent',
		async (bodyJson) => {
			const server = await serve((_, response) => answer(response, 200, envelope({})));
			const result = await run(server.url, { ...createDevice, bodyJson });
			expect(words(result)).toMatch(/JSON/);
			expect(server.requests).toEqual([]);
		},
	);

	test('objects in a query are sent as JSON, dates as text, and what is empty is left out', async () => {
		const server = await serve((_, response) => answer(response, 200, envelope([])));
		await run(server.url, {
			resource: 'customApiCall',
			operation: 'request',
			method: 'GET',
			path: '/accounts/{accountId}/devices',
			additionalFields: { query: '{"a":{"b":1},"n":null,"l":[1,"2"],"z":0,"e":""}' },
		});
		const values = [
			'={{ {a: 1} }}',
			'={{ DateTime.utc(2026, 1, 2) }}',
			'={{ null }}',
			'={{ $json.nothing }}',
		];
		const parameter = values.map((value, index) => ({ name: `p${index}`, value }));
		await run(server.url, { ...getDevice, options: { retries: 0, query: { parameter } } });
		const queries = server.requests.map((line) =>
			Object.fromEntries(new URL(line.slice(4), server.url).searchParams),
		);
		expect(queries).toEqual([
			{ a: '{"b":1}', l: '[1,"2"]', z: '0', e: '' },
			{ p0: '{"a":1}', p1: '2026-01-02T00:00:00.000Z' },
		]);
	});

	test('an empty required field is named', async () => {
		const server = await serve((_, response) => answer(response, 200, envelope({})));
		const result = await run(server.url, {
			resource: 'phoneNumber',
			operation: 'search',
			prefix: '={{ $json.nothing }}',
			quantity: 5,
		});
		expect(words(result)).toMatch(/Prefix/);
		expect(server.requests).toEqual([]);
	});

	test.each([
		'http://evil.example/v2/accounts',
		'//evil.example/x',
		'/accounts/../users',
		'/accounts/%2e%2e/sup/a/b',
		'/accounts/.%2E/users',
		'/accounts/{accountId}/devices/x/quickcall/%2e/15',
		'/accounts?verb=DELETE',
	])('a custom path that is %s is refused before anything is sent', async (path) => {
		const server = await serve((_, response) => answer(response, 200, envelope({})));
		const result = await run(server.url, {
			resource: 'customApiCall',
			operation: 'request',
			method: 'GET',
			path,
		});
		expect(words(result)).toMatch(/Path/);
		expect(server.requests).toEqual([]);
	});
});

describe('items', () => {
	test('of two items the first fails: the second is done, each is linked to its own', async () => {
		const server = await serve((request, response) => {
			if (request.url?.includes(BAD)) {
				return answer(
					response,
					404,
					JSON.stringify({
						status: 'error',
						error: '404',
						message: 'bad_identifier',
						data: { message: 'bad identifier' },
					}),
				);
			}
			answer(response, 200, envelope({ id: 'good' }));
		});
		const parameters = { ...getDevice, deviceId: id('={{ $json.id }}') };
		const items = [{ json: { id: BAD } }, { json: { id: ID } }];
		const going = await run(server.url, parameters, { items, onError: 'continueRegularOutput' });
		expect(going.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(going.items[0]?.json.error).toMatch(/device|ID|found/i);
		expect(going.items[1]?.json.id).toBe('good');
		const stopped = await run(server.url, parameters, { items });
		expect(stopped.items).toEqual([]);
		expect(stopped.error?.context.itemIndex).toBe(0);
		const split = await run(server.url, parameters, { items, onError: 'continueErrorOutput' });
		expect(split.outputs[0]).toHaveLength(1);
		expect(split.outputs[1]).toHaveLength(1);
	});

	test('the order of items is kept whatever the concurrency', async () => {
		const server = await serve((request, response) => {
			const value = decodeURIComponent(request.url?.split('/').pop() ?? '');
			setTimeout(() => answer(response, 200, envelope({ id: value })), /0$/.test(value) ? 60 : 1);
		});
		const items = Array.from({ length: 12 }, (_, index) => ({
			json: { id: index.toString(16).padStart(32, 'a') },
		}));
		const result = await run(
			server.url,
			{ ...getDevice, deviceId: id('={{ $json.id }}'), options: { concurrency: 6 } },
			{ items },
		);
		expect(result.items.map(({ json }) => json.id)).toEqual(items.map(({ json }) => json.id));
	});

	test('a run cancelled in the middle sends nothing more', async () => {
		const stop = new AbortController();
		const server = await serve((_, response) => {
			if (server.requests.length === 3) stop.abort();
			setTimeout(() => answer(response, 200, envelope({ id: ID })), 20);
		});
		const items = Array.from({ length: 40 }, () => ({ json: {} }));
		const result = await run(
			server.url,
			{ ...createDevice, options: { concurrency: 1 } },
			{ items, signal: stop.signal },
		);
		expect(result.cancelled).toBe(true);
		const sent = server.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(server.requests.length).toBeLessThanOrEqual(sent + 1);
		expect(server.requests.length).toBeLessThan(10);
	});
});
