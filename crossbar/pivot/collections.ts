/**
 * Digits that are asked for more than once in a call. KAZOO keeps what was collected under a name until the call ends
 * and takes it for an answer the next time it is to collect under that name, without waiting for the caller. So each
 * ask that comes back to us collects under a name of its own, which is taken off again when KAZOO tells the digits.
 */
import { isRecord, plainText } from '../values/records';

/** What KAZOO takes for the name when there is none. */
const UNNAMED = 'default';
/** Characters of the time of an answer and of the place of a step in it; names sort as they were asked. */
const TIME = 9;
const PLACE = 2;
const OWN_NAME = new RegExp(`^(.+)--([0-9a-z]{${TIME + PLACE}})$`);

type Node = Readonly<Record<string, unknown>>;

/**
 * A flow in which each `collect_dtmf` that leads back to us has a collection name that no other answer has.
 * @param isOurs whether an address is the one that gets the digits
 * @param now milliseconds
 */
export function withOwnCollections(flow: unknown, isOurs: (url: string) => boolean, now: number): unknown {
	const time = now.toString(36).padStart(TIME, '0');
	let place = 0;
	const leadsBack = (node: unknown): boolean => {
		if (!isRecord(node)) return false;
		const { module, data, children } = node;
		if (module === 'pivot' && isRecord(data) && isOurs(plainText(data.voice_url))) return true;
		return isRecord(children) && Object.values(children).some(leadsBack);
	};
	const named = (node: unknown): unknown => {
		if (!isRecord(node) || !isRecord(node.children)) return node;
		const children = Object.entries(node.children).map(([key, child]) => [key, named(child)]);
		const own: Node = { ...node, children: Object.fromEntries(children) as unknown };
		if (node.module !== 'collect_dtmf' || !leadsBack(node)) return own;
		const data = isRecord(node.data) ? node.data : {};
		const name = typeof data.collection_name === 'string' ? data.collection_name.trim() : '';
		const suffix = time + (place++).toString(36).padStart(PLACE, '0');
		return { ...own, data: { ...data, collection_name: `${name || UNNAMED}--${suffix}` } };
	};
	return named(flow);
}

/** What was collected, under the names that people gave; of several asks under one name the last counts. */
export interface Collected {
	readonly byName: Record<string, string>;
	/** What was typed last, when it is known. */
	readonly last?: string;
}

/** @param digits as KAZOO tells them, by the names of the collections */
export function collectedUnderNames(digits: Readonly<Record<string, string>>): Collected {
	const byName: Record<string, string> = {};
	const latest = new Map<string, string>();
	let last: { readonly when: string; readonly digits: string } | undefined;
	for (const [key, value] of Object.entries(digits)) {
		const [, name = key, when = ''] = OWN_NAME.exec(key) ?? [];
		if (when < (latest.get(name) ?? '')) continue;
		latest.set(name, when);
		byName[name] = value;
		if (when !== '' && when >= (last?.when ?? '')) last = { when, digits: value };
	}
	return { byName, ...(last === undefined ? {} : { last: last.digits }) };
}
