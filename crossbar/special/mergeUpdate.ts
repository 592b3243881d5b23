import type { Transport } from '../http/transport';
import { acceptingCharges } from '../operations/charges';
import { recordsOf } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { buildRequest } from '../operations/request';
import { merge } from '../values/merge';

const TRIES = 4;

/**
 * Update where the server has no PATCH: read, merge, write back only if nobody changed it in between (`If-Match`),
 * and try again on 412. Merges as Crossbar's PATCH does: objects deeply, arrays replaced, null removes.
 */
export async function mergeUpdate(operation: Operation, transport: Transport): Promise<Outcome> {
	const change = (buildRequest(operation.row, operation.input).body?.data ?? {}) as Record<string, unknown>;
	return await writeBack(
		operation,
		transport,
		(current) => merge(current, change) as Record<string, unknown>,
	);
}

/**
 * Reads the document of the row's route, changes it and writes the whole of it back, only if nobody changed it in
 * between; else all of it is tried again.
 * @param change gives the new document; it may be called several times
 */
export async function writeBack(
	operation: Operation,
	transport: Transport,
	change: (current: Record<string, unknown>) => Record<string, unknown>,
): Promise<Outcome> {
	const { row, input } = operation;
	const write = buildRequest(row, input);
	for (let attempt = 1; ; attempt++) {
		const read = await transport.send({
			method: 'GET',
			path: write.path,
			query: write.query,
			what: write.what,
		});
		const current = { ...((read.envelope.data ?? {}) as Record<string, unknown>) };
		delete current._read_only;
		const revision =
			read.headers.etag ?? (read.envelope.revision ? `"${read.envelope.revision}"` : undefined);
		const request = {
			...write,
			body: { data: change(current) },
			...(revision ? { headers: { 'If-Match': revision } } : {}),
			expect: attempt < TRIES ? [412] : [],
		};
		const answer = await acceptingCharges(request, operation.charges, transport);
		if (answer.status !== 412) {
			return { records: recordsOf(row, answer.envelope, write.method), envelope: answer.envelope };
		}
	}
}
