import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { credentialTest, listSearch, whenCalled } from '../Kazoo/methods';
import { properties } from './properties';

/** Starts a workflow when something happens: KAZOO calls a webhook of ours. */
export class KazooTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Trigger',
		name: 'kazooTrigger',
		icon: { light: 'file:../Kazoo/kazoo.svg', dark: 'file:../Kazoo/kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when something happens in KAZOO: calls, voicemails, faxes, messages, changes',
		defaults: { name: 'KAZOO Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: true, testedBy: 'testCrossbarLogin' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'ok',
				path: 'webhook',
			},
		],
		eventTriggerDescription: 'Waiting for KAZOO to call',
		activationMessage: 'KAZOO calls this workflow from now on.',
		properties,
	};

	methods = {
		credentialTest,
		listSearch,
		loadOptions: {
			getEvents: whenCalled(async () => (await import('./eventOptions')).getEvents),
			getObjectTypes: whenCalled(async () => (await import('./eventOptions')).getObjectTypes),
		},
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { isRegistered } = await import('./lifecycle');
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { register } = await import('./lifecycle');
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const { unregister } = await import('./lifecycle');
				return await unregister(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receive } = await import('./receive');
		return await receive(this);
	}
}
