/** What KAZOO's call centre counted itself, as calls for the report. */
import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { callOfStat, enteredAt } from '../calls/queueStats';
import type { CallRecord } from '../calls/record';
import type { Transport } from '../http/transport';
import { namedOperation, performRow } from '../operations/engine';
import { InvalidInput } from '../values/input';
import { isoFromGregorian } from '../values/time';

interface Range {
	/** Gregorian seconds. */
	readonly from: number;
	readonly to: number;
}

const NOT_THERE = new Set(['403', '404', '405', '501']);

/**
 * The history of the queues, or where the server has none what it still knows of their last calls.
 * @returns the calls, and what is to be said of gaps
 * @throws InvalidInput on a server without a call centre
 */
export async function queueCalls(
	accountId: string,
	{ from, to }: Range,
	transport: Transport,
): Promise<{ calls: CallRecord[]; gap?: string }> {
	const list = { from: isoFromGregorian(from), to: isoFromGregorian(to) };
	const history = await tried('agent', 'getCalls', list);
	const stats = history ?? (await tried('queue', 'getStats', {}));
	if (stats === undefined)
		throw new InvalidInput(
			'This server has no statistics of queues',
			'They come from the call centre application (acdc) of KAZOO 4. Count call records instead: leave out Count.',
		);
	const times = stats.map(enteredAt).filter((time) => time !== undefined);
	const calls = stats
		.filter((stat) => {
			const time = enteredAt(stat);
			return time !== undefined && time >= from && time <= to;
		})
		.map((stat) => callOfStat(stat, accountId))
		.filter((call) => call !== undefined);
	if (history) return { calls };
	const oldest = times.length === 0 ? undefined : isoFromGregorian(Math.min(...times));
	const since = oldest === undefined ? 'none is known now' : `the oldest here is of ${oldest}`;
	return {
		calls,
		gap: `This server keeps no history of its queues, only their last calls: ${since}. What is older is not counted.`,
	};

	async function tried(
		resource: string,
		operation: string,
		range: { from?: string; to?: string },
	): Promise<IDataObject[] | undefined> {
		const named = namedOperation(resource, operation, { path: { accountId }, list: range });
		return await performRow(named, transport).then(
			({ records }) => records,
			(error: unknown) => {
				if (error instanceof NodeApiError && NOT_THERE.has(String(error.httpCode))) return undefined;
				throw error;
			},
		);
	}
}
