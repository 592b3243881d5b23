import type { Profile } from '../values/profile';
import type { FieldError } from './errors';
import { NEWER } from './newer';
import { toJsonSchema, type Area, type Field, type JsonSchema } from './notation';
import { AREAS } from './tables';
import { runValidator } from './validator';

export type { Profile } from '../values/profile';
export type { FieldError } from './errors';
export { ValidatorCrash } from './validator';

/** How strict `validate` is. */
export interface ValidateOptions {
	/** Takes addresses on this machine (webhooks, Pivot ...), which KAZOO refuses as `invalid client URL`. */
	allowLoopbackUris?: boolean;
}

const fields: Record<Profile, Map<string, Field>> = { 4: collect(4), 5: collect(5) };
const schemas: Record<Profile, Map<string, JsonSchema>> = { 4: new Map(), 5: new Map() };

function collect(profile: Profile): Map<string, Field> {
	const only = (area: Area) => (profile === 4 ? area.only4 : area.only5) ?? {};
	return new Map(AREAS.flatMap((area) => [...Object.entries(area.both), ...Object.entries(only(area))]));
}

/** Names of all schemas of a generation, sorted. */
export function schemaNames(profile: Profile): string[] {
	return [...fields[profile].keys()].sort();
}

/** The JSON Schema without what Crossbar adds when it serves it; made when it is first asked for. */
function schemaOf(profile: Profile, name: string): JsonSchema | undefined {
	let schema = schemas[profile].get(name);
	if (schema) return schema;
	const field = fields[profile].get(name);
	if (field === undefined) return undefined;
	schema = toJsonSchema(field, profile);
	schemas[profile].set(name, schema);
	return schema;
}

/** The schema that documents are checked against. */
function checkedOf(profile: Profile, name: string): JsonSchema | undefined {
	const newer = profile === 5 && Object.hasOwn(NEWER, name) ? NEWER[name] : undefined;
	const schema = schemaOf(profile, name);
	return newer && schema ? newer(schema) : schema;
}

/** The JSON Schema (draft 4) as `GET /v2/schemas/{name}` serves it; undefined when there is none of that name. */
export function jsonSchema(profile: Profile, name: string): object | undefined {
	const schema = schemaOf(profile, name);
	return schema && { $schema: 'http://json-schema.org/draft-04/schema#', ...schema, id: name };
}

/**
 * Checks a document. Gives back a copy with defaults filled in and texts such as "5" and "true" turned into the
 * numbers and booleans the schema wants, and the errors by plain dotted path (`sip.method`, `numbers.0`, the empty
 * text for the whole document), undefined when there are none. An unknown schema is the error `schema` on `schema`.
 */
export function validate(
	profile: Profile,
	name: string,
	doc: object,
	options: ValidateOptions = {},
): { doc: object; errors: Record<string, FieldError> | undefined } {
	const outcome = runValidator({ $ref: name }, name, doc, {
		...options,
		find: (other) => checkedOf(profile, other),
	});
	return { doc: outcome.doc as object, errors: outcome.errors };
}
