/** Plans and journals that are kept, mixed, used twice, or given where they do not belong. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id } from './demo';
import { CredentialStore } from './harness/credentials';
import type { NodeOptions, NodeResult } from './harness/engine';

let demo: Demo;
let accountId: string;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(async () => {
	accountId = String((await demo.create('account', { name: `Plans ${Math.random()}` })).id);
});

const USERS = [
	{ first_name: 'Ana', last_name: 'Ames', username: 'ana' },
	{ first_name: 'Ben', last_name: 'Bost', username: 'ben' },
];

async function blueprint(
	operation: 'apply' | 'plan',
	document: object,
	more: IDataObject = {},
	options: NodeOptions & { account?: string } = {},
): Promise<NodeResult> {
	return await demo.run(
		{
			resource: 'customerBlueprint',
			operation,
			accountScope: 'one',
			accountId: id(options.account ?? accountId),
			blueprint: JSON.stringify(document),
			additionalFields: more,
		} as INodeParameters,
		options,
	);
}

async function change(
	operation: 'apply' | 'revert',
	items: readonly IDataObject[],
	more: IDataObject = {},
	options: NodeOptions = {},
): Promise<NodeResult> {
	return await demo.run(
		{ resource: 'changePlan', operation, changesFrom: 'items', additionalFields: more } as INodeParameters,
		{ items: items.map((json) => ({ json })), ...options },
	);
}

const records = (result: NodeResult): IDataObject[] => {
	expect(result.error).toBeUndefined();
	return result.items.map(({ json }) => json);
};
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;
const results = (result: NodeResult): unknown[] => records(result).map(({ result: word }) => word);
const stored = (type: string): Array<Record<string, unknown>> =>
	demo.sandbox.store.database(accountId).list(type);
const writes = () => demo.requests().filter(({ method }) => method !== 'GET');

describe('a plan that was kept', () => {
	test('reads well as a table: words first, IDs last', async () => {
		records(await blueprint('apply', { users: [USERS[0]] }));
		const document = {
			users: [{ username: 'ana', last_name: 'Adams' }, USERS[1]],
			menus: [{ name: 'Main' }],
		};
		const plan = records(await blueprint('plan', document));
		expect(plan.map((item) => Object.keys(item))).toEqual([
			['change', 'kind', 'name', 'account', 'fields', 'why', 'can_be_undone', 'account_id', 'id', 'plan'],
			['change', 'kind', 'name', 'account', 'fields', 'why', 'can_be_undone', 'account_id', 'plan'],
			['change', 'kind', 'name', 'account', 'fields', 'why', 'can_be_undone', 'account_id', 'plan'],
		]);
		expect(plan.map(({ change: word, kind, name }) => `${word} ${kind} ${name}`)).toEqual([
			'Change User Ana Adams',
			'Create User Ben Bost',
			'Create Menu Main',
		]);
		const journal = records(await change('apply', plan));
		expect(Object.keys(journal[0] ?? {})).toEqual([
			...['result', 'change', 'kind', 'name', 'account', 'fields', 'why', 'can_be_undone'],
			...['account_id', 'id', 'journal'],
		]);
	});

	test('is done once, however often it is applied', async () => {
		const document = { users: USERS, menus: [{ name: 'Main' }] };
		const plan = records(await blueprint('plan', document));
		expect(results(await change('apply', plan))).toEqual(['done', 'done', 'done']);
		expect(results(await change('apply', plan))).toEqual(Array(3).fill('nothing to do'));
		expect([stored('user').length, stored('menu').length]).toEqual([2, 1]);
	});

	test('does not make what somebody else has made since, nor writes over it', async () => {
		const plan = records(
			await blueprint('plan', { menus: [{ name: 'Main', retries: 3 }, { name: 'Side' }] }),
		);
		records(await blueprint('apply', { menus: [{ name: 'Main', retries: 5 }, { name: 'Side' }] }));
		const applied = await change('apply', plan, { onFailure: 'goOn' }, { onError: 'continueRegularOutput' });
		const [main, side] = records(applied);
		expect(main).toMatchObject({ result: 'failed', name: 'Main' });
		expect(main?.error).toMatch(/There is a Menu “Main” by now, and it is not as it shall be/);
		expect(side).toMatchObject({ result: 'nothing to do', name: 'Side' });
		expect(stored('menu').map(({ name, retries }) => [name, retries])).toEqual([
			['Main', 5],
			['Side', 3],
		]);
	});

	test('of two new customers makes two, each with its own people', async () => {
		const documents = ['One', 'Two'].map((name) => ({
			users: [{ ...USERS[0], last_name: name }],
			devices: [{ name: 'Desk', owner_id: 'ana' }],
		}));
		const plans: IDataObject[] = [];
		for (const [index, document] of documents.entries())
			plans.push(
				...records(await blueprint('plan', document, { newAccount: `New ${index} of ${accountId}` })),
			);
		const journal = records(await change('apply', plans));
		expect(new Set(journal.map(({ result }) => result))).toEqual(new Set(['done']));
		const accounts = journal.filter(({ kind }) => kind === 'Account').map((one) => String(one.id));
		expect(new Set(accounts).size).toBe(2);
		for (const [index, account] of accounts.entries()) {
			const database = demo.sandbox.store.database(account);
			const [user] = database.list('user');
			const [device] = database.list('device');
			expect(user?.last_name).toBe(index === 0 ? 'One' : 'Two');
			expect(device?.owner_id).toBe(user?._id);
		}
		const reverted = await change('revert', journal, { allowDeletes: true });
		expect(new Set(results(reverted))).toEqual(new Set(['done']));
		for (const account of accounts) expect(demo.sandbox.store.account(account)).toBeUndefined();
	});
});

describe('a journal', () => {
	test('used twice takes back once', async () => {
		const journal = records(await blueprint('apply', { users: USERS }));
		expect(results(await change('revert', journal, { allowDeletes: true }))).toEqual(['done', 'done']);
		demo.sandbox.clearRequests();
		expect(results(await change('revert', journal, { allowDeletes: true }))).toEqual(
			Array(2).fill('nothing to do'),
		);
		expect(writes()).toEqual([]);
	});

	test('of two runs is taken back from the last one on', async () => {
		const first = records(await blueprint('apply', { users: [USERS[0]] }));
		const second = records(await blueprint('apply', { users: [{ username: 'ana', last_name: 'Adams' }] }));
		const both = await change('revert', [...first, ...second], { allowDeletes: true });
		expect(records(both).map(({ result, change: word }) => [result, word])).toEqual([
			['done', 'Change'],
			['done', 'Create'],
		]);
		expect(stored('user')).toEqual([]);
	});

	test.each(['server', 'hand'])('of another server, or changed by hand, is refused (%s)', async (what) => {
		const [entry] = records(await blueprint('apply', { users: [USERS[0]] }));
		const journal = String(entry?.journal);
		const other = what === 'server' ? await Demo.open(0) : demo;
		demo.sandbox.clearRequests();
		const result = await other.run(
			{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
			{ items: [{ json: { journal: what === 'hand' ? journal.replace('Ames', 'Amos') : journal } }] },
		);
		expect(words(result)).toMatch(
			what === 'server'
				? /This journal was made on another server: .*Nothing was sent/
				: /Journal of item 1 was changed by hand/,
		);
		expect(writes()).toEqual([]);
		if (other !== demo) await other.close();
	});

	test('is not a plan, and a list of texts is neither', async () => {
		expect(words(await change('revert', [{ name: 'Ana' }]))).toMatch(/There is no journal in what was given/);
		const texts = await demo.run({
			resource: 'changePlan',
			operation: 'apply',
			changesFrom: 'json',
			changes: '["a"]',
		});
		expect(words(texts)).toMatch(/JSON must be a list of objects/);
	});
});

describe('what may not be done', () => {
	const as = (access: string): CredentialStore => {
		const { url, demo: ids } = demo.sandbox;
		const data = { serverUrl: url, login: 'apiKey', apiKey: ids.reseller.apiKey, access };
		return new CredentialStore({ type: new CrossbarApi(), data });
	};

	test.each([
		['readOnly', { users: USERS }, {}, /not allowed|Read Only/],
		[
			'noDeletes',
			{ users: [] },
			{ removeOthers: true, allowDeletes: true, allowLarge: true },
			/forbids deletes/,
		],
	])('%s is told before anything is sent', async (access, document, more, expected) => {
		records(await blueprint('apply', { menus: [{ name: 'Main' }], users: [USERS[0]] }));
		demo.sandbox.clearRequests();
		expect(words(await blueprint('apply', document, more, { credentials: as(access) }))).toMatch(expected);
		expect(writes()).toEqual([]);
	});

	test('an account that there is none of, or that the log-in may not see', async () => {
		const nobody = await blueprint('plan', { users: USERS }, {}, { account: 'f'.repeat(32) });
		expect(words(nobody)).toMatch(/There is no account “f{32}”/);
		const master = demo.sandbox.store.master()?._id;
		const foreign = await blueprint('plan', { users: USERS }, {}, { account: master });
		expect(words(foreign)).toMatch(/may not|not allowed|no access/i);
		expect(words(foreign)).toContain('Read Account');
	});

	test('30 % of ten documents, and one more', async () => {
		const people = (count: number, name: string) =>
			Array.from({ length: count }, (_, index) => ({
				username: `user${index}`,
				first_name: `${index}`,
				last_name: name,
			}));
		// With the account and its limits they are ten
		records(await blueprint('apply', { users: people(8, 'Old') }));
		expect(words(await blueprint('apply', { users: people(4, 'New') }))).toMatch(
			/The plan changes or deletes 4 of 10 in Plans/,
		);
		expect(results(await blueprint('apply', { users: people(3, 'New') }))).toEqual(['done', 'done', 'done']);
	});
});
