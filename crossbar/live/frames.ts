/** What goes over the websocket, both ways (blackhole.md 2 and 3). */
import type { IDataObject } from 'n8n-workflow';

import { redact } from '../errors/redact';
import type { Generation } from '../events';
import type { Subscription } from './subscriptions';

/** An event as it arrives. */
export interface EventFrame {
	/** `CHANNEL_CREATE`, `doc_created`, `event` (conferences) ... */
	readonly name: string;
	/** The binding that it came by, as the client wrote it; presence without its first part. */
	readonly subscribedKey: string;
	readonly routingKey: string;
	readonly data: IDataObject;
}

export interface ReplyFrame {
	readonly requestId: string;
	/** The server's words; nothing when all went well. */
	readonly refused?: string;
}

/**
 * Tells events from replies.
 * @param secrets that must not appear in the server's words: it quotes a token that it does not accept
 * @returns nothing for what is neither
 */
export function parseFrame(
	text: unknown,
	secrets: readonly string[],
): { event: EventFrame } | { reply: ReplyFrame } | undefined {
	let frame: unknown;
	try {
		frame = JSON.parse(String(text));
	} catch {
		return undefined;
	}
	if (!isObject(frame)) return undefined;
	const { action, name, subscribed_key, routing_key, request_id, status, data } = frame;
	if (action === 'event' && isObject(data))
		return {
			event: {
				name: String(name ?? ''),
				subscribedKey: String(subscribed_key ?? ''),
				routingKey: String(routing_key ?? ''),
				data,
			},
		};
	if (action !== 'reply') return undefined;
	const requestId = String(request_id ?? '');
	if (status !== 'error') return { reply: { requestId } };
	const errors = isObject(data) && Array.isArray(data.errors) ? data.errors : [];
	return { reply: { requestId, refused: redact(errors.map(String).join('; ') || 'error', secrets) } };
}

/** The messages of a subscription: KAZOO 4 takes one binding a message, KAZOO 5 a list. */
export function subscribeMessages(
	{ accountId, bindings }: Subscription,
	generation: Generation,
): IDataObject[] {
	if (generation === 5) return [{ account_id: accountId, bindings: [...bindings] }];
	return bindings.map((binding) => ({ account_id: accountId, binding }));
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
