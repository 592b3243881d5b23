/** The list of events: complete, consistent with what servers list, and what docs/events.md holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { events, eventValues, isEvent, SECRET_FIELDS } from '../../crossbar/events';
import type { EventValue } from '../../crossbar/events';
import { eventOf, itemOf, readPayload, sourceOf } from '../../crossbar/webhooks/delivery';
import { planHooks } from '../../crossbar/webhooks/plan';
import { catalogueOf } from '../../sandbox/webhooks/catalogue';
import { eventsPage } from '../catalogue/events';
import { withRecordings } from '../recordings';

const CATALOGUE = catalogueOf(4);
const root = join(__dirname, '../..');
const byHook = eventValues.filter((value) => events[value].webhook !== undefined);

describe('the list', () => {
	test('has every event once, named and described as the guidelines say', () => {
		const names = eventValues.map((value) => events[value].name);
		expect(new Set(names).size).toBe(names.length);
		for (const value of eventValues) {
			const { name, description, fields, webhook, live } = events[value];
			expect(name).toMatch(/^[A-Z]/);
			expect(description).not.toMatch(/\.$/);
			expect(fields.length).toBeGreaterThan(0);
			expect(webhook ?? live).toBeDefined();
		}
	});

	test('a text is an event or not', () => {
		expect(isEvent('callMissed')).toBe(true);
		for (const other of ['callmissed', 'toString', '__proto__', 5, undefined])
			expect(isEvent(other)).toBe(false);
	});

	test('every webhook is one that a server lists, but for those of KAZOO 5 and of the system', () => {
		const types = (hook: string): string[] => {
			const items = (CATALOGUE.find(({ id }) => id === hook)?.modifiers as Record<string, { items: object }>)
				?.type?.items;
			return Array.isArray(items) ? (items as string[]) : Object.keys(items ?? {});
		};
		const unlisted = ['webhook_disabled', 'system_alert', 'stream_start', 'stream_stop'];
		for (const value of byHook) {
			const { webhook, generations = [4, 5] } = events[value];
			if (!webhook || webhook.hook === 'all' || generations.length === 1) continue;
			expect(CATALOGUE.map(({ id }) => id)).toContain(webhook.hook);
			if (webhook.type !== undefined && !webhook.unlisted && !unlisted.includes(webhook.type))
				expect(types(webhook.hook)).toContain(webhook.type);
		}
	});

	test('every notification that a server lists is an event', () => {
		const { items } = (
			CATALOGUE.find(({ id }) => id === 'notifications')?.modifiers as Record<string, { items: object }>
		).type as { items: object };
		const known = byHook.map((value) => events[value].webhook?.type);
		for (const type of Object.keys(items).filter((name) => name !== 'all')) expect(known).toContain(type);
	});

	test('is what docs/events.md holds', () => {
		expect(readFileSync(join(root, 'docs/events.md'), 'utf8') === eventsPage()).toBe(true);
	});
});

describe('the plan', () => {
	test('a single event needs what carries it, with what that needs', () => {
		for (const value of byHook) {
			const hooks = planHooks([value]);
			if (events[value].webhook?.step) continue;
			expect(hooks.map(({ hook }) => hook)).toContain(events[value].webhook?.hook);
			for (const { hook, modifiers } of hooks) {
				if (hook === 'object') expect(Object.keys(modifiers).sort()).toEqual(['action', 'type']);
				else if (hook === 'notifications') expect(modifiers.type).toMatch(/^\w+$/);
			}
		}
	});

	test('all events together need one of each kind, or one for everything', () => {
		const kinds = planHooks(byHook.filter((value) => value !== 'any')).map(({ hook }) => hook);
		expect(new Set(kinds).size).toBe(kinds.length);
		expect(planHooks(byHook)).toHaveLength(1);
	});

	test('an event without a webhook needs none', () => {
		expect(planHooks(['conferenceStarted'])).toEqual([]);
	});
});

describe('version 2 of KAZOO 5', () => {
	const read = (name: string, data: IDataObject, more: IDataObject = {}): IDataObject =>
		readPayload({ action: 'event', name, data, timestamp: 1, n8n_key: 'k', ...more }, false);

	test.each<[string, IDataObject, EventValue]>([
		['CHANNEL_DESTROY', { call_id: 'a' }, 'callEnded'],
		['CHANNEL_HOLD', { call_id: 'a' }, 'callHeld'],
		['PARK_PARKED', { parking_slot: '1' }, 'callParked'],
		['doc_edited', { id: 'x', type: 'user' }, 'objectChanged'],
		['doc_created', { id: 'x', type: 'call_recording' }, 'recordingSaved'],
		['voicemail_new', { voicemail_box: 'x' }, 'voicemailReceived'],
		['SMS', { from: '+1', to: '+2' }, 'smsReceived'],
		['stream_start', { stream_id: 's' }, 'streamStarted'],
	])('%s is the same event as in version 1', (name, data, event) => {
		expect(eventOf(read(name, data), ['any'])).toBe(event);
	});

	test('what version 1 says of the leg is where it was', () => {
		const vars = { account_id: 'acme', owner_id: 'alice', authorizing_type: 'device' };
		expect(read('CHANNEL_CREATE', { custom_channel_vars: vars, channel_is_loopback: 'true' })).toMatchObject({
			...vars,
			is_internal_leg: true,
			hook_event: 'channel_create',
		});
		for (const [name, internal] of [
			['loopback/3000-a', true],
			['sofia/sipinterface_1/ann', false],
		] as const)
			expect(read('CHANNEL_CREATE', { channel_name: name }).is_internal_leg).toBe(internal);
	});

	test('the document of an object comes along, without secrets', () => {
		const payload = read(
			'doc_created',
			{ id: 'u', type: 'user' },
			{ doc: { name: 'Ann', password: 'hush' } },
		);
		expect(itemOf('objectCreated', payload)).toMatchObject({ event: 'objectCreated', doc: { name: 'Ann' } });
		expect(JSON.stringify(itemOf('objectCreated', payload))).not.toContain('hush');
	});
});

withRecordings('events against recorded deliveries', ['recorded-events.jsonl'], (recordings) => {
	interface Line {
		name: string;
		kind?: string;
		request: { method: string; headers: Record<string, string>; body: unknown };
	}
	const lines = recordings
		.lines<Line>('recorded-events.jsonl')
		.filter(({ kind, request }) => kind === 'webhook' && request.method !== 'GET');
	const read = ({ request }: Line): IDataObject => {
		const isForm = String(request.headers['content-type']).includes('form');
		const body = isForm
			? Object.fromEntries(new URLSearchParams(String(request.body)))
			: (request.body as IDataObject);
		return readPayload(body, isForm);
	};

	test('each says what it is, and nothing secret is shown', () => {
		const seen = new Set<EventValue>();
		for (const line of lines) {
			const payload = read(line);
			// A webhook with custom data that hides what happened, and the step of a callflow
			if (/\.cd\.clash\.|\.pivot_hook$/.test(line.name)) continue;
			expect([line.name, sourceOf(payload)]).not.toEqual([line.name, undefined]);
			const event = eventOf(payload, ['any']) as EventValue;
			seen.add(event);
			const item = itemOf(event, payload);
			for (const secret of SECRET_FIELDS) expect(item).not.toHaveProperty(secret);
		}
		expect(seen.size).toBeGreaterThan(35);
		expect(lines.length).toBeGreaterThan(500);
	});

	test('a form says the same as JSON', () => {
		const pairs = lines
			.filter(({ name }) =>
				/^rt\.formats\.channel_create\.inbound\.delivery\.(json|form)\.channel_create$/.test(name),
			)
			.map(read);
		expect(pairs).toHaveLength(2);
		expect(pairs[0]).toEqual(pairs[1]);
	});
});
