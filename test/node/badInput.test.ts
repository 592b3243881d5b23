/** What people type wrong: each ends in a sentence, and other items are done all the same. */
import { answer, envelope } from './fakeCrossbar';
import { id } from './demo';
import { closeServers, createDevice, getDevice, ID, run, serve, words } from './ownServer';

const BAD = 'b'.repeat(32);
const getTemplate = { ...getDevice, resource: 'notificationTemplate' };

afterEach(closeServers);

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
