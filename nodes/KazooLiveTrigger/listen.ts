/** From n8n's trigger to the listener and back: parameters, log-in, items, errors. */
import type { IDataObject, INodeExecutionData, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Followed } from '../../crossbar/calls/followed';
import type { MissedCall } from '../../crossbar/calls/missedCall';
import { asNodeError } from '../../crossbar/errors/nodeError';
import type { EventValue, Generation } from '../../crossbar/events';
import { isEvent } from '../../crossbar/events';
import { systemClock } from '../../crossbar/http/clock';
import { websocketUrl } from '../../crossbar/http/login';
import { CREDENTIAL, Transport } from '../../crossbar/http/transport';
import { LiveFailure } from '../../crossbar/live/failure';
import { LiveListener } from '../../crossbar/live/listener';
import { Recogniser } from '../../crossbar/live/recognise';
import type { SocketConstructor } from '../../crossbar/live/session';
import { bindingsOf, FOLLOWING } from '../../crossbar/live/subscriptions';
import { EventNames } from '../../crossbar/operations/eventNames';
import { InvalidInput } from '../../crossbar/values/input';
import { saveFailed } from '../shared/failedExecution';
import { wishOf } from '../shared/finishedCalls';
import type { MissedChoice } from '../shared/missedCalls';
import { isWanted } from '../shared/missedCalls';
import { accountChoice } from '../shared/triggerAccounts';
import type { LiveOptions } from './description';
import { Executions } from './executions';
import { FinishedCalls } from './finished';

const MINUTE = 60_000;
const DEFAULT_PATIENCE = 5;

/**
 * Listens until the workflow is deactivated. For "listen for test event" it begins when n8n waits for the event.
 * @throws NodeApiError, NodeOperationError when the first connection fails
 */
export async function listen(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const isManual = context.getMode() === 'manual';
	try {
		const options = context.getNodeParameter('options', {}) as LiveOptions;
		const executions = new Executions(context, options.single === true);
		const finished = new FinishedCalls(context, wishOf(options));
		const listener = await prepare(context, isManual, options, { executions, finished });
		const start = async (): Promise<void> => {
			try {
				await listener.start();
			} catch (error) {
				listener.close();
				throw shown(context, error);
			}
		};
		if (!isManual) await start();
		return {
			closeFunction: async () => {
				listener.close();
				await finished.close();
				executions.close();
			},
			...(isManual ? { manualTriggerFunction: start } : {}),
		};
	} catch (error) {
		throw shown(context, error);
	}
}

async function prepare(
	context: ITriggerFunctions,
	isManual: boolean,
	{ patience = DEFAULT_PATIENCE, onlyRung = false, oncePerCall = false }: LiveOptions,
	{ executions, finished }: { executions: Executions; finished: FinishedCalls },
): Promise<LiveListener> {
	const chosen = chosenEvents(context);
	const accountsOf = accountChoice(context);
	const missedFrom = context.getNodeParameter('missedFrom', 'outside') as MissedChoice['missedFrom'];
	const isChosen = (event: IDataObject): boolean =>
		event.event !== 'callMissed' || isWanted(event as unknown as MissedCall, { missedFrom, onlyRung });
	const give = (items: INodeExecutionData[]): void => {
		if (done || items.length === 0) return;
		// n8n takes one event as the example
		done = isManual;
		executions.add(isManual ? items.slice(0, 1) : items);
	};
	const tellsFinished = chosen.includes('callFinished');
	const onCall = (call: Followed): void => {
		if (recogniser) finished.see(call, recogniser.followed, (item) => give([item]));
	};
	const values = {
		conferenceId: String(context.getNodeParameter('conferenceId', '')),
		user: String(context.getNodeParameter('user', '')),
	};
	const credential = await context.getCredentials(CREDENTIAL);
	const names = new EventNames();
	const accountNames = new Map<unknown, string>();
	const named = (event: IDataObject): IDataObject =>
		event.account_name === undefined && accountNames.has(event.account_id)
			? { ...event, account_name: accountNames.get(event.account_id) }
			: event;
	let recogniser: Recogniser | undefined;
	let generation: Generation = 4;
	let done = false;
	return new LiveListener({
		Socket: socketConstructor(),
		clock: systemClock,
		url: websocketUrl(String(credential.websocketUrl ?? ''), String(credential.serverUrl ?? '')),
		patience: patience * MINUTE,
		login: async () => {
			// Asking who we are gets a new token from n8n when the old one has expired
			({ generation } = await (await Transport.open(context)).whoAmI());
			recogniser ??= new Recogniser(chosen, generation, values, {
				oncePerCall,
				...(tellsFinished ? { onCall } : {}),
			});
			const { token } = await context.getCredentials(CREDENTIAL);
			return { token: String(token), generation };
		},
		subscriptions: async () => {
			const wanted = bindingsOf(chosen, generation, values);
			const bindings = oncePerCall ? [...new Set([...wanted, ...FOLLOWING])] : wanted;
			const transport = await Transport.open(context);
			const accounts = await accountsOf(transport);
			for (const { id, name } of accounts) {
				const found = name ?? (await names.of({ account_id: id }, async () => transport)).account_name;
				if (typeof found === 'string') accountNames.set(id, found);
			}
			return accounts.map(({ id }) => ({ accountId: id, bindings }));
		},
		onEvent: (frame) => {
			try {
				const events = recogniser?.recognise(frame, Date.now()) ?? [];
				give(events.filter(isChosen).map((json) => ({ json: named(json) })));
			} catch (error) {
				// Thrown from here it would end n8n's process
				saveFailed(context, shown(context, error));
			}
		},
		onFailure: (error) => context.emitError(shown(context, error)),
	});
}

/** @throws InvalidInput for a value that no event has */
function chosenEvents(context: ITriggerFunctions): EventValue[] {
	const chosen = context.getNodeParameter('events') as unknown[];
	const unknown = chosen.find((value) => !isEvent(value));
	if (unknown !== undefined)
		throw new InvalidInput(`There is no event “${String(unknown)}”`, 'Choose Events from the list again.');
	return chosen.filter(isEvent);
}

/** @throws InvalidInput on a Node that has no WebSocket */
function socketConstructor(): SocketConstructor {
	if (typeof WebSocket === 'undefined')
		throw new InvalidInput(
			'This n8n has no WebSocket',
			'The KAZOO Live Trigger needs n8n on Node 22 or newer. Update n8n, or use the KAZOO Poll Trigger.',
		);
	return WebSocket;
}

function shown(context: ITriggerFunctions, error: unknown) {
	if (!(error instanceof LiveFailure)) return asNodeError(context.getNode(), error);
	return new NodeOperationError(context.getNode(), error.message, { description: error.description });
}
