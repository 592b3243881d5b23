/** Plans, what became of them, and what was taken back, as items that read well in a table. */
import type { IDataObject } from 'n8n-workflow';

import type { Applied, ApplyOptions } from '../changes/apply';
import { applyChanges } from '../changes/apply';
import type { Batch, Change } from '../changes/change';
import { inWords, namesOfNew, signed } from '../changes/change';
import { digest } from '../changes/difference';
import type { Live } from '../changes/live';
import type { Plan } from '../changes/plan';
import type { Reverted } from '../changes/revert';
import type { Transport } from '../http/transport';
import { Cancelled } from '../http/wait';
import type { Operation, Outcome } from '../operations/operation';
import { givenSounds } from './blueprint/sounds';
import { withCosts } from './costs';

/** An item a change, with what it costs; one that says so where there is nothing to do. @throws NodeApiError */
export async function planned(
	{ changes: wanted, unchanged }: Plan,
	live: Live,
	transport: Transport,
	total = live.documents.length,
): Promise<Outcome> {
	const changes = await withCosts(wanted, live.accountId, transport);
	const entries = changes.map((change) => ({ ...change, total }));
	const plans = signed(entries, digest(entries), transport.server);
	const names = namesOfNew(changes);
	const records = changes.map((change, index) => ({
		...inWords(change, {}, names),
		...idsOf(change),
		plan: plans[index] as string,
	}));
	return outcome(records.length > 0 ? records : [nothingToDo(live, unchanged)]);
}

function nothingToDo(
	{ accountName, accountId }: Pick<Live, 'accountId' | 'accountName'>,
	unchanged: number,
): IDataObject {
	return {
		change: 'Nothing',
		account: accountName,
		why: `All ${unchanged} are as they should be`,
		account_id: accountId,
	};
}

/** What a person allows and wants, from the fields of the form. */
export function applyOptions(operation: Operation): ApplyOptions {
	const { input, charges } = operation;
	const { allowDeletes, allowLarge, onFailure } = input.arguments;
	return {
		allowDeletes: allowDeletes === true,
		allowLarge: allowLarge === true,
		onFailure: onFailure === 'goOn' || onFailure === 'rollBack' ? onFailure : 'stop',
		charges,
		files: new Map([...givenSounds(operation)].map(([name, { file }]) => [name, file])),
	};
}

/** Does the changes; an item a change with what became of it and the journal that takes it back. */
export async function applied(
	changes: readonly Change[],
	operation: Operation,
	transport: Transport,
	account: Pick<Live, 'accountId' | 'accountName'>,
	total: number,
	unchanged = 0,
): Promise<Outcome> {
	if (changes.length === 0) return outcome([nothingToDo(account, unchanged)]);
	return await appliedAll([{ changes, total }], operation, transport);
}

/** The same for the changes of several plans, one plan after another. */
export async function appliedAll(
	batches: readonly Batch[],
	operation: Operation,
	transport: Transport,
): Promise<Outcome> {
	const began = new Date().toISOString();
	return toldOutcome(await applyChanges(batches, applyOptions(operation), transport), began, transport);
}

/**
 * What became of changes: an item for each, and what takes them back.
 * @param began when, in ISO: which run they are of
 */
export function toldOutcome(results: readonly Applied[], began: string, transport: Transport): Outcome {
	if (results.length === 0)
		return outcome([{ change: 'Nothing', why: 'There is no change in what was given' }]);
	const journals = signed(
		results.map(({ journal }) => journal),
		began,
		transport.server,
	);
	const names = namesOfNew(results.map(({ change }) => change));
	const records = results.map((one, index) => appliedRecord(one, journals[index], names));
	const failed = results.filter(({ result }) => result === 'failed');
	const told = reportOf(results);
	if (transport.cancelSignal()?.aborted) throw new Cancelled(`${told}. ${journalOf(records)}`);
	if (failed.length === 0) return outcome(records);
	const [{ problem }] = failed as [Applied];
	return {
		...outcome(records),
		incomplete: {
			message: problem?.message ?? 'A change failed',
			description: [`${told}.`, problem?.description, AGAIN, journalOf(records)].filter(Boolean).join('\n'),
		},
	};
}

const AGAIN = 'To finish, run it again when the cause is gone: what is done is found, nothing is made twice.';

const RESULTS = {
	done: 'done',
	failed: 'failed',
	notTried: 'not tried',
	rolledBack: 'rolled back',
	nothingToDo: 'nothing to do',
} as const;

function appliedRecord(
	{ change, result, problem, journal, secrets, note, charged, ...ids }: Applied,
	signedJournal: string | undefined,
	names: ReadonlyMap<string, string>,
): IDataObject {
	const irreversible = journal?.irreversible ?? change.irreversible;
	const became = whatBecame({ problem, note, secrets });
	return {
		result: RESULTS[result],
		...inWords(
			{ ...change, ...(irreversible === undefined ? {} : { irreversible }) },
			charged === undefined ? became : { charged, ...became },
			names,
		),
		...idsOf({ ...change, ...ids, ...journal }),
		...(journal ? { journal: signedJournal } : {}),
	};
}

function whatBecame({ problem, note, secrets }: Pick<Applied, 'note' | 'problem' | 'secrets'>): IDataObject {
	return {
		...(note === undefined ? {} : { note }),
		...(problem
			? { error: problem.message, ...(problem.description ? { what_to_do: problem.description } : {}) }
			: {}),
		...(secrets ? { secrets } : {}),
	};
}

/** Those that there are: what is still to be made has none. */
function idsOf({ accountId, id }: { readonly accountId: string; readonly id?: string }): IDataObject {
	const isThere = (one: string | undefined): boolean => one !== undefined && !one.startsWith('<<');
	return {
		...(isThere(accountId) ? { account_id: accountId } : {}),
		...(isThere(id) ? { id } : {}),
	};
}

/** “2 done, 1 failed, 3 not tried”. */
function reportOf(results: ReadonlyArray<{ readonly result: keyof typeof RESULTS }>): string {
	return Object.entries(RESULTS)
		.map(([key, words]) => [results.filter(({ result }) => result === key).length, words] as const)
		.filter(([count]) => count > 0)
		.map(([count, words]) => `${count} ${words}`)
		.join(', ');
}

/** n8n throws the output of a failed node away: what takes the changes back stands in the error then. */
function journalOf(records: readonly IDataObject[]): string {
	const entries = records.flatMap(({ journal }) => (typeof journal === 'string' ? [{ journal }] : []));
	if (entries.length === 0) return 'Nothing is left to be taken back.';
	return `To take back what was done give this to Change Plan: Revert as JSON: ${JSON.stringify(entries)}`;
}

/** An item for each entry of a journal. */
export function reverted(results: readonly Reverted[], transport: Transport): Outcome {
	if (transport.cancelSignal()?.aborted)
		throw new Cancelled(`${reportOf(results)}. To take back the rest run it again.`);
	const records = results.map(({ entry, result, problem, note, secrets, id }) => ({
		result: RESULTS[result],
		...inWords(entry, whatBecame({ problem, note, secrets })),
		account_id: entry.accountId,
		id: id ?? entry.id,
	}));
	if (records.length === 0) return outcome([{ result: RESULTS.nothingToDo, why: 'Nothing was done' }]);
	const failed = results.find(({ result }) => result === 'failed');
	if (!failed) return outcome(records);
	const { message = '', description } = failed.problem ?? {};
	const more = [`${reportOf(results)}.`, description, AGAIN].filter(Boolean).join('\n');
	return { ...outcome(records), incomplete: { message, description: more } };
}

const outcome = (records: IDataObject[]): Outcome => ({ records, envelope: {}, asIs: true });
