/** Does one change: creates, changes or deletes one document, only if it is still as it was seen. */
import type { CrossbarAnswer, CrossbarRequest } from '../http/messages';
import type { Transport } from '../http/transport';
import { acceptingCharges } from '../operations/charges';
import type { ChargesPolicy } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { canonical, overlay, patchOf, removals } from './difference';
import type { Document, KindName } from './kinds';
import { kinds, withoutSecrets } from './kinds';
import type { Stored } from './live';
import { pathOf, readOne, stored } from './live';
import { ownOf } from './lookup';

/** One document of one account. */
export interface Target {
	readonly kind: KindName;
	readonly name: string;
	readonly accountId: string;
}

/** Somebody else has changed a document since it was read. */
export class Stale extends InvalidInput {}

/** Writes documents of one run. */
export class Writer {
	constructor(
		private readonly transport: Transport,
		private readonly charges: ChargesPolicy,
	) {}

	/**
	 * Makes a document; an id is never sent (changes.md: it can destroy what has it).
	 * @returns it as the server keeps it
	 */
	async create(target: Target, document: Document): Promise<Stored> {
		const { kind, accountId } = target;
		const { id, ...data } = document;
		const number = kind === 'phoneNumber' ? String(id) : undefined;
		const { envelope } = await this.send(target, 'Create', {
			method: 'PUT',
			path: pathOf(kind, accountId, number),
			body: { data },
		});
		const made = number ?? (envelope.data as { id?: unknown } | undefined)?.id;
		if (typeof made !== 'string')
			throw new InvalidInput(
				`KAZOO did not say which ${kinds[kind].label} it made`,
				'It may be there: look before you try again.',
			);
		if (!kinds[kind].settles) return stored(kind, made, envelope);
		const kept = await readOne(kind, made, accountId, this.transport);
		if (kept) return kept;
		throw new InvalidInput(
			`${nameOf(target)} is not there although KAZOO said that it was made`,
			'KAZOO took it back by itself. Try again in some seconds.',
		);
	}

	/**
	 * Changes a document that is still as it was seen.
	 * @param change from what to what, without secrets but for those that change
	 * @throws Stale
	 */
	async update(
		target: Target,
		id: string,
		change: { was: Document; document: Document; secrets?: Document },
		revision?: string,
	): Promise<Stored> {
		const { kind, accountId } = target;
		const { was, document, secrets = {} } = change;
		const { write, guarded, settles, always = [] } = kinds[kind];
		// A whole document is sent back with its secrets, which no plan holds
		const sure = guarded && revision !== undefined && write === 'patch';
		const current = sure ? undefined : await this.unchanged(target, id, was);
		const kept = Object.fromEntries(always.map((key) => [key, document[key]]));
		const own = current ? withoutSecrets(kind, current.document).secrets : {};
		const data =
			write === 'patch'
				? (overlay({ ...patchOf(was, document), ...kept }, secrets, []) as Document)
				: whole(overlay(overlay(own, document, []), secrets, []) as Document);
		const match = sure ? revision : current?.revision;
		const answer = await this.send(target, 'Change', {
			method: write === 'patch' ? 'PATCH' : 'POST',
			path: pathOf(kind, accountId, id),
			body: { data },
			...(guarded && match !== undefined ? { headers: { 'If-Match': `"${match}"` } } : {}),
			expect: [412],
		});
		if (answer.status === 412) throw stale(target);
		const now = settles ? await readOne(kind, id, accountId, this.transport) : undefined;
		return now ?? stored(kind, id, answer.envelope);
	}

	/** Deletes a document that is still as it was seen. @throws Stale */
	async delete(target: Target, id: string, was: Document): Promise<void> {
		const { kind, accountId } = target;
		const { guarded } = kinds[kind];
		const { revision } = await this.unchanged(target, id, was);
		const answer = await this.send(target, 'Delete', {
			method: 'DELETE',
			path: pathOf(kind, accountId, id),
			...(guarded && revision !== undefined ? { headers: { 'If-Match': `"${revision}"` } } : {}),
			expect: [412],
		});
		if (answer.status === 412) throw stale(target);
	}

	/** The stored document if it is as it was seen. @throws Stale */
	private async unchanged(target: Target, id: string, was: Document): Promise<Stored> {
		const current = await readOne(target.kind, id, target.accountId, this.transport);
		if (!current)
			throw new Stale(
				`${nameOf(target)} is not there any more`,
				'Somebody has deleted it since the plan was made. Make a new plan.',
			);
		if (canonical(ownOf(current)) !== canonical(was)) throw stale(target);
		return current;
	}

	private async send(
		target: Target,
		verb: string,
		request: Pick<CrossbarRequest, 'method' | 'path' | 'body' | 'headers' | 'expect'>,
	): Promise<CrossbarAnswer> {
		return await acceptingCharges(
			{ ...request, what: `${verb} ${nameOf(target)}` },
			this.charges,
			this.transport,
		);
	}
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
