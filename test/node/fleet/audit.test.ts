/** Fleet: Audit through n8n's engine: each planted fault is found once, a clean customer has none, fixes mend them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RuleName } from '../../../crossbar/catalogue/platform/fleetRules';
import { fleetRules } from '../../../crossbar/catalogue/platform/fleetRules';
import { Demo } from '../demo';
import { Customer, faults, OPTIONS } from './tree';

const NAMES = Object.keys(fleetRules) as RuleName[];
/** Two rules can only be tried after some time; the audit is told that it has passed. */
const MONTH = 31 * 86_400;

// Each look at the whole tree is a thousand requests
jest.setTimeout(120_000);

let demo: Demo;
let staticData: IDataObject;
const customers = new Map<string, Customer>();

const audit = (more: IDataObject = {}, parameters: INodeParameters = {}): INodeParameters => ({
	resource: 'fleet',
	operation: 'audit',
	additionalFields: { ...OPTIONS, ...more },
	...parameters,
});

const run = async (more: IDataObject = {}, parameters: INodeParameters = {}): Promise<IDataObject[]> =>
	await demo.records(audit(more, parameters), { staticData });

/** Lets time pass for phones that were seen off-line. */
function later(): void {
	const nodes = Object.values(staticData) as Array<Record<string, { offline?: Record<string, IDataObject> }>>;
	for (const memories of nodes)
		for (const { offline = {} } of Object.values(memories))
			for (const phones of Object.values(offline))
				for (const id of Object.keys(phones)) phones[id] = Number(phones[id]) - MONTH;
}

/** A few of them, for tests that look several times. */
const FEW = { accounts: 'clean, pinWeak, balanceLow' };

const told = (items: IDataObject[]): string[] =>
	items.map(({ account, rule_id: rule }) => `${account}: ${rule}`);

beforeAll(async () => {
	demo = await Demo.open(0);
	staticData = {};
	for (const [index, name] of [...NAMES, 'clean'].entries())
		customers.set(name, new Customer(demo.sandbox, name, index));
	for (const name of NAMES) faults[name](customers.get(name) as Customer);
	await run();
	later();
});

afterAll(async () => {
	await demo.close();
});

it('finds each planted fault once, and nothing in the clean customer', async () => {
	const items = await run();
	expect(told(items).sort()).toEqual(NAMES.map((name) => `${name}: ${name}`).sort());
	for (const item of items) {
		expect(item).toMatchObject({ severity: fleetRules[item.rule_id as RuleName].severity });
		expect(String(item.finding).length).toBeGreaterThan(10);
	}
});

it('gives the worst first, and the same IDs each time', async () => {
	const [first, second] = [await run(), await run()];
	const severities = first.map(({ severity }) => severity);
	const order = ['critical', 'warning', 'note'];
	expect(severities).toEqual(
		[...severities].sort((a, b) => order.indexOf(String(a)) - order.indexOf(String(b))),
	);
	expect(first.map(({ finding_id: id }) => id)).toEqual(second.map(({ finding_id: id }) => id));
	expect(new Set(first.map(({ finding_id: id }) => id)).size).toBe(first.length);
});

it('Only New gives what the last run has not found', async () => {
	await run({}, FEW);
	expect(await run({ onlyNew: true }, FEW)).toEqual([]);
	const clean = customers.get('clean') as Customer;
	clean.set('box', { pin: '101' });
	expect(told(await run({ onlyNew: true }, FEW))).toEqual(['clean: pinWeak']);
	expect(await run({ onlyNew: true }, FEW)).toEqual([]);
	clean.set('box', { pin: '839204' });
});

it('an account that fails is named, the rest goes on, and its findings are not new afterwards', async () => {
	const { id } = customers.get('pinWeak') as Customer;
	await run({}, FEW);
	demo.sandbox.faults([{ kind: 'status', status: 400, path: `/v2/accounts/${id}/vmboxes` }]);
	const items = await run({}, FEW);
	demo.sandbox.faults([]);
	const failed = items.filter(({ severity }) => severity === 'not looked at');
	expect(failed).toMatchObject([{ account: 'pinWeak', account_id: id }]);
	expect(String(failed[0]?.rule)).toContain(fleetRules.pinWeak.label);
	expect(told(items).filter((line) => !line.startsWith('pinWeak'))).toEqual(['balanceLow: balanceLow']);
	expect(await run({ onlyNew: true }, FEW)).toEqual([]);
});

it('reads each list and document once, and for one rule only what it needs', async () => {
	demo.sandbox.clearRequests();
	await run({}, { accounts: 'clean' });
	const paths = demo.requests().map(({ method, path }) => `${method} ${path}`);
	expect(paths.length).toBe(new Set(paths).size);
	demo.sandbox.clearRequests();
	await run({}, { accounts: 'clean', rules: ['numberTwice'] });
	expect(demo.requests().map(({ path }) => path.replace(/[0-9a-f]{32}/, 'ID'))).toEqual([
		'/v2/accounts/ID/descendants',
		'/v2/accounts/ID/callflows',
	]);
});

it('fixes are changes that Change Plan: Apply takes, after which the audit finds nothing of them', async () => {
	const fixable = (await run()).filter(({ plan }) => plan !== undefined);
	const names = new Set(fixable.map(({ rule_id: rule }) => rule));
	expect([...names].sort()).toEqual(
		[
			...['blueprintDeviation', 'callsAbroadAllowed', 'emergencyNoCallerId', 'forwardAbroad', 'holidayPast'],
			...[
				'mediaUnused',
				'numberForeign',
				'passwordWeak',
				'pinWeak',
				'ruleUnused',
				'timeZoneWrong',
				'webhookOff',
			],
		].sort(),
	);
	const applied = await demo.records(
		{
			resource: 'changePlan',
			operation: 'apply',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true, allowLarge: true },
		},
		{ items: fixable.map((json) => ({ json })) },
	);
	expect(applied.filter(({ result }) => result !== 'done')).toEqual([]);
	expect(told(await run()).filter((line) => names.has(line.split(': ')[1]))).toEqual([]);
});
