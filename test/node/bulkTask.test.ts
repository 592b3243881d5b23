/** Bulk Task: Run and Wait, from rows to results, against the sandbox and against servers that misbehave. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id, node } from './demo';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { binaryData, runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const run = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'bulkTask',
	operation: 'runAndWait',
	category: 'number_management',
	action: 'find',
	rowsFrom: 'items',
	...more,
});
const itemsOf = (...rows: IDataObject[]) => rows.map((json) => ({ json }));

describe('against the sandbox', () => {
	let demo: Demo;
	let numbers: string[];

	beforeAll(async () => {
		demo = await Demo.open(20, { profile: 5 });
		const list = { resource: 'phoneNumber', operation: 'getAll', returnAll: true, ...demo.customer(0) };
		numbers = (await demo.records(list)).map((number) => String(number.id));
	});

	afterAll(async () => {
		await demo.close();
	});

	beforeEach(() => {
		demo.sandbox.clearRequests();
	});

	const writes = () => demo.requests().filter(({ method }) => method !== 'GET');

	test('all input items are rows of one task, each result is linked to its own', async () => {
		const [first, second] = numbers as [string, string];
		const items = itemsOf({ e164: first }, { e164: '+14155559999' }, { e164: second.slice(1) });
		const result = await demo.run(run(demo.customer(0)), { items });
		expect(result.error).toBeUndefined();
		expect(writes().map(({ method }) => method)).toEqual(['PUT', 'PATCH']);
		// The server gives the last row first.
		expect(result.items.map(({ json, pairedItem }) => [json.e164, json.error, pairedItem])).toEqual([
			[second, undefined, [{ item: 2 }]],
			['+14155559999', 'not_found', [{ item: 1 }]],
			[first, undefined, [{ item: 0 }]],
		]);
		expect(result.items[0]?.json.task_id).toMatch(/^[0-9a-f]{30}$/);
		expect(result.items[0]?.json.created).toMatch(/^\d{4}-\d\d-\d\dT/);
	});

	test('nested fields are columns with a dot, and empty ones stay empty', async () => {
		const items = itemsOf(
			{ e164: '+14155557001', prepend: { enabled: true, name: 'Sales, "West"' }, force_outbound: null },
			{ e164: '+14155557002' },
		);
		const result = await demo.run(run({ action: 'import', ...demo.customer(0) }), { items });
		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => [json.e164, json['prepend.name'], json.error])).toEqual([
			['+14155557002', undefined, undefined],
			['+14155557001', 'Sales, "West"', undefined],
		]);
	});

	test('failed rows go to the error output, the others on', async () => {
		const items = itemsOf({ e164: '+14155559999' }, { e164: numbers[0] });
		const result = await demo.run(run(demo.customer(0)), { items, onError: 'continueErrorOutput' });
		expect(result.outputs[0]?.map(({ json }) => json.e164)).toEqual([numbers[0]]);
		expect(result.outputs[1]?.map(({ json }) => json.error)).toEqual(['not_found']);
	});

	test('rows can be JSON, or a CSV file, and some tasks take none', async () => {
		const json = await demo.records(
			run({ rowsFrom: 'json', rows: JSON.stringify([{ e164: numbers[0] }]), ...demo.customer(0) }),
		);
		expect(json.map(({ e164 }) => e164)).toEqual([numbers[0]]);
		const file = {
			data: Buffer.from(`\uFEFFe164\r\n${numbers[1]}\r\n`).toString('base64'),
			mimeType: 'text/csv',
			fileName: 'numbers.csv',
		};
		const csv = await demo.run(run({ rowsFrom: 'file', inputField: 'data', ...demo.customer(0) }), {
			items: [{ json: {}, binary: { data: file } }],
		});
		expect(csv.items.map(({ json: row }) => row.e164)).toEqual([numbers[1]]);
		const listed = await demo.records(run({ action: 'list', rowsFrom: 'nothing', ...demo.customer(0) }));
		expect(listed.map(({ e164 }) => e164)).toEqual(expect.arrayContaining(numbers));
	});

	test.each([
		[run({ action: 'assign_to' }), { account_id: 'x' }, /lack the column “e164”.*The rows have: account_id/],
		[run(), { e164: '+1', colour: 'red' }, /does not know the column “colour”.*takes: e164/],
		[run(), { e164: '0100/0101' }, /Row 1: e164 cannot be “0100\/0101”.*Nothing was sent/],
		[run({ action: 'list' }), { e164: '+1' }, /takes no rows.*Nothing/],
		[run({ rowsFrom: 'nothing' }), {}, /needs rows.*takes: e164/],
		[run({ action: 'fly' }), { e164: '+1' }, /no bulk task “number_management fly”.*import/],
		[run({ category: 'flying' }), { e164: '+1' }, /no bulk task “flying find”.*Get Types/],
		[run({ rowsFrom: 'json', rows: '{"e164": "+1"}' }), {}, /Rows must be a list of objects/],
		[run({ rowsFrom: 'json', rows: '[]' }), {}, /needs rows/],
	])('%j with a row %j is refused before anything is sent', async (parameters, row, expected) => {
		const result = await demo.run(parameters, { items: itemsOf(row) });
		expect(words(result)).toMatch(expected);
		expect(writes()).toEqual([]);
		const going = await demo.run(parameters, {
			items: itemsOf(row),
			onError: 'continueRegularOutput',
		});
		expect(going.items.map(({ json }) => json.error)).toEqual([expect.stringMatching(/./)]);
	});

	test('a CSV without a needed column is refused, and one with semicolons shows its columns', async () => {
		const withFile = async (text: string) => {
			const data = { data: Buffer.from(text).toString('base64'), mimeType: 'text/csv' };
			const items = [{ json: {}, binary: { data } }];
			return words(await demo.run(run({ rowsFrom: 'file', inputField: 'data' }), { items }));
		};
		expect(await withFile('number\n+14155550100\n')).toMatch(/lack the column “e164”.*have: number\./);
		expect(await withFile('e164;account_id\n+1;x\n')).toMatch(/have: e164;account_id/);
		expect(await withFile('e164\n"+1\n')).toMatch(/Line 2 .*quotation mark/);
		expect(writes()).toEqual([]);
	});

	test.each([
		['Windows-1252', Buffer.from('e164,account_id\n+14155550100,M\xfcller\n', 'latin1')],
		['UTF-16', Buffer.from('\uFEFFe164\n+14155550100\n', 'utf16le')],
		['UTF-16 without a byte order mark', Buffer.from('e164\n+14155550100\n', 'utf16le')],
	])('a CSV in %s is refused before anything is sent', async (_, bytes) => {
		const data = { data: bytes.toString('base64'), mimeType: 'text/csv' };
		const items = [{ json: {}, binary: { data } }];
		const result = await demo.run(run({ rowsFrom: 'file', inputField: 'data' }), { items });
		expect(words(result)).toMatch(/^The CSV file is not UTF-8 text .*Nothing was sent\. Save it as UTF-8/);
		expect(demo.requests()).toEqual([]);
	});

	test('the letters of a CSV in UTF-8 stay what they are', async () => {
		const text = '\uFEFFe164,prepend.name\n+14155557003,Müller ☎\n';
		const data = { data: Buffer.from(text).toString('base64'), mimeType: 'text/csv' };
		const parameters = run({ action: 'import', rowsFrom: 'file', inputField: 'data', ...demo.customer(0) });
		const [row] = await demo.records(parameters, { items: [{ json: {}, binary: { data } }] });
		expect(row?.['prepend.name']).toBe('Müller ☎');
	});

	test.each([
		['(415) 555-0100', '+14155550100'],
		['1-415-555-0101', '+14155550101'],
		['0044 (0)20 7946 0018', '+442079460018'],
	])('the number %s goes out as KAZOO keeps it, in a file and in rows', async (written, kept) => {
		const create = { resource: 'bulkTask', category: 'number_management', action: 'import' };
		const text = `\uFEFFe164,cnam.outbound,failover.e164\r\n"${written}","A, B",${written}\r\n`;
		const data = { data: Buffer.from(text).toString('base64'), mimeType: 'text/csv', fileName: 'n.csv' };
		const file = { ...create, operation: 'createFromFile', inputField: 'data', ...demo.customer(0) };
		const made = await demo.first(file, { items: [{ json: {}, binary: { data } }] });
		const download = { resource: 'bulkTask', operation: 'downloadInput', taskId: id(made.id) };
		const result = await demo.run({ ...download, ...demo.customer(0) });
		const { id: binaryId = '' } = result.items[0]?.binary?.data ?? {};
		const chunks: Buffer[] = [];
		for await (const chunk of await binaryData.getAsStream(binaryId)) chunks.push(chunk as Buffer);
		expect(Buffer.concat(chunks).toString()).toBe(
			`e164,cnam.outbound,failover.e164\n${kept},"A, B",${kept}\n`,
		);
		const records = [
			{ e164: written, failover: { e164: written } },
			{ e164: '', 'failover.e164': written },
		];
		const rows = { records: JSON.stringify(records) };
		await demo.first({ ...create, operation: 'create', additionalFields: rows, ...demo.customer(0) });
		expect((writes().at(-1)?.body as { data?: unknown }).data).toMatchObject({
			records: [
				{ e164: kept, failover: { e164: kept } },
				{ e164: '', 'failover.e164': kept },
			],
		});
	});

	test('what is no number is refused, and a file without numbers goes out as it is', async () => {
		const create = { resource: 'bulkTask', operation: 'createFromFile', inputField: 'data' };
		const withFile = async (text: string, more: object) => {
			const data = { data: Buffer.from(text).toString('base64'), mimeType: 'text/csv' };
			const items = [{ json: {}, binary: { data } }];
			return await demo.run({ ...create, ...more, ...demo.customer(0) }, { items });
		};
		const numbers = { category: 'number_management', action: 'import' };
		expect(words(await withFile('e164\n+1415 555 0100 ext 5\n', numbers))).toMatch(/^Row 1: e164 cannot be/);
		expect(writes()).toEqual([]);
		const rows = await demo.run({
			...{ resource: 'bulkTask', operation: 'create', ...numbers, ...demo.customer(0) },
			additionalFields: { records: '[{"e164": "0100/0101"}]' },
		});
		expect(words(rows)).toMatch(/^Row 1: e164 cannot be “0100\/0101”/);
		expect(writes()).toEqual([]);
	});

	test('a dry run shows the rows as they would be sent', async () => {
		const shown = await demo.first(run({ options: { dryRun: true } }), { items: itemsOf({ e164: '+1' }) });
		expect(shown).toMatchObject({ method: 'PUT', file: { mimeType: 'text/csv', bytes: 8 } });
		expect(demo.requests()).toEqual([]);
	});
});

test('rows that the result leaves out are named, with an error', async () => {
	// The recorded KAZOO 4 falls over with the first row.
	const demo = await Demo.open(0, { profile: 4 });
	const items = itemsOf({ e164: '+14155550001' }, { e164: '+14155550002' });
	const result = await demo.run(run(), { items });
	await demo.close();
	expect(result.items.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		['applier crashed', [{ item: 0 }]],
		['The task ended without this row', [{ item: 1 }]],
	]);
});

describe('a task that does not end by itself', () => {
	const TASK = '6ca8db3ce86a301bf71f40ad3b7807';
	let server: FakeCrossbar;
	/** What the task is found in when it is asked about. */
	let status: string;
	let asked: () => void;

	beforeEach(async () => {
		status = 'executing';
		asked = () => {};
		server = await fakeCrossbar((request, response) => {
			const find = { description: 'Find', expected_content: 'text/csv', mandatory: ['e164'], optional: [] };
			if (request.url?.startsWith('/v2/tasks'))
				return answer(response, 200, envelope({ tasks: { number_management: { find } } }));
			if (request.url?.endsWith('/stop')) status = 'stopped';
			const facts = { id: TASK, account_id: 'a'.repeat(32), status, success_count: 3, failure_count: 1 };
			answer(response, 200, envelope({ _read_only: facts }));
			if (request.method === 'GET') asked();
		});
	});

	afterEach(async () => {
		await server.close();
	});

	async function start(more: INodeParameters, options: NodeOptions = {}): Promise<NodeResult> {
		const data = { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) };
		const credentials = new CredentialStore({ type: new CrossbarApi(), data });
		const parameters = { accountScope: 'mine', ...run(more) };
		return await runNode(node, parameters, { credentials, items: itemsOf({ e164: '+1' }), ...options });
	}

	const stops = () => server.requests.filter((line) => line.endsWith(`/tasks/${TASK}/stop`));

	test('is left running after the longest wait, and the error says how to go on', async () => {
		const result = await start({ additionalFields: { longestWait: 0.01 } });
		expect(words(result)).toMatch(new RegExp(`${TASK} has not ended after 0.01 minutes`));
		expect(words(result)).toMatch(/Bulk Task: Get.*Download Output.*Stop/);
		expect(stops()).toEqual([]);
	});

	test.each(['={{ "1h" }}', '={{ NaN }}', '={{ -1 }}', '={{ 0 }}', '={{ "" }}', '={{ null }}', '={{ [] }}'])(
		'is not started with a longest wait of %s',
		async (longestWait) => {
			const result = await start(
				{ additionalFields: { longestWait } },
				{ signal: AbortSignal.timeout(3000) },
			);
			expect(words(result)).toMatch(/^Longest Wait (is not a number: |cannot be ).*Nothing was sent/s);
			expect(server.requests).toEqual([]);
		},
	);

	test('is stopped when the run is cancelled', async () => {
		const stop = new AbortController();
		asked = () => stop.abort();
		const result = await start({}, { signal: stop.signal });
		expect(result.cancelled).toBe(true);
		expect(words(result)).toMatch(new RegExp(`canceled: the bulk task ${TASK} was stopped`));
		for (let i = 0; i < 50 && stops().length === 0; i++) await new Promise((go) => setTimeout(go, 20));
		expect(stops()).toEqual([`PATCH /v2/accounts/${'a'.repeat(32)}/tasks/${TASK}/stop`]);
		expect(server.requests.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
	});

	test.each(['stopped', 'internal_error'])('that is found %s is an error with the counts', async (found) => {
		status = found;
		const result = await start({});
		expect(words(result)).toMatch(new RegExp(`${TASK} .*(stopped|broke off)`));
		expect(words(result)).toMatch(/Rows done: 3, failed: 1/);
	});
});
