/** Does the changes of plans, side by side where they need nothing of each other, and says of each what became of it. */
import type { OutgoingFile } from '../http/messages';
import type { Transport } from '../http/transport';
import type { ChargesPolicy } from '../operations/operation';
import { budgetOf } from '../operations/charges';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput } from '../values/input';
import type { Batch, Change, JournalEntry } from './change';
import { overlay } from './difference';
import type { Document, KindName } from './kinds';
import { kinds } from './kinds';
import { withLists } from './lists';
import type { Allowed } from './limits';
import { assertAllowed } from './limits';
import type { Stored } from './live';
import { readOne } from './live';
import { ownOf } from './lookup';
import { waves } from './order';
import { generatedSecrets } from './passwords';
import { problemOf, revertEntries } from './revert';
import { nameOf, Writer } from './write';
import { isRecord } from '../values/records';

/** Changes side by side: KAZOO's own counts of what an account has are written with each. */
const WRITES_SIDE_BY_SIDE = 5;

export interface ApplyOptions extends Allowed {
	/** What is uploaded, by names in small letters. */
	readonly files?: ReadonlyMap<string, OutgoingFile>;
	readonly charges: ChargesPolicy;
}

export type Result = 'done' | 'failed' | 'nothingToDo' | 'notTried' | 'rolledBack';

/** What became of a change. */
export interface Applied {
	readonly change: Change;
	readonly result: Result;
	readonly problem?: { readonly message: string; readonly description?: string };
	readonly journal?: JournalEntry;
	/** Of the document, where it is there. */
	readonly id?: string;
	readonly accountId?: string;
	/** What was made up and cannot be read again, such as a password; told once. */
	readonly secrets?: Document;
	/** What the person has to know of it, although it was done. */
	readonly note?: string;
	/** What KAZOO charged, in the unit of the server's price lists. */
	readonly charged?: number;
}

/**
 * @returns for each change what became of it, in their order; a failure does not throw
 * @throws InvalidInput when something is not allowed; nothing is sent then
 * @throws DryRun
 */
export async function applyChanges(
	batches: readonly Batch[],
	options: ApplyOptions,
	transport: Transport,
): Promise<Applied[]> {
	assertAllowed(batches, options, transport);
	// What has begun is finished also when the run is cancelled, so that it can be told
	const steady = transport.with({ evenWhenCancelled: true });
	const writer = new Writer(steady, budgetOf(options.charges));
	const applied: Applied[] = [];
	let stopped = false;
	for (const { changes, kept } of batches) {
		const made = new Map<string, Stored>();
		const tryOne = async (change: Change): Promise<Applied> => {
			if (stopped || transport.cancelSignal()?.aborted) return { change, result: 'notTried' };
			try {
				return { change, ...(await applyOne(change, { made, kept, files: options.files }, writer, steady)) };
			} catch (error) {
				const problem = problemOf(error, transport);
				stopped ||= options.onFailure !== 'goOn';
				return { change, result: 'failed', problem };
			}
		};
		for (const wave of waves(changes))
			applied.push(...(await mapConcurrently(wave, WRITES_SIDE_BY_SIDE, tryOne)));
	}
	const failed = stopped || transport.cancelSignal()?.aborted === true;
	return options.onFailure === 'rollBack' && failed ? await rolledBack(applied, steady) : applied;
}

async function rolledBack(applied: readonly Applied[], transport: Transport): Promise<Applied[]> {
	const entries = applied.flatMap(({ journal }) => (journal ? [journal] : []));
	const reverted = await revertEntries(entries, { goOn: true, allowDeletes: true }, transport);
	const back = new Map(reverted.map((result) => [result.entry, result]));
	return applied.map((one) => {
		const result = one.journal && back.get(one.journal);
		if (!result) return one;
		if (result.result === 'failed') return { ...one, problem: result.problem };
		const { journal: _, secrets: __, ...rest } = one;
		return { ...rest, result: 'rolledBack' };
	});
}

/** What a plan has made so far, by what stands for it. */
interface Progress extends Pick<Batch, 'kept'>, Pick<ApplyOptions, 'files'> {
	readonly made: Map<string, Stored>;
}

async function applyOne(
	change: Change,
	{ made, kept, files }: Progress,
	writer: Writer,
	transport: Transport,
): Promise<Omit<Applied, 'change'>> {
	const { kind, name, accountName, irreversible } = change;
	const accountId = accountOf(change, made);
	const target = { kind, name, accountId };
	const about = {
		kind,
		name,
		accountId,
		accountName,
		...(irreversible === undefined ? {} : { irreversible }),
	};
	if (kinds[kind].act) {
		const id = made.get(change.id ?? '')?.id ?? change.id ?? '';
		const told = await writer.act(target, id, files?.get(name.toLowerCase()));
		const journal: JournalEntry = { ...about, action: 'update', id };
		return { result: 'done', journal, ...(told ? { secrets: told } : {}) };
	}
	if (change.action === 'create') {
		const document = filledIn(change.document ?? {}, made);
		const there = kept && (await writer.existing(target, document));
		if (there) {
			if (change.ref !== undefined) made.set(change.ref, there);
			return { result: 'nothingToDo', id: there.id, accountId };
		}
		const generated = generatedSecrets(change.generate ?? []);
		const hidden = overlay(change.secrets ?? {}, generated, []) as Document;
		const { stored, charged } = await writer.create(target, overlay(document, hidden, []) as Document);
		if (change.ref !== undefined) made.set(change.ref, stored);
		const journal: JournalEntry = {
			...about,
			action: 'create',
			id: stored.id,
			left: ownOf(stored),
			...(charged === undefined ? {} : { irreversible: `KAZOO charged ${charged} and pays nothing back` }),
		};
		return {
			result: 'done',
			journal,
			...(change.generate === undefined ? {} : { secrets: generated }),
			...(charged === undefined ? {} : { charged }),
		};
	}
	const id = made.get(change.id ?? '')?.id ?? change.id ?? '';
	if (id.startsWith('<<'))
		throw new InvalidInput(`${nameOf(target)} was not made`, 'Apply the change that makes it, too.');
	if (change.action === 'delete') {
		const deleted = await writer.delete(target, id, change.was ?? {});
		if (!deleted) return { result: 'nothingToDo' };
		return { result: 'done', journal: { ...about, action: 'delete', id, was: change.was } };
	}
	const wanted = filledIn(change.document ?? {}, made);
	const seen = change.was ? undefined : await readOne(kind, id, accountId, transport);
	const revision = change.revision ?? seen?.revision;
	const was = change.was ?? (seen ? ownOf(seen) : {});
	const document = change.was
		? wanted
		: withLists(overlay(was, wanted, kinds[kind].exact ?? []) as Document, change.lists);
	const generated = generatedSecrets(change.generate ?? []);
	const secrets = overlay(change.secrets ?? {}, generated, []) as Document;
	const stored = await writer.update(target, id, { was, document, secrets }, revision);
	if (!stored) return { result: 'nothingToDo', id, accountId };
	const { note } = stored;
	return {
		result: 'done',
		journal: { ...about, action: 'update', id, was, left: ownOf(stored) },
		...(change.generate === undefined ? {} : { secrets: generated }),
		...(note === undefined ? {} : { note }),
	};
}

/** @throws InvalidInput when the account itself was to be made, and was not */
function accountOf({ accountId, accountName }: Change, made: ReadonlyMap<string, Stored>): string {
	const id = made.get(accountId)?.id ?? accountId;
	if (!id.startsWith('<<')) return id;
	throw new InvalidInput(
		`The account “${accountName}” was not made`,
		'Apply the change that makes it, too; it comes before this one.',
	);
}

/** The document with the ids of what was made where placeholders stand. @throws InvalidInput */
function filledIn(document: Document, made: ReadonlyMap<string, Stored>): Document {
	const one = (text: string): string => {
		if (!/^<<\w+:/.test(text)) return text;
		const stored = made.get(text);
		if (stored) return stored.id;
		const [, kind = '', name = ''] = /^<<(\w+):(.*)>>$/.exec(text) ?? [];
		throw new InvalidInput(
			`${kinds[kind as KindName]?.label ?? kind} “${name}” was not made`,
			'Apply the change that makes it, too; it comes before this one.',
		);
	};
	const visit = (value: unknown): unknown => {
		if (typeof value === 'string') return one(value);
		if (Array.isArray(value)) return value.map(visit);
		if (!isRecord(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [one(key), visit(entry)]));
	};
	return visit(document) as Document;
}
