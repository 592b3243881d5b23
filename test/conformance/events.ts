import { compareJson, type Difference } from './compare';
import type { Mapping } from './mapping';
import {
	isObject,
	type Delivery,
	type Frame,
	type Json,
	type JsonObject,
	type RecordedRequest,
} from './recording';
import { partsOf } from './masks';
import type { Outcome } from './player';
import { socketOf } from './sockets';

/**
 * Deliveries and frames of a replay against the recorded ones. Both were made side by side with other things, so
 * their place among the lines says little: one is looked for among all that went the same way (the same hook and
 * path, the same connection and kind of frame), what agrees in everything first.
 */

/** An event that was recorded or that came. */
export interface Item {
	line: number;
	name: string;
	/** What the report calls it. */
	label: string;
	/** What an event may be compared with: those of the same key. */
	key: string;
	value: Json;
}

const HEADERS = ['content-type', 'x-hook-id', 'x-account-id'];

/** A form as an object; a key that comes twice is a list, an empty piece is the empty key. */
function fieldsOf(form: string): JsonObject {
	const fields: JsonObject = {};
	for (const piece of form.split('&')) {
		const cut = piece.indexOf('=');
		const key = cut < 0 ? piece : piece.slice(0, cut);
		const value = cut < 0 ? null : decodeURIComponent(piece.slice(cut + 1).replaceAll('+', ' '));
		const before = fields[key];
		fields[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
	}
	return fields;
}

/** What is compared of a delivery: everything but the headers that HTTP itself needs. */
function comparable({ method, path, headers, body }: RecordedRequest): JsonObject {
	const cut = path.lastIndexOf('?');
	const isEmpty = body === undefined || body === null || body === '';
	const isForm = typeof body === 'string' && (headers['content-type'] ?? '').includes('form');
	return {
		method,
		path: cut < 0 ? path : path.slice(0, cut),
		query: cut < 0 ? null : fieldsOf(path.slice(cut + 1)),
		headers: Object.fromEntries(HEADERS.flatMap((name) => (headers[name] ? [[name, headers[name]]] : []))),
		body: isEmpty ? null : isForm ? fieldsOf(body) : (body ?? null),
	};
}

/** A path with a word in place of what a server makes up: whether it is the right one is seen when it is compared. */
const withoutIds = (path: string): string =>
	partsOf(path)
		.map(({ kind, text }) => (kind === 'literal' ? text : kind))
		.join('');

/** A delivery. */
export function deliveryItem({ line, name, request }: Pick<Delivery, 'line' | 'name' | 'request'>): Item {
	const value = comparable(request);
	const hook = request.headers['x-hook-id'] ?? '';
	const path = String(value.path);
	return {
		line,
		name,
		label: `webhook ${request.method} ${path}`,
		key: `${hook} ${withoutIds(path)}`,
		value,
	};
}

/** A frame of the server. */
export function frameItem({ line, name }: Pick<Frame, 'line' | 'name'>, socket: string, frame: Json): Item {
	const fields = isObject(frame) ? frame : {};
	const kind = typeof fields.action === 'string' ? fields.action : 'close';
	const place = `${socket} ${kind} ${kind === 'event' ? `${String(fields.subscribed_key)} ${String(fields.name)}` : ''}`;
	return {
		line,
		name,
		label: `websocket ${kind} ${String(fields.name ?? '')}`.trim(),
		key: place,
		value: frame,
	};
}

/** The item of a recorded frame. */
export const recordedFrame = (frame: Frame): Item => frameItem(frame, socketOf(frame), frame.frame);

/** Pairs what was recorded with what came: an outcome for each, and one for whatever came and was not recorded. */
export function compareEvents(
	recorded: readonly Item[],
	actual: readonly Item[],
	mapping: Mapping,
): Outcome[] {
	const left = new Map<string, Item[]>();
	for (const item of actual) left.set(item.key, [...(left.get(item.key) ?? []), item]);
	const outcomes = new Map<Item, Difference[]>();
	for (const item of recorded) {
		const candidates = left.get(mapping.translate(item.key)) ?? [];
		const match = candidates.findIndex((candidate) => agrees(item, candidate, mapping));
		if (match < 0) continue;
		candidates.splice(match, 1);
		outcomes.set(item, []);
	}
	for (const item of recorded) {
		if (outcomes.has(item)) continue;
		const partner = left.get(mapping.translate(item.key))?.shift();
		outcomes.set(
			item,
			partner
				? compareJson(item.value, partner.value, mapping)
				: [{ where: 'event', recorded: item.value, note: 'did not come' }],
		);
	}
	const paired = recorded.map((item) => toOutcome(item, outcomes.get(item) ?? []));
	const extra = [...left.values()]
		.flat()
		.map((item) => toOutcome(item, [{ where: 'event', actual: item.value, note: 'was not recorded' }]));
	return [...paired, ...extra];
}

/** Whether two agree; what is learned from two that do not is forgotten. */
function agrees(recorded: Item, actual: Item, mapping: Mapping): boolean {
	const undo = mapping.begin();
	if (compareJson(recorded.value, actual.value, mapping).length === 0) return true;
	undo();
	return false;
}

const toOutcome = ({ line, name, label }: Item, differences: Difference[]): Outcome => ({
	kind: 'event',
	line,
	name,
	request: label,
	differences,
});
