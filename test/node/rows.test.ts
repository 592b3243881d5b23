/**
 * Every row of the catalogue through n8n's real engine: two items with different values, so that a parameter read at
 * the wrong item shows; what reached the sandbox is compared with the row.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { catalogue } from '../../crossbar/catalogue';
import type { Field, Fields, Resource, Row } from '../../crossbar/catalogue/notation';
import { standsInForm } from '../../crossbar/catalogue/notation';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter } from '../../crossbar/catalogue/parameters';
import { ACCOUNT_SCOPE, routesOf } from '../../nodes/Kazoo/description/places';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { RequestLogEntry, Sandbox } from '../../sandbox';
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

/** Two different values for each path parameter; they need not exist, the request is what counts here. */
const TWO_VALUES: Partial<Record<ParameterName, [string, string]>> = {
	phoneNumber: ['+14155550123', '+14155550124'],
	schemaName: ['devices', 'users'],
};

function valuesOf(name: ParameterName): [string, string] {
	const { options, pattern } = parameter(name);
	if (options) return [options[0]?.value ?? '', options.at(-1)?.value ?? ''];
	const known = TWO_VALUES[name];
	if (known) return known;
	return pattern && pattern.message.includes('year')
		? ['202611-00000000000000000000000000000001', '202611-00000000000000000000000000000002']
		: ['0123456789abcdef0123456789abcde0', '0123456789abcdef0123456789abcde1'];
}

/** A value of the field's type and the same value as it must arrive. */
function sample(field: Field): { typed: unknown; wire: unknown } {
	switch (field.type) {
		case 'text': {
			const value = 'some text'.slice(0, field.length?.max);
			return { typed: value, wire: value };
		}
		case 'number': {
			const value = Math.max(field.default ?? field.min ?? 3, field.min ?? -Infinity);
			return { typed: value, wire: value };
		}
		case 'boolean':
			return { typed: true, wire: true };
		case 'choice': {
			const last = field.options.at(-1);
			const value = typeof last === 'string' ? last : last?.value;
			return { typed: value, wire: value };
		}
		case 'choices': {
			const last = field.options.at(-1);
			const value = [typeof last === 'string' ? last : last?.value];
			return { typed: value, wire: value };
		}
		case 'date':
			return { typed: '2026-11-23T12:00:00.000Z', wire: 63_962_654_400 };
		case 'texts':
			if (field.phoneNumbers)
				return { typed: '(415) 555-0171, +14155550172', wire: ['+14155550171', '+14155550172'] };
			return {
				typed: 'one, two',
				wire: ['one', 'two'].map((text) => (field.each ? { [field.each]: text } : text)),
			};
		case 'json':
			return { typed: '{"a":1}', wire: { a: 1 } };
		case 'locator': {
			const [value] = valuesOf(field.parameter);
			return { typed: { __rl: true, mode: 'id', value }, wire: value };
		}
		case 'steps': {
			const steps = [{ kind: field.default }];
			return { typed: { step: steps }, wire: steps };
		}
	}
}

/** The fields that stand in the form with the others as they are filled in here. */
const shownOf = (fields: Fields = {}): Array<[string, Field]> =>
	Object.entries(fields).filter(
		([, { when }]) => !when || sample(fields[when.field] as Field).typed === when.is,
	);

const wireKey = (key: string, field: Field): string =>
	field.wire ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What must stand at a dotted path of the data that arrived. */
function at(data: unknown, path: string): unknown {
	return path === ''
		? data
		: path
				.split('.')
				.reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], data);
}

interface Filled {
	parameters: INodeParameters;
	paths: [string, string];
}

function fill({ value: resource }: Resource, row: Row, scope: string): Filled {
	const parameters: Record<string, unknown> = {
		resource,
		operation: row.value,
		accountScope: 'one',
		accountId: { __rl: true, mode: 'id', value: '={{ $json.accountId }}' },
		scope,
		returnAll: true,
		bodyMode: 'json',
		bodyJson: '={{ { "name": $json.name } }}',
		matchField: 'name',
		fields: { mappingMode: 'defineBelow', value: {} },
	};
	const route = routesOf(row)[scope] ?? '';
	const paths: [string, string] = [route, route];
	for (const name of [...route.matchAll(/\{(\w+)\}/g)].map(([, found]) => found as ParameterName)) {
		if (name !== 'accountId') {
			const plain = parameter(name).list === undefined;
			const expression = `={{ $json.${name} }}`;
			parameters[name] = plain ? expression : { __rl: true, mode: 'id', value: expression };
		}
		const values = name === 'accountId' ? accounts(resource) : valuesOf(name);
		[0, 1].forEach((item) => {
			paths[item] = (paths[item] ?? '').replace(`{${name}}`, encodeURIComponent(values[item] ?? ''));
		});
	}
	const additionalFields: Record<string, unknown> = {};
	for (const [key, field] of Object.entries({ ...row.query, ...row.body, ...row.arguments })) {
		(standsInForm(field) ? parameters : additionalFields)[key] = sample(field).typed;
	}
	if (Object.keys(additionalFields).length > 0) parameters.additionalFields = additionalFields;
	return { parameters: parameters as INodeParameters, paths };
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

function parameterValues(item: number): IDataObject {
	const names = new Set(
		catalogue.flatMap(({ rows }) =>
			rows.flatMap((row) =>
				Object.values(routesOf(row)).flatMap((route) =>
					[...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as ParameterName),
				),
			),
		),
	);
	names.delete('accountId');
	return Object.fromEntries([...names].map((name) => [name, valuesOf(name)[item]]));
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

const cases = catalogue.flatMap((resource) =>
	resource.rows.flatMap((row) =>
		Object.keys(routesOf(row)).map(
			(scope) =>
				[
					`${resource.value}.${row.value}${scope === ACCOUNT_SCOPE ? '' : ` (${scope})`}`,
					resource,
					row,
					scope,
				] as const,
		),
	),
);

describe('every row', () => {
	test.each(cases.filter(([, , row]) => row.via === undefined))('%s', async (_, resource, row, scope) => {
		sandbox.clearRequests();
		const { parameters, paths } = fill(resource, row, scope);
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
