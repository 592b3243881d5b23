/** The form of the Poll Trigger. */
import type { INodeProperties } from 'n8n-workflow';

import { findRow } from '../../crossbar/catalogue';
import { watches } from '../../crossbar/poll/watches';
import type { RecordWatch, Watch } from '../../crossbar/poll/watches';
import { parameterProperty } from '../Kazoo/description/fields';
import { accountScope, simplify } from '../Kazoo/description/shared';

const isRecords = (watch: Watch): watch is RecordWatch => watch.kind === 'records';
const valuesOf = (some: readonly Watch[]): string[] => some.map(({ value }) => value);

const records = watches.filter(isRecords);
const withFile = records.filter(({ file }) => file !== undefined);
const withSimple = records.filter(({ row }) => findRow(row.resource, row.operation)?.simple !== undefined);

/** What a person may add. */
export interface PollOptions {
	/** Minutes. */
	readonly overlap?: number;
	readonly rawDates?: boolean;
	readonly retries?: number;
	/** Seconds. */
	readonly timeout?: number;
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
	{
		...accountScope,
		description: 'Whose data to watch',
		options: [
			{
				name: 'All Sub-Accounts',
				value: 'descendants',
				description: 'Every account below mine, also future ones; items gain account_id and account_name',
			},
			{ name: 'My Account', value: 'mine', description: 'The account of the credential' },
			{ name: 'One Account', value: 'one', description: 'An account below mine, chosen here' },
		],
	},
	parameterProperty('accountId', {
		displayName: 'Sub-Account',
		displayOptions: { show: { accountScope: ['one'] } },
	}),
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
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
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
				displayName: 'Overlap',
				name: 'overlap',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				displayOptions: { show: { '/event': valuesOf(records) } },
				description:
					'Minutes that are read again at each poll, to find records which the server wrote late; none comes twice. Without this option: one hour to a day, as the event needs.',
			},
			{
				displayName: 'Raw Dates',
				name: 'rawDates',
				type: 'boolean',
				default: true,
				description: "Whether to keep KAZOO's Gregorian seconds instead of ISO dates",
			},
			{
				displayName: 'Retries',
				name: 'retries',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 10 },
				default: 3,
				description: 'How often to try again when the server is busy or the connection breaks',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 60,
				description: 'Seconds to wait for an answer',
			},
		],
	},
];
