import { isClientUrl, MODULE_NODES, STORAGE_REFERENCES } from './checked';
import { violation, type FieldError, type Violation } from './errors';
import type { JsonSchema } from './notation';

/** Where the validator finds other schemas, and how strict it is. */
export interface ValidatorOptions {
	/** The schema of that name, undefined when there is none. */
	find: (name: string) => JsonSchema | undefined;
	/** Takes addresses on this machine, which KAZOO refuses. */
	allowLoopbackUris?: boolean;
}

/** Errors by dotted path, undefined when there are none; the document with what the schema adds to it. */
export interface Outcome {
	doc: unknown;
	errors: Record<string, FieldError> | undefined;
}

type Path = readonly (string | number)[];
type Obj = Record<string, unknown>;

/** A value of the wrong type that may be a number or a boolean written as a text, or a number to be rounded. */
interface Misfit {
	path: Path;
	types: string[];
	value: unknown;
}

/**
 * Checks a document against a schema in KAZOO's manner: every error is reported; the siblings of a reference do not
 * count; a default is filled in where its field has a type; of several schemas the combination is reported, not their
 * own errors; a text that reads as the wanted integer, number or boolean becomes one, a number is rounded where an
 * integer is wanted, and the check is repeated. Of what is wrong with one field the last is told, in the order in which
 * the server looks. `doc` itself is never changed. Throws `ValidatorCrash` where KAZOO's own checks fall over a value.
 */
export function runValidator(
	schema: JsonSchema,
	name: string,
	doc: unknown,
	options: ValidatorOptions,
): Outcome {
	const copy = structuredClone(doc);
	// A second round only follows texts that were turned into something else, so there are at most two with changes.
	for (;;) {
		const run = new Run(copy, options);
		run.check(schema, copy, [], name);
		if (!run.misfits.map((misfit) => cast(copy, misfit)).some(Boolean)) {
			return { doc: copy, errors: run.violations.length === 0 ? undefined : byPath(run.violations) };
		}
	}
}

/** The server's own check of a value that is no text crashed; `words` is what it says, if it says anything. */
export class ValidatorCrash extends Error {
	constructor(readonly words?: string) {
		super(words ?? 'the validator crashed');
	}
}

/** Rules in the order in which the server looks at them: by the alphabet of the schema's words, KAZOO's own last. */
const ORDER = [
	'any_schemas_not_valid',
	'enum',
	'wrong_format',
	'maxItems',
	'maxLength',
	'maximum',
	'minItems',
	'minLength',
	'too_few_properties',
	'minimum',
	'not_one_schema_valid',
	'pattern',
	'type',
	'uniqueItems',
];

const rankOf = (code: string): number => ORDER.indexOf(code) + 1 || ORDER.length + 1;

function byPath(violations: Array<{ path: Path; violation: Violation }>): Record<string, FieldError> {
	const errors: Record<string, FieldError> = {};
	const last: Record<string, number> = {};
	for (const { path, violation } of violations) {
		const key = path.join('.');
		const rank = rankOf(violation.code);
		if (rank < (last[key] ?? 0)) continue;
		last[key] = rank;
		errors[key] = { [violation.code]: violation.detail };
	}
	return errors;
}

/** Puts the number or boolean that a text means in its place in the document; false when it means none. */
function cast(doc: unknown, { path, types, value }: Misfit): boolean {
	if (types.length !== 1 || path.length === 0) return false;
	const meant = meaning(value, types[0] as string);
	if (meant === undefined) return false;
	let parent = doc as Obj;
	for (const key of path.slice(0, -1)) parent = parent[key] as Obj;
	parent[path.at(-1) as string] = meant;
	return true;
}

function meaning(value: unknown, type: string): number | boolean | undefined {
	if (typeof value === 'number' && type === 'integer') return rounded(value);
	if (typeof value !== 'string') return undefined;
	if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
	if (!/^[+-]?\d+(\.\d+(e[+-]?\d+)?)?$/i.test(value)) return undefined;
	if (type === 'number') return Number(value);
	return type === 'integer' ? rounded(Number(value)) : undefined;
}

/** As Erlang rounds: halves go away from zero. */
const rounded = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

/** One pass over a document. */
class Run {
	violations: Array<{ path: Path; violation: Violation }> = [];
	misfits: Misfit[] = [];

	constructor(
		private readonly root: unknown,
		private readonly options: ValidatorOptions,
	) {}

	/**
	 * @param owner name of the schema that this one is part of
	 * @param parent what holds the value, when it is a field of an object
	 */
	check(schema: JsonSchema, value: unknown, path: Path, owner: string, parent?: Obj): void {
		if (schema.$ref !== undefined) return this.reference(schema.$ref, value, path);
		this.type(schema, value, path);
		this.combinations(schema, value, path, owner);
		if (schema.enum && !schema.enum.some((one) => equal(one, value))) {
			this.add(path, violation.enum(schema.enum, value));
		}
		if (typeof value === 'string') this.text(schema, value, path);
		if (typeof value === 'number') this.number(schema, value, path);
		if (Array.isArray(value)) this.list(schema, value, path, owner);
		else if (isObject(value)) this.object(schema, value, path, owner);
		if (schema['kazoo-validation']) this.kazoo(value, path, owner, parent);
	}

	private add(path: Path, found: Violation): void {
		this.violations.push({ path, violation: found });
	}

	private reference(name: string, value: unknown, path: Path): void {
		const schema = this.options.find(name);
		if (schema) this.check(schema, value, path, name);
		else this.add(['schema'], violation.noSchema(name));
	}

	private type(schema: JsonSchema, value: unknown, path: Path): void {
		if (schema.type === undefined) return;
		const types = [schema.type].flat();
		if (types.some((type) => isOfType(type, value))) return;
		this.add(path, violation.type(types, value));
		this.misfits.push({ path, types, value });
	}

	private text(schema: JsonSchema, value: string, path: Path): void {
		const length = [...value].length;
		if (schema.minLength !== undefined && length < schema.minLength) {
			this.add(path, violation.minLength(schema.minLength, value));
		}
		if (schema.maxLength !== undefined && length > schema.maxLength) {
			this.add(path, violation.maxLength(schema.maxLength, value));
		}
		if (schema.pattern !== undefined && !matches(schema.pattern, value)) {
			this.add(path, violation.pattern(schema.pattern, value));
		}
		if (schema.format !== undefined && !isOfFormat(schema.format, value)) {
			this.add(path, violation.format(schema.format, value));
		}
	}

	private number(schema: JsonSchema, value: number, path: Path): void {
		const { minimum, maximum } = schema;
		if (minimum !== undefined && (value < minimum || (schema.exclusiveMinimum && value === minimum))) {
			this.add(path, violation.minimum(minimum, value));
		}
		if (maximum !== undefined && value > maximum) this.add(path, violation.maximum(maximum, value));
	}

	private list(schema: JsonSchema, value: unknown[], path: Path, owner: string): void {
		if (schema.minItems !== undefined && value.length < schema.minItems) {
			this.add(path, violation.minItems(schema.minItems, value));
		}
		if (schema.maxItems !== undefined && value.length > schema.maxItems) {
			this.add(path, violation.maxItems(schema.maxItems, value));
		}
		if (schema.uniqueItems && value.some((one, index) => value.slice(0, index).some((o) => equal(o, one)))) {
			this.add(path, violation.uniqueItems(value));
		}
		const { items } = schema;
		if (items) value.forEach((item, index) => this.check(items, item, [...path, index], owner));
	}

	private object(schema: JsonSchema, value: Obj, path: Path, owner: string): void {
		const properties = schema.properties ?? {};
		const patterns = Object.entries(schema.patternProperties ?? {});
		for (const key of Object.keys(value)) {
			const fitting = patterns.filter(([pattern]) => matches(pattern, key));
			for (const [, field] of fitting) this.check(field, value[key], [...path, key], owner, value);
			if (fitting.length === 0 && !Object.hasOwn(properties, key)) {
				this.unnamed(schema.additionalProperties, key, value, path, owner);
			}
		}
		for (const [key, field] of Object.entries(properties).sort(byKey)) {
			if (value[key] === undefined) {
				if (!hasUsableDefault(field)) continue;
				value[key] = structuredClone(field.default);
			}
			this.check(field, value[key], [...path, key], owner, value);
		}
		for (const key of schema.required ?? []) {
			if (value[key] === undefined) this.add([...path, key], violation.required(key));
		}
		if (schema.minProperties !== undefined && Object.keys(value).length < schema.minProperties) {
			this.add(path, violation.other('too_few_properties', structuredClone(value)));
		}
	}

	private unnamed(
		rule: JsonSchema['additionalProperties'],
		key: string,
		parent: Obj,
		path: Path,
		owner: string,
	): void {
		if (rule === false) this.add([...path, key], violation.additionalProperties(structuredClone(parent)));
		else if (typeof rule === 'object') this.check(rule, parent[key], [...path, key], owner, parent);
	}

	private combinations(schema: JsonSchema, value: unknown, path: Path, owner: string): void {
		const wrong = (code: string) => this.add(path, violation.other(code, structuredClone(value)));
		for (const option of schema.allOf ?? []) this.check(option, value, path, owner);
		if (schema.anyOf) {
			// Whatever was wrong before counts against each of the schemas.
			const clean = this.violations.length === 0;
			if (!clean || !schema.anyOf.some((option) => this.fits(option, value, path, owner))) {
				wrong('any_schemas_not_valid');
			}
		}
		if (schema.oneOf) {
			const fitting = schema.oneOf.filter((option) => this.fits(option, value, path, owner)).length;
			if (fitting !== 1) wrong('not_one_schema_valid');
		}
	}

	/** Whether the value fits a schema; only then does it get what that schema fills in. */
	private fits(schema: JsonSchema, value: unknown, path: Path, owner: string): boolean {
		const attempt = new Run(this.root, this.options);
		const copy = structuredClone(value);
		attempt.check(schema, copy, path, owner);
		if (attempt.violations.length > 0) return false;
		if (isObject(value)) Object.assign(value, copy);
		return true;
	}

	/** Checks of KAZOO's own. */
	private kazoo(value: unknown, path: Path, owner: string, parent?: Obj): void {
		const field = String(path.at(-1));
		const references = STORAGE_REFERENCES[`${owner}.${field}`];
		const node = MODULE_NODES[owner];
		if (node) {
			if (field === 'module') this.module(value, path, node);
			else this.moduleData(value, path, `${node[0]}.${String(parent?.module)}`, parent?.module);
		} else if (typeof value !== 'string') {
			if (/ur[il]$/.test(field)) throw new ValidatorCrash('validation failed to run on the server');
		} else if (references !== undefined) {
			const known = (this.root as Obj)[references];
			if (!isObject(known) || !Object.hasOwn(known, value)) {
				this.add(path, violation.custom(`invalid reference '${value}' to ${references}`, value));
			}
		} else if (/ur[il]$/.test(field) && !isClientUrl(value, this.options.allowLoopbackUris ?? false)) {
			this.add(path, violation.custom('invalid client URL', value));
		}
	}

	private module(value: unknown, path: Path, [prefix, word]: readonly [string, string]): void {
		if (typeof value !== 'string') throw new ValidatorCrash();
		if (this.options.find(`${prefix}.${value}`)) return;
		this.add(['schema'], violation.noSchema(`${prefix}.${value}`));
		this.add(path, violation.custom(`unable to find ${word} schema for module ${value}`, value));
	}

	private moduleData(value: unknown, path: Path, name: string, module: unknown): void {
		const schema = typeof module === 'string' ? this.options.find(name) : undefined;
		if (schema) this.check(schema, value, path, name);
	}
}

function isObject(value: unknown): value is Obj {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(type: string, value: unknown): boolean {
	switch (type) {
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isObject(value);
		case 'null':
			return value === null;
		case 'integer':
			return Number.isInteger(value);
		default:
			return typeof value === type;
	}
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** KAZOO takes a default only where the field itself says its type. */
function hasUsableDefault(field: JsonSchema): boolean {
	return field.default !== undefined && [field.type ?? []].flat().some((t) => isOfType(t, field.default));
}

const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const IPV6 = /^(?=.*:)[0-9a-f:.]{2,45}$/i;

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/i;

/** The formats KAZOO looks at; the others (`uri` among them) always fit. */
function isOfFormat(format: string, value: string): boolean {
	if (format === 'email') return /^[^@]+@[^@]+$/.test(value);
	if (format === 'ipv4') return IPV4.test(value);
	if (format === 'ipv6') return IPV6.test(value);
	if (format === 'sip_hostname') return !LOOPBACK.test(value) && !/\s/.test(value);
	return true;
}

const compiled = new Map<string, RegExp>();

/** Whether a text matches a pattern of the schemas, which are written for Erlang's regular expressions. */
function matches(pattern: string, value: string): boolean {
	let expression = compiled.get(pattern);
	if (!expression) {
		expression = new RegExp(pattern.replaceAll('[:alnum:]', 'a-zA-Z0-9'));
		compiled.set(pattern, expression);
	}
	return expression.test(value);
}

function equal(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) {
		return a.length === b.length && a.every((one, index) => equal(one, b[index]));
	}
	if (isObject(a) && isObject(b)) {
		const keys = Object.keys(a);
		return keys.length === Object.keys(b).length && keys.every((key) => equal(a[key], b[key]));
	}
	return a === b;
}
