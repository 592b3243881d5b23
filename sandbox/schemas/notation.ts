import type { Profile } from '../values/profile';

/**
 * One field in a line of text: `type reference limits /pattern/ "of" choices flags = default`, of which all but one may
 * be missing.
 *
 * | text | meaning |
 * |---|---|
 * | `string` `integer` `number` `boolean` `object` `array` `any` | the type; `object\|null` for several |
 * | `string:email` | a text in a format |
 * | `string 1..128` `integer 0..` `array ..5` `object 1..` | limits of length, value, count of items or of keys |
 * | `number 0<..` | the lower limit itself is excluded |
 * | `string /^[0-9]+$/` | a regular expression (a slash in it is written `\/`) |
 * | `string of get\|post` | the only values |
 * | `string checked` | KAZOO looks at the value itself, as at addresses and callflow modules |
 * | `[string 1..] 1.. unique` | a list of that |
 * | `@caller_id`, `object @profile` | another schema |
 * | `string or [string]` | exactly one of these |
 * | `integer = 20`, `string = ""`, `array = []` | the default: JSON, except that a plain word needs no quotes |
 */
export type Line = string;

/** A field: a line of text, a nested object, or a list of nested objects (`[{...}]`). */
export type Field = Line | Shape | readonly [Shape];

/**
 * An object by its keys. A key that ends in `!` is required. `/regex/` stands for all keys that match, `*` for all
 * keys not named (`false`: there are none). Keys that begin with `$` say something about the object itself.
 */
export interface Shape {
	readonly [key: string]: Field | unknown;
	/** What the object itself is, when that is more than `object`: `object = {}`, `any`, `array 1..`. */
	readonly $?: Line;
	/** What differs in KAZOO 5: fields put in the place of those of the same name; `null` takes one away. */
	readonly $5?: Readonly<Record<string, unknown>>;
	/** Keys that must be there although nothing else is known of them here. */
	readonly $required?: readonly string[];
	/** Values that do not fit in a line. */
	readonly $of?: readonly unknown[];
	readonly $items?: Field;
	readonly $oneOf?: readonly Field[];
	readonly $anyOf?: readonly Field[];
	readonly $allOf?: readonly Field[];
}

/** The schemas of one area: those both generations have, and those only one of them has. */
export interface Area {
	readonly both: Readonly<Record<string, Field>>;
	readonly only4?: Readonly<Record<string, Field>>;
	readonly only5?: Readonly<Record<string, Field>>;
}

/** The part of JSON Schema, draft 4, that KAZOO uses. References are bare names of schemas, as Crossbar serves them. */
export interface JsonSchema {
	$schema?: string;
	id?: string;
	$ref?: string;
	type?: string | string[];
	format?: string;
	enum?: unknown[];
	pattern?: string;
	default?: unknown;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: boolean;
	minItems?: number;
	maxItems?: number;
	uniqueItems?: boolean;
	minProperties?: number;
	maxProperties?: number;
	items?: JsonSchema;
	properties?: Record<string, JsonSchema>;
	patternProperties?: Record<string, JsonSchema>;
	additionalProperties?: JsonSchema | boolean;
	required?: string[];
	oneOf?: JsonSchema[];
	anyOf?: JsonSchema[];
	allOf?: JsonSchema[];
	'kazoo-validation'?: boolean;
}

/** The JSON Schema of a field for one generation. Throws on a line that cannot be read. */
export function toJsonSchema(field: Field, profile: Profile): JsonSchema {
	if (typeof field === 'string') return new LineReader(field).read();
	if (Array.isArray(field)) return { type: 'array', items: toJsonSchema((field as [Shape])[0], profile) };
	return shapeToJsonSchema(field as Shape, profile);
}

function shapeToJsonSchema(shape: Shape, profile: Profile): JsonSchema {
	const keys = profile === 5 && shape.$5 ? overlay(shape, shape.$5) : shape;
	const schema = toJsonSchema(keys.$ ?? 'object', profile);
	const required: string[] = [...(keys.$required ?? [])];
	for (const [key, value] of Object.entries(keys)) {
		if (key.startsWith('$')) continue;
		const field = value as Field;
		if (key === '*') {
			schema.additionalProperties = value === false ? false : toJsonSchema(field, profile);
		} else if (key.startsWith('/') && key.endsWith('/')) {
			(schema.patternProperties ??= {})[key.slice(1, -1)] = toJsonSchema(field, profile);
		} else {
			const name = bare(key);
			if (name !== key) required.push(name);
			(schema.properties ??= {})[name] = toJsonSchema(field, profile);
		}
	}
	if (required.length > 0) schema.required = required;
	if (keys.$of) schema.enum = [...keys.$of];
	if (keys.$items) schema.items = toJsonSchema(keys.$items, profile);
	for (const word of ['oneOf', 'anyOf', 'allOf'] as const) {
		const options = keys[`$${word}`];
		if (options) schema[word] = options.map((option) => toJsonSchema(option, profile));
	}
	return schema;
}

/** The key without its sign of being required. */
function bare(key: string): string {
	return key.endsWith('!') ? key.slice(0, -1) : key;
}

function overlay(shape: Shape, changes: Readonly<Record<string, unknown>>): Shape {
	const changed = new Set(Object.keys(changes).map(bare));
	const kept = Object.entries(shape).filter(([key]) => key !== '$5' && !changed.has(bare(key)));
	return Object.fromEntries([...kept, ...Object.entries(changes).filter(([, value]) => value !== null)]);
}

const TYPES = new Set(['string', 'integer', 'number', 'boolean', 'object', 'array', 'null', 'any']);
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})?(<)?\\.\\.(${NUMBER})?$`);

/** Reads one line of the notation. */
class LineReader {
	private at = 0;

	constructor(private readonly text: string) {}

	read(): JsonSchema {
		const schema = this.alternatives();
		if (this.at < this.text.length) throw this.error();
		return schema;
	}

	private alternatives(): JsonSchema {
		const options = [this.one()];
		while (this.take(/\s*or\s+/y)) options.push(this.one());
		return options.length === 1 ? (options[0] as JsonSchema) : { oneOf: options };
	}

	private one(): JsonSchema {
		const schema: JsonSchema = {};
		if (this.take(/\s*\[/y)) {
			schema.type = 'array';
			schema.items = this.alternatives();
			if (!this.take(/\s*\]/y)) throw this.error();
		} else {
			const type = this.take(/\s*[a-z|]+(?::[a-z0-9-]+)?/y);
			if (type) this.type(schema, type);
		}
		const ref = this.take(/\s*@[\w.]+/y);
		if (ref) schema.$ref = ref.slice(1);
		const range = this.take(/\s*[\d.<-]*\.\.[\d.-]*/y);
		if (range) limits(schema, range);
		const pattern = this.take(/\s*\/(?:\\.|[^/\\])*\//y);
		if (pattern) schema.pattern = pattern.slice(1, -1).replaceAll('\\/', '/');
		const choices = this.take(/\s*of\s+[^\s\]]+/y);
		if (choices) {
			const values = choices.replace(/^of\s+/, '').split('|');
			schema.enum = schema.type === 'integer' || schema.type === 'number' ? values.map(Number) : values;
		}
		if (this.take(/\s*unique\b/y)) schema.uniqueItems = true;
		if (this.take(/\s*checked\b/y)) schema['kazoo-validation'] = true;
		const value = this.take(/\s*=\s*(?:"(?:\\.|[^"\\])*"|\[[^\]]*\]|\{[^}]*\}|[^\s\]]+)/y);
		if (value) schema.default = defaultValue(value.replace(/^=\s*/, ''), schema.type);
		if (Object.keys(schema).length === 0 && !/^\s*any/.test(this.text)) throw this.error();
		return schema;
	}

	private type(schema: JsonSchema, text: string): void {
		const [names = '', format] = text.split(':');
		const types = names.split('|');
		for (const type of types) if (!TYPES.has(type)) throw this.error();
		if (names !== 'any') schema.type = types.length === 1 ? names : types;
		if (format) schema.format = format;
	}

	/** The next token without the blanks before it, if it matches. */
	private take(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0];
		if (found === undefined) return undefined;
		this.at += found.length;
		return found.trim();
	}

	private error(): Error {
		return new Error(`"${this.text}" cannot be read at ${this.at}`);
	}
}

function limits(schema: JsonSchema, text: string): void {
	const [, least, excluded, most] = RANGE.exec(text) ?? [];
	const names = {
		string: ['minLength', 'maxLength'],
		array: ['minItems', 'maxItems'],
		object: ['minProperties', 'maxProperties'],
	}[String(schema.type)] ?? ['minimum', 'maximum'];
	const target = schema as Record<string, unknown>;
	if (least !== undefined) target[names[0] as string] = Number(least);
	if (most !== undefined) target[names[1] as string] = Number(most);
	if (excluded) schema.exclusiveMinimum = true;
}

function defaultValue(text: string, type: JsonSchema['type']): unknown {
	if (type === 'string' && !text.startsWith('"')) return text;
	return JSON.parse(text) as unknown;
}
