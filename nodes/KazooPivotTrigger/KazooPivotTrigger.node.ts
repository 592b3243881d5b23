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

import { credentialTest, listSearch } from '../Kazoo/methods';
import '../Kazoo/oldestN8n';
import { webhookMethods } from '../shared/webhookMethods';
import { properties } from './properties';

/** How n8n answers: at once where the node has done so itself, else with what the workflow gives. */
const responseMode = '={{ $parameter["answer"] === "steps" ? "onReceived" : $parameter["answer"] }}';

/**
 * A live call asks the workflow what happens next (KAZOO's Pivot).
 *
 * The workflow answers through the KAZOO node (Pivot: Answer Call), which checks the answer where its author sees the
 * error, or by its last node, which can only be checked after the execution has ended. n8n's Respond to Webhook node
 * does as well, but since its version 1.1 it runs only where one of n8n's own triggers is connected before it.
 */
export class KazooPivotTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Pivot Trigger',
		name: 'kazooPivotTrigger',
		icon: { light: 'file:kazoo.svg', dark: 'file:kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{$parameter["answer"] === "steps" ? "answers a live call with steps" : "a live call asks the workflow"}}',
		description: 'Starts the workflow when a live call asks what happens next, and answers the call',
		eventTriggerDescription: 'Waiting for a call to a callflow with this Pivot step',
		activationMessage: 'KAZOO can now ask this workflow what to do with calls.',
		defaults: { name: 'KAZOO Pivot Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: false, testedBy: 'testCrossbarLogin' }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode, path: 'pivot' },
			{ name: 'setup', httpMethod: 'GET', responseMode, path: 'pivot', ndvHideUrl: true },
		],
		properties,
	};

	methods = { credentialTest, listSearch };

	/** KAZOO keeps no list of addresses, a callflow names them: its step comes and goes with the workflow if wanted. */
	webhookMethods = webhookMethods(async () => await import('./lifecycle'));

	/** Nothing starts the workflow from here: it is the only context that can make a failed execution. */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const { beginReporting } = await import('./report');
		return beginReporting(this);
	}

	/** Passes on what came by the webhook. Without it n8n would wait for `trigger` when a person tests the workflow. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { webhook } = await import('./webhook');
		return await webhook(this);
	}
}
