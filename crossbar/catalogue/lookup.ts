/** Finds rows and resources of the catalogue. */
import { catalogue } from './index';
import type { Resource, Row } from './notation';

/** Looks a row up by the values that the node stores, earlier names (`was`) included. */
export function findRow(resourceValue: string, operationValue: string): Row | undefined {
	const rows = catalogue.find((resource) => resource.value === resourceValue)?.rows ?? [];
	return rows.find((row) => row.value === operationValue) ?? rows.find((row) => row.was?.includes(operationValue));
}

/** The resource that a row belongs to. */
export function resourceOf(row: Row): Resource {
	return catalogue.find((resource) => resource.rows.includes(row)) as Resource;
}
