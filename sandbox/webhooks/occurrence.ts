import type { Message } from '../bus/bus';
import type { Change } from '../store/changes';
import type { Doc, Fields } from '../store/database';
import type { Needs } from './needs';
import { publicFields } from '../store/merge';
import { clientForm, snake, snaked } from '../bus/messages';
import { NOTIFICATION_TYPES } from './catalogue';
import { now } from '../values/time';
import { accountOfChannel, channelPayload, isInternalLeg } from './channel';

/**
 * What happened, as hooks see it: which hook it is for and what it delivers. Follows observed.md, second half, 1 and
 * 7 to 9, webhooks.md 2 and the recorded deliveries (what of each message arrives, which messages have no hook).
 */
export interface Occurrence {
	/** `channel_create`, `object`, `notifications` ...; hooks of this name and `all` hooks may fire. */
	hook: string;
	accountId: string;
	/** Only hooks that want internal legs fire. */
	internal?: boolean;
	/** What `custom_data` of a hook is compared with: `type`, `action`. */
	modifiers?: Record<string, string | undefined>;
	/** What is delivered, in order; `custom_data` and `cluster_id` are added by hook. */
	payload: Fields;
	/** KAZOO 5's name of it in payloads of version 2, and its data there. */
	name: string;
	data: Fields;
	/** Goes to this hook and no other, which need not be stored: a callflow's own. */
	only?: Fields;
}

const CHANNEL_EVENTS: Record<string, { hook: string; profile?: 5 }> = {
	CHANNEL_CREATE: { hook: 'channel_create' },
	CHANNEL_ANSWER: { hook: 'channel_answer' },
	CHANNEL_BRIDGE: { hook: 'channel_bridge' },
	CHANNEL_DESTROY: { hook: 'channel_destroy' },
	CHANNEL_HOLD: { hook: 'channel_hold', profile: 5 },
	CHANNEL_UNHOLD: { hook: 'channel_unhold', profile: 5 },
};

const PARKING = new Set(['PARK_PARKED', 'PARK_RETRIEVED', 'PARK_ABANDONED']);

/** What of a parking event stays inside. */
const NOT_IN_PARKING = new Set([
	'Node',
	'Server-ID',
	'Msg-ID',
	'System-Log-ID',
	'App-Name',
	'App-Version',
	'Event-Category',
	'Custom-Channel-Vars',
]);

function channel(needs: Needs, payload: Fields): Occurrence | undefined {
	const name = String(payload['Event-Name']);
	const event = CHANNEL_EVENTS[name];
	if (!event || (event.profile === 5 && needs.profile !== 5)) return undefined;
	const accountId = accountOfChannel(needs.store, payload);
	if (accountId === undefined) return undefined;
	return {
		hook: event.hook,
		accountId,
		internal: isInternalLeg(payload),
		payload: channelPayload(needs.store, event.hook, accountId, payload),
		name,
		data: clientForm(payload),
	};
}

function parking(needs: Needs, payload: Fields): Occurrence | undefined {
	const accountId = accountOfChannel(needs.store, payload);
	if (accountId === undefined) return undefined;
	return {
		hook: 'parking',
		accountId,
		payload: { ...clientForm(payload, NOT_IN_PARKING), account_id: accountId },
		name: String(payload['Event-Name']),
		data: clientForm(payload),
	};
}

/** A text message; those between people of the same system have no hook. */
function text(payload: Fields): Occurrence | undefined {
	const type = String(payload['Event-Category']);
	if (payload['Route-Type'] !== 'offnet' || (type !== 'sms' && type !== 'mms')) return undefined;
	const accountId = String(payload['Account-ID']);
	return {
		hook: type,
		accountId,
		payload: {
			id: payload['Message-ID'],
			account_id: accountId,
			type,
			from: payload.From,
			to: payload.To,
			body: payload.Body,
			origin: payload['Route-Type'],
		},
		name: type.toUpperCase(),
		data: clientForm(payload),
	};
}

function notification(payload: Fields): Occurrence | undefined {
	const name = String(payload['Event-Name']);
	if (name === 'webhook') return callflowHook(payload);
	const accountId = payload['Account-ID'];
	if (typeof accountId !== 'string') return undefined;
	if (!NOTIFICATION_TYPES.has(name)) return undefined;
	const fields = clientForm(payload);
	return {
		hook: 'notifications',
		accountId,
		modifiers: { type: name },
		payload: fields,
		name,
		data: Object.fromEntries(Object.entries(fields).filter(([key]) => key !== 'password')),
	};
}

/** A callflow's webhook step: the message brings hook and data along. */
function callflowHook(payload: Fields): Occurrence | undefined {
	const hook = payload.Hook as Fields | undefined;
	if (!hook) return undefined;
	const data = snaked(payload.Data ?? {}) as Fields;
	const accountId = String(hook.pvt_account_id ?? payload['Account-ID']);
	return { hook: 'webhook', accountId, payload: data, name: 'webhook', data, only: hook };
}

/** KAZOO 5 only: the start and the end of an audio stream. */
function stream(payload: Fields): Occurrence {
	const name = String(payload['Event-Name']);
	const fields = Object.fromEntries(
		['Account-ID', 'Call-ID', 'Error-Message', 'Reason', 'Stream-ID', 'Stream-Name'].flatMap((key) =>
			payload[key] === undefined ? [] : [[snake(key), payload[key]]],
		),
	);
	const data = { ...fields, timestamp: now() };
	return {
		hook: 'stream',
		accountId: String(payload['Account-ID']),
		modifiers: { type: name },
		payload: { event_name: name, ...data },
		name,
		data,
	};
}

/** KAZOO 5 only: the record of a leg was written. It delivers what a channel's hook does, and what was asked for. */
function cdr(needs: Needs, payload: Fields): Occurrence {
	const accountId = String(payload['Account-ID']);
	const {
		custom_channel_vars: _vars,
		custom_application_vars: _applicationVars,
		local_resource_id: _resource,
		...fields
	} = channelPayload(needs.store, 'cdr', accountId, payload);
	const request = payload.Request === undefined ? {} : { request: payload.Request };
	return {
		hook: 'cdr',
		accountId,
		payload: { ...fields, ...request },
		name: 'cdr',
		data: clientForm(payload),
	};
}

/** What a message on the bus means to hooks; undefined when no hook is for such messages. */
export function ofMessage(needs: Needs, { api, payload }: Message): Occurrence | undefined {
	const [module] = api.split(':');
	if (module === 'kapi_notifications') return notification(payload);
	if (module === 'kapi_im') return text(payload);
	if (needs.profile === 5 && module === 'kapi_pivot') return stream(payload);
	if (needs.profile === 5 && module === 'kapi_cdr') return cdr(needs, payload);
	if (module !== 'kapi_call') return undefined;
	return PARKING.has(String(payload['Event-Name'])) ? parking(needs, payload) : channel(needs, payload);
}

/** What a change of a document means to hooks. */
export function ofChange({ accountId, action, type, id, doc }: Change): Occurrence {
	const payload: Fields = { id, account_id: accountId, action, ...(type ? { type } : undefined) };
	return {
		hook: 'object',
		accountId,
		modifiers: { type, action },
		payload,
		name: action,
		data: doc ? { ...payload, ...dataOf(doc, action) } : payload,
	};
}

/** What KAZOO 5 adds to a change in payloads of version 2. */
function dataOf(doc: Doc, action: string): Fields {
	return {
		rev: doc._rev,
		is_soft_deleted: doc.pvt_deleted === true,
		date_created: doc.pvt_created,
		date_modified: doc.pvt_modified,
		...(action === 'doc_deleted' ? undefined : { doc: publicFields(doc) }),
		metadata: { id: doc._id, created: doc.pvt_created, modified: doc.pvt_modified },
	};
}
