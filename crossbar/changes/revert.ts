/** Takes back what a journal says was done, backwards, and only what is still as it was left. */
import { asNodeError } from '../errors/nodeError';
import type { Transport } from '../http/transport';
import { DryRun } from '../http/transport';
import { InvalidInput } from '../values/input';
import type { JournalEntry } from './change';
import { canonical, overlay } from './difference';
import type { Document } from './kinds';
import { kinds } from './kinds';
import type { Stored } from './live';
import { readAlike, readList, readOne } from './live';
import { ownOf, sameOne } from './lookup';
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
	// What has begun is finished also when the run is cancelled, so that it can be told
	const steady = transport.with({ evenWhenCancelled: true });
	const writer = new Writer(steady, { accept: false });
	const done: Done = { ids: new Map(), ours: new Map(), pointing: [] };
	const results: Reverted[] = [];
	let stopped = false;
	for (const entry of [...entries].reverse()) {
		if (stopped || transport.cancelSignal()?.aborted) {
			results.push({ entry, result: 'notTried' });
			continue;
		}
		try {
			results.push({ entry, ...(await revertOne(entry, done, writer, steady)) });
		} catch (error) {
			if (error instanceof DryRun) throw error;
			stopped = !goOn;
			results.push({ entry, result: 'failed', problem: problemOf(error, transport) });
		}
	}
	return await pointedAnew(results, done, writer, steady);
}

/** What this run knows of what it has done itself. */
interface Done {
	/** New ids of what was made again, by the old ones. */
	readonly ids: Map<string, string>;
	/** Documents as it left them itself, by id: an account keeps fields that should have gone. */
	readonly ours: Map<string, Document>;
	/** What may point at something that is made again later. */
	readonly pointing: Array<{ readonly entry: JournalEntry; readonly stored: Stored }>;
}

async function revertOne(
	entry: JournalEntry,
	done: Done,
	writer: Writer,
	transport: Transport,
): Promise<Omit<Reverted, 'entry'>> {
	const { kind, accountId, action } = entry;
	const { ids, ours, pointing } = done;
	const id = ids.get(entry.id) ?? entry.id;
	if (kinds[kind].act) return { result: 'nothingToDo', ...noteOf(entry) };
	if (action === 'delete') return await restored(entry, done, writer, transport);
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
	if (canonical(now) === canonical(was)) {
		pointing.push({ entry, stored: current });
		return { result: 'nothingToDo', note: 'it is as it was' };
	}
	assertLeft(entry, now, known);
	const update = await writer.update(entry, id, { was: now, document: was }, current.revision);
	const written = update ?? current;
	ours.set(id, ownOf(written));
	pointing.push({ entry, stored: written });
	const stuck = stuckFields(kind, now, was);
	const notes = [
		noteOf(entry).note,
		update?.note,
		stuck.length > 0 && `KAZOO takes no field out of an account, these stay: ${stuck.join(', ')}`,
	].filter(Boolean);
	return { result: 'done', ...(notes.length > 0 ? { note: notes.join('; ') } : {}) };
}

/** Makes a deleted document again; what points at it then has to be told its new id. */
async function restored(
	entry: JournalEntry,
	{ ids, pointing }: Done,
	writer: Writer,
	transport: Transport,
): Promise<Omit<Reverted, 'entry'>> {
	const { kind, accountId, was = {} } = entry;
	const document = withIds(entry, was, ids);
	const list = await readList(kind, accountId, transport);
	const existing = sameOne(kind, document, await readAlike(kind, document, accountId, list ?? [], transport));
	if (existing === 'several')
		throw new Stale(
			`${nameOf(entry)} is there more than once`,
			'Somebody has made it since. Look at it by hand.',
		);
	if (existing) {
		ids.set(entry.id, existing.id);
		pointing.push({ entry, stored: existing });
		return { result: 'nothingToDo', note: 'it is there again', id: existing.id };
	}
	const secrets = generatedSecrets(secretsToMake(kind, document));
	const { stored: made } = await writer.create(
		{ kind, name: entry.name, accountId },
		overlay(document, secrets, []) as Document,
	);
	ids.set(entry.id, made.id);
	pointing.push({ entry, stored: made });
	return {
		result: 'done',
		id: made.id,
		...noteOf(entry),
		...(Object.keys(secrets).length > 0 ? { secrets } : {}),
	};
}

/** What was taken back before something that it points at was made again, with a new id, learns that id. */
async function pointedAnew(
	results: readonly Reverted[],
	{ ids, pointing }: Done,
	writer: Writer,
	transport: Transport,
): Promise<Reverted[]> {
	const problems = new Map<JournalEntry, Reverted['problem']>();
	for (const { entry, stored } of pointing) {
		const was = ownOf(stored);
		const document = withIds(entry, was, ids);
		if (canonical(was) === canonical(document)) continue;
		try {
			await writer.update(entry, stored.id, { was, document }, stored.revision);
		} catch (error) {
			problems.set(entry, problemOf(error, transport));
		}
	}
	return results.map((one) => {
		const problem = problems.get(one.entry);
		return problem ? { ...one, result: 'failed', problem } : one;
	});
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

function noteOf({ irreversible: note }: JournalEntry): { note?: string } {
	return note === undefined ? {} : { note };
}

/** A failure in words. */
export function problemOf(
	error: unknown,
	transport: Pick<Transport, 'node'>,
): { readonly message: string; readonly description?: string } {
	const { message, description } = asNodeError(transport.node, error);
	return { message, ...(description ? { description } : {}) };
}
