/** A job of thirty changes through n8n's engine of which one request fails, and jobs that somebody disturbs. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../sandbox';
import { THIRTY } from '../unit/changes/customers';
import { Demo, id } from './demo';
import type { NodeOptions, NodeResult } from './harness/engine';

let demo: Demo;
let account: INodeParameters;
let accountId: string;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

async function newAccount(): Promise<void> {
	demo.sandbox.faults([]);
	accountId = String((await demo.create('account', { name: `Thirty ${Math.random()}` })).id);
	account = { accountScope: 'one', accountId: id(accountId) };
}

beforeEach(newAccount);

async function apply(
	more: IDataObject = {},
	{ document = THIRTY, ...options }: NodeOptions & { document?: object } = {},
): Promise<NodeResult> {
	return await demo.run(
		{
			resource: 'customerBlueprint',
			operation: 'apply',
			...account,
			blueprint: JSON.stringify(document),
			additionalFields: more,
		} as INodeParameters,
		options,
	);
}

async function revert(journal: IDataObject[], more: IDataObject = {}): Promise<NodeResult> {
	return await demo.run(
		{
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true, ...more },
		},
		{ items: journal.map((json) => ({ json })) },
	);
}

const records = (result: NodeResult): IDataObject[] => {
	expect(result.error).toBeUndefined();
	return result.items.map(({ json }) => json);
};

/** All that the account has, by id, as a reader sees it. */
function state(): Map<string, string> {
	const documents = [...demo.sandbox.store.database(accountId).all()].filter(
		({ pvt_deleted: gone }) => !gone,
	);
	const account_ = demo.sandbox.store.account(accountId);
	return new Map(
		[...documents, ...(account_ ? [account_] : [])].map((document) => [
			document._id,
			JSON.stringify(Object.entries(document).filter(([key]) => !/^(_|pvt_|ui_metadata)/.test(key))),
		]),
	);
}

const WRITES = '/^\\/v2\\/accounts\\//';
/** Of each write in turn: refused, something wrong, cut off before it is carried out, and after. */
const FAULTS: ReadonlyArray<Pick<Fault, 'kind' | 'status' | 'bytes'>> = [
	{ kind: 'status', status: 400 },
	{ kind: 'drop' },
	{ kind: 'status', status: 500 },
	{ kind: 'cut', bytes: 0 },
];

/** Of the 27 creations and three later changes; each single request fails in test/unit/changes. */
const PLACES = [0, 5, 6, 11, 14, 19, 22, 26, 27, 29];

test.each(PLACES)(
	'write %i of thirty changes fails: told, finished by a second run, taken back',
	async (place) => {
		const before = state();
		const isCreation = place < 27;
		demo.sandbox.faults([
			{
				...(FAULTS[PLACES.indexOf(place) % FAULTS.length] as (typeof FAULTS)[number]),
				method: isCreation ? 'PUT' : 'PATCH',
				path: WRITES,
				times: 1,
				after: isCreation ? place : place - 27,
			},
		]);
		const results = records(await apply({}, { onError: 'continueRegularOutput' }));
		demo.sandbox.faults([]);

		const now = state();
		const done = results.filter(({ result }) => result === 'done');
		const told = (change: string) => done.filter((one) => one.change === change).map((one) => String(one.id));
		const created = [...now.keys()].filter((one) => !before.has(one));
		expect(told('Create').sort()).toEqual(created.sort());
		const changed = [...before.keys()].filter((one) => now.get(one) !== before.get(one));
		expect(told('Change').filter((one) => !created.includes(one))).toEqual(changed);
		expect(done.every(({ journal }) => typeof journal === 'string')).toBe(true);

		const finished = records(await apply());
		expect(finished.filter(({ result, change }) => result !== 'done' && change !== 'Nothing')).toEqual([]);
		expect(records(await apply()).map(({ change }) => change)).toEqual(['Nothing']);
		expect(state().size).toBe(before.size + 27);
		for (const journal of [finished, results]) {
			const reverted = records(await revert(journal));
			expect(reverted.filter(({ result }) => result === 'failed')).toEqual([]);
		}
		expect([...state().keys()].sort()).toEqual([...before.keys()].sort());
	},
);

test('cancelled in the middle: what was done stands in the error, with the journal', async () => {
	const stop = new AbortController();
	const database = demo.sandbox.store.database(accountId);
	const before = database.counts();
	demo.sandbox.faults([{ kind: 'latency', milliseconds: 30, method: 'PUT' }]);
	const watch = setInterval(() => {
		if (database.list('device').length > 0) stop.abort();
	}, 5);
	const { error, cancelled } = await apply({}, { signal: stop.signal });
	clearInterval(watch);
	demo.sandbox.faults([]);
	expect(cancelled).toBe(true);
	const words = String(error?.message);
	expect(words).toMatch(/canceled: \d+ done, \d+ not tried/);
	const journal = /as JSON: (\[.*\])/.exec(words)?.[1] ?? '[]';
	const reverted = await demo.run({
		resource: 'changePlan',
		operation: 'revert',
		changesFrom: 'json',
		changes: journal,
		additionalFields: { allowDeletes: true },
	});
	expect(records(reverted).filter(({ result }) => result !== 'done')).toEqual([]);
	expect(database.counts()).toEqual(before);
});

test('two people change one account at once: nobody’s change is lost without a word', async () => {
	records(await apply());
	const wanted = (value: string, timezone: string) => ({
		account: { timezone },
		users: ['ana', 'ben', 'cleo', 'dan', 'eve', 'fay'].map((username) => ({ username, last_name: value })),
	});
	const more = { allowLarge: true, onFailure: 'goOn' };
	const runs = await Promise.all(
		[wanted('One', 'Asia/Tokyo'), wanted('Two', 'Asia/Dubai')].map(
			async (document) => await apply(more, { document, onError: 'continueRegularOutput' }),
		),
	);
	const results = runs.flatMap((run) => records(run));
	const final = new Map(
		demo.sandbox.store
			.database(accountId)
			.list('user')
			.map((user) => [user._id, user]),
	);
	expect(final.size).toBe(6);
	for (const [user, { last_name: name }] of final) {
		const about = results.filter(({ id: one, error, name: called }) =>
			error === undefined ? one === user : String(called).startsWith(String(final.get(user)?.first_name)),
		);
		const done = about.filter(({ result }) => result === 'done');
		expect(about).toHaveLength(2);
		// Whoever did not win is told, unless the winner knew of his change when he planned
		if (done.length === 2)
			expect(
				done.some(({ fields }) => String(fields).includes(name === 'One' ? 'Two → One' : 'One → Two')),
			).toBe(true);
		else expect(about.find(({ result }) => result === 'failed')?.error).toMatch(/was changed since|at the same moment/);
		expect(String(done.map(({ fields }) => fields))).toContain(`→ ${String(name)}`);
	}
	const accounts = results.filter(({ kind }) => kind === 'Account');
	const told = accounts.filter(
		({ error, note, fields }) =>
			error !== undefined || note !== undefined || /Asia.* → Asia/.test(String(fields)),
	);
	expect(accounts).toHaveLength(2);
	expect(told.length).toBeGreaterThan(0);
	const zone = String(demo.sandbox.store.account(accountId)?.timezone);
	expect(
		accounts.filter(({ result, fields }) => result === 'done' && String(fields).includes(`→ ${zone}`)),
	).toHaveLength(1);
});
