/** Does the changes of a plan, one after another, and says of each what became of it. */
import { isObject } from '../callflow/schema';
import { asNodeError } from '../errors/nodeError';
import type { Transport } from '../http/transport';
import { Cancelled } from '../http/wait';
import type { ChargesPolicy } from '../operations/operation';
import { InvalidInput } from '../values/input';
import type { Change, JournalEntry } from './change';
import { overlay } from './difference';
import type { Document, KindName } from './kinds';
import { kinds } from './kinds';
import type { Stored } from './live';
import { readOne } from './live';
import { ownOf } from './lookup';
import { generatedSecrets } from './passwords';
import { revertEntries } from './revert';
import { nameOf, Writer } from './write';

export interface ApplyOptions {
	readonly allowDeletes: boolean;
	readonly allowLarge: boolean;
	readonly onFailure: 'goOn' | 'rollBack' | 'stop';
	readonly charges: ChargesPolicy;
	/** Stored documents that were looked at: the share that changes is of these. */
	readonly total: number;
}

export type Result = 'done' | 'failed' | 'notTried' | 'rolledBack';

/** What became of a change. */
export interface Applied {
	readonly change: Change;
	readonly result: Result;
	readonly problem?: { readonly message: string; readonly description?: string };
	readonly journal?: JournalEntry;
	/** What was made up and cannot be read again, such as a password; told once. */
	readonly secrets?: Document;
}

/** The share of what is there that changes or goes at the most without being allowed, where there are `FEW` or more. */
const LARGE = 0.3;
const FEW = 10;

/** @throws InvalidInput when the plan does what is not allowed; nothing is sent then */
export function assertAllowed(
	changes: readonly Change[],
	{ allowDeletes, allowLarge, total }: ApplyOptions,
): void {
	const deletes = changes.filter(({ action }) => action === 'delete');
	if (deletes.length > 0 && !allowDeletes)
		throw new InvalidInput(
			`The plan deletes ${deletes.length}: ${some(deletes)}`,
			'Nothing was sent. Switch on Allow Deletes if that is what you want.',
		);
	const touched = new Set(
		changes.flatMap(({ action, accountId, id, kind }) =>
			action === 'create' || id?.startsWith('<<') ? [] : [`${accountId} ${kind} ${id ?? ''}`],
		),
	);
	if (total < FEW || allowLarge || touched.size <= LARGE * total) return;
	throw new InvalidInput(
		`The plan changes or deletes ${touched.size} of ${total}`,
		'Nothing was sent. That is more than 30 %. Switch on Allow Large Changes if that is what you want.',
	);
}

/**
 * @returns for each change what became of it; a failure does not throw
 * @throws Cancelled with `applied` in it when the run is cancelled in the middle
 */
export async function applyChanges(
	changes: readonly Change[],
	options: ApplyOptions,
	transport: Transport,
): Promise<Applied[]> {
	assertAllowed(changes, options);
	const writer = new Writer(transport, options.charges);
	const made = new Map<string, Stored>();
	const applied: Applied[] = [];
	let stopped: 'cancelled' | 'failed' | undefined;
	for (const change of changes) {
		if (stopped) {
			applied.push({ change, result: 'notTried' });
			continue;
		}
		try {
			applied.push({ change, result: 'done', ...(await applyOne(change, made, writer, transport)) });
		} catch (error) {
			if (error instanceof Cancelled) stopped = 'cancelled';
			else if (options.onFailure !== 'goOn') stopped = 'failed';
			applied.push(
				error instanceof Cancelled
					? { change, result: 'notTried' }
					: { change, result: 'failed', problem: problemOf(error, transport) },
			);
		}
	}
	if (options.onFailure !== 'rollBack' || stopped === undefined) return applied;
	return await rolledBack(applied, transport.with({ evenWhenCancelled: true }));
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

async function applyOne(
	change: Change,
	made: Map<string, Stored>,
	writer: Writer,
	transport: Transport,
): Promise<Pick<Applied, 'journal' | 'secrets'>> {
	const { kind, name, accountName, irreversible } = change;
	const accountId = made.get(change.accountId)?.id ?? change.accountId;
	const target = { kind, name, accountId };
	const about = {
		kind,
		name,
		accountId,
		accountName,
		...(irreversible === undefined ? {} : { irreversible }),
	};
	if (change.action === 'create') {
		const document = filledIn(change.document ?? {}, made);
		const generated = generatedSecrets(change.generate ?? []);
		const hidden = overlay(change.secrets ?? {}, generated, []) as Document;
		const stored = await writer.create(target, overlay(document, hidden, []) as Document);
		if (change.ref !== undefined) made.set(change.ref, stored);
		const journal: JournalEntry = { ...about, action: 'create', id: stored.id, left: ownOf(stored) };
		return { journal, ...(change.generate === undefined ? {} : { secrets: generated }) };
	}
	const id = made.get(change.id ?? '')?.id ?? change.id ?? '';
	if (id.startsWith('<<'))
		throw new InvalidInput(`${nameOf(target)} was not made`, 'Apply the change that makes it, too.');
	if (change.action === 'delete') {
		await writer.delete(target, id, change.was ?? {});
		return { journal: { ...about, action: 'delete', id, was: change.was } };
	}
	const wanted = filledIn(change.document ?? {}, made);
	const seen = change.was ? undefined : await readOne(kind, id, accountId, transport);
	const revision = change.revision ?? seen?.revision;
	const was = change.was ?? (seen ? ownOf(seen) : {});
	const document = change.was ? wanted : (overlay(was, wanted, kinds[kind].exact ?? []) as Document);
	const stored = await writer.update(target, id, { was, document, secrets: change.secrets }, revision);
	return { journal: { ...about, action: 'update', id, was, left: ownOf(stored) } };
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
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [one(key), visit(entry)]));
	};
	return visit(document) as Document;
}

/** A failure in words. */
export function problemOf(error: unknown, transport: Transport): NonNullable<Applied['problem']> {
	const { message, description } = asNodeError(transport.node, error);
	return { message, ...(description ? { description } : {}) };
}

/** The first few of them by name. */
export function some(changes: ReadonlyArray<Pick<Change, 'kind' | 'name'>>): string {
	const shown = changes.slice(0, 5).map(nameOf).join(', ');
	return changes.length > 5 ? `${shown} and ${changes.length - 5} more` : shown;
}
