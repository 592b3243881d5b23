import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { credentialTest, listSearch, whenCalled } from '../Kazoo/methods';
import '../Kazoo/oldestN8n';
import { webhookMethods } from '../shared/webhookMethods';
import { properties } from './properties';
import { subtitleOfEvents } from '../shared/subtitle';

/** Starts a workflow when something happens: KAZOO calls a webhook of ours. */
export class KazooTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Trigger',
		name: 'kazooTrigger',
		icon: { light: 'file:../Kazoo/kazoo.svg', dark: 'file:../Kazoo/kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvents('events'),
		// The node creator shows this one for the trigger and the action node together
		description:
			'Missed and other calls, voicemails, faxes, texts and changes start the workflow; actions manage users, phones, numbers and all else in KAZOO',
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
			getObjectTypes: whenCalled(async () => (await import('./eventOptions')).getObjectTypes),
		},
	};

	webhookMethods = webhookMethods(async () => await import('./lifecycle'));

	/**
	 * Looks after the webhooks while the workflow is active. It must be there anyway: when n8n starts it sets up those
	 * triggers only that live in its memory, and KAZOO may have switched webhooks off while n8n was down.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const { lookAfter } = await import('./lifecycle');
		return lookAfter(this);
	}

	/** Passes on what came by the webhook. Without it n8n would wait for `trigger` when a person tests the workflow. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receive } = await import('./receive');
		return await receive(this);
	}
}
