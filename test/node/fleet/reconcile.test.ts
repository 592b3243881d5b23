/** Fleet: Reconcile Numbers and Seats through n8n's engine, each kind of difference written by hand. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo } from '../demo';
import { Customer } from './tree';

let demo: Demo;
let one: Customer;
let two: Customer;

beforeAll(async () => {
	demo = await Demo.open(0);
	one = new Customer(demo.sandbox, 'Acme', 1);
	two = new Customer(demo.sandbox, 'Bolt', 2);
	one.addNumber('+4316660001', true);
	one.addNumber('+4316660002', true);
	demo.sandbox.store.createNumber('+4316660003', { accountId: two.id, state: 'reserved' });
});

afterAll(async () => {
	await demo.close();
});

const run = async (
	operation: string,
	rows: IDataObject[],
	more: INodeParameters = {},
	additional: IDataObject = {},
): Promise<IDataObject[]> =>
	await demo.records(
		{
			resource: 'fleet',
			operation,
			listFrom: 'items',
			...more,
			additionalFields: { accountRealm: 'fleet.example', ...additional },
		},
		{ items: rows.map((json) => ({ json })) },
	);

const ROWS = [
	{ did: '+43 1 5550 0001', who: 'ACME', eur: '1,50' },
	{ did: '0043 15550 0002', who: 'Acme', eur: 2 },
	{ did: '+43-1-6660001', who: 'acme', eur: 1 },
	{ did: '+4316660003', who: 'Bolt', eur: 1 },
	{ did: '+4319990000', who: 'Bolt', eur: '3.25' },
	{ did: '+4319990000', who: 'Bolt', eur: '3.25' },
	{ did: 'n/a', who: 'Bolt', eur: '' },
];
const COLUMNS = { numberColumn: 'did', customerColumn: 'who' };

it('compares numbers, whatever way they are written, and sums up', async () => {
	const items = await run('reconcileNumbers', ROWS, COLUMNS, {
		priceColumn: 'eur',
		includeMatching: true,
		totals: true,
	});
	const totals = items.pop();
	expect(items.map(({ number, status }) => [number, status])).toEqual([
		['+43155500001', 'in order'],
		['+43155500002', 'in another account'],
		['+4316660001', 'paid, rings nowhere'],
		['+4316660003', 'wrong state'],
		['+4319990000', 'only in the list'],
		['+4319990000', 'twice in the list'],
		['n/a', 'no phone number'],
		['+4316660002', 'spare'],
	]);
	expect(totals).toMatchObject({
		status: 'total',
		count: 8,
		totals: { 'in order': { count: 1, price: 1.5 }, 'only in the list': { count: 1, price: 3.25 } },
	});
});

it('reads CSV, and leaves out what is in order unless asked', async () => {
	const csv = `number,customer\n${one.number},Acme\n`;
	const items = await run('reconcileNumbers', [{}], {
		listFrom: 'csv',
		csv,
		numberColumn: 'number',
		customerColumn: 'customer',
	});
	expect(items.map(({ number, status }) => [number, status])).toEqual([
		[two.number, 'only in KAZOO'],
		['+4316660001', 'spare'],
		['+4316660002', 'spare'],
		['+4316660003', 'spare'],
	]);
});

it('an account that fails is named, and nothing is said for sure of what may be in it', async () => {
	demo.sandbox.faults([{ kind: 'status', status: 400, path: `/v2/accounts/${two.id}/phone_numbers` }]);
	const items = await run('reconcileNumbers', [{ did: two.number, who: 'Bolt' }], COLUMNS);
	demo.sandbox.faults([]);
	expect(items.find(({ number }) => number === two.number)).toMatchObject({
		status: 'only in the list',
		note: expect.stringContaining('1 accounts were not looked at') as string,
	});
	expect(items.filter(({ status }) => status === 'not looked at')).toMatchObject([{ account: 'Bolt' }]);
});

it('compares seats in columns and in rows of products', async () => {
	const mapping = JSON.stringify({ users: 'Seats', 'devices.sip_device': 'Phones', phone_numbers: 'DIDs' });
	const wide = [
		{ who: 'Acme', Seats: 1, Phones: 4, DIDs: 0 },
		{ who: 'Gone Ltd', Seats: 2, Phones: 0, DIDs: 0 },
	];
	const expected = [
		['Acme', 'devices.sip_device', 1, 4, 'other quantity'],
		['Acme', 'phone_numbers', 3, 0, 'unbilled'],
		['Bolt', 'users', 1, 0, 'unbilled'],
		['Bolt', 'devices.sip_device', 1, 0, 'unbilled'],
		['Bolt', 'phone_numbers', 2, 0, 'unbilled'],
		['Gone Ltd', 'users', 0, 2, 'billed but gone'],
	];
	const told = (items: IDataObject[]) =>
		items.map(({ account, what, counted, billed, status }) => [account, what, counted, billed, status]);
	expect(told(await run('reconcileSeats', wide, { mapping, customerColumn: 'who' }))).toEqual(expected);
	const long = [
		{ who: 'Acme', product: 'seats', n: '1' },
		{ who: 'Acme', product: 'Phones', n: '3' },
		{ who: 'Acme', product: 'phones', n: '1' },
		{ who: 'Gone Ltd', product: 'Seats', n: '2' },
	];
	const columns = { productColumn: 'product', quantityColumn: 'n' };
	expect(told(await run('reconcileSeats', long, { mapping, customerColumn: 'who' }, columns))).toEqual(
		expected,
	);
});

it('says what is wrong with the list or the mapping', async () => {
	for (const [operation, more, words] of [
		['reconcileNumbers', { numberColumn: 'phone', customerColumn: '' }, /no row has a column “phone”/i],
		[
			'reconcileSeats',
			{ mapping: '{"chairs": "Seats"}', customerColumn: 'who' },
			/“chairs” cannot be counted/,
		],
	] as const) {
		const { error } = await demo.run(
			{ resource: 'fleet', operation, listFrom: 'items', ...more },
			{ items: [{ json: { who: 'Acme', Seats: 1 } }] },
		);
		expect(error?.message).toMatch(words);
	}
});

it('ten digits are read as an account has them, else as of North America, and that is told', async () => {
	demo.sandbox.store.createNumber('+4369055500', { accountId: one.id, state: 'in_service' });
	const list = ['4369055500', '4369055511', '+14369055522'].map((did) => ({ did, who: 'Acme' }));
	const items = await run('reconcileNumbers', list, { ...COLUMNS, includeMatching: true });
	const [held, unknown, whole] = items.filter(({ line }) => line !== undefined);
	expect(held).toMatchObject({ number: '+4369055500', account: 'Acme' });
	expect(held).not.toHaveProperty('note');
	expect(unknown).toMatchObject({
		number: '+14369055511',
		status: 'only in the list',
		note: expect.stringMatching(/“4369055511” was read as a number of North America/) as string,
	});
	expect(whole).toMatchObject({ number: '+14369055522', status: 'only in the list' });
	expect(whole).not.toHaveProperty('note');
});
