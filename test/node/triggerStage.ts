/**
 * What the tests of the KAZOO Trigger's deliveries stand on: a sandbox with the demo tenant for a file, triggers that are
 * taken down after each test, and deliveries as KAZOO makes them.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';
import { createSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { WebhookTrigger } from './harness/webhookTrigger';
import type { TriggerOptions } from './harness/webhookTrigger';

export const node = new KazooTrigger();
export let sandbox: Sandbox;
/** The reseller's, in which the triggers are. */
export let account: string;
let open: WebhookTrigger[] = [];
let call = 0;

beforeAll(async () => {
	sandbox = await createSandbox({ quiet: true, cdrs: 0, allowLoopbackUris: true });
	account = sandbox.demo.reseller.id;
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	call++;
});

afterEach(async () => {
	for (const trigger of open) {
		await trigger.deactivate();
		await trigger.close();
	}
	open = [];
	sandbox.deliveries.clear();
});

export const credential = (server = sandbox): CredentialStore =>
	new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: server.url, login: 'apiKey', apiKey: server.demo.reseller.apiKey },
	});

/** A trigger of its own workflow, set up in KAZOO; taken down after the test. */
export async function active(
	parameters: INodeParameters,
	options: TriggerOptions = {},
): Promise<WebhookTrigger> {
	const workflowId = `workflow-${call}`;
	const made = await WebhookTrigger.open(node, parameters, {
		credentials: credential(),
		staticData: {},
		workflowId,
		...options,
	});
	open.push(made);
	await made.activate();
	return made;
}

/** A webhook of the trigger as KAZOO has it. */
export function hookOf(kind: string, server = sandbox): IDataObject {
	const found = server.store
		.database('webhooks')
		.list('webhook')
		.find((hook) => hook.hook === kind && String(hook.name).startsWith('n8n '));
	if (!found) throw new Error(`There is no webhook ${kind}`);
	return found as unknown as IDataObject;
}

/** Delivers as KAZOO does, with what the webhook's `custom_data` adds. */
export async function deliver(
	hook: IDataObject,
	payload: IDataObject,
	headers: Record<string, string> = {},
): Promise<number> {
	const { type: _type, action: _action, ...custom } = hook.custom_data as IDataObject;
	return await post(hook, JSON.stringify({ account_id: account, ...payload, ...custom }, null, 2), {
		'content-type': 'application/json',
		...headers,
	});
}

/** Sends a body of any form; gives back the status. */
export async function post(
	hook: IDataObject,
	body: string,
	headers: Record<string, string>,
): Promise<number> {
	const response = await fetch(String(hook.uri), {
		method: 'POST',
		body,
		headers: { 'x-hook-id': String(hook._id), 'x-account-id': String(hook.pvt_account_id), ...headers },
	});
	return response.status;
}

export const items = (trigger: WebhookTrigger): IDataObject[] =>
	trigger.executions.flat().map(({ json }) => json);

/** Executions come after the answer. */
export async function until(trigger: WebhookTrigger, count: number): Promise<IDataObject[]> {
	for (let tries = 0; tries < 100 && items(trigger).length < count; tries++)
		await new Promise((resolve) => setTimeout(resolve, 20));
	return items(trigger);
}

/** One event of a leg on KAZOO's bus. */
export function publish(name: string, leg: IDataObject, server = sandbox): void {
	const { account_id = account, owner_id, authorizing_id, authorizing_type, ...rest } = leg;
	const message = Object.fromEntries(
		Object.entries(rest).map(([key, value]) => [
			key
				.split('_')
				.map((word) => (word === 'id' ? 'ID' : `${word[0]?.toUpperCase()}${word.slice(1)}`))
				.join('-'),
			value,
		]),
	);
	server.bus.publish('kapi_call:publish_event', {
		...message,
		'Event-Category': 'call_event',
		'Event-Name': name,
		'Custom-Channel-Vars': {
			'Account-ID': account_id,
			...(owner_id ? { 'Owner-ID': owner_id } : {}),
			...(authorizing_id ? { 'Authorizing-ID': authorizing_id } : {}),
			...(authorizing_type ? { 'Authorizing-Type': authorizing_type } : {}),
		},
	});
}

/** The leg of a caller from outside. */
export const root: IDataObject = {
	call_id: 'root',
	call_direction: 'inbound',
	authorizing_type: 'resource',
	from: '+14155550199@carrier.example',
	to: '+16285550100@kazoo.example',
	caller_id_number: '+14155550199',
	timestamp: 63_962_676_100,
};
