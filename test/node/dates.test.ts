/**
 * No date in KAZOO's own counting is left in what people see: every row that reads, against the demo, and with what a
 * real KAZOO answered. Rows that write are looked at by the check of all rows (test/real).
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import type { Row } from '../../crossbar/catalogue/notation';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter } from '../../crossbar/catalogue/parameters';
import { pathParameters } from '../../crossbar/operations/request';
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { now } from '../../sandbox/values/time';
import { gregorianIn } from '../gregorian';
import { withRecordings } from '../recordings';
import { Demo, id, node } from './demo';
import { answer, envelope, fakeCrossbar, type FakeCrossbar } from './fakeCrossbar';
import { valuesOf } from './filledRow';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';

interface Reading {
	readonly resource: string;
	readonly row: Row;
	readonly path: string;
}

const reading: readonly Reading[] = catalogue.flatMap(({ value, rows }) =>
	rows
		.filter(
			({ route, returns, version, document, writes }) =>
				route.startsWith('GET ') && returns !== 'file' && version !== 5 && !document && !writes,
		)
		.map((row) => ({ resource: value, row, path: row.route.slice('GET '.length) })),
);

const parametersOf = (
	{ resource, row }: Reading,
	values: Readonly<Record<string, string>>,
): INodeParameters => ({
	resource,
	operation: row.value,
	returnAll: true,
	simplify: false,
	...Object.fromEntries(
		Object.entries(values).map(([name, value]) => [
			name,
			parameter(name as ParameterName).list === undefined ? value : id(value),
		]),
	),
});

/**
 * A blueprint holds documents as they are stored, so that a copy is equal: a day that somebody set by another clock than
 * the account's would move.
 */
const AS_STORED: ReadonlySet<string> = new Set([
	'customerBlueprint.exportDocument: time_of_day_rules[].start_date',
]);

/** Where dates were left, each place once: `device.get: created`. */
const placesIn = ({ resource, row }: Reading, records: readonly IDataObject[]): string[] =>
	records
		.flatMap((record) => gregorianIn(record))
		.map((found) => `${resource}.${row.value}: ${found.replace(/ = \d+$/, '').replace(/\d{11}/, '*')}`)
		.filter((place) => !AS_STORED.has(place));

describe('against the demo', () => {
	let demo: Demo;
	const known = new Map<string, IDataObject[]>();

	beforeAll(async () => {
		demo = await Demo.open(200);
		const { store } = demo.sandbox;
		const account = String(demo.sandbox.demo.customers[0]?.id);
		const created = now() - 60;
		for (const type of ['sms', 'mms'])
			store.createMonthly(account, type, created, { from: '1001', to: '1002', created });
	});

	afterAll(async () => {
		await demo.close();
	});

	/** Ids for the path of a row, from the list above each parameter; nothing when a list is empty. */
	function filled(path: string): Record<string, string> | undefined {
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

	test('every row that reads', async () => {
		const left: string[] = [];
		let items = 0;
		// Lists first: they know what the others read
		const shortestFirst = [...reading].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
		for (const one of shortestFirst) {
			const values = filled(one.path);
			if (!values) continue;
			// What wants more than its path, or what the demo has nothing of, ends in an error
			const result = await demo
				.run({ ...parametersOf(one, values), ...demo.customer(0) })
				.catch(() => undefined);
			if (!result || result.error) continue;
			const records = result.items.map(({ json }) => json);
			if (!one.row.via && !known.has(one.path)) known.set(one.path, records);
			items += records.length;
			left.push(...placesIn(one, records.slice(0, 50)));
		}
		expect([...new Set(left)]).toEqual([]);
		// A walk that finds nothing proves nothing
		expect(items).toBeGreaterThan(800);
		expect(known.size).toBeGreaterThan(40);
	}, 120_000);
});

interface Exchange {
	readonly request?: { readonly method?: string; readonly path?: string };
	readonly response?: { readonly status?: number; readonly body?: { readonly data?: unknown } };
}

const FILES = [
	'recorded-exchanges.jsonl',
	'recorded-exchanges-2.jsonl',
	'recorded-jobs.jsonl',
	'recorded-events.jsonl',
	'recorded-plans.jsonl',
];
/** Answers a row is given: more of them rarely have another form. */
const ANSWERS_A_ROW = 4;

withRecordings('with what a real KAZOO answered', FILES, (recordings) => {
	let server: FakeCrossbar;
	let data: unknown;

	beforeAll(async () => {
		server = await fakeCrossbar((_, response) => answer(response, 200, envelope(data)));
	});

	afterAll(async () => {
		await server.close();
	});

	const answers = new Map<string, unknown[]>();
	const patterns = reading
		.filter(({ row }) => !row.via)
		.map((one) => ({ one, pattern: new RegExp(`^/v2${one.path.replace(/\{\w+\}/g, '[^/]+')}$`) }))
		.sort((a, b) => a.one.path.split('{').length - b.one.path.split('{').length);

	test('every row that reads', async () => {
		for (const { request, response } of recordings.lines<Exchange>(...FILES)) {
			const found = response?.body?.data;
			if (request?.method !== 'GET' || response?.status !== 200 || found === undefined) continue;
			const path = request.path?.split('?')[0] ?? '';
			const route = patterns.find(({ pattern }) => pattern.test(path))?.one.path;
			if (route) answers.set(route, [...(answers.get(route) ?? []), found]);
		}
		const credentials = new CredentialStore({
			type: new CrossbarApi(),
			data: { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) },
		});
		const left: string[] = [];
		let items = 0;
		for (const { one } of patterns)
			for (const answered of (answers.get(one.path) ?? []).slice(0, ANSWERS_A_ROW)) {
				data = answered;
				const values = Object.fromEntries(
					pathParameters(one.path)
						.filter((name) => name !== 'accountId')
						.map((name) => [name, valuesOf(name)[0]]),
				);
				const result = await runNode(
					node,
					{ accountScope: 'mine', ...parametersOf(one, values) },
					{ credentials },
				).catch(() => undefined);
				if (!result || result.error) continue;
				items += result.items.length;
				left.push(
					...placesIn(
						one,
						result.items.map(({ json }) => json),
					),
				);
			}
		expect([...new Set(left)]).toEqual([]);
		expect(items).toBeGreaterThan(300);
		expect(answers.size).toBeGreaterThan(50);
	}, 120_000);
});
