/** What went wrong while a trigger runs, shown where people look. */
import type { ITriggerFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** Makes a failed execution; the trigger stays active. n8n 1 cannot do that, its log tells it then. */
export function saveFailed(context: ITriggerFunctions, error: NodeApiError | NodeOperationError): void {
	const { saveFailedExecution } = context as Partial<ITriggerFunctions>;
	if (saveFailedExecution) context.saveFailedExecution(error);
	else
		context.logger.error(`${context.getNode().name}: ${error.message}`, { description: error.description });
}
