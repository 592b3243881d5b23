/** All of Fleet on a KAZOO 5: planted faults are found, changes planned, done and taken back, lists reconciled. */
import type { IDataObject } from 'n8n-workflow';

import type { RuleName } from '../../../crossbar/catalogue/platform/fleetRules';
import { Demo } from '../demo';
import { Customer, faults, OPTIONS } from './tree';

/** Of each severity, of lists and of whole documents. */
const PLANTED: readonly RuleName[] = [
	'callflowBroken',
	'callsAbroadAllowed',
	'emergencyNoCallerId',
	'forwardAbroad',
	'holidayPast',
	'limitsZero',
	'mailboxMailsNobody',
	'mediaUnused',
	'numberForeign',
	'numberRingsNowhere',
	'passwordWeak',
	'pinWeak',
	'ruleUnused',
	'timeZoneWrong',
	'userWithoutPhone',
	'webhookOff',
];

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0, { profile: 5 });
	for (const [index, name] of [...PLANTED, 'clean'].entries()) {
		const customer = new Customer(demo.sandbox, name, index);
		if (name !== 'clean') faults[name as RuleName](customer);
	}
});

afterAll(async () => {
	await demo.close();
});

const run = async (operation: string, more: object, items: IDataObject[] = []): Promise<IDataObject[]> =>
	await demo.records(
		{ resource: 'fleet', operation, ...more },
		items.length > 0 ? { items: items.map((json) => ({ json })) } : {},
	);

const audit = async (): Promise<IDataObject[]> => await run('audit', { additionalFields: { ...OPTIONS } });

const told = (items: IDataObject[]): string[] =>
	items.map(({ account, rule_id: rule }) => `${account}: ${rule}`).sort();

const revert = async (items: IDataObject[]): Promise<IDataObject[]> =>
	await demo.records(
		{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
		{ items: items.map((json) => ({ json })) },
	);

it('audits: each planted fault once, and nothing in the clean customer', async () => {
	expect(told(await audit())).toEqual(PLANTED.map((name) => `${name}: ${name}`).sort());
}, 120_000);

it('plans a change, applies it, finds nothing to do then, and takes it back', async () => {
	const change = {
		kind: 'device',
		patchFrom: 'json',
		patch: '{"media": {"audio": {"codecs": ["OPUS"]}}}',
		returnAll: true,
		additionalFields: { accountRealm: 'fleet.example' },
	};
	const planned = await run('planChange', change);
	expect(planned).toHaveLength(PLANTED.length + 1);
	const applied = await run(
		'apply',
		{ changesFrom: 'items', additionalFields: { allowLarge: true } },
		planned,
	);
	expect([...new Set(applied.map(({ result }) => result))]).toEqual(['done']);
	expect((await run('planChange', change)).map(({ change: word }) => word)).toEqual(['Nothing']);
	const back = await revert(applied);
	expect([...new Set(back.map(({ result }) => result))]).toEqual(['done']);
	expect(await run('planChange', change)).toHaveLength(planned.length);
}, 120_000);

it('reconciles numbers and seats', async () => {
	const rows = [
		{ did: '+4315550 0016', who: 'clean' },
		{ did: '+4319999999', who: 'clean' },
	];
	const additionalFields = { accountRealm: 'fleet.example' };
	const numbers = await run(
		'reconcileNumbers',
		{ listFrom: 'items', numberColumn: 'did', customerColumn: 'who', additionalFields },
		rows,
	);
	expect(numbers.find(({ number }) => number === '+4319999999')?.status).toBe('only in the list');
	expect(numbers.filter(({ status }) => status === 'only in KAZOO').length).toBeGreaterThan(5);
	const seats = await run(
		'reconcileSeats',
		{ listFrom: 'items', mapping: '{"users": "Seats"}', customerColumn: 'who', additionalFields },
		[{ who: 'clean', Seats: 3 }],
	);
	expect(seats.find(({ account }) => account === 'clean')).toMatchObject({
		counted: 1,
		billed: 3,
		status: 'other quantity',
	});
}, 120_000);
