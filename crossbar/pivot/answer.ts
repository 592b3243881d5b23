/** What is sent back to KAZOO when it asks what to do with a call. */
import { problemsOf } from '../callflow/check';
import { isStep } from '../callflow/flow';
import type { PivotAnswer } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { checkTwiml } from './twiml';
import { isRecord } from '../values/records';

const WHAT_IT_IS =
	'Answer with one step, like {"module": "tts", "data": {"text": "Hello"}}, or with TwiML in {"twiml": "<Response>…</Response>"}.';

/**
 * An answer from what a workflow gave: a step of a callflow, a callflow document, `{twiml: '<Response>…'}`, or either
 * as text.
 * @throws InvalidInput with the first thing that KAZOO would refuse
 */
export function answerOf(given: unknown): PivotAnswer {
	if (typeof given === 'string') return answerOfText(given);
	if (!isRecord(given)) throw new InvalidInput('The answer to the call is no step', WHAT_IT_IS);
	if (typeof given.twiml === 'string') return answerOfText(given.twiml);
	const step = isStep(given.flow) ? given.flow : given;
	if (step.module === undefined) throw new InvalidInput('The answer to the call has no module', WHAT_IT_IS);
	const [problem] = problemsOf(step).filter(({ severity }) => severity === 'error');
	if (problem)
		throw new InvalidInput(
			`The answer to the call is wrong: ${problem.problem}`,
			`${problem.what_to_do} (at ${problem.path.replace(/^flow\.?/, '') || 'the first step'}).`,
		);
	return { contentType: 'application/json', body: JSON.stringify(stepOnly(step)) };
}

function answerOfText(text: string): PivotAnswer {
	const trimmed = text.trim();
	if (trimmed.startsWith('<')) {
		checkTwiml(trimmed);
		return { contentType: 'text/xml', body: trimmed };
	}
	const parsed = parsedJson(trimmed);
	if (typeof parsed === 'string') throw new InvalidInput('The answer to the call is no step', WHAT_IT_IS);
	return answerOf(parsed);
}

function parsedJson(text: string): unknown {
	let problem: string;
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		problem = (error as Error).message;
	}
	throw new InvalidInput('The answer to the call is neither JSON nor TwiML', problem);
}

/** KAZOO wants the step alone, without what an item may hold besides. */
function stepOnly({ module, data, children }: Readonly<Record<string, unknown>>): object {
	return { module, data, children: children ?? {} };
}
