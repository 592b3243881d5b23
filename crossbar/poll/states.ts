/** What changed between two looks at something that has a state and no time. */
import { createHash } from 'crypto';

/** State by key (an id, a number), each a short text. */
export type Snapshot = Readonly<Record<string, string>>;

export interface Change {
	readonly key: string;
	/** Nothing: it was not there. */
	readonly before?: string;
	/** Nothing: it is gone. */
	readonly after?: string;
}

/** @returns what is new, different or gone, in the order of the new snapshot, then of the old one */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
	const found: Change[] = [];
	for (const [key, state] of Object.entries(after)) {
		if (!Object.hasOwn(before, key)) found.push({ key, after: state });
		else if (before[key] !== state) found.push({ key, before: before[key], after: state });
	}
	for (const [key, state] of Object.entries(before)) {
		if (!Object.hasOwn(after, key)) found.push({ key, before: state });
	}
	return found;
}

/** A short text that differs when the value does; the order of keys does not matter. */
export function digest(value: unknown): string {
	return createHash('sha1').update(canonical(value)).digest('base64url').slice(0, 11);
}

function canonical(value: unknown): string {
	return (
		JSON.stringify(value, (_, entry: unknown) =>
			typeof entry === 'object' && entry !== null && !Array.isArray(entry)
				? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
				: entry,
		) ?? ''
	);
}
