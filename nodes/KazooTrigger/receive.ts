/** A delivery of KAZOO: checked, answered at once, and made into items. */
import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Followed } from '../../crossbar/calls/followed';
import type { EventValue } from '../../crossbar/events';
import { Transport } from '../../crossbar/http/transport';
import type { Marks } from '../../crossbar/webhooks/delivery';
import {
	eventOf,
	excess,
	identityOf,
	itemOf,
	readMarks,
	readPayload,
} from '../../crossbar/webhooks/delivery';
import { quoted } from '../../crossbar/values/input';
import { passes } from '../../crossbar/webhooks/eventFilter';
import { OwnHooks } from '../../crossbar/webhooks/ownHooks';
import { isWanted } from '../shared/missedCalls';
import { follow, giveFinished, isWantedOfCall } from './calls';
import { withFile } from './file';
import type { Memory } from './memory';
import { memoryOf } from './memory';
import type { Settings } from './settings';
import { keyOf, ownerOf, readAccount, readSettings, stateOf } from './settings';
import { isGenuine } from './signature';

/** KAZOO is asked for a lost secret at most once in this time (milliseconds). */
const ASK_AGAIN = 30_000;

/** Only 200 counts as delivered, and the next webhook of the same event waits for it: nothing slow comes before it. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refuse = (status: number, why: string): IWebhookResponseData => {
		context.logger.warn(`KAZOO Trigger refused a delivery: ${why}`, { node: context.getNode().name });
		return answer(context, status, 'refused');
	};
	const settings = readSettings(context);
	const memory = memoryOf(keyOf(context));
	const body: unknown = context.getBodyData();
	const { rawBody } = context.getRequestObject();
	// From anybody, as long as the secret was not looked at
	const tooMuch = excess(body, rawBody?.length ?? 0);
	if (tooMuch !== undefined) return refuse(400, tooMuch);
	const isForm = /form-urlencoded/i.test(String(context.getHeaderData()['content-type'] ?? ''));
	const marks = readMarks(body, isForm);
	const isStep = settings.events.includes('callflowWebhook') && marks.key === undefined && !marks.signed;
	const stranger = await strangeness(context, marks, settings, memory, isStep);
	if (stranger !== undefined) return refuse(403, stranger);
	const told = readPayload(body, isForm);
	const foreign = isStep ? undefined : foreignness(context, told, settings);
	if (foreign !== undefined) return refuse(403, foreign);
	const response = answer(context, 200, 'ok');
	const { key, window } = identityOf(told);
	if (memory.duplicates.has(key, window, Date.now())) return response;
	const payload = withTrueMark(told, memory);
	const call = isStep ? undefined : follow(payload, settings, memory);
	const items = await Promise.all(
		(isStep ? stepOf(payload) : eventsOf(payload, call, settings, memory)).map(
			async ([event, fields]): Promise<INodeExecutionData> =>
				await itemWith(context, event, fields, settings, memory),
		),
	);
	if (call && settings.events.includes('callFinished'))
		items.push(...(await giveFinished(call, settings, memory, context)));
	return items.length === 0 ? response : { ...response, workflowData: [items] };
}

/** The item of an event with the names that KAZOO leaves out, and its file where it is wanted. */
async function itemWith(
	context: IWebhookFunctions,
	event: EventValue,
	fields: IDataObject,
	{ download, outputField }: Settings,
	{ eventNames }: Memory,
): Promise<INodeExecutionData> {
	const names = await eventNames.of(
		fields,
		async () => await Transport.open(context, { retries: 0, timeout: 5_000 }),
	);
	const json = itemOf(event, fields, names);
	return download ? await withFile(context, event, fields, { json, outputField }) : { json };
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
	call: Followed | undefined,
	settings: Settings,
	memory: Memory,
): Array<[EventValue, IDataObject]> {
	const found: Array<[EventValue, IDataObject]> = [];
	const event = eventOf(payload, settings.events, settings.objectTypes);
	if (event !== undefined && passes(payload, settings.filter))
		if (isWantedOfCall(event, payload, call, settings, memory)) found.push([event, payload]);
	if (settings.events.includes('callMissed')) {
		const missed = memory.calls.see(payload, Date.now());
		if (missed && isWanted(missed, settings)) {
			const fields = { ...(missed as unknown as IDataObject), ...payload };
			if (passes(fields, settings.filter)) found.push(['callMissed', fields]);
		}
	}
	return found;
}

/** Why a delivery does not come from our webhook; the words go into n8n's log, not to the sender. */
async function strangeness(
	context: IWebhookFunctions,
	marks: Marks,
	settings: Settings,
	memory: Memory,
	isStep: boolean,
): Promise<string | undefined> {
	const state = stateOf(context);
	const headers = context.getHeaderData();
	const sender = headers['x-account-id'];
	// Only the person who wrote it into the step, and KAZOO, know the address: it is the secret
	if (isStep)
		return sender !== undefined && sender === state.accountId
			? undefined
			: `the step is of account ${quoted(sender)}`;
	const body = settings.signed ? String(context.getRequestObject().rawBody ?? '') : '';
	const genuine = (secret: string | undefined): boolean =>
		secret !== undefined && isGenuine(marks, secret, settings.signed, body);
	if (!genuine(state.secret)) {
		let known = await memory.known;
		if (!known?.secrets.some(genuine) && headers['x-hook-id'] !== undefined)
			known = await knownToKazoo(context, memory);
		const secret = known?.secrets.find(genuine);
		if (known === undefined || secret === undefined) return 'the secret or signature is wrong';
		Object.assign(state, { accountId: known.accountId, secret });
	}
	if (sender !== undefined && sender !== state.accountId)
		return `it is of account ${quoted(sender)}, not ${state.accountId}`;
	return undefined;
}

/** Why a delivery of our webhook is not about our account. */
function foreignness(
	context: IWebhookFunctions,
	{ account_id }: IDataObject,
	{ includeSubAccounts }: Settings,
): string | undefined {
	const { accountId } = stateOf(context);
	if (account_id === undefined || account_id === accountId || includeSubAccounts) return undefined;
	return `it is about account ${quoted(account_id)}, not ${accountId}`;
}

/**
 * What we have forgotten: another process set the webhook up, or another node's write took our static data away.
 * KAZOO still knows, and our key in the webhooks says that they are ours. What it says is kept, so that an impostor
 * who made us ask has asked for the genuine delivery that comes after his.
 */
async function knownToKazoo(context: IWebhookFunctions, memory: Memory): Memory['known'] {
	if (Date.now() - memory.asked >= ASK_AGAIN) {
		memory.asked = Date.now();
		memory.known = askKazoo(context);
	}
	return await memory.known;
}

async function askKazoo(context: IWebhookFunctions): Memory['known'] {
	try {
		const transport = await Transport.open(context, { retries: 0, timeout: 5_000 });
		const accountId = stateOf(context).accountId ?? (await readAccount(context, transport));
		const hooks = new OwnHooks(transport, ownerOf(context, accountId, ''));
		return { accountId, secrets: await hooks.secretsInUse() };
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
