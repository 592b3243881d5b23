/** The webhooks of the trigger in KAZOO: one for each kind, whatever happened before, and gone when it is gone. */
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { id } from './demo';
import { CredentialStore } from './harness/credentials';
import { WebhookTrigger } from './harness/webhookTrigger';
import type { TriggerOptions } from './harness/webhookTrigger';

const node = new KazooTrigger();
let sandbox: Sandbox;
let open: WebhookTrigger[] = [];

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true });
});

afterAll(async () => {
	await sandbox.close();
});

afterEach(async () => {
	for (const trigger of open) await trigger.close();
	open = [];
	removeByHand();
});

const credential = (more: ICredentialDataDecryptedObject = {}, server = sandbox): CredentialStore =>
	new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: server.url, login: 'apiKey', apiKey: server.demo.reseller.apiKey, ...more },
	});

async function trigger(parameters: INodeParameters, options: TriggerOptions = {}): Promise<WebhookTrigger> {
	const made = await WebhookTrigger.open(node, parameters, {
		credentials: credential(),
		publicUrl: 'https://n8n.example.com',
		...options,
	});
	open.push(made);
	return made;
}

/** What KAZOO has, in the order of their kind; those of the demo tenant aside. */
function hooks(server = sandbox): IDataObject[] {
	return (server.store.database('webhooks').list('webhook') as unknown as IDataObject[])
		.filter(({ name }) => /^(n8n |by hand)/.test(String(name)))
		.sort((a, b) => String(a.hook).localeCompare(String(b.hook)));
}

function removeByHand(): void {
	for (const hook of hooks()) sandbox.store.remove('webhooks', hook as never, true);
}

const kinds = (): unknown[] => hooks().map(({ hook }) => hook);
const ENDED = { events: ['callEnded'] };

describe('activating', () => {
	test('makes one webhook, named after the workflow, with a secret', async () => {
		const staticData: IDataObject = {};
		const made = await trigger(ENDED, { staticData });
		expect(await made.activate()).toBe(true);
		const [hook, ...more] = hooks();
		expect(more).toEqual([]);
		expect(hook).toMatchObject({
			hook: 'channel_destroy',
			http_verb: 'post',
			format: 'json',
			enabled: true,
			include_subaccounts: false,
			include_internal_legs: true,
			pvt_account_id: sandbox.demo.reseller.id,
		});
		expect(hook?.name).toMatch(/^n8n “Test” \(workflow workflow1\), KAZOO Trigger \[.*workflow1.*\]$/);
		expect(hook?.uri).toMatch(/^https:\/\/n8n\.example\.com\/webhook\//);
		expect(Object.keys(hook?.custom_data as object).sort()).toEqual(['n8n_key', 'n8n_secret']);
		expect(String((hook?.custom_data as IDataObject).n8n_secret)).toMatch(/^[0-9a-f]{48}$/);
	});

	test('events share webhooks: one for each kind', async () => {
		const events = ['callMissed', 'callEnded', 'callStarted', 'voicemailReceived', 'faxReceived'];
		await (await trigger({ events })).activate();
		expect(kinds()).toEqual(['channel_bridge', 'channel_create', 'channel_destroy', 'notifications']);
		expect(hooks()[3]?.custom_data).toMatchObject({ type: 'all' });
	});

	test('one type of notification or object is asked for by name', async () => {
		await (
			await trigger({ events: ['voicemailReceived', 'objectChanged'], objectTypes: ['user'] })
		).activate();
		expect(hooks().map(({ custom_data }) => custom_data)).toMatchObject([
			{ type: 'voicemail_new' },
			{ type: 'user', action: 'doc_edited' },
		]);
	});

	test('any event is one webhook', async () => {
		await (await trigger({ events: ['any', 'callMissed'] })).activate();
		expect(kinds()).toEqual(['all']);
	});

	test('twice makes no second one', async () => {
		const made = await trigger(ENDED);
		await made.activate();
		const [before] = hooks();
		expect(await made.activate()).toBe(false);
		expect(hooks()).toEqual([before]);
	});

	test('after a crash, with nothing remembered, finds its own again', async () => {
		const staticData: IDataObject = {};
		const first = await trigger({ events: ['callMissed'] });
		await first.activate();
		const before = hooks();
		const second = await trigger({ events: ['callMissed'] }, { staticData });
		expect(await second.activate()).toBe(false);
		expect(hooks()).toEqual(before);
		const state = staticData['node:KAZOO Trigger'] as IDataObject;
		expect((state.ids as string[]).sort()).toEqual(before.map(({ _id }) => _id).sort());
	});

	test('two at the same time leave one', async () => {
		const [first, second] = [await trigger(ENDED), await trigger(ENDED)];
		await Promise.all([first.activate(), second.activate()]);
		const third = await trigger(ENDED);
		await third.activate();
		expect(hooks()).toHaveLength(1);
	});

	test.each([
		['PUT', 409, 1],
		['PUT', 409, 4],
		['POST', 409, 3],
		['POST', 404, 1],
		['DELETE', 409, 3],
	])(
		'a %s that another instance made fail with %i, %i times, is tried again',
		async (method, status, times) => {
			// One that has to be repaired, one that is too many, and one that is missing
			await (await trigger(ENDED)).activate();
			const made = await trigger({
				events: method === 'DELETE' ? ['callStarted'] : ['callEnded', 'callStarted'],
			});
			for (const hook of hooks()) sandbox.store.save('webhooks', { ...hook, retries: 1 } as never);
			sandbox.faults([{ kind: 'status', status, method, path: '/v2/accounts/', times }]);
			await made.activate();
			sandbox.faults([]);
			expect(kinds()).toEqual(
				method === 'DELETE' ? ['channel_create'] : ['channel_create', 'channel_destroy'],
			);
			expect(await made.exists()).toBe(true);
		},
	);

	test('what goes on failing is said, with what the server says', async () => {
		const made = await trigger(ENDED);
		sandbox.faults([{ kind: 'status', status: 409, method: 'PUT', path: '/v2/accounts/' }]);
		await expect(made.activate()).rejects.toThrow(/./);
		sandbox.faults([]);
		expect(hooks()).toEqual([]);
	});

	test('after somebody deleted it by hand, it is there again', async () => {
		const made = await trigger(ENDED);
		await made.activate();
		removeByHand();
		expect(await made.exists()).toBe(false);
		await made.activate();
		expect(hooks()).toHaveLength(1);
	});

	test('a new public address leaves no orphan', async () => {
		const staticData: IDataObject = {};
		await (await trigger(ENDED, { staticData, publicUrl: 'https://old.example.com' })).activate();
		await (await trigger(ENDED, { staticData, publicUrl: 'https://new.example.com' })).activate();
		expect(hooks().map(({ uri }) => new URL(String(uri)).host)).toEqual(['new.example.com']);
		await (await trigger(ENDED, { publicUrl: 'https://third.example.com' })).activate();
		expect(hooks().map(({ uri }) => new URL(String(uri)).host)).toEqual(['third.example.com']);
	});

	test.each<[string, IDataObject]>([
		['switched off by KAZOO', { enabled: false, pvt_disabled_message: 'too many failed attempts' }],
		['switched off by hand', { enabled: false }],
		['with another address', { uri: 'https://elsewhere.example.com/' }],
		['for another event', { custom_data: { n8n_key: 'x' } }],
		['as form data', { format: 'form-data' }],
	])('repairs one that is %s', async (_, change) => {
		const made = await trigger(ENDED);
		await made.activate();
		const [right] = hooks();
		sandbox.store.save('webhooks', { ...right, ...change } as Parameters<Sandbox['store']['save']>[1]);
		expect(await made.activate()).toBe(true);
		const [repaired, ...more] = hooks();
		expect(more).toEqual([]);
		const { uri, format, enabled, custom_data } = right as IDataObject;
		expect(repaired).toMatchObject({ _id: right?._id, uri, format, enabled, custom_data });
		expect(repaired?.pvt_disabled_message).toBeUndefined();
		expect(await made.exists()).toBe(true);
	});

	test('other events mean other webhooks; what is not needed goes', async () => {
		const staticData: IDataObject = {};
		await (await trigger({ events: ['callMissed'] }, { staticData })).activate();
		await (await trigger({ events: ['callParked', 'callEnded'] }, { staticData })).activate();
		expect(kinds()).toEqual(['channel_destroy', 'parking']);
	});

	test('another account: the webhooks move', async () => {
		const staticData: IDataObject = {};
		const [customer] = sandbox.demo.customers;
		await (await trigger(ENDED, { staticData })).activate();
		const other = { ...ENDED, accountScope: 'one', accountId: id(customer?.id), includeSubAccounts: true };
		await (await trigger(other, { staticData })).activate();
		expect(hooks()).toMatchObject([{ pvt_account_id: customer?.id, include_subaccounts: true }]);
	});

	test('webhooks of others, of other workflows and nodes stay', async () => {
		const others = [
			await trigger(ENDED, { workflowId: 'workflow2' }),
			await trigger(ENDED, { nodeId: 'trigger2' }),
		];
		for (const other of others) await other.activate();
		const mine = await trigger(ENDED);
		await mine.activate();
		expect(hooks()).toHaveLength(3);
		await mine.deactivate();
		expect(hooks()).toHaveLength(2);
		for (const other of others) expect(await other.exists()).toBe(true);
	});
});

describe('deactivating', () => {
	test('removes all of it, and what was kept', async () => {
		const staticData: IDataObject = {};
		const made = await trigger({ events: ['callMissed', 'voicemailReceived'] }, { staticData });
		await made.activate();
		await made.deactivate();
		expect(hooks()).toEqual([]);
		expect(staticData['node:KAZOO Trigger']).toEqual({});
	});

	test('works when the webhook is gone already, and when nothing is remembered', async () => {
		const made = await trigger(ENDED);
		await made.activate();
		removeByHand();
		await made.deactivate();
		await made.activate();
		const forgetful = await trigger(ENDED);
		await forgetful.deactivate();
		expect(hooks()).toEqual([]);
	});

	test('a credential that may not delete switches the webhook off', async () => {
		const made = await trigger(ENDED, { credentials: credential({ access: 'noDeletes' }) });
		await made.activate();
		await made.deactivate();
		expect(hooks()).toMatchObject([{ enabled: false }]);
		await made.activate();
		expect(hooks()).toMatchObject([{ enabled: true }]);
	});
});

describe('while it is active', () => {
	/** Minutes, in an option: 30 ms. */
	const OFTEN = { ...ENDED, options: { lookEvery: 0.0005 } };
	let stop: () => Promise<void> = async () => {};

	afterEach(async () => await stop());

	async function active(parameters: INodeParameters, options: TriggerOptions = {}): Promise<WebhookTrigger> {
		const made = await trigger(parameters, options);
		// As n8n does, side by side
		[, stop] = await Promise.all([made.activate(), made.run()]);
		return made;
	}

	function switchOff(): void {
		const [hook] = hooks();
		const off: IDataObject = { ...hook, enabled: false, pvt_disabled_message: 'too many failed attempts' };
		sandbox.store.save('webhooks', off as Parameters<Sandbox['store']['save']>[1]);
	}

	const isOn = (): boolean => hooks().length === 1 && hooks().every(({ enabled }) => enabled === true);

	async function until(condition: () => boolean): Promise<void> {
		const end = Date.now() + 5_000;
		while (!condition()) {
			if (Date.now() > end) throw new Error('It did not happen in time');
			await sleep(10);
		}
	}

	test('one that KAZOO switched off is switched on again, and stays one', async () => {
		const made = await active(OFTEN);
		const [before] = hooks();
		switchOff();
		await until(isOn);
		expect(hooks()).toMatchObject([{ _id: before?._id, custom_data: before?.custom_data }]);
		expect(hooks()[0]?.pvt_disabled_message).toBeUndefined();
		expect(await made.exists()).toBe(true);
	});

	test('one that somebody deleted is there again, with the same secret; what is remembered is left alone', async () => {
		const staticData: IDataObject = {};
		await active(OFTEN, { staticData });
		const [before] = hooks();
		const remembered = JSON.stringify(staticData);
		removeByHand();
		await until(isOn);
		expect(hooks()).toMatchObject([{ custom_data: before?.custom_data, uri: before?.uri }]);
		expect(JSON.stringify(staticData)).toBe(remembered);
	});

	test('as long as nothing is amiss a look reads one list and writes nothing', async () => {
		await active(OFTEN);
		const first = sandbox.requests().length;
		await sleep(300);
		const after = sandbox
			.requests()
			.slice(first)
			.filter(({ path }) => !/_auth/.test(path));
		expect(after.length).toBeGreaterThan(2);
		expect(new Set(after.map(({ method, path }) => `${method} ${path}`)).size).toBe(1);
	});

	test('deactivating while a look is under way leaves nothing', async () => {
		for (let round = 0; round < 10; round++) {
			const made = await active(OFTEN);
			removeByHand();
			await sleep(20 + round * 3);
			// n8n may have begun anew meanwhile
			const again = round % 2 === 0 ? await made.run() : stop;
			await Promise.all([made.deactivate(), stop(), again()]);
			await sleep(50);
			expect(hooks()).toEqual([]);
		}
	});

	test('the end of an earlier run does not end the later one', async () => {
		const made = await active(OFTEN);
		const later = await made.run();
		await stop();
		switchOff();
		await until(isOn);
		await later();
	});

	test('a copy of this n8n at another address: each ends up with a webhook of its own', async () => {
		const staticData: IDataObject = {};
		await active(OFTEN, { staticData });
		const [mine] = hooks();
		// The copy remembers what the original does
		const kept = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		const copy = await trigger(OFTEN, { staticData: kept, publicUrl: 'https://copy.example.com' });
		// It runs in a process of its own, so that here only the original looks
		await copy.activate();
		const hosts = (): string[] => hooks().map(({ uri }) => new URL(String(uri)).host);
		await until(() => hosts().sort().join() === 'copy.example.com,n8n.example.com');
		await sleep(200);
		expect(hosts().sort()).toEqual(['copy.example.com', 'n8n.example.com']);
		expect(hooks().find(({ uri }) => uri === mine?.uri)?.custom_data).toEqual(mine?.custom_data);
		await copy.deactivate();
		expect(hosts()).toEqual(['n8n.example.com']);
	});

	test('a copy that is switched off at once does not take the webhook of the original with it', async () => {
		const staticData: IDataObject = {};
		const made = await trigger(ENDED, { staticData });
		await made.activate();
		const kept = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		const copy = await trigger(ENDED, { staticData: kept, publicUrl: 'https://copy.example.com' });
		await copy.deactivate();
		expect(await made.exists()).toBe(true);
		await copy.activate();
		await made.activate();
		await copy.deactivate();
		expect(await made.exists()).toBe(true);
		expect(hooks()).toHaveLength(1);
	});

	test('what is left of a test goes once its time is over', async () => {
		const dead = await trigger(ENDED, { mode: 'manual' });
		await dead.activate();
		const old = await trigger(ENDED, { mode: 'manual', nodeId: 'trigger2', workflowId: 'workflow2' });
		await old.activate();
		expect(hooks()).toHaveLength(2);
		const [first] = hooks().filter(({ name }) => String(name).includes('workflow2'));
		expect(first?.name).toMatch(/\(test until 20\d\d-\d\d-\d\dT\d\d:\d\dZ\)/);
		const name = String(first?.name).replace(/until \S+\)/, 'until 2026-01-01T00:00Z)');
		const ended: IDataObject = { ...first, name };
		sandbox.store.save('webhooks', ended as Parameters<Sandbox['store']['save']>[1]);
		const byHand: IDataObject = { ...first, _id: 'byhand', name: 'by hand (test until 2020-01-01T00:00Z)' };
		sandbox.store.save('webhooks', byHand as Parameters<Sandbox['store']['save']>[1]);
		await active(OFTEN);
		await until(() => !hooks().some(({ name }) => /until 2026-01-01/.test(String(name))));
		await sleep(100);
		expect(hooks()).toHaveLength(3);
	});

	test('a server that fails is asked again, and the trigger lives on', async () => {
		await active(OFTEN);
		switchOff();
		sandbox.faults([{ kind: 'status', status: 500 }]);
		await sleep(200);
		sandbox.faults([]);
		await until(isOn);
	});

	test.each([
		['0 minutes', { ...ENDED, options: { lookEvery: 0 } }, {}],
		['a person who listens for a test event', OFTEN, { mode: 'manual' as const }],
	])('%s: nobody looks', async (_, parameters, options) => {
		await active(parameters, options);
		switchOff();
		await sleep(200);
		expect(isOn()).toBe(false);
	});
});

describe('listening for a test event', () => {
	test('has a webhook of its own, which goes without touching the other', async () => {
		const live = await trigger(ENDED);
		await live.activate();
		const test = await trigger(ENDED, { mode: 'manual' });
		await test.activate();
		expect(hooks()).toHaveLength(2);
		expect(hooks().filter(({ uri }) => String(uri).includes('/webhook-test/'))).toHaveLength(1);
		await test.deactivate();
		expect(hooks()).toHaveLength(1);
		expect(await live.exists()).toBe(true);
	});
});

describe('what is refused is said', () => {
	const failure = async (parameters: INodeParameters, options: TriggerOptions = {}) => {
		const made = await trigger(parameters, options);
		return await made.activate().then(
			() => 'it worked',
			(error: Error & { description?: string }) => `${error.message} | ${error.description ?? ''}`,
		);
	};

	test('an address of this machine: what to set', async () => {
		const strict = await createSandbox({ quiet: true, cdrs: 0 });
		const words = await failure(ENDED, {
			credentials: credential({}, strict),
			publicUrl: 'http://localhost:5678',
		});
		await strict.close();
		expect(words).toMatch(/cannot call this n8n.*http:\/\/localhost:5678/);
		expect(words).toMatch(/WEBHOOK_URL/);
	});

	test('a credential that is Read Only', async () => {
		const words = await failure(ENDED, { credentials: credential({ access: 'readOnly' }) });
		expect(words).toMatch(/Set up the webhook is not allowed: the credential is Read Only/);
		expect(words).toMatch(/Access/);
	});

	test('no event, or one that does not exist', async () => {
		expect(await failure({ events: [] })).toMatch(/No event is chosen/);
		expect(await failure({ events: ['callAnsewred'] })).toMatch(/There is no event “callAnsewred”/);
	});

	test('no sub-account', async () => {
		expect(await failure({ ...ENDED, accountScope: 'one', accountId: id('') })).toMatch(
			/Sub-Account is empty/,
		);
	});

	test('an event that this KAZOO does not have', async () => {
		expect(await failure({ events: ['cdrCreated'] })).toMatch(/does not offer Call Detail Record Created/i);
	});

	test('signed deliveries of a KAZOO 4', async () => {
		expect(await failure({ ...ENDED, options: { signed: true } })).toMatch(/cannot sign deliveries/);
	});
});
