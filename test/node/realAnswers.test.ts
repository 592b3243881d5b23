/** Answers of a real KAZOO 4 that have a form of their own, and what it refuses: told as people need it. */
import type { IDataObject } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { now } from '../../sandbox/values/time';
import { Demo, id, node } from './demo';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { callListSearch } from './harness/editor';
import { runNode } from './harness/engine';

let demo: Demo;
let account: string;

beforeAll(async () => {
	demo = await Demo.open(0);
	account = String(demo.sandbox.demo.customers[0]?.id);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.clearRequests();
});

const words = async (parameters: object): Promise<string> => {
	const { error } = await demo.run({ ...demo.customer(0), ...parameters });
	return `${error?.message}\n${error?.description}`;
};
const writes = () => demo.requests().filter(({ method }) => method !== 'GET');

/** Runs one operation against a server that gives `data` to every request. */
async function told(data: unknown, parameters: object, status = 200, more = data): Promise<IDataObject[]> {
	let asked = 0;
	const server = await fakeCrossbar((_, response) =>
		answer(response, status, envelope(asked++ ? more : data)),
	);
	try {
		const credentials = new CredentialStore({
			type: new CrossbarApi(),
			data: { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) },
		});
		const result = await runNode(node, { accountScope: 'mine', ...parameters }, { credentials });
		if (result.error) throw result.error;
		return result.items.map(({ json }) => json);
	} finally {
		await server.close();
	}
}

test('text messages come as rows of the database and are records', async () => {
	const { store } = demo.sandbox;
	const created = now() - 60;
	store.createMonthly(account, 'sms', created, { from: '1001', to: '1002', body: 'Hello', created });
	const list = { resource: 'message', operation: 'getAll', returnAll: true, ...demo.customer(0) };
	const [message] = await demo.records(list);
	expect(message).toMatchObject({ from: '1001', to: '1002', body: 'Hello' });
	expect(message?.created).toMatch(/^20\d\d-/);
	expect(message).not.toHaveProperty('value');
	const search = await callListSearch(node, 'searchSmsId', {
		credentials: demo.credentials,
		parameters: { resource: 'message', operation: 'get', ...demo.customer(0) },
	});
	expect(search.results.map(({ name }) => name)).toEqual([expect.stringContaining('1001 → 1002')]);
});

test('the states of agents are an item each, with their dates', async () => {
	const data = { agent1: { 63963130619: { status: 'ready' }, 63963130719: { status: 'paused' } } };
	expect(await told(data, { resource: 'agent', operation: 'getStatus' })).toEqual([
		{ agent: null, agent_id: 'agent1', timestamp: '2026-11-29T00:16:59Z', status: 'ready' },
		{ agent: null, agent_id: 'agent1', timestamp: '2026-11-29T00:18:39Z', status: 'paused' },
	]);
});

test('until when a token is good is a date', async () => {
	const [token] = await told(
		{ account_id: 'a', exp: 1_795_934_941 },
		{ resource: 'loginToken', operation: 'get' },
	);
	// The fake one answers this path itself: what it says has no end
	expect(token).toMatchObject({ account_id: expect.any(String) });
	const [info] = await told(
		{ account_id: 'a', exp: 1_795_934_941 },
		{ resource: 'authentication', operation: 'getTokenInfo', token: 'x' },
	);
	expect(info?.exp).toBe('2026-11-29T06:49:01Z');
});

test('a number that was created is shown although KAZOO said nothing of it', async () => {
	const number = { id: '+14155550123', state: 'in_service' };
	const create = {
		resource: 'phoneNumber',
		operation: 'create',
		phoneNumber: id('+14155550123'),
		bodyMode: 'json',
		bodyJson: '{"carrier_name": "knm_local"}',
	};
	expect(await told(null, create, 201, number)).toEqual([expect.objectContaining(number)]);
});

test('calls are all there although KAZOO loses one where pages meet', async () => {
	const { store } = demo.sandbox;
	const begin = now() - 3 * 86_400;
	for (let at = 0; at < 59; at++) {
		const timestamp = begin + at * 1800;
		store.createMonthly(account, 'cdr', timestamp, {
			call_id: `lost-${at}`,
			interaction_id: `${timestamp}-${at}`,
			call_direction: 'inbound',
			timestamp,
			duration_seconds: 1,
		});
	}
	const calls = { resource: 'cdr', operation: 'getInteractions', returnAll: true, ...demo.customer(0) };
	expect(await demo.records(calls)).toHaveLength(59);
	expect(demo.requests().every(({ query }) => query.paginate === 'false')).toBe(true);
	const some = await demo.records({ ...calls, returnAll: false, limit: 5 });
	expect(some.map(({ call_id }) => call_id)).toEqual([58, 57, 56, 55, 54].map((at) => `lost-${at}`));
});

describe('the only number of a callflow', () => {
	test.each(['unassign', 'assignToUser'])('%s says so before anything is sent', async (operation) => {
		const { store } = demo.sandbox;
		const [number] = store
			.database('numbers')
			.list('number')
			.filter(({ pvt_assigned_to }) => pvt_assigned_to === account)
			.map(({ _id }) => _id);
		for (const flow of store.database(account).list('callflow'))
			if ((flow.numbers as string[] | undefined)?.includes(String(number))) store.remove(account, flow, true);
		const flow = { module: 'hangup', data: {}, children: {} };
		store.create(account, 'callflow', { name: `Only ${operation}`, numbers: [number], flow });
		const [user] = store.database(account).list('user');
		const said = await words({
			resource: 'phoneNumber',
			operation,
			phoneNumber: id(number),
			user: id(user?._id),
			additionalFields: { takeOver: true },
		});
		expect(said).toMatch(new RegExp(`is the only number of callflow “Only ${operation}”`));
		expect(said).toMatch(/Nothing was changed/);
		expect(writes()).toEqual([]);
	});
});

test('a number that the account does not have: KAZOO’s reason is told', async () => {
	const [user] = demo.sandbox.store.database(account).list('user');
	const assign = { resource: 'phoneNumber', operation: 'assignToUser', user: id(user?._id) };
	const said = await words({ ...assign, phoneNumber: id('+14155559876') });
	expect(said).toMatch(/The account does not have the number \(KAZOO: The number could not be found\)/);
});

test('an update without any field is no success', async () => {
	const [user] = demo.sandbox.store.database(account).list('user');
	const update = { resource: 'user', operation: 'update', userId: id(user?._id) };
	for (const form of [
		{ bodyMode: 'json', bodyJson: '{}' },
		{ bodyMode: 'fields', fields: { mappingMode: 'defineBelow', value: {} } },
	])
		expect(await words({ ...update, ...form })).toMatch(/There is nothing to change/);
	expect(writes()).toEqual([]);
});

test('the provider of the second step has an account', async () => {
	const update = {
		resource: 'security',
		operation: 'update',
		additionalFields: { multiFactorProvider: id('f'.repeat(32)), multiFactorAccount: account },
	};
	await demo.run({ ...update, ...demo.customer(0) });
	const [sent] = writes();
	expect(sent?.body).toMatchObject({
		data: {
			auth_modules: {
				cb_user_auth: { multi_factor: { configuration_id: 'f'.repeat(32), account_id: account } },
			},
		},
	});
});
