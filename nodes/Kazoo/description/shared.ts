/** Properties that stand once for the whole node, whatever the resource. */
import type { INodeProperties } from 'n8n-workflow';

import { operationsOf, rowsWhere } from './display';
import { isList } from '../../../crossbar/catalogue/notation';

/** The names under which the node reads its shared properties, with the type of their values. */
export interface SharedValues {
	resource: string;
	operation: string;
	accountScope: 'mine' | 'one' | 'descendants';
	scope: string;
	returnAll: boolean;
	limit: number;
	period: string;
	from: string;
	to: string;
	filters: FilterValues;
	simplify: boolean;
	bodyMode: 'fields' | 'json';
	bodyJson: unknown;
	fields: {
		mappingMode: 'defineBelow' | 'autoMapInputData';
		value: Record<string, unknown> | null;
		matchingColumns?: string[];
	};
	matchField: string;
	inputField: string;
	outputField: string;
	additionalFields: Record<string, unknown>;
	options: OptionValues;
}

export interface FilterValues {
	conditions?: { condition?: Array<{ key: string; comparison: string; value?: string }> };
	createdFrom?: string;
	createdTo?: string;
	modifiedFrom?: string;
	modifiedTo?: string;
}

export interface OptionValues {
	acceptCharges?: boolean;
	blanksClear?: boolean;
	maximumCharge?: number;
	maximumAnswerSize?: number;
	maximumFileSize?: number;
	concurrency?: number;
	dryRun?: boolean;
	includeMetadata?: boolean;
	pageSize?: number;
	query?: { parameter?: Array<{ name: string; value: string }> };
	rawDates?: boolean;
	retries?: number;
	order?: 'newest' | 'oldest';
	timeout?: number;
	withNames?: boolean;
}

type Named = INodeProperties & { name: keyof SharedValues };

export const accountScope: Named = {
	displayName: 'Account',
	name: 'accountScope',
	type: 'options',
	default: 'mine',
	description: 'Whose data to work on',
	options: [
		{
			name: 'All Sub-Accounts',
			value: 'descendants',
			description: 'Once for each account below mine; items gain account_id and account_name',
		},
		{ name: 'My Account', value: 'mine', description: 'The account of the credential' },
		{ name: 'One Account', value: 'one', description: 'An account below mine, chosen here' },
	],
};

/** For what names an object of one account. */
export const singleAccountScope: Named = {
	...accountScope,
	options: accountScope.options?.filter((option) => !('value' in option) || option.value !== 'descendants'),
};

/** For what cannot be undone, or what no account does to itself: the account of the credential is no default. */
export const chosenAccountScope: Named = {
	...singleAccountScope,
	default: 'one',
	options: accountScope.options?.filter((option) => 'value' in option && option.value === 'one'),
};

const comparisons = [
	{ name: 'Exists', value: 'exists' },
	{ name: 'Has a Value', value: 'hasValue' },
	{ name: 'Has No Value', value: 'noValue' },
	{ name: 'Is', value: 'is' },
	{ name: 'Is Missing', value: 'missing' },
	{ name: 'Is Not', value: 'isNot' },
];

export const filters: Named = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'The server gives only records that fit all of these',
	options: [
		{
			displayName: 'Conditions',
			name: 'conditions',
			type: 'fixedCollection',
			placeholder: 'Add condition',
			typeOptions: { multipleValues: true },
			default: {},
			options: [
				{
					displayName: 'Condition',
					name: 'condition',
					values: [
						{
							displayName: 'Field',
							name: 'key',
							type: 'string',
							default: '',
							placeholder: 'e.g. device_type or sip.username',
							description: 'Name of a field of the whole document, nested ones with dots',
						},
						{
							displayName: 'Comparison',
							name: 'comparison',
							type: 'options',
							default: 'is',
							options: comparisons,
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. sip_device',
							displayOptions: { show: { comparison: ['is', 'isNot'] } },
						},
					],
				},
			],
		},
		{ displayName: 'Created After', name: 'createdFrom', type: 'dateTime', default: '' },
		{ displayName: 'Created Before', name: 'createdTo', type: 'dateTime', default: '' },
		{ displayName: 'Modified After', name: 'modifiedFrom', type: 'dateTime', default: '' },
		{ displayName: 'Modified Before', name: 'modifiedTo', type: 'dateTime', default: '' },
	],
};

export const returnAll: Named = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: Named = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

export const period: Named = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	default: 'dates',
	description: "Days and months begin at midnight in the account's time zone; weeks begin on Monday",
	options: [
		{ name: 'From and To', value: 'dates' },
		{ name: 'Last Month', value: 'lastMonth' },
		{ name: 'Last Week', value: 'lastWeek' },
		{ name: 'This Month', value: 'thisMonth' },
		{ name: 'This Week', value: 'thisWeek' },
		{ name: 'Today', value: 'today' },
		{ name: 'Yesterday', value: 'yesterday' },
	],
};

export const from: Named = {
	displayName: 'From',
	name: 'from',
	type: 'dateTime',
	default: '',
	description: 'Beginning of the time range. Empty: 31 days before its end.',
};

export const to: Named = {
	displayName: 'To',
	name: 'to',
	type: 'dateTime',
	default: '',
	description: 'End of the time range. Empty: now.',
};

export const simplify: Named = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const matchField: Named = {
	displayName: 'Match By',
	name: 'matchField',
	type: 'string',
	default: 'name',
	required: true,
	placeholder: 'e.g. mac_address',
	description: 'The field of the JSON that tells whether the record is already there',
};

export const bodyMode: Named = {
	displayName: 'Data',
	name: 'bodyMode',
	type: 'options',
	default: 'fields',
	options: [
		{ name: 'Fields', value: 'fields', description: 'Fill in fields that the server offers' },
		{ name: 'JSON', value: 'json', description: 'Write the document yourself' },
	],
};

/** The form of a document; `upsert` also asks which field tells whether the record is already there. */
export function fields(mode: 'add' | 'upsert'): Named {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'operation'],
			resourceMapper: {
				resourceMapperMethod: 'getDocumentFields',
				mode,
				fieldWords: { singular: 'field', plural: 'fields' },
				// Without addAllFields, which would hide all that are not required, the editor shows what the server's form says
				multiKeyMatch: false,
				supportAutoMap: true,
				noFieldsError:
					'The server gave no fields for this document. Check the credential, or switch Data to JSON.',
				...(mode === 'upsert'
					? {
							matchingFieldsLabels: {
								title: 'Match By',
								hint: 'The field that tells whether the record is already there',
							},
						}
					: {}),
			},
		},
	};
}

export const bodyJson: Named = {
	displayName: 'JSON',
	name: 'bodyJson',
	type: 'json',
	default: '{}',
	required: true,
	typeOptions: { rows: 8 },
	placeholder: 'e.g. {"name": "Reception"}',
	description: 'The document as an object, without an envelope',
};

export const inputField: Named = {
	displayName: 'Input Binary Field',
	name: 'inputField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
};

export const outputField: Named = {
	displayName: 'Put Output File in Field',
	name: 'outputField',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
};

export const rawDates: INodeProperties & { name: keyof OptionValues } = {
	displayName: 'Raw Dates',
	name: 'rawDates',
	type: 'boolean',
	default: true,
	description: "Whether to keep KAZOO's Gregorian seconds instead of ISO dates",
};

export const retries: INodeProperties & { name: keyof OptionValues } = {
	displayName: 'Retries',
	name: 'retries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 10 },
	default: 3,
	description:
		'How often to try again when the server is busy or the connection breaks. Changes are never sent twice.',
};

export const timeout: INodeProperties & { name: keyof OptionValues } = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description: 'Seconds to wait for an answer',
};

/** Settings of a run; each has a good default and can be added. */
export function options(): Named {
	const priced = { '/operation': operationsOf(rowsWhere((row) => row.charges === true)) };
	const uploadShow = { '/operation': operationsOf(rowsWhere((row) => row.upload !== undefined)) };
	const listShow = { '/operation': operationsOf(rowsWhere(isList)) };
	const documentShow = { '/operation': operationsOf(rowsWhere((row) => row.document !== undefined)) };
	const namedRows = rowsWhere((row) => row.names !== undefined && isList(row));
	const namedShow = { '/operation': operationsOf(namedRows) };
	const all: INodeProperties[] = [
		{
			displayName: 'Accept Charges',
			name: 'acceptCharges',
			type: 'boolean',
			default: false,
			displayOptions: { show: priced },
			description:
				'Whether to go on when KAZOO names a price. Otherwise the price is an error and nothing changes.',
		},
		{
			displayName: 'Blank Cells Clear Fields',
			name: 'blanksClear',
			type: 'boolean',
			default: true,
			displayOptions: { show: documentShow },
			description: 'Whether Map Automatically empties fields whose cells are blank, instead of leaving them',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 20 },
			default: 10,
			description:
				'How many items are worked on side by side. Without this option: 10 when reading, 1 when writing.',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description: 'Whether to show the request and a cURL line instead of sending anything',
		},
		{
			displayName: 'Include Response Metadata',
			name: 'includeMetadata',
			type: 'boolean',
			default: true,
			description: 'Whether to add the request ID, revision and other metadata of the answer as _metadata',
		},
		{
			displayName: 'Maximum Charge',
			name: 'maximumCharge',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 10,
			displayOptions: { show: priced },
			description: 'With Accept Charges: the most that one change may cost now and each month together',
		},
		{
			displayName: 'Maximum Answer Size',
			name: 'maximumAnswerSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500 },
			default: 100,
			description: 'The largest answer that is read, in megabytes (1,000,000 bytes); files may be larger',
		},
		{
			displayName: 'Maximum File Size',
			name: 'maximumFileSize',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 8,
			displayOptions: { show: uploadShow },
			description:
				'The largest upload in megabytes (1,000,000 bytes). Raise it only if max_upload_size was raised on the server.',
		},
		{
			displayName: 'Page Size',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10000 },
			default: 1000,
			displayOptions: { show: listShow },
			description: 'How many records to ask for at a time',
		},
		{
			displayName: 'Query Parameters',
			name: 'query',
			type: 'fixedCollection',
			placeholder: 'Add parameter',
			typeOptions: { multipleValues: true },
			default: {},
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{ displayName: 'Name', name: 'name', type: 'string', default: '' },
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		rawDates,
		retries,
		{
			displayName: 'Sort Order',
			name: 'order',
			type: 'options',
			default: 'newest',
			displayOptions: { show: listShow },
			options: [
				{ name: 'Newest or Highest First', value: 'newest' },
				{ name: 'Oldest or Lowest First', value: 'oldest' },
			],
		},
		timeout,
		{
			displayName: 'With Names',
			name: 'withNames',
			type: 'boolean',
			default: false,
			displayOptions: { show: namedShow },
			description: 'Whether names stand beside the IDs of owners and the like; on unless switched off here',
		},
	];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: all,
	};
}
