/** When a property is shown: the shortest display options that fit exactly the operations it belongs to. */
import type { IDisplayOptions } from 'n8n-workflow';

import { catalogue } from '../../../crossbar/catalogue';
import type { Resource, Row, When } from '../../../crossbar/catalogue/notation';

/** An operation with its resource. */
export interface Entry {
	readonly resource: Resource;
	readonly row: Row;
}

/** Every operation of the catalogue. */
export const entries: readonly Entry[] = catalogue.flatMap((resource) =>
	resource.rows.map((row) => ({ resource, row })),
);

/** The rows of which something is true. */
export function rowsWhere(matches: (row: Row) => boolean): ReadonlySet<Row> {
	return new Set(entries.map(({ row }) => row).filter(matches));
}

/** The values of these operations, in all resources together. */
export function operationsOf(rows: ReadonlySet<Row>): string[] {
	return [...new Set([...rows].map(({ value }) => value))].sort();
}

/** The resource of each row, and the resources that have an operation of a value. */
const homes = new Map(entries.map(({ resource, row }) => [row, resource]));
const havingValue = new Map<string, Set<Resource>>();
for (const { resource, row } of entries) {
	havingValue.set(row.value, (havingValue.get(row.value) ?? new Set()).add(resource));
}

/**
 * Display options that together show a property for just these operations; one property each. Of the ways to say it
 * the shortest is taken, since every byte of the description is sent to the editor.
 * @param size of the property without its display options, in characters
 */
export function displayFor(rows: ReadonlySet<Row>, size: number): IDisplayOptions[] {
	if (rows.size === 0) return [];
	const touched = new Set([...rows].map((row) => homes.get(row) as Resource));
	const ways = [
		grouped([...touched].map((resource) => matchOf(resource, rows))),
		byOperation(rows),
		...byClearOperation(rows),
	];
	if (rows.size > entries.length / 2) ways.push(exceptResources(rows), exceptOperations(rows));
	const cost = (way: IDisplayOptions[]): number => JSON.stringify(way).length + way.length * size;
	return ways.reduce((best, way) => (cost(way) < cost(best) ? way : best));
}

/** Which operations of a resource match, and which do not. */
interface Match {
	readonly resource: string;
	readonly shown: readonly string[];
	readonly hidden: readonly string[];
}

/** The rows of each resource in the order of their values, so that what is picked from them is in order. */
const ordered = new Map(
	catalogue.map((resource) => [resource, [...resource.rows].sort((a, b) => (a.value < b.value ? -1 : 1))]),
);

function matchOf(resource: Resource, rows: ReadonlySet<Row>): Match {
	const shown: string[] = [];
	const hidden: string[] = [];
	for (const row of ordered.get(resource) ?? []) (rows.has(row) ? shown : hidden).push(row.value);
	return { resource: resource.value, shown, hidden };
}

/** By operation alone, with resources in which the same value does not match apart. */
function byOperation(rows: ReadonlySet<Row>): IDisplayOptions[] {
	const operation = operationsOf(rows);
	const values = new Set(operation);
	const candidates = new Set(operation.flatMap((value) => [...(havingValue.get(value) ?? [])]));
	const apart = [...candidates]
		.map((resource) => matchOf(resource, rows))
		.filter(({ hidden }) => hidden.some((value) => values.has(value)));
	const hide = apart.length > 0 ? { hide: { resource: apart.map(({ resource }) => resource) } } : {};
	return [{ show: { operation }, ...hide }, ...grouped(apart)];
}

/** By the operations that match wherever they are, with the others by resource, or by operation. */
function byClearOperation(rows: ReadonlySet<Row>): IDisplayOptions[][] {
	const everywhere = (value: string): boolean =>
		entries.every(({ row }) => row.value !== value || rows.has(row));
	const operation = operationsOf(rows).filter(everywhere);
	const others = new Set([...rows].filter(({ value }) => !operation.includes(value)));
	if (operation.length === 0 || others.size === 0) return [];
	const touched = new Set([...others].map((row) => homes.get(row) as Resource));
	const byResource = grouped([...touched].map((resource) => matchOf(resource, others)));
	return [byResource, byOperation(others)].map((rest) => [{ show: { operation } }, ...rest]);
}

/** Everywhere but in some resources, with those in which only some operations match apart. */
function exceptResources(rows: ReadonlySet<Row>): IDisplayOptions[] {
	const apart = catalogue
		.map((resource) => matchOf(resource, rows))
		.filter(({ hidden }) => hidden.length > 0);
	return [{ hide: { resource: apart.map(({ resource }) => resource) } }, ...grouped(apart)];
}

/** Everywhere but for operations that never match, and in some resources, with the others of those apart. */
function exceptOperations(rows: ReadonlySet<Row>): IDisplayOptions[] {
	const matching = new Set(operationsOf(rows));
	const never = [...havingValue.keys()].filter((value) => !matching.has(value)).sort();
	const apart = catalogue
		.map((resource) => matchOf(resource, rows))
		.filter(({ hidden }) => hidden.some((value) => matching.has(value)));
	const hide = {
		...(apart.length > 0 ? { resource: apart.map(({ resource }) => resource) } : {}),
		...(never.length > 0 ? { operation: never } : {}),
	};
	return [{ hide }, ...grouped(apart)];
}

/** Resources with the same operations share one set of display options. */
function grouped(matching: readonly Match[]): IDisplayOptions[] {
	const groups = new Map<string, Match & { resources: string[] }>();
	for (const match of matching) {
		if (match.shown.length === 0) continue;
		const hides = String(match.hidden).length < String(match.shown).length;
		const key = hides ? `not ${String(match.hidden)}` : String(match.shown);
		const group = groups.get(key) ?? {
			...match,
			...(hides ? { shown: [] } : { hidden: [] }),
			resources: [],
		};
		group.resources.push(match.resource);
		groups.set(key, group);
	}
	return [...groups.values()].map(({ resources, shown, hidden }) => ({
		show: { resource: resources, ...(shown.length > 0 ? { operation: [...shown] } : {}) },
		...(hidden.length > 0 ? { hide: { operation: [...hidden] } } : {}),
	}));
}

/** Display conditions of a part of the form that is only asked for then. */
export const conditions = (when: When | undefined): Record<string, string[]> =>
	when ? { [when.field]: [when.is] } : {};
