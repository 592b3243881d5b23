import type { Profile } from '../profile';

export type { Profile } from '../profile';

/** What is wrong with one field: rule -> words and details, as Crossbar writes them (facts/envelope.md 4.1). */
export interface FieldError {
	[code: string]: {
		message: string;
		target?: unknown;
		value?: unknown;
		cause?: unknown;
		format?: string;
		schema?: string;
	};
}

/** Names of all schemas of a generation, sorted. */
export function schemaNames(_profile: Profile): string[] {
	return [];
}

/** The JSON Schema (draft 4) as `GET /v2/schemas/{name}` serves it; undefined when there is none of that name. */
export function jsonSchema(_profile: Profile, _name: string): object | undefined {
	return undefined;
}

/**
 * Checks a document. Gives back the document with defaults filled in and texts such as "5" and "true" turned into the
 * numbers and booleans the schema wants, and the errors by plain dotted path (`sip.method`, `numbers.0`, the empty
 * text for the whole document), undefined when there are none. An unknown schema is the error `schema` on `schema`.
 */
export function validate(
	_profile: Profile,
	_name: string,
	doc: object,
): { doc: object; errors: Record<string, FieldError> | undefined } {
	// The tables and the validator follow; until then every document passes unchanged.
	return { doc, errors: undefined };
}
