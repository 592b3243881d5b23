/** Change Plan: Apply and Revert, for plans and journals that come as items or as JSON. */
import type { Batch, Change, JournalEntry } from '../changes/change';
import { signedEntries } from '../changes/change';
import { revertEntries } from '../changes/revert';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput, parseJson } from '../values/input';
import { appliedAll, reverted } from './outcome';
import { isRecord } from '../values/records';

/** Change Plan: Apply. */
export async function applyPlan(operation: Operation, transport: Transport): Promise<Outcome> {
	const plans = signedEntries<Change & { total?: number }>(given(operation), 'plan', transport.server);
	const batches = plans.map(
		({ entries }): Batch => ({
			changes: entries.map(({ total: _, ...change }) => change),
			total: Math.max(0, ...entries.map(({ total = 0 }) => total)),
			kept: true,
		}),
	);
	return await appliedAll(batches, operation, transport);
}

/** Change Plan: Revert. */
export async function revertJournal(operation: Operation, transport: Transport): Promise<Outcome> {
	const items = given(operation);
	const runs = signedEntries<JournalEntry>(items, 'journal', transport.server);
	if (runs.length === 0 && !items.some(({ change }) => typeof change === 'string'))
		throw new InvalidInput(
			'There is no journal in what was given',
			'Nothing was sent. Give the items that came out of Apply, or the JSON that stands in its error.',
		);
	const { goOn, allowDeletes } = operation.input.arguments;
	// The latest run is taken back first
	const entries = runs.sort((one, other) => (one.of < other.of ? -1 : 1)).flatMap((run) => run.entries);
	return reverted(
		await revertEntries(entries, { goOn: goOn === true, allowDeletes: allowDeletes === true }, transport),
		transport,
	);
}

/** Items with a plan or journal in them. @throws InvalidInput */
function given({ input, items }: Operation): Array<Readonly<Record<string, unknown>>> {
	if (input.arguments.changesFrom !== 'json') return [...(items ?? [])];
	const parsed = parseJson(input.arguments.changes, 'JSON');
	if (Array.isArray(parsed) && parsed.every(isRecord)) return parsed;
	throw new InvalidInput('JSON must be a list of objects', 'It begins with [{ and ends with }].');
}
