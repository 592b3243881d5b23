/** Recorded calls of a real KAZOO and simulated ones, where ../shared is there: their legs by each source. */
import { factsOfCdr } from '../../../crossbar/calls/readCdr';
import { factsOfEvent } from '../../../crossbar/calls/readEvent';
import { InternalLegs } from '../../../crossbar/calls/internalLegs';
import type { LegFacts } from '../../../crossbar/calls/leg';
import { parseFrame } from '../../../crossbar/live/frames';
import { legOf } from '../../../crossbar/live/payload';
import { readPayload } from '../../../crossbar/webhooks/delivery';
import type { Recordings } from '../../recordings';

type Json = Record<string, unknown>;

interface Line {
	readonly kind?: string;
	readonly name: string;
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
			const parsed = parseFrame(JSON.stringify(frame), []);
			if (parsed && 'event' in parsed) add(sources.websocket, factsOfEvent(legOf(parsed.event)));
		} else if (kind === 'webhook') {
			const payload = readPayload(request?.body ?? {}, false);
			add(sources.webhook, factsOfEvent(payload, internal.isInternal(payload)));
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
