import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { InvalidInput } from '../values/input';

/** Any failure as n8n shows it: what happened, and what to do where that is known. */
export function asNodeError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof InvalidInput)
		return new NodeOperationError(node, error.message, { description: error.description });
	if (NATIVE.some((kind) => error instanceof kind)) return unexpected(node, error as Error);
	if (error instanceof Error) return new NodeOperationError(node, error);
	return new NodeApiError(node, { message: String(error) });
}

/** What JavaScript throws by itself: its words are for programmers. */
const NATIVE = [TypeError, RangeError, URIError, SyntaxError, ReferenceError];

function unexpected(node: INode, error: Error): NodeOperationError {
	const isDeep = error instanceof RangeError && error.message.includes('call stack');
	return new NodeOperationError(
		node,
		isDeep ? 'Something here is nested too deeply' : 'Something came that the node cannot make sense of',
		{
			description: isDeep
				? 'Look at the input and at what the server gave.'
				: `Look at the input and at what the server gave. For a report to the makers of the node: ${error.name}: ${error.message}`,
		},
	);
}
