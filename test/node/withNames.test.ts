/** Names beside ids in lists, and what the call centre counts, from the demo's week of calls. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
});

beforeEach(() => {
	demo.sandbox.faults([]);
	demo.sandbox.clearRequests();
});

afterAll(async () => {
	await demo.close();
});

const all = (resource: string, operation = 'getAll', more: object = {}): INodeParameters => ({
	resource,
	operation,
	returnAll: true,
	...more,
});
const paths = (): string[] => demo.requests().map(({ path }) => path.replace(/.*\/accounts\/\w+\//, ''));

test.each([
	['device', 'owner', 'owner_id'],
	['voicemailBox', 'owner', 'owner_id'],
	['callflow', 'owner', 'owner_id'],
])('%s: who the %s is, with one request more', async (resource, name, key) => {
	const users = new Map(
		(await demo.records(all('user'))).map(({ id: userId, first_name, last_name }) => [
			userId,
			`${String(first_name)} ${String(last_name)}`,
		]),
	);
	demo.sandbox.clearRequests();
	const records = await demo.records(all(resource));
	const owned = records.filter((record) => users.has(record[key]));
	expect(owned.length).toBeGreaterThan(0);
	for (const record of owned) expect(record[name]).toBe(users.get(record[key]));
	for (const record of records) expect(record).toHaveProperty(name);
	expect(paths().filter((path) => path === 'users')).toHaveLength(1);
});

test('members of a group by name, in ringing order, and one that is gone by its ID', async () => {
	const [ann, ben, ...others] = await demo.records(all('user'));
	const [phone] = await demo.records(all('device'));
	const gone = 'f'.repeat(32);
	const group = await demo.create('group', {
		name: 'Ringing in order',
		endpoints: {
			[String(ben?.id)]: { type: 'user', weight: 3 },
			[gone]: { type: 'user', weight: 4 },
			[String(phone?.id)]: { type: 'device', weight: 2 },
			[String(ann?.id)]: { type: 'user', weight: 1 },
		},
	});
	const nameOf = (user?: IDataObject): string => `${String(user?.first_name)} ${String(user?.last_name)}`;
	const one = { resource: 'group', groupId: id(group.id) };
	const members = [nameOf(ann), phone?.name, nameOf(ben), gone];
	expect(await demo.first({ ...one, operation: 'get' })).toMatchObject({ members });
	const added = await demo.first({ ...one, operation: 'addMember', members: nameOf(others[0]) });
	expect(added.members).toEqual([...members, nameOf(others[0])]);
	const keys = Object.keys(added);
	expect(keys.indexOf('members')).toBeLessThan(keys.indexOf('endpoints'));
});

test('who is in a directory, which rules are in a set, and in which box a message lies', async () => {
	const [directory] = await demo.records(all('directory'));
	const { people, users } = await demo.first({
		resource: 'directory',
		operation: 'get',
		directoryId: id(directory?.id),
	});
	expect((people as string[]).length).toBeGreaterThan(0);
	expect(people).toHaveLength((users as unknown[]).length);
	for (const person of people as string[]) expect(person).toMatch(/^\p{L}+ \p{L}+$/u);
	const [set] = await demo.records(all('timeOfDayRuleSet'));
	const rules = await demo.records(all('timeOfDayRule'));
	expect(set?.rule_names).toEqual(
		(set?.rules as string[]).map((rule) => rules.find((one) => one.id === rule)?.name),
	);
	const boxes = new Map((await demo.records(all('voicemailBox'))).map((box) => [box.id, box.name]));
	const messages = await demo.records(all('voicemailMessage', 'getAllOfAccount'));
	expect(messages.length).toBeGreaterThan(0);
	for (const message of messages) expect(message.mailbox).toBe(boxes.get(message.vmbox_id));
});

test('names come before ids, and can be switched off', async () => {
	const [record] = await demo.records(all('device'));
	const keys = Object.keys(record as IDataObject);
	expect(keys.indexOf('owner')).toBeLessThan(keys.indexOf('owner_id'));
	demo.sandbox.clearRequests();
	const plain = await demo.records(all('device', 'getAll', { options: { withNames: false } }));
	expect(plain.every((entry) => !('owner' in entry))).toBe(true);
	expect(paths()).toEqual(['devices']);
});

test('nothing is asked where no record has an id', async () => {
	const account = await demo.create('account', { name: 'Empty Office' });
	const own = { accountScope: 'one', accountId: { __rl: true, mode: 'id', value: String(account.id) } };
	await demo.create('device', { name: 'Lobby' }, own);
	demo.sandbox.clearRequests();
	expect(await demo.records(all('device', 'getAll', own))).toMatchObject([{ name: 'Lobby', owner: null }]);
	expect(paths().filter((path) => path === 'users')).toEqual([]);
});

test('where names cannot be read the list comes all the same, and says so', async () => {
	demo.sandbox.faults([{ kind: 'status', status: 403, method: 'GET', path: '/users$/' }]);
	const { error, items, task } = await demo.run(all('device'));
	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	expect(task?.hints?.[0]?.message).toMatch(/Without names, since these could not be read: User/);
});

test('agents: answered and missed calls by name, which agree with the calls of the queue', async () => {
	const to = new Date(Date.now() + 60_000).toISOString();
	const from = new Date(Date.now() - 8 * 86_400_000).toISOString();
	const stats = await demo.records(
		all('agent', 'getStats', { additionalFields: { startRange: from, endRange: to } }),
	);
	expect(stats.length).toBeGreaterThan(1);
	for (const row of stats) {
		expect(row.agent).toMatch(/\w+ \w+/);
		expect(Number(row.total_calls)).toBe(Number(row.answered_calls ?? 0) + Number(row.missed_calls ?? 0));
		expect(row.agent_id).toMatch(/^\w{32}$/);
	}
	const calls = await demo.records(all('queue', 'getStats'));
	expect(calls.length).toBeGreaterThan(0);
	for (const call of calls) expect(call).toMatchObject({ queue: expect.stringMatching(/Queue$/) as string });
	const day = await demo.records(all('agent', 'getStats'));
	const answered = day.reduce((sum, row) => sum + Number(row.answered_calls ?? 0), 0);
	expect(answered).toBe(calls.filter(({ status }) => status === 'processed').length);
});

test('the state of all agents is a row each, with its time', async () => {
	const [agent] = await demo.records(all('agent'));
	await demo.records({
		resource: 'agent',
		operation: 'logIn',
		userId: { __rl: true, mode: 'id', value: String(agent?.id) },
	});
	const [row] = await demo.records(all('agent', 'getStatus'));
	expect(row).toMatchObject({
		agent: `${String(agent?.first_name)} ${String(agent?.last_name)}`,
		status: 'ready',
		agent_id: agent?.id,
		timestamp: expect.stringMatching(/^20\d\d-/) as string,
	});
});
