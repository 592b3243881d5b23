/** The catalogue: every resource of the action node, in the order of the picker. */
import { device } from './device';
import type { Resource, Row } from './notation';

export const catalogue: readonly Resource[] = [device];

/** Looks a row up by the values that the node stores, earlier names (`was`) included. */
export function findRow(resourceValue: string, operationValue: string): Row | undefined {
	const rows = catalogue.find((resource) => resource.value === resourceValue)?.rows ?? [];
	return (
		rows.find((row) => row.value === operationValue) ?? rows.find((row) => row.was?.includes(operationValue))
	);
}

/** The resource that a row belongs to. */
export function resourceOf(row: Row): Resource {
	return catalogue.find((resource) => resource.rows.includes(row)) as Resource;
}
