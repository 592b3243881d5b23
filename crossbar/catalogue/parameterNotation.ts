/** What a path parameter may hold, and the words that its lists are put together from. */

/** A record of a list answer. */
export type Listed = Readonly<Record<string, unknown>>;

export interface ListSource {
	/** Path below `/v2`; may hold other path parameters, which are then read from the node's form. */
	readonly path: string;
	/** What a person knows the record by. A plain text in the list comes as `{id: text}`, a key of a map as `id`. */
	readonly label: (record: Listed) => string;
	/**
	 * What else than its label people call a record by: with it, and with a `pattern` that tells an ID, the parameter
	 * can be given by name.
	 */
	readonly names?: (record: Listed) => readonly unknown[];
	/** The key of the id; `id` unless told. */
	readonly id?: string;
	/** Where the records are in `data`: a map of id to record (`numbers`, '' for `data` itself), else `data` is the array. */
	readonly map?: string;
	/** The records are in a list inside each entry of `data` (`port_requests`). */
	readonly list?: string;
}

export interface Parameter {
	readonly label: string;
	readonly description?: string;
	readonly placeholder?: string;
	readonly hint?: string;
	/** A regular expression for typed IDs, and what to say when it does not match and cannot be a name. */
	readonly pattern?: { readonly expression: string; readonly message: string };
	readonly list?: ListSource;
	/** A fixed set of values instead of a list from the server. */
	readonly options?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
	/** How a typed value is brought into the form that the server keeps (phone numbers). */
	readonly normalize?: 'phoneNumber';
}

/** KAZOO ids are 32 hexadecimal characters. */
export const ID = {
	expression: '^\\s*[0-9a-fA-F]{32}\\s*$',
	message: 'A KAZOO ID has 32 characters, 0-9 and a-f',
} as const;

/** What such an ID looks like. */
export const ID_PLACEHOLDER = 'e.g. 4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b';

/** The IDs of prompts name a language: `en-us/vm-enter_pass`. */
export const MEDIA_ID = {
	expression: '^\\s*([0-9a-fA-F]{32}\\s*|[\\w-]+/.+)$',
	message: 'An ID of 32 characters, 0-9 and a-f, or a language and a prompt',
} as const;

/** Ids of records kept by month: `202611-` and the rest. */
export const MONTHLY_ID = {
	expression: '^\\s*\\d{6}-.+$',
	message: 'This ID begins with the year and month, like 202611-…',
} as const;

/** A text or number as text, anything else as nothing. */
export const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Joins what is there: "Reception (001565a1b2c3)". */
export function labelOf(main: unknown, ...extra: unknown[]): string {
	const more = extra.map(text).filter(Boolean).join(', ');
	const first = text(main);
	if (!first) return more;
	return more ? `${first} (${more})` : first;
}

/** For lists whose records are known by their name. */
export const byName = (record: Listed): string => labelOf(record.name);

/** For records whose name is all they are called by. */
export const ownName = (record: Listed): unknown[] => [record.name];

/** Where the lists of an account begin. */
export const account = '/accounts/{accountId}';

/** A list of the account whose records have a name and nothing else that they are known by. */
export const namedList = (path: string): ListSource => ({
	path: `${account}${path}`,
	names: ownName,
	label: byName,
});

/** "+14155550100 → 1001 (2026-11-23_17:40:07)". */
export function callLabel(call: Listed): string {
	const from = text(call.caller_id_name) || text(call.caller_id_number);
	const to = text(call.callee_id_name) || text(call.callee_id_number) || text(call.dialed_number);
	return labelOf(`${from} → ${to}`, call.datetime ?? call.iso_8601_combined);
}

/** The entries of a list; none of what is not one. */
export function entriesOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The first entry of a list. */
export function firstOf(value: unknown): unknown {
	return entriesOf(value)[0];
}

/** "Anna Smith". */
export function fullName(person: Listed): string {
	return [person.first_name, person.last_name].map(text).filter(Boolean).join(' ');
}

/** The entries of a list of texts, one after another. */
export function listOf(value: unknown): string {
	return entriesOf(value).map(text).filter(Boolean).join(' ');
}
