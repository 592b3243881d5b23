/** User: Off-Board and its plan. */
import type { Change } from '../../changes/change';
import type { KindName } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import { readLists, withWhole } from '../../changes/listed';
import type { Live, Stored } from '../../changes/live';
import type { Problem } from '../../changes/lookup';
import type { Plan } from '../../changes/plan';
import { planOf } from '../../changes/plan';
import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { InvalidInput } from '../../values/input';
import { applied, planned } from '../outcome';
import { wrong } from '../problems';
import { called } from './found';
import type { Leaver } from './leaver';
import { leaverOf } from './leaver';
import type { Leaving } from './leaving';
import { leavingOf } from './leaving';
import { messagesOf } from './messages';
import { STANDING, WANTED } from './standing';

/** Off-boarding also looks at what somebody had alone. */
const KINDS: readonly KindName[] = [...STANDING, 'conference', 'faxBox', 'phoneNumber'];
/** Kinds of which each document may point at somebody, which lists do not tell. */
const WHOLE: readonly KindName[] = ['group', 'conference', 'faxBox', 'callflow'];

/** User: Plan Off-Boarding. */
export async function planOffBoarding(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live, leaver } = await made(operation, transport);
	const outcome = await planned(plan, live, transport, WANTED);
	return await withMessages(outcome, leaver, live, operation, transport);
}

/** User: Off-Board. */
export async function offBoard(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live, leaver } = await made(operation, transport);
	const { arguments: values } = operation.input;
	if (leaver.exported.length > 0 && values.onFailure === 'goOn')
		throw new InvalidInput(
			'Messages cannot be kept as files when On Failure is Go On',
			'Nothing was changed. n8n throws files away when a node fails, and the messages would be gone: choose Stop or Roll Back.',
		);
	// Files first: what follows deletes what they are made of
	const kept = await withMessages(NOTHING, leaver, live, operation, transport);
	const allowed = {
		...operation,
		input: { ...operation.input, arguments: { ...values, allowDeletes: true } },
	};
	const outcome = await applied(plan.changes, allowed, transport, live, WANTED, plan.unchanged);
	return together(outcome, kept);
}

const NOTHING: Outcome = { records: [], envelope: {}, asIs: true };

async function withMessages(
	outcome: Outcome,
	{ exported }: Leaver,
	live: Live,
	{ keepFile }: Operation,
	transport: Transport,
): Promise<Outcome> {
	if (!keepFile) return outcome;
	let all = outcome;
	for (const box of exported) {
		const messages = await messagesOf(box, live, keepFile, transport);
		all = together(all, {
			...NOTHING,
			records: messages.map(({ record }) => record),
			files: messages.map(({ file }) => file),
		});
	}
	return all;
}

/** The items of both; each file stays with its item. */
function together(one: Outcome, other: Outcome): Outcome {
	const files = [one, other].flatMap(({ records, files: own }) => records.map((_, index) => own?.[index]));
	return { ...one, records: [...one.records, ...other.records], files };
}

interface Made {
	readonly plan: Plan;
	readonly live: Live;
	readonly leaver: Leaver;
}

/** @throws InvalidInput with all that is wrong, before anything is written */
async function made({ input }: Operation, transport: Transport): Promise<Made> {
	const { accountId = '', userId = '' } = input.path;
	const { leaving, problems: faults } = leavingOf(userId, input.arguments);
	const early = [...faults, ...(await credentialProblems(leaving, transport))];
	if (early.length > 0) throw wrong('Nobody can be off-boarded like this', early);
	const lists = await readLists(accountId, KINDS, transport);
	let live = await withWhole(lists, (stored) => isLookedAt(leaving, stored), transport);
	const leaver = leaverOf(leaving, live);
	if (leaving.numbers === 'release') {
		const { remove } = leaver;
		live = await withWhole(
			live,
			({ kind, id }) => kind === 'phoneNumber' && remove.has(`${kind} ${id}`),
			transport,
		);
	}
	const { person } = leaver;
	if (!person) throw wrong('Nobody can be off-boarded like this', leaver.problems);
	const name = called(person);
	const plan = planOf({ documents: leaver.wanted, remove: leaver.remove, why: `${name} leaves` }, live);
	const problems = [...leaver.problems, ...plan.problems];
	if (problems.length > 0) throw wrong(`${name} cannot be off-boarded`, problems);
	return {
		plan: { ...plan, changes: arranged(plan.changes, leaving, { person, exported: leaver.exported }, live) },
		live,
		leaver,
	};
}

/** KAZOO lets only users who are admins end tokens, and nobody should shut himself out. */
async function credentialProblems(
	{ userId, leaveTokens }: Leaving,
	transport: Transport,
): Promise<Problem[]> {
	const { userId: own } = await transport.whoAmI();
	if (own === userId)
		return [{ place: 'User', problem: 'it is who this credential logs in as; log in as somebody else' }];
	if (own !== undefined || leaveTokens) return [];
	return [
		{
			place: 'Log-In Tokens',
			problem:
				'an API key may not end them. Add the field Leave Tokens (who is logged in stays so until the token ends), or log in as a user who is an admin',
		},
	];
}

function isLookedAt({ userId, successorId }: Leaving, { kind, id, document }: Stored): boolean {
	if (WHOLE.includes(kind)) return true;
	if (kind === 'user') return id === userId || id === successorId;
	return (kind === 'device' || kind === 'voicemailBox') && document.owner_id === userId;
}

/**
 * Log-ins end once there is no new one to be had, and what is gone for good goes last: a box whose messages were kept
 * only when all else is done.
 */
function arranged(
	changes: readonly Change[],
	leaving: Leaving,
	{ person, exported }: { readonly person: Stored; readonly exported: readonly Stored[] },
	live: Live,
): Change[] {
	const isBox = ({ kind, id, action }: Change): boolean =>
		action === 'delete' && kind === 'voicemailBox' && exported.some((box) => box.id === id);
	const isPerson = ({ kind, id }: Change): boolean => kind === 'user' && id === person.id;
	const others = changes.filter((change) => !isBox(change) && !isPerson(change));
	const own = changes.filter(isPerson);
	const isGone = own.some(({ action }) => action === 'delete');
	const ends = endings(leaving, person, live, own.length > 0);
	return [
		...(isGone ? ends : [...own, ...ends]),
		...others,
		...(isGone ? own : []),
		...changes.filter(isBox),
	];
}

function endings(
	{ resetApiKey, leaveTokens }: Leaving,
	person: Stored,
	{ accountId, accountName }: Live,
	isNew: boolean,
): Change[] {
	const about = { action: 'update', accountId, accountName, fields: [] } as const;
	const who = called(person);
	return [
		...(isNew && !leaveTokens
			? [
					{
						...about,
						kind: 'logIn',
						name: who,
						id: person.id,
						why: `${who} leaves; whoever is logged in as ${who} is logged out`,
						irreversible: 'tokens that were given out stay worthless',
					} as const,
				]
			: []),
		...(resetApiKey
			? [
					{
						...about,
						kind: 'apiKey',
						name: kinds.apiKey.label,
						id: accountId,
						why: `${who} may know it; programs need the new one`,
						irreversible: 'the old key does not come back',
					} as const,
				]
			: []),
	];
}
