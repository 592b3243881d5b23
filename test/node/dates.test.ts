/** No date of KAZOO's own counting is left in what people see: every row that reads, against the demo. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import type { Row } from '../../crossbar/catalogue/notation';
import { parameter } from '../../crossbar/catalogue/parameters';
import { pathParameters } from '../../crossbar/operations/request';
import { now } from '../../sandbox/values/time';
import { Demo, id } from './demo';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(200);
	const { store } = demo.sandbox;
	const account = String(demo.sandbox.demo.customers[0]?.id);
	for (const type of ['sms', 'mms'])
		store.createMonthly(account, type, now() - 60, {
			from: '1001',
			to: '1002',
			created: now() - 60,
		});
});

afterAll(async () => {
	await demo.close();
});

/** Seconds since the year 0 of the years 1964 to 2059, as numbers or as texts; texts of 11 digits can be phone numbers. */
function gregorianIn(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((entry, at) => gregorianIn(entry, `${path}.${at}`));
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([key, entry]) => [
			...(/^6[2-4]\d{9}$/.test(key) ? [`${path}.${key} is a key`] : []),
			...gregorianIn(entry, `${path}.${key}`),
		]);
	return typeof value === 'number' && value > 62e9 && value < 65e9 ? [`${path} = ${value}`] : [];
}

const known = new Map<string, IDataObject[]>();

/** Ids for the path of a row, from the list above each parameter; nothing when a list is empty. */
async function filled(path: string): Promise<Record<string, string> | undefined> {
	const values: Record<string, string> = {};
	for (const name of pathParameters(path)) {
		if (name === 'accountId') continue;
		const { options, list } = parameter(name);
		if (options) {
			values[name] = options[0]?.value ?? '';
			continue;
		}
		const collection = path.slice(0, path.indexOf(`/{${name}}`));
		const [record] = known.get(collection) ?? (list ? (known.get(list.path) ?? []) : []);
		const value = record?.[list?.id ?? 'id'] ?? record?.id;
		if (value === undefined) return undefined;
		values[name] = String(value);
	}
	return values;
}

const reading = catalogue.flatMap(({ value, rows }) =>
	rows
		.filter(
			({ route, returns, version, document, writes }) =>
				route.startsWith('GET ') && returns !== 'file' && version !== 5 && !document && !writes,
		)
		.map((row) => ({ resource: value, row, path: row.route.slice('GET '.length) })),
);

const parametersOf = (resource: string, row: Row, values: Record<string, string>): INodeParameters => ({
	resource,
	operation: row.value,
	returnAll: true,
	simplify: false,
	...demo.customer(0),
	...Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			parameter(name as never).list === undefined ? value : id(value),
		]),
	),
});

test('of all that can be read', async () => {
	const left: string[] = [];
	let items = 0;
	// Lists first: they know what the others read
	const shortestFirst = [...reading].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
	for (const { resource, row, path } of shortestFirst) {
		const values = await filled(path);
		if (!values) continue;
		const { items: found, error } = await demo.run(parametersOf(resource, row, values));
		if (error) continue;
		const records = found.map(({ json }) => json);
		if (!row.via && !known.has(path)) known.set(path, records);
		items += records.length;
		left.push(...records.slice(0, 50).flatMap((record) => gregorianIn(record, `${resource}.${row.value}`)));
	}
	expect([...new Set(left.map((one) => one.replace(/ = \d+$/, '')))]).toEqual([]);
	// A walk that finds nothing proves nothing
	expect(items).toBeGreaterThan(1000);
	expect(known.size).toBeGreaterThan(60);
}, 120_000);
