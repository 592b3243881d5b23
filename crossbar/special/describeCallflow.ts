import { describeFlow, titleOf } from '../callflow/describe';
import { stepsOf } from '../callflow/flow';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { lookUp, readCallflow } from './callflowSource';

/** Callflow: Describe. The tree of a callflow in words, with names where there are ids. */
export async function describeCallflow(operation: Operation, transport: Transport): Promise<Outcome> {
	const document = await readCallflow(operation, transport);
	const { names } = await lookUp(document.flow, operation, transport);
	const told = describeFlow(titleOf(document), document.flow, (id) => {
		const name = names.get(id);
		return name === null ? `(missing ${id})` : name;
	});
	const record = {
		...(document.id === undefined ? {} : { callflow_id: document.id }),
		...(typeof document.name === 'string' ? { callflow_name: document.name } : {}),
		steps: document.flow === undefined ? 0 : stepsOf(document.flow).length,
		...told,
	};
	return { records: [record], envelope: {} };
}
