import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import type { Store } from '../store/store';
import { now } from '../values/time';
import { customData, type Hook } from './hooks';
import type { OutgoingRequest, Outcome } from './request';

/**
 * The log of failed attempts, a record of the month each. Follows webhooks.md 6 and the recorded attempts: header
 * values in lower case, the event of a channel hook in upper case, forms in pieces, nothing about successes.
 */

/** What all attempts of one delivery have in common. */
export interface Delivery {
	hook: Hook;
	/** Ten hexadecimal digits. */
	eventId: string;
	request: OutgoingRequest;
}

/** A new delivery's id. */
export const eventId = (): string => hex(10);

/** How the log names a hook's event. */
export function eventOf({ fields }: Hook): string {
	const hook = String(fields.hook);
	return hook.startsWith('channel_') ? hook.toUpperCase() : hook;
}

const lowered = (headers: Record<string, string>): Record<string, string> =>
	Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.toLowerCase()]),
	);

/** Writes a failed attempt down; `left` counts the attempts that there were to be, this one included. */
export function logFailure(store: Store, delivery: Delivery, outcome: Outcome, left: number): Doc {
	const { hook, request } = delivery;
	const custom = customData(hook);
	const rest = 'clientError' in outcome ? left : left - 1;
	const retriesLeft = left === 1 ? 'retries exceeded' : rest;
	const cause: Fields =
		'clientError' in outcome
			? {
					result: 'failure',
					reason: 'kazoo http client error',
					retries: left,
					retries_left: retriesLeft,
					client_error: outcome.clientError,
				}
			: {
					resp_status_code: String(outcome.status),
					resp_headers: lowered(outcome.headers),
					resp_body: outcome.body,
					try: left,
					retries_left: retriesLeft,
					result: 'failure',
					reason: 'bad response code',
				};
	const timestamp = now();
	const fields: Fields = {
		...cause,
		hook_id: hook.id,
		hook_event: eventOf(hook),
		event_id: delivery.eventId,
		...(Object.keys(custom).length === 0 ? undefined : { custom_data: custom }),
		uri: request.uri,
		method: request.method,
		req_headers: lowered(request.headers),
		req_body: request.loggedBody,
		timestamp,
	};
	return store.createMonthly(hook.accountId, 'webhook_attempt', timestamp, fields, { id: nextId() });
}

let count = 0;

/** Ids grow, so that attempts of one second stay in their order. */
function nextId(): string {
	count = (count + 1) % 0xffff;
	return `${Date.now().toString(16).padStart(12, '0')}${count.toString(16).padStart(4, '0')}${hex(16)}`;
}
