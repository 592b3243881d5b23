/** What goes over the websocket, both ways (blackhole.md 2 and 3). */
import type { IDataObject } from 'n8n-workflow';

import { redact } from '../errors/redact';
import type { Generation } from '../events';
import type { Bounds } from '../values/bounds';
import { isWithin } from '../values/bounds';
import { shortened } from '../values/input';
import { isRecord, plainText } from '../values/records';
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

/** Characters of a frame, and what is in it: more is nothing that KAZOO says. */
const LONGEST = 4_000_000;
const BOUNDS: Bounds = { depth: 200, entries: 20_000 };

/**
 * Tells events from replies.
 * @param secrets that must not appear in the server's words: it quotes a token that it does not accept
 * @returns nothing for what is neither
 */
export function parseFrame(
	text: unknown,
	secrets: readonly string[],
): { event: EventFrame } | { reply: ReplyFrame } | undefined {
	if (typeof text !== 'string' || text.length > LONGEST) return undefined;
	let frame: unknown;
	try {
		frame = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isRecord(frame) || !isWithin(frame, BOUNDS)) return undefined;
	const { action, name, subscribed_key, routing_key, request_id, status, data } = frame;
	if (action === 'event' && isRecord(data))
		return {
			event: {
				name: plainText(name),
				subscribedKey: plainText(subscribed_key),
				routingKey: plainText(routing_key),
				data,
			},
		};
	if (action !== 'reply') return undefined;
	const requestId = plainText(request_id);
	if (status !== 'error') return { reply: { requestId } };
	const errors = isRecord(data) && Array.isArray(data.errors) ? (data.errors as unknown[]) : [];
	const words = shortened(errors.map(plainText).filter(Boolean).join('; ')) || 'error';
	return { reply: { requestId, refused: redact(words, secrets) } };
}

/** The messages of a subscription: KAZOO 4 takes one binding a message, KAZOO 5 a list. */
export function subscribeMessages(
	{ accountId, bindings }: Subscription,
	generation: Generation,
): IDataObject[] {
	if (generation === 5) return [{ account_id: accountId, bindings: [...bindings] }];
	return bindings.map((binding) => ({ account_id: accountId, binding }));
}
