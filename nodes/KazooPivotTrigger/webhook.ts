/** One request of KAZOO: an item for the workflow, and an answer for the call before KAZOO's patience ends. */
import { timingSafeEqual } from 'crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { ASK_AGAIN } from '../../crossbar/catalogue/routing/stepKinds';
import { asNodeError } from '../../crossbar/errors/nodeError';
import { buildFlow } from '../../crossbar/operations/buildFlow';
import { answerOf } from '../../crossbar/pivot/answer';
import type { PivotCall } from '../../crossbar/pivot/call';
import { isTooMuch, readCall } from '../../crossbar/pivot/call';
import { withOwnCollections } from '../../crossbar/pivot/collections';
import { InvalidInput } from '../../crossbar/values/input';
import { readSteps } from '../Kazoo/read';
import type { FallbackKind } from './fallback';
import { fallbackAnswer } from './fallback';
import type { Sent, Writable, Written } from './heldResponse';
import { HeldResponse } from './heldResponse';
import { DEADLINE, KAZOO_WAITS } from './properties';
import { report } from './report';

/**
 * Answers, or has n8n run the workflow for the answer and watches the clock meanwhile.
 * @throws NodeOperationError when the trigger's own steps are wrong; the caller gets the fallback
 */
export async function webhook(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject() as Writable;
	const { secret: given, ...query } = context.getQueryData() as IDataObject;
	const secret = String(context.getNodeParameter('secret', ''));
	if (secret !== '' && !same(secret, given))
		return refuse(response, 403, 'The secret in the URL is missing or wrong');
	const started = Date.now();
	const asked = { ...query, ...context.getBodyData() };
	const { rawBody } = context.getRequestObject();
	const call = isTooMuch(asked, rawBody?.length ?? 0) ? undefined : readCall(asked);
	if (call?.call_id === undefined) return refuse(response, 400, 'This is no request of a call');
	const fallback = readFallback(context);
	const finish = (sent: Sent): Sent => ({
		...sent,
		body: forThisCall(sent, ownAddress(context, secret)),
	});
	const log = (reason: string, details = ''): void => {
		context.logger.error(`KAZOO Pivot Trigger: ${reason}; the caller gets the fallback. ${details}`.trim(), {
			node: context.getNode().name,
			callId: call.call_id,
		});
	};
	const tell = (reason: string, details = ''): void => {
		report(context, `${reason} (${nameOf(call)})`, `${details} The caller got the fallback.`.trim());
	};
	const decide = (written: Written): Sent => {
		try {
			return finish(checked(written));
		} catch (error) {
			const { message, description } = asNodeError(context.getNode(), error);
			log(message, description ?? '');
			if (!hasFailed(written)) tell(message, description ?? '');
			return fallback;
		}
	};
	const { deadline = DEADLINE, sipHeaders = false } = context.getNodeParameter('options', {}) as {
		deadline?: number;
		sipHeaders?: boolean;
	};
	const shown = sipHeaders ? call : withoutSipHeaders(call);
	const noAnswer = `The workflow gave no answer within ${deadline} s`;
	const isOwn = context.getNodeParameter('answer') === 'steps';
	const late = (written: Written): void => {
		// What n8n says to an answer of the trigger itself is of no interest
		if (isOwn) return;
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		const end = written.body === '' ? `It ended after ${seconds} s` : `What it said came after ${seconds} s`;
		if (!hasFailed(written)) tell(noAnswer, `${end}. ${ANSWER_FIRST}`);
	};
	const held = new HeldResponse(response, decide, late);
	if (isOwn) {
		held.send(finish(ownAnswer(context, held, fallback)));
		return { workflowData: [[{ json: { ...shown } }]], noWebhookResponse: true };
	}
	watch(held, deadline * 1000, () => {
		log(noAnswer);
		return fallback;
	});
	const answerBy = new Date(started + deadline * 1000).toISOString();
	return { workflowData: [[{ json: itemOf(shown, answerBy) }]] };
}

function itemOf(call: PivotCall, answerBy: string): IDataObject {
	const { raw, ...rest } = call;
	return { ...rest, answer_by: answerBy, raw };
}

/** They can hold what a trunk logs in with. */
function withoutSipHeaders(call: PivotCall): PivotCall {
	const { 'Custom-SIP-Headers': _headers, ...raw } = call.raw;
	return { ...call, raw };
}

function refuse(response: Writable, status: number, why: string): IWebhookResponseData {
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/plain');
	response.end(why);
	return { noWebhookResponse: true };
}

function same(secret: string, given: unknown): boolean {
	const [one, other] = [Buffer.from(secret), Buffer.from(typeof given === 'string' ? given : '')];
	return one.length === other.length && timingSafeEqual(one, other);
}

const FALLBACK_FIELD: Readonly<Partial<Record<FallbackKind, string>>> = {
	forward: 'fallbackNumber',
	say: 'fallbackText',
	voicemail: 'vmboxId',
};

/**
 * What was chosen as fallback, checked.
 * @throws NodeOperationError when it was not filled in: better at activation than when it is needed
 */
export function readFallback(context: IHookFunctions | IWebhookFunctions): Sent {
	const kind = context.getNodeParameter('fallback') as FallbackKind;
	const value = FALLBACK_FIELD[kind];
	// Only what is shown can be read, and only a locator has a value to be taken out.
	const given =
		value === undefined
			? ''
			: context.getNodeParameter(value, '', value === 'vmboxId' ? { extractValue: true } : {});
	try {
		return fallbackAnswer(kind, String(given ?? '').trim());
	} catch (error) {
		throw new NodeOperationError(context.getNode(), 'The fallback cannot be used', {
			description: (error as Error).message,
		});
	}
}

/** What n8n wants to send, when KAZOO can use it. @throws InvalidInput */
function checked(written: Written): Sent {
	const { status, body } = written;
	if (hasFailed(written)) throw new InvalidInput('The workflow failed');
	if (status >= 400) throw new InvalidInput('The workflow gave no answer', `n8n says: ${body}.`);
	if (body === '') throw new InvalidInput('The workflow ended without an answer', HOW_TO_ANSWER);
	return { status: 200, ...answerOf(body) };
}

/** Up to 2.30 or so n8n answers the same when the execution has failed, and nothing here can tell one from the other. */
const HOW_TO_ANSWER =
	'If the execution of this call has failed, its error is the reason. Else: a KAZOO node with the operation Pivot: Answer Call gives one, on every way through the workflow.';
const ANSWER_FIRST = `KAZOO itself waits ${KAZOO_WAITS} s: have a KAZOO node answer before the steps that take long.`;

/** n8n's answer when an execution has failed, which then shows the mistake itself. */
function hasFailed({ status, body }: Written): boolean {
	return status === 500 && body.includes('Error in workflow');
}

function nameOf({ call_id, caller_id_number, dialed }: PivotCall): string {
	return `call ${call_id ?? ''} from ${caller_id_number ?? 'unknown'} to ${dialed ?? 'unknown'}`;
}

/** The answer of the trigger's own form. @throws NodeOperationError after the fallback was sent */
function ownAnswer(context: IWebhookFunctions, held: HeldResponse, fallback: Sent): Sent {
	try {
		return { status: 200, ...answerOf(buildFlow(readSteps(context.getNodeParameter('steps')))) };
	} catch (error) {
		held.send(fallback);
		throw asNodeError(context.getNode(), error);
	}
}

/**
 * The step "Ask This Workflow Again" does not know the trigger's address; the trigger does. What is collected before it
 * has a name of its own.
 */
function forThisCall({ body, contentType }: Sent, address: string): string {
	const addressed = body.replaceAll(JSON.stringify(ASK_AGAIN), JSON.stringify(address));
	if (contentType !== 'application/json') return addressed;
	const isOurs = (url: string): boolean => url === address;
	return JSON.stringify(withOwnCollections(JSON.parse(addressed), isOurs, Date.now()));
}

function ownAddress(context: IWebhookFunctions, secret: string): string {
	const url = context.getNodeWebhookUrl('default') ?? '';
	return secret === '' ? url : `${url}?secret=${encodeURIComponent(secret)}`;
}

/** Sends the fallback when there is no answer in time. The clock of a signal keeps no process alive. */
function watch(held: HeldResponse, milliseconds: number, late: () => Sent): void {
	AbortSignal.timeout(milliseconds).addEventListener('abort', () => {
		if (!held.signal.aborted) held.send(late());
	});
}
