/** A customer as a document: names instead of ids, nothing that the server owns, always in the same order. Pure. */
import type { IDataObject } from 'n8n-workflow';

import { canonical } from '../../changes/difference';
import type { Document, KindName } from '../../changes/kinds';
import { kindNames, kindOfPlural, kinds, ownFields, withoutSecrets } from '../../changes/kinds';
import type { Live } from '../../changes/live';
import type { Problem, Wanted } from '../../changes/lookup';
import { ownNames } from '../../changes/lookup';
import { renamed } from '../../changes/references';
import { isRecord } from '../../values/records';

/** Of the form of the document, for later ones to be told apart. */
export const VERSION = 1;

/**
 * Keys beside the lists: for editors, which form it is, for the reader where it came from and what is not in it, fields
 * that no schema names.
 */
const HEADERS = ['$schema', 'blueprint', 'name', 'left_out', 'custom_fields'] as const;

/** Kinds that a blueprint is about unless others are chosen. */
export const usualKinds: readonly KindName[] = kindNames.filter((kind) => kind !== 'webhook');

/** An account as a blueprint. Two of the same account are equal to the byte. */
export function blueprintOf(live: Live, wanted: readonly KindName[], secrets: boolean): IDataObject {
	const names = ownNames(live.documents);
	const lists = kindNames
		.filter((kind) => wanted.includes(kind))
		.map((kind): [string, unknown] => {
			const documents = live.documents
				.filter((stored) => stored.kind === kind)
				.map(({ document }) => portable(kind, document, names, secrets));
			const { plural, single } = kinds[kind];
			return [plural, single ? (documents[0] ?? {}) : sorted(kind, documents)];
		});
	const filled = lists.filter(([, list]) => !Array.isArray(list) || list.length > 0);
	return {
		blueprint: VERSION,
		name: live.accountName,
		...leftOut(live, wanted),
		...Object.fromEntries(filled),
	};
}

/** What others decide may be hidden from who reads: the document says that it does not know. */
function leftOut({ missing }: Live, wanted: readonly KindName[]): IDataObject {
	const hidden = missing.filter((kind) => kinds[kind].offered !== undefined && wanted.includes(kind));
	if (hidden.length === 0) return {};
	const why = 'this credential may not see them, or the server has none';
	return { left_out: Object.fromEntries(hidden.map((kind) => [kinds[kind].plural, why])) };
}

function portable(
	kind: KindName,
	document: Document,
	names: ReadonlyMap<string, string>,
	secrets: boolean,
): unknown {
	const own = ownFields(kind, document);
	const open = secrets ? own : withoutSecrets(kind, own).open;
	return inOrder(renamed(kind, open, (target, id) => names.get(`${target} ${id}`) ?? id));
}

/** By name, and where names are the same by all that they say. */
function sorted(kind: KindName, documents: readonly unknown[]): unknown[] {
	const keyOf = (document: unknown): string =>
		`${kinds[kind].name(document as Document)}\u0000${canonical(document)}`;
	return [...documents].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Names first, then the alphabet. */
const FIRST = ['id', 'name', 'first_name', 'last_name', 'username', 'email', 'numbers', 'module', 'data'];

function inOrder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inOrder);
	if (!isRecord(value)) return value;
	const rank = (key: string): number => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
	const keys = Object.keys(value).sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
	return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}

/** What a blueprint asks for, and what is wrong with its form. */
export function wantedOf(blueprint: Document): {
	wanted: Wanted[];
	/** Those that it mentions, also where it wants none. */
	kinds: KindName[];
	problems: Problem[];
} {
	const problems: Problem[] = [];
	const mentioned: KindName[] = [];
	const wanted: Wanted[] = [];
	if (blueprint.blueprint !== undefined && blueprint.blueprint !== VERSION)
		problems.push({
			place: 'blueprint',
			problem: `it is of the form ${JSON.stringify(blueprint.blueprint)}; this node knows ${VERSION}`,
		});
	for (const [plural, value] of Object.entries(blueprint)) {
		if ((HEADERS as readonly string[]).includes(plural)) continue;
		const kind = kindOfPlural(plural);
		if (!kind) {
			const known = kindNames.map((name) => kinds[name].plural).join(', ');
			problems.push({ place: plural, problem: `there is no such kind; known are ${known}` });
			continue;
		}
		mentioned.push(kind);
		const { single, label } = kinds[kind];
		const entries = single ? [value] : value;
		if (!Array.isArray(entries)) {
			problems.push({ place: plural, problem: `it has to be a list, each entry a ${label}` });
			continue;
		}
		entries.forEach((document: unknown, index) => {
			const place = single ? plural : `${plural}[${index}]`;
			if (isRecord(document)) wanted.push({ kind, document: ownGiven(kind, document), place });
			else problems.push({ place, problem: `it has to be an object that describes a ${label}` });
		});
	}
	return { wanted, kinds: mentioned, problems };
}

/** Without what only a server can say; a password stays, for who is new. */
function ownGiven(kind: KindName, document: Document): Document {
	const { password } = document;
	return { ...ownFields(kind, document), ...(kind === 'user' && password !== undefined ? { password } : {}) };
}
