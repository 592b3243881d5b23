/** Port Request: Create, with its documents and, when wanted, submitted. What was done stands in an error. */
import type { IDataObject } from 'n8n-workflow';

import { asNodeError } from '../errors/nodeError';
import type { Transport } from '../http/transport';
import { namedOperation, performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput } from '../values/input';

const RESOURCE = 'portRequest';

/** @throws NodeApiError; InvalidInput before anything is sent when two documents have one name */
export async function createPortRequest(operation: Operation, transport: Transport): Promise<Outcome> {
	const { files = [], path } = operation.input;
	const names = files.map(({ fileName }) => fileName ?? '');
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined)
		throw new InvalidInput(
			`Two documents are called “${twice}”`,
			'Nothing was sent. KAZOO keeps one under each name: give the files different names.',
		);
	const created = await performRow(operation, transport);
	const id = String(created.records[0]?.id ?? '');
	const one = { ...path, portRequestId: id };
	const done = [`Created port request ${id}`];
	const step = async (name: string, more: Partial<Operation['input']>, told: string): Promise<Outcome> => {
		const next = namedOperation(RESOURCE, name, { path: one });
		const input = { ...next.input, ...more };
		try {
			const outcome = await performRow({ ...next, input, charges: operation.charges }, transport);
			done.push(told);
			return outcome;
		} catch (error) {
			const shown = asNodeError(transport.node, error);
			shown.description = [shown.description, `Done so far: ${done.join('; ')}. It stays; go on by its ID.`]
				.filter(Boolean)
				.join('\n');
			throw shown;
		}
	};
	for (const file of files) await step('addAttachment', { file }, `Attached ${file.fileName ?? 'file'}`);
	if (operation.input.arguments.submit === true) await step('submit', {}, 'Submitted');
	if (done.length === 1) return created;
	const { records, envelope } = await step('get', {}, 'Read');
	const record: IDataObject = { ...records[0], documents: names };
	return { records: [record], envelope };
}
