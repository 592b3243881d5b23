/**
 * Every row of the catalogue through n8n's real engine: two items with different values, so that a parameter read at
 * the wrong item shows; what reached the sandbox is compared with the row.
 */
import type { IDataObject } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import type { Row } from '../../crossbar/catalogue/notation';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { RequestLogEntry, Sandbox } from '../../sandbox';
import { cases, fill, parameterValues, sample, shownOf, valuesOf, wireKey } from './filledRow';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';

let sandbox: Sandbox;
let credentials: CredentialStore;
const node = new Kazoo();

beforeAll(async () => {
	sandbox = await createSandbox({ port: 0, quiet: true, cdrs: 20 });
	credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: sandbox.url, login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey },
	});
});

afterAll(async () => {
	await sandbox.close();
});

/** What must stand at a dotted path of the data that arrived. */
function at(data: unknown, path: string): unknown {
	return path === ''
		? data
		: path
				.split('.')
				.reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], data);
}

/** Real accounts, but for the operations on accounts themselves: the walk would delete what it walks on. */
function accounts(resource: string): [string, string] {
	if (resource === 'account') return ['0123456789abcdef0123456789abcdea', '0123456789abcdef0123456789abcdeb'];
	const [first, second] = sandbox.demo.customers;
	return [first?.id ?? '', second?.id ?? ''];
}

function items(resource: string): Array<{
	json: IDataObject;
	binary: Record<string, { data: string; mimeType: string; fileName: string }>;
}> {
	return [0, 1].map((item) => ({
		json: {
			name: `walk ${item}`,
			accountId: accounts(resource)[item],
			...parameterValues(item),
		},
		binary: {
			data: {
				data: Buffer.from('RIFF0000WAVE').toString('base64'),
				mimeType: 'audio/wav',
				fileName: 'walk.wav',
			},
		},
	}));
}

/** Requests of the operation itself: without those of the log-in, unless it is about them. */
function sent({ route }: Row): RequestLogEntry[] {
	const own = `/v2${route.split(' ')[1] ?? ''}`;
	return sandbox
		.requests()
		.map((entry) => ({ entry, path: entry.path.split('?')[0] ?? '' }))
		.filter(({ path }) => path === own || !['/v2/api_auth', '/v2/token_auth'].includes(path))
		.map(({ entry }) => entry);
}

const decoded = (path: string): string => decodeURIComponent(path.split('?')[0] ?? '');

describe('every row', () => {
	test.each(cases.filter(([, , row]) => row.via === undefined))('%s', async (_, resource, row, scope) => {
		sandbox.clearRequests();
		const { parameters, paths } = fill(resource, row, scope, accounts(resource.value));
		const result = await runNode(
			node,
			{ ...parameters, options: { concurrency: 1, retries: 0 } },
			{
				credentials,
				items: items(resource.value),
				onError: 'continueRegularOutput',
			},
		);
		// Both items end in items (data or a readable error), linked to their input.
		expect(result.error).toBeUndefined();
		for (const item of [0, 1]) {
			const own = result.items.filter(
				({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item === item,
			);
			const requests = sent(row).filter(
				({ path }) => decoded(path) === `/v2${decodeURIComponent(paths[item] ?? '')}`,
			);
			expect(requests.map(({ method }) => method)).toContain(row.route.split(' ')[0]);
			// Where the path is the same for both items, the second request is the second item's.
			const nth = paths[0] === paths[1] ? item : 0;
			const request = requests.filter(({ method }) => method === row.route.split(' ')[0])[
				nth
			] as RequestLogEntry;
			for (const [key, field] of shownOf(row.query)) {
				const { wire } = sample(field);
				const expected =
					Array.isArray(wire) || typeof wire === 'object' ? JSON.stringify(wire) : String(wire);
				expect([key, request.query[wireKey(key, field)]]).toEqual([key, expected]);
			}
			for (const [key, value] of Object.entries(row.alwaysQuery ?? {}))
				expect(request.query[key]).toBe(String(value));
			if (request.method !== 'GET' && !row.upload) {
				const { data, ...beside } = (request.body ?? {}) as { data?: unknown };
				for (const [key, field] of shownOf(row.body)) {
					const place = field.beside ? beside : data;
					expect([key, at(place, wireKey(key, field))]).toEqual([key, sample(field).wire]);
				}
				expect(beside).toMatchObject(row.alwaysBeside ?? {});
				for (const [path, value] of Object.entries(row.always ?? {})) expect(at(data, path)).toBe(value);
				if (row.document) expect(at(data, 'name')).toBe(`walk ${item}`);
			}
			for (const [key, name] of Object.entries(row.fromPath ?? {}))
				expect(at((request.body as { data?: unknown }).data, key)).toBe(valuesOf(name)[item]);
			for (const { json } of own) {
				expect(typeof json).toBe('object');
				if ('error' in json && typeof json.error === 'string' && row.returns !== 'collection')
					expect(json.error).toMatch(/^[A-Z“+(].{3,}/);
			}
		}
	});
});
