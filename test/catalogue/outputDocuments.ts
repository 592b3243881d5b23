/** What is known of a document's fields without asking: KAZOO's own schema of it. */
import { catalogue } from '../../crossbar/catalogue';
import type { Row } from '../../crossbar/catalogue/notation';
import { jsonSchema } from '../../sandbox/schemas';
import { joined, type OutputSchema } from './outputSchema';

interface NamedRow {
	/** `device.getAll`. */
	readonly name: string;
	readonly row: Row;
	/** The schema of the document that it gives, by its name. */
	readonly document: string | undefined;
}

interface JsonSchema {
	readonly type?: string | readonly string[];
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly items?: JsonSchema;
	readonly $ref?: string;
}

/** What gives a document: what is sent as one comes back as one, and Get gives the same. */
const GIVES = new Set(['get', 'create', 'update', 'replace', 'upsert']);
/** Of KAZOO's schema: fields and those within them; what lies deeper is rarely set. */
const DEEPEST = 2;
/** Schemas that name each other in a circle: a callflow's steps. */
const KINDS = new Set(['object', 'array', 'string', 'number', 'boolean']);

/** All operations, each with the document that it gives. */
export function allRows(): NamedRow[] {
	return catalogue.flatMap(({ value, rows }) => {
		const own = rows.find(({ document }) => document !== undefined)?.document;
		return rows.map((row) => ({
			name: `${value}.${row.value}`,
			row,
			document: GIVES.has(row.value) ? (row.document ?? own) : undefined,
		}));
	});
}

/** The fields of a document, of both generations of KAZOO. */
export function documentProperties(name: string): OutputSchema | undefined {
	const [four, five] = ([4, 5] as const).map((profile) => {
		const schema = jsonSchema(profile, name) as JsonSchema | undefined;
		return schema && shown(schema, profile, 0);
	});
	return four && five ? joined(four, five) : (four ?? five);
}

function shown(schema: JsonSchema, profile: 4 | 5, depth: number): OutputSchema | undefined {
	if (schema.$ref !== undefined) {
		const other = jsonSchema(profile, schema.$ref) as JsonSchema | undefined;
		return other && depth < DEEPEST ? shown(other, profile, depth) : { type: 'object' };
	}
	const type = [schema.type].flat().find((kind) => kind !== undefined && kind !== 'null') ?? 'string';
	const kind = type === 'integer' ? 'number' : type;
	if (!KINDS.has(kind)) return undefined;
	if (depth >= DEEPEST || (kind !== 'object' && kind !== 'array'))
		return { type: kind as OutputSchema['type'] };
	if (kind === 'array') {
		const items = schema.items && shown(schema.items, profile, depth + 1);
		return { type: 'array', ...(items ? { items } : {}) };
	}
	const properties = Object.fromEntries(
		Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
			const found = shown(inner, profile, depth + 1);
			return found ? [[key, found] as const] : [];
		}),
	);
	return { type: 'object', ...(Object.keys(properties).length > 0 ? { properties } : {}) };
}
