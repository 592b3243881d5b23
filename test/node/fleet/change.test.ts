/** Fleet: Plan Change and Apply through n8n's engine: planned, done in waves, stopped, and undone to the byte. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { canonical } from '../../../crossbar/changes/difference';
import { Demo } from '../demo';
import { Customer } from './tree';

let demo: Demo;
let customers: Customer[];

beforeEach(async () => {
	demo = await Demo.open(0);
	customers = ['one', 'two', 'three'].map((name, index) => new Customer(demo.sandbox, name, index));
});

afterEach(async () => {
	await demo.close();
});

const plan = (more: INodeParameters, list: IDataObject = {}): INodeParameters => ({
	resource: 'fleet',
	operation: 'planChange',
	kind: 'device',
	patchFrom: 'json',
	returnAll: true,
	...more,
	additionalFields: { accountRealm: 'fleet.example', ...list },
});
const codecs = { patch: '{"media": {"audio": {"codecs": ["OPUS"]}}}' };
const apply = async (items: IDataObject[], more: IDataObject = {}): Promise<IDataObject[]> =>
	await demo.records(
		{
			resource: 'fleet',
			operation: 'apply',
			changesFrom: 'items',
			additionalFields: { allowLarge: true, ...more },
		},
		{ items: items.map((json) => ({ json })), onError: 'continueRegularOutput' },
	);
const revert = async (items: IDataObject[]): Promise<IDataObject[]> =>
	await demo.records(
		{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
		{ items: items.map((json) => ({ json })) },
	);
/** All that the demo's customers have, but for revisions and times of change. */
const everything = (): string =>
	canonical(
		demo.sandbox.demo.customers.map(({ id }) =>
			['user', 'device', 'vmbox', 'callflow', 'menu', 'group']
				.flatMap((type) => demo.sandbox.store.database(id).list(type))
				.map(({ _rev: _, pvt_modified: __, ...doc }) => doc),
		),
	);

it('plans a change with from and to, applies it, and Revert leaves everything as it was, to the byte', async () => {
	const demos = { accountRealm: 'sandbox.example' };
	const before = everything();
	const planned = await demo.records(plan(codecs, demos));
	expect(planned.length).toBeGreaterThan(10);
	expect(planned.find(({ name }) => name === "Samuel's desk phone")).toMatchObject({
		change: 'Change',
		kind: 'Device',
		account: 'Blue Door Dental',
		fields: 'media.audio.codecs: ["PCMU","PCMA","G722"] → ["OPUS"]',
	});
	expect(everything()).toBe(before);
	const applied = await apply(planned, { firstWave: 1, waveSize: 7 });
	expect(applied.map(({ result }) => result)).toEqual(planned.map(() => 'done'));
	expect(everything()).not.toBe(before);
	expect(await demo.records(plan(codecs, demos))).toMatchObject([{ change: 'Nothing' }]);
	expect((await revert(applied)).map(({ result }) => result)).toEqual(planned.map(() => 'done'));
	expect(everything()).toBe(before);
});

it('takes values from the document itself and from its account, and says where they are missing', async () => {
	const [, second] = customers as [Customer, Customer];
	second.set('admin', { first_name: undefined });
	const planned = await demo.records(
		plan({
			kind: 'user',
			patch: '{"caller_id": {"external": {"name": "${first_name} of ${account.name}"}}}',
		}),
	);
	expect(planned.map(({ account, change }) => `${String(account)}: ${String(change)}`).sort()).toEqual([
		'one: Change',
		'three: Change',
		'two: Not possible',
	]);
	expect(planned.find(({ account }) => account === 'one')?.fields).toContain('"name":"Ada of one"');
});

it('fields of the form are texts, numbers, switches, lists and what goes', async () => {
	const step = [
		{ kind: 'text', field: 'timezone', value: 'Europe/Berlin' },
		{ kind: 'number', field: 'sip.expire_seconds', value: 600 },
		{ kind: 'boolean', field: 'enabled', value: false },
		{ kind: 'json', field: 'media.audio.codecs', value: '["G722"]' },
		{ kind: 'remove', field: 'owner_id' },
	];
	const planned = await demo.records(
		plan({ patchFrom: 'fields', settings: { step } }, { accountName: 'one' }),
	);
	expect(planned).toHaveLength(1);
	const fields = String(planned[0]?.fields);
	for (const text of [
		'timezone: (nothing) → Europe/Berlin',
		'sip.expire_seconds: (nothing) → 600',
		'enabled: (nothing) → false',
		'["G722"]',
		'→ (nothing)',
	])
		expect(fields).toContain(text);
});

it('conditions and IDs choose the documents', async () => {
	const [first] = customers as [Customer];
	first.add('device', 'lobby', { name: 'Lobby', sip: { username: 'lobby' } });
	const condition = { key: 'name', comparison: 'is', value: 'Lobby' };
	const filters = { conditions: { condition: [condition] } };
	expect(await demo.records(plan({ ...codecs, filters }))).toMatchObject([{ name: 'Lobby', account: 'one' }]);
	expect(await demo.records(plan(codecs, { ids: first.key('phone') }))).toMatchObject([
		{ name: "Ada's phone" },
	]);
});

it('stops when more than the share fails, and says what was not tried', async () => {
	const planned = await demo.records(plan(codecs));
	const { account_id: accountId, id } = planned[0] ?? {};
	const path = `/v2/accounts/${String(accountId)}/devices/${String(id)}`;
	demo.sandbox.faults([{ kind: 'status', status: 400, method: 'PATCH', path }]);
	const applied = await apply(planned, { firstWave: 1, waveSize: 5 });
	expect(applied.map(({ result }) => result)).toEqual(['failed', 'not tried', 'not tried']);
	const goesOn = await apply(planned, { firstWave: 1, waveSize: 5, stopAbove: 100 });
	expect(goesOn.map(({ result }) => result)).toEqual(['failed', 'done', 'done']);
});

it('leaves phones on a call alone when told to', async () => {
	const planned = await demo.records(plan(codecs));
	const busy = customers[1] as Customer;
	demo.sandbox.store.create(
		busy.id,
		'channel',
		{ call_id: 'c1', call_direction: 'inbound', authorizing_id: busy.key('phone'), timestamp: 1 },
		{ id: 'c1' },
	);
	const applied = await apply(planned, { skipOnCall: true });
	expect(applied.filter(({ result }) => result === 'not tried')).toMatchObject([
		{ account: 'two', error: 'It is on a call' },
	]);
	expect(applied.filter(({ result }) => result === 'done')).toHaveLength(2);
});

it('refuses what KAZOO does not know, and what is the server’s own, before anything is written', async () => {
	for (const [patch, words] of [
		['{"colour": "red"}', /does not know the field/],
		['{"enabled": "perhaps"}', /has to be boolean/],
		['{}', /nothing to change/],
	] as const) {
		const { error } = await demo.run(plan({ patch }));
		expect(`${error?.message}`).toMatch(words);
	}
	expect(await demo.records(plan({ patch: '{"id": "1"}' }, { accountName: 'one' }))).toMatchObject([
		{ change: 'Not possible', why: 'Nobody can change id' },
	]);
});

it('an account that cannot be read is named, the others are planned', async () => {
	const failing = customers[2] as Customer;
	demo.sandbox.faults([{ kind: 'status', status: 400, path: `/v2/accounts/${failing.id}/devices` }]);
	const planned = await demo.records(plan(codecs));
	expect(planned.filter(({ change }) => change === 'Not looked at')).toMatchObject([{ account: 'three' }]);
	expect(planned.filter(({ change }) => change === 'Change')).toHaveLength(2);
});
