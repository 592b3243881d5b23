/** Phone Number: Move to Another Account, with what fails on the way. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id } from './demo';
import { CredentialStore } from './harness/credentials';

let demo: Demo;
let from: IDataObject;
let to: IDataObject;
let next = 0;
/** Only the master makes numbers. */
let master: CredentialStore;

beforeAll(async () => {
	demo = await Demo.open(0);
	const { username, password, name } = demo.sandbox.demo.master;
	const data = { serverUrl: demo.sandbox.url, login: 'password', username, password, account: name };
	master = new CredentialStore({ type: new CrossbarApi(), data });
	from = await demo.create('account', { name: 'Old Home' });
	to = await demo.create('account', { name: 'New Home' });
});

beforeEach(() => {
	demo.sandbox.faults([]);
});

afterAll(async () => {
	await demo.close();
});

const at = (account: IDataObject): INodeParameters => ({ accountScope: 'one', accountId: id(account.id) });

/** A number of the old account that a callflow answers. */
async function numbered(): Promise<{ number: string; flow: IDataObject }> {
	next += 1;
	const number = `+1415555${String(7000 + next)}`;
	await demo.records(
		{
			resource: 'phoneNumber',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"prepend": {"enabled": true, "name": "Old"}}',
			...at(from),
			phoneNumber: id(number),
		},
		{ credentials: master },
	);
	const flow = await demo.create(
		'callflow',
		{ numbers: [number, `77${next}`], flow: { module: 'hangup', data: {}, children: {} } },
		at(from),
	);
	return { number, flow };
}

const move = (number: string, releaseFirst = false): INodeParameters => ({
	resource: 'phoneNumber',
	operation: 'moveToAccount',
	...at(from),
	phoneNumber: id(number),
	toAccount: id('New Home'),
	additionalFields: { releaseFirst },
});

const owner = async (number: string): Promise<string> =>
	String(
		(await demo.first({ resource: 'phoneNumber', operation: 'identify', phoneNumber: id(number) }))
			.account_id,
	);
const numbersOf = async (flow: IDataObject): Promise<unknown> =>
	(await demo.first({ resource: 'callflow', operation: 'get', ...at(from), callflowId: id(flow.id) }))
		.numbers;

test('the number is in the other account, and in no callflow of the old one', async () => {
	const { number, flow } = await numbered();
	const moved = await demo.first(move(number));
	expect(moved).toMatchObject({ phone_number: number, account_name: 'New Home', state: 'in_service' });
	expect(moved.done).toBe(`Moved to New Home; Removed from callflow “${number}” of the old account`);
	expect(await owner(number)).toBe(to.id);
	expect(await numbersOf(flow)).toEqual([`77${next}`]);
});

test('what the server does not hand over stays, with the reason', async () => {
	const { number, flow } = await numbered();
	demo.sandbox.faults([
		{ kind: 'status', status: 403, method: 'PUT', path: `/v2/accounts/${String(to.id)}/` },
	]);
	const { error } = await demo.run(move(number));
	demo.sandbox.faults([]);
	expect(error?.description).toMatch(/The number is where it was/);
	expect(await owner(number)).toBe(from.id);
	expect(await numbersOf(flow)).toContain(number);
});

test('what was released and not taken goes back, and stays in its callflow', async () => {
	const { number, flow } = await numbered();
	demo.sandbox.faults([
		{ kind: 'status', status: 403, method: 'PUT', path: `/v2/accounts/${String(to.id)}/` },
	]);
	const { error } = await demo.run(move(number, true), { credentials: master });
	demo.sandbox.faults([]);
	expect(error?.description).toMatch(/Done so far: Released; Put back where it was/);
	expect(await owner(number)).toBe(from.id);
	expect(await numbersOf(flow)).toContain(number);
	expect(
		await demo.first({
			resource: 'phoneNumber',
			operation: 'get',
			...at(from),
			phoneNumber: id(number),
		}),
	).toMatchObject({ prepend: { enabled: true, name: 'Old' } });
});

test('a number that nobody has any more is said aloud', async () => {
	const { number } = await numbered();
	demo.sandbox.faults([{ kind: 'status', status: 403, method: 'PUT', path: '/v2/accounts/' }]);
	const { error } = await demo.run(move(number, true));
	demo.sandbox.faults([]);
	expect(error?.description).toMatch(/could not be put back .* Nobody has it now/);
});

test('to the account where it is, nothing is sent', async () => {
	const { number } = await numbered();
	const { error } = await demo.run({ ...move(number), toAccount: id('Old Home') });
	expect(error?.message).toMatch(/in that account already/);
});
