/** A delivery of KAZOO: checked, answered at once, and made into items. */
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { EventValue } from '../../crossbar/events';
import { Transport } from '../../crossbar/http/transport';
import type { Delivery } from '../../crossbar/webhooks/delivery';
import { eventOf, identityOf, itemOf, readDelivery } from '../../crossbar/webhooks/delivery';
import { passes } from '../../crossbar/webhooks/eventFilter';
import { OwnHooks } from '../../crossbar/webhooks/ownHooks';
import { isWanted } from '../shared/missedCalls';
import { withFile } from './file';
import type { Memory } from './memory';
import { memoryOf } from './memory';
import type { Settings, State } from './settings';
import { keyOf, ownerOf, readAccount, readSettings, stateOf } from './settings';
import { isGenuine } from './signature';

/** KAZOO is asked for a lost secret at most once in this time (milliseconds). */
const ASK_AGAIN = 30_000;

/** Only 200 counts as delivered, and the next webhook of the same event waits for it: nothing slow comes before it. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = readSettings(context);
	const memory = memoryOf(keyOf(context));
	const isForm = /form-urlencoded/i.test(String(context.getHeaderData()['content-type'] ?? ''));
	const delivery = readDelivery(context.getBodyData(), isForm);
	const isStep =
		settings.events.includes('callflowWebhook') && delivery.key === undefined && !delivery.signed;
	const refusal = await refusalOf(context, delivery, settings, memory, isStep);
	if (refusal !== undefined) {
		context.logger.warn(`KAZOO Trigger refused a delivery: ${refusal}`, { node: context.getNode().name });
		return answer(context, 403, 'refused');
	}
	const response = answer(context, 200, 'ok');
	const { key, window } = identityOf(delivery.payload);
	if (memory.duplicates.has(key, window, Date.now())) return response;
	const payload = withTrueMark(delivery.payload, memory);
	const items = await Promise.all(
		(isStep ? stepOf(payload) : eventsOf(payload, settings, memory)).map(
			async ([event, fields]): Promise<INodeExecutionData> =>
				settings.download
					? await withFile(context, event, fields, settings.outputField)
					: { json: itemOf(event, fields) },
		),
	);
	return items.length === 0 ? response : { ...response, workflowData: [items] };
}

/** Whether the leg of a payload is KAZOO's own, as its beginning says. */
function withTrueMark(payload: IDataObject, { internalLegs }: Memory): IDataObject {
	if (payload.is_internal_leg === undefined) return payload;
	return { ...payload, is_internal_leg: internalLegs.isInternal(payload) };
}

/** A step of a callflow says nothing about itself: it is what comes without our webhook. */
function stepOf(payload: IDataObject): Array<[EventValue, IDataObject]> {
	return [['callflowWebhook', payload]];
}

/** The events that a payload is, with their fields: itself, and the missed call that ended with it. */
function eventsOf(
	payload: IDataObject,
	settings: Settings,
	memory: Memory,
): Array<[EventValue, IDataObject]> {
	const found: Array<[EventValue, IDataObject]> = [];
	const event = eventOf(payload, settings.events, settings.objectTypes);
	if (event !== undefined && passes(payload, settings.filter)) found.push([event, payload]);
	if (settings.events.includes('callMissed')) {
		const missed = memory.calls.see(payload, Date.now());
		if (missed && isWanted(missed, settings)) {
			const fields = { ...(missed as unknown as IDataObject), ...payload };
			if (passes(fields, settings.filter)) found.push(['callMissed', fields]);
		}
	}
	return found;
}

/** Why a delivery is none of ours; the words go into n8n's log, not to the sender. */
async function refusalOf(
	context: IWebhookFunctions,
	delivery: Delivery,
	settings: Settings,
	memory: Memory,
	isStep: boolean,
): Promise<string | undefined> {
	const state = stateOf(context);
	const headers = context.getHeaderData();
	const body = String(context.getRequestObject().rawBody ?? '');
	const sender = headers['x-account-id'];
	// Only the person who wrote it into the step, and KAZOO, know the address: it is the secret
	if (isStep) return sender === state.accountId ? undefined : `the step is of account ${String(sender)}`;
	const genuine = (secret: string | undefined): boolean =>
		secret !== undefined && isGenuine(delivery, secret, settings.signed, body);
	if (!genuine(state.secret)) {
		const known = await askKazoo(context, String(headers['x-hook-id'] ?? ''), memory);
		if (!genuine(known?.secret)) return 'the secret or signature is wrong';
		Object.assign(state, known);
	}
	if (sender !== undefined && sender !== state.accountId)
		return `it is of account ${String(sender)}, not ${state.accountId}`;
	const { account_id } = delivery.payload;
	if (account_id !== undefined && account_id !== state.accountId && !settings.includeSubAccounts)
		return `it is about account ${String(account_id)}, not ${state.accountId}`;
	return undefined;
}

/**
 * What we have forgotten: another process set the webhook up, or another node's write took our static data away.
 * KAZOO still knows, and our key in the webhook says that it is ours.
 */
async function askKazoo(
	context: IWebhookFunctions,
	hookId: string,
	memory: Memory,
): Promise<Pick<State, 'accountId' | 'secret'> | undefined> {
	if (hookId === '' || Date.now() - memory.asked < ASK_AGAIN) return undefined;
	memory.asked = Date.now();
	try {
		const transport = await Transport.open(context, { retries: 0, timeout: 5_000 });
		const accountId = stateOf(context).accountId ?? (await readAccount(context, transport));
		const hooks = new OwnHooks(transport, ownerOf(context, accountId, ''));
		return { accountId, secret: await hooks.secretOf(hookId) };
	} catch (error) {
		context.logger.warn(`KAZOO Trigger could not ask KAZOO about a webhook: ${(error as Error).message}`);
		return undefined;
	}
}

/** Answers before anything else is done; n8n is told not to. */
function answer(context: IWebhookFunctions, status: number, text: string): IWebhookResponseData {
	const response = context.getResponseObject();
	response.writeHead(status, { 'content-type': 'text/plain' });
	response.end(text);
	return { noWebhookResponse: true };
}
