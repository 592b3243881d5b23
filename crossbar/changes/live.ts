/** Reads the documents of an account as they are. */
import type { Envelope } from '../http/messages';
import type { Transport } from '../http/transport';
import { collectPages } from '../operations/paging';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput } from '../values/input';
import type { Document, KindName } from './kinds';
import { kinds } from './kinds';
import type { Offer } from './offers';
import { readGiven } from './offers';
import { isRecord } from '../values/records';

/** Requests side by side. */
export const SIDE_BY_SIDE = 10;

/** A stored document. */
export interface Stored {
	readonly kind: KindName;
	readonly id: string;
	/** Whole, as the server gives it. */
	readonly document: Document;
	readonly revision?: string;
}

export interface Live {
	readonly accountId: string;
	readonly accountName: string;
	readonly documents: readonly Stored[];
	/** Kinds that this server does not have. */
	readonly missing: readonly KindName[];
}

/** An account that is still to be made: nothing is there. */
export function nothing(accountId: string, accountName: string): Live {
	return { accountId, accountName, documents: [], missing: [] };
}

/**
 * All documents of these kinds.
 * @throws InvalidInput when there is no such account
 * @throws NodeApiError
 */
export async function readLive(
	accountId: string,
	wanted: readonly KindName[],
	transport: Transport,
): Promise<Live> {
	const account = await readOne('account', accountId, accountId, transport);
	if (!account)
		throw new InvalidInput(
			`There is no account “${accountId}”`,
			'Nothing was changed. Choose one from the list: it may have been deleted, or be on another server.',
		);
	const missing: KindName[] = [];
	const lists = await mapConcurrently(
		wanted.filter((kind) => kind !== 'account'),
		SIDE_BY_SIDE,
		async (kind) => {
			if (kinds[kind].single) return [{ kind, id: kind }];
			const list = await readList(kind, accountId, transport);
			if (list === undefined) missing.push(kind);
			return (list ?? []).map(({ id }) => ({ kind, id }));
		},
	);
	const documents = await mapConcurrently(
		lists.flat(),
		SIDE_BY_SIDE,
		async ({ kind, id }) => await readOne(kind, id, accountId, transport),
	);
	const { name } = account.document;
	return {
		accountId,
		accountName: typeof name === 'string' ? name : accountId,
		documents: [...(wanted.includes('account') ? [account] : []), ...documents].filter(isThere),
		missing,
	};
}

/** One document as it is now; nothing where it is gone. */
export async function readOne(
	kind: KindName,
	id: string,
	accountId: string,
	transport: Transport,
): Promise<Stored | undefined> {
	const { label, offered } = kinds[kind];
	if (offered !== undefined) {
		const given = await givenTo(kind, accountId, offered, transport);
		const document = given?.find((one) => one.id === id);
		return document && { kind, id, document: { ...document } };
	}
	const { status, envelope } = await transport.send({
		method: 'GET',
		path: pathOf(kind, accountId, id),
		expect: [404],
		what: `Read ${label}`,
	});
	return status === 404 ? undefined : stored(kind, id, envelope);
}

/** A document from the envelope that has it. */
export function stored(kind: KindName, id: string, { data, revision }: Envelope): Stored {
	const document = isRecord(data) ? data : {};
	return { kind, id, document: kind === 'phoneNumber' ? { ...document, id } : document, revision };
}

/** The path of a document, or without an id of its list; an account is made below another one. */
export function pathOf(kind: KindName, accountId: string, id?: string): string {
	const { path, single } = kinds[kind];
	if (path === '') return `/accounts/${encodeURIComponent(id ?? accountId)}`;
	const list = `/accounts/${encodeURIComponent(accountId)}${path}`;
	return id === undefined || single ? list : `${list}/${encodeURIComponent(id)}`;
}

/**
 * What the list of a kind says of each document; of accounts those below this one. Nothing where the server does not
 * have this kind.
 */
export async function readList(
	kind: KindName,
	accountId: string,
	transport: Transport,
): Promise<Array<Document & { readonly id: string }> | undefined> {
	const { offered } = kinds[kind];
	if (offered !== undefined)
		return (await givenTo(kind, accountId, offered, transport))?.map((one) => ({ ...one }));
	let missing = false;
	const { items } = await collectPages(
		async (query) => {
			const { status, envelope } = await transport.send({
				method: 'GET',
				path: `${pathOf(kind, accountId)}${kind === 'account' ? '/children' : ''}`,
				query,
				expect: [404, 503],
				what: `List ${kinds[kind].plural.replaceAll('_', ' ')}`,
			});
			missing ||= status !== 200;
			return status === 200 ? envelope : {};
		},
		{ itemsOf: ({ data }) => listed(kind, data), identity: ({ id }) => id },
	);
	return missing ? undefined : items;
}

async function givenTo(
	kind: KindName,
	accountId: string,
	offered: string,
	transport: Transport,
): Promise<Offer[] | undefined> {
	return await readGiven(pathOf(kind, accountId), offersPath(accountId, offered), transport);
}

/** Where the list is of what can be given to an account. */
export const offersPath = (accountId: string, offered: string): string =>
	`/accounts/${encodeURIComponent(accountId)}${offered}`;

function listed(kind: KindName, data: unknown): Array<Document & { readonly id: string }> {
	if (kind === 'phoneNumber') {
		const numbers = isRecord(data) && isRecord(data.numbers) ? data.numbers : {};
		return Object.entries(numbers).map(([id, entry]) => ({ ...(isRecord(entry) ? entry : {}), id }));
	}
	if (!Array.isArray(data)) return [];
	return (data as unknown[]).flatMap((entry) =>
		isRecord(entry) && typeof entry.id === 'string' ? [{ ...entry, id: entry.id }] : [],
	);
}

/** Whole documents that share a key with this one, such as a number or a name, found by what their list says. */
export async function readAlike(
	kind: KindName,
	document: Document,
	accountId: string,
	list: ReadonlyArray<Document & { readonly id: string }>,
	transport: Transport,
): Promise<Stored[]> {
	const { keys, sibling } = kinds[kind];
	const alike = list.filter((entry) =>
		(sibling ? [sibling] : keys).some((key) => {
			const own = key(document).map((value) => value.toLowerCase());
			return key(entry).some((value) => own.includes(value.toLowerCase()));
		}),
	);
	const found = await mapConcurrently(
		alike,
		SIDE_BY_SIDE,
		async ({ id }) => await readOne(kind, id, accountId, transport),
	);
	return found.filter(isThere);
}

const isThere = (entry: Stored | undefined): entry is Stored => entry !== undefined;
