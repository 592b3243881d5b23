/** Takes back what a journal says was done, backwards, and only what is still as it was left. */
import { asNodeError } from '../errors/nodeError';
import type { Transport } from '../http/transport';
import { Cancelled, throwIfCancelled } from '../http/wait';
import { InvalidInput } from '../values/input';
import type { JournalEntry } from './change';
import { canonical, overlay } from './difference';
import type { Document } from './kinds';
import { kinds } from './kinds';
import type { Stored } from './live';
import { readLive, readOne } from './live';
import { ownOf, pairs } from './lookup';
import { generatedSecrets, secretsToMake } from './passwords';
import { renamed } from './references';
import { nameOf, Stale, stuckFields, Writer } from './write';

export interface RevertOptions {
	/** Go on with the rest when something cannot be taken back. */
	readonly goOn: boolean;
	/** What was created is deleted. */
	readonly allowDeletes: boolean;
}

/** What became of an entry of a journal. */
export interface Reverted {
	readonly entry: JournalEntry;
	readonly result: 'done' | 'failed' | 'notTried' | 'nothingToDo';
	readonly problem?: { readonly message: string; readonly description?: string };
	/** What is not as it was, although it was taken back. */
	readonly note?: string;
	readonly secrets?: Document;
	/** Where it has another id now. */
	readonly id?: string;
}

/**
 * Takes entries back, the last one first.
 * @throws InvalidInput before anything is sent when it would delete what must not be
 */
export async function revertEntries(
	entries: readonly JournalEntry[],
	{ goOn, allowDeletes }: RevertOptions,
	transport: Transport,
): Promise<Reverted[]> {
	const creations = entries.filter(({ action }) => action === 'create');
	if (creations.length > 0 && !allowDeletes)
		throw new InvalidInput(
			`Taking this back deletes ${creations.length} that were created`,
			'Nothing was sent. Switch on Allow Deletes if that is what you want.',
		);
	const writer = new Writer(transport, { accept: false });
	const ids = new Map<string, string>();
	const ours = new Map<string, Document>();
	const results: Reverted[] = [];
	let stopped = false;
	for (const entry of [...entries].reverse()) {
		if (stopped) {
			results.push({ entry, result: 'notTried' });
			continue;
		}
		try {
			throwIfCancelled(transport.cancelSignal());
			results.push({ entry, ...(await revertOne(entry, { ids, ours }, writer, transport)) });
		} catch (error) {
			stopped = !goOn || error instanceof Cancelled;
			const { message, description } = asNodeError(transport.node, error);
			const problem = { message, ...(description ? { description } : {}) };
			results.push({ entry, result: 'failed', problem });
		}
	}
	return results;
}

/** What this run knows of what it has done itself. */
interface Done {
	/** New ids of what was made again, by the old ones. */
	readonly ids: Map<string, string>;
	/** Documents as it left them itself, by id: an account keeps fields that should have gone. */
	readonly ours: Map<string, Document>;
}

async function revertOne(
	entry: JournalEntry,
	{ ids, ours }: Done,
	writer: Writer,
	transport: Transport,
): Promise<Omit<Reverted, 'entry'>> {
	const { kind, accountId, action } = entry;
	const id = ids.get(entry.id) ?? entry.id;
	if (action === 'delete') return await restored(entry, ids, writer, transport);
	const current = await readOne(kind, id, accountId, transport);
	if (!current) {
		if (action === 'create') return { result: 'nothingToDo', note: 'it is not there any more' };
		throw new Stale(`${nameOf(entry)} is not there any more`, 'Somebody has deleted it since.');
	}
	const left = withIds(entry, entry.left ?? {}, ids);
	const now = ownOf(current);
	const known = ours.get(id) ?? left;
	if (action === 'create') {
		assertLeft(entry, now, known);
		await writer.delete(entry, id, now);
		return { result: 'done', ...noteOf(entry) };
	}
	const was = withIds(entry, entry.was ?? {}, ids);
	if (canonical(now) === canonical(was)) return { result: 'nothingToDo', note: 'it is as it was' };
	assertLeft(entry, now, known);
	ours.set(id, ownOf(await writer.update(entry, id, { was: now, document: was }, current.revision)));
	const stuck = stuckFields(kind, now, was);
	return {
		result: 'done',
		...(stuck.length > 0
			? { note: `KAZOO takes no field out of an account, these stay: ${stuck.join(', ')}` }
			: {}),
	};
}

/** Makes a deleted document again; what points at it then has to be told its new id. */
async function restored(
	entry: JournalEntry,
	ids: Map<string, string>,
	writer: Writer,
	transport: Transport,
): Promise<Omit<Reverted, 'entry'>> {
	const { kind, accountId, was = {} } = entry;
	const document = withIds(entry, was, ids);
	const existing = await sameOne(entry, document, transport);
	if (existing) {
		ids.set(entry.id, existing.id);
		return { result: 'nothingToDo', note: 'it is there again', id: existing.id };
	}
	const secrets = generatedSecrets(secretsToMake(kind, document));
	const made = await writer.create(
		{ kind, name: entry.name, accountId },
		overlay(document, secrets, []) as Document,
	);
	ids.set(entry.id, made.id);
	return {
		result: 'done',
		id: made.id,
		...noteOf(entry),
		...(Object.keys(secrets).length > 0 ? { secrets } : {}),
	};
}

/** The document that was made again already, if there is one. */
async function sameOne(
	{ kind, accountId, name }: JournalEntry,
	document: Document,
	transport: Transport,
): Promise<Stored | undefined> {
	const live = await readLive(accountId, [kind], transport);
	return pairs([{ kind, document, place: name }], live).pairs[0]?.stored;
}

function assertLeft(entry: JournalEntry, now: Document, left: Document): void {
	if (canonical(now) === canonical(left)) return;
	throw new Stale(
		`${nameOf(entry)} was changed since`,
		'It is left as it is: taking it back would lose what somebody else has done. Look at it by hand.',
	);
}

/** A document in which those that were made again have their new ids. */
function withIds({ kind }: JournalEntry, document: Document, ids: ReadonlyMap<string, string>): Document {
	return ids.size === 0 ? document : renamed(kind, document, (_, id) => ids.get(id) ?? id);
}

function noteOf({ irreversible, kind }: JournalEntry): { note?: string } {
	const note = irreversible ?? kinds[kind].lost;
	return note === undefined ? {} : { note };
}
