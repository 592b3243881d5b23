/** What a server gives as a list of records: checked where it comes in. */
import type { IDataObject } from 'n8n-workflow';

/** Whether it is an object, and neither nothing nor a list. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A table whose rows are its own alone: nothing is found under `constructor` or `toString`, which others give as names. */
export function table<Rows extends object>(rows: Rows): Rows {
	return Object.assign(Object.create(null) as Rows, rows);
}

/** The records of a list; what else stands in it is left out. */
export function recordsIn<Item extends IDataObject = IDataObject>(data: unknown): Item[] {
	return Array.isArray(data) ? data.filter((entry): entry is Item => isRecord(entry)) : [];
}

/**
 * A record that came as a row of the database (`{id, key, value: {…}}`, as KAZOO 4 lists text messages) as the record
 * itself; others as they are.
 */
export function fromRow(record: IDataObject): IDataObject {
	const { id, key, value } = record;
	if (key === undefined || !isRecord(value) || Object.keys(record).length !== 3) return record;
	return { id, ...value };
}

/** A text, or a number or a switch as one; nothing of an object, which has no text of its own. */
export function plainText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value)
		: '';
}
