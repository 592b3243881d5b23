/** What customers pay: service plans in a blueprint, and what the changes of a plan cost. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Demo, id } from './demo';
import { CredentialStore } from './harness/credentials';
import type { NodeOptions } from './harness/engine';

const SEATS = 'Harbor Seats';
const TRUNKS = 'Harbor Trunks';
const ANA = { first_name: 'Ana', last_name: 'Ames', username: 'ana' };

let demo: Demo;
let accountId: string;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(async () => {
	demo.sandbox.faults([]);
	accountId = String((await demo.create('account', { name: `Paying ${Math.random()}` })).id);
});

const about = (operation: string, more: object = {}): INodeParameters => ({
	resource: 'customerBlueprint',
	operation,
	accountScope: 'one',
	accountId: id(accountId),
	...more,
});

const blueprint = async (
	operation: 'apply' | 'plan',
	document: object,
	more: IDataObject = {},
	run: NodeOptions = {},
	options: IDataObject = {},
): Promise<IDataObject[]> =>
	await demo.records(
		about(operation, { blueprint: JSON.stringify(document), additionalFields: more, options }),
		run,
	);

const exported = async (options: NodeOptions = {}): Promise<IDataObject> =>
	await demo.first(about('exportDocument'), options);

const plans = (...names: string[]) => ({ service_plans: names.map((name) => ({ name })) });

/** Whom KAZOO asks whether it may charge: the account itself, by its API key. */
function ofTheCustomer(): NodeOptions {
	const apiKey = demo.sandbox.store.account(accountId)?.pvt_api_key;
	const data = { serverUrl: demo.sandbox.url, login: 'apiKey', apiKey: String(apiKey) };
	return { credentials: new CredentialStore({ type: new CrossbarApi(), data }) };
}

const wrote = (): string[] =>
	demo
		.requests()
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{32}/g, 'ID')}`);

describe('service plans', () => {
	it('are assigned by name, exported, found to be there, and taken back', async () => {
		expect(await exported()).not.toHaveProperty('service_plans');
		const applied = await blueprint('apply', plans(SEATS, TRUNKS));
		expect(applied.map(({ result, change, name }) => [result, change, name])).toEqual([
			['done', 'Create', SEATS],
			['done', 'Create', TRUNKS],
		]);
		expect((await exported()).service_plans).toEqual([{ name: SEATS }, { name: TRUNKS }]);
		expect((await blueprint('plan', plans(SEATS))).map(({ change }) => change)).toEqual(['Nothing']);

		const items = applied.map((json) => ({ json }));
		const back = await demo.records(
			{
				resource: 'changePlan',
				operation: 'revert',
				changesFrom: 'items',
				additionalFields: { allowDeletes: true },
			},
			{ items },
		);
		expect(back.map(({ result }) => result)).toEqual(['done', 'done']);
		expect(await exported()).not.toHaveProperty('service_plans');
	});

	it('that the blueprint does not name go when it says so, and come back', async () => {
		await blueprint('apply', plans(SEATS, TRUNKS));
		const applied = await blueprint('apply', plans(TRUNKS), { removeOthers: true, allowDeletes: true });
		expect(applied.map(({ change, name }) => [change, name])).toEqual([['Delete', SEATS]]);
		expect((await exported()).service_plans).toEqual([{ name: TRUNKS }]);
		await demo.records(
			{ resource: 'changePlan', operation: 'revert', changesFrom: 'items' },
			{ items: applied.map((json) => ({ json })) },
		);
		expect((await exported()).service_plans).toEqual([{ name: SEATS }, { name: TRUNKS }]);
	});

	it('that nobody offers are told with those that are offered, before anything is written', async () => {
		demo.sandbox.clearRequests();
		await expect(blueprint('apply', { users: [ANA], ...plans('Gold') })).rejects.toThrow(
			/Gold.*Harbor Seats/s,
		);
		expect(wrote()).toEqual([]);
	});

	it('have nothing else to be said of', async () => {
		await expect(
			blueprint('plan', { service_plans: [{ name: SEATS, overrides: { rate: 1 } }] }),
		).rejects.toThrow(/overrides/);
	});

	it('that the credential may not see are left out of the export, which says so', async () => {
		const path = `/v2/accounts/${accountId}/services`;
		demo.sandbox.faults([{ kind: 'status', status: 403, path }]);
		const document = await exported();
		expect(document.left_out).toEqual({ service_plans: expect.stringMatching(/may not see/) });
		await expect(blueprint('plan', plans(SEATS))).rejects.toThrow(/may not see/);
		demo.sandbox.faults([]);
		// What says that it is not whole can be applied all the same
		expect((await blueprint('plan', document)).map(({ change }) => change)).toEqual(['Nothing']);
	});
});

describe('what a plan costs', () => {
	it('stands in its items, by the price list, and nothing is written to learn it', async () => {
		await blueprint('apply', plans(SEATS));
		demo.sandbox.clearRequests();
		const items = await blueprint('plan', {
			users: [ANA],
			devices: [{ name: 'Desk', owner_id: 'Ana Ames' }],
			voicemail_boxes: [{ name: 'Ana', mailbox: '201' }],
		});
		expect(wrote()).toEqual([]);
		expect(
			items.map((item) => [item.kind, item.cost_today, item.cost_recurring, item.costs !== undefined]),
		).toEqual([
			['User', 0, 12.5, true],
			['Device', 10, 4, true],
			['Voicemail Box', undefined, undefined, false],
		]);
	});

	it('is what KAZOO charges the customer then, and without consent nothing is done', async () => {
		await blueprint('apply', plans(SEATS));
		const document = {
			users: [ANA, { first_name: 'Ben', last_name: 'Bost' }],
			devices: [{ name: 'Desk', owner_id: 'Ana Ames' }],
		};
		const planned = await blueprint('plan', document, {}, ofTheCustomer());
		await expect(blueprint('apply', document, {}, ofTheCustomer())).rejects.toThrow(/accept/i);
		const applied = await blueprint('apply', document, {}, ofTheCustomer(), {
			acceptCharges: true,
		});
		expect(applied.map(({ charged }) => charged)).toEqual(
			planned.map((item) => Number(item.cost_today) + Number(item.cost_recurring)),
		);
	});

	it('is asked for once, and not where nothing is charged for', async () => {
		demo.sandbox.clearRequests();
		await blueprint('plan', { menus: [{ name: 'Main' }] });
		const asked = () => demo.requests().filter(({ path }) => path.endsWith('/services/summary')).length;
		expect(asked()).toBe(0);
		await blueprint('plan', { users: [ANA, { first_name: 'Ben', last_name: 'Bost' }] });
		expect(asked()).toBe(1);
	});

	it('is left out where the server does not tell', async () => {
		await blueprint('apply', plans(SEATS));
		demo.sandbox.faults([
			{ kind: 'status', status: 403, path: `/v2/accounts/${accountId}/services/summary` },
		]);
		const [item] = await blueprint('plan', { users: [ANA] });
		expect(item).not.toHaveProperty('costs');
	});
});
