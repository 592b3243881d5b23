/** What goes wrong while a trigger is set up or taken down, as n8n shows it. */
import type { IHookFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

/** @throws NodeApiError, NodeOperationError for every failure */
export async function explained<Result>(
	context: IHookFunctions,
	work: () => Promise<Result>,
): Promise<Result> {
	return await work().catch((error: unknown) => {
		if (error instanceof NodeApiError || error instanceof NodeOperationError) throw error;
		const { message, description } = error as Error & { description?: string };
		throw new NodeOperationError(context.getNode(), message, { description });
	});
}
