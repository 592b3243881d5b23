/** Opening hours through n8n's engine against the sandbox, judged by calls: who is reached at which time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { Demo, id } from './demo';

let demo: Demo;
let account: INodeParameters;
let accountId: string;
let flow: IDataObject;
let box: IDataObject;

const ZONE = 'America/New_York';
const USER = { module: 'user', data: { id: 'x', timeout: 20 }, children: {} };

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(async () => {
	const made = await demo.create('account', { name: `Hours ${Math.random()}`, timezone: ZONE });
	accountId = String(made.id);
	account = { accountScope: 'one', accountId: id(accountId) };
	const user = await demo.create('user', { first_name: 'Ann', last_name: 'Zweig' }, account);
	box = await demo.create('voicemailBox', { name: 'Night', mailbox: '900' }, account);
	flow = await demo.create(
		'callflow',
		{ name: 'Main Line', numbers: ['4711'], flow: { ...USER, data: { id: user.id, timeout: 20 } } },
		account,
	);
});

const hours = async (operation: string, more: object = {}): Promise<IDataObject[]> =>
	await demo.records({
		resource: 'openingHours',
		operation,
		...account,
		callflowId: id('4711'),
		...more,
	});

const stored = async (): Promise<IDataObject> =>
	await demo.first({
		resource: 'callflow',
		operation: 'get',
		simplify: false,
		...account,
		callflowId: id(flow.id),
	});
const rules = async (): Promise<IDataObject[]> =>
	await demo.records({ resource: 'timeOfDayRule', operation: 'getAll', returnAll: true, ...account });
const VOICEMAIL = { whileClosed: 'voicemail', vmbox: id('Night') };

/** The module that a call reaches first, by KAZOO's order: rules, keys, rule set, otherwise. */
async function reached(at: string): Promise<string> {
	const { flow: top } = await stored();
	let step = top as { module: string; data: IDataObject; children: Record<string, never> };
	if (step.module !== 'temporal_route') return step.module;
	const sets = await demo.records({
		resource: 'timeOfDayRuleSet',
		operation: 'getAll',
		returnAll: true,
		...account,
	});
	const inSet = sets.find((set) => set.id === step.data.rule_set)?.rules as string[] | undefined;
	const routes: Array<[string, string]> = [
		...((step.data.rules ?? []) as string[]).map((key): [string, string] => [key, key]),
		...(inSet ?? []).map((key): [string, string] => [key, 'rule_set']),
	];
	const local = new Date(at);
	for (const [rule, branch] of routes) {
		const document = await demo.first({
			resource: 'timeOfDayRule',
			operation: 'get',
			simplify: false,
			...account,
			temporalRuleId: id(rule),
			options: { rawDates: true },
		});
		if (!isNow(document, local)) continue;
		step = step.children[branch] as never;
		return step.module;
	}
	return (step.children._ as { module: string } | undefined)?.module ?? 'nothing';
}

/** A rule by the clock of the wall, written apart from the sandbox. */
function isNow(rule: IDataObject, wall: Date): boolean {
	const second = wall.getUTCHours() * 3600 + wall.getUTCMinutes() * 60;
	if (second < Number(rule.time_window_start ?? 0) || second > Number(rule.time_window_stop ?? 86_400))
		return false;
	const day = wall.toISOString().slice(0, 10);
	const weekday = wall.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' }).toLowerCase();
	switch (rule.cycle) {
		case 'weekly':
			return (rule.wdays as string[]).includes(weekday);
		case 'yearly':
			return (
				Number(rule.month) === wall.getUTCMonth() + 1 && (rule.days as number[]).includes(wall.getUTCDate())
			);
		default: {
			const unix = Number(rule.start_date) - 62_167_219_200;
			return new Date(unix * 1000).toLocaleDateString('en-CA', { timeZone: ZONE }) === day;
		}
	}
}

test('set: who rings by day, who by night, without a word of rules', async () => {
	const changes = await hours('setHours', { saturday: '10:00-12:00', ...VOICEMAIL });
	expect(changes.every(({ result }) => result === 'done')).toBe(true);
	expect(await reached('2026-12-02T09:00:00Z')).toBe('user');
	expect(await reached('2026-12-02T18:00:00Z')).toBe('voicemail');
	expect(await reached('2026-12-05T11:00:00Z')).toBe('user');
	expect(await reached('2026-12-06T11:00:00Z')).toBe('voicemail');
	expect((await rules()).map(({ name }) => name).sort()).toEqual([
		'Main Line: Mon-Fri 09:00-17:00',
		'Main Line: Sat 10:00-12:00',
	]);
	const { flow: top } = await stored();
	expect(Object.keys((top as { children: object }).children).sort()).toEqual(['_', 'rule_set']);
});

test('set again: nothing to do; other hours take the place of the old ones', async () => {
	await hours('setHours', VOICEMAIL);
	expect(await hours('setHours')).toMatchObject([{ change: 'Nothing' }]);
	await hours('setHours', { friday: '09:00-12:00, 13:00-16:00' });
	expect((await rules()).map(({ name }) => name).sort()).toEqual([
		'Main Line: Fri 09:00-12:00',
		'Main Line: Fri 13:00-16:00',
		'Main Line: Mon-Thu 09:00-17:00',
	]);
	expect(await reached('2026-12-04T12:30:00Z')).toBe('voicemail');
	expect(await reached('2026-12-04T15:00:00Z')).toBe('user');
});

test('hours after midnight belong to the day before', async () => {
	const night = { thursday: '', friday: '22:00-02:00', monday: '', tuesday: '', wednesday: '' };
	await hours('setHours', { ...night, ...VOICEMAIL });
	expect(await reached('2026-12-04T23:00:00Z')).toBe('user');
	expect(await reached('2026-12-05T01:00:00Z')).toBe('user');
	expect(await reached('2026-12-05T03:00:00Z')).toBe('voicemail');
});

test('what is set is taken back by Revert', async () => {
	const before = await stored();
	const changes = await hours('setHours', VOICEMAIL);
	const reverted = await demo.records(
		{
			resource: 'changePlan',
			operation: 'revert',
			changesFrom: 'items',
			additionalFields: { allowDeletes: true },
		},
		{ items: changes.map((json) => ({ json })) },
	);
	expect(reverted.every(({ result }) => result === 'done')).toBe(true);
	expect((await stored()).flow).toEqual(before.flow);
	expect(await rules()).toEqual([]);
});

test('holidays, once and every year; Reinstate opens again', async () => {
	await hours('setHours', VOICEMAIL);
	await hours('closeOnDates', { dates: '2030-12-30 to 2030-12-31', additionalFields: { occasion: 'Works' } });
	await hours('closeOnDates', { dates: '2030-12-24', additionalFields: { everyYear: true } });
	expect(await reached('2030-12-30T10:00:00Z')).toBe('voicemail');
	expect(await reached('2030-12-31T10:00:00Z')).toBe('voicemail');
	expect(await reached('2031-12-24T10:00:00Z')).toBe('voicemail');
	expect(await reached('2030-12-23T10:00:00Z')).toBe('user');
	await hours('reinstateHours', { dates: '2030-12-31' });
	expect(await reached('2030-12-31T10:00:00Z')).toBe('user');
	expect(await reached('2030-12-30T10:00:00Z')).toBe('voicemail');
	await hours('reinstateHours');
	expect(await reached('2030-12-30T10:00:00Z')).toBe('user');
	expect((await rules()).map(({ name }) => name)).toEqual(['Main Line: Mon-Fri 09:00-17:00']);
});

test('one day otherwise: closed, then open all day, then other hours; the last one counts', async () => {
	await hours('setHours', VOICEMAIL);
	const day = (more: object) => hours('overrideForDay', { date: '2030-12-03', ...more });
	await day({ override: 'closed' });
	expect(await reached('2030-12-03T10:00:00Z')).toBe('voicemail');
	await day({ override: 'open' });
	expect(await reached('2030-12-03T03:00:00Z')).toBe('user');
	await day({ override: 'hours', hours: '12:00-14:00' });
	expect(await reached('2030-12-03T10:00:00Z')).toBe('voicemail');
	expect(await reached('2030-12-03T13:00:00Z')).toBe('user');
	expect(await reached('2030-12-04T10:00:00Z')).toBe('user');
	expect(await rules()).toHaveLength(3);
	await hours('reinstateHours');
	expect(await reached('2030-12-03T10:00:00Z')).toBe('user');
});

test('of days some of which are over those that are to come are closed', async () => {
	await hours('closeOnDates', { dates: '2020-12-24, 2030-12-24', whileClosed: 'hangUp' });
	expect((await rules()).map(({ name }) => name)).toEqual(['Main Line: closed 2030-12-24']);
});

test('what was done is told in the words that people write', async () => {
	const changes = await hours('closeOnDates', { dates: '2030-12-24', whileClosed: 'hangUp' });
	const [rule, callflow] = changes.map(({ fields }) => String(fields));
	expect(rule).toMatch(/name: Main Line: closed 2030-12-24; start_date: 2030-12-2[34]T/);
	expect(callflow).toContain('flow.children.Main Line: closed 2030-12-24 (new)');
	expect(`${rule} ${callflow}`).not.toContain('<<');
	const [weekly] = await hours('setHours', { ...VOICEMAIL, monday: '9 am-5 pm' });
	expect(weekly?.fields).toContain('time_window_start: 09:00; time_window_stop: 17:00');
});

test('a number without hours: closed days alone, and the callflow is what it was afterwards', async () => {
	const before = await stored();
	const { error } = await demo.run({
		resource: 'openingHours',
		operation: 'closeOnDates',
		...account,
		callflowId: id('4711'),
		dates: '2030-12-24',
	});
	expect(error?.message).toMatch(/does not say what happens while it is closed/);
	await hours('closeOnDates', { dates: '2030-12-24', whileClosed: 'hangUp' });
	expect(await reached('2030-12-24T10:00:00Z')).toBe('hangup');
	expect(await reached('2030-12-25T10:00:00Z')).toBe('user');
	await hours('reinstateHours');
	expect((await stored()).flow).toEqual(before.flow);
});

test('a plan changes nothing, and does the same later', async () => {
	const plan = await hours('setHours', { ...VOICEMAIL, additionalFields: { onlyPlan: true } });
	expect(await rules()).toEqual([]);
	await demo.records(
		{ resource: 'changePlan', operation: 'apply', changesFrom: 'items' },
		{ items: plan.map((json) => ({ json })) },
	);
	expect(await reached('2026-12-02T18:00:00Z')).toBe('voicemail');
	expect(await hours('setHours', VOICEMAIL)).toMatchObject([{ change: 'Nothing' }]);
});

test('somebody’s own hours and holidays are understood, and his holidays stay', async () => {
	const rule = async (document: object) => String((await demo.create('timeOfDayRule', document, account)).id);
	const weekly = await rule({ name: 'Office', cycle: 'weekly', wdays: ['monday'], time_window_start: 0 });
	const holiday = await rule({ name: 'Founding Day', cycle: 'yearly', month: 12, days: [3] });
	const voicemail = { module: 'voicemail', data: { id: box.id }, children: {} };
	const { flow: open } = await stored();
	await demo.records({
		resource: 'callflow',
		operation: 'replace',
		...account,
		callflowId: id(flow.id),
		bodyMode: 'json',
		bodyJson: JSON.stringify({
			name: 'Main Line',
			numbers: ['4711'],
			flow: {
				module: 'temporal_route',
				data: { rules: [holiday, weekly], timezone: ZONE },
				children: {
					[holiday]: { module: 'hangup', data: {}, children: {} },
					[weekly]: open,
					_: voicemail,
				},
			},
		}),
	});
	await hours('setHours', {});
	expect(await reached('2030-12-03T10:00:00Z')).toBe('hangup');
	expect(await reached('2030-12-04T10:00:00Z')).toBe('user');
	expect(await reached('2030-12-04T20:00:00Z')).toBe('voicemail');
	expect((await rules()).map(({ name }) => name)).toContain('Office');
});

test.each([
	['setHours', { monday: '9 to five' }, /Monday: “9 to five” does not say from when to when/],
	['setHours', { monday: '17:00' }, /Monday: “17:00” does not say from when to when/],
	['closeOnDates', { dates: '2026-02-30', whileClosed: 'hangUp' }, /Dates: “2026-02-30” is no day/],
	['closeOnDates', { dates: '24.12.2026', whileClosed: 'hangUp' }, /is no day/],
	['closeOnDates', { dates: '2020-12-24', whileClosed: 'hangUp' }, /2020-12-24 is over.*Today is \d{4}-/s],
	['overrideForDay', { date: '2020-12-24', whileClosed: 'hangUp' }, /2020-12-24 is over/],
	[
		'overrideForDay',
		{ override: 'hours', hours: '22:00-02:00', whileClosed: 'hangUp' },
		/Hours end after midnight/,
	],
	['setHours', { whileClosed: 'voicemail', vmbox: id('Nobody') }, /none is called “Nobody”/],
])('%s: %j is refused before anything is written', async (operation, more, message) => {
	demo.sandbox.clearRequests();
	const { error } = await demo.run({
		resource: 'openingHours',
		operation,
		...account,
		callflowId: id('4711'),
		...more,
	});
	expect(`${error?.message} ${error?.description}`).toMatch(message);
	expect(demo.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('where a change fails, nothing is left of it', async () => {
	const before = await stored();
	demo.sandbox.faults([
		{ kind: 'status', status: 400, method: 'PATCH', path: `/v2/accounts/${accountId}/callflows` },
	]);
	const { error } = await demo.run({
		resource: 'openingHours',
		operation: 'setHours',
		...account,
		callflowId: id('4711'),
		...VOICEMAIL,
	});
	demo.sandbox.faults([]);
	expect(error?.description).toMatch(/rolled back/);
	expect(await rules()).toEqual([]);
	expect((await stored()).flow).toEqual(before.flow);
});

test('the holiday example closes the main line of the demo, and a second time finds nothing to do', async () => {
	const example = JSON.parse(
		readFileSync(join(__dirname, '../../examples/close-for-a-holiday.json'), 'utf8'),
	) as { nodes: Array<{ name: string; type: string; parameters: INodeParameters }> };
	const close = example.nodes.find(({ type }) => type === 'n8n-nodes-kazoo.kazoo');
	const holiday = {
		customer: 'Blue Door Dental',
		callflow: 'Main Line',
		dates: '2026-12-31',
		occasion: 'Party',
	};
	expect(example.nodes.filter(({ type }) => !type.endsWith('stickyNote'))).toHaveLength(3);
	const once = await demo.records(close?.parameters ?? {}, { items: [{ json: holiday }] });
	expect(once.map(({ result, name }) => [result, name])).toEqual([
		['done', 'Main Line: closed every 12-31 (Party)'],
		['done', 'Main Line'],
	]);
	const again = await demo.records(close?.parameters ?? {}, { items: [{ json: holiday }] });
	expect(again).toMatchObject([{ change: 'Nothing' }]);
});
