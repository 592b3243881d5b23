import { dataOf, isObject, type Exchange, type Json, type JsonObject } from './recording';

/** An id of a document, of a month or not. */
export const ID = /^(?:20\d{4}-)?[0-9a-f]{32}$/;

/** The ids in the first column of a CSV file. */
export function idsOfTable(text: string): string[] {
	return text.startsWith('"ID"')
		? [...text.matchAll(/\n"((?:20\d{4}-)?[0-9a-f]{32})"/g)].map(([, id]) => String(id))
		: [];
}

/** Ids in an answer: in its body, in `Location`, and in the key of the next page. */
export function shownIn({ response }: Exchange): string[] {
	const made = /\/([^/]+)$/.exec(response.headers.location ?? '')?.[1];
	const next = isObject(response.body) ? response.body.next_start_key : undefined;
	return [
		...idsIn(response.body),
		...(typeof next === 'string' ? idsOfKey(next) : []),
		...(made !== undefined && ID.test(made) ? [made] : []),
	];
}

/** An opaque key is base64 of Erlang's binary form, in which texts stand as they are. */
function idsOfKey(key: string): string[] {
	return (
		Buffer.from(key, 'base64url')
			.toString('latin1')
			.match(/(?:20\d{4}-)?[0-9a-f]{32}/g) ?? []
	);
}

function idsIn(value: unknown): string[] {
	if (typeof value === 'string') return ID.test(value) ? [value] : idsOfTable(value);
	if (Array.isArray(value)) return value.flatMap(idsIn);
	return isObject(value) ? Object.values(value).flatMap(idsIn) : [];
}

/**
 * What the filters of a list tell of the documents that passed them, by id: a nested object of the fields in question.
 * Of a field that is only known to be there the value is `true`.
 */
export function toldByFilters(exchange: Exchange): Map<string, JsonObject> {
	const told = new Map<string, JsonObject>();
	const rows = dataOf(exchange);
	if (exchange.request.method !== 'GET' || !Array.isArray(rows)) return told;
	const facts: JsonObject = {};
	for (const [key, value] of new URL(exchange.request.path, 'http://server').searchParams) {
		if (/^filter_(?!not_)/.test(key)) put(facts, key.slice('filter_'.length), valueOf(value));
		else if (key === 'has_key') put(facts, value, true);
	}
	if (Object.keys(facts).length === 0) return told;
	for (const row of rows) if (isObject(row) && typeof row.id === 'string') told.set(row.id, facts);
	return told;
}

function valueOf(text: string): Json {
	return /^(-?\d{1,15}|true|false)$/.test(text) ? (JSON.parse(text) as Json) : text;
}

function put(target: JsonObject, path: string, value: Json): void {
	const [first = '', ...rest] = path.split('.');
	if (rest.length === 0) target[first] ??= value;
	else {
		const inner = (target[first] ??= {});
		if (isObject(inner)) put(inner, rest.join('.'), value);
	}
}

/** Fields of a document, and what is missing in them of what else is known. */
export function completed(fields: JsonObject, more: JsonObject): JsonObject {
	const all: JsonObject = { ...fields };
	for (const [key, value] of Object.entries(more)) {
		const known = all[key];
		if (known === undefined || known === true) all[key] = value;
		else if (isObject(known) && isObject(value)) all[key] = completed(known, value);
	}
	return all;
}
