/** Asks KAZOO's lists for what call records do not say: names, recordings, messages. Each list once for all calls. */
import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Directory, Message } from '../calls/complete';
import { idsOf, withNames, withRecordings, withVoicemail } from '../calls/complete';
import type { CallRecord, Party } from '../calls/record';
import type { Transport } from '../http/transport';
import { gregorianFromIso, isoFromGregorian } from '../values/time';
import { namedOperation, performRow } from './engine';

/** Seconds by which a recording or a message may be written after its call, or its clock be wrong. */
const LATE = 3600;
/** Ways in which a server says that it has no such list, or not for this log-in. */
const NOT_THERE = new Set(['403', '404', '405', '501']);

/** The calls with names, recordings and messages. What a server has not, or not for this log-in, is left out. */
export async function withDetails(
	calls: readonly CallRecord[],
	accountId: string,
	transport: Transport,
): Promise<CallRecord[]> {
	if (calls.length === 0) return [];
	const list = spanOf(calls);
	const ask = async (resource: string, operation: string, ranged = false): Promise<IDataObject[]> =>
		await listOf(resource, operation, { accountId, ...(ranged ? list : {}) }, transport);
	const [recordings, messages] = [
		recordingsByCall(await ask('recording', 'getAll', true)),
		messagesByCall(await ask('voicemailMessage', 'getAllOfAccount', true)),
	];
	const directory = await directoryFor(calls, ask);
	return calls.map((call) => {
		const ids = idsOf(call);
		const message = ids.map((id) => messages.get(id)).find((one) => one !== undefined);
		const recorded = withRecordings(
			call,
			ids.flatMap((id) => recordings.get(id) ?? []),
		);
		return withNames(message === undefined ? recorded : withVoicemail(recorded, message), directory);
	});
}

function spanOf(calls: readonly CallRecord[]): { from: string; to: string } {
	const begins = calls.map(({ started_at }) => gregorianFromIso(started_at));
	const ends = calls.map(({ ended_at }) => gregorianFromIso(ended_at));
	const least = begins.reduce((one, other) => Math.min(one, other));
	const most = ends.reduce((one, other) => Math.max(one, other));
	return { from: isoFromGregorian(least - LATE), to: isoFromGregorian(most + LATE) };
}

async function listOf(
	resource: string,
	operation: string,
	{ accountId, from, to }: { accountId: string; from?: string; to?: string },
	transport: Transport,
): Promise<IDataObject[]> {
	const named = namedOperation(resource, operation, { path: { accountId }, list: { from, to } });
	const { records } = await performRow(named, transport).catch(async (error: unknown) =>
		error instanceof NodeApiError && NOT_THERE.has(String(error.httpCode))
			? { records: [] }
			: await Promise.reject(error as Error),
	);
	return records;
}

/** By the ids of legs and interactions that they name. */
function recordingsByCall(records: readonly IDataObject[]): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { id, call_id, interaction_id } of records)
		for (const name of [call_id, interaction_id])
			if (typeof name === 'string' && typeof id === 'string')
				found.set(name, [...(found.get(name) ?? []), id]);
	return found;
}

function messagesByCall(records: readonly IDataObject[]): Map<string, Message> {
	const found = new Map<string, Message>();
	for (const { media_id, call_id, vmbox_id } of records)
		if (typeof call_id === 'string' && typeof media_id === 'string')
			found.set(call_id, { id: media_id, ...(typeof vmbox_id === 'string' ? { boxId: vmbox_id } : {}) });
	return found;
}

/** Only the lists whose ids occur. */
async function directoryFor(
	calls: readonly CallRecord[],
	ask: (resource: string, operation: string) => Promise<IDataObject[]>,
): Promise<Directory> {
	const parties = calls.flatMap(partiesOf);
	const names = async (resource: string, needed: boolean): Promise<Map<string, string>> =>
		needed ? namesOf(await ask(resource, 'getAll')) : new Map<string, string>();
	return {
		users: await names(
			'user',
			parties.some(({ user_id }) => user_id !== undefined),
		),
		devices: await names(
			'device',
			parties.some(({ device_id }) => device_id !== undefined),
		),
		callflows: await names(
			'callflow',
			calls.some(({ callflow_ids }) => callflow_ids !== undefined),
		),
		queues: await names(
			'queue',
			calls.some(({ queue_id }) => queue_id !== undefined),
		),
	};
}

function partiesOf({ caller, answered_by, phones }: CallRecord): Party[] {
	return [caller, ...(answered_by === undefined ? [] : [answered_by]), ...phones];
}

function namesOf(records: readonly IDataObject[]): Map<string, string> {
	const named = records.map(({ id, name, first_name, last_name, username, numbers }) => {
		const person = [first_name, last_name]
			.filter((part) => typeof part === 'string' && part !== '')
			.join(' ');
		const dialed = Array.isArray(numbers) ? numbers.join(', ') : undefined;
		return [id, [name, person, username, dialed].find((text) => typeof text === 'string' && text !== '')];
	});
	return new Map(
		named.filter((entry): entry is [string, string] => entry.every((one) => typeof one === 'string')),
	);
}
