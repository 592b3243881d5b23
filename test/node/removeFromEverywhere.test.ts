/** User: Remove From Everywhere through n8n's engine against the sandbox: the person stays, nothing else leads there. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';
import type { NodeResult } from './harness/engine';

let demo: Demo;
let account: INodeParameters;

beforeEach(async () => {
	demo = await Demo.open(0);
	account = demo.customer(0);
});

afterEach(async () => {
	await demo.close();
});

const OLIVIA_IS = 'olivia.brooks@bluedoor.example';
const HANNAH_IS = 'admin@blue.sandbox.example';

/** Olivia (104) is the first of the reception; Hannah (101) is its last. */
const remove = async (successor = '', operation = 'removeFromEverywhere'): Promise<NodeResult> =>
	await demo.run({ resource: 'user', operation, ...account, userId: id('104'), successor: id(successor) });
const records = ({ error, items }: NodeResult): IDataObject[] => {
	if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return items.map(({ json }) => json);
};
const exported = async (): Promise<Record<string, IDataObject[]>> =>
	(await demo.first({
		resource: 'customerBlueprint',
		operation: 'exportDocument',
		...account,
	})) as Record<string, IDataObject[]>;
const list = async (resource: string): Promise<IDataObject[]> =>
	await demo.records({ resource, operation: 'getAll', returnAll: true, simplify: false, ...account });
const olivia = async (): Promise<IDataObject> => {
	const found = (await list('user')).find(({ presence_id: extension }) => extension === '104');
	return await demo.first({ resource: 'user', operation: 'get', ...account, userId: id(found?.id) });
};
/** Where Olivia stands, but for what is her own. */
async function places(): Promise<string[]> {
	const { callflows = [], groups = [], users = [] } = await exported();
	const foreign = callflows.filter(({ name }) => name !== 'Olivia Brooks');
	const [own] = users.filter(({ email }) => email === OLIVIA_IS);
	return [
		...[...foreign, ...groups].filter((one) => JSON.stringify(one).includes(OLIVIA_IS)),
		...(own?.directories === undefined ? [] : [{ name: 'directories' }]),
		...(own?.queues === undefined ? [] : [{ name: 'queues' }]),
	].map(({ name }) => String(name));
}

test('callflows, groups, queues and directories go on with the successor; taken back, all is as it was', async () => {
	const before = JSON.stringify(await exported());
	expect((await places()).length).toBeGreaterThan(1);
	const results = records(await remove('Hannah Lindqvist'));
	expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
	expect(await places()).toEqual([]);
	const { groups = [] } = await exported();
	const reception = groups.find(({ name }) => name === 'Reception');
	expect(reception?.endpoints).toMatchObject({ [HANNAH_IS]: { type: 'user' } });
	expect(records(await remove('Hannah Lindqvist')).map(({ change }) => change)).toEqual(['Nothing']);
	const back = await demo.records(
		{
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true, goOn: true },
		},
		{ items: results.map((json) => ({ json })) },
	);
	expect(back.filter(({ result }) => result === 'failed')).toEqual([]);
	expect(JSON.stringify(await exported())).toBe(before);
});

test('the person stays: user, phones, mailbox and own callflow', async () => {
	const own = async (): Promise<unknown> => {
		const { directories: _, queues: __, ...user } = await olivia();
		const mine = async (resource: string): Promise<IDataObject[]> =>
			(await list(resource)).filter(({ owner_id: owner }) => owner === user.id);
		const flow = (await list('callflow')).filter(({ numbers }) => (numbers as string[]).includes('104'));
		return {
			user: { ...user, _read_only: null },
			flow,
			boxes: await mine('voicemailBox'),
			phones: await mine('device'),
		};
	};
	const before = await own();
	records(await remove('Hannah Lindqvist'));
	expect(await own()).toEqual(before);
});

test('the plan changes nothing, and applied it is the same', async () => {
	const before = JSON.stringify(await exported());
	const plan = records(await remove('Hannah Lindqvist', 'planRemoval'));
	expect(JSON.stringify(await exported())).toBe(before);
	const results = await demo.records(
		{ resource: 'changePlan', operation: 'apply', changesFrom: 'items', additionalFields: {} },
		{ items: plan.map((json) => ({ json })) },
	);
	expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
	expect(await places()).toEqual([]);
});

test('where a call would end in nothing, that is told and nothing done', async () => {
	const user = await olivia();
	await demo.create(
		'callflow',
		{ name: 'Only Olivia', numbers: ['7104'], flow: { module: 'user', data: { id: user.id }, children: {} } },
		account,
	);
	const before = JSON.stringify(await exported());
	const { error } = await remove();
	expect(`${error?.message} ${error?.description}`).toMatch(
		/Olivia Brooks cannot be removed from everywhere.*Only Olivia.*calls would end in nothing/s,
	);
	expect(JSON.stringify(await exported())).toBe(before);
	const none = await demo.run({
		resource: 'user',
		operation: 'planRemoval',
		...account,
		userId: id(user.id),
		successor: id(user.id),
	});
	expect(none.error?.message).toMatch(/Successor: it is who is taken out/);
});
