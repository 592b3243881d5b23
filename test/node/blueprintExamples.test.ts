/** The blueprints that docs/ shows: each fits its JSON Schema, makes a customer, and then finds nothing to do. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { IDataObject } from 'n8n-workflow';

import { blueprintSchema } from '../catalogue/blueprint';
import { Demo, id } from './demo';

const docs = join(__dirname, '../../docs');
const folder = join(docs, 'blueprints');
const files = readdirSync(folder);
const read = (file: string): IDataObject =>
	JSON.parse(readFileSync(join(folder, file), 'utf8')) as IDataObject;

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(blueprintSchema());

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

async function run(operation: string, more: object): Promise<IDataObject[]> {
	return await demo.records({ resource: 'customerBlueprint', operation, ...more });
}

const problems = (document: unknown): string[] => {
	validate(document);
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

test('there are a small, a medium and a call-centre one, and docs/blueprints.md shows them', () => {
	expect(files).toEqual(['call-centre.json', 'medium.json', 'small.json']);
	const page = readFileSync(join(docs, 'blueprints.md'), 'utf8');
	for (const file of [...files.map((name) => `blueprints/${name}`), 'blueprint.schema.json'])
		expect(page).toContain(`](${file})`);
});

test.each(files)('%s fits the schema, makes a customer, and then there is nothing to do', async (file) => {
	const document = read(file);
	expect(problems(document)).toEqual([]);
	const blueprint = JSON.stringify(document);
	const made = await run('apply', { blueprint, additionalFields: { newAccount: String(document.name) } });
	expect(made.filter(({ result }) => result !== 'done')).toEqual([]);
	const account = { accountScope: 'one', accountId: id(made[0]?.id) };
	const again = await run('apply', { ...account, blueprint });
	expect(again.map(({ change, fields }) => [change, fields])).toEqual([['Nothing', undefined]]);

	// What Export gives of it fits, too, and makes another one that is equal
	const [exported] = await run('exportDocument', account);
	expect(problems(exported)).toEqual([]);
	const copied = await run('apply', {
		blueprint: JSON.stringify(exported),
		additionalFields: { newAccount: `${String(document.name)} again` },
	});
	// Its limits are those that every account has
	expect(copied.filter(({ result, kind }) => result !== 'done' && kind !== 'Limits')).toEqual([]);
	const copy = { accountScope: 'one', accountId: id(copied[0]?.id) };
	const [other] = await run('exportDocument', copy);
	expect({ ...other, name: exported?.name }).toEqual(exported);
});

test.each([
	[{ people: [] }, /additional properties/],
	[{ users: {} }, /\/users must be array/],
	[{ users: [{ username: 'ana', enabled: 'maybe' }] }, /\/users\/0\/enabled must be boolean/],
	[{ queues: [{ name: 'Orders', strategy: 'loudest' }] }, /\/queues\/0\/strategy must be equal/],
])('the schema refuses %j', (document, expected) => {
	expect(problems(document).join('; ')).toMatch(expected);
});
