/** Carries out an operation: by the function that its row names, or the ordinary way. */
import type { Transport } from '../http/transport';
import { withDays, withShownDays } from '../operations/days';
import { namedOperation, performRow, presented } from '../operations/engine';
import { withIds } from '../operations/names';
import type { Operation, Outcome } from '../operations/operation';
import { wantsNames, withNames } from '../operations/withNames';
import { functions } from './functions';

/** @throws InvalidInput, NodeApiError, DryRun */
export async function perform(operation: Operation, transport: Transport): Promise<Outcome> {
	const named = await withDays(await withIds(operation, transport), transport);
	const outcome = await carryOut(named, transport);
	if (outcome.asIs || named.present === undefined) return outcome;
	return { ...outcome, records: await withShownDays(named, outcome.records, transport) };
}

async function carryOut(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, present } = operation;
	const looksUp = wantsNames(operation, transport);
	if (!row.via && !looksUp) return await performRow(operation, transport);
	const plain = { ...operation, present: undefined };
	const done = row.via ? await functions[row.via](plain, transport) : await performRow(plain, transport);
	if (done.asIs) return done;
	const outcome = looksUp ? await withNames(done, operation, transport) : done;
	return { ...outcome, records: presented(outcome.records, outcome.envelope, present) };
}

/**
 * Carries out an operation of the catalogue by its names, for triggers, which have no form to fill in.
 * @throws InvalidInput, NodeApiError
 */
export async function performNamed(
	resource: string,
	operation: string,
	given: Parameters<typeof namedOperation>[2],
	transport: Transport,
): Promise<Outcome> {
	return await perform(namedOperation(resource, operation, given), transport);
}
