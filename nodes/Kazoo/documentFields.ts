/** The form of Create, Update and Replace, from the schema that the server itself uses and the hints for it. */
import type {
	FieldType,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { findRow } from '../../crossbar/catalogue';
import type { NumberedChoice } from '../../crossbar/catalogue/hintNotation';
import type { FieldHint } from '../../crossbar/catalogue/hints';
import { hintedFields, hintFor, hintsFor } from '../../crossbar/catalogue/hints';
import type { Choice } from '../../crossbar/catalogue/notation';
import { Transport } from '../../crossbar/http/transport';
import { labelOfField } from '../../crossbar/operations/document';
import { mapConcurrently } from '../../crossbar/values/concurrency';
import type { Schema } from '../../crossbar/values/jsonSchema';
import { schemaFrom } from '../../crossbar/values/jsonSchema';
import { isDateField } from '../../crossbar/values/time';

/** Schemas in schemas: a form deeper than this would be no form any more. */
const DEEPEST = 4;
const SIDE_BY_SIDE = 5;
/** Longer lists of choices (time zones) are typed: n8n stores the form in the workflow. */
const MOST_CHOICES = 60;

/** Kinds of fields that hardly anybody needs, in this order below all others. */
const LAST = ['call_restriction.', 'call_recording.'];

/**
 * `resourceMapping.getDocumentFields`: the fields of the hints in their order, then the others of the schema. For
 * Update nothing stands in the form at once: it changes what is added to it and nothing else.
 */
export async function getDocumentFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { name, schema, referenced, mayOmit } = await documentSchema(this);
	const { form, apart } = hintsFor(name);
	const places = new Map(Object.keys(hintedFields(name)).map((path, index) => [path, index]));
	const place = ({ id, required }: ResourceMapperField): number =>
		places.get(id) ?? (required ? -1 : places.size + 1 + LAST.findIndex((start) => id.startsWith(start)));
	const fields = flatten(schema, referenced, '', new Set(), 0)
		.filter(({ path }) => !apart?.includes(path))
		.map(({ path, schema: part, required }): ResourceMapperField => {
			const stands = !mayOmit && (required || path in form);
			return { ...field(name, path, part), required: required && !mayOmit, removed: !stands };
		})
		.sort((one, other) => place(one) - place(other));
	return { fields };
}

async function documentSchema(context: ILoadOptionsFunctions) {
	const row = findRow(
		String(context.getCurrentNodeParameter('resource')),
		String(context.getCurrentNodeParameter('operation')),
	);
	if (!row?.document) return { name: '', schema: {}, referenced: new Map<string, Schema>(), mayOmit: false };
	const transport = await Transport.open(context);
	const load = async (name: string): Promise<Schema> => {
		const path = `/schemas/${encodeURIComponent(name)}`;
		const { envelope } = await transport.send({ method: 'GET', path, what: 'Get the fields', expect: [404] });
		return envelope.status === 'success' ? schemaFrom(envelope.data) : {};
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
	return { name: row.document, schema, referenced, mayOmit: row.value === 'update' };
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
): Array<{ path: string; schema: Schema; required: boolean }> {
	return Object.entries(schema.properties ?? {}).flatMap(([key, part]) => {
		const id = `${prefix}${key}`;
		const resolved = part.$ref ? (referenced.get(part.$ref) ?? {}) : part;
		const circular = part.$ref !== undefined && above.has(part.$ref);
		if (resolved.properties && Object.keys(resolved.properties).length > 0 && !circular && depth < DEEPEST) {
			const inside = part.$ref ? new Set([...above, part.$ref]) : above;
			return flatten(resolved, referenced, `${id}.`, inside, depth + 1);
		}
		const required = prefix === '' && (schema.required ?? []).includes(key);
		return [{ path: id, schema: resolved, required }];
	});
}

function field(
	name: string,
	path: string,
	schema: Schema,
): Omit<ResourceMapperField, 'required' | 'removed'> {
	const hint = hintFor(name, path);
	const { type, options } = appearance(path, schema, hint);
	const written = hint?.as === undefined ? undefined : WRITTEN[hint.as];
	const label = labelOfField(path, hint);
	return {
		id: path,
		displayName: written ? `${label} (${written})` : label,
		defaultMatch: path === 'name',
		canBeUsedToMatch: ['string', 'number'].includes(type) && (!hint?.as || hint.as === 'id'),
		display: true,
		// The editor draws whatever kind of parameter it knows by this name; n8n's type lists fewer.
		type: type as FieldType,
		...(options ? { options } : {}),
	};
}

/** How a field is written, where its label does not say it: the form has no other place for it. */
const WRITTEN: Partial<Record<NonNullable<FieldHint['as']>, string>> = {
	time: 'e.g. 09:00',
	timeZone: 'e.g. Europe/Vienna',
	texts: 'a, b, …',
	integers: '1, 15, …',
	numbers: 'a, b, …',
	numberKeys: 'a, b, …',
	id: 'Name or ID',
	ids: 'Names or IDs: a, b, …',
	members: 'Names or IDs: a, b, …',
};

interface Appearance {
	readonly type: FieldType | 'multiOptions';
	readonly options?: INodePropertyOptions[];
}

function appearance(path: string, schema: Schema, hint: FieldHint | undefined): Appearance {
	if (hint?.as === 'choice' || hint?.as === 'choices')
		return { type: hint.as === 'choice' ? 'options' : 'multiOptions', options: hint.of.map(option) };
	if (hint?.as === 'day') return { type: 'dateTime' };
	if (hint?.as !== undefined) return { type: 'string' };
	const choices = choicesOf(schema);
	if (choices) return { type: 'options', options: choices };
	const several = schema.items && choicesOf(schema.items);
	if (several) return { type: 'multiOptions', options: several };
	return { type: fieldType(path.split('.').at(-1) ?? path, schema) };
}

function choicesOf({ enum: all }: Schema): INodePropertyOptions[] | undefined {
	const choices = all?.filter((value) => typeof value === 'string' || typeof value === 'number') ?? [];
	return choices.length > 0 && choices.length <= MOST_CHOICES
		? choices.map((value) => ({ name: String(value), value }))
		: undefined;
}

function option(choice: Choice | NumberedChoice): INodePropertyOptions {
	return typeof choice === 'string'
		? { name: choice, value: choice }
		: { name: choice.label, value: choice.value };
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
