/** Customer Blueprint and Change Plan through n8n's engine against the sandbox: whole customers out, in, and back again. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;

beforeEach(async () => {
	demo = await Demo.open(0);
});

afterEach(async () => {
	await demo.close();
});

const blueprint = (operation: string, more: object = {}) => ({
	resource: 'customerBlueprint',
	operation,
	...more,
});
const exported = async (account: object): Promise<IDataObject> =>
	await demo.first(blueprint('exportDocument', account));
const one = (accountId: unknown) => ({ accountScope: 'one', accountId: id(accountId) });

/** Phone numbers are in one account only: a copy has none. */
function withoutNumbers({ phone_numbers: _, ...document }: IDataObject): IDataObject {
	const callflows = (document.callflows as IDataObject[]).map((callflow) => ({
		...callflow,
		numbers: (callflow.numbers as string[]).filter((number) => !number.startsWith('+')),
	}));
	return {
		...document,
		callflows: callflows.filter(({ numbers }) => numbers.length > 0),
	};
}

/** A new sub-account of the reseller, made from a blueprint. */
async function copied(document: IDataObject, name: string): Promise<IDataObject[]> {
	return await demo.records(
		blueprint('apply', {
			accountScope: 'mine',
			blueprint: JSON.stringify(document),
			additionalFields: { newAccount: name },
		}),
	);
}

it('changes a fax box and leaves the rest of it as it is', async () => {
	const fax_header = 'Blue Door';
	const box = { name: 'Orders', fax_header, retries: 3, smtp_permission_list: ['a@example.com'] };
	const before = await demo.create('faxBox', box, demo.customer(0));
	const document = { fax_boxes: [{ name: 'Orders', retries: 2 }] };
	const applied = await demo.records(
		blueprint('apply', { ...demo.customer(0), blueprint: JSON.stringify(document) }),
	);
	expect(applied).toMatchObject([{ result: 'done', fields: 'retries: 3 → 2' }]);
	const read = { resource: 'faxBox', operation: 'get', ...demo.customer(0), faxboxId: id(before.id) };
	expect(await demo.first({ ...read, simplify: false })).toMatchObject({ ...box, retries: 2 });
});

describe('a customer', () => {
	it('is exported twice to the same byte', async () => {
		const first = await exported(demo.customer(0));
		expect(JSON.stringify(await exported(demo.customer(0)))).toBe(JSON.stringify(first));
		expect(JSON.stringify(first)).not.toMatch(/[0-9a-f]{32}/);
	});

	it('is copied, found to be equal, and taken back', async () => {
		const original = await exported(demo.customer(0));
		const document = withoutNumbers(original);
		const results = await copied(document, 'Copy of the first');
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		const copy = one(results[0]?.id);
		const { name: __, ...again } = await exported(copy);
		const { name: ___, ...before } = document;
		expect(again).toEqual(before);

		const plan = await demo.records(blueprint('plan', { ...copy, blueprint: JSON.stringify(document) }));
		expect(plan.map(({ change }) => change)).toEqual(['Nothing']);

		const items = results.map((json) => ({ json }));
		const reverted = await demo.records(
			{
				resource: 'changePlan',
				operation: 'revert',
				changesFrom: 'items',
				additionalFields: { allowDeletes: true },
			},
			{ items },
		);
		expect(reverted.filter(({ result }) => result !== 'done')).toEqual([]);
		const accounts = await demo.records({ resource: 'account', operation: 'getAll', returnAll: true });
		expect(accounts.map(({ name }) => name)).not.toContain('Copy of the first');
	});
});

test('limits hold what can be set, not what only KAZOO sets, and can be taken back', async () => {
	const { id: first } = demo.sandbox.demo.customers[0];
	demo.sandbox.store.create(String(first), 'limits', { twoway_trunks: 3 }, { id: 'limits' });
	const document = await exported(demo.customer(0));
	expect(document.limits).toEqual({ twoway_trunks: 3 });
	expect(document.custom_fields).not.toMatchObject({ limits: expect.anything() });
	const target = demo.customer(1);
	const journal = await demo.records(
		blueprint('apply', {
			...target,
			// As an export of before has them
			blueprint: JSON.stringify({
				blueprint: 1,
				custom_fields: { limits: ['allow_postpay', 'max_postpay_amount'] },
				limits: { twoway_trunks: 3, allow_postpay: false, max_postpay_amount: 0 },
			}),
		}),
	);
	expect(journal.map(({ kind, result }) => [kind, result])).toEqual([['Limits', 'done']]);
	const back = await demo.records(
		{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
		{ items: journal.map((json) => ({ json })) },
	);
	expect(back.map(({ result }) => result)).toEqual(['done']);
});

describe('sounds', () => {
	const withSounds = (
		accountId: unknown,
		operation: string,
		items: INodeExecutionData[],
		more: object = {},
	) =>
		demo.run(
			{
				resource: 'customerBlueprint',
				operation,
				...(accountId === undefined ? { accountScope: 'mine' } : one(accountId)),
				blueprint: '={{ JSON.stringify($json) }}',
				sounds: 'items',
				additionalFields: more as INodeParameters,
			},
			{ items },
		);

	it('come out as files, go in with the document or its plan, and only once', async () => {
		const { items } = await demo.run({
			...blueprint('exportDocument', demo.customer(0)),
			additionalFields: { includeSounds: true, kinds: ['media'] },
		});
		const sounds = items.slice(1);
		expect(sounds.length).toBeGreaterThan(0);
		for (const { json, binary } of sounds) {
			expect(typeof json.media).toBe('string');
			expect(binary?.data?.mimeType).toMatch(/^audio\//);
		}
		const made = await withSounds(undefined, 'apply', items, { newAccount: 'Sounding' });
		expect(made.error).toBeUndefined();
		const results = made.items.map(({ json }) => json);
		expect(results.filter(({ result }) => result !== 'done')).toEqual([]);
		expect(results.filter(({ kind }) => kind === 'Sound')).toHaveLength(sounds.length);
		const copy = results[0]?.id;
		const again = await demo.run({
			...blueprint('exportDocument', one(copy)),
			additionalFields: { includeSounds: true, kinds: ['media'] },
		});
		const sizes = (list: INodeExecutionData[]) =>
			list.slice(1).map(({ json, binary }) => [json.media, binary?.data?.fileSize]);
		expect(sizes(again.items)).toEqual(sizes(items));
		const none = await withSounds(copy, 'plan', items);
		expect(none.items.map(({ json }) => json.change)).toEqual(['Nothing']);

		const plan = await withSounds(undefined, 'plan', items, { newAccount: 'Sounding later' });
		const apply = { resource: 'changePlan', operation: 'apply', changesFrom: 'items', additionalFields: {} };
		const applied = await demo.run(apply, { items: plan.items });
		expect(applied.error).toBeUndefined();
		expect(applied.items.filter(({ json }) => json.result !== 'done')).toEqual([]);
		const dropped = await withSounds(undefined, 'plan', items, { newAccount: 'Sounding never' });
		const without = await demo.run(apply, { items: dropped.items.map(({ json }) => ({ json })) });
		expect(without.error?.message).toMatch(/The file of Sound “.*” is not there/);
	});

	it('of media that the document does not know are told', async () => {
		const [document] = await demo.records(blueprint('exportDocument', demo.customer(0)));
		const file = { data: Buffer.from('RIFF').toString('base64'), mimeType: 'audio/x-wav', fileName: 'a.wav' };
		const items = [{ json: document ?? {} }, { json: { media: 'Nowhere' }, binary: { data: file } }];
		const result = await withSounds(demo.sandbox.demo.customers[0]?.id, 'plan', items);
		expect(result.error?.message).toMatch(/sound “nowhere”: there is no Media of this name/);
	});
});

test('a new account that was planned is made although there are others beside it', async () => {
	const plan = await demo.records(
		blueprint('plan', {
			accountScope: 'mine',
			blueprint: JSON.stringify({ users: [{ first_name: 'Ada', last_name: 'Ash', username: 'ada' }] }),
			additionalFields: { newAccount: 'Planned' },
		}),
	);
	const apply = { resource: 'changePlan', operation: 'apply', changesFrom: 'items', additionalFields: {} };
	const results = await demo.records(apply, { items: plan.map((json) => ({ json })) });
	expect(results.map(({ result, kind }) => [result, kind])).toEqual([
		['done', 'Account'],
		['done', 'User'],
	]);
});

/** A copy in which a field of that name stands nowhere. */
function without(field: string, document: IDataObject): IDataObject {
	const text = JSON.stringify(document, (key, value: unknown) => (key === field ? undefined : value));
	return JSON.parse(text) as IDataObject;
}

test('a customer of KAZOO 4 moves to a KAZOO 5 once it has no field that 5 does not know', async () => {
	const five = await Demo.open(0, { profile: 5 });
	const document = withoutNumbers(await exported(demo.customer(0)));
	const move = async (to: Demo, what: IDataObject) =>
		await to.run(
			blueprint('apply', {
				accountScope: 'mine',
				blueprint: JSON.stringify(what),
				additionalFields: { newAccount: 'Moved' },
			}),
		);
	const refused = await move(five, document);
	expect(refused.error?.description?.split('\n')).toEqual([
		'Nothing was changed.',
		'• devices[0].call_forward.failover: this KAZOO does not know the field',
		'• devices[2].call_forward.failover: this KAZOO does not know the field',
	]);
	expect(five.requests().filter(({ method }) => method !== 'GET')).toEqual([]);

	const known = without('failover', document);
	const moved = await move(five, known);
	expect(moved.error).toBeUndefined();
	expect(moved.items.filter(({ json }) => json.result !== 'done' && json.kind !== 'Limits')).toEqual([]);
	const there = { accountScope: 'one', accountId: id(moved.items[0]?.json.id) };
	// All that it says is there; KAZOO 5 adds fields of its own
	const plan = await five.records(blueprint('plan', { ...there, blueprint: JSON.stringify(known) }));
	expect(plan.map(({ kind, change, fields }) => [kind, change, fields])).toEqual([
		[undefined, 'Nothing', undefined],
	]);
	const copy = await five.first(blueprint('exportDocument', there));
	expect(Object.keys(copy)).toEqual(Object.keys(known));
	const [user] = copy.users as IDataObject[];
	expect(user).toMatchObject((known.users as IDataObject[])[0] as IDataObject);
	await five.close();
});
