/** A callflow as Crossbar keeps it, and the walk over its steps. */
import { isRecord } from '../values/records';

/** A step with what follows: `_` is what comes next, other keys are branches. */
export interface Step {
	module: string;
	data: Record<string, unknown>;
	children: Record<string, Step>;
}

/** A step of a stored callflow, of which nothing is sure, with its dotted path and the key that leads to it. */
export interface Found {
	readonly path: string;
	readonly key?: string;
	readonly node: Readonly<Record<string, unknown>>;
	readonly depth: number;
	/** What stands where a step should be and is none. */
	readonly broken?: unknown;
}

/** The most steps that are looked at: a flow larger than this is no flow that a person made. */
const MOST = 5000;

/** Every step of a flow, each before its branches; `_` is the last of them. */
export function stepsOf(flow: unknown, path = 'flow'): Found[] {
	const found: Found[] = [];
	const visit = (node: unknown, at: string, depth: number, key?: string): void => {
		if (found.length >= MOST) return;
		const here = { path: at, depth, ...(key === undefined ? {} : { key }) };
		if (!isRecord(node)) {
			found.push({ ...here, node: {}, broken: node });
			return;
		}
		found.push({ ...here, node });
		for (const [name, child] of childrenOf(node)) visit(child, `${at}.children.${name}`, depth + 1, name);
	};
	visit(flow, path, 0);
	return found;
}

/** The children of a step: branches in their order, `_` last. */
export function childrenOf({ children }: { readonly children?: unknown }): Array<[string, unknown]> {
	const entries = isRecord(children) ? Object.entries(children) : [];
	return [...entries.filter(([key]) => key !== '_'), ...entries.filter(([key]) => key === '_')];
}

/** `data` of a step; nothing where it is no object. */
export function dataOf({ data }: { readonly data?: unknown }): Readonly<Record<string, unknown>> {
	return isRecord(data) ? data : {};
}

/** A step as somebody wrote it in JSON. */
export function isStep(value: unknown): value is { module: string; data?: unknown; children?: unknown } {
	return isRecord(value) && typeof value.module === 'string';
}
