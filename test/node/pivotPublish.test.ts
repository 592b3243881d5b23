/** The Pivot step of a trigger comes with its workflow and goes with it, and nobody else's does. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { KazooPivotTrigger } from '../../nodes/KazooPivotTrigger/KazooPivotTrigger.node';
import { Demo, id } from './demo';
import { WebhookTrigger } from './harness/webhookTrigger';
import type { TriggerOptions } from './harness/webhookTrigger';

let demo: Demo;
let flow: IDataObject;
let other: IDataObject;
let next = 0;
const open: WebhookTrigger[] = [];
const STEPS = { module: 'hangup', data: {}, children: {} };

beforeAll(async () => {
	demo = await Demo.open(0);
});

beforeEach(async () => {
	next += 1;
	flow = await demo.create('callflow', { name: `Line ${next}`, numbers: [`88${next}`], flow: STEPS });
	other = await demo.create('callflow', { name: `Other ${next}`, numbers: [`99${next}`], flow: STEPS });
});

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (trigger) => await trigger.close()));
});

afterAll(async () => {
	await demo.close();
});

async function trigger(more: INodeParameters = {}, options: TriggerOptions = {}): Promise<WebhookTrigger> {
	const made = await WebhookTrigger.open(
		new KazooPivotTrigger(),
		{ setUp: 'callflow', callflowId: id(`88${next}`), ...more },
		{ credentials: demo.credentials, publicUrl: 'https://n8n.example.com', ...options },
	);
	open.push(made);
	return made;
}

interface Stored {
	module: string;
	data: IDataObject;
	children: Record<string, Stored>;
}

const stored = async (callflow: IDataObject): Promise<Stored> =>
	(
		await demo.first({
			resource: 'callflow',
			operation: 'get',
			simplify: false,
			callflowId: id(callflow.id),
		})
	).flow as unknown as Stored;

test('published it stands in front with the secret, unpublished all is as it was', async () => {
	const made = await trigger({ secret: 'a b' });
	expect(await made.activate()).toBe(true);
	const { module, data, children } = await stored(flow);
	expect(module).toBe('pivot');
	expect(data.voice_url).toBe(`${made.url}/pivot?secret=a%20b`);
	expect(children._).toMatchObject(STEPS);
	expect(await made.activate()).toBe(false);
	await made.deactivate();
	expect(await stored(flow)).toMatchObject(STEPS);
});

test('only its own step goes: somebody else’s in front stays', async () => {
	const made = await trigger();
	await made.activate();
	const second = await trigger({}, { workflowId: 'workflow2' });
	await second.activate();
	await made.deactivate();
	const left = await stored(flow);
	expect(String(left.data.voice_url)).toContain('workflow2');
	expect(left.children._).toMatchObject(STEPS);
	await second.deactivate();
	expect(await stored(flow)).toMatchObject(STEPS);
});

test('after a crash that lost what was remembered it is known by its address', async () => {
	const first = await trigger();
	await first.activate();
	const again = await trigger();
	expect(await again.activate()).toBe(false);
	await again.deactivate();
	expect(await stored(flow)).toMatchObject(STEPS);
});

test('another callflow is chosen: out of the old one, into the new one', async () => {
	const staticData: IDataObject = {};
	const before = await trigger({}, { staticData });
	await before.activate();
	const after = await trigger({ callflowId: id(`Other ${next}`) }, { staticData });
	expect(await after.activate()).toBe(true);
	expect(await stored(flow)).toMatchObject(STEPS);
	expect((await stored(other)).module).toBe('pivot');
	await after.deactivate();
	expect(await stored(other)).toMatchObject(STEPS);
});

test('by hand nothing is sent; a callflow that is not there is said', async () => {
	demo.sandbox.clearRequests();
	const byHand = await trigger({ setUp: 'hand' });
	await byHand.activate();
	await byHand.deactivate();
	expect(demo.requests()).toEqual([]);
	const lost = await trigger({ callflowId: id('Nowhere') });
	await expect(lost.activate()).rejects.toThrow(/none is called “Nowhere”/);
});

test('a callflow that was deleted meanwhile keeps nobody from unpublishing', async () => {
	const made = await trigger();
	await made.activate();
	await demo.first({ resource: 'callflow', operation: 'delete', callflowId: id(flow.id) });
	await made.deactivate();
});
