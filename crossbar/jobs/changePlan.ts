/** Change Plan: Apply and Revert, for plans and journals that come as items or as JSON. */
import type { Change, JournalEntry } from '../changes/change';
import { signedEntries } from '../changes/change';
import { revertEntries } from '../changes/revert';
import type { Transport } from '../http/transport';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput, parseJson } from '../values/input';
import { applied, reverted } from './outcome';

/** Change Plan: Apply. */
export async function applyPlan(operation: Operation, transport: Transport): Promise<Outcome> {
	const entries = signedEntries<Change & { total?: number }>(given(operation), 'plan', transport.server);
	const total = Math.max(0, ...entries.map((entry) => entry.total ?? 0));
	const changes = entries.map(({ total: _, ...change }) => change);
	const [first] = changes;
	const about = { accountId: first?.accountId ?? '', accountName: first?.accountName ?? '' };
	return await applied(changes, operation, transport, about, total);
}

/** Change Plan: Revert. */
export async function revertJournal(operation: Operation, transport: Transport): Promise<Outcome> {
	const items = given(operation);
	const entries = signedEntries<JournalEntry>(items, 'journal', transport.server);
	if (entries.length === 0 && !items.some(({ result }) => typeof result === 'string'))
		throw new InvalidInput(
			'There is no journal in what was given',
			'Nothing was sent. Give the items that came out of Apply, or the JSON that stands in its error.',
		);
	const { goOn, allowDeletes } = operation.input.arguments;
	return reverted(
		await revertEntries(entries, { goOn: goOn === true, allowDeletes: allowDeletes === true }, transport),
	);
}

/** Items with a plan or journal in them. @throws InvalidInput */
function given({ input, items }: Operation): Array<Readonly<Record<string, unknown>>> {
	if (input.arguments.changesFrom !== 'json') return [...(items ?? [])];
	const parsed = parseJson(input.arguments.changes, 'JSON');
	if (Array.isArray(parsed)) return parsed as Array<Readonly<Record<string, unknown>>>;
	throw new InvalidInput('JSON must be a list', 'It begins with [ and ends with ].');
}
