/** Fleet: Guard through n8n's engine: silent in the demo's ordinary week, awake when the simulator plays an attack. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo } from '../demo';

const HOUR = 3_600_000;
const STEP = 6;

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(2000);
});

afterEach(() => {
	jest.restoreAllMocks();
});

afterAll(async () => {
	await demo.close();
});

const guard = (more: IDataObject = {}): INodeParameters => ({
	resource: 'fleet',
	operation: 'guard',
	additionalFields: more as INodeParameters,
});

/** The test and the sandbox live at another time; it goes on from there. */
function travel(milliseconds: number): void {
	jest.restoreAllMocks();
	const real = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => real() + milliseconds);
}

it('gives no alarm in the ordinary week of the demo', async () => {
	const staticData: IDataObject = {};
	const alarms: string[] = [];
	for (let hours = 7 * 24; hours >= 0; hours -= STEP) {
		travel(-hours * HOUR);
		for (const { account, measure, finding } of await demo.records(guard(), { staticData }))
			alarms.push(`${hours} hours ago, ${String(account)}: ${String(measure)} ${String(finding)}`);
	}
	expect(alarms).toEqual([]);
	const memory = JSON.stringify(staticData);
	for (const { id } of demo.sandbox.demo.customers) expect(memory).toContain(id);
});

describe('an attack', () => {
	const attacked = () => demo.sandbox.demo.customers[0];
	let alarms: IDataObject[];
	const staticData: IDataObject = {};

	beforeAll(async () => {
		await demo.records(guard(), { staticData });
		for (let count = 0; count < 14; count++) {
			const call = { from: '102', to: `+2526123456${10 + count}`, account: attacked().id, speed: 1 };
			const response = await fetch(`${demo.sandbox.url}/sandbox/calls`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(call),
			});
			expect(response.status).toBe(200);
		}
		alarms = await demo.records(guard({ onlyNew: true }), { staticData });
	});

	it('is told, of the account that is attacked and of no other', () => {
		expect(new Set(alarms.map(({ account }) => account))).toEqual(new Set([attacked().name]));
		expect(alarms.map(({ measure }) => measure)).toEqual(
			expect.arrayContaining(['Calls at Once', 'Calls Abroad or Premium', 'Short Calls to One Country']),
		);
		expect(alarms.find(({ measure }) => measure === 'Calls Abroad or Premium')).toMatchObject({
			severity: 'critical',
			value: 14,
			countries: ['SO'],
		});
	});

	it('is told once when only new alarms are wanted, and each time otherwise', async () => {
		expect(await demo.records(guard({ onlyNew: true }), { staticData })).toEqual([]);
		expect((await demo.records(guard(), { staticData })).length).toBeGreaterThan(0);
	});

	it('comes with a ladder from the mildest to the hardest, each step of which is done and undone', async () => {
		const ladder = alarms[0]?.ladder as IDataObject[];
		expect(ladder.map(({ action }) => action)).toEqual([
			'Restrict calls abroad',
			'Hang the calls up',
			"Switch off the phone “Samuel's desk phone”",
			'Disable the account',
		]);
		expect((ladder[1]?.call_ids as unknown[]).length).toBe(14);
		for (const step of ladder.filter(({ plan }) => plan !== undefined)) {
			const applied = await demo.records(
				{ resource: 'changePlan', operation: 'apply', changesFrom: 'items' },
				{ items: [{ json: step }] },
			);
			expect(applied).toMatchObject([{ result: 'done' }]);
			const reverted = await demo.records(
				{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
				{ items: applied.map((json) => ({ json })) },
			);
			expect(reverted).toMatchObject([{ result: 'done' }]);
		}
	});

	it('thresholds that were given count instead of what was learned', async () => {
		const quiet = { callsAtOnce: 100, callsAbroad: 100, nightCalls: 100, minutes: 1e6, cost: 1e6 };
		const parameters = guard({ ...quiet, shortCalls: 100, logInFailures: 1000 });
		expect(await demo.records(parameters, { staticData: {} })).toEqual([]);
		const strict = guard({ ...quiet, shortCalls: 3, logInFailures: 1000, accountName: 'Blue' });
		expect(await demo.records(strict, { staticData: {} })).toMatchObject([
			{ measure: 'Short Calls to One Country', usual: 3, value: 14 },
		]);
	});
});

it('failed log-ins are counted, and an account that fails is named', async () => {
	const { id, name } = demo.sandbox.demo.customers[1];
	const timestamp = Math.floor(Date.now() / 1000) + 62_167_219_200 - 60;
	for (let count = 0; count < 25; count++)
		demo.sandbox.store.createMonthly(id, 'login_attempt', timestamp, { status: 'failed', timestamp });
	const only = { accountName: 'Cedar' };
	expect(await demo.records(guard(only), { staticData: {} })).toMatchObject([
		{ account: name, measure: 'Failed Log-Ins', value: 25 },
	]);
	demo.sandbox.faults([{ kind: 'status', status: 400, path: `/v2/accounts/${id}/channels` }]);
	const failed = await demo.records(guard(only), { staticData: {} });
	demo.sandbox.faults([]);
	expect(failed).toMatchObject([{ severity: 'not looked at', account: name }]);
});
