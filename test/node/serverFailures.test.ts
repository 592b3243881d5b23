/** What goes wrong outside: each ends in a sentence, nothing is sent twice, and a token is renewed. */
import { answer, envelope, TOKEN } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { closedLater, closeServers, createDevice, getDevice, ID, run, serve, words } from './ownServer';

const listDevices = { resource: 'device', operation: 'getAll', returnAll: true, options: { retries: 0 } };

afterEach(closeServers);

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
	return closedLater(fake);
}
