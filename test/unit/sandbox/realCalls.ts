/** Recorded calls of a real KAZOO and simulated ones of the same kind, brought into one form. */
import { clientForm, PRIVATE_HEADERS } from '../../../sandbox/bus/messages';
import type { Recordings } from '../../recordings';
import type { Office } from './calls-setup';

export type Json = Record<string, unknown>;

const FILE = 'recorded-calls.jsonl';

interface Line {
	readonly name: string;
	readonly kind?: string;
	readonly frame?: { readonly name?: string; readonly data?: Json };
	readonly response?: { readonly body?: { readonly data?: unknown } };
}

const isLegEvent = ({ event_name: name }: Json): boolean => /^(CHANNEL|PARK)_/.test(String(name));

/** The events of the first call of a scenario, until no leg of it is up. */
export function recordedEvents({ lines }: Recordings, scenario: string): Json[] {
	const events = lines<Line>(FILE)
		.filter(({ name, kind }) => name === scenario && kind === 'websocket')
		.flatMap(({ frame }) => (frame?.data && isLegEvent(frame.data) ? [frame.data] : []));
	const up = new Set<unknown>();
	for (const [index, { event_name: name, call_id: id }] of events.entries()) {
		if (name === 'CHANNEL_CREATE') up.add(id);
		if (name === 'CHANNEL_DESTROY') up.delete(id);
		// A parked caller is told of once more after his end
		if (up.size === 0) return events.slice(0, index + 1);
	}
	return events;
}

/** Whole call records of a scenario. */
export function recordedCdrs({ lines }: Recordings, scenario: string): Json[] {
	return lines<Line>(FILE)
		.filter(({ name }) => name === `${scenario}.cdrs.get`)
		.flatMap(({ response }) => [response?.body?.data].flat() as Json[]);
}

/** What a websocket would have shown since it was asked last. */
export function simulatedEvents(office: Office): Json[] {
	return office
		.published()
		.filter(({ api }) => api === 'kapi_call:publish_event')
		.map(({ payload }) => clientForm(payload, PRIVATE_HEADERS))
		.filter(isLegEvent);
}

/** Events of which a real KAZOO tells now in this order and now in that. */
const TOGETHER = [
	['CHANNEL_CREATE'],
	['CHANNEL_ANSWER', 'CHANNEL_BRIDGE', 'PARK_RETRIEVED'],
	['CHANNEL_DESTROY'],
];

const groupOf = ({ event_name: name }: Json): number => {
	const index = TOGETHER.findIndex((names) => names.includes(String(name)));
	return index < 0 ? Infinity : index;
};

const labelOf = (event: Json): string =>
	[event.event_name, event.call_direction, event.channel_loopback_leg, event.hangup_cause, event.disposition]
		.filter((part) => part !== undefined)
		.join(' ');

/** The events in one order: what comes together is sorted by what it says. */
export function inOneOrder(events: readonly Json[]): Json[] {
	const runs: Json[][] = [];
	for (const event of events) {
		const run = runs.at(-1);
		if (run?.[0] && groupOf(run[0]) === groupOf(event) && groupOf(event) !== Infinity) run.push(event);
		else runs.push([event]);
	}
	return runs.flatMap((run) => run.sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1)));
}

/** Texts by their form: ids, addresses and times differ from call to call, and how they are written does not. */
const FORMS: [RegExp, string][] = [
	[/^sip:[^@]+@\S+$/, 'sip:user@host'],
	[/^<sip:[^@]+@\S+>$/, '<sip:user@host>'],
	[/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'uuid'],
	[/^konami-transfer-[0-9a-f]{8}$/, 'konami-transfer-id'],
	[/^[0-9a-f]{20}@[\d.]+$/, 'id@host'],
	[/^\d{11}-[0-9a-f]{8}$/, 'interaction'],
	[/^[0-9a-f]{32}$/, 'id'],
	[/^\d{16}$/, 'microseconds'],
	[/^sofia\/sipinterface_1\/[0-9a-f]{32}@[0-9a-f]{32}$/, 'sofia/device@account'],
	[/^sofia\/sipinterface_1\/\S+@\S+$/, 'sofia/user@host'],
	[/^loopback\/\S+-[ab]$/, 'loopback'],
	[/^[^@\s]+@\S+$/, 'user@host'],
	[/^v=0\r\n/, 'sdp'],
];

/** Texts that are always the same. */
const WORDS = new Set([
	...['app_name', 'app_version', 'event_category', 'event_name', 'call_direction', 'channel_state'],
	...['channel_call_state', 'channel_answer_state', 'channel_loopback_leg', 'hangup_cause', 'hangup_code'],
	...['disposition', 'application_name', 'authorizing_type', 'resource_type', 'global_resource'],
	...['channel_authorized', 'resource_fax_option', 'did_classifier', 'other_leg_direction', 'is_conference'],
	'metaflow_app',
]);

function formOf(key: string, value: unknown, apart: readonly string[]): unknown {
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return shapeOf(value as Json, apart);
	if (typeof value !== 'string') return typeof value === 'number' ? 'number' : value;
	if (WORDS.has(key)) return value;
	return FORMS.find(([form]) => form.test(value))?.[1] ?? 'text';
}

/** Keys and the forms of their values, without those in `apart`. */
export function shapeOf(value: Json, apart: readonly string[] = []): Json {
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => !apart.includes(key))
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, formOf(key, inner, apart)]),
	);
}
