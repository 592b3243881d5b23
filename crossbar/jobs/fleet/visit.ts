/** Goes to all chosen accounts, so many requests side by side; what could not be looked at is told and the rest goes on. */
import { asNodeError } from '../../errors/nodeError';
import type { Transport } from '../../http/transport';
import { DryRun } from '../../http/transport';
import { Cancelled } from '../../http/wait';
import type { Operation } from '../../operations/operation';
import { Gate, mapConcurrently } from '../../values/concurrency';
import { numberOf } from '../../values/input';
import type { FleetAccount } from './accounts';
import { chosenAccounts, SIDE_BY_SIDE } from './accounts';
import { Reader } from './reader';

/** Accounts that are open at once: what was read of them is in memory. */
const OPEN = 4;

/** Why something was not looked at. */
export interface NotLooked {
	readonly problem: string;
	readonly whatToDo?: string;
}

/** @throws what ends the whole run: it was cancelled, or it is a dry run */
export function notLooked(error: unknown, transport: Transport): NotLooked {
	if (error instanceof Cancelled || error instanceof DryRun) throw error;
	const { message, description } = asNodeError(transport.node, error);
	return { problem: message, ...(description ? { whatToDo: description } : {}) };
}

/**
 * Looks at each chosen account.
 * @param look must not throw for what fails in one account alone: see `notLooked`
 */
export async function visitAll<Result>(
	{ input }: Operation,
	transport: Transport,
	look: (reader: Reader, account: FleetAccount) => Promise<Result>,
): Promise<Result[]> {
	const { sideBySide = SIDE_BY_SIDE } = input.arguments;
	const gate = new Gate(numberOf(sideBySide, 'Requests Side by Side', { min: 1, max: 100 }));
	const accounts = await chosenAccounts(input.arguments, gate, transport);
	return await mapConcurrently(
		accounts,
		OPEN,
		async (account) => await look(new Reader(account, gate, transport), account),
	);
}
