/** A server that gives what no KAZOO gives: every operation ends soon, with a sentence of ours and nothing of JavaScript's. */
import { gzipSync } from 'node:zlib';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { catalogue } from '../../crossbar/catalogue';
import { hintedSchemas } from '../../crossbar/catalogue/hints';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter, parameters } from '../../crossbar/catalogue/parameters';
import { id, node } from './demo';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { cases, fill, parameterValues } from './filledRow';
import { CredentialStore } from './harness/credentials';
import { callListSearch, callMapperFields } from './harness/editor';
import { runNode } from './harness/engine';
import type { NodeResult } from './harness/engine';

const open: FakeCrossbar[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

type Handler = Parameters<typeof fakeCrossbar>[0];

async function serve(
	handler: Handler,
	accountId?: string,
): Promise<{ server: FakeCrossbar; credentials: CredentialStore }> {
	const server = await fakeCrossbar(handler, accountId);
	open.push(server);
	const data = { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) };
	return { server, credentials: new CredentialStore({ type: new CrossbarApi(), data }) };
}

const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;

/** What JavaScript says, and what stands in its place where nobody thought of it. */
const OF_JAVASCRIPT =
	/cannot make sense of|is not a function|Cannot (read|convert|set)|of (undefined|null)|is not iterable|call stack|\[object |Invalid (array|time|string)|URI malformed/;

const ID = '0123456789abcdef0123456789abcdef';
const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const strange = {
	toString: 5,
	valueOf: 5,
	toJSON: 5,
	then: 5,
	length: -1,
	id: { a: 1 },
	name: { toString: 5 },
};

/** Values of `data`, as JSON. */
const DATA: readonly string[] = [
	'null',
	JSON.stringify([null, 'x', 5, [[]], {}, { id: null }, { id: { a: 1 } }, { id: ['a'] }, strange]),
	JSON.stringify({
		...strange,
		...Object.fromEntries(
			[
				...['numbers', 'flow', 'devices', 'users', 'success', 'errors', 'error', 'tasks', 'data', 'children'],
				...['members', 'comments', 'port_requests', 'timezone', 'realm', '_read_only', 'metadata', 'status'],
				...['custom_data', 'media', 'timestamp', 'start_date', 'owner_id', 'caller_id', 'presence', 'queues'],
			].map((name, index) => [name, [null, 5, [null], { a: null }, { toString: 5 }, 'text'][index % 6]]),
		),
	}),
	'"a text"',
	'5',
	`[{"__proto__": {"polluted": true}, "constructor": {"prototype": 5}, "hasOwnProperty": 5, "id": "${ID}"}]`,
	`[{"id": "${ID}", "deep": ${deep(100_000)}}]`,
	`{"id": "${ID}", "deep": ${deep(100_000)}}`,
	JSON.stringify([{ id: 'x'.repeat(300_000), name: 'y'.repeat(300_000) }]),
	JSON.stringify({
		id: ID,
		flow: { module: null, data: null, children: { _: null, 1: [null] } },
		numbers: [null],
	}),
];
/** Whole answers. */
const ANSWERS: readonly string[] = [
	...DATA.map((data) => `{"status":"success","request_id":"r","data":${data}}`),
	'{"status":"success","data":[],"next_start_key":{"a":[null]},"metadata":null,"timestamp":{},"revision":{"a":1}}',
	'{"status":"success","data":{"id":null},"metadata":5,"page_size":"x","version":null}',
	'[]',
	'null',
	'',
];

describe('every operation', () => {
	/** The answers in turn, so that what asks twice gets two, and each operation gets others than its neighbour. */
	let turn = 0;
	const next: Handler = (_, response) => answer(response, 200, ANSWERS[turn++ % ANSWERS.length] as string);
	const binary = { data: { data: 'UklGRg==', mimeType: 'audio/wav', fileName: 'a.wav' } };

	test.each(catalogue.map(({ value }) => value))('%s', async (value) => {
		const { credentials } = await serve(next);
		const found: string[] = [];
		for (const [name, resource, row, scope] of cases.filter(([, one]) => one.value === value)) {
			const { parameters: filled } = fill(resource, row, scope, [ID, ID]);
			const additional = (filled.additionalFields ?? {}) as IDataObject;
			// A minute is the least that a person can give; a task is never done here
			const waits = 'longestWait' in additional ? { longestWait: 0.01 } : {};
			const result = await runNode(
				node,
				{
					...filled,
					// Steps of a callflow need what their kind needs
					...(filled.steps === undefined ? {} : { steps: {} }),
					additionalFields: { ...additional, ...waits },
					options: { concurrency: 1, retries: 0, timeout: 10 },
				},
				{
					credentials,
					onError: 'continueRegularOutput',
					items: [0, 1].map((index) => ({
						json: { name: 'walk', accountId: ID, ...parameterValues(index % 2) },
						binary,
					})),
				},
			);
			const told = [
				words(result),
				...result.items.map(({ json }) => JSON.stringify([json.error, json.description])),
			];
			found.push(...told.filter((text) => OF_JAVASCRIPT.test(text)).map((text) => `${name}: ${text}`));
			const longest = Math.max(...result.items.map(({ json }) => String(json.error ?? '').length));
			if (longest > 5_000) found.push(`${name}: a message of ${longest} characters`);
		}
		expect([...new Set(found)]).toEqual([]);
		expect(({} as { polluted?: true }).polluted).toBeUndefined();
	});
});

describe('what the editor asks', () => {
	const lists = (Object.keys(parameters) as ParameterName[]).filter((name) => parameter(name).list);
	const filled = Object.fromEntries(lists.map((name) => [name, id(ID)]));

	test.each(lists)('the list of %s', async (name) => {
		// Some of them, others for each list
		const first = lists.indexOf(name);
		for (const index of [0, 4, 8].map((more) => (first + more) % ANSWERS.length)) {
			const { credentials } = await serve((_, response) => answer(response, 200, ANSWERS[index] as string));
			const method = `search${name.charAt(0).toUpperCase()}${name.slice(1)}`;
			const state = { parameters: { ...filled, accountScope: 'mine' }, credentials, filter: 'x' };
			const said = await callListSearch(node, method, state).then(
				({ results }) => JSON.stringify(results.map((one) => [typeof one.name, typeof one.value])),
				(error: Error) => error.message,
			);
			expect([index, said]).toEqual([index, expect.not.stringMatching(OF_JAVASCRIPT)]);
			expect(said).not.toMatch(/undefined|object/);
		}
	});

	test('a list ends after twenty pages, and goes no circle', async () => {
		const run = async (key: (page: number) => unknown) => {
			let pages = 0;
			const { server, credentials } = await serve((_, response) => {
				const data = [null, { id: `${++pages}`, name: `Desk ${pages}` }];
				answer(response, 200, envelope(data, { next_start_key: key(pages) }));
			});
			const state = { parameters: { accountScope: 'mine' }, credentials, filter: 'nothing has this' };
			const { results } = await callListSearch(node, 'searchDeviceId', state);
			expect(results).toEqual([]);
			return server.requests.length;
		};
		expect(await run((page) => `new ${page}`)).toBe(20);
		expect(await run((page) => ['a', 'b', 'c'][page % 3])).toBeLessThanOrEqual(4);
		expect(await run(() => 'same')).toBeLessThanOrEqual(2);
		expect(await run((page) => ({ page }))).toBe(20);
	});

	test('the form leaves out what is no schema', async () => {
		const codecs = { type: 'array', items: { type: 'string', enum: ['G722', 'PCMU', null] } };
		const properties = { name: { type: 'string' }, codecs_of_ours: codecs };
		const good = { type: 'object', properties, required: ['name', null] };
		const schemas: unknown[] = [
			...[null, 5, 'x', [], [null], { properties: null }, { properties: [null] }, { properties: 5 }],
			{ properties: { a: null, b: 5, c: [], d: { type: null }, e: { type: [null] }, f: { type: { a: 1 } } } },
			{
				properties: { a: { enum: [null, {}, 'x'] }, b: { $ref: 5 }, c: { $ref: 'self' }, d: { items: null } },
			},
			{ properties: { a: { $ref: '../../x?y#z' } }, required: 5 },
			{
				properties: JSON.parse('{"__proto__": {"type": "string"}, "toString": {"type": "string"}}') as object,
			},
		];
		for (const schema of [...schemas, good]) {
			for (const resource of ['device', 'callflow', 'account', 'timeOfDayRule']) {
				const { server, credentials } = await serve((_, response) => answer(response, 200, envelope(schema)));
				const state = { parameters: { resource, operation: 'create' }, credentials };
				const { fields } = await callMapperFields(node, 'getDocumentFields', state);
				for (const field of fields)
					expect(field).toMatchObject({ displayName: expect.any(String) as string });
				expect(fields.some((field) => field.id === 'name')).toBe(schema === good);
				if (schema === good)
					expect(fields.find((field) => field.id === 'codecs_of_ours')).toMatchObject({
						type: 'multiOptions',
						options: [{ value: 'G722' }, { value: 'PCMU' }],
					});
				expect(server.requests.every((request) => request.startsWith('GET /v2/schemas/'))).toBe(true);
				expect(server.requests.length).toBeLessThan(10);
			}
		}
		expect(hintedSchemas.length).toBeGreaterThan(10);
	});
});

describe('the right value among others', () => {
	test('Check Health passes over what is no webhook', async () => {
		const hook = { id: 'a', name: 'n8n A [k]', hook: 'channel_create', uri: 'http://x', enabled: true };
		const { credentials } = await serve((request, response) => {
			const data = request.url?.includes('attempts') ? [null, 5, { hook_id: null }] : [null, hook, 'x'];
			answer(response, 200, envelope(data));
		});
		const parameters = { resource: 'webhook', operation: 'checkHealth', accountScope: 'mine' };
		const result = await runNode(node, parameters, { credentials });
		expect(words(result)).toBe(' | ');
		expect(result.items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ id: 'a', state: 'working', failures: 0 }),
		]);
	});

	test.each(['a/../b', 'x?y=1#z', '100%', 'ü', '../accounts/b'])(
		'the account ID “%s” is one part of a path, whoever gives it',
		async (accountId) => {
			const path = `/v2/accounts/${encodeURIComponent(accountId)}/`;
			for (const scope of [{ accountScope: 'mine' }, { accountScope: 'one', accountId: id(accountId) }]) {
				const { server, credentials } = await serve(
					(_, response) => answer(response, 200, envelope([])),
					accountId,
				);
				for (const parameters of [
					{ resource: 'device', operation: 'getAll' },
					{ resource: 'webhook', operation: 'checkHealth' },
					{ resource: 'customApiCall', operation: 'request', path: '/accounts/{accountId}/devices' },
				])
					await runNode(node, { ...scope, ...parameters }, { credentials });
				expect(server.requests.length).toBeGreaterThan(2);
				expect(server.requests.filter((request) => !request.startsWith(`GET ${path}`))).toEqual([]);
			}
		},
	);

	test.each(['..', '.', ' '])('the account ID “%s” leads nowhere', async (accountId) => {
		const { server, credentials } = await serve(
			(_, response) => answer(response, 200, envelope([])),
			accountId,
		);
		const result = await runNode(
			node,
			{ resource: 'device', operation: 'getAll', accountScope: 'mine' },
			{ credentials },
		);
		expect(words(result)).toMatch(/^Account (cannot be|is empty)/);
		expect(server.requests).toEqual([]);
	});

	test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
		'a binary field called %s is none',
		async (inputField) => {
			const { server, credentials } = await serve((_, response) => answer(response, 200, envelope({})));
			const parameters = { resource: 'media', operation: 'upload', mediaId: id(ID), inputField };
			const binary = { data: { data: 'UklGRg==', mimeType: 'audio/wav', fileName: 'a.wav' } };
			const result = await runNode(
				node,
				{ accountScope: 'mine', ...parameters },
				{ credentials, items: [{ json: {}, binary }] },
			);
			expect(words(result)).toMatch(new RegExp(`^The item has no file in “${inputField}” \\|`));
			expect(server.requests).toEqual([]);
		},
	);

	test('an answer of more than a hundred megabytes is not read to its end, unless that is wanted', async () => {
		const bomb = gzipSync(`{"data":"${' '.repeat(101_000_000)}"}`);
		const { credentials } = await serve((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			response.end(bomb);
		});
		const parameters = { resource: 'device', operation: 'get', accountScope: 'mine', deviceId: id(ID) };
		expect(words(await runNode(node, parameters, { credentials }))).toMatch(
			/^The answer of the server has more than 100 MB \| /,
		);
		const wanted = { ...parameters, options: { maximumAnswerSize: 120 } };
		expect(words(await runNode(node, wanted, { credentials }))).toBe(' | ');
	});
});

describe('what was given is repeated in part only', () => {
	const long = `A${'x'.repeat(100_000)}Z`;
	test.each<[string, INodeParameters]>([
		['an ID', { resource: 'device', operation: 'get', deviceId: id(`${long}/../`) }],
		['a name', { resource: 'user', operation: 'get', userId: id(`${long} Smith`) }],
		['JSON', { resource: 'device', operation: 'create', bodyMode: 'json', bodyJson: `{"a": ${long}` }],
		['a path', { resource: 'customApiCall', operation: 'request', path: `//${long}` }],
		['a method', { resource: 'customApiCall', operation: 'request', path: '/a', method: long }],
		['an operation', { resource: 'device', operation: long }],
		['a resource', { resource: long, operation: 'get' }],
		['a period', { resource: 'cdr', operation: 'getAll', period: long }],
		['a date', { resource: 'cdr', operation: 'getAll', period: 'dates', from: long }],
		['a limit', { resource: 'device', operation: 'getAll', limit: `={{ "${long}" }}` }],
		[
			'a comparison',
			{
				...{ resource: 'device', operation: 'getAll' },
				filters: { conditions: { condition: [{ key: 'a', comparison: long, value: 'x' }] } },
			},
		],
		['a filter', { resource: 'device', operation: 'getAll', filters: { createdFrom: long } }],
		['a binary field', { resource: 'media', operation: 'upload', mediaId: id(ID), inputField: long }],
		[
			'a day',
			{
				...{ resource: 'timeOfDayRule', operation: 'create', bodyMode: 'json' },
				bodyJson: JSON.stringify({ name: 'a', start_date: long }),
			},
		],
		[
			'a time zone',
			{
				...{ resource: 'account', operation: 'update', bodyMode: 'json' },
				bodyJson: JSON.stringify({ timezone: long }),
			},
		],
		['words of the server', { resource: 'device', operation: 'get', deviceId: id(ID) }],
	])('%s', async (_, parameters) => {
		const { credentials } = await serve((__, response) =>
			answer(response, 400, JSON.stringify({ status: 'error', message: long, data: { message: long } })),
		);
		const result = await runNode(
			node,
			{ accountScope: 'mine', ...parameters, options: { retries: 0 } },
			{ credentials },
		);
		expect(words(result).length).toBeLessThan(4_500);
		// What the server says may be longer than what it is told
		const longest = words(result).includes('server said') ? 4_000 : 200;
		expect(words(result)).not.toContain('x'.repeat(longest + 1));
		expect(words(result)).not.toMatch(OF_JAVASCRIPT);
	});
});
