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

/** Lists of names that were read, for who asks again soon: for calls that end one by one. */
export class NameLists {
	private readonly lists = new Map<string, { readonly until: number; readonly names: Promise<NamesById> }>();

	/** @param seconds for which a list is good */
	constructor(private readonly seconds = 300) {}

	/** The list, read again when it is old; who asks meanwhile waits for the same one. */
	async of(key: string, read: () => Promise<NamesById>): Promise<NamesById> {
		const known = this.lists.get(key);
		if (known && known.until > Date.now()) return await known.names;
		const names = read();
		this.lists.set(key, { until: Date.now() + this.seconds * 1000, names });
		names.catch(() => this.lists.delete(key));
		return await names;
	}
}

type NamesById = ReadonlyMap<string, string>;

/**
 * The calls with names, recordings and messages. What a server has not, or not for this log-in, is left out.
 * @param lists of names, where they are kept for the next calls
 */
export async function withDetails(
	calls: readonly CallRecord[],
	accountId: string,
	transport: Transport,
	lists = new NameLists(),
): Promise<CallRecord[]> {
	if (calls.length === 0) return [];
	const span = spanOf(calls);
	const ask = async (resource: string, operation: string, ranged = false): Promise<IDataObject[]> =>
		await listOf(resource, operation, { accountId, ...(ranged ? span : {}) }, transport);
	const [recorded, left, directory] = await Promise.all([
		ask('recording', 'getAll', true),
		ask('voicemailMessage', 'getAllOfAccount', true),
		directoryFor(
			calls,
			async (resource) =>
				await lists.of(`${accountId} ${resource}`, async () => namesOf(await ask(resource, 'getAll'))),
		),
	]);
	const [recordings, messages] = [recordingsByCall(recorded), messagesByCall(left)];
	if (recordings.size === 0 && messages.size === 0) return calls.map((call) => withNames(call, directory));
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

/** The calls with names alone. @throws NodeApiError */
export async function withNamesOf(
	calls: readonly CallRecord[],
	accountId: string,
	transport: Transport,
): Promise<CallRecord[]> {
	const directory = await directoryFor(calls, async (resource) =>
		namesOf(await listOf(resource, 'getAll', { accountId }, transport)),
	);
	return calls.map((call) => withNames(call, directory));
}

/** Ids of the recordings of one call that are there now. @throws NodeApiError */
export async function recordingsOf(
	call: CallRecord,
	accountId: string,
	transport: Transport,
): Promise<string[]> {
	const found = recordingsByCall(
		await listOf('recording', 'getAll', { accountId, ...spanOf([call]) }, transport),
	);
	return [...new Set(idsOf(call).flatMap((id) => found.get(id) ?? []))];
}

function spanOf(calls: readonly CallRecord[]): { from: string; to: string } {
	// All are written in the same way, so that their order is that of their texts
	let [least, most] = [calls[0]?.started_at ?? '', calls[0]?.ended_at ?? ''];
	for (const { started_at, ended_at } of calls) {
		if (started_at < least) least = started_at;
		if (ended_at > most) most = ended_at;
	}
	return {
		from: isoFromGregorian(gregorianFromIso(least) - LATE),
		to: isoFromGregorian(gregorianFromIso(most) + LATE),
	};
}

async function listOf(
	resource: string,
	operation: string,
	{ accountId, from, to }: { accountId: string; from?: string; to?: string },
	transport: Transport,
): Promise<IDataObject[]> {
	const named = namedOperation(resource, operation, { path: { accountId }, list: { from, to } });
	const { records } = await performRow({ ...named, present: withoutRest }, transport).catch(
		async (error: unknown) =>
			error instanceof NodeApiError && NOT_THERE.has(String(error.httpCode))
				? { records: [] }
				: await Promise.reject(error as Error),
	);
	return records;
}

/** What is looked at of a record; the rest is large, and there are many. */
const LOOKED_AT = new Set([
	...['id', 'call_id', 'interaction_id', 'media_id', 'vmbox_id'],
	...['name', 'first_name', 'last_name', 'username', 'numbers'],
]);

function withoutRest(record: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(record).filter(([name]) => LOOKED_AT.has(name)));
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
	namesIn: (resource: string) => Promise<NamesById>,
): Promise<Directory> {
	const has = (test: (call: CallRecord) => boolean): boolean => calls.some(test);
	const someone = (field: 'user_id' | 'device_id') =>
		has((call) => partiesOf(call).some((party) => party[field] !== undefined));
	const names = async (resource: string, needed: boolean): Promise<NamesById> =>
		needed ? await namesIn(resource) : new Map();
	const [users, devices, callflows, queues] = await Promise.all([
		names('user', someone('user_id')),
		names('device', someone('device_id')),
		names(
			'callflow',
			has(({ callflow_ids }) => callflow_ids !== undefined),
		),
		names(
			'queue',
			has(({ queue_id }) => queue_id !== undefined),
		),
	]);
	return { users, devices, callflows, queues };
}

function partiesOf({ from, answered_by, phones }: CallRecord): Party[] {
	return [from, ...(answered_by === undefined ? [] : [answered_by]), ...phones];
}

/** What people call each of the records, by ID. */
export function namesOf(records: readonly IDataObject[]): Map<string, string> {
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
