/**
 * From items that came to the schema that n8n shows of them before a node has run (`__schema__`): types and names
 * alone, in the order in which the items have them, never a value.
 */
import { namesFirst } from '../../crossbar/values/keyOrder';

/** What n8n reads of a JSON schema: one type each. */
export interface OutputSchema {
	readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
	readonly properties?: Readonly<Record<string, OutputSchema>>;
	readonly items?: OutputSchema;
}

/** Fields within fields that somebody drags; what lies deeper is a callflow's steps. */
const DEEPEST = 4;
/** A field's name: IDs, numbers, dates and names of nodes are keys that are different everywhere. */
const FIELD = /^(?!([0-9a-f]{16,}|\d.*|v\d.*)$)[A-Za-z_][\w-]*$/;

/** What is known of a field from all values that it had. @returns undefined where there was none */
export function schemaOf(values: readonly unknown[], depth = 0): OutputSchema | undefined {
	const given = values.filter((value) => value !== undefined);
	const said = given.filter((value) => value !== null);
	if (said.length === 0) return given.length === 0 ? undefined : { type: 'null' };
	const objects = said.filter(isObject);
	if (objects.length > 0) return objectSchema(objects, depth);
	const lists = said.filter((value) => Array.isArray(value));
	if (lists.length > 0) {
		const items = depth < DEEPEST ? schemaOf(lists.flat(), depth + 1) : undefined;
		return { type: 'array', ...(items ? { items } : {}) };
	}
	return { type: typeof said[0] as 'string' | 'number' | 'boolean' };
}

function objectSchema(objects: ReadonlyArray<Record<string, unknown>>, depth: number): OutputSchema {
	if (depth >= DEEPEST) return { type: 'object' };
	const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) =>
		FIELD.test(key),
	);
	const properties: Record<string, OutputSchema> = {};
	for (const key of keys) {
		const schema = schemaOf(
			objects.map((object) => object[key]),
			depth + 1,
		);
		if (schema) properties[key] = schema;
	}
	return { type: 'object', ...(keys.length > 0 ? { properties: namesFirst(properties) } : {}) };
}

/** What one knows with what another one knows; where they differ the first is right. */
export function joined(first: OutputSchema, second: OutputSchema): OutputSchema {
	if (first.type === 'null') return second;
	if (first.type !== second.type) return first;
	const items =
		first.items && second.items ? joined(first.items, second.items) : (first.items ?? second.items);
	if (!first.properties && !second.properties) return { ...first, ...(items ? { items } : {}) };
	const properties: Record<string, OutputSchema> = { ...first.properties };
	for (const [key, schema] of Object.entries(second.properties ?? {})) {
		const known = properties[key];
		properties[key] = known ? joined(known, schema) : schema;
	}
	return { ...first, properties: namesFirst(properties) };
}

/**
 * Where an item has what its schema says otherwise: the paths of the fields, with both types. Fields that the schema
 * does not name are no contradiction; see `unnamed`.
 */
export function contradictions(value: unknown, schema: OutputSchema, path = ''): string[] {
	if (value === null || value === undefined || schema.type === 'null') return [];
	// What KAZOO writes for an object that is not there
	if (value === false && schema.type === 'object') return [];
	const type = Array.isArray(value) ? 'array' : typeof value;
	if (type !== schema.type) return [`${path}: ${type}, not ${schema.type}`];
	if (Array.isArray(value))
		return schema.items
			? value.flatMap((entry) => contradictions(entry, schema.items as OutputSchema, path))
			: [];
	return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
		isObject(value) && Object.hasOwn(value, key) ? contradictions(value[key], inner, `${path}.${key}`) : [],
	);
}

/** The fields of an item that its schema does not name. */
export function unnamed(
	item: Readonly<Record<string, unknown>>,
	{ properties = {} }: OutputSchema,
): string[] {
	return Object.keys(item).filter((key) => FIELD.test(key) && !Object.hasOwn(properties, key));
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
