/**
 * The schemas by which n8n shows what an operation gives before it has run, against what operations give elsewhere: the
 * generator asks in a new account and in the customers of the demo, here the reseller's own account answers.
 */
import type { IDataObject } from 'n8n-workflow';

import type { OutputSchema } from '../catalogue/outputSchema';
import { contradictions, joined, schemaOf, unnamed } from '../catalogue/outputSchema';
import { allRows } from '../catalogue/outputDocuments';
import { heardOf, outputSchemas } from '../catalogue/outputSchemas';
import { Demo } from './demo';

let schemas: Map<string, OutputSchema>;
let demo: Demo;

beforeAll(async () => {
	schemas = outputSchemas([await heardOf(4)]);
	demo = await Demo.open(40);
}, 600_000);

afterAll(async () => {
	await demo.close();
});

/** Rows that read and need nothing but an account. */
const asked = allRows().filter(
	({ row: { route, via, version, writes, local, returns, query = {} } }) =>
		/^GET \/accounts\/\{accountId\}[^{]*$/.test(route) &&
		via === undefined &&
		version !== 5 &&
		!writes &&
		!local &&
		returns !== 'file' &&
		!Object.values(query).some(({ required }) => required),
);

test('most of what is read has a schema, as n8n wants it', () => {
	expect(schemas.size).toBeGreaterThan(allRows().length / 2);
	for (const [name, { type, properties }] of schemas)
		expect([name, type, Object.keys(properties ?? {}).length > 0]).toEqual([name, 'object', true]);
});

test('what comes of rows is what their schemas say', async () => {
	const wrong: string[] = [];
	let compared = 0;
	for (const { name, row } of asked) {
		const schema = schemas.get(name);
		if (!schema) continue;
		const [resource, operation] = name.split('.') as [string, string];
		const { items, error } = await demo.run({ resource, operation, simplify: row.simple !== undefined });
		if (error) continue;
		for (const { json } of items.slice(0, 20)) {
			compared++;
			wrong.push(...contradictions(json, schema, name));
			// A list whose fields were chosen has these and no others
			if (row.simple) wrong.push(...unnamed(json, schema).map((key) => `${name}.${key}: not in the schema`));
		}
	}
	expect([...new Set(wrong)]).toEqual([]);
	expect(compared).toBeGreaterThan(150);
}, 300_000);

test('of documents the fields are known that none of them had', () => {
	const fields = schemas.get('user.get')?.properties;
	expect(fields?.hotdesk).toMatchObject({ type: 'object' });
	expect(Object.keys(fields ?? {}).slice(0, 4)).toEqual(['first_name', 'last_name', 'username', 'email']);
});

describe('a schema', () => {
	const items: IDataObject[] = [
		{ id: 'x', name: 'Ann', numbers: ['+1'], '0123456789abcdef0123': 1 },
		{ id: 'y', name: null, sip: { method: 'password' }, numbers: [] },
	];
	const schema = schemaOf(items) as OutputSchema;

	test('has the fields of all items, names first, and no key that is a value', () => {
		expect(Object.keys(schema.properties ?? {})).toEqual(['name', 'numbers', 'sip', 'id']);
		expect(schema.properties?.sip).toEqual({ type: 'object', properties: { method: { type: 'string' } } });
	});

	test('says where an item is otherwise', () => {
		expect(contradictions({ name: 'Bob', sip: { method: 1 }, numbers: 'all' }, schema)).toEqual([
			'.numbers: string, not array',
			'.sip.method: number, not string',
		]);
		expect(unnamed({ name: 'Bob', email: 'x' }, schema)).toEqual(['email']);
	});

	test('takes fields of another one in', () => {
		const more = joined(schema, {
			type: 'object',
			properties: { name: { type: 'number' }, a: { type: 'null' } },
		});
		expect(more.properties?.name).toEqual({ type: 'string' });
		expect(more.properties?.a).toEqual({ type: 'null' });
	});
});
