/** Changes to many accounts as items, and their data for Change Plan and Fleet: Apply. */
import type { IDataObject } from 'n8n-workflow';

import type { Change } from '../../changes/change';
import { inWords, signed } from '../../changes/change';
import { canonical, digest, overlay, patchOf } from '../../changes/difference';
import type { Document } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import { listChanges, withLists, withoutLists } from '../../changes/lists';
import type { Transport } from '../../http/transport';

/**
 * The data of each change, as it travels in an item.
 * @param total documents that were looked at: the share that changes is of these
 */
export function plansOf(changes: readonly Change[], total: number, transport: Transport): string[] {
	const entries = changes.map((change) => ({ ...change, total }));
	return signed(entries, digest(entries), transport.server);
}

/** An item for each change. */
export function changeItems(changes: readonly Change[], total: number, transport: Transport): IDataObject[] {
	const plans = plansOf(changes, total, transport);
	return changes.map((change, index) => ({
		...inWords(change),
		account_id: change.accountId,
		id: change.id,
		plan: plans[index],
	}));
}

const keyOf = ({ accountId, kind, id }: Change): string => `${accountId} ${kind} ${id ?? ''}`;

/**
 * Changes that were found apart and may all be applied, or some of them. Where several are about one document, each
 * says no more than what it changes itself, of a list which entries go and come, and what deletes it stands alone.
 */
export function together(changes: ReadonlyArray<Change | undefined>): Array<Change | undefined> {
	const count = new Map<string, number>();
	const deleted = new Set<string>();
	for (const change of changes) {
		if (!change) continue;
		const key = keyOf(change);
		count.set(key, (count.get(key) ?? 0) + 1);
		if (change.action === 'delete') deleted.add(key);
	}
	return changes.map((change) => {
		if (change?.id === undefined || count.get(keyOf(change)) === 1) return change;
		if (change.action === 'delete') return change;
		if (deleted.has(keyOf(change))) return undefined;
		const { was = {}, revision: _, document = {}, ...rest } = change;
		const patch = patchOf(was, document);
		const lists = listChanges(was, document);
		const others = withoutLists(patch, lists);
		const exact = kinds[change.kind].exact ?? [];
		const again = withLists(overlay(was, others, exact) as Document, lists);
		// Else the order of a list changes, too
		return lists.length > 0 && canonical(again) === canonical(document)
			? { ...rest, document: others, lists }
			: { ...rest, document: patch };
	});
}
