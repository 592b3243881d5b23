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

/** The rows of which something is true. */
export function rowsWhere(matches: (row: Row) => boolean): Rows {
	return new Set(entries.map(({ row }) => row).filter(matches));
}

/** The values of these operations, in all resources together. */
export function operationsOf(rows: Rows): string[] {
	return [...new Set([...rows].map(({ value }) => value))].sort();
}

/** The resource of each row, and the rows that have a value. */
const homes = new Map(entries.map(({ resource, row }) => [row, resource]));
const havingValue = new Map<string, Row[]>();
for (const { row } of entries) {
	const same = havingValue.get(row.value);
	if (same) same.push(row);
	else havingValue.set(row.value, [row]);
}

/** The rows of each resource in the order of their values, so that what is picked from them is in order. */
const ordered = new Map(
	catalogue.map((resource) => [resource, [...resource.rows].sort((a, b) => (a.value < b.value ? -1 : 1))]),
);

const everything: Rows = new Set(homes.keys());

/**
 * Display options that together show a property for just these operations; one property each. Of the ways to say it
 * the shortest is taken, since every byte of the description is sent to the editor.
 * @param size of the property without its display options, in characters
 * @param among the operations that have to be told apart, when another condition leaves all others out
 */
export function displayFor(rows: Rows, size: number, among: Rows = everything): IDisplayOptions[] {
	if (rows.size === 0) return [];
	if (rows.size === among.size) return [{}];
	const ways = [
		grouped(matchesOf(rows, rows, among)),
		...byOperation(rows, among),
		...byClearOperation(rows, among),
	];
	if (rows.size > among.size / 2) ways.push(exceptResources(rows, among), exceptOperations(rows, among));
	const cost = (way: IDisplayOptions[]): number => JSON.stringify(way).length + way.length * size;
	let [best = [], ...others] = ways;
	let least = cost(best);
	for (const way of others) {
		const costs = cost(way);
		if (costs < least) [best, least] = [way, costs];
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
	return [...touched].map((resource) => {
		const shown: string[] = [];
		const hidden: string[] = [];
		for (const row of ordered.get(resource) ?? []) {
			if (rows.has(row)) shown.push(row.value);
			else if (among.has(row)) hidden.push(row.value);
		}
		return { resource: resource.value, shown, hidden };
	});
}

const namesOf = (matches: readonly Match[]): string[] => matches.map(({ resource }) => resource);

/** By operation alone, with resources in which the same value does not match apart; none where most do not match. */
function byOperation(rows: Rows, among: Rows): IDisplayOptions[][] {
	const operation = operationsOf(rows);
	const wrong = operation.flatMap((value) =>
		(havingValue.get(value) ?? []).filter((row) => among.has(row) && !rows.has(row)),
	);
	if (wrong.length > rows.size) return [];
	const apart = matchesOf(wrong, rows, among);
	const hide = apart.length > 0 ? { hide: { resource: namesOf(apart) } } : {};
	return [[{ show: { operation }, ...hide }, ...grouped(apart)]];
}

/** By the operations that match wherever they are, with the others by resource, or by operation. */
function byClearOperation(rows: Rows, among: Rows): IDisplayOptions[][] {
	const operation = operationsOf(rows).filter((value) =>
		havingValue.get(value)?.every((row) => rows.has(row) || !among.has(row)),
	);
	const clear = new Set(operation);
	const others = new Set([...rows].filter(({ value }) => !clear.has(value)));
	if (clear.size === 0 || others.size === 0) return [];
	return [grouped(matchesOf(others, others, among)), ...byOperation(others, among)].map((rest) => [
		{ show: { operation } },
		...rest,
	]);
}

/** Everywhere but in some resources, with those in which only some operations match apart. */
function exceptResources(rows: Rows, among: Rows): IDisplayOptions[] {
	const apart = matchesOf(among, rows, among).filter(({ hidden }) => hidden.length > 0);
	return [{ hide: { resource: namesOf(apart) } }, ...grouped(apart)];
}

/** Everywhere but for operations that never match, and in some resources, with the others of those apart. */
function exceptOperations(rows: Rows, among: Rows): IDisplayOptions[] {
	const matching = new Set(operationsOf(rows));
	const never = operationsOf(among).filter((value) => !matching.has(value));
	const apart = matchesOf(among, rows, among).filter(({ hidden }) =>
		hidden.some((value) => matching.has(value)),
	);
	const hide = {
		...(apart.length > 0 ? { resource: namesOf(apart) } : {}),
		...(never.length > 0 ? { operation: never } : {}),
	};
	return [{ hide }, ...grouped(apart)];
}

/** Resources that share one set of display options: by the operations that show, or that hide. */
interface Group {
	readonly by: 'shown' | 'hidden';
	readonly operations: Set<string>;
	readonly members: Match[];
}

/** As few sets of display options as are found: a resource joins others whose operations say nothing wrong of it. */
function grouped(matches: readonly Match[]): IDisplayOptions[] {
	const groups: Group[] = [];
	for (const match of matches) {
		if (match.shown.length === 0) continue;
		const joined = groups.find((group) => fits(group, match));
		if (joined) {
			joined.members.push(match);
			for (const operation of match[joined.by]) joined.operations.add(operation);
		} else {
			const by = String(match.hidden).length < String(match.shown).length ? 'hidden' : 'shown';
			groups.push({ by, operations: new Set(match[by]), members: [match] });
		}
	}
	return groups.map(({ by, operations, members }) => {
		const resource = namesOf(members);
		const operation = [...operations].sort();
		if (by === 'shown') return { show: { resource, operation } };
		return { show: { resource }, ...(operation.length > 0 ? { hide: { operation } } : {}) };
	});
}

/** Whether a resource can join a group: the operations of each must not be the opposite ones of the other. */
function fits({ by, operations, members }: Group, match: Match): boolean {
	const opposite = by === 'shown' ? 'hidden' : 'shown';
	return (
		!match[opposite].some((operation) => operations.has(operation)) &&
		!members.some((member) => member[opposite].some((operation) => match[by].includes(operation)))
	);
}

/** Display conditions of a part of the form that is only asked for then. */
export const conditions = (when: When | undefined): Record<string, string[]> =>
	when ? { [when.field]: [when.is] } : {};
