import { createHash } from 'node:crypto';
import type { Fields } from '../store/database';

/**
 * Messages of KAZOO's bus as clients see them: webhooks (notifications, parking) and websocket frames show the same
 * form. Follows observed.md, second half, 8 and 10, and blackhole.md 4.1: keys in lower snake case at every depth,
 * the headers every message has at the end. KAZOO's own order of the other keys is that of its definitions, last one
 * first; they are nearly alphabetical, so here they are exactly that.
 */

/** Headers that every message has, in the order in which they end a payload. */
const ENDING = [
	'Server-ID',
	'Node',
	'System-Log-ID',
	'Msg-ID',
	'Event-Name',
	'Event-Category',
	'App-Version',
	'App-Name',
];

/** Headers of the bus itself, which websockets do not pass on. */
export const PRIVATE_HEADERS: ReadonlySet<string> = new Set([
	'Node',
	'Server-ID',
	'System-Log-ID',
	'Queue-ID',
]);

/** Headers that senders put in although the message's definition has none such: they do not arrive. */
const UNDEFINED_HEADERS: Record<string, readonly string[]> = {
	voicemail_full: ['Voicemail-Number'],
	port_comment: ['Reason'],
	dialog_update: ['Call-Direction'],
};

/** `Call-ID` as `call_id`. */
export function snake(key: string): string {
	return key.replaceAll('-', '_').toLowerCase();
}

/** The keys of a value, at every depth, in snake case. */
export function snaked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(snaked);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [snake(key), snaked(item)]));
}

/** A message in the form clients see, without the headers in `omitted`. */
export function clientForm(payload: Fields, omitted: ReadonlySet<string> = new Set()): Fields {
	const unknown = UNDEFINED_HEADERS[String(payload['Event-Name'])] ?? [];
	const kept = Object.keys(payload).filter(
		(key) =>
			!omitted.has(key) && !unknown.includes(key) && payload[key] !== undefined && payload[key] !== null,
	);
	const first = kept
		.filter((key) => !ENDING.includes(key))
		.sort()
		.reverse();
	const last = ENDING.filter((key) => kept.includes(key));
	return Object.fromEntries([...first, ...last].map((key) => [snake(key), snaked(payload[key])]));
}

/**
 * A message about waiting messages says who it is for in every form there is; senders only give `To` and the numbers.
 */
export function completeMwi(payload: Fields): Fields {
	const address = String(payload.To).replace(/^sip:/, '');
	const [user = '', realm = ''] = address.split('@');
	const sip = `sip:${address}`;
	return {
		...payload,
		To: sip,
		'To-User': user,
		'To-Realm': realm,
		From: sip,
		'From-User': user,
		'From-Realm': realm,
		'Presence-ID': address,
		'Message-Account': sip,
		'Messages-Urgent': payload['Messages-Urgent'] ?? 0,
		'Messages-Urgent-Saved': payload['Messages-Urgent-Saved'] ?? 0,
		'Messages-Waiting': Number(payload['Messages-New'] ?? 0) > 0 ? 'yes' : 'no',
		'Call-ID': createHash('md5').update(address).digest('hex'),
	};
}
