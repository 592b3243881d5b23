/** IDs given by name, as people and AI agents do: one exact match is used, everything else is a question. */
import type { IDataObject } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;
let user: IDataObject;
let device: IDataObject;

beforeAll(async () => {
	demo = await Demo.open(0);
	const { customer } = demo;
	const document = {
		first_name: 'Zoë',
		last_name: 'Quist',
		username: 'zoe.q',
		password: 'Quist-4711',
		email: 'zoe@quist.example',
	};
	user = await demo.create('user', { ...document, presence_id: '4711' }, customer.call(demo, 0));
	const phone = { name: 'Front Desk', mac_address: '00:15:65:ab:cd:ef', device_type: 'sip_device' };
	device = await demo.create('device', { ...phone, owner_id: user.id }, customer.call(demo, 0));
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

const getUser = (name: string) => ({
	resource: 'user',
	operation: 'get',
	userId: id(name),
	...demo.customer(0),
});

test.each(['Zoë Quist', 'zoë  quist', 'zoe.q', 'ZOE@quist.example', '4711', 'Zoë Quist (4711)'])(
	'a user is found as “%s”',
	async (name) => {
		expect((await demo.first(getUser(name))).id).toBe(user.id);
	},
);

test.each(['Front Desk', '001565ABCDEF', '00-15-65-ab-cd-ef'])('a phone is found as “%s”', async (name) => {
	const found = await demo.first({
		resource: 'device',
		operation: 'get',
		deviceId: id(name),
		...demo.customer(0),
	});
	expect(found.id).toBe(device.id);
});

test.each(['0015.65ab.cdef', '00-15-65-AB-CD-EF', '001565abcdef', '00:15:65:AB:cd:ef', '0015.65AB.CDEF '])(
	'a phone is found by its MAC address %s',
	async (mac) => {
		const get = { resource: 'device', operation: 'get', deviceId: id(mac), ...demo.customer(0) };
		expect(await demo.first(get)).toMatchObject({ id: device.id });
	},
);

test('an ID costs no extra request, a name one for all items', async () => {
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	await demo.records(getUser(String(user.id)), { items });
	expect(demo.requests()).toHaveLength(3);
	demo.sandbox.clearRequests();
	await demo.records(getUser('4711'), { items });
	expect(demo.requests()).toHaveLength(4);
});

test('an account is found by its name, and then what is in it', async () => {
	const [, second] = demo.sandbox.demo.customers;
	const account = await demo.first({
		resource: 'account',
		operation: 'get',
		accountScope: 'one',
		accountId: id(second?.id),
	});
	const found = await demo.records({
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		accountScope: 'one',
		accountId: id(account.name),
	});
	const same = { resource: 'user', operation: 'getAll', returnAll: true, ...demo.customer(1) };
	expect(found).toEqual(await demo.records(same));
});

test('fields that pick something take names too', async () => {
	const shown = await demo.run({
		resource: 'phoneNumber',
		operation: 'assignToUser',
		phoneNumber: id('+14155550000'),
		user: id('Nobody Here'),
		...demo.customer(0),
	});
	expect(shown.error?.message).toMatch(/^User: none is called “Nobody Here”/);
});

test.each(['4711', '={{ 4711 }}'])('the extension %s in such a field is looked up', async (extension) => {
	const [spare] = await demo.records({
		resource: 'phoneNumber',
		operation: 'getAll',
		limit: 1,
		...demo.customer(0),
	});
	const assigned = await demo.first({
		resource: 'phoneNumber',
		operation: 'assignToUser',
		phoneNumber: id(spare?.id),
		user: id(extension),
		additionalFields: { takeOver: true },
		...demo.customer(0),
	});
	expect(assigned.callflow_name).toBe('Zoë Quist');
});

test('none and several are questions with the candidates, and nothing is changed', async () => {
	const twin = { first_name: 'Zoë', last_name: 'Quist', username: 'zoe.second', password: 'Quist-4712' };
	const second = await demo.create('user', twin, demo.customer(0));
	demo.sandbox.clearRequests();
	const remove = (name: string) => demo.run({ ...getUser(name), operation: 'delete' });
	const several = await remove('Zoë Quist');
	expect(several.error?.message).toBe('User: 2 are called “Zoë Quist”; which one is meant?');
	expect(several.error?.description).toContain(`Zoë Quist (4711): ${String(user.id)}`);
	expect(several.error?.description).toContain(`: ${String(second.id)}`);
	const none = await remove('Quist');
	expect(none.error?.message).toBe('User: none is called “Quist”; which one is meant?');
	expect(none.error?.description).toContain(String(user.id));
	expect(none.error?.description).not.toContain('Samuel');
	const strange = await remove('Xerxes');
	expect(strange.error?.description).toMatch(
		/Give the ID of one of these: .*Samuel Reyes \(102\): [0-9a-f]{32}; Zoë/,
	);
	expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	await demo.records({ ...getUser('zoe.second'), operation: 'delete' });
});

test('a dry run sends nothing and shows the name', async () => {
	const shown = await demo.first({ ...getUser('Zoë Quist'), options: { dryRun: true } });
	expect(shown.url).toMatch(/users\/Zo%C3%AB%20Quist$/);
	expect(demo.requests()).toEqual([]);
});
