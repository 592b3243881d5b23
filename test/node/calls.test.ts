/** Whole calls through n8n's engine against the sandbox: Get Calls, Get Report, and what triggers make of them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { now } from '../../sandbox/values/time';
import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node';
import { Demo, id } from './demo';
import { ActivePoll } from './harness/triggers';

const DAY = 86_400;
const UNIX = 62_167_219_200;

let demo: Demo;
let account: string;
let ann: string;
let bob: string;

beforeAll(async () => {
	demo = await Demo.open(0);
	account = String(demo.sandbox.demo.customers[0]?.id);
	const users = await demo.records({
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		...demo.customer(0),
	});
	[ann, bob] = users.map(({ id: one }) => String(one)) as [string, string];
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

interface LegOptions {
	readonly at: number;
	readonly duration: number;
	readonly billed?: number;
	readonly user?: string;
	readonly other?: string;
	readonly more?: IDataObject;
	/** The record bears the time of the leg's beginning, as a third of all do. */
	readonly early?: boolean;
	readonly account?: string;
}

/** The record of a leg, as KAZOO writes it when the leg ends. */
function leg(callId: string, interaction: string, options: LegOptions): void {
	const { at, duration, billed = 0, user, other, more = {}, early = false } = options;
	const end = at + duration;
	demo.sandbox.store.createMonthly(options.account ?? account, 'cdr', end, {
		call_id: callId,
		interaction_id: `${at}-${interaction}`,
		interaction_key: interaction,
		interaction_time: at,
		call_direction: user === undefined ? 'inbound' : 'outbound',
		timestamp: early ? at : end,
		channel_created_time: (at - UNIX) * 1_000_000,
		duration_seconds: duration,
		billing_seconds: billed,
		hangup_cause: 'NORMAL_CLEARING',
		...(other === undefined ? {} : { other_leg_call_id: other }),
		...(user === undefined
			? {
					from: '+14155550199@carrier.example',
					to: '+16285550100@10.0.0.1',
					caller_id_number: '+14155550199',
				}
			: { from: '+14155550199@acme.example', to: `${callId}@acme.example` }),
		custom_channel_vars:
			user === undefined
				? { account_id: account }
				: {
						account_id: account,
						owner_id: user,
						authorizing_id: `device-of-${user}`,
						authorizing_type: 'device',
					},
		...more,
	});
}

let count = 0;

/** A call that rang at Ann's and Bob's; who answered talked for the rest of it. */
function call(at: number, duration: number, answeredBy?: string, place: string = account): string {
	const key = `c${++count}`;
	const early = count % 3 === 0;
	for (const user of [ann, bob])
		leg(`${key}-${user}`, key, {
			at,
			duration: user === answeredBy ? duration : Math.min(duration, 20),
			billed: user === answeredBy ? duration - 5 : 0,
			user,
			other: key,
			early,
			account: place,
			more: {
				hangup_cause:
					user === answeredBy ? 'NORMAL_CLEARING' : answeredBy === undefined ? 'NO_ANSWER' : 'LOSE_RACE',
			},
		});
	leg(key, key, {
		at,
		duration,
		billed: answeredBy === undefined ? 0 : duration - 5,
		early,
		account: place,
		more:
			answeredBy === undefined
				? { hangup_cause: 'NO_ANSWER' }
				: { other_leg_call_id: `${key}-${answeredBy}` },
	});
	return key;
}

const iso = (seconds: number): string => new Date((seconds - UNIX) * 1000).toISOString();

const getCalls = async (more: INodeParameters, options: INodeParameters = {}): Promise<IDataObject[]> =>
	await demo.records({
		resource: 'cdr',
		operation: 'getCalls',
		returnAll: true,
		simplify: false,
		...demo.customer(0),
		...more,
		options,
	});

describe('Get Calls', () => {
	const begin = now() - 60 * DAY;
	let calls: string[];

	beforeAll(() => {
		// Some of them over the end of a month, of a window and of a page
		calls = Array.from({ length: 400 }, (_, index) =>
			call(begin + 3600 + index * 10_000, index % 5 === 0 ? 9000 : 60, [ann, bob, undefined][index % 3]),
		);
	});

	test('one item a call, over months, windows and pages', async () => {
		const items = await getCalls({ from: iso(begin), to: iso(now()) }, { pageSize: 7 });
		expect(items.map(({ id: one }) => one)).toEqual([...calls].reverse());
		const results = (result: string): number => items.filter((item) => item.result === result).length;
		expect([results('answered'), results('missed')]).toEqual([267, 133]);
		for (const { phones } of items) expect(phones).toHaveLength(2);
		const [newest] = items;
		expect(newest).toMatchObject({
			account_id: account,
			direction: 'in',
			from: { number: '+14155550199' },
		});
		expect((newest?.phones as IDataObject[])[0]?.user_name).toEqual(expect.any(String));
	});

	test('the legs of a call that begins just before the end of the range are all there', async () => {
		const at = begin + 3600 + 100 * 10_000;
		const items = await getCalls({ from: iso(at - 5), to: iso(at + 1) });
		expect(items).toMatchObject([
			{ id: calls[100], duration_seconds: 9000, started_at: iso(at).replace('.000', '') },
		]);
		expect(items[0]?.phones).toHaveLength(2);
	});

	test('a limit, newest and oldest first', async () => {
		const limited = async (order: string) =>
			(await getCalls({ from: iso(begin), to: iso(now()), returnAll: false, limit: 3 }, { order })).map(
				({ id: one }) => one,
			);
		expect(await limited('newest')).toEqual(calls.slice(-3).reverse());
		const asked = demo.requests().filter(({ path }) => path.endsWith('/cdrs'));
		expect(asked.length).toBeLessThan(30);
		expect(await limited('oldest')).toEqual(calls.slice(0, 3));
	});

	test.each<[string, () => INodeParameters, number]>([
		['a result', () => ({ result: ['missed'] }), 133],
		['a number', () => ({ number: '415 555 0199' }), 400],
		['another number', () => ({ number: '+14155550000' }), 0],
		['a user', () => ({ user: id(ann) }), 400],
	])('filtered by %s', async (_, filter, expected) => {
		const items = await getCalls({ from: iso(begin), to: iso(now()), additionalFields: filter() });
		expect(items).toHaveLength(expected);
	});

	test('with its legs', async () => {
		const [item] = await getCalls({
			from: iso(begin),
			to: iso(now()),
			returnAll: false,
			limit: 1,
			additionalFields: { includeLegs: true },
		});
		expect(item?.legs).toHaveLength(3);
	});

	test('a call that goes on is left out', async () => {
		leg('phone-only', 'open', { at: now() - 60, duration: 20, billed: 10, user: ann, other: 'still-there' });
		const items = await getCalls({ from: iso(now() - 3600), to: iso(now()) });
		expect(items.map(({ id: one }) => one)).not.toContain('phone-only');
	});
});

describe('Poll Trigger: New Call', () => {
	test('a whole call once, also when its legs are written apart and after a restart', async () => {
		const activePoll = (): ActivePoll =>
			new ActivePoll(
				new KazooPollTrigger(),
				{ accountScope: 'one', accountId: id(account), event: 'newCall', simplify: false },
				{ credentials: demo.credentials },
			);
		let trigger = activePoll();
		await trigger.poll();
		const at = now() - 3000;
		leg('late-phone', 'late', { at, duration: 60, billed: 55, user: ann, other: 'late', early: true });
		expect(await trigger.poll()).toEqual([]);
		leg('late', 'late', { at, duration: 60, billed: 55, more: { other_leg_call_id: 'late-phone' } });
		const done = call(now() - 2000, 600, bob);
		call(now() - 30, 25, bob);
		const found = await trigger.poll();
		expect(found.map(({ json }) => json.id).sort()).toEqual([done, 'late'].sort());
		expect(found.every(({ json }) => json.result === 'answered')).toBe(true);
		trigger.save();
		trigger = Object.assign(trigger.restarted(), { emitted: trigger.emitted });
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.errors).toEqual([]);
	});
});

describe('Get Call Report', () => {
	const begin = now() - 100 * DAY;

	beforeAll(() => {
		for (let index = 0; index < 10; index++) call(begin + 60 + index * 3600, 25, index < 6 ? ann : undefined);
	});

	const report = async (by: string, more: INodeParameters = {}) =>
		await demo.records({
			resource: 'cdr',
			operation: 'getCallReport',
			returnAll: true,
			...demo.customer(0),
			from: iso(begin),
			to: iso(begin + DAY),
			by,
			additionalFields: more,
		});

	test('all calls of the account', async () => {
		expect(await report('account')).toMatchObject([
			{
				calls: 10,
				answered: 6,
				missed: 4,
				answer_rate: 0.6,
				service_level: 0.6,
				mean_waiting_seconds: 13,
				p90_waiting_seconds: 25,
				longest_waiting_seconds: 25,
				mean_talking_seconds: 20,
				talking_seconds: 120,
			},
		]);
	});

	test('by user: who was slower than another one has missed nothing', async () => {
		const rows = await report('user');
		const row = (user: string) => rows.find(({ key }) => key === user);
		expect(row(ann)).toMatchObject({ calls: 10, answered: 6, missed: 4 });
		expect(row(bob)).toMatchObject({ calls: 4, answered: 0, missed: 4 });
		expect(row(ann)?.name).toEqual(expect.any(String));
	});

	test('by hour and by day in a time zone, and a zone that there is not', async () => {
		const hours = await report('hour', { timeZone: 'UTC' });
		expect(hours).toHaveLength(10);
		expect(hours.every(({ calls }) => calls === 1)).toBe(true);
		const days = await report('direction', { interval: 'day', timeZone: 'Asia/Tokyo' });
		expect(days.every(({ period }) => /^\d{4}-\d\d-\d\d$/.test(String(period)))).toBe(true);
		expect(days.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(10);
		await expect(report('hour', { timeZone: 'Nowhere' })).rejects.toThrow(/no time zone “Nowhere”/);
	});
});

describe('Get Summary', () => {
	test('seconds that carriers carried, by direction and kind of number, as call records have them', async () => {
		const busy = await Demo.open(120);
		try {
			const customer = busy.customer(0);
			const rows = await busy.records({ resource: 'cdr', operation: 'getSummary', ...customer });
			expect(new Set(rows.map(({ direction }) => direction))).toEqual(new Set(['inbound', 'outbound']));
			for (const row of rows)
				expect(row).toMatchObject({
					number_type: expect.stringMatching(/^(did_us|international|tollfree_us|unknown)$/) as string,
					domain: expect.stringMatching(/\./) as string,
				});
			const legs = await busy.records({
				resource: 'cdr',
				operation: 'getAll',
				returnAll: true,
				simplify: false,
				...customer,
			});
			const inbound = legs.filter(
				({ direction, authorizing_id }) => direction === 'inbound' && !authorizing_id,
			);
			const seconds = (of: IDataObject[]) => of.reduce((all, one) => all + Number(one.billing_seconds), 0);
			expect(seconds(rows.filter(({ direction }) => direction === 'inbound'))).toBe(seconds(inbound));
			expect(seconds(inbound)).toBeGreaterThan(0);
			const paid = rows.find(({ seconds_by_rate: rates }) => Object.keys(rates as object).length > 0);
			expect(paid).toMatchObject({ direction: 'outbound' });
		} finally {
			await busy.close();
		}
	});
});
