/** What differs between a document as it is and as it is wanted. Pure. */
import { createHash } from 'crypto';

import type { Document } from './kinds';
import { merge } from '../values/merge';
import { isRecord } from '../values/records';

/** A field that changes; `undefined` where it is not there. */
export interface FieldChange {
	readonly field: string;
	readonly from?: unknown;
	readonly to?: unknown;
}

/**
 * The document that comes of a wanted one laid over what is there: objects are merged, lists and plain values replaced.
 * A list whose entries are there already stays: the server fills in what they leave out (changes.md, Creating again).
 * @param exact names of objects in which a key that is not wanted goes, whatever depth they stand in
 */
export function overlay(current: unknown, wanted: unknown, exact: readonly string[]): unknown {
	return merge(current, wanted, {
		replaced: (key, base, change) => {
			// A step that becomes another one keeps nothing of the settings of the one before
			if ('module' in change && 'module' in base && change.module !== base.module) return 'everything';
			return exact.includes(key) ? 'unmentioned' : undefined;
		},
		list: (base, change) => (covers(base, change) ? base : change),
	});
}

function covers(current: readonly unknown[], wanted: readonly unknown[]): boolean {
	return (
		current.length === wanted.length &&
		wanted.every(
			(entry, index) => canonical(overlay(current[index], entry, [])) === canonical(current[index]),
		)
	);
}

/** The fields in which two documents differ, by their dotted paths; lists are compared as a whole. */
export function fieldChanges(from: unknown, to: unknown, path = ''): FieldChange[] {
	if (isRecord(from) && isRecord(to)) {
		const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
		return keys.flatMap((key) => fieldChanges(from[key], to[key], path === '' ? key : `${path}.${key}`));
	}
	return canonical(from) === canonical(to) ? [] : [{ field: path, from, to }];
}

/** What a PATCH has to say for `from` to become `to`: null removes a key (changes.md, Undo). */
export function patchOf(from: Document, to: Document): Document {
	const patch: Record<string, unknown> = {};
	for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
		const [before, after] = [from[key], to[key]];
		if (canonical(before) === canonical(after)) continue;
		if (after === undefined) patch[key] = null;
		// An empty object empties what is there, which is what is meant then
		else if (isRecord(before) && isRecord(after) && Object.keys(after).length > 0)
			patch[key] = patchOf(before, after);
		else patch[key] = after;
	}
	return patch;
}

/** Keys that a change would take out at any depth; accounts keep them (changes.md, Undo). */
export function removals(patch: Document, path = ''): string[] {
	return Object.entries(patch).flatMap(([key, value]) => {
		const at = path === '' ? key : `${path}.${key}`;
		if (value === null) return [at];
		return isRecord(value) ? removals(value, at) : [];
	});
}

/** JSON with sorted keys: equal for equal values. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isRecord(value)) return JSON.stringify(value) ?? 'undefined';
	const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
	entries.sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

/** A short mark of a value: two that differ have different ones. */
export function digest(value: unknown): string {
	return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
}
