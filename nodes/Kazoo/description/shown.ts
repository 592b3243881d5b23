import type { INodeProperties } from 'n8n-workflow';

import type { Rows } from './display';
import { displayFor } from './display';

type Conditions = Record<string, Array<string | boolean>>;

/**
 * A property for these rows: one for each set of display options, with more conditions on top.
 * @param among the rows that the conditions leave, if they leave out some
 */
export function shown(
	property: INodeProperties,
	rows: Rows,
	more: Conditions = {},
	among?: Rows,
): INodeProperties[] {
	const size = JSON.stringify([property, more]).length;
	return displayFor(rows, size, among).map(({ show, hide }) => ({
		...property,
		displayOptions: {
			...(show || Object.keys(more).length > 0 ? { show: { ...show, ...more } } : {}),
			...(hide ? { hide } : {}),
		},
	}));
}

/** What became of a property, and the rows that show it. */
export interface Placed {
	readonly properties: readonly INodeProperties[];
	readonly rows: Rows;
}

/** A property on which others depend; several of its kind may share its name. */
export function placed(...uses: Array<readonly [INodeProperties, Rows]>): Placed {
	return {
		properties: uses.flatMap(([property, rows]) => shown(property, rows)),
		rows: new Set(uses.flatMap(([, rows]) => [...rows])),
	};
}

/**
 * A property that depends on the value of another one, for all rows that show that one or for some of them. When
 * several properties share the other one's name, n8n keeps no value where none of them is shown, so that its value
 * tells those rows from all others.
 */
export function shownWith(
	property: INodeProperties,
	{ properties, rows }: Placed,
	values: Array<string | boolean>,
	own: Rows = rows,
): INodeProperties[] {
	const [other] = properties;
	if (!other) return [];
	// Of a name that no other property has, n8n keeps the value where it is hidden, too.
	return shown(property, own, { [other.name]: values }, properties.length > 1 ? rows : undefined);
}
