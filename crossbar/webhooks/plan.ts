/** Which webhooks KAZOO must have so that the events a person chose arrive: one for each kind, shared by all events. */
import type { EventValue, Generation, HookKind } from '../events';
import { events } from '../events';

/** One webhook that is needed. */
export interface PlannedHook {
	readonly hook: HookKind;
	/** `custom_data.type` and `custom_data.action`, where the hook needs them. */
	readonly modifiers: Readonly<Record<string, string>>;
	readonly includeInternalLegs: boolean;
}

export interface PlanOptions {
	/** Types of objects that count for the events about objects in general; all when empty. */
	readonly objectTypes?: readonly string[];
	/** Deliver legs between parts of KAZOO (`loopback/...`) too. */
	readonly internalLegs?: boolean;
	/** Calls are followed from their beginning, so that an event of theirs comes once a call. */
	readonly followCalls?: boolean;
	/** The server's; one of them lacks some webhooks. */
	readonly generation?: Generation;
}

/** What tells which legs are one call, beside the events themselves. */
const FOLLOWING: readonly HookKind[] = ['channel_create', 'channel_bridge', 'channel_destroy'];

/**
 * @param chosen the events; with `any` one webhook for everything is enough
 * @returns one entry for each kind of webhook, in a fixed order
 */
export function planHooks(
	chosen: readonly EventValue[],
	{ objectTypes = [], internalLegs = false, followCalls = false, generation = 4 }: PlanOptions = {},
): PlannedHook[] {
	// Which of them are let through is decided when they arrive
	const includeInternalLegs =
		internalLegs || followCalls || chosen.some((value) => events[value].webhook?.needsInternalLegs === true);
	if (chosen.includes('any')) return [{ hook: 'all', modifiers: {}, includeInternalLegs }];
	const types = new Map<HookKind, Set<string>>();
	const actions = new Set<string>();
	const needs = (hook: HookKind, ...more: string[]): void => {
		const known = types.get(hook) ?? new Set();
		for (const type of more) known.add(type);
		types.set(hook, known);
	};
	for (const value of chosen) {
		const source = events[value].webhook;
		if (!source || source.step) continue;
		if (source.hook === 'object') {
			const listed = source.type === undefined ? objectTypes : [source.type];
			needs('object', ...(source.unlisted || listed.length === 0 ? ['all'] : listed));
			if (source.action) actions.add(source.action);
		} else {
			needs(source.hook, ...(source.type === undefined ? [] : [source.type]));
		}
		const { alsoNeeds = [], alsoNeedsOf5 = [] } = source;
		for (const hook of [...alsoNeeds, ...(generation === 5 ? alsoNeedsOf5 : [])]) needs(hook);
	}
	if (followCalls) for (const hook of FOLLOWING) needs(hook);
	return [...types]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([hook, wanted]) => ({
			hook,
			modifiers: {
				...(wanted.size === 0 ? {} : { type: oneOrAll(wanted) }),
				...(hook === 'object' ? { action: oneOrAll(actions) } : {}),
			},
			includeInternalLegs,
		}));
}

/** A webhook takes one value or all of them; what nobody asked for is sorted out when it arrives. */
function oneOrAll(values: ReadonlySet<string>): string {
	const [only] = values;
	return values.size === 1 && only !== undefined ? only : 'all';
}
