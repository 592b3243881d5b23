/** Nothing is set up in KAZOO: a callflow holds the address. What was filled in is checked when the workflow is activated. */
import type { IHookFunctions } from 'n8n-workflow';

import { readFallback } from './webhook';

/** @throws NodeOperationError when the fallback cannot work */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	readFallback(context);
	return await Promise.resolve(true);
}

/** There is nothing to do. */
export async function register(): Promise<boolean> {
	return await Promise.resolve(true);
}

/** There is nothing to do. */
export async function unregister(): Promise<boolean> {
	return await Promise.resolve(true);
}
