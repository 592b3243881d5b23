/** What KAZOO delivers to a webhook, made into one shape whatever format or version the webhook has. */
import type { IDataObject } from 'n8n-workflow';

import type { EventDetails, EventValue, HookKind, HookSource } from '../events';
import { events, eventValues, SECRET_FIELDS } from '../events';
import { namesFirst } from '../values/keyOrder';
import { datesToIso } from '../values/time';
import { KEY_FIELD, SECRET_FIELD } from './ownHooks';

/** A delivery that was read. */
export interface Delivery {
	/** Our key and secret, as the webhook's `custom_data` brings them back. */
	readonly key?: string;
	readonly secret?: string;
	/** What happened, by the names of webhook payloads, without key and secret. */
	readonly payload: IDataObject;
	/** KAZOO 5, version 2: what was signed. */
	readonly signed?: { readonly data: unknown; readonly timestamp: number; readonly hmac: string };
}

/** Keys that tell how KAZOO's parts talk to each other, not what happened. */
const INNER = new Set([
	...['msg_id', 'node', 'server_id', 'system_log_id', 'app_name', 'app_version', 'event_category'],
	...['account_db', 'cluster_id', 'hook_event', 'event_name'],
]);
const NUMBERS = /(_seconds|timestamp|_length|_count|^expires|^current_balance)$/;

/**
 * @param body the parsed body: of JSON as it is, of a form with names like `custom_channel_vars[Call-Type]`
 * @param isForm everything in it is text: numbers and yes or no are made of it again
 */
export function readDelivery(body: unknown, isForm: boolean): Delivery {
	const fields = isRecord(body) ? (isForm ? typed(nested(body)) : body) : {};
	const { [KEY_FIELD]: key, [SECRET_FIELD]: secret, ...rest } = fields;
	const known = {
		...(typeof key === 'string' ? { key } : {}),
		...(typeof secret === 'string' ? { secret } : {}),
	};
	if (rest.action !== 'event' || typeof rest.name !== 'string' || !isRecord(rest.data))
		return { ...known, payload: rest };
	const { name, data, timestamp, hmac, action: _, ...beside } = rest;
	return {
		...known,
		payload: { ...beside, ...lifted(data), ...namedAs(name) },
		...(typeof hmac === 'string' ? { signed: { data, timestamp: Number(timestamp), hmac } } : {}),
	};
}

/** The name of an event of version 2, where version 1 has it. */
function namedAs(name: string): IDataObject {
	if (/^doc_/i.test(name)) return { action: name.toLowerCase() };
	if (/^(CHANNEL_|CDR$)/.test(name)) return { hook_event: name.toLowerCase() };
	if (/^(PARK_|stream_)/.test(name)) return { event_name: name };
	if (/^(SMS|MMS)$/.test(name)) return { type: name.toLowerCase() };
	return { event_name: name, event_category: 'notification' };
}

/** Version 2 leaves in the variables of the channel whose leg it is; version 1 has it beside the rest. */
function lifted(data: IDataObject): IDataObject {
	const vars = isRecord(data.custom_channel_vars) ? data.custom_channel_vars : {};
	const names = ['account_id', 'owner_id', 'authorizing_id', 'authorizing_type'].filter(
		(name) => name in vars,
	);
	const { channel_is_loopback: loopback, channel_name: channel } = data;
	// The name decides: a phone's leg keeps the mark of a loopback that has bowed out between it and its caller
	const isInternal =
		typeof channel === 'string' ? channel.startsWith('loopback/') : String(loopback) === 'true';
	return {
		...Object.fromEntries(names.map((name) => [name, vars[name]])),
		...(loopback === undefined && channel === undefined ? {} : { is_internal_leg: isInternal }),
		...data,
	};
}

/** Which webhook, and what of it, a payload comes from. @returns undefined for one that says nothing about itself */
export function sourceOf(payload: IDataObject): HookSource | undefined {
	const { hook_event, event_name, event_category, action, type, id } = payload;
	if (typeof hook_event === 'string') return { hook: hook_event as HookKind };
	if (typeof event_name === 'string') {
		if (event_name.startsWith('PARK_')) return { hook: 'parking', eventName: event_name };
		if (event_name.startsWith('stream_')) return { hook: 'stream', type: event_name, eventName: event_name };
		if (event_category === 'notification') return { hook: 'notifications', type: event_name };
	}
	if (typeof action === 'string' && action.startsWith('doc_')) {
		// A number that was removed comes without its type
		const isNumber = type === undefined && typeof id === 'string' && /^\+\d+$/.test(id);
		const known = isNumber ? 'number' : type;
		return {
			hook: 'object',
			action: action as HookSource['action'],
			...(typeof known === 'string' ? { type: known } : {}),
		};
	}
	return type === 'sms' || type === 'mms' ? { hook: type } : undefined;
}

/**
 * The event of a payload, if it is one of those chosen; the more exact one where two fit ("Call Recording Saved"
 * before "Object Created"). With `any` every payload is an event, under its best name. Missed calls are told from
 * several payloads, see missedCall.ts.
 * @param objectTypes types that count for the events about objects in general; all when empty
 */
export function eventOf(
	payload: IDataObject,
	chosen: readonly EventValue[],
	objectTypes: readonly string[] = [],
): EventValue | undefined {
	const source = sourceOf(payload);
	const wantsAny = chosen.includes('any');
	const candidates = wantsAny ? eventValues : chosen;
	const fitting = source
		? candidates.filter(
				(value) => value !== 'any' && fits(events[value], source, wantsAny ? [] : objectTypes),
			)
		: [];
	const exact = fitting.find((value) => events[value].webhook?.type !== undefined);
	return exact ?? fitting[0] ?? (wantsAny ? 'any' : undefined);
}

function fits({ webhook }: EventDetails, source: HookSource, objectTypes: readonly string[]): boolean {
	if (!webhook || webhook.told || webhook.step || webhook.hook !== source.hook) return false;
	if (webhook.action !== source.action || webhook.eventName !== source.eventName) return false;
	if (webhook.type !== undefined) return webhook.type === source.type;
	return source.hook !== 'object' || objectTypes.length === 0 || objectTypes.includes(source.type ?? '');
}

/** The item of an event: its value first, names before IDs, ISO dates, no secrets, nothing of KAZOO's inner workings. */
export function itemOf(event: EventValue, payload: IDataObject): IDataObject {
	const shown = Object.fromEntries(
		Object.entries(payload).filter(([name]) => !INNER.has(name) && !SECRET_FIELDS.includes(name)),
	);
	if (isRecord(shown.doc)) shown.doc = withoutSecrets(shown.doc);
	return namesFirst(Object.assign({ event }, datesToIso(shown), { event }));
}

function withoutSecrets(document: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(document).filter(([name]) => !SECRET_FIELDS.includes(name)));
}

/**
 * What makes two deliveries the same one, and for how long (milliseconds). A leg tells an event once a second; a
 * notification has an id; a document is written several times for one change.
 */
export function identityOf(payload: IDataObject): { key: string; window: number } {
	const { call_id, other_leg_call_id, timestamp, msg_id, account_id, id } = payload;
	const source = sourceOf(payload);
	const what = [source?.hook, source?.type, source?.action, source?.eventName, account_id];
	if (!source) return { key: JSON.stringify(payload), window: 3_000 };
	// Legs share the switch's msg_id, whose clock is coarse
	if (typeof msg_id === 'string') return { key: [...what, msg_id, call_id ?? id].join(' '), window: 60_000 };
	if (source.hook === 'object') return { key: [...what, id].join(' '), window: 3_000 };
	return { key: [...what, call_id ?? id, other_leg_call_id, timestamp].join(' '), window: 60_000 };
}

/** `custom_channel_vars[Call-Type]` as a nested field; `key[]` as a list. */
function nested(form: IDataObject): IDataObject {
	const result: IDataObject = {};
	for (const [name, value] of Object.entries(form)) {
		if (name === '') continue;
		const path = [...name.matchAll(/^[^[]+|\[([^\]]*)\]/g)].map(([whole, inner]) => inner ?? whole);
		if (path.some((key) => key === '__proto__')) continue;
		let place = result;
		path.slice(0, -1).forEach((key, index) => {
			if (!isRecord(place[key]) && !Array.isArray(place[key])) place[key] = path[index + 1] === '' ? [] : {};
			place = place[key] as IDataObject;
		});
		const last = path.at(-1) as string;
		if (!Array.isArray(place)) place[last] = value;
		else place.push(...(Array.isArray(value) ? value : [value]));
	}
	return result;
}

/** Yes, no and numbers again where a form has made texts of them; what people set themselves stays text. */
function typed(fields: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			if (isRecord(value) && !name.startsWith('custom_')) return [name, typed(value)];
			if (value === 'true' || value === 'false') return [name, value === 'true'];
			const isNumber = typeof value === 'string' && NUMBERS.test(name) && /^-?\d+(\.\d+)?$/.test(value);
			return [name, isNumber ? Number(value) : value];
		}),
	);
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
