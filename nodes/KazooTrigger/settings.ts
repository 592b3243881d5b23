/** What a person filled in on the trigger, and what the trigger keeps for itself. */
import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { EventValue } from '../../crossbar/events';
import { isEvent } from '../../crossbar/events';
import type { Transport } from '../../crossbar/http/transport';
import type { FinishedWish } from '../../crossbar/operations/finishedCall';
import type { EventFilter } from '../../crossbar/webhooks/eventFilter';
import type { Owner } from '../../crossbar/webhooks/ownHooks';
import { testMark } from '../../crossbar/webhooks/ownHooks';
import type { FinishedOptions } from '../shared/finishedCalls';
import { wishOf } from '../shared/finishedCalls';
import type { MissedChoice } from '../shared/missedCalls';

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** The trigger's static data. */
export interface State {
	/** The account that has the webhooks. */
	accountId?: string;
	secret?: string;
	/** The address KAZOO calls. */
	uri?: string;
	/** IDs of the webhooks in KAZOO. */
	ids?: string[];
}

export interface Settings extends MissedChoice {
	readonly events: readonly EventValue[];
	readonly objectTypes: readonly string[];
	readonly includeSubAccounts: boolean;
	readonly filter: EventFilter;
	readonly download: boolean;
	readonly outputField: string;
	readonly signed: boolean;
	/** Minutes between two looks at the webhooks; 0 for none. */
	readonly lookEvery: number;
	/** Call Started and Call Answered: only the first of each call. */
	readonly oncePerCall: boolean;
	/** Call Finished. */
	readonly finished: FinishedWish;
}

/** Minutes: so long an event may be missed at most when KAZOO has switched a webhook off. */
export const LOOK_EVERY = 5;

interface Options extends FinishedOptions {
	signed?: boolean;
	onlyRung?: boolean;
	lookEvery?: number;
}

interface Collected {
	direction?: EventFilter['direction'] | 'any';
	userId?: unknown;
	deviceId?: unknown;
	number?: string;
	internalLegs?: boolean;
}

/** The static data, changed in place. */
export function stateOf(context: Context): State {
	return context.getWorkflowStaticData('node');
}

/** @throws NodeOperationError when no event is chosen, or one that does not exist */
export function readSettings(context: Context): Settings {
	const events = context.getNodeParameter('events', []) as string[];
	const unknown = events.find((value) => !isEvent(value));
	if (unknown !== undefined) {
		throw new NodeOperationError(context.getNode(), `There is no event “${unknown}”`, {
			description: 'Choose the events from the list again.',
		});
	}
	if (events.length === 0) {
		throw new NodeOperationError(context.getNode(), 'No event is chosen', {
			description: 'Choose at least one under Events.',
		});
	}
	const filters = context.getNodeParameter('filters', {}) as Collected;
	const options = context.getNodeParameter('options', {}) as Options;
	const { direction } = filters;
	return {
		events: events as EventValue[],
		objectTypes: context.getNodeParameter('objectTypes', []) as string[],
		includeSubAccounts: context.getNodeParameter('includeSubAccounts', false) as boolean,
		missedFrom: context.getNodeParameter('missedFrom', 'outside') as Settings['missedFrom'],
		onlyRung: options.onlyRung === true,
		filter: {
			...(direction === undefined || direction === 'any' ? {} : { direction }),
			userId: locatorValue(filters.userId),
			deviceId: locatorValue(filters.deviceId),
			number: filters.number,
			internalLegs: filters.internalLegs,
		},
		download: context.getNodeParameter('download', false) as boolean,
		outputField: (context.getNodeParameter('outputField', 'data') as string).trim() || 'data',
		signed: options.signed === true,
		lookEvery: options.lookEvery ?? LOOK_EVERY,
		oncePerCall: options.oncePerCall === true,
		finished: wishOf(options),
	};
}

/** The account whose events are wanted: the one chosen, else the one of the credential. */
export async function readAccount(context: Context, transport: Transport): Promise<string> {
	if (context.getNodeParameter('accountScope', 'mine') !== 'one') return (await transport.whoAmI()).accountId;
	const id = String(context.getNodeParameter('accountId', '', { extractValue: true }) ?? '').trim();
	if (id !== '') return id;
	throw new NodeOperationError(context.getNode(), 'Sub-Account is empty', {
		description: 'Choose one from the list or give its ID.',
	});
}

/**
 * What is unique for this trigger: the n8n (all its processes share it), the workflow, the node, and whether a person
 * listens for a test event.
 */
export function keyOf(context: Context): string {
	const parts = [
		context.getInstanceId().slice(0, 8),
		context.getWorkflow().id ?? '',
		context.getNode().id.slice(0, 8),
	];
	return [...parts, ...(isTest(context) ? ['test'] : [])].join('-');
}

/** Whose webhooks they are, in an account; without wishes about what they deliver. */
export function ownerOf(context: Context, accountId: string, secret: string): Owner {
	const { ids = [], uri: formerUri } = stateOf(context);
	return {
		accountId,
		secret,
		key: keyOf(context),
		label: labelOf(context),
		uri: uriOf(context),
		includeSubAccounts: false,
		signed: false,
		// Who listens for a test event has nothing from last time: what is kept is the active trigger's
		...(isTest(context) ? { knownIds: [] } : { knownIds: ids, formerUri }),
	};
}

/** The address KAZOO calls. A trigger that runs is not told it by n8n, but it was kept when the webhooks were set up. */
function uriOf(context: Context): string {
	if ('getNodeWebhookUrl' in context) return context.getNodeWebhookUrl('default') ?? '';
	return stateOf(context).uri ?? '';
}

/** Who made a webhook, for people who see it in KAZOO. */
function labelOf(context: Context): string {
	const { id, name } = context.getWorkflow();
	const test = isTest(context) ? ` ${testMark()}` : '';
	return `“${name ?? ''}” (workflow ${id ?? ''}), ${context.getNode().name}${test}`;
}

/** A person listens for a test event in the editor. */
export function isTest(context: Context): boolean {
	return context.getMode() === 'manual';
}

function locatorValue(value: unknown): string | undefined {
	const inner = typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value;
	return typeof inner === 'string' && inner.trim() !== '' ? inner.trim() : undefined;
}
