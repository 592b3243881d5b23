/** What KAZOO delivers to a webhook, made into one shape whatever format or version the webhook has. */
import type { GenericValue, IDataObject } from 'n8n-workflow';
import { createHash } from 'crypto';

import type { EventDetails, EventValue, HookKind, HookSource } from '../events';
import { events, eventValues, SECRET_FIELDS } from '../events';
import { shownEvent } from '../events/shown';
import { namesFirst } from '../values/keyOrder';
import type { Bounds } from '../values/bounds';
import { isWithin } from '../values/bounds';
import { datesToIso } from '../values/time';
import { KEY_FIELD, SECRET_FIELD } from './ownHooks';
import { isRecord } from '../values/records';

/** What says whether a delivery is ours: at its top, so that it is looked at before the rest is read. */
export interface Marks {
	/** Our key and secret, as the webhook's `custom_data` brings them back. */
	readonly key?: string;
	readonly secret?: string;
	/** KAZOO 5, version 2: what was signed. */
	readonly signed?: { readonly data: unknown; readonly timestamp: number; readonly hmac: string };
}

/** A document comes whole, and a long callflow is deep. */
const BOUNDS: Bounds = { depth: 200, entries: 20_000 };
const MOST_BYTES = 4_000_000;

/**
 * Why a delivery cannot be one of KAZOO's, whoever sent it: found out in a time that its size bounds.
 * @param bytes of the body
 */
export function excess(body: unknown, bytes: number): string | undefined {
	if (bytes > MOST_BYTES) return `it has ${bytes} bytes`;
	if (!isWithin(body, BOUNDS)) return 'it is nested too deeply or has too many fields';
	if (!isRecord(body)) return undefined;
	const depths = Object.keys(body).map((name) => name.split('[', BOUNDS.depth + 1).length);
	if (depths.some((depth) => depth > BOUNDS.depth)) return 'a name in it is nested too deeply';
	const fields = depths.reduce((sum, depth) => sum + depth, 0);
	return fields > BOUNDS.entries ? 'its names are nested too often' : undefined;
}

/** Keys that tell how KAZOO's parts talk to each other, not what happened. */
const INNER = new Set([
	...['msg_id', 'node', 'server_id', 'system_log_id', 'app_name', 'app_version', 'event_category'],
	...['account_db', 'cluster_id', 'hook_event', 'event_name'],
]);
const NUMBERS = /(_seconds|timestamp|_length|_count|^expires|^current_balance)$/;

/** @param body the parsed body: of JSON as it is, of a form with flat names */
export function readMarks(body: unknown, isForm: boolean): Marks {
	if (!isRecord(body)) return {};
	const { [KEY_FIELD]: key, [SECRET_FIELD]: secret, hmac } = body;
	const { action, name, data, timestamp } =
		typeof hmac === 'string' ? readFields(body, isForm) : ({} as IDataObject);
	return {
		...(typeof key === 'string' ? { key } : {}),
		...(typeof secret === 'string' ? { secret } : {}),
		...(typeof hmac === 'string' && isEventOfTwo(action, name, data)
			? { signed: { data, timestamp: secondsOf(timestamp), hmac } }
			: {}),
	};
}

/**
 * What happened, by the names of webhook payloads, without key and secret.
 * @param body the parsed body: of JSON as it is, of a form with names like `custom_channel_vars[Call-Type]`
 * @param isForm everything in it is text: numbers and yes or no are made of it again
 */
export function readPayload(body: unknown, isForm: boolean): IDataObject {
	const { [KEY_FIELD]: _key, [SECRET_FIELD]: _secret, ...rest } = readFields(body, isForm);
	const { name, data, timestamp: _timestamp, hmac: _hmac, action, ...beside } = rest;
	if (!isEventOfTwo(action, name, data)) return rest;
	return { ...beside, ...lifted(data as IDataObject), ...namedAs(name as string) };
}

function readFields(body: unknown, isForm: boolean): IDataObject {
	if (!isRecord(body)) return {};
	return isForm ? typed(nested(body)) : body;
}

/** Whether these are the fields of an event of version 2. */
function isEventOfTwo(action: unknown, name: unknown, data: unknown): boolean {
	return action === 'event' && typeof name === 'string' && isRecord(data);
}

const secondsOf = (timestamp: unknown): number =>
	typeof timestamp === 'number' || typeof timestamp === 'string' ? Number(timestamp) : Number.NaN;

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
		typeof channel === 'string' ? channel.startsWith('loopback/') : loopback === true || loopback === 'true';
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

/**
 * The item of an event: its value first, names before IDs, ISO dates, no secrets, nothing of KAZOO's inner workings.
 * @param names that were looked up for it: of the account, of the mailbox
 */
export function itemOf(event: EventValue, payload: IDataObject, names: IDataObject = {}): IDataObject {
	const told = Object.fromEntries(
		Object.entries(payload).filter(([name]) => !INNER.has(name) && !SECRET_FIELDS.includes(name)),
	);
	const shown = { ...shownEvent(told), ...names };
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
	if (!source) return { key: digestOf(payload), window: 3_000 };
	// Legs share the switch's msg_id, whose clock is coarse
	if (typeof msg_id === 'string') return { key: digestOf([...what, msg_id, call_id ?? id]), window: 60_000 };
	if (source.hook === 'object') return { key: digestOf([...what, id]), window: 3_000 };
	return { key: digestOf([...what, call_id ?? id, other_leg_call_id, timestamp]), window: 60_000 };
}

/** Short, however much somebody sends. */
const digestOf = (value: unknown): string =>
	createHash('sha1').update(JSON.stringify(value)).digest('base64');

/** `custom_channel_vars[Call-Type]` as a nested field; `key[]` as a list. */
function nested(form: IDataObject): IDataObject {
	const result: IDataObject = {};
	for (const [name, value] of Object.entries(form)) {
		if (name === '') continue;
		const path = pathOf(name);
		if (path.length === 0 || path.includes('__proto__')) continue;
		const last = path.pop() as string;
		const place = placeOf(result, path, last);
		if (!Array.isArray(place)) {
			if (place) place[last] = value;
		} else if (last === '') place.push(...(Array.isArray(value) ? value : [value]));
	}
	return result;
}

/**
 * The object or list that the last key of a path stands in, made where it is not there.
 * @returns nothing below a list: it has no keys, and one called `length` or 4294967294 would make it endless
 */
function placeOf(
	result: IDataObject,
	path: readonly string[],
	last: string,
): IDataObject | GenericValue[] | undefined {
	let place: IDataObject | GenericValue[] = result;
	for (const [index, key] of path.entries()) {
		if (Array.isArray(place)) return undefined;
		const inside: unknown = Object.hasOwn(place, key) ? place[key] : undefined;
		const isList = (path[index + 1] ?? last) === '';
		const next: IDataObject | GenericValue[] =
			isRecord(inside) || Array.isArray(inside) ? (inside as IDataObject) : isList ? [] : {};
		place[key] = next;
		place = next;
	}
	return place;
}

/** The keys in `a[b][]`: in one pass, whatever it is. */
function pathOf(name: string): string[] {
	const [first = '', ...others] = name.split('[');
	const inner = others.flatMap((part) => (part.includes(']') ? [part.slice(0, part.indexOf(']'))] : []));
	return first === '' ? inner : [first, ...inner];
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
