/** Error envelopes in the shapes a real Crossbar was seen to send. */
import { explain, type Failure } from '../../../crossbar/errors/explain';

export const ACCOUNT = '4d5f6a7b8c9d0e1f2a3b4c5d6e7f8091';
export const UNKNOWN = '0123456789abcdef0123456789abcdef';
export const REQUEST_ID = 'aaaabbbbccccddddeeeeffff00001111';
export const DEVICE = `/accounts/${ACCOUNT}/devices/${UNKNOWN}`;

/** An error envelope as Crossbar sends it. */
export const envelope = (status: number, message: string, data?: unknown): Record<string, unknown> => ({
	status: 'error',
	error: String(status),
	message,
	...(data === undefined ? {} : { data }),
	request_id: REQUEST_ID,
	node: 'node1',
	auth_token: 'secret-echoed-token',
});

export const answer = (
	status: number,
	message: string,
	data?: unknown,
	more: Partial<Failure> = {},
): Failure => ({
	method: 'GET',
	path: DEVICE,
	status,
	body: envelope(status, message, data),
	...more,
});

export const invalid = (data: unknown, more: Partial<Failure> = {}): Failure =>
	answer(400, 'validation error', data, { method: 'PUT', path: `/accounts/${ACCOUNT}/devices`, ...more });

export const messageOf = (failure: Failure): string => explain(failure).message;
