/** Recorded calls of a real KAZOO and simulated ones, where ../shared is there: their legs by each source. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { factsOfCdr } from '../../../crossbar/calls/readCdr';
import { factsOfEvent } from '../../../crossbar/calls/readEvent';
import { InternalLegs } from '../../../crossbar/calls/internalLegs';
import type { LegFacts } from '../../../crossbar/calls/leg';
import { parseFrame } from '../../../crossbar/live/frames';
import { legOf } from '../../../crossbar/live/payload';
import { readDelivery } from '../../../crossbar/webhooks/delivery';

const FOLDER = join(__dirname, '../../../../shared/crossbar');

export const hasRecordings = existsSync(join(FOLDER, 'recorded-calls.jsonl'));

type Json = Record<string, unknown>;

export interface Sources {
	readonly webhook: LegFacts[];
	readonly websocket: LegFacts[];
	readonly cdr: LegFacts[];
	/** Whole records (`/cdrs/{id}`, `/cdrs/legs/{id}`). */
	readonly whole: LegFacts[];
}

/** All legs of a file, each source apart, in the order they came. */
export function sourcesOf(file: string): Sources {
	const sources: Sources = { webhook: [], websocket: [], cdr: [], whole: [] };
	const internal = new InternalLegs();
	for (const line of readFileSync(join(FOLDER, file), 'utf8').split('\n').filter(Boolean)) {
		const { kind, frame, request, response, name } = JSON.parse(line) as {
			kind?: string;
			name: string;
			frame?: Json;
			request?: { path?: string; body?: Json };
			response?: { body?: { data?: unknown } };
		};
		if (kind === 'websocket') {
			const parsed = parseFrame(JSON.stringify(frame), []);
			if (parsed && 'event' in parsed) add(sources.websocket, factsOfEvent(legOf(parsed.event)));
		} else if (kind === 'webhook') {
			const { payload } = readDelivery(request?.body ?? {}, false);
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
