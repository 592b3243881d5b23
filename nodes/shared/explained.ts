/** What goes wrong while a trigger is set up or taken down, as n8n shows it. */
import type { IHookFunctions } from 'n8n-workflow';

import { asNodeError } from '../../crossbar/errors/nodeError';

/** @throws NodeApiError, NodeOperationError for every failure */
export async function explained<Result>(
	context: IHookFunctions,
	work: () => Promise<Result>,
): Promise<Result> {
	return await work().catch((error: unknown) => {
		throw asNodeError(context.getNode(), error);
	});
}
