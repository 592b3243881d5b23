/** Sends an answer to the call whose Pivot request started this execution. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { PivotAnswer } from '../../crossbar/operations/operation';

const TRIGGER = /\.kazooPivotTrigger$/;

/**
 * Hands the answer to n8n, which gives it to the trigger that holds the call.
 * @throws NodeOperationError when there is no such call, when it was answered, or when the caller has heard the fallback
 */
export async function sendAnswer(
	context: IExecuteFunctions,
	{ body, contentType }: PivotAnswer,
	item: number,
): Promise<void> {
	if (item > 0)
		throw new NodeOperationError(context.getNode(), 'The first item has answered the call already', {
			itemIndex: item,
			description:
				'A call takes one answer: let one item into this node, or put several steps into one answer.',
		});
	const trigger = context.getParentNodes(context.getNode().name).find(({ type }) => TRIGGER.test(type));
	if (!trigger)
		throw new NodeOperationError(context.getNode(), 'There is no call to answer', {
			itemIndex: item,
			description:
				'Put this node behind a KAZOO Pivot Trigger, or set Result to Only Return the Answer and send it yourself.',
		});
	const answerBy = context.evaluateExpression(
		`{{ $(${JSON.stringify(trigger.name)}).first().json.answer_by }}`,
		item,
	);
	if (typeof answerBy === 'string' && Date.parse(answerBy) < Date.now())
		throw new NodeOperationError(context.getNode(), 'The answer came too late', {
			itemIndex: item,
			description: `The call had to be answered by ${answerBy} and got the trigger's fallback instead. Do less before this node, or answer at once and do the rest after it.`,
		});
	await context.sendResponse({ body, headers: { 'content-type': contentType }, statusCode: 200 });
}
