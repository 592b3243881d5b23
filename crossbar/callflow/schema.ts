/** Checks a value against the part of JSON Schema (draft 4) that KAZOO's schemas of callflow modules use. */
import { quoted, shortened } from '../values/input';
import type { Schema } from '../values/jsonSchema';
import { isRecord } from '../values/records';
import { fits } from './pattern';

export type { Schema } from '../values/jsonSchema';

/** What is wrong with a value, and where: a dotted path, empty for the value itself. */
export interface Fault {
	readonly path: string;
	readonly problem: string;
	readonly whatToDo: string;
}

type Typed = Readonly<Record<string, unknown>>;

/**
 * Every fault of a value. What KAZOO would put right itself is none: texts for numbers and booleans, and required
 * fields that have a default.
 */
export function faultsOf(schema: Schema, value: unknown, path = ''): Fault[] {
	const types = schema.type === undefined ? [] : [schema.type].flat();
	if (types.length > 0 && !types.some((type) => hasType(value, type))) {
		const wanted = types.map(nameOfType).join(' or ');
		return [{ path, problem: `is ${article(value)}, not ${wanted}`, whatToDo: `Give ${wanted}` }];
	}
	const own = (found: false | string, whatToDo: string): Fault[] =>
		found === false ? [] : [{ path, problem: found, whatToDo }];
	return [
		...enumFaults(schema, value, path),
		...(typeof value === 'string' ? textFaults(schema, value, own) : []),
		...(typeof value === 'number' ? numberFaults(schema, value, own) : []),
		...(Array.isArray(value) ? listFaults(schema, value, path) : []),
		...(isRecord(value) ? objectFaults(schema, value, path) : []),
	];
}

function enumFaults({ enum: values }: Schema, value: unknown, path: string): Fault[] {
	const isSame = (choice: unknown): boolean =>
		choice === value || (isPlain(choice) && isPlain(value) && String(choice) === String(value));
	if (values === undefined || values.some(isSame)) return [];
	const whatToDo = `Choose one of ${shortened(values.filter(isPlain).join(', '))}`;
	return [{ path, problem: `cannot be ${quoted(value)}`, whatToDo }];
}

const isPlain = (value: unknown): boolean => typeof value !== 'object';

type Own = (found: false | string, whatToDo: string) => Fault[];

function textFaults(
	{ pattern, minLength = 0, maxLength = Infinity }: Schema,
	value: string,
	own: Own,
): Fault[] {
	return [
		...own(value.length < minLength && 'is too short', `Give at least ${minLength} characters`),
		...own(
			value.length > maxLength && `has ${value.length} characters`,
			`Give at most ${maxLength} characters`,
		),
		...own(
			pattern !== undefined && !fits(value, pattern) && `cannot be ${quoted(value)}`,
			`It must fit ${shortened(pattern ?? '')}`,
		),
	];
}

function numberFaults({ minimum = -Infinity, maximum = Infinity }: Schema, value: number, own: Own): Fault[] {
	return [
		...own(value < minimum && `is ${value}`, `Give at least ${minimum}`),
		...own(value > maximum && `is ${value}`, `Give at most ${maximum}`),
	];
}

function listFaults({ items = {}, minItems = 0 }: Schema, value: readonly unknown[], path: string): Fault[] {
	const short = value.length < minItems;
	return [
		...(short ? [{ path, problem: 'is empty', whatToDo: `Give at least ${minItems}` }] : []),
		...value.flatMap((entry, index) => faultsOf(items, entry, join(path, String(index)))),
	];
}

function objectFaults({ properties = {}, required = [] }: Schema, value: Typed, path: string): Fault[] {
	const missing = required.filter((name) => {
		const hasDefault = Object.hasOwn(properties, name) && properties[name]?.default !== undefined;
		return (!Object.hasOwn(value, name) || value[name] === undefined) && !hasDefault;
	});
	return [
		...missing.map((name) => ({ path: join(path, name), problem: 'is missing', whatToDo: 'Fill it in' })),
		...Object.entries(value).flatMap(([name, entry]) => {
			const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
			return schema === undefined || entry === undefined ? [] : faultsOf(schema, entry, join(path, name));
		}),
	];
}

function join(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}

const IS: Readonly<Record<string, (value: unknown) => boolean>> = {
	array: (value) => Array.isArray(value),
	boolean: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
	integer: (value) => value !== '' && Number.isInteger(typeof value === 'string' ? Number(value) : value),
	null: (value) => value === null,
	number: (value) => value !== '' && Number.isFinite(typeof value === 'string' ? Number(value) : value),
	object: isRecord,
	string: (value) => typeof value === 'string',
};

/** A type that JSON Schema does not have is not checked. */
function hasType(value: unknown, type: string): boolean {
	return Object.hasOwn(IS, type) ? (IS[type]?.(value) ?? true) : true;
}

const NAMES: Readonly<Record<string, string>> = {
	array: 'a list',
	boolean: 'true or false',
	integer: 'a whole number',
	null: 'nothing',
	number: 'a number',
	object: 'an object',
	string: 'a text',
};

function nameOfType(type: string): string {
	return Object.hasOwn(NAMES, type) ? (NAMES[type] ?? type) : shortened(type);
}

function article(value: unknown): string {
	if (value === null) return nameOfType('null');
	if (Array.isArray(value)) return nameOfType('array');
	return typeof value === 'number'
		? `the number ${value}`
		: typeof value === 'boolean'
			? String(value)
			: nameOfType(typeof value);
}
