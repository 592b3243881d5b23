/** Port Request: Create with its documents, submitted or not, and what is said when a step fails. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';
import type { NodeResult } from './harness/engine';

let demo: Demo;
let next = 0;

beforeAll(async () => {
	demo = await Demo.open(0);
});

beforeEach(() => {
	demo.sandbox.faults([]);
});

afterAll(async () => {
	await demo.close();
});

const pdf = (fileName: string) => ({
	data: Buffer.from(`%PDF-1.4 ${fileName}`).toString('base64'),
	fileName,
	mimeType: 'application/pdf',
});

async function create(
	more: INodeParameters,
	binary: Record<string, ReturnType<typeof pdf>>,
): Promise<NodeResult> {
	next += 1;
	const document = {
		name: `Order ${next}`,
		numbers: `+1415555${8000 + next}, (415) 555-${9000 + next}`,
		signee_name: 'Ann Zweig',
		bill: { carrier: 'Old Phone Co', name: 'Blue Door' },
	};
	return await demo.run(
		{
			resource: 'portRequest',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: JSON.stringify(document),
			...demo.customer(0),
			...more,
		},
		{ items: [{ json: {}, binary }] },
	);
}

const attached = async (record: IDataObject | undefined): Promise<unknown> =>
	(
		await demo.records({
			resource: 'portRequest',
			operation: 'getAttachments',
			...demo.customer(0),
			portRequestId: id(record?.id),
		})
	)
		.map(({ name }) => name)
		.sort();

test('numbers as a list, files as documents, sent at once', async () => {
	const { error, items } = await create(
		{ documents: 'bill, loa', submit: true },
		{ bill: pdf('bill.pdf'), loa: pdf('loa.pdf') },
	);
	expect(error).toBeUndefined();
	const record = items[0]?.json;
	expect(record).toMatchObject({ port_state: 'submitted', documents: ['bill.pdf', 'loa.pdf'] });
	expect(Object.keys(record?.numbers as object)).toEqual([
		`+1415555${8000 + next}`,
		`+1415555${9000 + next}`,
	]);
	expect(await attached(record)).toEqual(['bill.pdf', 'loa.pdf']);
});

test('without documents it is what it always was', async () => {
	const { items } = await create({}, {});
	expect(items[0]?.json).toMatchObject({ port_state: 'unconfirmed' });
	expect(items[0]?.json).not.toHaveProperty('documents');
});

test('a missing file, or two of one name, are said before anything is sent', async () => {
	demo.sandbox.clearRequests();
	const missing = await create({ documents: 'bill, loa' }, { bill: pdf('bill.pdf') });
	expect(missing.error?.message).toBe('The item has no file in “loa”');
	const twice = await create({ documents: 'a, b' }, { a: pdf('x.pdf'), b: pdf('x.pdf') });
	expect(twice.error?.message).toBe('Two documents are called “x.pdf”');
	expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('what was done stands in the error', async () => {
	demo.sandbox.faults([{ kind: 'status', status: 400, method: 'PATCH', path: '/submitted$/' }]);
	const { error } = await create({ documents: 'bill', submit: true }, { bill: pdf('bill.pdf') });
	expect(error?.description).toMatch(
		/Done so far: Created port request \w{32}; Attached bill\.pdf\. It stays/,
	);
});

test('a document in another field is named with those that are there', async () => {
	const { error } = await create({ documents: 'bill' }, { data: pdf('bill.pdf') });
	expect(error?.message).toBe('The item has no file in “bill”');
	expect(error?.description).toMatch(/Write the name of the binary field that has it: data\.$/);
});

test('a number without its area code is none that can be ported', async () => {
	const bodyJson = JSON.stringify({ name: 'Order', numbers: '+14155558999, 555-9002' });
	demo.sandbox.clearRequests();
	const { error } = await create({ bodyJson }, {});
	expect(error?.message).toBe('Numbers cannot be “555-9002”: it is not a whole phone number');
	expect(demo.requests().filter(({ path }) => path.endsWith('/port_requests'))).toEqual([]);
});
