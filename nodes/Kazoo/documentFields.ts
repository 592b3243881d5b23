/** The form of Create, Update and Replace, from the schema that the server itself uses. */
import type {
	FieldType,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { findRow } from '../../crossbar/catalogue';
import { fieldLabel } from '../../crossbar/errors/explain';
import { Transport } from '../../crossbar/http/transport';
import { mapConcurrently } from '../../crossbar/values/concurrency';
import { isDateField } from '../../crossbar/values/time';

/** The parts of a JSON Schema (draft 4, as `GET /v2/schemas/{name}` serves it) that make a form. */
interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	enum?: unknown[];
	default?: unknown;
	$ref?: string;
}

/** Schemas in schemas: a form deeper than this would be no form any more. */
const DEEPEST = 4;
const SIDE_BY_SIDE = 5;
/** Longer lists of choices (time zones) are typed: n8n stores the form in the workflow. */
const MOST_CHOICES = 60;

/** `resourceMapping.getDocumentFields`: required fields first, the others to be added. */
export async function getDocumentFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { schema, referenced, mayOmit } = await documentSchema(this);
	const fields = flatten(schema, referenced, '', new Set(), 0);
	const wanted = fields.map((field) => (mayOmit ? { ...field, required: false, removed: true } : field));
	return {
		fields: [...wanted.filter(({ required }) => required), ...wanted.filter(({ required }) => !required)],
	};
}

async function documentSchema(context: ILoadOptionsFunctions) {
	const row = findRow(
		String(context.getCurrentNodeParameter('resource')),
		String(context.getCurrentNodeParameter('operation')),
	);
	if (!row?.document) return { schema: {}, referenced: new Map<string, Schema>(), mayOmit: false };
	const transport = await Transport.open(context);
	const load = async (name: string): Promise<Schema> => {
		const path = `/schemas/${encodeURIComponent(name)}`;
		const { envelope } = await transport.send({ method: 'GET', path, what: 'Get the fields', expect: [404] });
		return (envelope.status === 'success' ? (envelope.data as Schema) : undefined) ?? {};
	};
	const schema = await load(row.document);
	const referenced = new Map<string, Schema>();
	let missing = references(schema);
	for (let level = 0; level < DEEPEST && missing.length > 0; level++) {
		const loaded = await mapConcurrently(
			missing,
			SIDE_BY_SIDE,
			async (name) => [name, await load(name)] as const,
		);
		for (const [name, part] of loaded) referenced.set(name, part);
		missing = loaded.flatMap(([, part]) => references(part)).filter((name) => !referenced.has(name));
	}
	return { schema, referenced, mayOmit: row.value === 'update' };
}

function references(schema: Schema): string[] {
	const names = Object.values(schema.properties ?? {}).flatMap((part) =>
		part.$ref ? [part.$ref] : references(part),
	);
	return [...new Set(names)];
}

function flatten(
	schema: Schema,
	referenced: ReadonlyMap<string, Schema>,
	prefix: string,
	above: ReadonlySet<string>,
	depth: number,
): ResourceMapperField[] {
	return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
		const id = `${prefix}${key}`;
		const resolved = part.$ref ? (referenced.get(part.$ref) ?? {}) : part;
		const circular = part.$ref !== undefined && above.has(part.$ref);
		if (resolved.properties && Object.keys(resolved.properties).length > 0 && !circular && depth < DEEPEST) {
			const inside = part.$ref ? new Set([...above, part.$ref]) : above;
			return flatten(resolved, referenced, `${id}.`, inside, depth + 1);
		}
		const required = prefix === '' && (schema.required ?? []).includes(key);
		return [field(id, key, resolved, required)];
	});
}

function field(id: string, key: string, schema: Schema, required: boolean): ResourceMapperField {
	const choices = schema.enum?.filter((value) => typeof value === 'string' || typeof value === 'number');
	const options =
		choices && choices.length > 0 && choices.length <= MOST_CHOICES
			? choices.map((value) => ({ name: String(value), value }))
			: undefined;
	const type = options ? 'options' : fieldType(key, schema);
	return {
		id,
		displayName: fieldLabel(id),
		required,
		defaultMatch: id === 'name',
		canBeUsedToMatch: ['string', 'number'].includes(type),
		display: true,
		removed: !required,
		type,
		...(options ? { options } : {}),
	};
}

function fieldType(key: string, schema: Schema): FieldType {
	const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
	switch (type) {
		case 'boolean':
			return 'boolean';
		case 'integer':
		case 'number':
			return isDateField(key) ? 'dateTime' : 'number';
		case 'array':
			return 'array';
		case 'object':
			return 'object';
		case undefined:
			return schema.properties ? 'object' : 'string';
		default:
			return 'string';
	}
}
