/** The form of each row of the catalogue filled in, for the tests that walk all of them. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import type { Field, Fields, Resource, Row } from '../../crossbar/catalogue/notation';
import { standsInForm } from '../../crossbar/catalogue/notation';
import type { ParameterName } from '../../crossbar/catalogue/parameters';
import { parameter } from '../../crossbar/catalogue/parameters';
import { ACCOUNT_SCOPE, routesOf } from '../../nodes/Kazoo/description/places';

/** Two different values for each path parameter; they need not exist, the request is what counts here. */
const TWO_VALUES: Partial<Record<ParameterName, [string, string]>> = {
	phoneNumber: ['+14155550123', '+14155550124'],
	schemaName: ['devices', 'users'],
};

export function valuesOf(name: ParameterName): [string, string] {
	const { options, pattern } = parameter(name);
	if (options) return [options[0]?.value ?? '', options.at(-1)?.value ?? ''];
	const known = TWO_VALUES[name];
	if (known) return known;
	return pattern && pattern.message.includes('year')
		? ['202611-00000000000000000000000000000001', '202611-00000000000000000000000000000002']
		: ['0123456789abcdef0123456789abcde0', '0123456789abcdef0123456789abcde1'];
}

/** A value of the field's type and the same value as it must arrive. */
export function sample(field: Field): { typed: unknown; wire: unknown } {
	switch (field.type) {
		case 'text': {
			const value = 'some text'.slice(0, field.length?.max);
			return { typed: value, wire: value };
		}
		case 'number': {
			const value = Math.max(field.default ?? field.min ?? 3, field.min ?? -Infinity);
			return { typed: value, wire: value };
		}
		case 'boolean':
			return { typed: true, wire: true };
		case 'choice': {
			const last = field.options.at(-1);
			const value = typeof last === 'string' ? last : last?.value;
			return { typed: value, wire: value };
		}
		case 'choices': {
			const last = field.options.at(-1);
			const value = [typeof last === 'string' ? last : last?.value];
			return { typed: value, wire: value };
		}
		case 'date':
			return { typed: '2026-11-23T12:00:00.000Z', wire: 63_962_654_400 };
		case 'texts':
			if (field.phoneNumbers)
				return { typed: '(415) 555-0171, +14155550172', wire: ['+14155550171', '+14155550172'] };
			return {
				typed: 'one, two',
				wire: ['one', 'two'].map((text) => (field.each ? { [field.each]: text } : text)),
			};
		case 'json':
			return { typed: '{"a":1}', wire: { a: 1 } };
		case 'locator': {
			const [value] = valuesOf(field.parameter);
			return { typed: { __rl: true, mode: 'id', value }, wire: value };
		}
		case 'steps': {
			const steps = [{ kind: field.default }];
			return { typed: { step: steps }, wire: steps };
		}
	}
}

/** The fields that stand in the form with the others as they are filled in here. */
export const shownOf = (fields: Fields = {}): Array<[string, Field]> =>
	Object.entries(fields).filter(
		([, { when }]) => !when || sample(fields[when.field] as Field).typed === when.is,
	);

export const wireKey = (key: string, field: Field): string =>
	field.wire ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Parameters of the node, and the path that each of two items must have. */
export interface Filled {
	parameters: INodeParameters;
	paths: [string, string];
}

/** @param accounts those of the two items */
export function fill(
	{ value: resource }: Resource,
	row: Row,
	scope: string,
	accounts: readonly [string, string],
): Filled {
	const parameters: Record<string, unknown> = {
		resource,
		operation: row.value,
		accountScope: 'one',
		accountId: { __rl: true, mode: 'id', value: '={{ $json.accountId }}' },
		scope,
		returnAll: true,
		bodyMode: 'json',
		bodyJson: '={{ { "name": $json.name } }}',
		matchField: 'name',
		fields: { mappingMode: 'defineBelow', value: {} },
	};
	const route = routesOf(row)[scope] ?? '';
	const paths: [string, string] = [route, route];
	for (const name of [...route.matchAll(/\{(\w+)\}/g)].map(([, found]) => found as ParameterName)) {
		if (name !== 'accountId') {
			const plain = parameter(name).list === undefined;
			const expression = `={{ $json.${name} }}`;
			parameters[name] = plain ? expression : { __rl: true, mode: 'id', value: expression };
		}
		const values = name === 'accountId' ? accounts : valuesOf(name);
		[0, 1].forEach((item) => {
			paths[item] = (paths[item] ?? '').replace(`{${name}}`, encodeURIComponent(values[item] ?? ''));
		});
	}
	const additionalFields: Record<string, unknown> = {};
	for (const [key, field] of Object.entries({ ...row.query, ...row.body, ...row.arguments })) {
		(standsInForm(field) ? parameters : additionalFields)[key] = sample(field).typed;
	}
	if (Object.keys(additionalFields).length > 0) parameters.additionalFields = additionalFields;
	return { parameters: parameters as INodeParameters, paths };
}

/** Values of all path parameters, as an item has them. */
export function parameterValues(item: number): IDataObject {
	const names = new Set(
		catalogue.flatMap(({ rows }) =>
			rows.flatMap((row) =>
				Object.values(routesOf(row)).flatMap((route) =>
					[...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as ParameterName),
				),
			),
		),
	);
	names.delete('accountId');
	return Object.fromEntries([...names].map((name) => [name, valuesOf(name)[item]]));
}

/** Every row at every place where it can act: a name for the test, and what it is made of. */
export const cases = catalogue.flatMap((resource) =>
	resource.rows.flatMap((row) =>
		Object.keys(routesOf(row)).map(
			(scope) =>
				[
					`${resource.value}.${row.value}${scope === ACCOUNT_SCOPE ? '' : ` (${scope})`}`,
					resource,
					row,
					scope,
				] as const,
		),
	),
);
