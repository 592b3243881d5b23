/** The records behind a path parameter: what its list is filled with, and where its names are looked up. */
import type { Listed, ListSource } from '../catalogue/parameters';
import type { Envelope } from '../http/messages';

/** The records in one page of a list. */
export function listed(source: ListSource, { data }: Envelope): Listed[] {
	if (source.map !== undefined) {
		const map = (data as Record<string, unknown> | undefined)?.[source.map] ?? {};
		return Object.entries(map as Record<string, object>).map(([id, entry]) => ({ id, ...entry }));
	}
	const outer = Array.isArray(data) ? (data as unknown[]) : [];
	const { list: inside } = source;
	const list =
		inside === undefined
			? outer
			: outer.flatMap((entry) => (entry as Record<string, unknown[]>)[inside] ?? []);
	return list.map((entry) =>
		typeof entry === 'object' && entry !== null ? (entry as Listed) : { id: entry },
	);
}

/** The ID of a record and what a person knows it by. */
export function entryOf(source: ListSource, record: Listed): { id: string; label: string } {
	const id = String(record[source.id ?? 'id']);
	return { id, label: source.label(record) || id };
}
