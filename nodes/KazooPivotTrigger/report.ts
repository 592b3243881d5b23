/**
 * Mistakes that come to light when the execution has ended: n8n takes no error for it any more, so they become a failed
 * execution of their own, which a person finds in the list and which starts the error workflow.
 *
 * Only the context of a running trigger can do that. n8n runs triggers in one process, its (leading) main one; what
 * another process has answered, as one for webhooks does in queue mode, is told in its log alone. So is a test.
 */
import type { ITriggerFunctions, ITriggerResponse, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { saveFailed } from '../shared/failedExecution';

const contexts = new Map<string, ITriggerFunctions>();

/** The workflow is active: mistakes can be told from now on. */
export function beginReporting(context: ITriggerFunctions): ITriggerResponse {
	const key = keyOf(context);
	contexts.set(key, context);
	return {
		closeFunction: async () => {
			if (contexts.get(key) === context) contexts.delete(key);
		},
	};
}

/** Makes a failed execution, where this process can. */
export function report(context: IWebhookFunctions, message: string, description: string): void {
	if (context.getMode() === 'manual') return;
	const trigger = contexts.get(keyOf(context));
	if (trigger) saveFailed(trigger, new NodeOperationError(context.getNode(), message, { description }));
}

function keyOf(context: ITriggerFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}
