/** What the Poll Trigger can watch, and by which rows of the catalogue it asks. Requests are made by the engine. */
import type { IDataObject } from 'n8n-workflow';

import type { Input, ListOptions, PathValues } from '../operations/operation';
import { alphabetical } from '../values/alphabetical';
import { InvalidInput } from '../values/input';
import { plainText } from '../values/records';
import type { Change } from './states';
import { digest } from './states';

/** Carries out an operation of the catalogue for the account that is polled. */
export type Ask = (
	resource: string,
	operation: string,
	more?: { path?: PathValues; query?: Input['query']; list?: ListOptions },
) => Promise<IDataObject[]>;

interface Words {
	/** Value of the event in the node. */
	readonly value: string;
	/** Title Case, as the picker shows it. */
	readonly name: string;
	readonly description: string;
	/** The only generation of KAZOO that has it. */
	readonly version?: 5;
	/** The resource and operation whose fields Simplify keeps. */
	readonly row: { readonly resource: string; readonly operation: string };
}

/** Records that the server keeps by time. */
export interface RecordWatch extends Words {
	readonly kind: 'records';
	readonly list: (ask: Ask, list: ListOptions) => Promise<IDataObject[]>;
	readonly id: (record: IDataObject) => string;
	/** Seconds by which the server may write such a record late. */
	readonly overlap: number;
	/** The time by which the server sorts a record may lie before it by the length of a call. */
	readonly spansCall?: true;
	/** The operation that gets the record's file, and its path parameters. */
	readonly file?: { readonly operation: string; readonly path: (record: IDataObject) => PathValues };
}

/** One thing with a state. */
export interface Observed {
	readonly key: string;
	readonly state: string;
	readonly record: IDataObject;
}

/** What the person set for a watch of states. */
export interface WatchSettings {
	/** "Balance Below": the amount, in the currency of the system. */
	readonly threshold: number;
}

/** Things whose state is compared with that of the last poll. */
export interface StateWatch extends Words {
	readonly kind: 'states';
	readonly observe: (ask: Ask, settings: WatchSettings) => Promise<Observed[]>;
	/** Whether a change is one that the person asked for. */
	readonly wanted: (change: Change) => boolean;
	/** What more is to be known of what changed, by key; asked only when something did. */
	readonly details?: (ask: Ask) => Promise<Map<string, IDataObject>>;
	/** The record of a change. */
	readonly item: (change: Change, record: IDataObject) => IDataObject;
}

export type Watch = RecordWatch | StateWatch;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** A task that will not go on by itself. */
const FINISHED = new Set(['success', 'failure', 'partial', 'internal_error', 'stopped']);

const idOf = (record: IDataObject): string => plainText(record.id);

/** The records of one row that the engine reads by itself. */
const listOf = (row: Words['row']) => ({
	row,
	list: async (ask: Ask, list: ListOptions) => await ask(row.resource, row.operation, { list }),
});

const devices = {
	kind: 'states',
	row: { resource: 'device', operation: 'getStatus' },
	observe: async (ask) =>
		(await ask('device', 'getStatus'))
			.filter(({ registered }) => registered === true)
			.map((record) => ({ key: plainText(record.device_id), state: 'online', record })),
	details: async (ask) =>
		new Map((await ask('device', 'getAll')).map((device) => [idOf(device), device] as const)),
	item: ({ key, after }, device) => ({ ...device, device_id: key, registered: after !== undefined }),
} satisfies Partial<StateWatch>;

/** Sorted by name. */
export const watches: readonly Watch[] = alphabetical(
	[
		{
			kind: 'records',
			value: 'newCdr',
			name: 'New CDR',
			description: 'A call leg has ended: one record for each phone or trunk that took part',
			...listOf({ resource: 'cdr', operation: 'getAll' }),
			id: idOf,
			overlap: HOUR,
			// A third of all records bear the time at which the leg began
			spansCall: true,
		},
		{
			kind: 'records',
			value: 'newCall',
			name: 'New Call',
			description: 'A call is over: one item for the whole call, with who answered, result and times',
			...listOf({ resource: 'cdr', operation: 'getCalls' }),
			id: idOf,
			overlap: HOUR,
			// Calls are told from the time they began
			spansCall: true,
		},
		{
			kind: 'records',
			value: 'newRecording',
			name: 'New Recording',
			description: 'A recorded call has been stored',
			...listOf({ resource: 'recording', operation: 'getAll' }),
			id: idOf,
			overlap: 6 * HOUR,
			file: { operation: 'download', path: ({ id }) => ({ recordingId: plainText(id) }) },
		},
		{
			kind: 'records',
			value: 'newVoicemail',
			name: 'New Voicemail',
			description: 'A caller has left a message, in whatever mailbox of the account',
			...listOf({ resource: 'voicemailMessage', operation: 'getAllOfAccount' }),
			id: ({ media_id: id }) => plainText(id),
			overlap: HOUR,
			file: {
				operation: 'download',
				path: ({ media_id: id, vmbox_id: box }) => ({ messageId: plainText(id), vmboxId: plainText(box) }),
			},
		},
		{
			kind: 'records',
			value: 'newReceivedFax',
			name: 'New Received Fax',
			description: 'A fax has come in',
			...listOf({ resource: 'fax', operation: 'getReceivedMany' }),
			id: idOf,
			overlap: 6 * HOUR,
			file: { operation: 'downloadReceived', path: ({ id }) => ({ receivedFaxId: plainText(id) }) },
		},
		{
			kind: 'records',
			value: 'newSentFax',
			name: 'New Sent Fax',
			description: 'A fax has been sent or given up',
			...listOf({ resource: 'fax', operation: 'getSentMany' }),
			id: idOf,
			// Sorted by the time of the order, which retries can put off
			overlap: 24 * HOUR,
			file: { operation: 'downloadSent', path: ({ id }) => ({ sentFaxId: plainText(id) }) },
		},
		{
			kind: 'records',
			value: 'newLedgerEntry',
			name: 'New Ledger Entry',
			description: 'Usage, a credit or a debit has been booked (only KAZOO 5)',
			version: 5,
			row: { resource: 'ledger', operation: 'getEntries' },
			list: async (ask, list) => {
				const booked = await ask('ledger', 'getAll');
				const known = await ask('ledger', 'getAvailable');
				const sources = new Set([...booked.map(({ source }) => source), ...known.map(({ name }) => name)]);
				const entries: IDataObject[] = [];
				for (const source of sources)
					entries.push(
						...(await ask('ledger', 'getEntries', { path: { ledgerSource: plainText(source) }, list })),
					);
				return entries;
			},
			id: idOf,
			overlap: 6 * HOUR,
		},
		{
			kind: 'states',
			value: 'portRequestStateChanged',
			name: 'Port Request State Changed',
			description: 'A port request is new, or has moved on to another state',
			row: { resource: 'portRequest', operation: 'getAll' },
			observe: async (ask) =>
				(await ask('portRequest', 'getAll', { query: { byTypes: 'all' } })).map((record) => ({
					key: idOf(record),
					state: plainText(record.port_state),
					record,
				})),
			wanted: ({ after }) => after !== undefined,
			item: ({ before }, record) => ({ ...record, previous_state: before ?? null }),
		},
		{
			...devices,
			value: 'deviceOffline',
			name: 'Device Offline',
			description: 'A phone has lost its registration',
			wanted: ({ after }) => after === undefined,
		},
		{
			...devices,
			value: 'deviceOnline',
			name: 'Device Online',
			description: 'A phone has registered',
			wanted: ({ after }) => after !== undefined,
		},
		{
			kind: 'states',
			value: 'numberChanged',
			name: 'Number Changed',
			description: 'A phone number is new, gone, or differs in state, features or use',
			row: { resource: 'phoneNumber', operation: 'getAll' },
			observe: async (ask) =>
				(await ask('phoneNumber', 'getAll')).map((record) => {
					const { updated: _, ...kept } = record;
					return { key: idOf(record), state: digest(kept), record };
				}),
			wanted: () => true,
			item: ({ key, before, after }, record) => ({
				...record,
				id: key,
				change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
			}),
		},
		{
			kind: 'states',
			value: 'taskFinished',
			name: 'Task Finished',
			description: 'A bulk task has come to its end, well or badly',
			row: { resource: 'bulkTask', operation: 'getAll' },
			observe: async (ask) =>
				(await ask('bulkTask', 'getAll')).map((record) => ({
					key: idOf(record),
					state: FINISHED.has(plainText(record.status)) ? plainText(record.status) : 'unfinished',
					record,
				})),
			wanted: ({ after }) => after !== undefined && FINISHED.has(after),
			item: (_, record) => record,
		},
		{
			kind: 'states',
			value: 'balanceBelow',
			name: 'Balance Below',
			description: 'The balance of an account has fallen below an amount',
			row: { resource: 'ledger', operation: 'getTotal' },
			observe: async (ask, { threshold }) => {
				const [record = {}] = await ask('ledger', 'getTotal');
				const amount = Number(record.amount);
				return [{ key: 'balance', state: amount < threshold ? 'below' : 'above', record }];
			},
			wanted: ({ after }) => after === 'below',
			item: (_, record) => record,
		},
	] satisfies Watch[],
	({ name }) => name,
);

/** @throws InvalidInput for a value that no watch has */
export function watchOf(value: string): Watch {
	const found = watches.find((watch) => watch.value === value);
	if (!found) throw new InvalidInput(`There is no event “${value}”`, 'Choose Event from the list again.');
	return found;
}
