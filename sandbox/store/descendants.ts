import type { Store } from './store';
import { now } from '../values/time';

/**
 * How many accounts are below an account: a number that KAZOO keeps in the account and brings up to date after the
 * fact. Recorded: a new account is in it at once, a deleted one some seconds later.
 */

/** Seconds until a deleted account is no longer counted. */
const LATE = 2;

/** Gregorian seconds at which accounts are counted again. */
const due = new WeakMap<Store, Map<string, number>>();

/** Counts for accounts below which one was made. */
export function countDescendants(store: Store, ids: string[]): void {
	for (const id of ids) count(store, id);
}

/** Counts for accounts below which one is about to be deleted: it is still in the number for a while. */
export function countBeforeDeletion(store: Store, ids: string[]): void {
	const waiting = due.get(store) ?? new Map<string, number>();
	due.set(store, waiting);
	for (const id of ids) {
		count(store, id);
		waiting.set(id, now() + LATE);
	}
}

/** Counts where it is time to. */
export function countLate(store: Store): void {
	const waiting = due.get(store);
	for (const [id, time] of waiting ?? []) {
		if (time > now()) continue;
		waiting?.delete(id);
		count(store, id);
	}
}

/** Whoever listens heard of the account's change when the other was made or deleted. */
function count(store: Store, id: string): void {
	const account = store.account(id);
	if (account)
		store.database('accounts').put({ ...account, descendants_count: store.descendants(id).length });
}
