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

function mergedShow(show: Record<string, unknown>): {
	show?: NonNullable<INodeProperties['displayOptions']>['show'];
} {
	return Object.keys(show).length > 0
		? { show: show as NonNullable<INodeProperties['displayOptions']>['show'] }
		: {};
}
