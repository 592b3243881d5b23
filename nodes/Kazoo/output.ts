/** From records to items as people want to see them. */
import type { IDataObject } from 'n8n-workflow';

import type { Row } from '../../crossbar/catalogue/notation';
import type { Envelope } from '../../crossbar/http/messages';
import { namesFirst } from '../../crossbar/values/keyOrder';
import { dateToIso } from '../../crossbar/values/time';

export interface OutputOptions {
	readonly simplify: boolean;
	readonly rawDates: boolean;
	readonly includeMetadata: boolean;
}

/** @returns the record with ISO dates, reduced to the row's simple fields, with the envelope's metadata when asked for */
export function present(
	record: IDataObject,
	row: Row,
	envelope: Envelope,
	options: OutputOptions,
): IDataObject {
	// First the few fields, then the dates in them: lists of a hundred thousand records come this way
	const chosen = options.simplify && row.simple ? pick(record, simpleOf(row, row.simple)) : record;
	const shown = options.rawDates ? namesFirst(chosen) : namesFirst<unknown>(chosen, dateToIso);
	return (options.includeMetadata ? { ...shown, _metadata: metadataOf(envelope) } : shown) as IDataObject;
}

/** Names that were looked up are among the few fields. */
const simpleOf = ({ names }: Row, simple: readonly string[]): readonly string[] =>
	names ? [...Object.keys(names), ...simple] : simple;

/** The chosen fields that are there, in their order; nested ones keep their nesting unless they have another name. */
function pick(record: IDataObject, paths: readonly string[]): IDataObject {
	const picked: IDataObject = {};
	for (const path of paths) {
		if (!path.includes('.')) {
			if (record[path] !== undefined) picked[path] = record[path];
			continue;
		}
		const [from = '', name] = path.split(': ', 2).reverse();
		const keys = from.split('.');
		const value = keys.reduce<unknown>((place, key) => (place as IDataObject | undefined)?.[key], record);
		if (value === undefined) continue;
		if (name !== undefined) {
			picked[name] = value;
			continue;
		}
		let target = picked;
		for (const key of keys.slice(0, -1)) target = (target[key] ??= {}) as IDataObject;
		target[keys.at(-1) as string] = value;
	}
	return picked;
}

/** What the envelope says beside the data; never its token. */
function metadataOf(envelope: Envelope): IDataObject {
	const { request_id, revision, timestamp, version, page_size, next_start_key, metadata } = envelope;
	return Object.fromEntries(
		Object.entries({
			request_id,
			revision,
			timestamp,
			version,
			page_size,
			next_start_key,
			...metadata,
		}).filter(([, value]) => value !== undefined),
	);
}
