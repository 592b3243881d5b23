/** A change laid over what is there, as Crossbar's PATCH does it. */
import { isRecord } from './records';

type Fields = Readonly<Record<string, unknown>>;

/** What does not stay of an object that is changed: all of it, or what the change does not mention. */
export type Replaced = 'everything' | 'unmentioned' | undefined;

/**
 * Objects are merged at every depth, lists and plain values replaced, null takes out.
 * @param replaced for objects that are not merged, told by the key that they stand under
 * @returns a copy; nothing for null
 */
export function merge(
	current: unknown,
	change: unknown,
	replaced: (key: string, current: Fields, change: Fields) => Replaced = () => undefined,
	key = '',
): unknown {
	if (change === null) return undefined;
	if (!isRecord(change)) return change;
	const base: Fields = isRecord(current) ? current : {};
	const how = replaced(key, base, change);
	const merged: Record<string, unknown> = how === undefined ? { ...base } : {};
	for (const [name, value] of Object.entries(change)) {
		const result = merge(how === 'everything' ? undefined : base[name], value, replaced, name);
		if (result === undefined) delete merged[name];
		else merged[name] = result;
	}
	return merged;
}
