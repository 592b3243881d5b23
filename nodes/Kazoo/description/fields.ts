/** From a field of the catalogue to a property of the editor. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Choice, Field, Fields, StepKind } from '../../../crossbar/catalogue/notation';
import type { ParameterName } from '../../../crossbar/catalogue/parameters';
import { parameter } from '../../../crossbar/catalogue/parameters';
import { alphabetical } from '../../../crossbar/values/alphabetical';
import type { Rows } from './display';
import { conditions, operationsOf } from './display';

/** The name of the list search of a path parameter, in the node's `methods.listSearch`. */
export const searchMethod = (name: ParameterName): string =>
	`search${name[0]?.toUpperCase()}${name.slice(1)}`;

/**
 * How else than from the list something is given. n8n calls a mode with the name `id` "By ID", whatever we call it.
 */
function typedMode(name: ParameterName): { readonly name: string; readonly displayName: string } {
	if (name === 'phoneNumber') return { name: 'by', displayName: 'By Number' };
	if (name === 'schemaName') return { name: 'by', displayName: 'By Name' };
	const { pattern, list } = parameter(name);
	return pattern && list?.names
		? { name: 'by', displayName: 'By Name or ID' }
		: { name: 'id', displayName: 'By ID' };
}

/** The property of a path parameter: a resource locator where there is a list, else a text. */
export function parameterProperty(
	name: ParameterName,
	overrides: Partial<INodeProperties> = {},
): INodeProperties {
	const { label, description, placeholder, hint, pattern, list, options } = parameter(name);
	const shared = {
		displayName: label,
		name,
		required: true,
		...(description ? { description } : {}),
		...(hint ? { hint } : {}),
		...overrides,
	};
	if (options) {
		return {
			...shared,
			type: 'options',
			options: options.map(({ value, label: text }) => ({ name: text, value })),
			default: options[0]?.value ?? '',
		};
	}
	if (!list) return { ...shared, type: 'string', default: '', ...(placeholder ? { placeholder } : {}) };
	const validation =
		pattern && !list.names
			? [{ type: 'regex' as const, properties: { regex: pattern.expression, errorMessage: pattern.message } }]
			: undefined;
	return {
		...shared,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: searchMethod(name), searchable: true },
			},
			{
				...typedMode(name),
				type: 'string',
				...(placeholder ? { placeholder } : {}),
				...(validation ? { validation } : {}),
			},
		],
	};
}

/** The property of a field; the caller adds when it is shown. */
export function fieldProperty(name: string, field: Field): INodeProperties {
	const shared = {
		displayName: field.label,
		name,
		...(field.description ? { description: field.description } : {}),
		...(field.hint ? { hint: field.hint } : {}),
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		...(field.required ? { required: true } : {}),
	};
	switch (field.type) {
		case 'text':
			return {
				...shared,
				type: 'string',
				default: field.default ?? '',
				...(field.lines || field.password
					? {
							typeOptions: {
								...(field.lines ? { rows: field.lines } : {}),
								...(field.password ? { password: true } : {}),
							},
						}
					: {}),
			};
		case 'number':
			return {
				...shared,
				type: 'number',
				default: field.default ?? field.min ?? 0,
				...(field.min !== undefined || field.max !== undefined || field.decimals !== undefined
					? {
							typeOptions: {
								...(field.min === undefined ? {} : { minValue: field.min }),
								...(field.max === undefined ? {} : { maxValue: field.max }),
								...(field.decimals === undefined ? {} : { numberPrecision: field.decimals }),
							},
						}
					: {}),
			};
		case 'boolean':
			return { ...shared, type: 'boolean', default: field.default ?? false };
		case 'choice': {
			const options = field.options.map(choice);
			return { ...shared, type: 'options', options, default: field.default ?? options[0]?.value ?? '' };
		}
		case 'choices':
			return {
				...shared,
				type: 'multiOptions',
				options: field.options.map(choice),
				default: [...(field.default ?? [])],
			};
		case 'date':
			return { ...shared, type: 'dateTime', default: '' };
		case 'texts':
			return { ...shared, type: 'string', default: '' };
		case 'json':
			return { ...shared, type: 'json', default: field.default ?? '' };
		case 'locator':
			return parameterProperty(field.parameter, { ...shared, required: field.required });
		case 'steps':
			return {
				...shared,
				type: 'fixedCollection',
				placeholder: `Add ${entryOf(field).toLowerCase()}`,
				typeOptions: { multipleValues: true, sortable: true },
				default: {},
				options: [{ displayName: entryOf(field), name: STEP, values: stepValues([{ field }]) }],
			};
	}
}

type StepsField = Extract<Field, { type: 'steps' }>;

/** What an entry is called. */
const entryOf = ({ entry = 'Step' }: StepsField): string => entry;

/** A field of type `steps`, with the rows that have it where several such fields are one property. */
export interface StepsUse {
	readonly field: StepsField;
	readonly rows?: Rows;
}

/**
 * One property for several fields of type `steps`, for its size: each offers its own kinds, and a kind has the same
 * fields wherever it is offered.
 */
export function stepsProperty(name: string, uses: readonly [StepsUse, ...StepsUse[]]): INodeProperties {
	const values = stepValues(uses);
	return {
		...fieldProperty(name, uses[0].field),
		options: [{ displayName: 'Step', name: STEP, values }],
	};
}

/** The name under which n8n keeps the entries of a field of type `steps`. */
export const STEP = 'step';

/** Entries in an order that can be changed; each shows the fields of its kind. */
function stepValues(uses: readonly [StepsUse, ...StepsUse[]]): INodeProperties[] {
	const kinds = alphabetical(
		uses.flatMap(({ field }) => Object.entries(field.kinds)),
		([, { label }]) => label,
	);
	const values = [
		...uses.map(kindProperty),
		...ofKinds(Object.fromEntries(kinds)),
		...entryProperties(uses[0].field.every),
	];
	return values;
}

function kindProperty({ field, rows }: StepsUse): INodeProperties {
	const { kinds, default: first } = field;
	return {
		displayName: entryOf(field),
		name: 'kind',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(kinds).map(([value, { label, description }]) =>
			choice({ value, label, description }),
		),
		default: first,
		...(rows ? { displayOptions: { show: { '/operation': operationsOf(rows) } } } : {}),
	};
}

/** The fields of all kinds; what several kinds have alike is one property. */
function ofKinds(kinds: Readonly<Record<string, StepKind>>): INodeProperties[] {
	const byText = new Map<string, { property: INodeProperties; of: string[] }>();
	for (const [name, { fields }] of Object.entries(kinds)) {
		for (const property of entryProperties(fields)) {
			const text = JSON.stringify(property);
			const entry = byText.get(text) ?? { property, of: [] };
			entry.of.push(name);
			byText.set(text, entry);
		}
	}
	return [...byText.values()].map(({ property, of }) => ({
		...property,
		displayOptions: { show: { ...property.displayOptions?.show, kind: of } },
	}));
}

function entryProperties(fields: Fields): INodeProperties[] {
	return Object.entries(fields).map(([name, field]) => ({
		...fieldProperty(name, field),
		...(field.when ? { displayOptions: { show: conditions(field.when) } } : {}),
	}));
}

function choice(entry: Choice): INodePropertyOptions {
	if (typeof entry === 'string') return { name: titleCase(entry), value: entry };
	const { value, label, description } = entry;
	return { name: label, value, ...(description ? { description } : {}) };
}

function titleCase(text: string): string {
	return text
		.split(/[_\s-]+/)
		.map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)
		.join(' ');
}
