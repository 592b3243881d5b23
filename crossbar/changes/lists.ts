/**
 * Changes to lists that say what goes in and what goes out, for changes to one document that were found apart: each
 * then leaves alone what another one does to the same list. Pure.
 */
import { isRecord } from '../values/records';
import { canonical, fieldChanges } from './difference';
import type { Document } from './kinds';

/** What one change does to a list. */
export interface ListChange {
	/** Its dotted path. */
	readonly field: string;
	readonly out: readonly unknown[];
	readonly in: readonly unknown[];
}

/** The lists that differ in more than their order. */
export function listChanges(from: Document, to: Document): ListChange[] {
	return fieldChanges(from, to).flatMap((change) => {
		const { field, from: before, to: after } = change;
		if (!Array.isArray(before) || !Array.isArray(after)) return [];
		const [out, more] = [lacking(before, after), lacking(after, before)];
		return out.length + more.length > 0 ? [{ field, out, in: more }] : [];
	});
}

/** A document after these changes to its lists; a list that is not there any more is made. */
export function withLists(document: Document, changes: readonly ListChange[] = []): Document {
	return changes.reduce((result, change) => changedAt(result, change.field.split('.'), change), document);
}

/** A document without these lists. */
export function withoutLists(document: Document, changes: readonly ListChange[]): Document {
	return changes.reduce((result, { field }) => takenOut(result, field.split('.')), document);
}

function changedAt(document: Document, [key = '', ...rest]: readonly string[], change: ListChange): Document {
	const value = document[key];
	if (rest.length > 0) return { ...document, [key]: changedAt(isRecord(value) ? value : {}, rest, change) };
	const list: unknown[] = Array.isArray(value) ? value : [];
	return { ...document, [key]: [...lacking(list, change.out), ...lacking(change.in, list)] };
}

function takenOut(document: Document, [key = '', ...rest]: readonly string[]): Document {
	const { [key]: value, ...others } = document;
	if (rest.length === 0) return others;
	const inside = isRecord(value) ? takenOut(value, rest) : {};
	return Object.keys(inside).length > 0 ? { ...others, [key]: inside } : others;
}

/** Entries that the other list does not have. */
function lacking(list: readonly unknown[], other: readonly unknown[]): unknown[] {
	const known = new Set(other.map(canonical));
	return list.filter((entry) => !known.has(canonical(entry)));
}
