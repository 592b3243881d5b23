import { CHANGE_ACTIONS as ACTIONS, CHANGE_TYPES as TYPES, databaseName } from '../store/changes';
import type { Profile } from '../values/profile';
import type { Store } from '../store/store';
import { now, monthOf } from '../values/time';

/**
 * What a client may subscribe to, and what that means on the bus. Follows blackhole.md 4 and the recorded frames: one
 * binding of a client can be several of the bus (`call.*.*` is nine), object bindings are of a database, those of
 * monthly records of the month in which they were made, presence is bound by the realm.
 */
export interface Binding {
	accountId: string;
	/** As lists show it. */
	client: string;
	/** A topic of the bus: segments between dots, `*` for any one. */
	key: string;
}

/** Thrown for a binding that there is none of; the message is the server's. */
export class BindingError extends Error {}

const CALL_EVENTS = [
	'CHANNEL_CREATE',
	'CHANNEL_ANSWER',
	'CHANNEL_DESTROY',
	'CHANNEL_HOLD',
	'CHANNEL_UNHOLD',
	'CHANNEL_BRIDGE',
	'PARK_PARKED',
	'PARK_RETRIEVED',
	'PARK_ABANDONED',
];

const CONFERENCE_EVENTS = [
	'conference-create',
	'conference-destroy',
	'lock',
	'unlock',
	'add-member',
	'del-member',
	'stop-talking',
	'start-talking',
	'mute-member',
	'unmute-member',
	'deaf-member',
	'undeaf-member',
];

/** Types that are bound in the database of a month; recordings lie there, too, but their own binding misses them. */
const MONTHLY = new Set(['fax', 'mailbox_message']);

const PRESENCE = ['dialog', 'mwi_updates', 'update'];

const STREAM_EVENTS = ['start', 'stop'];

/** A segment of a routing key: dots and the like are escaped, wildcards are not. */
export function segment(text: string): string {
	return text === '*' ? text : encodeURIComponent(text).replaceAll('.', '%2E');
}

/** Whether a topic of the bus takes a routing key. */
export function matches(key: string, routingKey: string): boolean {
	const wanted = key.split('.');
	const found = routingKey.split('.');
	return (
		wanted.length === found.length && wanted.every((part, index) => part === '*' || part === found[index])
	);
}

/** What a client asks for, and by whom it is asked. */
export interface Wish {
	store: Store;
	profile: Profile;
	accountId: string;
	/** As the client wrote it: `call.CHANNEL_CREATE.*`. */
	binding: string;
	superduper: boolean;
}

type Resolver = (wish: Wish, keys: string[]) => string[] | { shown: string; keys: string[] };

function badFormat(kind: string, keys: string[]): BindingError {
	return new BindingError(`invalid format for ${kind} subscription : ${keys.join(',')}`);
}

function call({ accountId }: Wish, keys: string[]): string[] {
	const [event = '', callId = ''] = keys;
	if (keys.length !== 2) throw badFormat('call', keys);
	if (event !== '*' && !CALL_EVENTS.includes(event)) throw new BindingError(`event ${event} not supported`);
	const events = event === '*' ? CALL_EVENTS : [event];
	return events.map((name) => `call.${accountId}.${name}.${segment(callId)}`);
}

function conference(wish: Wish, keys: string[]): string[] {
	const [kind, ...rest] = keys;
	if (kind === 'command' && rest.length === 1) return [`conference.command.${segment(rest[0] ?? '')}`];
	if (kind !== 'event' || rest.length !== (wish.profile === 5 ? 3 : 2)) throw badFormat('conference', keys);
	const [event = '*', id = '', callId = ''] = wish.profile === 5 ? rest : ['*', ...rest];
	if (event !== '*' && !CONFERENCE_EVENTS.includes(event)) {
		throw new BindingError(`Unsupported conference event ${event}`);
	}
	if (id === '*' && !(wish.profile === 5 && wish.superduper)) {
		throw new BindingError(
			wish.profile === 5 ? 'unauthorized wildcard for conference id' : 'ConferenceId required',
		);
	}
	return [`conference.event.${event}.${wish.accountId}.${segment(id)}.${segment(callId)}`];
}

function fax({ accountId }: Wish, keys: string[]): string[] {
	const [kind, value = ''] = keys;
	if (keys.length !== 2 || (kind !== 'status' && kind !== 'object')) throw badFormat('fax', keys);
	if (kind === 'status') return [`fax.status.${accountId}.${segment(value)}`];
	if (value !== '*' && !ACTIONS.includes(value)) throw new BindingError(`event ${value} not supported`);
	return [`${value}.${databaseName(accountId, monthOf(now()))}.fax.*`];
}

function object({ accountId }: Wish, keys: string[]): string[] {
	const [action = '', type = ''] = keys;
	if (keys.length !== 2) throw badFormat('object', keys);
	if ((action !== '*' && !ACTIONS.includes(action)) || (type !== '*' && !TYPES.includes(type))) {
		throw new BindingError(`event ${action}.${type} not supported`);
	}
	const month = databaseName(accountId, monthOf(now()));
	const databases =
		type === '*' ? [databaseName(accountId), month] : [MONTHLY.has(type) ? month : databaseName(accountId)];
	return databases.map((database) => `${action}.${database}.${type}.*`);
}

function presence({ store, accountId }: Wish, keys: string[]): { shown: string; keys: string[] } {
	const [kind = '', value = ''] = keys;
	if (keys.length !== 2) throw badFormat('presence', keys);
	if (!PRESENCE.includes(kind)) throw new BindingError(`event ${kind} not supported`);
	const realm = segment(String(store.account(accountId)?.realm ?? ''));
	return { shown: `${kind}.${value}`, keys: [`${kind}.${realm}.${segment(value)}`] };
}

function stream({ accountId }: Wish, keys: string[]): string[] {
	const [event = '', callId = ''] = keys;
	if (keys.length !== 2) throw badFormat('stream', keys);
	if (event !== '*' && !STREAM_EVENTS.includes(event)) {
		throw new BindingError(`event stream.${event} not supported`);
	}
	return [`stream.${accountId}.${event}.${segment(callId)}`];
}

const RESOLVERS: Record<string, Resolver> = { call, conference, fax, object, presence };
const RESOLVERS_OF_FIVE: Record<string, Resolver> = { ...RESOLVERS, stream };

/** The bindings of the bus that a client's binding is. Throws a `BindingError`. */
export function resolve(wish: Wish): Binding[] {
	const [kind = '', ...keys] = wish.binding.split('.');
	const resolver = (wish.profile === 5 ? RESOLVERS_OF_FIVE : RESOLVERS)[kind];
	if (!resolver) throw new BindingError('no available subscriptions to requested binding');
	const result = resolver(wish, keys);
	const found = Array.isArray(result) ? { shown: wish.binding, keys: result } : result;
	return found.keys.map((key) => ({ accountId: wish.accountId, client: found.shown, key }));
}

/** The bindings that there are, as clients write them, by their first word. */
export function available(profile: Profile): Record<string, string[]> {
	return {
		call: CALL_EVENTS.map((event) => `call.${event}.{CALL_ID}`),
		conference:
			profile === 5
				? CONFERENCE_EVENTS.map((event) => `conference.event.${event}.{CONFERENCE_ID}.{CALL_ID}`)
				: ['conference.event.{CONFERENCE_ID}.{CALL_ID}', 'conference.command.{CONFERENCE_ID}'],
		fax: ['fax.status.{FAX_ID}', 'fax.object.{ACTION}'],
		object: ACTIONS.flatMap((action) => TYPES.map((type) => `object.${action}.${type}`)),
		presence: ['dialog.{CALL_ID}', 'mwi_updates.{USER}', 'update.{CALL_ID}'],
		...(profile === 5 ? { stream: STREAM_EVENTS.map((event) => `stream.${event}.{CALL_ID}`) } : undefined),
	};
}
