/** The change engine through n8n's engine against the sandbox: what fails, what is stale, what cannot be meant. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';
import type { NodeOptions, NodeResult } from './harness/engine';

let demo: Demo;
/** An empty account for each test. */
let account: INodeParameters;
let accountId: string;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(async () => {
	demo.sandbox.faults([]);
	const name = `Changes ${Date.now()} ${Math.random()}`;
	const made = await demo.create('account', { name });
	accountId = String(made.id);
	account = { accountScope: 'one', accountId: id(accountId) };
});

const CUSTOMER = {
	users: [
		{ first_name: 'Ana', last_name: 'Ames', username: 'ana', directories: { Company: '101' } },
		{ first_name: 'Ben', last_name: 'Bost', username: 'ben' },
	],
	devices: [{ name: 'Ana desk', owner_id: 'Ana Ames', mac_address: '02:00:00:47:00:01' }],
	voicemail_boxes: [{ name: 'Ana', mailbox: '101', owner_id: 'ana' }],
	groups: [
		{ name: 'Sales', endpoints: { ana: { type: 'user', weight: 1 }, ben: { type: 'user', weight: 2 } } },
	],
	directories: [{ name: 'Company' }],
	callflows: [
		{
			name: 'Ana',
			numbers: ['101'],
			flow: {
				module: 'user',
				data: { id: 'Ana Ames' },
				children: { _: { module: 'voicemail', data: { id: '101' }, children: {} } },
			},
		},
	],
};

async function blueprint(
	operation: 'apply' | 'plan',
	document: object | string,
	{ onError, ...more }: IDataObject & Pick<NodeOptions, 'onError'> = {},
): Promise<NodeResult> {
	return await demo.run(
		{
			resource: 'customerBlueprint',
			operation,
			...account,
			blueprint: typeof document === 'string' ? document : JSON.stringify(document),
			additionalFields: more,
		} as INodeParameters,
		{ onError },
	);
}

async function change(
	operation: 'apply' | 'revert',
	items: IDataObject[],
	more: IDataObject = {},
): Promise<NodeResult> {
	return await demo.run(
		{ resource: 'changePlan', operation, changesFrom: 'items', additionalFields: more } as INodeParameters,
		{ items: items.map((json) => ({ json })) },
	);
}

const records = (result: NodeResult): IDataObject[] => {
	expect(result.error).toBeUndefined();
	return result.items.map(({ json }) => json);
};
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const list = async (resource: string): Promise<IDataObject[]> =>
	await demo.records({ resource, operation: 'getAll', returnAll: true, simplify: false, ...account });
const count = async (): Promise<number[]> => [
	(await list('user')).length,
	(await list('device')).length,
	(await list('voicemailBox')).length,
	(await list('group')).length,
	(await list('directory')).length,
	(await list('callflow')).length,
];
const PATHS = ['users', 'devices', 'vmboxes', 'groups', 'directories', 'callflows'];

describe('something fails in the middle', () => {
	test.each(PATHS)('%s: what is done is said, a second run finishes, Revert cleans up', async (path) => {
		demo.sandbox.faults([
			{ kind: 'status', status: 400, method: 'PUT', path: `/v2/accounts/${accountId}/${path}` },
		]);
		const first = await blueprint('apply', CUSTOMER, { onError: 'continueRegularOutput' });
		demo.sandbox.faults([]);
		const results = records(first);
		// Those of the same kind were under way together
		const inOrder = [...new Set(results.map(({ result }) => result))];
		expect(['failed,not tried', 'done,failed,not tried']).toContain(inOrder.join());
		const second = records(await blueprint('apply', CUSTOMER));
		expect(second.every(({ result }) => result === 'done')).toBe(true);
		expect(await count()).toEqual([2, 1, 1, 1, 1, 1]);
		expect(records(await blueprint('plan', CUSTOMER)).map(({ change: word }) => word)).toEqual(['Nothing']);
		for (const journal of [second, results]) records(await change('revert', journal, { allowDeletes: true }));
		expect(await count()).toEqual([0, 0, 0, 0, 0, 0]);
	});

	test('an error carries the journal when n8n throws the output away', async () => {
		demo.sandbox.faults([
			{ kind: 'status', status: 400, method: 'PUT', path: `/v2/accounts/${accountId}/callflows` },
		]);
		const failed = await blueprint('apply', CUSTOMER);
		demo.sandbox.faults([]);
		expect(words(failed)).toMatch(/6 done, 1 failed, 1 not tried/);
		const json = /as JSON: (\[.*\])/.exec(words(failed))?.[1] ?? '';
		const reverted = await demo.run({
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'json',
			changes: json,
			additionalFields: { allowDeletes: true },
		});
		records(reverted);
		expect(await count()).toEqual([0, 0, 0, 0, 0, 0]);
	});

	test('Roll Back leaves nothing', async () => {
		demo.sandbox.faults([
			{ kind: 'status', status: 400, method: 'PUT', path: `/v2/accounts/${accountId}/callflows` },
		]);
		const failed = await blueprint('apply', CUSTOMER, {
			onFailure: 'rollBack',
			onError: 'continueRegularOutput',
		});
		demo.sandbox.faults([]);
		const results = records(failed).map(({ result }) => result);
		expect(results.filter((result) => result === 'rolled back')).toHaveLength(6);
		expect(await count()).toEqual([0, 0, 0, 0, 0, 0]);
	});
});

describe('somebody else', () => {
	const renamed = { users: [{ username: 'ana', first_name: 'Anna' }] };

	test('changed a document after the plan: it is refused, not overwritten', async () => {
		records(await blueprint('apply', CUSTOMER));
		const plan = records(await blueprint('plan', renamed));
		expect(plan.map(({ change: word, fields }) => [word, fields])).toEqual([
			['Change', 'first_name: Ana → Anna'],
		]);
		const [user] = (await list('user')).filter(({ username }) => username === 'ana');
		await demo.first({
			resource: 'user',
			operation: 'update',
			...account,
			userId: id(user?.id),
			bodyMode: 'json',
			bodyJson: '{"last_name": "Other"}',
		});
		expect(words(await change('apply', plan))).toMatch(/User “Anna Ames” was changed since/);
		const [now] = (await list('user')).filter(({ username }) => username === 'ana');
		expect([now?.first_name, now?.last_name]).toEqual(['Ana', 'Other']);
	});

	test('changed what was made: Revert leaves it and says so', async () => {
		const journal = records(await blueprint('apply', { users: [CUSTOMER.users[1]] }));
		const [user] = await list('user');
		await demo.first({
			resource: 'user',
			operation: 'update',
			...account,
			userId: id(user?.id),
			bodyMode: 'json',
			bodyJson: '{"last_name": "Other"}',
		});
		expect(words(await change('revert', journal, { allowDeletes: true }))).toMatch(/was changed since/);
		expect(await list('user')).toHaveLength(1);
	});
});

describe('a new account', () => {
	test('goes again although KAZOO takes no field out of an account', async () => {
		const name = `New ${Math.random()}`;
		const document = { ...CUSTOMER, account: { blacklists: ['Bad'] }, block_lists: [{ name: 'Bad' }] };
		const journal = records(await blueprint('apply', document, { newAccount: name }));
		expect(journal.map(({ result }) => result)).not.toContain('failed');
		expect(String(journal.find(({ kind }) => kind === 'Device')?.fields)).toContain(
			'owner_id: Ana Ames (new)',
		);
		const reverted = records(await change('revert', journal, { allowDeletes: true }));
		expect(reverted.at(-1)).toMatchObject({ result: 'done', kind: 'Account', name });
		const accounts = await demo.records({ resource: 'account', operation: 'getAll', returnAll: true });
		expect(accounts.map(({ name: other }) => other)).not.toContain(name);
	});
});

describe('a plan', () => {
	test('applied, taken back, and taken back once more', async () => {
		records(await blueprint('apply', CUSTOMER));
		const journal = records(
			await change(
				'apply',
				records(await blueprint('plan', { users: [{ username: 'ben', last_name: 'Best' }] })),
			),
		);
		const lastNames = async () => (await list('user')).map(({ last_name: name }) => name).sort();
		expect(await lastNames()).toEqual(['Ames', 'Best']);
		records(await change('revert', journal));
		expect(await lastNames()).toEqual(['Ames', 'Bost']);
		expect(records(await change('revert', journal)).map(({ result }) => result)).toEqual(['nothing to do']);
	});

	test('that was changed by hand, or is of another server, is refused', async () => {
		const [item] = records(await blueprint('plan', CUSTOMER));
		const plan = String(item?.plan);
		const edited = plan.replace('"Ana"', '"Eve"');
		expect(words(await change('apply', [{ plan: edited }]))).toMatch(/was changed by hand/);
		const { server } = JSON.parse(plan) as { server: string };
		const other = await Demo.open(0);
		const there = await other.run(
			{ resource: 'changePlan', operation: 'apply', changesFrom: 'items' },
			{ items: [{ json: { plan } }] },
		);
		await other.close();
		expect(words(there)).toContain(`made on another server: ${server}`);
		expect(await count()).toEqual([0, 0, 0, 0, 0, 0]);
	});

	test('deletes only what may be deleted, and nothing that is still in use', async () => {
		records(await blueprint('apply', CUSTOMER));
		const alone = { devices: [], groups: [] };
		expect(words(await blueprint('apply', alone, { removeOthers: true }))).toMatch(/Allow Deletes/);
		records(await blueprint('apply', alone, { removeOthers: true, allowDeletes: true }));
		expect(await count()).toEqual([2, 0, 1, 0, 1, 1]);
		expect(words(await blueprint('plan', { voicemail_boxes: [] }, { removeOthers: true }))).toMatch(
			/Callflow “Ana” flow\.children\._\.data\.id: it still points at Voicemail Box “Ana”/,
		);
	});
});

describe('what cannot be meant', () => {
	test.each([
		['an unknown kind', { people: [] }, /people: there is no such kind/],
		[
			'an unknown field',
			{ users: [{ frist_name: 'A', username: 'a' }] },
			/users\[0\]\.frist_name: this KAZOO does not know/,
		],
		[
			'a new one without what it needs',
			{ users: [{ username: 'a', first_name: 'A' }], voicemail_boxes: [{ name: 'A' }] },
			/users\[0\]\.last_name: it is missing[^]*voicemail_boxes\[0\]\.mailbox: it is missing/,
		],
		[
			'a wrong type',
			{ users: [{ username: 'a', enabled: 'maybe' }] },
			/users\[0\]\.enabled: it has to be boolean/,
		],
		['no list', { users: { username: 'a' } }, /users: it has to be a list/],
		['no object', { users: ['ana'] }, /users\[0\]: it has to be an object/],
		[
			'a name twice',
			{ menus: [{ name: 'Main' }, { name: 'main' }] },
			/menus\[1\]: Menu “main” stands in menus\[0\], too/,
		],
		[
			'nobody',
			{ devices: [{ name: 'Phone', owner_id: 'Nobody' }] },
			/devices\[0\]\.owner_id: there is no User “Nobody”/,
		],
		[
			'a name that two have',
			{
				users: [
					{ username: 'x', first_name: 'Ann', last_name: 'Lee' },
					{ username: 'y', first_name: 'Ann', last_name: 'Lee' },
				],
				devices: [{ name: 'Phone', owner_id: 'Ann Lee' }],
			},
			/devices\[0\]\.owner_id: 2 are called User “Ann Lee”/,
		],
		[
			'a circle',
			{
				callflows: ['101', '102'].map((number, index) => ({
					numbers: [number],
					flow: { module: 'callflow', data: { id: index === 0 ? '102' : '101' }, children: {} },
				})),
			},
			/lead to each other: 101 → 102 → 101/,
		],
		['no JSON', '{"users": [', /not valid JSON/],
		['a text', '"users"', /must be a JSON object/],
		[
			'a number of nobody',
			{ callflows: [{ numbers: ['+14155550177'], flow: {} }] },
			/the account does not have the number/,
		],
	])('%s', async (_, document, expected) => {
		demo.sandbox.clearRequests();
		expect(words(await blueprint('apply', document))).toMatch(expected);
		expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
	});

	test('five megabytes of users end in words', async () => {
		const users = Array.from({ length: 20_000 }, (_, index) => ({
			username: `user${index % 19_999}`,
			first_name: 'x'.repeat(200),
			last_name: 'y',
		}));
		expect(words(await blueprint('plan', { users }))).toMatch(
			/users\[19999\]: User “user0” stands in users\[0\], too/,
		);
	});
});
