/** A change laid over what is there, as Crossbar's PATCH does it. */
import { isRecord } from './records';

type Fields = Readonly<Record<string, unknown>>;

/** What is done otherwise than PATCH does it. */
export interface Rules {
	/** What does not stay of an object, told by the key that it stands under: all of it, or what is not mentioned. */
	readonly replaced?: (
		key: string,
		current: Fields,
		change: Fields,
	) => 'everything' | 'unmentioned' | undefined;
	/** What comes of two lists; the second one if left out. */
	readonly list?: (current: readonly unknown[], change: readonly unknown[]) => readonly unknown[];
}

/**
 * Objects are merged at every depth, lists and plain values replaced, null takes out.
 * @returns a copy; nothing for null
 */
export function merge(current: unknown, change: unknown, rules: Rules = {}, key = ''): unknown {
	if (change === null) return undefined;
	if (Array.isArray(change) && Array.isArray(current)) return rules.list?.(current, change) ?? change;
	if (!isRecord(change)) return change;
	const base: Fields = isRecord(current) ? current : {};
	const how = rules.replaced?.(key, base, change);
	const merged: Record<string, unknown> = how === undefined ? { ...base } : {};
	for (const [name, value] of Object.entries(change)) {
		const result = merge(how === 'everything' ? undefined : base[name], value, rules, name);
		if (result === undefined) delete merged[name];
		else merged[name] = result;
	}
	return merged;
}
