/** Ledger: Credit and Debit, booked side by side. */
import { Demo } from './demo';
import type { NodeResult } from './harness/engine';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
	// All of it in one second
	const at = Date.now();
	jest.spyOn(Date, 'now').mockReturnValue(at);
});

afterAll(async () => {
	jest.restoreAllMocks();
	await demo.close();
});

const book = async (operation: string, sourceId: string): Promise<NodeResult> =>
	await demo.run({
		resource: 'ledger',
		operation,
		...demo.customer(0),
		amount: 5,
		sourceService: 'adhoc',
		sourceId,
		usageType: 'setup',
		usageQuantity: 1,
		usageUnit: 'unit',
	});

test('two of the same source and usage in one second are one to KAZOO: the second is refused, and told so', async () => {
	expect((await book('credit', 'invoice 1')).items[0]?.json.amount).toBe(5);
	const { error } = await book('debit', 'invoice 1');
	expect(error?.message).toBe('There is a booking of this second with the same source and usage');
	expect(error?.description).toMatch(/Nothing was booked\. Give another Source ID/);
	expect((await book('debit', 'invoice 2')).items[0]?.json.amount).toBe(-5);
});
