/** When a property is shown: the smallest display options that fit exactly the operations it belongs to. */
import type { IDisplayOptions } from 'n8n-workflow';

import { catalogue } from '../../../crossbar/catalogue';
import type { Resource, Row } from '../../../crossbar/catalogue/notation';

/** An operation with its resource. */
export interface Entry {
	readonly resource: Resource;
	readonly row: Row;
}

export const entries: readonly Entry[] = catalogue.flatMap((resource) =>
	resource.rows.map((row) => ({ resource, row })),
);

/**
 * Display options that together show a property for just these operations; one property each.
 * Operation values mean the same everywhere, so most shared properties need only one, by operation alone.
 */
export function displayFor(matches: (entry: Entry) => boolean): IDisplayOptions[] {
	const matching = byResource(entries.filter(matches));
	if (matching.size === 0) return [];
	const operations = [...new Set([...matching.values()].flat())].sort();
	const everywhere = byResource(entries.filter(({ row }) => operations.includes(row.value)));
	const exceptions = [...everywhere.keys()].filter(
		(resource) => String(matching.get(resource) ?? []) !== String(everywhere.get(resource)),
	);
	const general: IDisplayOptions = {
		show: { operation: operations },
		...(exceptions.length > 0 ? { hide: { resource: exceptions } } : {}),
	};
	const special = grouped(new Map([...matching].filter(([resource]) => exceptions.includes(resource))));
	const separate = grouped(matching);
	const generalNeeded = [...matching.keys()].some((resource) => !exceptions.includes(resource));
	const mixed = [...(generalNeeded ? [general] : []), ...special];
	return mixed.length < separate.length ? mixed : separate;
}

function byResource(list: readonly Entry[]): Map<string, string[]> {
	const map = new Map<string, string[]>();
	for (const { resource, row } of list)
		map.set(resource.value, [...(map.get(resource.value) ?? []), row.value].sort());
	return map;
}

/** Resources with the same operations share one set of display options. */
function grouped(map: ReadonlyMap<string, readonly string[]>): IDisplayOptions[] {
	const groups = new Map<string, { resource: string[]; operation: string[] }>();
	for (const [resource, operations] of map) {
		const group = groups.get(String(operations)) ?? { resource: [], operation: [...operations] };
		group.resource.push(resource);
		groups.set(String(operations), group);
	}
	return [...groups.values()].map((show) => ({ show }));
}
