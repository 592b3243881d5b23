/**
 * Names beside ids: whose phone it is, who is in a group. One list more tells them all, and only where a record has an
 * id at all.
 */
import type { IDataObject } from 'n8n-workflow';

import type { NameSource } from '../catalogue/notation';
import { parameter } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import { throwIfCancelled } from '../http/wait';
import { isRecord } from '../values/records';
import { entryOf } from './lists';
import { listedOnce } from './names';
import type { Operation, Outcome } from './operation';
import { fillPath } from './request';

/** Whether names are looked up for what comes out. */
export function wantsNames({ row, names }: Operation, transport: Transport): boolean {
	return names === true && row.names !== undefined && !transport.isDryRun;
}

/** The records with a name beside each id that has one. What cannot be read for them is said in the hint. */
export async function withNames(
	outcome: Outcome,
	{ row, input }: Operation,
	transport: Transport,
): Promise<Outcome> {
	const sources = Object.entries(row.names ?? {});
	const wanted = sources.filter(([, source]) =>
		outcome.records.some((record) => idsIn(record, source).length > 0),
	);
	const missing: string[] = [];
	const known = new Map<string, string>();
	await Promise.all(
		[...new Set(wanted.flatMap(([, { of }]) => of))].map(async (of) => {
			const { list, label } = parameter(of);
			if (!list) return;
			try {
				const records = await listedOnce(list, fillPath(list.path, input.path), label, transport);
				for (const record of records)
					known.set(
						entryOf(list, record).id,
						String(list.names?.(record).find(Boolean) ?? list.label(record)),
					);
			} catch {
				missing.push(label);
				throwIfCancelled(transport.cancelSignal());
			}
		}),
	);
	const records = outcome.records.map((record) => named(record, sources, known));
	if (missing.length === 0) return { ...outcome, records };
	const hint = `Without names, since these could not be read: ${missing.join(', ')}`;
	return { ...outcome, records, hint: outcome.hint ? `${outcome.hint}. ${hint}` : hint };
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The ids that stand in a record: one, a list of them, a list of records that hold one each, or the keys of a map. */
function idsIn(record: IDataObject, { id, each }: NameSource): string[] {
	const value = record[id];
	if (Array.isArray(value))
		return value.map((entry: unknown) => (each && isRecord(entry) ? entry[each] : entry)).filter(isId);
	if (!isRecord(value)) return isId(value) ? [value] : [];
	// Members ring in the order of their weights
	const weight = (entry: unknown): number => Number(isRecord(entry) ? entry.weight : 0) || 0;
	const members = Object.entries(value).sort(([, a], [, b]) => weight(a) - weight(b));
	return members.map(([member]) => member);
}

/**
 * All records of a list have the same keys, so that they make one table: without a name there is null. Where there are
 * several, one that has no name stands there by its id, so that they can be counted.
 */
function named(
	record: IDataObject,
	sources: ReadonlyArray<readonly [string, NameSource]>,
	known: ReadonlyMap<string, string>,
): IDataObject {
	const found = sources.map(([key, source]) => {
		const ids = idsIn(record, source);
		const isOne = !isRecord(record[source.id]) && !Array.isArray(record[source.id]);
		const name = isOne ? (known.get(ids[0] ?? '') ?? null) : ids.map((id) => known.get(id) ?? id);
		return [key, name] as const;
	});
	return { ...Object.fromEntries(found.filter(([key]) => record[key] === undefined)), ...record };
}
