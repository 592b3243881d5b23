/** Fleet: Audit through n8n's engine: several fixes of one document, and faults of lists that a server may lack. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo } from '../demo';
import { Customer } from './tree';

let demo: Demo;
let customer: Customer;

const NOBODY = 'f'.repeat(32);

beforeEach(async () => {
	demo = await Demo.open(0);
	customer = new Customer(demo.sandbox, 'one', 0);
});

afterEach(async () => {
	await demo.close();
});

const audit = async (rules: string[], more: IDataObject = {}): Promise<IDataObject[]> =>
	await demo.records({
		resource: 'fleet',
		operation: 'audit',
		accounts: 'one',
		rules,
		additionalFields: more,
	} as INodeParameters);

const given = (items: IDataObject[]) => ({ items: items.map((json) => ({ json })) });

const apply = async (resource: 'changePlan' | 'fleet', items: IDataObject[]): Promise<IDataObject[]> =>
	await demo.records(
		{ resource, operation: 'apply', changesFrom: 'items', additionalFields: { allowLarge: true } },
		given(items),
	);

const document = (name: string): IDataObject =>
	demo.sandbox.store.database(customer.id).raw(customer.key(name)) as unknown as IDataObject;

const FOREIGN = ['+4317770001', '+4317770002', '+4317770003'];

/** One callflow with three numbers of somebody else, one phone with two faults. */
function plant(): void {
	customer.flow('foreign', [FOREIGN[0], '104', FOREIGN[1], FOREIGN[2]] as string[], {
		module: 'hangup',
		data: {},
		children: {},
	});
	customer.set('phone', {
		owner_id: NOBODY,
		sip: { username: 'ada_1', password: 'password123', method: 'password' },
	});
}

const RULES = ['numberForeign', 'passwordWeak', 'phoneWithoutOwner'];

describe.each(['changePlan', 'fleet'] as const)('several findings of one document, by %s', (resource) => {
	beforeEach(plant);

	it('are all mended, none overwrites another, and Revert brings back what was there', async () => {
		const before = document('foreign').numbers;
		const items = await audit(RULES);
		expect(items.map(({ rule_id: rule }) => rule).sort()).toEqual([
			...['numberForeign', 'numberForeign', 'numberForeign', 'passwordWeak', 'phoneWithoutOwner'],
		]);
		expect(items.every(({ plan }) => typeof plan === 'string')).toBe(true);
		const applied = await apply(resource, items);
		expect(applied.map(({ result }) => result)).toEqual(items.map(() => 'done'));
		expect(document('foreign').numbers).toEqual(['104']);
		expect(document('phone').owner_id).toBeUndefined();
		expect(await audit(RULES)).toEqual([expect.objectContaining({ rule_id: 'phoneWithoutOwner' })]);

		const back = await demo.records(
			{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
			given(applied),
		);
		expect(back.filter(({ result }) => result === 'failed')).toEqual([]);
		expect([...(document('foreign').numbers as string[])].sort()).toEqual([...(before as string[])].sort());
		expect(document('phone').owner_id).toBe(NOBODY);
	});

	it('of which one is left out are mended without it', async () => {
		const items = await audit(RULES);
		const left = items.filter(({ finding }) => !String(finding).includes(String(FOREIGN[1])));
		await apply(resource, left);
		expect(document('foreign').numbers).toEqual(['104', FOREIGN[1]]);
	});
});

describe('a list that a server may lack', () => {
	const path = '/webhooks';
	const fault = (at: string, status: number) => ({ kind: 'status' as const, status, path: at });
	const notLooked = (items: IDataObject[]) => items.filter(({ severity }) => severity === 'not looked at');

	it.each([404, 503])('and that fails with %s in the only account is told', async (status) => {
		demo.sandbox.faults([fault(`/v2/accounts/${customer.id}${path}`, status)]);
		const [item, ...others] = notLooked(await audit(['webhookOff']));
		expect(others).toEqual([]);
		expect(item).toMatchObject({ account: 'one', account_id: customer.id });
		expect(String(item?.finding)).toContain('webhooks');
	});

	it('is passed over where the server has none', async () => {
		demo.sandbox.faults([fault('/\\/webhooks/', 404)]);
		expect(await audit(['webhookOff'])).toEqual([]);
	});
});
