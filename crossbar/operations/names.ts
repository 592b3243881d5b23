/**
 * IDs given by name: people and AI agents know “Anna Smith” or “1001”, not 32 characters. What is not an ID is looked
 * up in the list of its parameter; only one exact match counts, everything else is a question with the candidates.
 */
import type { Fields } from '../catalogue/notation';
import type { FieldHint } from '../catalogue/hints';
import type { Listed, ListSource, ParameterName } from '../catalogue/parameters';
import { parameter } from '../catalogue/parameters';
import type { Transport } from '../http/transport';
import { InvalidInput } from '../values/input';
import { plainText } from '../values/records';
import { entryOf, listed } from './lists';
import { hintedValues, withValue, withWireDocument } from './document';
import type { Operation, PathValues, Values } from './operation';
import { collectPages } from './paging';
import { fillPath, pathParameters } from './request';

type StepsField = Extract<Fields[string], { type: 'steps' }>;
type Step = Record<string, unknown>;

/** Candidates that a question names. */
const MOST_CANDIDATES = 10;

/**
 * The operation with IDs where names were given: in its path and in its fields. A dry run sends nothing, so it shows
 * the names.
 * @throws InvalidInput with the candidates when a name fits none or several
 */
export async function withIds(written: Operation, transport: Transport): Promise<Operation> {
	const operation = withWireDocument(written);
	if (transport.isDryRun) return operation;
	const { row, input } = operation;
	const path = await pathWithIds(input.path, transport);
	const fields = async (kinds: Fields | undefined, values: Values): Promise<Values> => {
		const changed: Record<string, unknown> = { ...values };
		for (const [key, field] of Object.entries(kinds ?? {})) {
			const value = values[key];
			if (field.type === 'locator' && isName(value))
				changed[key] = await idOf(field.parameter, String(value).trim(), path, transport);
			if (field.type === 'steps' && Array.isArray(value)) changed[key] = await steps(field, value as Step[]);
		}
		return changed;
	};
	/** The entries one after another: most of them share their lists. */
	const steps = async ({ kinds, every }: StepsField, entries: readonly Step[]): Promise<Step[]> => {
		const named: Step[] = [];
		for (const entry of entries) {
			const own = { ...kinds[plainText(entry.kind)]?.fields, ...every };
			named.push({ ...entry, ...(await fields(own, entry)) });
		}
		return named;
	};
	const document = await namedDocument(operation, path, transport);
	return {
		...operation,
		input: {
			...input,
			...(document ? { document } : {}),
			path,
			query: await fields(row.query, input.query),
			body: await fields(row.body, input.body),
			arguments: await fields(row.arguments, input.arguments),
		},
	};
}

/**
 * The values of a path with IDs where names were given.
 * @throws InvalidInput with the candidates when a name fits none or several
 */
export async function pathWithIds(values: PathValues, transport: Transport): Promise<PathValues> {
	const path: Record<string, string> = { ...values };
	// The account comes first: the other lists are its own.
	const names = Object.keys(path).sort((a, b) => Number(b === 'accountId') - Number(a === 'accountId'));
	for (const name of names as ParameterName[])
		path[name] = await idOf(name, path[name] ?? '', path, transport);
	return path;
}

/** The document with IDs where its hints take names. */
async function namedDocument(
	{ row, input: { document } }: Operation,
	path: PathValues,
	transport: Transport,
): Promise<Values | undefined> {
	if (!document || !row.document) return document;
	let named: Values = document;
	for (const { path: field, hint, value, label } of hintedValues(row.document, document)) {
		const ids = await namedValue(hint, value, label, path, transport);
		if (ids !== value) named = withValue(named, field, ids);
	}
	return named;
}

async function namedValue(
	hint: FieldHint,
	value: unknown,
	label: string,
	path: PathValues,
	transport: Transport,
): Promise<unknown> {
	const isList = Array.isArray(value) && value.every(isName);
	switch (hint.as) {
		case 'id':
			return isName(value) ? await idOf(hint.of, String(value).trim(), path, transport, label) : value;
		case 'ids': {
			if (!isList) return value;
			const ids: string[] = [];
			for (const name of value) ids.push(await idOf(hint.of, String(name).trim(), path, transport, label));
			return ids;
		}
		case 'members':
			return isList ? await membersNamed(hint.of, value, path, transport, label) : value;
		default:
			return value;
	}
}

/** An expression may give an extension as a number. */
const isName = (value: unknown): value is string | number =>
	typeof value === 'string' || typeof value === 'number';

/**
 * Members by ID as groups keep them, with their place in the order.
 * @param kinds the parameters that tell each kind
 * @throws InvalidInput with the candidates when a name fits none or several
 */
export async function membersNamed(
	kinds: Readonly<Record<string, ParameterName>>,
	names: ReadonlyArray<string | number>,
	path: PathValues,
	transport: Transport,
	label: string,
): Promise<Record<string, { type: string; weight: number }>> {
	const members: Record<string, { type: string; weight: number }> = {};
	for (const [index, name] of names.entries()) {
		const { id, kind } = await memberOf(kinds, String(name).trim(), path, transport, label);
		members[id] = { type: kind, weight: index + 1 };
	}
	return members;
}

/** Who of several kinds has this name or ID. */
async function memberOf(
	kinds: Readonly<Record<string, ParameterName>>,
	text: string,
	path: PathValues,
	transport: Transport,
	label: string,
): Promise<{ id: string; kind: string }> {
	const known: Array<NamedEntry & { kind: string }> = [];
	for (const [kind, name] of Object.entries(kinds)) {
		const { list, label: what } = parameter(name);
		if (!list) continue;
		const records = await listedOnce(list, fillPath(list.path, path), what, transport);
		known.push(...namedEntries(list, records).map((entry) => ({ ...entry, kind })));
	}
	return onlyOne(known, text, label);
}

interface NamedEntry {
	readonly id: string;
	readonly label: string;
	/** Everything it is called, as names are compared. */
	readonly names: readonly string[];
}

function namedEntries(list: ListSource, records: readonly Listed[]): NamedEntry[] {
	return records.map((record) => ({
		...entryOf(list, record),
		names: [...(list.names?.(record) ?? []), list.label(record)].map(plain).filter(Boolean),
	}));
}

/**
 * The text itself when it is an ID, or when there is nothing to look it up in.
 * @param label of the field, where it is not the parameter's own
 */
async function idOf(
	name: ParameterName,
	text: string,
	path: PathValues,
	transport: Transport,
	label: string = parameter(name).label,
): Promise<string> {
	const { list, pattern } = parameter(name);
	if (!list?.names || !pattern || new RegExp(pattern.expression).test(text) || /^\.{0,2}$/.test(text))
		return text;
	if (text.includes('://')) return text;
	const outer = name === 'accountId' ? { ...path, accountId: (await transport.whoAmI()).accountId } : path;
	const missing = pathParameters(list.path).filter((needed) => !outer[needed]);
	if (missing.includes('accountId')) {
		throw new InvalidInput(
			`${label} has to be an ID here: “${text}”`,
			'This operation asks the server nothing, so it cannot look a name up. Take the ID from the list or from an operation before it.',
		);
	}
	if (missing.length > 0) return text;
	const records = await listedOnce(list, fillPath(list.path, outer), label, transport);
	return onlyOne(namedEntries(list, records), text, label).id;
}

/** @throws InvalidInput with the candidates when the text fits none or several */
function onlyOne<Entry extends NamedEntry>(entries: readonly Entry[], text: string, label: string): Entry {
	const wanted = plain(text);
	const found = entries.filter(({ id, names }) => id === text || names.includes(wanted));
	const [only] = found;
	if (only && found.length === 1) return only;
	const similar = entries.filter(({ names }) => names.some((other) => other.includes(wanted)));
	const candidates = [...([found, similar, entries].find(({ length }) => length > 0) ?? [])];
	candidates.sort((a, b) => a.label.localeCompare(b.label));
	const shown = candidates.slice(0, MOST_CANDIDATES).map(({ id, label: known }) => `${known}: ${id}`);
	const more = candidates.length - shown.length;
	throw new InvalidInput(
		found.length > 1
			? `${label}: ${found.length} are called “${text}”; which one is meant?`
			: `${label}: none is called “${text}”; which one is meant?`,
		shown.length > 0
			? `Nothing was changed. Give the ID of one of these: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
			: 'Nothing was changed. The account has none yet.',
	);
}

/** All records of a list, read once in an execution. */
export async function listedOnce(
	source: ListSource,
	path: string,
	label: string,
	transport: Transport,
): Promise<Listed[]> {
	return await transport.once(`list ${path}`, async () => {
		const { items } = await collectPages(
			async (query) =>
				(await transport.send({ method: 'GET', path, query, what: `Find ${label} by name` })).envelope,
			{
				itemsOf: (envelope) => listed(source, envelope),
				identity: (record) => entryOf(source, record).id,
			},
		);
		return items;
	});
}

/** Names are compared without case, blanks and the signs in MAC addresses, however grouped, and numbers. */
function plain(name: unknown): string {
	if (typeof name !== 'string' && typeof name !== 'number') return '';
	const text = String(name).toLowerCase();
	const mac = text.replace(/[\s:._-]+/g, '');
	return /^[0-9a-f]{12}$/.test(mac) ? mac : text.replace(/[\s:_-]+/g, '');
}
