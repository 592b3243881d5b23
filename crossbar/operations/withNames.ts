/**
 * Names beside ids in lists: whose phone it is, who the agent is. One list more tells them all, and only where a record
 * has an id at all.
 */
import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../catalogue/notation';
import type { ParameterName } from '../catalogue/parameters';
import { parameter } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import { throwIfCancelled } from '../http/wait';
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
	const wanted = Object.entries(row.names ?? {}).filter(([, { id }]) =>
		outcome.records.some((record) => isId(record[id])),
	);
	const kinds = [...new Set(wanted.map(([, { of }]) => of))];
	const missing: string[] = [];
	const known = new Map<ParameterName, ReadonlyMap<string, string>>();
	await Promise.all(
		kinds.map(async (of) => {
			const { list, label } = parameter(of);
			if (!list) return;
			try {
				const records = await listedOnce(list, fillPath(list.path, input.path), label, transport);
				known.set(
					of,
					new Map(
						records.map((record) => [
							entryOf(list, record).id,
							String(list.names?.(record).find(Boolean) ?? list.label(record)),
						]),
					),
				);
			} catch {
				missing.push(label);
				throwIfCancelled(transport.cancelSignal());
			}
		}),
	);
	const records = outcome.records.map((record) => named(record, row, known));
	if (missing.length === 0) return { ...outcome, records };
	const hint = `Without names, since these could not be read: ${missing.join(', ')}`;
	return { ...outcome, records, hint: outcome.hint ? `${outcome.hint}. ${hint}` : hint };
}

const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** All records of a list have the same keys, so that they make one table: without a name there is null. */
function named(
	record: IDataObject,
	{ names = {} }: Row,
	known: ReadonlyMap<ParameterName, ReadonlyMap<string, string>>,
): IDataObject {
	const found = Object.entries(names).map(([key, { id, of }]) => {
		const value = record[id];
		return [key, (isId(value) && known.get(of)?.get(value)) || null] as const;
	});
	return { ...Object.fromEntries(found.filter(([key]) => record[key] === undefined)), ...record };
}
