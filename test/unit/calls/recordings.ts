/** Recorded calls of a real KAZOO and simulated ones, where ../shared is there: their legs by each source. */
import { NodeApiError } from 'n8n-workflow';

import { factsOfCdr } from '../../../crossbar/calls/readCdr';
import { factsOfEvent } from '../../../crossbar/calls/readEvent';
import { InternalLegs } from '../../../crossbar/calls/internalLegs';
import type { LegFacts } from '../../../crossbar/calls/leg';
import { parseFrame } from '../../../crossbar/live/frames';
import { legOf } from '../../../crossbar/live/payload';
import type { Transport } from '../../../crossbar/http/transport';
import { readPayload } from '../../../crossbar/webhooks/delivery';
import type { Recordings } from '../../recordings';

type Json = Record<string, unknown>;

interface Line {
	readonly kind?: string;
	readonly name: string;
	/** Milliseconds, Unix. */
	readonly at?: number;
	readonly frame?: Json;
	readonly request?: { path?: string; body?: Json };
	readonly response?: { body?: { data?: unknown } };
}

export interface Sources {
	readonly webhook: LegFacts[];
	readonly websocket: LegFacts[];
	readonly cdr: LegFacts[];
	/** Whole records (`/cdrs/{id}`, `/cdrs/legs/{id}`). */
	readonly whole: LegFacts[];
}

/** All legs of a file, each source apart, in the order they came. */
export function sourcesOf({ lines }: Recordings, file: string): Sources {
	const sources: Sources = { webhook: [], websocket: [], cdr: [], whole: [] };
	const internal = new InternalLegs();
	for (const { kind, frame, request, response, name } of lines<Line>(file)) {
		if (kind === 'websocket') {
			add(sources.websocket, ofFrame(JSON.stringify(frame)));
		} else if (kind === 'webhook') {
			add(sources.webhook, ofWebhook(request?.body ?? {}, internal));
		} else if (name.includes('.cdrs') || name.endsWith('.cdr_legs') || name.endsWith('.cdr_get')) {
			const path = (request?.path ?? '').split('?')[0] ?? '';
			const data = response?.body?.data;
			const records = (Array.isArray(data) ? data : [data]).filter(
				(one): one is Json => typeof one === 'object' && one !== null,
			);
			const into = path.endsWith('/cdrs') ? sources.cdr : path.endsWith('/interaction') ? [] : sources.whole;
			for (const record of records) add(into, factsOfCdr(record));
		}
	}
	return sources;
}

function add(list: LegFacts[], facts: LegFacts | undefined): void {
	if (facts) list.push(facts);
}

export interface Heard {
	/** Milliseconds, Unix. */
	readonly at: number;
	readonly facts: LegFacts;
}

/** The events of a source with the time at which they came. */
export function timelineOf({ lines }: Recordings, file: string, source: 'webhook' | 'websocket'): Heard[] {
	const internal = new InternalLegs();
	return lines<Line>(file).flatMap(({ kind, frame, request, at }): Heard[] => {
		if (kind !== source || at === undefined) return [];
		const facts =
			source === 'webhook' ? ofWebhook(request?.body ?? {}, internal) : ofFrame(JSON.stringify(frame));
		return facts ? [{ at, facts }] : [];
	});
}

function ofWebhook(body: Json, internal: InternalLegs): LegFacts | undefined {
	const payload = readPayload(body, false);
	return factsOfEvent(payload, internal.isInternal(payload));
}

function ofFrame(frame: string): LegFacts | undefined {
	const parsed = parseFrame(frame, []);
	return parsed && 'event' in parsed ? factsOfEvent(legOf(parsed.event)) : undefined;
}

/** A door to a Crossbar that has the recorded whole records, each by its id, and nothing else. */
export function recordedCrossbar({ lines }: Recordings, file: string): Transport {
	const records = new Map<string, Json>();
	for (const { name, request, response } of lines<Line>(file)) {
		const path = (request?.path ?? '').split('?')[0] ?? '';
		if (!/\.cdr/.test(name) || !/\/cdrs\/(legs\/)?\d/.test(path)) continue;
		const data = response?.body?.data;
		for (const record of (Array.isArray(data) ? data : [data]) as Json[])
			if (typeof record?.call_id === 'string') records.set(record.call_id, record);
	}
	const send = async ({ path }: { path: string }): Promise<{ envelope: { data: unknown } }> => {
		const [, legs, id = ''] = /\/cdrs\/(legs\/)?(.+)$/.exec(path) ?? [];
		const wanted = decodeURIComponent(id);
		if (legs !== undefined)
			return {
				envelope: { data: [...records.values()].filter((one) => one.interaction_id === wanted) },
			};
		const data = records.get(wanted.replace(/^\d{6}-/, ''));
		if (data) return { envelope: { data } };
		throw new NodeApiError({} as never, { message: 'not found' }, { httpCode: '404' });
	};
	return { send, whoAmI: async () => ({ accountId: 'account' }) } as unknown as Transport;
}
