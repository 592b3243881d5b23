import type { Fields } from '../store/database';

/** A step of a callflow as it is stored. */
export interface Flow {
	module: string;
	data: Fields;
	children?: Record<string, Flow>;
}

/** A step as somebody wrote it: nothing of it has been checked. */
interface Node extends Fields {
	module?: unknown;
	data?: unknown;
	children?: unknown;
}

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every step of a flow, the first one first, with its path. */
export function* stepsOf(node: unknown, path = 'flow'): Generator<{ node: Node; path: string }> {
	if (!isObject(node)) return;
	yield { node, path };
	if (!isObject(node.children)) return;
	for (const [key, child] of Object.entries(node.children)) yield* stepsOf(child, `${path}.children.${key}`);
}
