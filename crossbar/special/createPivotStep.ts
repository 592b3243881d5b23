import type { IDataObject } from 'n8n-workflow';

import type { Step } from '../callflow/flow';
import { isStep } from '../callflow/flow';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { writeBack } from './mergeUpdate';

/**
 * Callflow: Create Pivot Step. Puts a step that asks a web server in front of a callflow, whose old steps then run
 * when the server does not answer, or in their place. A Pivot step that is there already is only given the address.
 */
export async function createPivotStep(operation: Operation, transport: Transport): Promise<Outcome> {
	const { url, place, method, format, timeout, debug } = operation.input.arguments;
	const voiceUrl = String(url ?? '').trim();
	if (!/^https?:\/\/[^/]/.test(voiceUrl))
		throw new InvalidInput(
			'URL must begin with http:// or https://',
			'Copy the production URL of the trigger.',
		);
	const data = {
		voice_url: voiceUrl,
		method: method ?? 'post',
		req_format: format ?? 'kazoo',
		...(timeout === undefined ? {} : { req_timeout_ms: Math.round(Number(timeout) * 1000) }),
		...(debug === undefined ? {} : { debug }),
	};
	let done = '';
	const { records, envelope } = await writeBack(operation, transport, (current) => {
		const old = isStep(current.flow) ? (current.flow as Step) : undefined;
		const pivot = (children: Record<string, Step>): Step => ({ module: 'pivot', data, children });
		if (old?.module === 'pivot') {
			done = 'Changed the address of the Pivot step that was there already';
			const kept = place === 'only' ? {} : old.children;
			return { ...current, flow: { ...pivot(kept), data: { ...old.data, ...data } } };
		}
		if (place === 'only') {
			done = 'Put the Pivot step in place of all steps';
			return { ...current, flow: pivot({}) };
		}
		done = 'Put the Pivot step in front; the old steps run when it gives no answer';
		return { ...current, flow: pivot(old ? { _: old } : {}) };
	});
	const [callflow = {}] = records;
	const record: IDataObject = {
		callflow_id: callflow.id,
		callflow_name: callflow.name,
		numbers: callflow.numbers,
		done,
		flow: callflow.flow,
	};
	return { records: [record], envelope };
}
