/** When a property is shown: the shortest display options that fit exactly the operations it belongs to. */
import type { IDisplayOptions } from 'n8n-workflow';

import { catalogue } from '../../../crossbar/catalogue';
import type { Resource, Row } from '../../../crossbar/catalogue/notation';

/** An operation with its resource. */
export interface Entry {
	readonly resource: Resource;
	readonly row: Row;
}

/** Every operation of the catalogue. */
export const entries: readonly Entry[] = catalogue.flatMap((resource) =>
	resource.rows.map((row) => ({ resource, row })),
);

/** Operation values by resource. */
type ByResource = ReadonlyMap<string, readonly string[]>;

const everything = byResource(entries);

/**
 * Display options that together show a property for just these operations; one property each. Of the ways to say it
 * the shortest is taken, since every byte of the description is sent to the editor.
 * @param size of the property without its display options, in characters
 */
export function displayFor(matches: (entry: Entry) => boolean, size: number): IDisplayOptions[] {
	const matching = byResource(entries.filter(matches));
	if (matching.size === 0) return [];
	const ways = [grouped(matching), byOperation(matching), exceptResources(matching)];
	const cost = (way: IDisplayOptions[]): number => JSON.stringify(way).length + way.length * size;
	return ways.reduce((best, way) => (cost(way) < cost(best) ? way : best));
}

/** The values of the operations that match, in all resources together. */
export function operationsOf(matches: (entry: Entry) => boolean): string[] {
	return [...new Set(entries.filter(matches).map(({ row }) => row.value))].sort();
}

/** By operation alone, with resources in which the same value does not match apart. */
function byOperation(matching: ByResource): IDisplayOptions[] {
	const operations = [...new Set([...matching.values()].flat())].sort();
	const same = new Map(
		[...everything].map(([resource, values]) => [
			resource,
			values.filter((value) => operations.includes(value)),
		]),
	);
	const apart = [...same.keys()].filter(
		(resource) => String(same.get(resource)) !== String(matching.get(resource) ?? []),
	);
	const general = {
		show: { operation: operations },
		...(apart.length > 0 ? { hide: { resource: apart } } : {}),
	};
	return [general, ...grouped(only(matching, apart))];
}

/** Everywhere but in some resources, with those in which only some operations match apart. */
function exceptResources(matching: ByResource): IDisplayOptions[] {
	const apart = [...everything.keys()].filter(
		(resource) => String(everything.get(resource)) !== String(matching.get(resource) ?? []),
	);
	return [{ hide: { resource: apart } }, ...grouped(only(matching, apart))];
}

/** Resources with the same operations share one set of display options. */
function grouped(matching: ByResource): IDisplayOptions[] {
	const groups = new Map<
		string,
		{ resource: string[]; shown: readonly string[]; hidden: readonly string[] }
	>();
	for (const [resource, shown] of matching) {
		const hidden = (everything.get(resource) ?? []).filter((value) => !shown.includes(value));
		const shorter = String(hidden).length < String(shown).length;
		const key = shorter ? `not ${String(hidden)}` : String(shown);
		const group = groups.get(key) ?? {
			resource: [],
			shown: shorter ? [] : shown,
			hidden: shorter ? hidden : [],
		};
		group.resource.push(resource);
		groups.set(key, group);
	}
	return [...groups.values()].map(({ resource, shown, hidden }) => ({
		show: { resource, ...(shown.length > 0 ? { operation: [...shown] } : {}) },
		...(hidden.length > 0 ? { hide: { operation: [...hidden] } } : {}),
	}));
}

function only(matching: ByResource, resources: readonly string[]): ByResource {
	return new Map([...matching].filter(([resource]) => resources.includes(resource)));
}

function byResource(list: readonly Entry[]): ByResource {
	const map = new Map<string, string[]>();
	for (const { resource, row } of list)
		map.set(resource.value, [...(map.get(resource.value) ?? []), row.value].sort());
	return map;
}
