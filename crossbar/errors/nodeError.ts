import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { InvalidInput } from '../values/input';

/** Any failure as n8n shows it: what happened, and what to do where that is known. */
export function asNodeError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof InvalidInput)
		return new NodeOperationError(node, error.message, { description: error.description });
	if (error instanceof Error) return new NodeOperationError(node, error);
	return new NodeApiError(node, { message: String(error) });
}
