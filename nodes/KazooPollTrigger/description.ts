/** The form of the Poll Trigger. */
import type { INodeProperties } from 'n8n-workflow';

import { findRow } from '../../crossbar/catalogue';
import type { RecordWatch, Watch } from '../../crossbar/poll/watches';
import { watches } from '../../crossbar/poll/watches';
import type { OptionValues } from '../Kazoo/description/shared';
import { outputField, rawDates, retries, simplify, timeout } from '../Kazoo/description/shared';
import { accountProperties } from '../shared/triggerAccounts';

const isRecords = (watch: Watch): watch is RecordWatch => watch.kind === 'records';
const valuesOf = (some: readonly Watch[]): string[] => some.map(({ value }) => value);

const records = watches.filter(isRecords);
const withFile = records.filter(({ file }) => file !== undefined);
const spanning = records.filter(({ spansCall }) => spansCall);
const withSimple = records.filter(({ row }) => findRow(row.resource, row.operation)?.simple !== undefined);

/** What a person may add. */
export interface PollOptions extends Pick<OptionValues, 'rawDates' | 'retries' | 'timeout'> {
	/** Minutes. */
	readonly overlap?: number;
	/** Hours. */
	readonly longestCall?: number;
}

export const properties: INodeProperties[] = [
	{
		displayName: 'Event',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: watches.map(({ name, value, description }) => ({ name, value, description })),
		default: 'newCdr',
	},
	...accountProperties('Every account below mine, also future ones; items gain account_id and account_name'),
	{
		displayName: 'Amount',
		name: 'threshold',
		type: 'number',
		typeOptions: { numberPrecision: 2 },
		default: 10,
		description: 'In the currency of the system. The workflow starts once, when the balance falls below it.',
		displayOptions: { show: { event: ['balanceBelow'] } },
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'options',
		default: 'now',
		description: 'Which records come when the workflow is activated for the first time',
		displayOptions: { show: { event: valuesOf(records) } },
		options: [
			{ name: 'From a Date', value: 'date', description: 'Also older records, since a date' },
			{ name: 'From Now', value: 'now', description: 'Only records that are new from then on' },
		],
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		required: true,
		displayOptions: { show: { event: valuesOf(records), start: ['date'] } },
	},
	{
		...simplify,
		displayOptions: { show: { event: valuesOf(withSimple) } },
	},
	{
		displayName: 'Download File',
		name: 'downloadFile',
		type: 'boolean',
		default: false,
		description: 'Whether to add the sound or document to each item',
		displayOptions: { show: { event: valuesOf(withFile) } },
	},
	{
		...outputField,
		displayOptions: { show: { event: valuesOf(withFile), downloadFile: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Longest Call',
				name: 'longestCall',
				type: 'number',
				typeOptions: { minValue: 0, numberPrecision: 1 },
				default: 4,
				displayOptions: { show: { '/event': valuesOf(spanning) } },
				description:
					'Hours that a call takes at most. KAZOO sorts a third of its call records by their beginning, so that much more is read again at each poll; a leg that took longer may not come.',
			},
			{
				displayName: 'Overlap',
				name: 'overlap',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				displayOptions: { show: { '/event': valuesOf(records) } },
				description:
					'Minutes that are read again at each poll, to find records which the server wrote late; none comes twice. Without this option: one hour to a day, as the event needs.',
			},
			rawDates,
			retries,
			timeout,
		],
	},
];
