/** Which accounts a fleet operation is about. */
import type { IDataObject } from 'n8n-workflow';

import type { Transport } from '../../http/transport';
import { listedDescendants } from '../../operations/accounts';
import type { Values } from '../../operations/operation';
import { fillPath } from '../../operations/request';
import { alphabetical } from '../../values/alphabetical';
import type { Gate } from '../../values/concurrency';
import { mapConcurrently } from '../../values/concurrency';
import { InvalidInput, listOfTexts } from '../../values/input';
import { isRecord, plainText } from '../../values/records';

/** An account of the tree, as KAZOO lists it. */
export interface FleetAccount {
	readonly id: string;
	readonly name: string;
	readonly realm: string;
	readonly tags: readonly string[];
}

/** Requests side by side unless told otherwise. */
export const SIDE_BY_SIDE = 10;

/**
 * All accounts below the log-in's, or those that were named; of these the ones that fit all filters.
 * @throws InvalidInput for a name that no account has, or more than one
 */
export async function chosenAccounts(
	given: Values,
	gate: Gate,
	transport: Transport,
): Promise<FleetAccount[]> {
	const all = alphabetical((await listedDescendants(transport)).map(accountOf), ({ name }) => name);
	const named = textsOf(given.accounts, 'Accounts');
	const chosen = named.length === 0 ? all : await byName(named, all, transport);
	const [name, realm, tag, plan] = [
		given.accountName,
		given.accountRealm,
		given.accountTag,
		given.accountPlan,
	].map((text) => plainText(text).trim().toLowerCase()) as [string, string, string, string];
	const fitting = chosen.filter(
		(account) =>
			account.name.toLowerCase().includes(name) &&
			account.realm.toLowerCase().includes(realm) &&
			(tag === '' || account.tags.some((own) => own.toLowerCase() === tag)),
	);
	if (plan === '') return fitting;
	const has = await mapConcurrently(
		fitting,
		SIDE_BY_SIDE,
		async ({ id }) => await gate.run(async () => await hasPlan(id, plan, transport)),
	);
	return fitting.filter((_, index) => has[index]);
}

function accountOf({ id, name, realm, flags }: IDataObject): FleetAccount {
	return {
		id: plainText(id),
		name: plainText(name) || plainText(id),
		realm: plainText(realm),
		tags: Array.isArray(flags) ? flags.map(plainText) : [],
	};
}

/** By ID, name or realm; the log-in's own account, too. */
async function byName(
	named: readonly string[],
	all: readonly FleetAccount[],
	transport: Transport,
): Promise<FleetAccount[]> {
	let own: FleetAccount | undefined;
	const found: FleetAccount[] = [];
	for (const text of named) {
		const wanted = text.toLowerCase();
		const fits = ({ id, name, realm }: FleetAccount): boolean =>
			[id, name, realm].some((word) => word.toLowerCase() === wanted);
		let fitting = all.filter(fits);
		if (fitting.length === 0) {
			own ??= await ownAccount(transport);
			fitting = [own].filter(fits);
		}
		if (fitting.length !== 1)
			throw new InvalidInput(
				fitting.length === 0
					? `There is no account “${text}” below yours`
					: `${fitting.length} accounts are called “${text}”`,
				'Nothing was read. Write the name, the realm or the ID of each account.',
			);
		if (!found.includes(fitting[0] as FleetAccount)) found.push(fitting[0] as FleetAccount);
	}
	return found;
}

async function ownAccount(transport: Transport): Promise<FleetAccount> {
	const { accountId } = await transport.whoAmI();
	const path = fillPath('/accounts/{accountId}', { accountId });
	const { envelope } = await transport.send({ method: 'GET', path, what: 'Read the account' });
	return accountOf({ ...(isRecord(envelope.data) ? envelope.data : {}), id: accountId });
}

/** A service plan by its ID or name. */
async function hasPlan(accountId: string, plan: string, transport: Transport): Promise<boolean> {
	const path = fillPath('/accounts/{accountId}/services/summary', { accountId });
	const { envelope } = await transport.send({ method: 'GET', path, what: 'Read the service plans' });
	const { plans } = isRecord(envelope.data) ? envelope.data : {};
	const words = isRecord(plans)
		? Object.entries(plans).flatMap(([id, entry]) => [id, isRecord(entry) ? plainText(entry.name) : ''])
		: [];
	return words.some((word) => word.toLowerCase() === plan);
}

/**
 * Texts of a field that takes several.
 * @param label of the field, for the error
 * @throws InvalidInput when an entry is no text
 */
export function textsOf(value: unknown, label: string): string[] {
	return value === undefined || value === null ? [] : listOfTexts(value, label);
}
