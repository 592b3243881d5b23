/** The records behind a path parameter: what its list is filled with, and where its names are looked up. */
import type { Listed, ListSource } from '../catalogue/parameters';
import type { Envelope } from '../http/messages';
import { fromRow, isRecord, plainText, recordsIn } from '../values/records';

/** The records in one page of a list. */
export function listed(source: ListSource, { data }: Envelope): Listed[] {
	if (source.map !== undefined) {
		const map = isRecord(data) ? data[source.map] : undefined;
		return Object.entries(isRecord(map) ? map : {}).map(([id, entry]) => ({
			id,
			...(isRecord(entry) ? entry : {}),
		}));
	}
	const outer: unknown[] = Array.isArray(data) ? data : [];
	const { list: inside } = source;
	const list =
		inside === undefined
			? outer
			: recordsIn(data).flatMap((entry) => [entry[inside] ?? []].flat() as unknown[]);
	// Some lists are of plain names
	return list.flatMap((entry): Listed[] => {
		if (isRecord(entry)) return [fromRow(entry)];
		return plainText(entry) === '' ? [] : [{ id: entry }];
	});
}

/** The ID of a record and what a person knows it by. */
export function entryOf(source: ListSource, record: Listed): { id: string; label: string } {
	const id = plainText(record[source.id ?? 'id']);
	return { id, label: source.label(record) || id };
}
