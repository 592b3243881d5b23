import type { INodeProperties } from 'n8n-workflow';

import type { Row } from '../../../crossbar/catalogue/notation';
import { displayFor } from './display';

/** A property for these rows: one for each set of display options, with more conditions on top. */
export function shown(
	property: INodeProperties,
	rows: ReadonlySet<Row>,
	more: Record<string, Array<string | boolean>> = {},
): INodeProperties[] {
	return displayFor(rows, JSON.stringify(property).length).map((display) => ({
		...property,
		displayOptions: { ...display, ...mergedShow({ ...display.show, ...more }) },
	}));
}

/**
 * A property that depends on the value of another one, wherever that is shown. Several properties share the other
 * one's name, so n8n keeps no value where none of them is shown, and its value alone says enough.
 * @param others all properties of that name
 */
export function shownWith(
	property: INodeProperties,
	others: readonly INodeProperties[],
	values: Array<string | boolean>,
): INodeProperties[] {
	const [other] = others;
	if (!other) return [];
	const show = { [other.name]: values };
	// Of a name that no other property has, n8n keeps the value where it is hidden, too.
	if (others.length === 1)
		return [
			{
				...property,
				displayOptions: { ...other.displayOptions, show: { ...other.displayOptions?.show, ...show } },
			},
		];
	return [{ ...property, displayOptions: { show } }];
}

function mergedShow(show: Record<string, unknown>): {
	show?: NonNullable<INodeProperties['displayOptions']>['show'];
} {
	return Object.keys(show).length > 0
		? { show: show as NonNullable<INodeProperties['displayOptions']>['show'] }
		: {};
}
