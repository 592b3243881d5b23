/** User: Remove From Everywhere and its plan: somebody stays, but stands nowhere else any more. */
import { readLists, withWhole } from '../../changes/listed';
import type { Live } from '../../changes/live';
import type { Plan } from '../../changes/plan';
import { planOf } from '../../changes/plan';
import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { textOf } from '../../values/input';
import { applied, planned } from '../outcome';
import { wrong } from '../problems';
import { called } from './found';
import { removedOf } from './removed';
import { STANDING, WANTED } from './standing';

/** User: Plan Removal From Everywhere. @throws InvalidInput, NodeApiError */
export async function planRemoval(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	return planned(plan, live, transport, WANTED);
}

/** User: Remove From Everywhere. @throws InvalidInput, NodeApiError */
export async function removeFromEverywhere(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	return await applied(plan.changes, operation, transport, live, WANTED, plan.unchanged);
}

/** @throws InvalidInput with all that is wrong, before anything is written */
async function made({ input }: Operation, transport: Transport): Promise<{ plan: Plan; live: Live }> {
	const { accountId = '', userId = '' } = input.path;
	const successorId = textOf(input.arguments.successor ?? '', 'Successor').trim();
	const lists = await readLists(accountId, STANDING, transport);
	const live = await withWhole(
		lists,
		({ kind, id }) =>
			kind === 'group' || kind === 'callflow' || (kind === 'user' && (id === userId || id === successorId)),
		transport,
	);
	const { person, wanted, problems } = removedOf(userId, successorId, live);
	if (!person) throw wrong('Nobody can be removed like this', problems);
	const name = called(person);
	const plan = planOf({ documents: wanted, remove: new Map(), why: `${name} is taken out` }, live);
	const all = [...problems, ...plan.problems];
	if (all.length > 0) throw wrong(`${name} cannot be removed from everywhere`, all);
	return { plan, live };
}
