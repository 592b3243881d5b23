/**
 * What happens in KAZOO and can be told to us: the one list of events, in people's words, for all triggers, their
 * documentation (docs/events.md) and the sandbox's tests. A row says which webhook and which websocket binding carry
 * the event, and what a person sees of it.
 */
import { business } from './business';
import { calls } from './calls';
import { changes } from './changes';
import { live } from './live';
import { messages } from './messages';
import type { EventDetails } from './notation';

export type {
	EventDetails,
	EventFile,
	EventGroup,
	Generation,
	HookKind,
	HookSource,
	LiveSource,
	ObjectAction,
} from './notation';

/** Keys of payloads that must never become output: a new user's password, an account's API key, a link that resets a password. */
export const SECRET_FIELDS: readonly string[] = ['password', 'account_api_key', 'password_reset_link'];

const all = { ...calls, ...messages, ...changes, ...business, ...live } as const;

/** The value of an event in parameters and output: `callMissed`. */
export type EventValue = keyof typeof all;

/** All events by their value, in the order of the pickers. */
export const events: Readonly<Record<EventValue, EventDetails>> = all;

/** The values, in the order of the pickers. */
export const eventValues = Object.keys(all) as EventValue[];

/** Whether a text is the value of an event. */
export function isEvent(value: unknown): value is EventValue {
	return typeof value === 'string' && Object.hasOwn(all, value);
}
