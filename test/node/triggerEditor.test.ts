/** What the KAZOO Trigger offers in the editor, and says when KAZOO does not have it. */
import type { INodePropertyOptions } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { callLoadOptions } from './harness/editor';
import { WebhookTrigger } from './harness/webhookTrigger';

const node = new KazooTrigger();
let sandbox: Sandbox;
let credentials: CredentialStore;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0 });
	credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: sandbox.url, login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey },
	});
});

afterAll(async () => {
	await sandbox.close();
});

test('events stand one by one, each an action of its own', () => {
	const property = node.description.properties.find(({ name }) => name === 'events');
	expect(property).toMatchObject({ displayName: 'Events', type: 'multiOptions' });
	const options = (property?.options ?? []) as INodePropertyOptions[];
	expect(options).toContainEqual(
		expect.objectContaining({ name: 'Call Missed', value: 'callMissed', action: 'On call missed' }),
	);
	const actions = options.map(({ action }) => action);
	expect(new Set(actions).size).toBe(actions.length);
});

test('what this KAZOO does not offer is said when the workflow is published', async () => {
	const trigger = await WebhookTrigger.open(
		node,
		{ events: ['callMissed', 'callHeld'] },
		{ credentials, staticData: {}, workflowId: 'unoffered' },
	);
	await expect(trigger.activate()).rejects.toThrow('This KAZOO does not offer Call Held');
	await trigger.close();
});

test('types of objects', async () => {
	const types = await callLoadOptions(node, 'getObjectTypes', { credentials });
	expect(types).toContainEqual({ name: 'Voicemail Box', value: 'vmbox' });
	expect(types.map(({ value }) => value)).not.toContain('all');
});
