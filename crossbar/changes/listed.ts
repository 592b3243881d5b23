/** An account by what its lists say, and whole only where a job looks closer: a large one is not read for one person. */
import type { Transport } from '../http/transport';
import { mapConcurrently } from '../values/concurrency';
import type { KindName } from './kinds';
import type { Live, Stored } from './live';
import { readList, readOne, SIDE_BY_SIDE } from './live';

/**
 * What the lists of these kinds say; the documents have no revision and not all of their fields.
 * @throws NodeApiError
 */
export async function readLists(
	accountId: string,
	wanted: readonly KindName[],
	transport: Transport,
): Promise<Live> {
	const account = await readOne('account', accountId, accountId, transport);
	const missing: KindName[] = [];
	const lists = await mapConcurrently(wanted, SIDE_BY_SIDE, async (kind): Promise<Stored[]> => {
		const list = await readList(kind, accountId, transport);
		if (list === undefined) missing.push(kind);
		return (list ?? []).map((document) => ({ kind, id: document.id, document }));
	});
	const name = account?.document.name;
	return {
		accountId,
		accountName: typeof name === 'string' ? name : accountId,
		documents: lists.flat(),
		missing,
	};
}

/** The same with those documents whole that are looked at; what is gone by now is left out. @throws NodeApiError */
export async function withWhole(
	live: Live,
	isWanted: (stored: Stored) => boolean,
	transport: Transport,
): Promise<Live> {
	const documents = await mapConcurrently(live.documents, SIDE_BY_SIDE, async (stored) =>
		isWanted(stored) ? await readOne(stored.kind, stored.id, live.accountId, transport) : stored,
	);
	return { ...live, documents: documents.filter((stored) => stored !== undefined) };
}
