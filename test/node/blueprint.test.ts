/** Customer Blueprint and Change Plan through n8n's engine against the sandbox: whole customers out, in, and back again. */
import type { IDataObject } from 'n8n-workflow';

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
