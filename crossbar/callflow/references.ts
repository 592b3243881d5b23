/** Which things of the account a callflow points to by their ids. */
import type { Found } from './flow';
import { childrenOf, dataOf, stepsOf } from './flow';
import type { PointedId } from './modules';
import { ENDPOINTS, modules } from './modules';
import { isRecord, plainText } from '../values/records';

export interface Reference {
	/** Where the id stands, dotted. */
	readonly path: string;
	readonly module: string;
	/** What it is the id of. */
	readonly parameter: PointedId;
	readonly id: string;
}

/** KAZOO's own ids. Keys of branches and sounds can be other texts too (`_`, prompts, addresses). */
const ID = /^[0-9a-f]{32}$/i;

/** Every id in a flow that points to something of the account. */
export function referencesOf(flow: unknown): Reference[] {
	return stepsOf(flow).flatMap(referencesIn);
}

/** The ids in one step. */
export function referencesIn({ node, path }: Found): Reference[] {
	const name = plainText(node.module);
	const known = modules[name];
	if (!known) return [];
	const data = dataOf(node);
	const points = Object.entries(known.points).flatMap(([field, parameter]) =>
		[data[field]].flat().map((id) => ({ path: `${path}.data.${field}`, parameter, id })),
	);
	const endpoints = (Array.isArray(data.endpoints) ? data.endpoints : []).flatMap((entry: unknown, index) => {
		if (!isRecord(entry)) return [];
		const parameter = ENDPOINTS[entry.endpoint_type as keyof typeof ENDPOINTS];
		return parameter ? [{ path: `${path}.data.endpoints.${index}.id`, parameter, id: entry.id }] : [];
	});
	const rules =
		known.children === 'rules'
			? childrenOf(node).map(([key]) => ({
					path: `${path}.children.${key}`,
					parameter: 'temporalRuleId' as const,
					id: key,
				}))
			: [];
	const sounds = points.filter(({ parameter }) => parameter === 'mediaId');
	const mayBeOther = new Set<unknown>([...sounds, ...rules]);
	return [...points, ...endpoints, ...rules].flatMap((point) => {
		const { id, ...rest } = point;
		if (typeof id !== 'string' || id === '' || (mayBeOther.has(point) && !ID.test(id))) return [];
		return [{ ...rest, module: name, id }];
	});
}
