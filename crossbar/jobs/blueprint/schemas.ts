/** What the server's own schemas say of a wanted document: fields that it does not know, values of a wrong type. */
import type { Schema } from '../../callflow/schema';
import type { Document, KindName } from '../../changes/kinds';
import { kinds } from '../../changes/kinds';
import { SIDE_BY_SIDE } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import type { Transport } from '../../http/transport';
import { mapConcurrently } from '../../values/concurrency';
import { isRecord } from '../../values/records';

interface Whole extends Schema {
	readonly $ref?: string;
	readonly additionalProperties?: unknown;
	readonly patternProperties?: unknown;
	readonly properties?: Readonly<Record<string, Whole>>;
}

type Schemas = ReadonlyMap<string, Whole>;

/** Fields that KAZOO knows although its schemas do not name them. */
const KNOWN: ReadonlySet<string> = new Set([
	'flow',
	'flags',
	'ui_flags',
	'id',
	'owner_id',
	'blacklists',
	'queues',
]);

/** Fields of somebody's own, by the list they stand in: `{users: ['title']}`. */
export type CustomFields = Readonly<Record<string, readonly string[]>>;

/** What is wrong, and for a field that the schema does not name which one it is: `['users', 'title']`. */
interface Fault extends Problem {
	readonly unknown?: readonly [string, string];
}

/**
 * @param custom fields that are sent although no schema names them
 * @param isNew whether a wanted document is still to be made, so that it has to be whole
 * @throws NodeApiError
 */
export async function schemaProblems(
	wanted: readonly Wanted[],
	custom: CustomFields,
	isNew: (wanted: Wanted) => boolean,
	transport: Transport,
): Promise<Problem[]> {
	const found = await faultsOf(wanted, isNew, transport);
	return found.filter(({ unknown }) => !unknown || !custom[unknown[0]]?.includes(unknown[1]));
}

/** The fields that no schema names: KAZOO keeps them all the same. @throws NodeApiError */
export async function customFields(wanted: readonly Wanted[], transport: Transport): Promise<CustomFields> {
	const custom: Record<string, string[]> = {};
	for (const { unknown } of await faultsOf(wanted, () => false, transport)) {
		if (!unknown) continue;
		const [list, field] = unknown;
		const fields = (custom[list] ??= []);
		if (!fields.includes(field)) fields.push(field);
	}
	for (const fields of Object.values(custom)) fields.sort();
	return custom;
}

async function faultsOf(
	wanted: readonly Wanted[],
	isNew: (wanted: Wanted) => boolean,
	transport: Transport,
): Promise<Fault[]> {
	const used = [...new Set(wanted.map(({ kind }) => kind))];
	const schemas = await readSchemas(used, transport);
	return wanted.flatMap((one) => {
		const { kind, document, place } = one;
		const schema = schemas.get(kinds[kind].schema ?? '');
		if (!schema) return [];
		const missing = isNew(one) ? missingFields(document, schema) : [];
		return [...missing, ...faults(document, schema, schemas)].map(({ field, problem, isUnknown }) => ({
			place: `${place}${field === '' ? '' : `.${field}`}`,
			problem,
			...(isUnknown ? { unknown: [kinds[kind].plural, field] as const } : {}),
		}));
	});
}

/** Also those that they refer to. */
async function readSchemas(used: readonly KindName[], transport: Transport): Promise<Schemas> {
	const schemas = new Map<string, Whole>();
	let names = [...new Set(used.map((kind) => kinds[kind].schema ?? ''))].filter(Boolean);
	while (names.length > 0) {
		const found = await mapConcurrently(names, SIDE_BY_SIDE, async (name) => {
			const { status, envelope } = await transport.send({
				method: 'GET',
				path: `/schemas/${encodeURIComponent(name)}`,
				expect: [404],
				what: `Read the schema of ${name}`,
			});
			return [name, status === 404 || !isRecord(envelope.data) ? {} : envelope.data] as const;
		});
		for (const [name, schema] of found) schemas.set(name, schema);
		const referred = found.flatMap(([, schema]) => references(schema));
		names = [...new Set(referred)].filter((name) => !schemas.has(name));
	}
	return schemas;
}

function references(schema: Whole): string[] {
	const own = typeof schema.$ref === 'string' ? [schema.$ref] : [];
	return [...own, ...Object.values(schema.properties ?? {}).flatMap(references)];
}

interface Found {
	/** Dotted, empty for the document itself. */
	readonly field: string;
	readonly problem: string;
	readonly isUnknown?: true;
}

function faults(value: unknown, given: Whole, schemas: Schemas, field = ''): Found[] {
	const schema = given.$ref === undefined ? given : (schemas.get(given.$ref) ?? {});
	// Null takes a field out
	if (value === null) return [];
	const wrong = typeProblem(value, schema);
	if (wrong !== undefined) return [{ field, problem: wrong }];
	if (!isRecord(value) || Object.keys(schema.properties ?? {}).length === 0) return [];
	const open = schema.patternProperties !== undefined || isRecord(schema.additionalProperties);
	return Object.entries(value).flatMap(([key, entry]): Found[] => {
		const path = field === '' ? key : `${field}.${key}`;
		const inside = schema.properties?.[key];
		if (inside) return faults(entry, inside, schemas, path);
		if (open || KNOWN.has(key)) return [];
		return [{ field: path, problem: 'this KAZOO does not know the field', isUnknown: true }];
	});
}

/** What a new document has to say, where the server has no value of its own for it. */
function missingFields(document: Document, { required = [], properties = {} }: Whole): Found[] {
	return required
		.filter((field) => (document[field] ?? null) === null && properties[field]?.default === undefined)
		.map((field) => ({ field, problem: 'it is missing, and a new one needs it' }));
}

/** Texts that mean a number or a switch are taken by KAZOO (observed.md 22). */
function typeProblem(value: unknown, { type }: Whole): string | undefined {
	const types = [type ?? []].flat();
	if (types.length === 0 || types.some((one) => fits(value, one))) return undefined;
	const is = Array.isArray(value) ? 'a list' : isRecord(value) ? 'an object' : JSON.stringify(value);
	return `it has to be ${types.join(' or ')}, and is ${is}`;
}

function fits(value: unknown, type: string): boolean {
	switch (type) {
		case 'array':
			return Array.isArray(value);
		case 'object':
			return isRecord(value);
		case 'boolean':
			return typeof value === 'boolean' || value === 'true' || value === 'false';
		case 'integer':
		case 'number':
			return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
		case 'string':
			return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
		default:
			return true;
	}
}
