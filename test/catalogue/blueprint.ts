/** The JSON Schema of a customer's blueprint: KAZOO's own schemas, with names where they want IDs. */
import type { KindName } from '../../crossbar/changes/kinds';
import { kindNames, kinds, ownFields } from '../../crossbar/changes/kinds';
import { VERSION } from '../../crossbar/jobs/blueprint/document';
import { isRecord } from '../../crossbar/values/records';
import { jsonSchema } from '../../sandbox/schemas';

type Schema = Readonly<Record<string, unknown>>;

/** The generation whose schemas are shown; a field that only another one knows is not refused. */
const PROFILE = 4;

/** Length of an ID of KAZOO: a name may stand there, which has any. */
const ID_LENGTH = 32;

/** The schema as JSON Schema (draft 7) that editors and agents can check a document with. */
export function blueprintSchema(): Schema {
	const definitions: Record<string, Schema> = {};
	const lists = kindNames.map((kind): [string, Schema] => [kinds[kind].plural, listOf(kind, definitions)]);
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'Customer Blueprint of the KAZOO node for n8n',
		description:
			'A customer, or a part of one, with names where KAZOO has IDs. What it does not mention is left alone; null takes a field out.',
		type: 'object',
		properties: {
			$schema: { type: 'string' },
			blueprint: { const: VERSION, description: 'The form of the document' },
			name: { type: 'string', description: 'Of the account that it was read from; for the reader only' },
			left_out: {
				description: 'Lists that could not be read, and why; for the reader only',
				type: 'object',
				additionalProperties: { type: 'string' },
			},
			custom_fields: {
				description: 'Fields that no schema of the server names, by list: {"users": ["title"]}',
				type: 'object',
				additionalProperties: { type: 'array', items: { type: 'string' } },
			},
			...Object.fromEntries(lists),
		},
		additionalProperties: false,
		definitions: Object.fromEntries(
			Object.entries(definitions).sort(([one], [other]) => (one < other ? -1 : 1)),
		),
	};
}

/** As docs/blueprint.schema.json holds it. */
export function blueprintSchemaFile(): string {
	return `${JSON.stringify(blueprintSchema(), null, '\t')}\n`;
}

/** What somebody else offers has a name, and nothing else to be said of it. */
const OFFERED = {
	type: 'object',
	properties: { name: { type: 'string', description: 'As it is offered to the account' } },
	required: ['name'],
	additionalProperties: false,
};

function listOf(kind: KindName, definitions: Record<string, Schema>): Schema {
	const { label, single, schema } = kinds[kind];
	if (schema !== undefined) define(schema, definitions, kind);
	const entry = schema === undefined ? OFFERED : { $ref: `#/definitions/${schema}` };
	return single ? entry : { type: 'array', description: `Each entry a ${label}`, items: entry };
}

/** A schema of the server and all that it refers to. */
function define(name: string, definitions: Record<string, Schema>, kind?: KindName): void {
	if (name in definitions) return;
	const { $schema: _, id: __, ...schema } = (jsonSchema(PROFILE, name) ?? {}) as Schema;
	definitions[name] = {};
	const shown = portable(schema, definitions) as Schema;
	const needed = Array.isArray(schema.required) ? (schema.required as string[]) : [];
	const own =
		kind && isRecord(shown.properties)
			? { properties: { ...idOf(kind), ...ownFields(kind, shown.properties) } }
			: {};
	definitions[name] = {
		...shown,
		...own,
		...(kind && needed.length > 0 ? { description: `A new one needs ${needed.join(', ')}` } : {}),
	};
}

/** A number is called by itself. */
const idOf = (kind: KindName): Schema =>
	kind === 'phoneNumber' ? { id: { type: 'string', description: 'The number' } } : {};

/** Names stand for IDs, null takes a field out, and a part of a document is one, too. */
function portable(value: unknown, definitions: Record<string, Schema>): unknown {
	if (Array.isArray(value)) return value.map((entry) => portable(entry, definitions));
	if (!isRecord(value)) return value;
	const { required: _, additionalProperties, minLength, maxLength, ...rest } = value;
	const isId = minLength === ID_LENGTH && maxLength === ID_LENGTH;
	const lengths = isId ? {} : { minLength, maxLength };
	const entries = Object.entries({ ...rest, ...lengths }).filter(([, entry]) => entry !== undefined);
	const more = isRecord(additionalProperties)
		? { additionalProperties: portable(additionalProperties, definitions) }
		: {};
	return Object.fromEntries([
		...entries.map(([key, entry]): [string, unknown] => {
			if (key === '$ref') {
				define(String(entry), definitions);
				return [key, `#/definitions/${String(entry)}`];
			}
			if ((key === 'properties' || key === 'patternProperties') && isRecord(entry))
				return [key, mapped(entry, (field) => orNull(portable(field, definitions)))];
			if (key === 'pattern') return [key, readable(String(entry))];
			return [key, key === 'default' || key === 'enum' ? entry : portable(entry, definitions)];
		}),
		...Object.entries(more),
	]);
}

function orNull(schema: unknown): unknown {
	if (!isRecord(schema)) return schema;
	const { type, enum: values, $ref } = schema;
	if ($ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
	return {
		...schema,
		...(type === undefined ? {} : { type: [...new Set([type, 'null'].flat())] }),
		...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}),
	};
}

function mapped(object: Schema, change: (value: unknown) => unknown): Schema {
	return Object.fromEntries(Object.entries(object).map(([key, value]) => [readable(key), change(value)]));
}

/** Classes of characters as Erlang's expressions have them, and no others. */
function readable(expression: string): string {
	return expression
		.replaceAll('[:alnum:]', 'A-Za-z0-9')
		.replaceAll('[:alpha:]', 'A-Za-z')
		.replaceAll('[:digit:]', '0-9');
}
