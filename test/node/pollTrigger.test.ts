/** The Poll Trigger in n8n's poll context against the sandbox: each record once, whatever happens between polls. */
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node';
import { watches } from '../../crossbar/poll/watches';
import { createSandbox } from '../../sandbox';
import { now } from '../../sandbox/values/time';
import { Demo, id, node as kazoo } from './demo';
import { CredentialStore } from './harness/credentials';
import { binaryData, runNode } from './harness/engine';
import { ActivePoll } from './harness/triggers';
import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';

const DAY = 86_400;
const node = new KazooPollTrigger();

let demo: Demo;
let customer: string;

beforeAll(async () => {
	demo = await Demo.open(100);
	customer = demo.sandbox.demo.customers[0]?.id;
});

afterAll(async () => {
	await demo.close();
});

afterEach(() => {
	demo.sandbox.faults([]);
});

const idsOf = (items: INodeExecutionData[]): string[] => items.map(({ json }) => String(json.id));

function activate(parameters: INodeParameters, setup: { budget?: number; mode?: 'manual' } = {}): ActivePoll {
	return new ActivePoll(
		node,
		{ accountScope: 'one', accountId: id(customer), simplify: false, ...parameters },
		{ credentials: demo.credentials, ...setup },
	);
}

let calls = 0;

/** A call leg that ended at a time, in Gregorian seconds. */
function addCdr(at: number, account = customer): string {
	calls++;
	const { _id } = demo.sandbox.store.createMonthly(account, 'cdr', at, {
		call_id: `call-${calls}`,
		interaction_id: `${at}-${calls}`,
		interaction_key: String(calls),
		call_direction: 'inbound',
		timestamp: at,
		duration_seconds: 5,
		custom_channel_vars: {},
	});
	return _id;
}

/** Those of the wanted ids that came more than once or not at all. */
function amiss(wanted: readonly string[], emitted: readonly string[]): string[] {
	const count = new Map<string, number>();
	for (const one of emitted) count.set(one, (count.get(one) ?? 0) + 1);
	return wanted.filter((one) => count.get(one) !== 1);
}

describe('records', () => {
	test('nothing that was there comes; what is new comes once; nothing new is null', async () => {
		const trigger = activate({ event: 'newCdr' });
		expect(await trigger.poll()).toEqual([]);
		const added = [addCdr(now()), addCdr(now() - 600)];
		expect(idsOf(await trigger.poll()).sort()).toEqual([...added].sort());
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.errors).toEqual([]);
	});

	test('a leg that bears the time of its beginning comes when it ends, once', async () => {
		const options = { longestCall: 1 };
		const [usual, shorter] = [activate({ event: 'newCdr' }), activate({ event: 'newCdr', options })];
		await usual.poll();
		await shorter.poll();
		const [long, short] = [addCdr(now() - 4 * 3600), addCdr(now() - 3600 - 600)];
		expect(idsOf(await usual.poll()).sort()).toEqual([long, short].sort());
		expect(idsOf(await shorter.poll())).toEqual([short]);
		expect(await usual.poll()).toEqual([]);
	});

	test('10,000 CDRs of seven weeks with restarts and late rows: each exactly once', async () => {
		const begin = now() - 50 * DAY;
		const wanted: string[] = [];
		for (let index = 0; index < 9000; index++) wanted.push(addCdr(begin + 10 + index * 470));
		let trigger = activate({
			event: 'newCdr',
			start: 'date',
			startDate: new Date(Date.now() - 50 * DAY * 1000).toISOString(),
		});
		for (let round = 0; round < 20; round++) {
			await trigger.poll();
			for (let index = 0; index < 50; index++) wanted.push(addCdr(now() - index * 71));
			// Every third restart comes without warning: what was remembered since the last item is gone
			if (round % 3 === 0) trigger = Object.assign(trigger.restarted(), { emitted: trigger.emitted });
			if (round % 3 === 1) trigger.save();
		}
		await trigger.poll();
		await trigger.poll();
		expect(trigger.errors).toEqual([]);
		const emitted = idsOf(trigger.emitted);
		expect(amiss(wanted, emitted)).toEqual([]);
		expect(new Set(emitted).size).toBe(emitted.length);
		expect(trigger.saved.length).toBeLessThan(100_000);
	}, 120_000);

	test.each([
		['a day ahead for one poll', DAY, 1],
		['a day behind for one poll', -DAY, 1],
		['two hours ahead for good', 7_200, Infinity],
		['two hours behind for good', -7_200, Infinity],
	])('n8n’s clock is %s: each record once', async (_, off, polls) => {
		const trigger = activate({ event: 'newCdr' });
		await trigger.poll();
		const wanted: string[] = [];
		const emitted: string[] = [];
		const real = Date.now.bind(Date);
		const clock = jest.spyOn(Date, 'now');
		try {
			for (let turn = 0; turn < 6; turn++) {
				clock.mockImplementation(() => real() + (turn < polls ? off * 1_000 : 0));
				const at = Math.floor(real() / 1_000) + 62_167_219_200;
				wanted.push(addCdr(at - 1), addCdr(at - 600));
				emitted.push(...idsOf(await trigger.poll()));
			}
		} finally {
			clock.mockRestore();
		}
		expect([...emitted].sort()).toEqual([...wanted].sort());
	});

	test('the first poll fails: what the server writes late is not lost', async () => {
		const trigger = activate({ event: 'newVoicemail' });
		demo.sandbox.faults([{ kind: 'status', status: 500, path: '/^.*messages.*$/' }]);
		await trigger.poll();
		expect(trigger.errors).toHaveLength(1);
		demo.sandbox.faults([]);
		const cdrs = activate({ event: 'newCdr' });
		demo.sandbox.faults([{ kind: 'status', status: 500, path: '/^.*cdrs.*$/' }]);
		await cdrs.poll();
		demo.sandbox.faults([]);
		const late = [addCdr(now() - 300), addCdr(now() - 200), addCdr(now())];
		expect(amiss(late, idsOf(await cdrs.poll()))).toEqual([]);
		expect(await cdrs.poll()).toEqual([]);
	});

	test('two polls at once give each record once', async () => {
		const trigger = activate({ event: 'newCdr' });
		await trigger.poll();
		const added = addCdr(now());
		const both = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(idsOf(both.flat())).toEqual([added]);
	});

	test('requests stay within the range that the server accepts after months off', async () => {
		demo.sandbox.clearRequests();
		const trigger = activate({
			event: 'newVoicemail',
			start: 'date',
			startDate: new Date(Date.now() - 200 * DAY * 1000).toISOString(),
		});
		await trigger.poll();
		expect(trigger.errors).toEqual([]);
		const ranges = demo.requests().filter(({ query }) => query.created_from !== undefined);
		expect(ranges.length).toBeGreaterThan(6);
		for (const { query } of ranges)
			expect(Number(query.created_to) - Number(query.created_from)).toBeLessThanOrEqual(2_682_000);
	});

	test('a poll that has no time left gives what it has; the next ones give the rest', async () => {
		const trigger = activate(
			{ event: 'newCdr', start: 'date', startDate: new Date(Date.now() - DAY * 1000).toISOString() },
			{ budget: 0 },
		);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.errors).toEqual([]);
		const patient = activate({
			event: 'newCdr',
			start: 'date',
			startDate: new Date(Date.now() - DAY * 1000).toISOString(),
		});
		expect((await patient.poll()).length).toBeGreaterThan(100);
	});

	test('another event begins anew', async () => {
		const trigger = activate({ event: 'newCdr' });
		await trigger.poll();
		const other = new ActivePoll(
			node,
			{ accountScope: 'one', accountId: id(customer), event: 'newCall', simplify: false },
			{ credentials: demo.credentials, saved: trigger.saved },
		);
		expect(await other.poll()).toEqual([]);
		// A call counts as over some seconds after its last leg
		addCdr(now() - 60);
		expect(await other.poll()).toHaveLength(1);
	});

	test('a voicemail comes with its sound; one without says so and does not hold up the others', async () => {
		const trigger = activate({ event: 'newVoicemail', downloadFile: true });
		await trigger.poll();
		const box = demo.sandbox.store.database(customer).list('vmbox')[0]?._id as string;
		const message = { source_id: box, metadata: { folder: 'new', timestamp: now(), length: 1000 } };
		const { store } = demo.sandbox;
		const content = Buffer.from('RIFF of a voice');
		store.createMonthly(customer, 'mailbox_message', now(), message, {
			attachment: { name: 'message.wav', contentType: 'audio/x-wav', data: content },
		});
		store.createMonthly(customer, 'mailbox_message', now(), message);
		const items = await trigger.poll();
		expect(trigger.errors).toEqual([]);
		expect(items).toHaveLength(2);
		const withFile = items.find(({ binary }) => binary);
		const file = await binaryData.getAsBuffer(withFile?.binary?.data as IBinaryData);
		expect(file).toEqual(content);
		expect(items.find(({ binary }) => !binary)?.json.file_error).toEqual(expect.any(String));
	});

	const sound = { name: 'sound.wav', contentType: 'audio/x-wav', data: Buffer.from('RIFF of a call') };
	const pages = { name: 'pages.pdf', contentType: 'application/pdf', data: Buffer.from('%PDF of a fax') };
	test.each([
		['newRecording', 'call_recording', { duration: 5 }, sound],
		['newReceivedFax', 'fax', { folder: 'inbox' }, pages],
		['newSentFax', 'fax', { folder: 'outbox' }, pages],
	])('%s: once, with its file, also when it was written late', async (event, type, fields, attachment) => {
		const trigger = activate({ event, downloadFile: true });
		expect(await trigger.poll()).toEqual([]);
		const add = (at: number): string =>
			demo.sandbox.store.createMonthly(customer, type, at, fields, { attachment })._id;
		const added = [add(now() - 4 * 3600), add(now())];
		const items = await trigger.poll();
		expect(trigger.errors).toEqual([]);
		expect(idsOf(items)).toEqual(added);
		for (const { binary } of items)
			expect(await binaryData.getAsBuffer(binary?.data as IBinaryData)).toEqual(attachment.data);
		expect(await trigger.restarted().poll()).toEqual([]);
	});

	test('dates are ISO dates, and raw when asked for', async () => {
		for (const [options, expected] of [
			[{}, expect.stringMatching(/^20\d\d-.*Z$/)],
			[{ rawDates: true }, expect.stringMatching(/^6\d{10}$/)],
		] as const) {
			const trigger = activate({ event: 'newCdr', options });
			await trigger.poll();
			addCdr(now());
			expect((await trigger.poll())[0]?.json.timestamp).toEqual(expected);
		}
	});
});

describe('all sub-accounts', () => {
	const accounts = () => demo.sandbox.demo.customers.map(({ id: one }) => one);
	const all = (event: string) => activate({ event, accountScope: 'descendants' });

	test('items say whose they are; an account that is new in the meantime is watched too', async () => {
		const trigger = all('newCdr');
		await trigger.poll();
		const created = demo.sandbox.store.createAccount(
			{ name: 'New Customer', realm: 'new.example' },
			{ parentId: demo.sandbox.demo.reseller.id },
		)._id;
		const wanted = [...accounts(), created];
		const added = wanted.map((one) => addCdr(now(), one));
		const items = await trigger.poll();
		expect(idsOf(items).sort()).toEqual([...added].sort());
		expect(new Set(items.map(({ json }) => json.account_id))).toEqual(new Set(wanted));
		expect(items.every(({ json }) => typeof json.account_name === 'string')).toBe(true);
	});

	test('one that fails does not hold up the others, is reported once, and loses nothing', async () => {
		const trigger = all('newCdr');
		await trigger.poll();
		const [failing, working] = accounts() as [string, string];
		const missed = addCdr(now(), failing);
		const seen = addCdr(now(), working);
		demo.sandbox.faults([{ kind: 'status', status: 500, path: `/v2/accounts/${failing}/cdrs` }]);
		expect(idsOf(await trigger.poll())).toEqual([seen]);
		expect(trigger.errors).toHaveLength(1);
		expect(trigger.errors[0]?.message).toMatch(/^Bakery|^[A-Z].+: /);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.errors).toHaveLength(1);
		demo.sandbox.faults([]);
		expect(idsOf(await trigger.poll())).toEqual([missed]);
		expect(trigger.errors).toHaveLength(1);
	}, 60_000);

	test('when all fail, the poll fails', async () => {
		const trigger = all('newRecording');
		await trigger.poll();
		demo.sandbox.faults([{ kind: 'status', status: 403, path: '/^.*recordings.*$/' }]);
		await trigger.poll();
		expect(trigger.errors).toHaveLength(1);
	});
});

describe('states', () => {
	test('phones that go off-line and come on-line, with their names', async () => {
		const database = demo.sandbox.store.database(customer);
		const device = database.list('device').find(({ pvt_registered: online }) => online === true);
		if (!device) throw new Error('The demo has no registered phone');
		const off = activate({ event: 'deviceOffline' });
		const on = activate({ event: 'deviceOnline' });
		expect([...(await off.poll()), ...(await on.poll())]).toEqual([]);
		demo.sandbox.store.save(customer, { ...device, pvt_registered: false });
		expect((await off.poll()).map(({ json }) => json)).toMatchObject([
			{ device_id: device._id, name: device.name, registered: false },
		]);
		expect(await on.poll()).toEqual([]);
		demo.sandbox.store.save(customer, { ...database.get(device._id, 'device')!, pvt_registered: true });
		expect(await off.poll()).toEqual([]);
		expect((await on.poll()).map(({ json }) => json)).toMatchObject([
			{ device_id: device._id, registered: true },
		]);
	});

	test('a port request that moves on', async () => {
		const trigger = activate({ event: 'portRequestStateChanged' });
		await trigger.poll();
		const port = await demo.create(
			'portRequest',
			{ name: 'Port of the test', numbers: { '+14155559911': {} } },
			demo.customer(0),
		);
		expect((await trigger.poll()).map(({ json }) => json)).toMatchObject([
			{ id: port.id, port_state: 'unconfirmed', previous_state: null },
		]);
		await demo.first({
			resource: 'portRequest',
			operation: 'submit',
			portRequestId: id(port.id),
			...demo.customer(0),
		});
		expect((await trigger.poll()).map(({ json }) => json)).toMatchObject([
			{ id: port.id, port_state: 'submitted', previous_state: 'unconfirmed' },
		]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('a balance that falls below an amount starts the workflow once', async () => {
		const trigger = activate({ event: 'balanceBelow', threshold: 10 });
		const book = (amount: number) =>
			demo.sandbox.store.createMonthly(customer, 'ledger', now(), { amount, source: { service: 'adhoc' } });
		book(1_000_000);
		await trigger.poll();
		book(-2_000_000);
		expect((await trigger.poll()).map(({ json }) => json)).toEqual([
			{ account_name: 'Blue Door Dental', amount: expect.any(Number) as number },
		]);
		book(-1);
		expect(await trigger.poll()).toEqual([]);
	});

	test('a number that is added and removed', async () => {
		const trigger = activate({ event: 'numberChanged' });
		expect(await trigger.poll()).toEqual([]);
		const numbers = demo.sandbox.store.database('numbers').list('number');
		const number = numbers.find(({ pvt_assigned_to: to }) => to === customer);
		if (!number) throw new Error('The demo customer has no number');
		demo.sandbox.store.save('numbers', { ...number, pvt_assigned_to: demo.sandbox.demo.reseller.id });
		expect((await trigger.poll()).map(({ json }) => json)).toEqual([
			{ account_name: 'Blue Door Dental', id: number._id, change: 'removed' },
		]);
		demo.sandbox.store.save('numbers', number);
		expect((await trigger.poll()).map(({ json }) => json)).toMatchObject([
			{ id: number._id, change: 'added' },
		]);
	});
});

describe('KAZOO 5', () => {
	test('tasks that finish, and ledger entries', async () => {
		const sandbox = await createSandbox({ quiet: true, cdrs: 0, profile: 5 });
		try {
			const data = { serverUrl: sandbox.url, login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey };
			const credentials = new CredentialStore({ type: new CrossbarApi(), data });
			const at = (event: string) => new ActivePoll(node, { event, accountScope: 'mine' }, { credentials });
			const ledger = at('newLedgerEntry');
			const tasks = at('taskFinished');
			await ledger.poll();
			await tasks.poll();
			const run = async (parameters: INodeParameters): Promise<IDataObject> => {
				const { items, error } = await runNode(
					kazoo,
					{ accountScope: 'mine', ...parameters },
					{ credentials },
				);
				if (error) throw error;
				return items[0]?.json as IDataObject;
			};
			const task = await run({
				resource: 'bulkTask',
				operation: 'create',
				category: 'number_management',
				action: 'list',
			});
			expect(await tasks.poll()).toEqual([]);
			await run({ resource: 'bulkTask', operation: 'start', taskId: id(task.id) });
			let finished: INodeExecutionData[] = [];
			for (let wait = 0; wait < 50 && finished.length === 0; wait++) {
				await sleep(50);
				finished = await tasks.poll();
			}
			expect(finished.map(({ json }) => json)).toMatchObject([{ id: task.id, status: 'success' }]);
			expect(await tasks.poll()).toEqual([]);
			const { id: account } = sandbox.demo.reseller;
			const entry = sandbox.store.createMonthly(account, 'ledger', now(), {
				amount: 5,
				source: { service: 'adhoc', id: 'x' },
			});
			expect(idsOf(await ledger.poll())).toEqual([entry._id]);
			expect(await ledger.poll()).toEqual([]);
			expect([...ledger.errors, ...tasks.errors]).toEqual([]);
		} finally {
			await sandbox.close();
		}
	});

	test('ledger entries on KAZOO 4: says why they cannot be watched', async () => {
		const trigger = activate({ event: 'newLedgerEntry' });
		await trigger.poll();
		expect(trigger.errors[0]?.message).toMatch(/needs KAZOO 5/);
	});
});

describe('fetch test event', () => {
	test.each(watches.filter(({ version }) => version !== 5).map(({ value }) => value))(
		'%s: an example, or a sentence, and nothing is remembered',
		async (event) => {
			const trigger = activate({ event, accountScope: 'descendants' }, { mode: 'manual' });
			const before = trigger.saved;
			const items = await trigger.poll();
			if (items.length === 0)
				expect(trigger.errors[0]?.message).toMatch(/^There is nothing yet|^The database refused the query/);
			else expect(items).toHaveLength(1);
			trigger.save();
			expect(trigger.saved).toBe(before);
		},
	);

	test.each([
		['deviceOffline', false],
		['deviceOnline', true],
	])('%s: the phone is shown as the event has it', async (event, registered) => {
		const [item] = await activate({ event }, { mode: 'manual' }).poll();
		expect(item?.json).toMatchObject({ registered, device_id: expect.any(String) as string });
	});

	test('the newest record', async () => {
		// An account of its own: other tests add records of the same second, and which of two is newer nobody knows
		const { _id: account } = demo.sandbox.store.createAccount(
			{ name: 'Quiet Customer', realm: 'quiet.example' },
			{ parentId: demo.sandbox.demo.reseller.id },
		);
		addCdr(now() - 100, account);
		const newest = addCdr(now(), account);
		const parameters = { event: 'newCdr', accountId: id(account) };
		const [item] = await activate(parameters, { mode: 'manual' }).poll();
		expect(item?.json.id).toBe(newest);
	});
});

test('a wrong start date is refused with its name', async () => {
	const trigger = activate({ event: 'newCdr', start: 'date', startDate: 'yesterday' });
	await trigger.poll();
	expect((trigger.errors[0] as Error & { message: string }).message).toMatch(/“yesterday” is not a date/);
	const none: IDataObject = JSON.parse(trigger.saved) as IDataObject;
	expect(JSON.stringify(none)).not.toMatch(/memory/);
});
