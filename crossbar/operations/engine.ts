/**
 * Carries out one operation: from a row and what was filled in, over requests, to records or a file.
 * It knows no resource by name; what is special about a row stands in the row.
 */
import type { IDataObject } from 'n8n-workflow';

import { findRow, resourceOf } from '../catalogue';
import type { Row } from '../catalogue/notation';
import { isList } from '../catalogue/notation';
import type { CrossbarAnswer, CrossbarRequest, Envelope, Query } from '../http/messages';
import type { Transport } from '../http/transport';
import { mapConcurrently } from '../values/concurrency';
import { InvalidInput } from '../values/input';
import type { Range } from '../values/periods';
import { periodRange } from '../values/periods';
import { fromRow } from '../values/records';
import { gregorianFromIso, gregorianNow, LONGEST_RANGE, windows } from '../values/time';
import { acceptingCharges } from './charges';
import { exportName } from './exportName';
import { filterQuery } from './filters';
import type { ListOptions, Operation, Outcome, PathValues, Values } from './operation';
import { collectPages, PAGE_SIZE } from './paging';
import { buildRequest, fillPath, leftOut } from './request';
import { isRecord } from '../values/records';

const A_DAY = 86_400;
/** Gregorian seconds of 2000-01-01: no KAZOO is older. */
const FIRST_RECORD = 63_113_904_000;
/** Windows of a time range that are fetched side by side. */
const PARALLEL_WINDOWS = 3;

/** The records as people see them. */
export function presented(
	records: IDataObject[],
	envelope: Envelope,
	present: Operation['present'],
): IDataObject[] {
	return present ? records.map((record) => present(record, envelope)) : records;
}

/** @throws Error for a row that is not there, which is a mistake of ours */
export function rowNamed(resource: string, operation: string): Row {
	const row = findRow(resource, operation);
	if (!row) throw new Error(`The catalogue has no operation ${resource}: ${operation}`);
	return row;
}

/**
 * An operation of the catalogue by its names, for those that have no form to fill in.
 * @throws Error for a row that is not there
 */
export function namedOperation(
	resource: string,
	operation: string,
	{ path, query = {}, list = {} }: { path: PathValues; query?: Values; list?: ListOptions },
): Operation {
	const input = { path, query, body: {}, arguments: {} };
	return { row: rowNamed(resource, operation), input, items: [], list, charges: { accept: false } };
}

/** An empty file (204) has no type: it is of the kind that was asked for. */
function typed(answer: CrossbarAnswer, asked: string | undefined): CrossbarAnswer {
	if (answer.status !== 204 || asked === undefined) return answer;
	return { ...answer, headers: { ...answer.headers, 'content-type': asked } };
}

/** The ordinary way, without the row's `via`: for special functions that end in it. */
export async function performRow(operation: Operation, transport: Transport): Promise<Outcome> {
	const { row, input, present } = operation;
	const built = buildRequest(row, input);
	if (isList(row)) return await performList(operation, built, transport);
	const range = await rangeAsked(operation, transport);
	const request = range ? { ...built, query: { ...built.query, ...rangeQuery(range) } } : built;
	const fileName = row.returns === 'file' ? await exportName(operation, range, transport) : undefined;
	const answer = await acceptingCharges(request, operation.charges, transport);
	if (row.returns === 'file')
		return {
			records: [],
			envelope: {},
			file: typed(answer, row.accept),
			...(fileName === undefined ? {} : { fileName }),
		};
	const envelope = await withContent(row, request, answer.envelope, transport);
	const left = leftOut(row, input);
	return {
		records: presented(recordsOf(row, envelope, request.method), envelope, present),
		envelope,
		...(left.length === 0
			? {}
			: {
					hint: `Left out of what is created, since it belongs to the one it was read from: ${left.join(', ')}`,
				}),
	};
}

/** KAZOO sometimes answers a change of one thing with nothing at all: the thing is read then. */
async function withContent(
	row: Row,
	{ method, path }: CrossbarRequest,
	envelope: Envelope,
	transport: Transport,
): Promise<Envelope> {
	const namesIt = row.returns === 'record' && row.route.endsWith('}') && /^(PUT|POST|PATCH)$/.test(method);
	if (!namesIt || (envelope.data ?? undefined) !== undefined || transport.isDryRun) return envelope;
	const read = await transport.send({ method: 'GET', path, what: row.action }).catch(() => undefined);
	return isRecord(read?.envelope.data) ? { ...envelope, data: read.envelope.data } : envelope;
}

async function performList(
	operation: Operation,
	request: CrossbarRequest,
	transport: Transport,
): Promise<Outcome> {
	const { row, list, present } = operation;
	const itemsOf = (envelope: Envelope): IDataObject[] => recordsOf(row, envelope, 'GET');
	const get = async (query: Query, foresee?: CrossbarRequest['foresee']): Promise<Envelope> =>
		(await transport.send({ ...request, query: { ...query, ...request.query }, foresee })).envelope;
	if (row.unpaged) {
		const envelope = await get({});
		const records = itemsOf(envelope).slice(0, list.limit);
		return { records: presented(records, envelope, present), envelope };
	}
	const order: Query = list.ascending ? { ascending: true } : {};
	const shared = { ...order, ...filterQuery(list.filters, resourceOf(row).kept) };
	const collect = async (
		query: Query,
		limit?: number,
		isNew: (record: IDataObject) => boolean = () => true,
	) =>
		await collectPages(async (page, foresee) => await get({ ...shared, ...query, ...page }, foresee), {
			limit,
			pageSize: list.pageSize ?? PAGE_SIZE,
			itemsOf: (envelope) => itemsOf(envelope).filter(isNew),
			identity: identityOf,
			show: present,
		});
	const range = (await rangeAsked(operation, transport)) ?? (row.losesAtPages ? lastMonth() : undefined);
	if (!range) {
		const { items, envelope } = await collect({}, list.limit);
		return { records: items, envelope };
	}
	const { from, to } = range;
	// A range without end would be cut into as many windows: nothing is older than the first, or of the day after tomorrow
	const last = Math.max(from, gregorianNow() + A_DAY);
	const parts = windows(Math.max(from, FIRST_RECORD), Math.min(to, last), {
		newestFirst: !list.ascending,
		...(row.losesAtPages ? { maximum: A_DAY } : {}),
	});
	const isNew = newById();
	const read = async (part: { from: number; to: number }, limit?: number) => {
		const query = rangeQuery(part);
		if (!row.losesAtPages) return await collect(query, limit, isNew);
		const envelope = await get({ ...shared, ...query, paginate: false });
		const items = itemsOf(envelope).filter(isNew).slice(0, limit);
		return { items: presented(items, envelope, present), envelope };
	};
	if (list.limit === undefined) {
		const windowed = await mapConcurrently(parts, PARALLEL_WINDOWS, async (part) => await read(part));
		return { records: windowed.flatMap(({ items }) => items), envelope: windowed.at(-1)?.envelope ?? {} };
	}
	let records: IDataObject[] = [];
	let envelope: Envelope = {};
	for (const part of parts) {
		const found = await read(part, list.limit - records.length);
		envelope = found.envelope;
		records = records.concat(found.items);
		if (records.length >= list.limit) break;
	}
	return { records, envelope };
}

const rangeQuery = ({ from, to }: Range): Query => ({ created_from: from, created_to: to });

function lastMonth(): Range {
	const to = gregorianNow();
	return { from: to - LONGEST_RANGE, to };
}

/**
 * The range of time that is asked for; nothing where the row takes none, and where neither end was given.
 * @throws InvalidInput
 */
async function rangeAsked({ row, input, list }: Operation, transport: Transport): Promise<Range | undefined> {
	if (!row.range) return undefined;
	const { createdFrom, createdTo } = list.filters ?? {};
	const period = await periodOf(list, input.path, transport);
	const begins = [list.from, createdFrom].filter(isGiven).map((date) => gregorianFromIso(date));
	const ends = [list.to, createdTo].filter(isGiven).map((date) => gregorianFromIso(date));
	if (period) {
		begins.push(period.from);
		ends.push(period.to);
	}
	if (begins.length + ends.length === 0) return undefined;
	const to = ends.length > 0 ? Math.min(...ends) : gregorianNow();
	const from = begins.length > 0 ? Math.max(...begins) : to - LONGEST_RANGE;
	if (from <= to) return { from, to, timeZone: period?.timeZone };
	throw new InvalidInput(
		'The range of time ends before it begins',
		'Look at From, To and the filters Created After and Created Before; without an end it is now.',
	);
}

/** The chosen stretch of the calendar in the time zone of the account. */
async function periodOf(
	{ period, timeZone = 'UTC' }: ListOptions,
	{ accountId }: PathValues,
	transport: Transport,
): Promise<Range | undefined> {
	if (!period) return undefined;
	const inZone = (name: string): Range => ({ ...periodRange(period, name), timeZone: name });
	if (!accountId || transport.isDryRun) return inZone(timeZone);
	const zone = await transport.once(`time zone ${accountId}`, async () => {
		const path = fillPath('/accounts/{accountId}', { accountId });
		const { envelope } = await transport.send({ method: 'GET', path, what: 'Read the time zone' });
		return (envelope.data as { timezone?: unknown } | undefined)?.timezone;
	});
	return inZone(typeof zone === 'string' && zone !== 'inherit' ? zone : timeZone);
}

const isGiven = (date: string | undefined): date is string => date !== undefined && date !== '';

/** Windows share their edges' second in some stores: the same record is kept once. */
function newById(): (record: IDataObject) => boolean {
	const seen = new Set<string>();
	return ({ id }) => {
		if (typeof id !== 'string') return true;
		if (seen.has(id)) return false;
		seen.add(id);
		return true;
	};
}

function identityOf(record: IDataObject): string {
	const id = record.id ?? record.media_id ?? record.uuid;
	return typeof id === 'string' ? id : JSON.stringify(record);
}

/** The records in an envelope, as the row says. */
export function recordsOf(row: Row, envelope: Envelope, method: string): IDataObject[] {
	const { data } = envelope;
	if (method === 'DELETE' && row.returns === 'record') return [deletedRecord(data)];
	if (row.returns === 'value') return [isRecord(data) ? data : { result: data ?? null }];
	if (row.returns === 'collection') return collectionRecords(data);
	if (typeof row.returns === 'object')
		return 'map' in row.returns ? mapRecords(row.returns, data) : listRecords(row.returns.list, data);
	if (Array.isArray(data))
		return data.map((entry) => (typeof entry === 'string' ? { id: entry } : fromRow(asRecord(entry))));
	if (row.returns === 'records') return isRecord(data) && Object.keys(data).length > 0 ? [data] : [];
	return [withMetadata(asRecord(data), envelope)];
}

/**
 * The id where some answers keep it: KAZOO 5 in the envelope's `metadata`, KAZOO 4 in `_read_only` (bulk tasks) or, where
 * it gives the document as it is stored, under `_id` (faxes).
 */
function withMetadata(record: IDataObject, { metadata }: Envelope): IDataObject {
	if (record.id !== undefined) return record;
	if (typeof record._id === 'string') return { id: record._id, ...record };
	const readOnly = record._read_only;
	if (isRecord(readOnly) && typeof readOnly.id === 'string') {
		const { _read_only: _, ...rest } = record;
		return { ...readOnly, ...rest };
	}
	return typeof metadata?.id === 'string' ? { ...metadata, ...record } : record;
}

function deletedRecord(data: unknown): IDataObject {
	const id = isRecord(data) ? data.id : undefined;
	return { ...(id === undefined ? {} : { id }), deleted: true };
}

function collectionRecords(data: unknown): IDataObject[] {
	if (!isRecord(data)) return [asRecord(data)];
	const failed = data.error ?? data.errors;
	if (!isRecord(data.success) && !isRecord(failed)) return [asRecord(data)];
	const good = Object.entries((data.success ?? {}) as IDataObject).map(([id, entry]) => ({
		id,
		...asRecord(entry),
	}));
	const bad = Object.entries((failed ?? {}) as IDataObject).map(([id, error]) =>
		isRecord(error) ? { id, ...error, error: error.message ?? error.error } : { id, error },
	);
	return [...good, ...bad];
}

/** The values of a map, or of a list of maps, each with its key. */
function mapRecords(
	{ map, key = 'id', value, each }: Extract<Row['returns'], { map: string }>,
	data: unknown,
): IDataObject[] {
	const place = map
		.split('.')
		.filter(Boolean)
		.reduce<unknown>((at, name) => (isRecord(at) ? at[name] : undefined), data);
	const maps = (Array.isArray(place) ? place : [place]).filter(isRecord);
	return maps.flatMap((entries) =>
		Object.entries(entries).flatMap(([name, entry]) => {
			if (!isRecord(entry)) return [{ [key]: name, [value ?? 'result']: entry }];
			const times = each === undefined ? [] : Object.keys(entry);
			if (each === undefined || times.length === 0 || !times.every((time) => isRecord(entry[time])))
				return [{ [key]: name, ...entry }];
			return times.map((time) => ({ [key]: name, [each]: Number(time), ...(entry[time] as IDataObject) }));
		}),
	);
}

/** The entries of a list inside `data` or inside each of its entries; what stands beside the list is added. */
function listRecords(name: string, data: unknown): IDataObject[] {
	return (Array.isArray(data) ? data : [data])
		.filter(isRecord)
		.flatMap(({ [name]: list, ...beside }) =>
			(Array.isArray(list) ? list : []).map((entry: unknown) => ({ ...beside, ...asRecord(entry) })),
		);
}

function asRecord(value: unknown): IDataObject {
	return isRecord(value) ? value : { result: value ?? null };
}
