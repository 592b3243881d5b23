import type { IDataObject } from 'n8n-workflow';

import type { CallRecord } from '../calls/record';
import type { Interval, ReportBy } from '../calls/report';
import { reportOf } from '../calls/report';
import type { Transport } from '../http/transport';
import { namedOperation, performRow } from '../operations/engine';
import type { Operation, Outcome } from '../operations/operation';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput } from '../values/input';
import { withNamesOf } from '../operations/callDetails';
import { timeOf } from '../operations/callHistory';
import { gregorianNow, LONGEST_RANGE } from '../values/time';
import { callsOf } from './getCalls';
import { queueCalls } from './queueStatistics';

const SIDE_BY_SIDE = 5;
const SERVICE_LEVEL = 20;

/** CDR: Get Report. Calls of a period, counted; an item a row. */
export async function callReport(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, list } = operation;
	const accountId = input.path.accountId ?? (await transport.whoAmI()).accountId;
	const { by, interval, serviceLevel } = input.arguments;
	const timeZone = await zoneOf(input.arguments.timeZone, accountId, transport);
	const { calls, gap } =
		input.arguments.source === 'queues'
			? await ofQueues(operation, accountId, transport)
			: { calls: await ofRecords(operation, transport), gap: undefined };
	const groups = by === 'group' ? await groupsOf(accountId, transport) : undefined;
	const rows = reportOf(calls, {
		by: by as ReportBy,
		interval: (interval ?? 'none') as Interval,
		serviceLevel: typeof serviceLevel === 'number' ? serviceLevel : SERVICE_LEVEL,
		timeZone,
		groups: groups?.members,
		names: groups?.names,
	});
	return {
		records: rows.slice(0, list.limit) as unknown as IDataObject[],
		envelope: {},
		...(gap === undefined ? {} : { hint: gap }),
	};
}

async function ofRecords(
	{ input, list, ...operation }: Operation,
	transport: Transport,
): Promise<CallRecord[]> {
	const whole = input.arguments.by === 'queue' ? { wholeRecords: true } : {};
	return await callsOf(
		{
			...operation,
			list: { ...list, limit: undefined, ascending: false },
			input: { ...input, arguments: { ...input.arguments, ...whole } },
		},
		transport,
	);
}

/** The call centre's own figures, of the queue that was chosen or all of them. */
async function ofQueues(
	{ input, list }: Operation,
	accountId: string,
	transport: Transport,
): Promise<{ calls: CallRecord[]; gap?: string }> {
	const to = timeOf(list.to, gregorianNow());
	const from = timeOf(list.from, to - LONGEST_RANGE);
	const { calls, gap } = await queueCalls(accountId, { from, to }, transport);
	const { queue, user } = input.arguments;
	const wanted = calls.filter(
		({ queue_id, answered_by }) =>
			(!isGiven(queue) || queue_id === queue) && (!isGiven(user) || answered_by?.user_id === user),
	);
	const named = await withNamesOf(wanted, accountId, transport);
	return { calls: named, gap };
}

const isGiven = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** @throws InvalidInput for a zone that there is not */
async function zoneOf(given: unknown, accountId: string, transport: Transport): Promise<string> {
	const own = async (): Promise<string> => {
		const [account] = await records('account', 'get', accountId, {}, transport);
		return typeof account?.timezone === 'string' ? account.timezone : 'UTC';
	};
	const zone = typeof given === 'string' && given.trim() !== '' ? given.trim() : await own();
	if (isTimeZone(zone)) return zone;
	throw new InvalidInput(`There is no time zone “${zone}”`, 'Write it as America/New_York.');
}

function isTimeZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
	} catch {
		return false;
	}
}

/** The groups of each user and device, and what they are called. */
async function groupsOf(
	accountId: string,
	transport: Transport,
): Promise<{ members: Map<string, string[]>; names: Map<string, string> }> {
	const listed = await records('group', 'getAll', accountId, {}, transport);
	const documents = await mapConcurrently(listed, SIDE_BY_SIDE, async ({ id }) => ({
		id: String(id),
		document: (await records('group', 'get', accountId, { groupId: String(id) }, transport))[0],
	}));
	const members = new Map<string, string[]>();
	for (const { id, document } of documents)
		for (const member of Object.keys((document?.endpoints ?? {}) as IDataObject))
			members.set(member, [...(members.get(member) ?? []), id]);
	const names = new Map(listed.map(({ id, name }) => [String(id), String(name ?? id)]));
	return { members, names };
}

async function records(
	resource: string,
	operation: string,
	accountId: string,
	path: { groupId?: string },
	transport: Transport,
): Promise<IDataObject[]> {
	return (await performRow(namedOperation(resource, operation, { path: { accountId, ...path } }), transport))
		.records;
}
