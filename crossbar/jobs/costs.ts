/**
 * What the changes of a plan cost. KAZOO quotes a change only by being asked to do it, and does it where it costs
 * nothing; so a plan works the costs out of the price list of the account, which is read (`/services/summary`).
 */
import type { Change } from '../changes/change';
import type { Counted } from '../changes/kinds';
import { kinds } from '../changes/kinds';
import type { Transport } from '../http/transport';
import { isRecord } from '../values/records';
import type { PriceList, Quantities } from './prices';
import { changed, costOf, priceListsOf } from './prices';

/** What a server answers who may not see them, or without service plans. */
const NOT_TOLD = [400, 403, 404, 500, 503];

/**
 * The changes with what each costs, in the order in which they are done.
 * @param accountId the account that they are about; one that is still to be made has no prices
 * @throws NodeApiError
 */
export async function withCosts(
	changes: readonly Change[],
	accountId: string,
	transport: Transport,
): Promise<Change[]> {
	if (accountId.startsWith('<<') || !changes.some(mayCost)) return [...changes];
	const { status, envelope } = await transport.send({
		method: 'GET',
		path: `/accounts/${encodeURIComponent(accountId)}/services/summary`,
		expect: NOT_TOLD,
		what: 'Read prices',
	});
	if (status !== 200) return [...changes];
	return priced(changes, priceListsOf(envelope.data), quantitiesIn(envelope.data));
}

/** The changes with their costs. Pure. */
export function priced(
	changes: readonly Change[],
	lists: readonly PriceList[],
	quantities: Quantities,
): Change[] {
	let before = quantities;
	return changes.map((change): Change => {
		if (isPricedLater(change, lists)) return { ...change, cost: 'unknown' };
		const after = changed(before, difference(change));
		const costs = lists.map((list) => costOf(list, before, after));
		before = after;
		const today = sum(costs.map((cost) => cost.today));
		const recurring = sum(costs.map((cost) => cost.recurring));
		return today === 0 && recurring === 0 ? change : { ...change, cost: { today, recurring } };
	});
}

/** A service plan brings its own prices; a number has none where there is no price list. */
function isPricedLater({ kind, action }: Change, lists: readonly PriceList[]): boolean {
	const { priced: when, offered } = kinds[kind];
	return when === 'later' && action !== 'delete' && (lists.length > 0 || offered !== undefined);
}

function mayCost(change: Change): boolean {
	return kinds[change.kind].priced === 'later' || difference(change).length > 0;
}

/** What is counted more or less after a change. */
function difference({ kind, action, document, was }: Change): Counted[] {
	const { billed } = kinds[kind];
	// What only adds fields to a document of the same plan does not change what it counts for
	if (!billed || (action === 'update' && was === undefined)) return [];
	const less = action === 'create' || !was ? [] : billed(was);
	const more = action === 'delete' || !document ? [] : billed(document);
	const by = new Map<string, Counted>();
	for (const [[category, item, quantity], sign] of [
		...less.map((one) => [one, -1] as const),
		...more.map((one) => [one, 1] as const),
	]) {
		const key = `${category} ${item}`;
		by.set(key, [category, item, (by.get(key)?.[2] ?? 0) + sign * quantity]);
	}
	return [...by.values()].filter(([, , quantity]) => quantity !== 0);
}

function quantitiesIn(summary: unknown): Quantities {
	const quantities = isRecord(summary) ? summary.quantities : undefined;
	const own = isRecord(quantities) ? quantities.account : undefined;
	return isRecord(own) ? (own as Quantities) : {};
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
