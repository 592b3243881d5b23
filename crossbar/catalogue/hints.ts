/** The one table of hints for the schemas of documents that people edit. */
import { callCenterHints } from './callCenter/hints';
import { callsHints } from './calls/hints';
import { carriersHints } from './carriers/hints';
import type { FieldHint, FieldHints, SchemaHints } from './hintNotation';
import { messagesHints } from './messages/hints';
import { numbersHints } from './numbers/hints';
import { peopleHints } from './people/hints';
import { platformHints } from './platform/hints';
import { routingHints } from './routing/hints';

export type { FieldHint, FieldHints, SchemaHints } from './hintNotation';

const SCHEMAS: Readonly<Record<string, SchemaHints>> = {
	...callCenterHints,
	...callsHints,
	...carriersHints,
	...messagesHints,
	...numbersHints,
	...peopleHints,
	...platformHints,
	...routingHints,
};

/** Fields that mean the same in every document. */
const EVERYWHERE: FieldHints = {
	flags: { as: 'texts' },
	'music_on_hold.media_id': { label: 'Music on Hold', as: 'id', of: 'mediaId' },
	owner_id: { label: 'Owner', as: 'id', of: 'userId' },
	timezone: { label: 'Time Zone', as: 'timeZone' },
};

/** The hints for a schema; one of which nothing is known has those for every document. */
export function hintsFor(schema: string): SchemaHints {
	return SCHEMAS[schema] ?? { form: {} };
}

/** The hint for a field of a document. */
export function hintFor(schema: string, path: string): FieldHint | undefined {
	return hintedFields(schema)[path];
}

const known = new Map<string, FieldHints>();

/** All fields that have a hint, in the order of the form. */
export function hintedFields(schema: string): FieldHints {
	let fields = known.get(schema);
	if (!fields) {
		const { form, more } = hintsFor(schema);
		fields = { ...form, ...more, ...without(EVERYWHERE, { ...form, ...more }) };
		known.set(schema, fields);
	}
	return fields;
}

function without(fields: FieldHints, others: FieldHints): FieldHints {
	return Object.fromEntries(Object.entries(fields).filter(([path]) => !(path in others)));
}

/** The schemas that have hints, for the tests. */
export const hintedSchemas: readonly string[] = Object.keys(SCHEMAS);
