/** Webhook: Check Health and Repair, against a sandbox whose webhooks fail in every way. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { id } from './demo';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';

const node = new Kazoo();
let sandbox: Sandbox;
let server: Server;
let customer: string;

beforeAll(async () => {
	sandbox = await createSandbox({
		quiet: true,
		cdrs: 0,
		allowLoopbackUris: true,
		deliveries: { failureCheck: 0 },
	});
	customer = String(sandbox.demo.customers[0]?.id);
	server = createServer((request, response) => {
		request.resume();
		if (request.url === '/gone') {
			response
				.writeHead(404)
				.end('{"code":404,"message":"The requested webhook \\"POST x\\" is not registered."}');
		} else response.writeHead(request.url === '/fine' ? 200 : 500).end('no');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	await add('fine', `${url}/fine`);
	await add('broken', `${url}/broken`);
	await add('off', `${url}/off`);
	await add('by hand', `${url}/fine`, { enabled: false });
	await add('n8n “Gone” (workflow w1), KAZOO Trigger [i-w1-n]', `${url}/gone`);
	for (const twin of [1, 2])
		await add('n8n “Twice” (workflow w2), KAZOO Trigger [i-w2-n]', `${url}/fine`, { retries: twin });
	fire(1);
	await sandbox.deliveries.settled();
	const { store } = sandbox;
	const off = store
		.database('webhooks')
		.list('webhook')
		.find(({ name }) => name === 'off');
	store.save('webhooks', {
		...off,
		enabled: false,
		pvt_disabled_message: 'too many failed attempts',
	} as Parameters<typeof store.save>[1]);
});

afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await sandbox.close();
});

async function run(parameters: INodeParameters): Promise<IDataObject[]> {
	const data = { serverUrl: sandbox.url, login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	const account = { accountScope: 'one', accountId: id(customer), returnAll: true };
	const result = await runNode(node, { resource: 'webhook', ...account, ...parameters }, { credentials });
	if (result.error) throw result.error;
	return result.items.map(({ json }) => json);
}

async function add(name: string, uri: string, more: IDataObject = {}): Promise<void> {
	const document = { name, uri, hook: 'channel_create', retries: 1, format: 'json', ...more };
	await run({ operation: 'create', bodyMode: 'json', bodyJson: JSON.stringify(document) });
}

function fire(times: number): void {
	for (let index = 0; index < times; index++) {
		sandbox.bus.publish('kapi_call:publish_event', {
			'Event-Category': 'call_event',
			'Event-Name': 'CHANNEL_CREATE',
			'Call-ID': `leg-${index}`,
			'Call-Direction': 'inbound',
			'Custom-Channel-Vars': { 'Account-ID': customer },
		});
	}
}

const states = (records: readonly IDataObject[]): Record<string, unknown> =>
	Object.fromEntries(records.map(({ name, state }) => [String(name).slice(0, 9), state]));

test('every webhook has a state and a reason, trouble first', async () => {
	const records = await run({ operation: 'checkHealth' });
	expect(records).toHaveLength(7);
	expect(states(records)).toMatchObject({
		fine: 'working',
		broken: 'failing',
		off: 'disabled',
		'by hand': 'disabled',
		'n8n “Gone': 'orphaned',
	});
	expect(records.filter(({ name }) => String(name).includes('Twice')).map(({ state }) => state)).toEqual(
		expect.arrayContaining(['orphaned', 'working']),
	);
	expect(records[0]).toMatchObject({ state: 'orphaned', made_by_n8n: true });
	const broken = records.find(({ name }) => name === 'broken');
	expect(broken).toMatchObject({ failures: 1, reason: 'bad response code: status 500' });
	expect((broken?.last_failure as IDataObject).timestamp).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
	expect(records.find(({ name }) => name === 'off')?.reason).toBe('too many failed attempts');
});

test('for the whole tree: each item says whose it is', async () => {
	const records = await run({ operation: 'checkHealth', accountScope: 'descendants' });
	expect(records.filter(({ account_id }) => account_id === customer)).toHaveLength(7);
	expect(new Set(records.map(({ account_name }) => account_name)).size).toBeGreaterThanOrEqual(1);
});

test('repairing switches on what KAZOO switched off, and only names orphans', async () => {
	const records = await run({ operation: 'repair' });
	const done = (word: RegExp) => records.filter((record) => word.test(String(record.done)));
	expect(done(/re-enabled/).map(({ name }) => name)).toEqual(['off']);
	expect(done(/left/)).toHaveLength(2);
	const after = await run({ operation: 'checkHealth' });
	expect(after).toHaveLength(7);
	expect(after.find(({ name }) => name === 'off')).toMatchObject({ enabled: true, state: 'failing' });
	expect(after.find(({ name }) => name === 'by hand')).toMatchObject({ enabled: false });
});

test('orphans go when that is asked for, and then there is nothing to do', async () => {
	const removeOrphans = { additionalFields: { removeOrphans: true } };
	const records = await run({ operation: 'repair', ...removeOrphans });
	expect(records.map(({ done }) => done)).toEqual(['removed', 'removed']);
	expect(await run({ operation: 'checkHealth' })).toHaveLength(5);
	expect(await run({ operation: 'repair', ...removeOrphans })).toEqual([{ done: 'nothing', webhooks: 5 }]);
});
