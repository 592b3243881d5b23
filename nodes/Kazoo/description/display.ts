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

/** Some operations. */
export type Rows = ReadonlySet<Row>;

/** The resource of each row, and the rows that have a value. */
const homes = new Map<Row, Resource>();
const havingValue = new Map<string, Row[]>();
for (const { resource, row } of entries) {
	homes.set(row, resource);
	const same = havingValue.get(row.value);
	if (same) same.push(row);
	else havingValue.set(row.value, [row]);
}

const everything: Rows = new Set(homes.keys());

/** The rows of which something is true. */
export function rowsWhere(matches: (row: Row) => boolean): Rows {
	const rows = new Set<Row>();
	for (const row of everything) if (matches(row)) rows.add(row);
	return rows;
}

/** The values of these operations, in all resources together. */
export function operationsOf(rows: Rows): string[] {
	const values = new Set<string>();
	for (const { value } of rows) values.add(value);
	return [...values].sort();
}

/**
 * Display options that together show a property for just these operations; one property each. Of the ways to say it
 * the shortest is taken, since every byte of the description is sent to the editor.
 * @param size of the property without its display options, in characters
 * @param among the operations that have to be told apart, when another condition leaves all others out
 */
export function displayFor(rows: Rows, size: number, among: Rows = everything): IDisplayOptions[] {
	if (rows.size === 0) return [];
	if (rows.size === among.size) return [{}];
	const ways = byOperation(rows, among, size);
	if (rows.size < everything.size / 2)
		ways.push(grouped(matchesOf(rows, rows, among), size), ...byClearOperation(rows, among, size));
	if (rows.size > among.size / 2)
		ways.push(exceptResources(rows, among, size), exceptOperations(rows, among, size));
	return shortest(ways, size);
}

function shortest(ways: readonly IDisplayOptions[][], size: number): IDisplayOptions[] {
	let best: IDisplayOptions[] = [];
	let least = Infinity;
	for (const way of ways) {
		const cost = JSON.stringify(way).length + way.length * size;
		if (cost < least) [best, least] = [way, cost];
	}
	return best;
}

/** Which operations of a resource match, and which do not. */
interface Match {
	readonly resource: string;
	readonly shown: readonly string[];
	readonly hidden: readonly string[];
}

/** Of each resource in which some of these operations are. */
function matchesOf(touching: Iterable<Row>, rows: Rows, among: Rows): Match[] {
	const touched = new Set<Resource>();
	for (const row of touching) touched.add(homes.get(row) as Resource);
	const matches: Match[] = [];
	for (const resource of touched) {
		const shown: string[] = [];
		const hidden: string[] = [];
		for (const row of resource.rows) {
			if (rows.has(row)) shown.push(row.value);
			else if (among.has(row)) hidden.push(row.value);
		}
		matches.push({ resource: resource.value, shown, hidden });
	}
	return matches;
}

const namesOf = (matches: readonly Match[]): string[] => matches.map(({ resource }) => resource);

/** The rows that do not match although their values do; `undefined` if there are more of them than wanted. */
function wrongRows(rows: Rows, among: Rows, most: number): Row[] | undefined {
	const wrong: Row[] = [];
	for (const value of operationsOf(rows)) {
		for (const row of havingValue.get(value) ?? []) if (!rows.has(row) && among.has(row)) wrong.push(row);
		if (wrong.length > most) return undefined;
	}
	return wrong;
}

/** By operation alone, with resources in which the same value does not match apart; none where most do not match. */
function byOperation(rows: Rows, among: Rows, size: number): IDisplayOptions[][] {
	const wrong = wrongRows(rows, among, rows.size);
	if (!wrong) return [];
	const apart = matchesOf(wrong, rows, among);
	const hide = apart.length > 0 ? { hide: { resource: namesOf(apart) } } : {};
	return [[{ show: { operation: operationsOf(rows) }, ...hide }, ...grouped(apart, size)]];
}

/** By the operations that match wherever they are, with the others by resource, or by operation. */
function byClearOperation(rows: Rows, among: Rows, size: number): IDisplayOptions[][] {
	const clear = new Set<Row>();
	const others = new Set<Row>();
	for (const row of rows) {
		const isClear = havingValue.get(row.value)?.every((same) => rows.has(same) || !among.has(same));
		(isClear ? clear : others).add(row);
	}
	if (clear.size === 0 || others.size === 0) return [];
	const first = { show: { operation: operationsOf(clear) } };
	return [grouped(matchesOf(others, others, among), size), ...byOperation(others, among, size)].map(
		(rest) => [first, ...rest],
	);
}

/** Everywhere but in some resources, with those in which only some operations match apart. */
function exceptResources(rows: Rows, among: Rows, size: number): IDisplayOptions[] {
	const apart = matchesOf(without(among, rows), rows, among);
	return [{ hide: { resource: namesOf(apart) } }, ...grouped(apart, size)];
}

/** Everywhere but for operations that never match, and in some resources, with the others of those apart. */
function exceptOperations(rows: Rows, among: Rows, size: number): IDisplayOptions[] {
	const wrong = new Set(wrongRows(rows, among, among.size));
	const apart = matchesOf(wrong, rows, among);
	const never = operationsOf(without(without(among, rows), wrong));
	const hide = {
		...(apart.length > 0 ? { resource: namesOf(apart) } : {}),
		...(never.length > 0 ? { operation: never } : {}),
	};
	return [{ hide }, ...grouped(apart, size)];
}

function without(rows: Rows, others: Rows): Rows {
	const left = new Set<Row>();
	for (const row of rows) if (!others.has(row)) left.add(row);
	return left;
}

/** Resources that share one set of display options: by the operations that show, or that hide. */
interface Group {
	readonly by: 'shown' | 'hidden';
	readonly resources: string[];
	readonly operations: Set<string>;
	/** What must not become one of the operations. */
	readonly opposite: Set<string>;
}

/** As few sets of display options as are found, told by what shows and what hides, or where that costs less by what shows. */
function grouped(matches: readonly Match[], size: number): IDisplayOptions[] {
	return shortest([groupedBy(matches), groupedBy(matches, 'shown')], size);
}

/** A resource joins others whose operations say nothing wrong of it. @param only how all of them are told */
function groupedBy(matches: readonly Match[], only?: Group['by']): IDisplayOptions[] {
	const groups: Group[] = [];
	for (const match of matches) {
		if (match.shown.length === 0) continue;
		let group = groups.find((one) => fits(one, match));
		if (!group) {
			const by = only ?? (String(match.hidden).length < String(match.shown).length ? 'hidden' : 'shown');
			group = { by, resources: [], operations: new Set(), opposite: new Set() };
			groups.push(group);
		}
		group.resources.push(match.resource);
		for (const operation of match[group.by]) group.operations.add(operation);
		for (const operation of match[OPPOSITE[group.by]]) group.opposite.add(operation);
	}
	return groups.map(({ by, resources: resource, operations }) => {
		const operation = [...operations].sort();
		if (by === 'shown') return { show: { resource, operation } };
		return { show: { resource }, ...(operation.length > 0 ? { hide: { operation } } : {}) };
	});
}

const OPPOSITE = { shown: 'hidden', hidden: 'shown' } as const;

function fits({ by, operations, opposite }: Group, match: Match): boolean {
	return (
		!match[by].some((operation) => opposite.has(operation)) &&
		!match[OPPOSITE[by]].some((operation) => operations.has(operation))
	);
}

/** Display conditions of a part of the form that is only asked for then. */
export const conditions = (when: When | undefined): Record<string, string[]> =>
	when ? { [when.field]: [when.is] } : {};
