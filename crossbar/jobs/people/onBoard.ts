/** User: On-Board and its plan. */
import type { KindName } from '../../changes/kinds';
import { readLists, withWhole } from '../../changes/listed';
import type { Live } from '../../changes/live';
import type { Plan } from '../../changes/plan';
import { planOf } from '../../changes/plan';
import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { numberProblems } from '../numbers';
import { applied, planned } from '../outcome';
import { wrong } from '../problems';
import { isRelevant, joinerOf } from './joiner';
import { joiningOf } from './joining';

/** Where somebody may be, or may be in the way. */
const KINDS: readonly KindName[] = [
	'user',
	'device',
	'voicemailBox',
	'group',
	'directory',
	'phoneNumber',
	'callflow',
];

/** User: Plan On-Boarding. */
export async function planOnBoarding(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	return await planned(plan, live, transport);
}

/** User: On-Board. */
export async function onBoard(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	return await applied(plan.changes, operation, transport, live, live.documents.length, plan.unchanged);
}

/** @throws InvalidInput with all that is wrong, before anything is written */
async function made({ input }: Operation, transport: Transport): Promise<{ plan: Plan; live: Live }> {
	const { accountId = '' } = input.path;
	const { joining, problems: faults } = joiningOf(input.arguments);
	if (faults.length > 0) throw wrong('Nobody can be on-boarded like this', faults);
	const lists = await readLists(accountId, KINDS, transport);
	let live = await withWhole(lists, (stored) => isRelevant(joining, stored), transport);
	let joiner = joinerOf(joining, live);
	const numbers = new Set(joiner.wanted.flatMap(({ kind, id }) => (kind === 'phoneNumber' ? id : [])));
	if (joiner.problems.length === 0 && numbers.size > 0) {
		live = await withWhole(live, ({ kind, id }) => kind === 'phoneNumber' && numbers.has(id), transport);
		joiner = joinerOf(joining, live);
	}
	const plan = planOf(
		{ documents: joiner.wanted, why: `${joining.name} joins`, generate: joiner.generate },
		live,
	);
	const problems = [
		...joiner.problems,
		...plan.problems,
		...(await numberProblems(plan.changes, live, accountId, transport)),
	];
	if (problems.length > 0) throw wrong(`${joining.name} cannot be on-boarded`, problems);
	return { plan, live };
}
