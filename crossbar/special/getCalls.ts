import type { IDataObject } from 'n8n-workflow';

import { concerns } from '../calls/parties';
import type { CallRecord, CallResult } from '../calls/record';
import type { Transport } from '../http/transport';
import { withDetails } from '../operations/callDetails';
import { readCalls, timeOf } from '../operations/callHistory';
import { namedOperation, performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { InvalidInput } from '../values/input';
import { gregorianNow, LONGEST_RANGE } from '../values/time';

const HOUR = 3600;
const LONGEST_CALL = 4;
/** Seconds after which a call is done: its legs are written one after another; one that it names may never be. */
const SETTLE = { quiet: 20, whole: 600 };

/** CDR: Get Calls. One record a call, out of the records of its legs. */
export async function getCalls(operation: Operation, transport: Transport): Promise<Outcome> {
	const calls = await callsOf(operation, transport);
	const ordered = operation.list.ascending === true ? calls.reverse() : calls;
	return { records: ordered as unknown as IDataObject[], envelope: {} };
}

/** The calls that were asked for, newest first, for all that begins with them. */
export async function callsOf({ input, list }: Operation, transport: Transport): Promise<CallRecord[]> {
	const accountId = input.path.accountId ?? (await transport.whoAmI()).accountId;
	const { longestCall, lookUp, includeLegs, wholeRecords, queue, result } = input.arguments;
	const now = gregorianNow();
	const to = timeOf(list.to, now);
	const from = timeOf(list.from, to - LONGEST_RANGE);
	if (from > to)
		throw new InvalidInput(
			'The range of time ends before it begins',
			'Look at From and To; without an end it is now.',
		);
	const needsWhole = wholeRecords === true || isGiven(queue);
	const results = new Set(Array.isArray(result) ? (result as CallResult[]) : []);
	const lookedUp = lookUp !== false;
	// Whether a message was left is looked up after the calls are made
	const isLimited = list.limit !== undefined && !(lookedUp && results.size > 0);
	const wantsResult = (call: CallRecord): boolean => results.size === 0 || results.has(call.result);
	const calls = await readCalls(
		{
			accountId,
			by: 'beginning',
			from,
			to,
			now,
			longest: (typeof longestCall === 'number' ? longestCall : LONGEST_CALL) * HOUR,
			settle: SETTLE,
			legs: includeLegs === true,
			...(needsWhole
				? { whole: async (interactionId: string) => await wholeLegs(accountId, interactionId, transport) }
				: {}),
			// Oldest first: all have to be known before the first of them is
			limit: isLimited && list.ascending !== true ? list.limit : undefined,
			wanted: (call) => isWanted(call, input.arguments) && (lookedUp || wantsResult(call)),
		},
		transport,
	);
	const cut = <One>(some: One[]): One[] =>
		list.ascending === true && list.limit !== undefined ? some.slice(-list.limit) : some.slice(0, list.limit);
	if (!lookedUp) return cut(calls);
	const shown = results.size === 0 ? cut(calls) : calls;
	return cut((await withDetails(shown, accountId, transport)).filter(wantsResult));
}

async function wholeLegs(
	accountId: string,
	interactionId: string,
	transport: Transport,
): Promise<readonly IDataObject[]> {
	const named = namedOperation('cdr', 'getLegs', { path: { accountId, interactionId } });
	return (await performRow(named, transport)).records;
}

function isWanted(call: CallRecord, { user, number, queue }: Readonly<Record<string, unknown>>): boolean {
	const chosen = { userId: textOf(user), number: textOf(number) };
	return concerns(call, chosen) && (!isGiven(queue) || call.queue_id === queue);
}

const textOf = (value: unknown): string | undefined => (isGiven(value) ? value : undefined);

const isGiven = (value: unknown): value is string => typeof value === 'string' && value !== '';
