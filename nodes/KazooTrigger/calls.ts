/**
 * Calls that are over, told by the deliveries of their legs. Where n8n runs the trigger in the process that gets the
 * deliveries, a call starts an execution by itself. In a process for webhooks alone, and when a person listens for a
 * test event, the answered delivery of its last leg is kept until then.
 */
import type { IDataObject, INodeExecutionData, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Followed } from '../../crossbar/calls/followed';
import { factsOfEvent } from '../../crossbar/calls/readEvent';
import { asNodeError } from '../../crossbar/errors/nodeError';
import { systemClock } from '../../crossbar/http/clock';
import { Transport } from '../../crossbar/http/transport';
import { finishedCall } from '../../crossbar/operations/finishedCall';
import { callPasses } from '../../crossbar/webhooks/eventFilter';
import { saveFailed } from '../shared/failedExecution';
import { finishedItem } from '../shared/finishedCalls';
import type { Memory } from './memory';
import { memoryOf } from './memory';
import type { Settings } from './settings';
import { isTest, keyOf } from './settings';

/** What starts executions in this process, by the key of the trigger. */
const givers = new Map<string, ITriggerFunctions>();

/**
 * From now on calls start executions by themselves.
 * @returns what ends it: calls that are over are given at once, with what is known
 */
export function giveCalls(context: ITriggerFunctions): () => Promise<void> {
	const key = keyOf(context);
	const { pending } = memoryOf(key);
	givers.set(key, context);
	return async () => {
		if (givers.get(key) === context) givers.delete(key);
		await pending.close();
	};
}

/** The call of a leg's event, where calls are followed. */
export function follow(payload: IDataObject, settings: Settings, { followed }: Memory): Followed | undefined {
	if (!settings.oncePerCall && !settings.events.includes('callFinished')) return undefined;
	const facts = factsOfEvent(payload);
	return facts && followed.see(facts, Date.now());
}

/** Whether an event of a call is wanted, which of some is only the first of each call. */
export function isWantedOfCall(
	event: string,
	payload: IDataObject,
	call: Followed | undefined,
	{ oncePerCall }: Settings,
	{ followed }: Memory,
): boolean {
	if (!oncePerCall || (event !== 'callStarted' && event !== 'callAnswered')) return true;
	const facts = factsOfEvent(payload);
	return call !== undefined && facts !== undefined && followed.isFirst(event, call, facts);
}

/** Gives the call, or its item now where it cannot start an execution by itself, when it is over. */
export async function giveFinished(
	call: Followed,
	settings: Settings,
	memory: Memory,
	context: IWebhookFunctions,
): Promise<INodeExecutionData[]> {
	const giver = isTest(context) ? undefined : givers.get(keyOf(context));
	if (giver === undefined)
		return await memory.pending.run(async (signal) => {
			const item = await itemAtEnd(call, settings, memory, { context, signal, alone: false });
			// Who listened for a test event has had it
			return item === undefined || (isTest(context) && signal.aborted) ? [] : [item];
		});
	const give = async (signal: AbortSignal): Promise<void> => {
		try {
			const item = await itemAtEnd(call, settings, memory, { context: giver, signal, alone: true });
			if (item) giver.emit([[item]]);
		} catch (error) {
			saveFailed(giver, asNodeError(giver.getNode(), error));
		}
	};
	void memory.pending.run(give);
	return [];
}

interface Place {
	readonly context: ITriggerFunctions | IWebhookFunctions;
	readonly signal: AbortSignal;
	/** All deliveries come to this process. */
	readonly alone: boolean;
}

async function itemAtEnd(
	call: Followed,
	{ finished, filter }: Settings,
	{ followed, names }: Memory,
	{ context, signal, alone }: Place,
): Promise<INodeExecutionData | undefined> {
	const clock = systemClock;
	const transport = async (): Promise<Transport> => await Transport.open(context);
	const warn = (message: string): void =>
		context.logger.warn(`KAZOO Trigger: ${message}`, { node: context.getNode().name });
	const found = await finishedCall(call, {
		...finished,
		...{ followed, names, alone, clock, signal, transport, warn },
	});
	if (found === undefined || !callPasses(found.call, filter)) return undefined;
	return await finishedItem(found, finished, { context, transport, clock, signal });
}
