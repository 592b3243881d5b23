/** What is filled in becomes what was meant: days of the account, emptied fields, columns of a sheet. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isOn } from '../../sandbox/calls/times';
import { Demo, id } from './demo';
import type { NodeOptions } from './harness/engine';

/** Gregorian seconds of a moment. */
const at = (iso: string): number => Date.parse(iso) / 1000 + 62_167_219_200;

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
	await inAccount('America/Los_Angeles');
});

afterAll(async () => await demo.close());

async function inAccount(timezone: string): Promise<void> {
	const update = { resource: 'account', operation: 'update', bodyMode: 'json' };
	await demo.first({ ...update, ...demo.customer(0), bodyJson: JSON.stringify({ timezone }) });
}

const json = (document: unknown) => ({ bodyMode: 'json', bodyJson: JSON.stringify(document) });

function fields(
	value: Record<string, string | number | boolean | null>,
	schema: object[] = [],
	mappingMode = 'defineBelow',
): INodeParameters {
	return {
		bodyMode: 'fields',
		fields: {
			mappingMode,
			value,
			schema,
			matchingColumns: [],
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		},
	} as unknown as INodeParameters;
}

const column = (name: string, type = 'string') => ({
	id: name,
	displayName: name,
	type,
	required: false,
	display: true,
});

async function said(parameters: INodeParameters, options: NodeOptions = {}): Promise<string> {
	const { error } = await demo.run(parameters, options);
	return `${error?.message ?? ''} | ${error?.description ?? ''}`;
}

/** The last document that was sent. */
function sent(): IDataObject {
	const writes = demo.requests().filter(({ method }) => method !== 'GET');
	return (writes.at(-1)?.body as { data?: IDataObject } | undefined)?.data ?? {};
}

describe('calendar days are the account’s', () => {
	const rule = { resource: 'timeOfDayRule', operation: 'create' };

	// n8n runs in New York here
	test.each([
		['2026-12-24'],
		['2026-12-24T00:00:00'],
		['2026-12-24T00:00:00.000-05:00'],
		['2026-12-24T00:00:00.000Z'],
	])('a holiday on %s', async (start_date) => {
		const document = { name: 'Holiday', cycle: 'date', start_date, end_date: '2026-12-25' };
		await demo.first({ ...rule, ...demo.customer(0), ...json(document) });
		expect(sent()).toMatchObject({ start_date: at('2026-12-24T08:00Z'), end_date: at('2026-12-25T08:00Z') });
		const held = { cycle: 'date', start_date: sent().start_date } as unknown as Parameters<typeof isOn>[0];
		const zone = 'America/Los_Angeles';
		expect(isOn(held, at('2026-12-24T08:00:00Z'), zone)).toBe(true);
		expect(isOn(held, at('2026-12-25T07:59:59Z'), zone)).toBe(true);
		expect(isOn(held, at('2026-12-24T07:59:59Z'), zone)).toBe(false);
		expect(isOn(held, at('2026-12-25T08:00:00Z'), zone)).toBe(false);
	});

	test('in the form, too', async () => {
		const schema = [column('name'), column('cycle'), column('start_date', 'dateTime')];
		const value = { name: 'Form', cycle: 'date', start_date: '2026-12-24T00:00:00' };
		await demo.first({ ...rule, ...demo.customer(0), ...fields(value, schema) });
		expect(sent()).toMatchObject({ start_date: at('2026-12-24T08:00Z') });
	});

	test('the zone of the document itself goes before, sent or stored', async () => {
		const document = { name: 'Own', cycle: 'date', timezone: 'Europe/Berlin', start_date: '2026-12-24' };
		const made = await demo.first({ ...rule, ...demo.customer(0), ...json(document) });
		expect(sent()).toMatchObject({ start_date: at('2026-12-23T23:00Z') });
		const update = { resource: 'timeOfDayRule', operation: 'update', temporalRuleId: id(made.id) };
		await demo.first({ ...update, ...demo.customer(0), ...json({ start_date: '2026-12-31' }) });
		expect(sent()).toMatchObject({ start_date: at('2026-12-30T23:00Z') });
	});

	test('the transfer date of a port, and a moment beside it', async () => {
		const document = { name: 'Move', numbers: { '+14155550177': {} }, transfer_date: '2026-12-24' };
		await demo.first({
			resource: 'portRequest',
			operation: 'create',
			...demo.customer(0),
			...json(document),
		});
		expect(sent()).toMatchObject({ transfer_date: at('2026-12-24T08:00Z') });
	});

	test('come back as days, and go back as the same', async () => {
		const document = { name: 'Shown', cycle: 'date', start_date: '2026-12-24', end_date: '2026-12-25' };
		const made = await demo.first({ ...rule, ...demo.customer(0), ...json(document) });
		expect(made).toMatchObject({ start_date: '2026-12-24', end_date: '2026-12-25' });
		const one = { resource: 'timeOfDayRule', temporalRuleId: id(made.id), ...demo.customer(0) };
		const raw = await demo.first({ ...one, operation: 'get', options: { rawDates: true } });
		expect(raw).toMatchObject({ start_date: at('2026-12-24T08:00Z'), end_date: at('2026-12-25T08:00Z') });
		for (const simplify of [true, false]) {
			const got = await demo.first({ ...one, operation: 'get', simplify });
			expect(got).toMatchObject({ start_date: '2026-12-24', end_date: '2026-12-25' });
			const { start_date, end_date } = got;
			await demo.first({ ...one, operation: 'update', ...json({ start_date, end_date }) });
			expect(sent()).toMatchObject({
				start_date: at('2026-12-24T08:00Z'),
				end_date: at('2026-12-25T08:00Z'),
			});
		}
		// Moments of the same document stay moments
		expect(await demo.first({ ...one, operation: 'get', simplify: false })).toMatchObject({
			name: 'Shown',
			cycle: 'date',
		});
	});

	test('come back as days of the zone that the document has', async () => {
		const document = { name: 'Tokyo', cycle: 'date', timezone: 'Asia/Tokyo', start_date: '2026-12-24' };
		const made = await demo.first({ ...rule, ...demo.customer(0), ...json(document) });
		expect(sent()).toMatchObject({ start_date: at('2026-12-23T15:00Z') });
		const one = { resource: 'timeOfDayRule', temporalRuleId: id(made.id), ...demo.customer(0) };
		demo.sandbox.clearRequests();
		expect(await demo.first({ ...one, operation: 'get' })).toMatchObject({ start_date: '2026-12-24' });
		expect(demo.requests().map(({ method }) => method)).toEqual(['GET']);
	});

	test('of a port request, alone and in the list', async () => {
		const port = { resource: 'portRequest', ...demo.customer(1) };
		const document = { name: 'Shown', numbers: { '+14155550178': {} }, transfer_date: '2026-12-24' };
		const made = await demo.first({ ...port, operation: 'create', ...json(document) });
		const got = await demo.first({ ...port, operation: 'get', portRequestId: id(made.id) });
		expect(got).toMatchObject({ transfer_date: '2026-12-24', created: expect.stringMatching(/T.*Z$/) });
		const all = await demo.records({ ...port, operation: 'getAll', returnAll: true });
		expect(all.find((one) => one.id === made.id)).toMatchObject({ transfer_date: '2026-12-24' });
	});

	test('the account is asked once for all items, and not for what has no days', async () => {
		const items = Array.from({ length: 5 }, (_, index) => ({ json: { day: `2026-12-2${index}` } }));
		const document = '{"name": "Many", "cycle": "date", "start_date": "{{ $json.day }}"}';
		demo.sandbox.clearRequests();
		await demo.records(
			{ ...rule, ...demo.customer(0), bodyMode: 'json', bodyJson: `=${document}` },
			{ items },
		);
		const reads = () => demo.requests().filter(({ method }) => method === 'GET');
		expect(reads()).toHaveLength(1);
		demo.sandbox.clearRequests();
		await demo.first({ ...rule, resource: 'menu', ...demo.customer(0), ...json({ name: 'Daily' }) });
		expect(reads()).toHaveLength(0);
	});

	test('a midnight that does not exist begins the day an hour later', async () => {
		await inAccount('America/Santiago');
		const document = { name: 'Spring', cycle: 'date', start_date: '2026-09-06' };
		await demo.first({ ...rule, ...demo.customer(0), ...json(document) });
		await inAccount('America/Los_Angeles');
		expect(sent()).toMatchObject({ timezone: 'America/Los_Angeles' });
		const [made] = demo
			.requests()
			.filter(({ path }) => path.endsWith('/temporal_rules'))
			.slice(-1);
		expect((made?.body as { data: IDataObject }).data.start_date).toBe(at('2026-09-06T04:00Z'));
	});

	test.each([['2026-02-30'], ['tomorrow'], [1_795_455_539]])('%p is refused', async (start_date) => {
		const document = { name: 'No', cycle: 'date', start_date };
		expect(await said({ ...rule, ...demo.customer(0), ...json(document) })).toMatch(/like 2026-/);
	});
});

describe('fields of one’s own are nobody’s dates', () => {
	test('whatever they are called', async () => {
		const own = {
			start_date: '2026-12-24',
			end: '2026-12-24T10:00:00Z',
			updated: '2026-12-24',
			mine: { timestamp: '2026-01-01' },
		};
		await demo.first({ resource: 'menu', operation: 'create', ...json({ name: 'Own', ...own }) });
		expect(sent()).toMatchObject(own);
	});
});

describe('an update that would do nothing', () => {
	let ruleId: unknown;
	const update = (more: INodeParameters) => ({
		resource: 'timeOfDayRule',
		operation: 'update',
		temporalRuleId: id(ruleId),
		...more,
	});
	const stored = async (): Promise<IDataObject> =>
		await demo.first({
			resource: 'timeOfDayRule',
			operation: 'get',
			temporalRuleId: id(ruleId),
			simplify: false,
		});

	beforeAll(async () => {
		ruleId = (await demo.create('timeOfDayRule', { name: 'Forced', cycle: 'daily', enabled: true })).id;
	});

	test('an expression that gives null empties the field: a forced rule is free again', async () => {
		const schema = [column('enabled', 'boolean'), column('name')];
		await demo.first(update(fields({ enabled: '={{ null }}', name: null }, schema)));
		expect(sent()).toEqual({ enabled: null });
		expect(await stored()).not.toHaveProperty('enabled');
		expect(await stored()).toMatchObject({ name: 'Forced' });
	});

	test('an expression that gives nothing is refused with the name of the field', async () => {
		demo.sandbox.clearRequests();
		const schema = [column('name'), column('call_forward.number')];
		for (const [name, label] of [
			['name', 'Name'],
			['call_forward.number', 'Call Forward > Number'],
		] as const) {
			const value = { [name]: '={{ $json.frist_name }}' };
			expect(await said(update(fields(value, schema)))).toMatch(
				new RegExp(`${label}: the expression gives nothing .*Nothing was sent`),
			);
		}
		expect(await said(update({ bodyMode: 'json', bodyJson: '={{ ({name: $json.frist_name}) }}' }))).toMatch(
			/name: the expression gives nothing/,
		);
		expect(demo.requests()).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['fields', fields({})],
		['fields that stand there unfilled', fields({ name: null }, [column('name')])],
		['JSON', json({})],
	])('an empty change is refused: %s', async (_, parameters) => {
		demo.sandbox.clearRequests();
		expect(await said(update(parameters))).toMatch(/There is nothing to change/);
		expect(demo.requests()).toEqual([]);
	});

	test('what is made anew has nothing to empty', async () => {
		const create = { resource: 'menu', operation: 'create' };
		await demo.first({
			...create,
			...fields({ name: 'New', retries: '={{ null }}' }, [column('name'), column('retries', 'number')]),
		});
		expect(sent()).toEqual({ name: 'New' });
	});
});

describe('Map Automatically', () => {
	const schema = [
		column('name'),
		column('retries', 'number'),
		column('timeout', 'number'),
		column('media.greeting'),
	];
	const auto = (operation: string, more: INodeParameters = {}) => ({
		resource: 'menu',
		operation,
		...fields({}, schema, 'autoMapInputData'),
		...more,
	});

	test('leaves out what the form does not know, and says so; blank cells are left out', async () => {
		const items = [
			{ json: { row_number: 2, name: 'Sheet', retries: 3, timeout: '', 'media.greeting': null, Notes: 'x' } },
		];
		const result = await demo.run(auto('create'), { items });
		expect(result.error).toBeUndefined();
		expect(sent()).toEqual({ name: 'Sheet', retries: 3 });
		expect(JSON.stringify(result.run)).toMatch(/the form has no such fields: “row_number”, “Notes”/);
	});

	test('blank cells empty fields where an option says so', async () => {
		const made = await demo.create('menu', { name: 'Full', retries: 4, timeout: 9000 });
		const items = [{ json: { name: 'Full', timeout: ' ', retries: '' } }];
		const one = { menuId: id(made.id) };
		await demo.first(auto('update', one), { items });
		expect(sent()).toEqual({ name: 'Full' });
		await demo.first(auto('update', { ...one, options: { blanksClear: true } }), { items });
		expect(sent()).toEqual({ name: 'Full', timeout: null, retries: null });
	});

	test('only unknown columns are an empty change, which names them', async () => {
		const made = await demo.create('menu', { name: 'Same' });
		const items = [{ json: { row_number: 2, nmae: 'x' } }];
		expect(await said(auto('update', { menuId: id(made.id) }), { items })).toMatch(
			/nothing to change.*“nmae”/s,
		);
	});

	test('a whole object is known by the fields in it', async () => {
		const items = [{ json: { name: 'Nested', media: { greeting: 'a'.repeat(32) } } }];
		await demo.first(auto('create'), { items });
		expect(sent()).toEqual({ name: 'Nested', media: { greeting: 'a'.repeat(32) } });
	});
});
