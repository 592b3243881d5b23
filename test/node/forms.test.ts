/** Forms in a person's order, and what a person writes into them, on its way to the server. */
import type { IDataObject, INodeParameters, ResourceMapperFields } from 'n8n-workflow';

import { displayParameter } from 'n8n-workflow';

import { Demo, node } from './demo';
import { callMapperFields } from './harness/editor';

let demo: Demo;
let ann: IDataObject;

beforeAll(async () => {
	demo = await Demo.open(0);
	ann = await demo.create('user', { first_name: 'Ann', last_name: 'Zweig', presence_id: '4712' });
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

const formOf = async (resource: string, operation: string): Promise<ResourceMapperFields['fields']> => {
	const parameters = { resource, operation, accountScope: 'mine' };
	return (await callMapperFields(node, 'getDocumentFields', { parameters, credentials: demo.credentials }))
		.fields;
};

/** Parameters of an operation whose fields are filled in, as the editor saves them. */
const filled = (
	resource: string,
	operation: string,
	value: IDataObject,
	more: INodeParameters = {},
): INodeParameters => ({
	resource,
	operation,
	bodyMode: 'fields',
	fields: { mappingMode: 'defineBelow', value } as unknown as INodeParameters,
	...more,
});

const sent = (): IDataObject => {
	const body = demo.requests().find(({ method }) => method !== 'GET')?.body;
	return (body as { data: IDataObject }).data;
};

describe('the form', () => {
	test('of a new person has what is needed in a person’s order, call recording at its end', async () => {
		const fields = await formOf('user', 'create');
		const standing = fields.filter(({ removed }) => !removed).map(({ displayName }) => displayName);
		expect(standing).toEqual([
			'First Name',
			'Last Name',
			'Email',
			'User Name',
			'Extension',
			'Time Zone (e.g. Europe/Vienna)',
			'Role',
		]);
		const last = fields.slice(-72).map(({ id }) => id);
		expect(last.every((id) => id.startsWith('call_recording.'))).toBe(true);
		expect(fields.length).toBeGreaterThan(120);
		expect(fields.map(({ id }) => id)).not.toContain('password');
	});

	test('of Update has nothing in it, and offers the same order', async () => {
		const fields = await formOf('device', 'update');
		expect(fields.filter(({ removed, required }) => !removed || required)).toEqual([]);
		expect(fields.slice(0, 3).map(({ displayName }) => displayName)).toEqual([
			'Name',
			'Kind',
			'Owner (Name or ID)',
		]);
	});

	test('of a rule has weekdays to tick and times to write', async () => {
		const fields = await formOf('timeOfDayRule', 'create');
		const of = (id: string) => fields.find((field) => field.id === id);
		expect(of('wdays')).toMatchObject({ type: 'multiOptions', removed: false });
		expect(of('wdays')?.options).toHaveLength(7);
		expect(of('month')?.options?.[10]).toEqual({ name: 'November', value: 11 });
		expect(of('time_window_start')).toMatchObject({ type: 'string', displayName: 'Begins At (e.g. 09:00)' });
	});
});

test('times, weekdays and lists travel as KAZOO keeps them', async () => {
	await demo.first(
		filled('timeOfDayRule', 'create', {
			name: 'Open',
			cycle: 'weekly',
			wdays: ['monday', 'Friday'],
			time_window_start: '09:00',
			time_window_stop: '17:30',
			days: '1, 15',
		}),
	);
	expect(sent()).toMatchObject({
		wdays: ['monday', 'friday'],
		time_window_start: 32_400,
		time_window_stop: 63_000,
		days: [1, 15],
	});
});

test('an owner is given by name, email or extension, in fields and in JSON', async () => {
	const phone = { name: 'Desk', owner_id: '4712' };
	expect((await demo.first(filled('device', 'create', phone))).owner_id).toBe(ann.id);
	expect(
		(await demo.create('voicemailBox', { name: 'Box', mailbox: '4712', owner_id: 'ann zweig' })).owner_id,
	).toBe(ann.id);
	const wrong = await demo.run(filled('device', 'create', { name: 'Desk', owner_id: 'Nobody' }));
	expect(wrong.error?.message).toBe('Owner: none is called “Nobody”; which one is meant?');
});

test('members of a group and rules of a set are names', async () => {
	await demo.create('device', { name: 'Front Phone' });
	await demo.create('timeOfDayRule', { name: 'Noon', cycle: 'daily' });
	demo.sandbox.clearRequests();
	const group = await demo.first(
		filled('group', 'create', { name: 'Sales', endpoints: 'Front Phone\nAnn Zweig' }),
	);
	expect(Object.values(group.endpoints as IDataObject)).toMatchObject([
		{ type: 'device', weight: 1 },
		{ type: 'user', weight: 2 },
	]);
	expect((group.endpoints as IDataObject)[String(ann.id)]).toBeDefined();
	const set = await demo.first(
		filled('timeOfDayRuleSet', 'create', { name: 'Hours', temporal_rules: 'noon' }),
	);
	expect(set.temporal_rules).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test('numbers are lists, a blocked one a key', async () => {
	const flow = await demo.first(
		filled('callflow', 'create', {
			name: 'Line',
			numbers: '4713, (415) 555-0177, *971',
			'flow.module': 'park',
			'flow.data': {},
			'flow.children': {},
		}),
	);
	expect(flow.numbers).toEqual(['4713', '+14155550177', '*971']);
	demo.sandbox.clearRequests();
	await demo.first(filled('blockList', 'create', { name: 'Nuisance', numbers: '(415) 555-0188' }));
	expect(sent().numbers).toEqual({ '+14155550188': {} });
});

test.each([
	[
		'user',
		{ first_name: 'A', last_name: 'B', timezone: 'Europe/Wien' },
		'Time Zone is not a time zone: “Europe/Wien”',
	],
	[
		'timeOfDayRule',
		{ name: 'X', cycle: 'daily', time_window_start: '25:00' },
		'Begins At is not a time of day',
	],
])('what cannot be is refused before anything is sent: %s %j', async (resource, value, message) => {
	const { error } = await demo.run(filled(resource, 'create', value));
	expect(error?.message).toContain(message);
	expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('what is left empty is not sent', async () => {
	const value = {
		first_name: 'Eve',
		last_name: 'Klein',
		email: '',
		timezone: '',
		presence_id: null,
		priv_level: null,
	};
	await demo.first(filled('user', 'create', value));
	expect(sent()).toEqual({ first_name: 'Eve', last_name: 'Klein' });
});

test('a password has a field of its own, which joins the document', async () => {
	const phone = filled(
		'device',
		'create',
		{ name: 'P', 'sip.username': 'eve_desk' },
		{ sipPassword: 'sesame-4711' },
	);
	expect((await demo.first(phone)).sip).toMatchObject({ username: 'eve_desk', password: 'sesame-4711' });
	const weak = await demo.run(filled('device', 'create', { name: 'P' }, { sipPassword: 'abc' }));
	expect(weak.error?.message).toBe('SIP Password is too short');
	expect(weak.error?.message).not.toContain('abc');
});

describe('what cannot be taken back', () => {
	test('an account is deleted when its name is typed again', async () => {
		const made = await demo.create('account', { name: 'Short Lived' });
		const remove = (confirmation: string) =>
			demo.run({
				resource: 'account',
				operation: 'delete',
				accountScope: 'one',
				accountId: { __rl: true, mode: 'id', value: 'Short Lived' },
				confirmation,
			});
		demo.sandbox.clearRequests();
		const wrong = await remove('Blue Door Dental');
		expect(wrong.error?.message).toContain('Account Name Again is not the name of this account');
		expect(demo.requests().filter(({ method }) => method === 'DELETE')).toEqual([]);
		const right = await remove('Short Lived');
		expect(right.items[0]?.json).toMatchObject({ deleted: true });
		expect(demo.requests().at(-1)?.path).toContain(String(made.id));
	});

	test('numbers are released when there are as many as was said', async () => {
		const release = {
			resource: 'phoneNumber',
			operation: 'releaseMany',
			numbers: '+14155559901, +14155559902',
		};
		const { error } = await demo.run({ ...release, confirmation: 1 });
		expect(error?.message).toBe('How Many says 1, but there are 2');
		expect(demo.requests()).toEqual([]);
	});

	test('the form offers neither all accounts nor, for an account, my own', () => {
		const scopesOf = (resource: string, operation: string): string[] => {
			const parameters = { resource, operation };
			const shown = node.description.properties.filter(
				(property) => property.name === 'accountScope' && displayParameter(parameters, property, null, null),
			);
			expect(shown).toHaveLength(1);
			return (shown[0]?.options as Array<{ value: string }>).map(({ value }) => value);
		};
		expect(scopesOf('account', 'delete')).toEqual(['one']);
		expect(scopesOf('user', 'update')).toEqual(['mine', 'one']);
		expect(scopesOf('user', 'getAll')).toEqual(['descendants', 'mine', 'one']);
		expect(scopesOf('account', 'update')).toEqual(['descendants', 'mine', 'one']);
	});
});

test('a period is one of the account’s calendar', async () => {
	const [customer] = demo.sandbox.demo.customers;
	await demo.first({
		resource: 'account',
		operation: 'update',
		bodyMode: 'json',
		bodyJson: '{"timezone": "tokyo"}',
		...demo.customer(0),
	});
	demo.sandbox.clearRequests();
	await demo.records({ resource: 'cdr', operation: 'getAll', period: 'yesterday', ...demo.customer(0) });
	const asked = demo.requests().filter(({ path }) => path.includes(`${customer?.id}/cdrs`));
	const { created_from, created_to } = asked[0]?.query ?? {};
	// Midnight in Tokyo is 15:00 UTC, all the year
	expect(Number(created_from) % 86_400).toBe(15 * 3600);
	expect(Number(created_to) - Number(created_from)).toBe(86_399);
	const { error } = await demo.run({ resource: 'cdr', operation: 'getAll', period: 'someday' });
	expect(error?.message).toBe('Period cannot be “someday”');
});
