/** Who is in a group and in a directory, and which phones are off-line: what people look for, in one operation. */
import type { IDataObject } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;
let ann: IDataObject;
let bob: IDataObject;

beforeAll(async () => {
	demo = await Demo.open(0);
	ann = await demo.create('user', { first_name: 'Ann', last_name: 'Zweig', presence_id: '4712' });
	bob = await demo.create('user', { first_name: 'Bob', last_name: 'Yarrow', presence_id: '4713' });
});

afterAll(async () => {
	await demo.close();
});

const group = (operation: string, members: string) => ({
	resource: 'group',
	operation,
	groupId: id('Crew'),
	members,
});

test('members come and go, the others stay', async () => {
	const phone = await demo.create('device', { name: 'Crew Phone' });
	await demo.create('group', {
		name: 'Crew',
		endpoints: { [String(ann.id)]: { type: 'user', weight: 1 } },
	});
	const more = await demo.first(group('addMember', 'Bob Yarrow, Crew Phone, 4712'));
	expect(more).toMatchObject({ changed: 2, unchanged: 1 });
	expect(more.endpoints).toMatchObject({
		[String(ann.id)]: { type: 'user', weight: 1 },
		[String(bob.id)]: { type: 'user' },
		[String(phone.id)]: { type: 'device' },
	});
	const less = await demo.first(group('removeMember', '4713'));
	expect(Object.keys(less.endpoints as object).sort()).toEqual([String(ann.id), String(phone.id)].sort());
	demo.sandbox.clearRequests();
	expect(await demo.first(group('removeMember', '4713'))).toMatchObject({ changed: 0, unchanged: 1 });
	expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	const { error } = await demo.run(group('addMember', 'Nobody'));
	expect(error?.message).toBe('Members: none is called “Nobody”; which one is meant?');
});

test('a person joins a directory with the callflow that rings, and leaves it', async () => {
	const directory = await demo.create('directory', { name: 'Staff' });
	const change = (operation: string, more: object = {}) => ({
		resource: 'directory',
		operation,
		directoryId: id('Staff'),
		person: id('4712'),
		...more,
	});
	const without = await demo.run(change('addPerson'));
	expect(without.error?.message).toMatch(/no callflow with a number/);
	const flow = await demo.create('callflow', {
		name: 'Ann',
		numbers: ['4712'],
		owner_id: ann.id,
		flow: { module: 'user', data: { id: ann.id }, children: {} },
	});
	expect(await demo.first(change('addPerson'))).toMatchObject({
		first_name: 'Ann',
		in_directory: true,
		callflow_id: flow.id,
	});
	const read = async (): Promise<IDataObject> =>
		await demo.first({ resource: 'user', operation: 'get', simplify: false, userId: id('4712') });
	expect((await read()).directories).toEqual({ [String(directory.id)]: flow.id });
	expect(await demo.first(change('removePerson'))).toMatchObject({ in_directory: false });
	expect((await read()).directories ?? {}).toEqual({});
});

test('phones of all customers with whether they are on-line', async () => {
	const status = {
		resource: 'device',
		operation: 'getPhoneStatus',
		accountScope: 'descendants',
		returnAll: true,
	};
	const all = await demo.records(status);
	const offline = await demo.records({ ...status, onlyOffline: true });
	expect(all.length).toBeGreaterThan(offline.length);
	expect(offline.length).toBeGreaterThan(0);
	expect(offline.every(({ registered }) => registered === false)).toBe(true);
	expect(all.filter(({ registered }) => registered === false)).toHaveLength(offline.length);
	expect(Object.keys(all[0] ?? {}).slice(0, 3)).toEqual(['account_name', 'name', 'user']);
	expect(all.some(({ user }) => typeof user === 'string')).toBe(true);
});

test.each([4, 5] as const)('KAZOO %i: a customer is suspended and reinstated', async (profile) => {
	const own = profile === 4 ? demo : await Demo.open(0, { profile });
	const change = async (operation: string) =>
		await own.first({ resource: 'account', operation, ...own.customer(1) });
	expect((await change('suspend')).enabled).toBe(false);
	expect((await change('reinstate')).enabled).toBe(true);
	if (own !== demo) await own.close();
});

test.each(['suspend', 'reinstate', 'move', 'promote', 'demote', 'delete'])(
	'Account: %s is never done to all customers, nor to one that nobody chose',
	async (operation) => {
		demo.sandbox.clearRequests();
		const { error } = await demo.run({
			...demo.customer(1),
			...{ resource: 'account', operation, accountScope: '={{ "descendants" }}' },
			...{ to: id('Cedar Law'), confirmation: 'Cedar Law' },
		});
		expect(error?.message).toContain('Account cannot be “All Sub-Accounts” here');
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	},
);
