/** The fields of the operations: required ones stand in the form, the others can be added. */
import type { INodeProperties } from 'n8n-workflow';

import type { Choice, Field, Resource, Row } from '../../../crossbar/catalogue/notation';
import { standsInForm } from '../../../crossbar/catalogue/notation';
import { alphabetical } from '../../../crossbar/values/alphabetical';
import type { Rows } from './display';
import { conditions, entries, operationsOf } from './display';
import type { StepsUse } from './fields';
import { fieldProperty, stepsProperty } from './fields';
import { shown } from './shown';

const fieldsOf = (row: Row): Array<[string, Field]> =>
	Object.entries({ ...row.query, ...row.body, ...row.arguments });

/** A field with the rows that have just this one. */
interface Shared {
	readonly name: string;
	readonly field: Field;
	readonly rows: Set<Row>;
}

/** The fields of some rows; equal ones of several rows are one. */
function sharedFields(rows: Iterable<Row>, wanted: (field: Field) => boolean): Shared[] {
	const all: Shared[] = [];
	const byName = new Map<string, Shared[]>();
	for (const row of rows) {
		for (const [name, field] of fieldsOf(row)) {
			if (!wanted(field)) continue;
			const known = byName.get(name) ?? [];
			byName.set(name, known);
			const same = known.find((other) => isSame(other.field, field));
			if (same) {
				same.rows.add(row);
				continue;
			}
			const own = { name, field, rows: new Set([row]) };
			all.push(own);
			known.push(own);
		}
	}
	return all;
}

/** Whether two fields look the same in the form. */
function isSame(one: Field, other: Field): boolean {
	const text = (field: Field): string => JSON.stringify([fieldProperty('', field), field.when]);
	return one === other || (one.label === other.label && one.type === other.type && text(one) === text(other));
}

/** Required fields stand in the form. */
export function requiredFields(): INodeProperties[] {
	const all = entries.map(({ row }) => row);
	const required = sharedFields(all, (field) => field.required === true);
	return required.flatMap(({ name, field, rows }) => {
		if (field.type !== 'steps') return shown(fieldProperty(name, field), rows, conditions(field.when));
		const alike = required.flatMap((other) =>
			other.name === name && other.field.type === 'steps' ? [{ field: other.field, rows: other.rows }] : [],
		);
		return field === alike.at(-1)?.field ? allSteps(name, alike) : [];
	});
}

/** Fields that stand in the form although they may stay empty. */
export function standingFields(): INodeProperties[] {
	const all = entries.map(({ row }) => row);
	return sharedFields(all, (field) => standsInForm(field) && !field.required).flatMap(
		({ name, field, rows }) => shown(fieldProperty(name, field), rows, conditions(field.when)),
	);
}

/**
 * The steps of all operations as one property. Where they are asked for at one value of another field, its other
 * values hide them; where there is no such field, they are always shown.
 */
function allSteps(name: string, uses: ReadonlyArray<StepsUse & { readonly rows: Rows }>): INodeProperties[] {
	const [first, ...others] = uses;
	if (!first) return [];
	const rows = new Set(uses.flatMap((use) => [...use.rows]));
	const hide = Object.fromEntries(
		uses.flatMap(({ field: { when }, rows: own }) =>
			[...own]
				.flatMap(fieldsOf)
				.filter(([other]) => other === when?.field)
				.map(([other, field]) => [other, valuesOf(field).filter((value) => value !== when?.is)]),
		),
	);
	return shown(stepsProperty(name, [first, ...others]), rows).map(({ displayOptions, ...property }) => ({
		...property,
		displayOptions: { ...displayOptions, hide: { ...displayOptions?.hide, ...hide } },
	}));
}

const valuesOf = (field: Field): string[] =>
	field.type === 'choice'
		? field.options.map((option: Choice) => (typeof option === 'string' ? option : option.value))
		: [];

/** Optional fields of a resource: one collection, in which each field knows its operations. */
export function additionalFields({ rows }: Resource): INodeProperties[] {
	const optional = sharedFields(rows, (field) => !standsInForm(field));
	if (optional.length === 0) return [];
	const having = new Set(optional.flatMap((field) => [...field.rows]));
	const options = alphabetical(optional, ({ field }) => field.label).map(({ name, field, rows: own }) => ({
		...fieldProperty(name, field),
		...within(own, having),
	}));
	return shown(
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options,
		},
		having,
	);
}

/** When an option of the collection is offered. */
function within(rows: Rows, all: Rows): Pick<INodeProperties, 'displayOptions'> {
	if (rows.size === all.size) return {};
	const shownBy = operationsOf(rows);
	const hiddenBy = operationsOf(new Set([...all].filter((row) => !rows.has(row))));
	return {
		displayOptions:
			String(hiddenBy).length < String(shownBy).length
				? { hide: { '/operation': hiddenBy } }
				: { show: { '/operation': shownBy } },
	};
}
