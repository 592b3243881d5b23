import type { IDataObject } from 'n8n-workflow';

import type { Entry } from '../operations/buildFlow';
import { buildFlow } from '../operations/buildFlow';
import type { Operation, Outcome } from '../operations/operation';
import { answerOf } from '../pivot/answer';
import { parseObject } from '../values/input';

/** Pivot: Answer Call. Checks what KAZOO is to do with a call, and sends it to the call that started the workflow. */
export async function answerPivot({ input }: Operation): Promise<Outcome> {
	const { format, steps, json, twiml, result } = input.arguments;
	const given =
		format === 'twiml'
			? String(twiml ?? '')
			: format === 'json'
				? parseObject(json, 'JSON')
				: buildFlow((steps ?? []) as Entry[]);
	const answer = answerOf(format === 'twiml' ? { twiml: given } : given);
	const record: IDataObject =
		answer.contentType === 'text/xml' ? { twiml: answer.body } : (JSON.parse(answer.body) as IDataObject);
	return {
		records: [record],
		envelope: {},
		...(result === 'return' ? {} : { answer }),
	};
}
