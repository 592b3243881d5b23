/**
 * What a server's schema cannot say of a document's fields: the order in which a person needs them, their names, and
 * how a person writes them. A field without a hint appears as the schema has it.
 */
import type { Choice } from './notation';
import type { ParameterName } from './parameters';

/** How a person writes a value, where that is not how it travels. What travels is taken as well. */
export type FieldHint = { readonly label?: string } & (
	| { readonly as?: never }
	/** One of these words or numbers. */
	| { readonly as: 'choice'; readonly of: readonly Choice[] | readonly NumberedChoice[] }
	/** Several of these words. */
	| { readonly as: 'choices'; readonly of: readonly Choice[] }
	/** A calendar day where the account is; on the wire Gregorian seconds of its beginning there. */
	| { readonly as: 'day' }
	/** A time of day like 09:00; on the wire seconds since midnight. */
	| { readonly as: 'time' }
	/** The IANA name of a time zone, or the city in it. */
	| { readonly as: 'timeZone' }
	/** Texts, one a line or with commas; on the wire a list. */
	| { readonly as: 'texts' }
	/** Whole numbers, one a line or with commas; on the wire a list. */
	| { readonly as: 'integers' }
	/** Phone numbers and extensions, one a line or with commas; on the wire a list. */
	| { readonly as: 'numbers' }
	/** The same; on the wire an object with the numbers as keys. `whole`: no extensions, and none without area code. */
	| { readonly as: 'numberKeys'; readonly whole?: true }
	/** A name or ID of one of a parameter's records; an address (`shoutcast://...`) stays what it is. */
	| { readonly as: 'id'; readonly of: ParameterName }
	/** Several of them; on the wire a list of IDs. */
	| { readonly as: 'ids'; readonly of: ParameterName }
	/** Names or IDs of records of several kinds; on the wire an object by ID that says kind and place in the order. */
	| { readonly as: 'members'; readonly of: Readonly<Record<string, ParameterName>> }
);

/** A choice whose value is a number. */
export interface NumberedChoice {
	readonly value: number;
	readonly label: string;
}

export type FieldHints = Readonly<Record<string, FieldHint>>;

/** The hints for one schema; fields by their dotted paths, in the order of the form. */
export interface SchemaHints {
	/** Stand in the form at once. Switches are none of them: the editor would send them as off. */
	readonly form: FieldHints;
	/** First of those that can be added. */
	readonly more?: FieldHints;
	/** The operations ask for these by fields of their own. */
	readonly apart?: readonly string[];
}
