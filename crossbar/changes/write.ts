/** Does one change: creates, changes or deletes one document, only if it is still as it was seen. */
import { isRecord } from '../values/records';
import { isUnsure, lookedAt } from '../errors/uncertain';
import type { CrossbarAnswer, CrossbarRequest, OutgoingFile } from '../http/messages';
import type { Transport } from '../http/transport';
import { acceptingCharges } from '../operations/charges';
import type { ChargesPolicy } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { canonical, overlay, patchOf, removals } from './difference';
import type { Document, KindName } from './kinds';
import { kinds, ownFields, withoutSecrets } from './kinds';
import type { Stored } from './live';
import { offersPath, pathOf, readAlike, readList, readOne, stored } from './live';
import { ownOf, sameOne } from './lookup';
import { offerNamed, readOffers } from './offers';

/** One document of one account. */
export interface Target {
	readonly kind: KindName;
	readonly name: string;
	readonly accountId: string;
}

/** Somebody else has changed a document since it was read. */
export class Stale extends InvalidInput {}

/** Writes documents of one run. When it is not known whether a write was carried out it looks. */
export class Writer {
	private readonly lists = new Map<string, Promise<Listed | undefined>>();

	constructor(
		private readonly transport: Transport,
		private readonly charges: ChargesPolicy,
	) {}

	/**
	 * Makes a document; an id is never sent (changes.md: it can destroy what has it).
	 * @returns it as the server keeps it
	 */
	async create(
		target: Target,
		document: Document,
	): Promise<{ readonly stored: Stored; readonly charged?: number }> {
		const { kind, accountId } = target;
		const { id, ...whole } = document;
		const { offered } = kinds[kind];
		const given = offered === undefined ? undefined : await this.offer(target, offered, document);
		const known = kind === 'phoneNumber' ? String(id) : given;
		const data = given === undefined ? whole : {};
		const answer = await this.sure(
			this.send(target, 'Create', {
				method: given === undefined ? 'PUT' : 'POST',
				path: pathOf(kind, accountId, known),
				body: { data },
			}),
			async () => await this.alike(target, document, await readList(kind, accountId, this.transport)),
		);
		if ('kind' in answer) return { stored: answer };
		const { envelope, charged } = answer;
		const made = known ?? (envelope.data as { id?: unknown } | undefined)?.id;
		if (typeof made !== 'string')
			throw new InvalidInput(
				`KAZOO did not say which ${kinds[kind].label} it made`,
				'It may be there: look before you try again.',
			);
		const kept = await this.settled(target, made, answer);
		if (kept) return { stored: kept, ...(charged === undefined ? {} : { charged }) };
		throw new InvalidInput(
			`${nameOf(target)} is not there although KAZOO said that it was made`,
			'KAZOO took it back by itself. Try again in some seconds.',
		);
	}

	/** The id of what is to be given. @throws InvalidInput when it is not offered */
	private async offer(
		{ kind, accountId, name }: Target,
		offered: string,
		document: Document,
	): Promise<string> {
		const offers = (await readOffers(offersPath(accountId, offered), this.transport)) ?? [];
		const called = typeof document.name === 'string' ? document.name : name;
		const found = offerNamed(called, offers, kinds[kind].label);
		if (found instanceof InvalidInput) throw found;
		return found.id;
	}

	/**
	 * The stored document that a wanted one is already, of those that were there when this run began.
	 * @throws Stale when one is there that is called so and is otherwise
	 */
	async existing(target: Target, document: Document): Promise<Stored | undefined> {
		const { kind, accountId } = target;
		const key = `${kind} ${accountId}`;
		const list = this.lists.get(key) ?? readList(kind, accountId, this.transport);
		this.lists.set(key, list);
		return await this.alike(target, document, await list);
	}

	/** One that is as the wanted one. @throws Stale when one is there that is called so and is otherwise */
	private async alike(target: Target, document: Document, list: Listed = []): Promise<Stored | undefined> {
		const { kind, accountId } = target;
		const found = sameOne(kind, document, await readAlike(kind, document, accountId, list, this.transport));
		if (found === undefined || (found !== 'several' && fits(found, document))) return found;
		throw new Stale(
			`There is a ${nameOf(target)} by now, and it is not as it shall be`,
			'Somebody has made it since the plan was made. Make a new plan.',
		);
	}

	/**
	 * Changes a document that is still as it was seen.
	 * @param change from what to what, without secrets but for those that change
	 * @returns it as the server keeps it; nothing where it was so already
	 * @throws Stale
	 */
	async update(
		target: Target,
		id: string,
		change: { was: Document; document: Document; secrets?: Document },
		revision?: string,
	): Promise<Written | undefined> {
		const { kind, accountId } = target;
		const { was, document, secrets = {} } = change;
		const { write, guarded } = kinds[kind];
		if (canonical(was) === canonical(document) && Object.keys(secrets).length === 0) return undefined;
		const isDone = (current: Stored): boolean =>
			canonical(ownOf(current)) === canonical(document) && fits(current, secrets);
		// A whole document is sent back with its secrets, which no plan holds
		const sure = guarded === true && revision !== undefined && write === 'patch';
		const current = sure ? undefined : await this.current(target, id);
		if (current && isDone(current)) return undefined;
		if (current) assertUnchanged(target, current, was);
		const own = current ? withoutSecrets(kind, current.document).secrets : {};
		const data =
			write === 'patch'
				? (overlay(patchOf(was, document), secrets, []) as Document)
				: whole(overlay(overlay(own, document, []), secrets, []) as Document);
		const match = sure ? revision : current?.revision;
		const answer = await this.sure(
			this.send(target, 'Change', {
				method: write === 'patch' ? 'PATCH' : 'POST',
				path: pathOf(kind, accountId, id),
				body: { data },
				...(guarded && match !== undefined ? { headers: { 'If-Match': `"${match}"` } } : {}),
				expect: [412],
			}),
			async () => {
				const now = await this.current(target, id);
				if (isDone(now)) return now;
				assertUnchanged(target, now, was);
				return undefined;
			},
		);
		if ('kind' in answer) return answer;
		if (answer.status !== 412) return await this.settled(target, id, answer);
		if (guarded === 'tells') return await this.overwritten(target, id, document);
		if (isDone(await this.current(target, id))) return undefined;
		throw stale(target);
	}

	/**
	 * Deletes a document that is still as it was seen.
	 * @returns whether it was there
	 * @throws Stale
	 */
	async delete(target: Target, id: string, was: Document): Promise<boolean> {
		const { kind, accountId } = target;
		const { guarded } = kinds[kind];
		const current = await readOne(kind, id, accountId, this.transport);
		if (!current) return false;
		assertUnchanged(target, current, was);
		const { revision } = current;
		const answer = await this.sure(
			this.send(target, 'Delete', {
				method: 'DELETE',
				path: pathOf(kind, accountId, id),
				...(guarded === true && revision !== undefined ? { headers: { 'If-Match': `"${revision}"` } } : {}),
				expect: [412],
			}),
			async () => ((await readOne(kind, id, accountId, this.transport)) ? undefined : current),
		);
		if ('status' in answer && answer.status === 412) throw stale(target);
		return true;
	}

	/** KAZOO says that it refuses a change since somebody else was faster, and has written it over theirs. */
	private async overwritten({ kind, accountId }: Target, id: string, document: Document): Promise<Written> {
		const now = await readOne(kind, id, accountId, this.transport).catch(() => undefined);
		return {
			...(now ?? { kind, id, document }),
			note: 'somebody else changed it in the same moment, and KAZOO wrote this over it: look at it by hand',
		};
	}

	/** Does what is no change of a document. @returns what is told once */
	async act(target: Target, id: string, file?: OutgoingFile): Promise<Document | undefined> {
		const { path = '', data, isFile, tells } = kinds[target.kind].act?.(id) ?? {};
		if (isFile && !file)
			throw new InvalidInput(
				`The file of ${nameOf(target)} is not there`,
				'Give the items of the plan with their files: a node between may have dropped them.',
			);
		const { envelope } = await this.send(target, isFile ? 'Upload' : 'Reset', {
			method: isFile ? 'POST' : 'PUT',
			path: `/accounts/${encodeURIComponent(target.accountId)}${path}`,
			...(isFile ? { file } : { body: { data } }),
		});
		if (tells === undefined) return undefined;
		return { [tells]: isRecord(envelope.data) ? envelope.data[tells] : envelope.data };
	}

	/** @throws Stale when it is gone */
	private async current(target: Target, id: string): Promise<Stored> {
		const current = await readOne(target.kind, id, target.accountId, this.transport);
		if (current) return current;
		throw new Stale(
			`${nameOf(target)} is not there any more`,
			'Somebody has deleted it since the plan was made. Make a new plan.',
		);
	}

	/** What the server keeps after a write: what it answered with, where that is the same or it cannot be read. */
	private async settled(
		{ kind, accountId }: Target,
		id: string,
		{ envelope }: CrossbarAnswer,
	): Promise<Stored | undefined> {
		const answered = stored(kind, id, envelope);
		if (!kinds[kind].settles) return answered;
		return await readOne(kind, id, accountId, this.transport).catch(() => answered);
	}

	/**
	 * A write whose answer is lost, or says only that something went wrong, is looked for.
	 * @param look gives what it has made, nothing where it was not carried out
	 */
	private async sure<Answer>(
		write: Promise<Answer>,
		look: () => Promise<Stored | undefined>,
	): Promise<Answer | Stored> {
		return await write.catch(async (error: unknown) => await this.found(error, look));
	}

	/** What a write has done after all. @throws what it threw, or that it certainly did nothing */
	private async found(error: unknown, look: () => Promise<Stored | undefined>): Promise<Stored> {
		if (!isUnsure(error)) throw error;
		// When nobody can look either, the words that it may be done stand
		const found = await look().catch(() => 'unknown' as const);
		if (found === 'unknown') throw error;
		if (found) return found;
		throw new InvalidInput(
			(error as Error).message,
			lookedAt(error, 'It was not carried out: the node has looked.'),
		);
	}

	private async send(
		target: Target,
		verb: string,
		request: Pick<CrossbarRequest, 'method' | 'path' | 'body' | 'file' | 'headers' | 'expect'>,
	): Promise<CrossbarAnswer & { readonly charged?: number }> {
		return await acceptingCharges(
			{ ...request, what: `${verb} ${nameOf(target)}` },
			this.charges,
			this.transport,
		);
	}
}

/** A document as it was left, and what the person has to know of it. */
export interface Written extends Stored {
	readonly note?: string;
}

type Listed = ReadonlyArray<Document & { readonly id: string }>;

/** Whether a stored document has all that a wanted one says. */
function fits({ kind, document }: Stored, wanted: Document): boolean {
	const { exact = [] } = kinds[kind];
	const own = ownFields(kind, document);
	return canonical(overlay(own, ownFields(kind, wanted), exact)) === canonical(own);
}

function assertUnchanged(target: Target, current: Stored, was: Document): void {
	if (canonical(ownOf(current)) !== canonical(was)) throw stale(target);
}

/** A whole document for POST, in which what shall not be there is left out. */
function whole(document: Document): Document {
	const { id: _, ...rest } = document;
	return rest;
}

/** “User “Anna Smith””. */
export const nameOf = ({ kind, name }: Pick<Target, 'kind' | 'name'>): string =>
	`${kinds[kind].label} “${name}”`;

function stale(target: Target): Stale {
	return new Stale(
		`${nameOf(target)} was changed since`,
		'Nothing was overwritten. Make a new plan: it starts from what is there now.',
	);
}

/** Fields that stay although they should go: accounts keep them. */
export function stuckFields(kind: KindName, from: Document, to: Document): string[] {
	return kind === 'account' ? removals(patchOf(from, to)) : [];
}
