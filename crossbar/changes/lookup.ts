/** Which stored document a wanted one is, and which one a name means. Pure. */
import { placeholder } from './change';
import type { Document, KindName } from './kinds';
import { kindNames, kinds, ownFields, withoutSecrets } from './kinds';
import type { Live, Stored } from './live';

/** A document as it shall be; what it points at stands in it by name or by id. */
export interface Wanted {
	readonly kind: KindName;
	readonly document: Document;
	/** Where it stands in what the person gave: `users[3]`. */
	readonly place: string;
	/** The stored document that it is, where that is known; else the keys of its kind tell. */
	readonly id?: string;
	/** It is all of the document: what it does not mention goes. */
	readonly whole?: true;
	/** Why, where it has a reason of its own. */
	readonly why?: string;
	/** Dotted paths of secrets that are made up anew for one that is there. */
	readonly renew?: readonly string[];
}

/** A wanted document and the stored one that it is, if there is one. */
export interface Pair {
	readonly wanted: Wanted;
	readonly name: string;
	/** Its id, or what stands for the id until it is made. */
	readonly ref: string;
	readonly stored?: Stored;
}

/** Ids that KAZOO gives. */
export const ID = /^[0-9a-f]{32}$/i;

/** What is wrong with what is wanted, and where. */
export interface Problem {
	readonly place: string;
	readonly problem: string;
}

/**
 * Finds for each wanted document the stored one: by the surest keys first, so that no name takes away what a number
 * says.
 */
export function pairs(wanted: readonly Wanted[], live: Live): { pairs: Pair[]; problems: Problem[] } {
	const problems: Problem[] = [];
	const ownKeys = new Map<string, string>();
	const index = new Index(live.documents);
	const found = wanted.map((one): Pair => {
		const { kind, place, id } = one;
		const document = (kinds[kind].normalize ?? same)(one.document);
		const name = kinds[kind].name(document);
		const own = kinds[kind].keys.map((key) => key(document)).find((values) => values.length > 0) ?? [];
		if (id !== undefined) return { wanted: { ...one, document }, name, ref: id };
		if (own.length === 0) problems.push({ place, problem: `${kinds[kind].label} has no name` });
		for (const value of own) {
			const key = `${kind} ${value.toLowerCase()}`;
			const other = ownKeys.get(key);
			if (other !== undefined)
				problems.push({ place, problem: `${kinds[kind].label} “${value}” stands in ${other}, too` });
			ownKeys.set(key, place);
		}
		return { wanted: { ...one, document }, name, ref: placeholder(kind, own[0] ?? place) };
	});
	const taken = new Map<Stored, string>();
	const stored = new Map<Pair, Stored>();
	const settled = new Set<Pair>();
	for (const pair of found) {
		const { kind, place, id } = pair.wanted;
		if (id === undefined) continue;
		settled.add(pair);
		const known = live.documents.find((one) => one.kind === kind && one.id === id);
		if (!known) {
			problems.push({ place, problem: `${kinds[kind].label} ${id} is not there` });
			continue;
		}
		taken.set(known, place);
		stored.set(pair, known);
	}
	const levels = Math.max(...kindNames.map((kind) => kinds[kind].keys.length));
	for (let level = 0; level < levels; level++)
		for (const pair of found) {
			if (settled.has(pair)) continue;
			const { kind, document, place } = pair.wanted;
			const all = index.at(level, kind, document);
			const free = all.filter((one) => !taken.has(one));
			const [only] = free;
			if (all.length > 0) settled.add(pair);
			if (free.length > 1)
				problems.push({
					place,
					problem: `${free.length} of the account are ${kinds[kind].label} “${pair.name}”; which one is meant?`,
				});
			else if (only) {
				taken.set(only, place);
				stored.set(pair, only);
			} else if (all[0] && surerKeys(level, kind, document).length === 0)
				problems.push({ place, problem: `“${pair.name}” is the same one as ${taken.get(all[0])}` });
		}
	const whole = found.map((pair): Pair => {
		const only = stored.get(pair);
		if (!only) return pair;
		const { kind, document } = pair.wanted;
		return { ...pair, name: kinds[kind].name({ ...ownOf(only), ...document }), ref: only.id, stored: only };
	});
	return { pairs: whole, problems };
}

const same = (document: Document): Document => document;
const lowered = (values: readonly string[]): string[] => values.map((value) => value.toLowerCase());

/** What tells a document from others better than the key of this level does. */
function surerKeys(level: number, kind: KindName, document: Document): string[] {
	return kinds[kind].keys.slice(0, level).flatMap((key) => key(document));
}

/** Stored documents by their keys. */
class Index {
	private readonly byKey = new Map<string, Stored[]>();

	constructor(documents: readonly Stored[]) {
		for (const stored of documents)
			kinds[stored.kind].keys.forEach((key, level) => {
				for (const value of new Set(lowered(key(stored.document)))) {
					const where = `${stored.kind} ${level} ${value}`;
					const list = this.byKey.get(where) ?? [];
					list.push(stored);
					this.byKey.set(where, list);
				}
			});
	}

	/**
	 * Those that share a key of this level with a document.
	 * @param strict whether they may have no surer key where the document has one: another number, another one
	 */
	at(level: number, kind: KindName, document: Document, strict = kinds[kind].strict): Stored[] {
		const wanted = lowered(kinds[kind].keys[level]?.(document) ?? []);
		const found = new Set(wanted.flatMap((value) => this.byKey.get(`${kind} ${level} ${value}`) ?? []));
		if (!strict || surerKeys(level, kind, document).length === 0) return [...found];
		return [...found].filter((stored) => surerKeys(level, kind, stored.document).length === 0);
	}
}

/**
 * The one of these that a document is, and that nobody may take for another one.
 * @returns `several` where it may be more than one
 */
export function sameOne(
	kind: KindName,
	document: Document,
	documents: readonly Stored[],
): Stored | 'several' | undefined {
	const index = new Index(documents);
	const levels = kinds[kind].keys.map((_, level) => index.at(level, kind, document, true));
	const found = levels.find((list) => list.length > 0) ?? [];
	return found.length > 1 ? 'several' : found[0];
}

/** What a name that something points at means. */
export type Meaning = { readonly id: string } | { readonly problem: string };

/** Looks names up among what is wanted and what is stored. */
export class Lookup {
	private readonly byName = new Map<string, Set<string>>();
	private readonly ids = new Set<string>();

	constructor(
		private readonly live: Live,
		all: readonly Pair[],
	) {
		for (const { wanted, ref, stored } of all) {
			const whole = { ...(stored && ownOf(stored)), ...wanted.document };
			for (const called of namesOf(wanted.kind, whole)) this.add(wanted.kind, called, ref);
		}
		const known = new Set(all.flatMap(({ stored }) => (stored ? [stored] : [])));
		for (const stored of live.documents) {
			this.ids.add(`${stored.kind} ${stored.id}`);
			if (known.has(stored)) continue;
			for (const called of namesOf(stored.kind, stored.document)) this.add(stored.kind, called, stored.id);
		}
	}

	/** @param unchanged whether the same text stands there in the stored document, so that nothing is made worse */
	meaning(kind: KindName, text: string, unchanged: boolean): Meaning {
		if (this.ids.has(`${kind} ${text}`)) return { id: text };
		const found = [...(this.byName.get(`${kind} ${text.trim().toLowerCase()}`) ?? [])];
		const [only] = found;
		if (only !== undefined && found.length === 1) return { id: only };
		const { label } = kinds[kind];
		if (found.length > 1)
			return { problem: `${found.length} are called ${label} “${text}”; which one is meant?` };
		// Prompts of the system, addresses and streams are no documents of the account
		if (unchanged || (kind === 'media' && !ID.test(text) && /[/:]/.test(text))) return { id: text };
		return {
			problem: this.live.missing.includes(kind)
				? `this server has no ${kinds[kind].plural.replaceAll('_', ' ')}`
				: `there is no ${label} “${text}”`,
		};
	}

	private add(kind: KindName, called: string, id: string): void {
		const key = `${kind} ${called.toLowerCase()}`;
		const ids = this.byName.get(key) ?? new Set();
		this.byName.set(key, ids.add(id));
	}
}

/** All that people call a document. */
export function namesOf(kind: KindName, document: Document): string[] {
	const { keys, name } = kinds[kind];
	return [...new Set([name(document), ...keys.flatMap((key) => key(document))])].filter(Boolean);
}

/** The name of each stored document that no other of its kind has; its id where there is none. */
export function ownNames(documents: readonly Stored[]): Map<string, string> {
	const count = new Map<string, number>();
	const keyOf = (kind: KindName, name: string): string => `${kind} ${name.toLowerCase()}`;
	for (const { kind, document } of documents)
		for (const name of namesOf(kind, document)) {
			const key = keyOf(kind, name);
			count.set(key, (count.get(key) ?? 0) + 1);
		}
	return new Map(
		documents.map(({ kind, id, document }) => [
			`${kind} ${id}`,
			namesOf(kind, document).find((name) => count.get(keyOf(kind, name)) === 1) ?? id,
		]),
	);
}

/** A stored document without what the server owns and without its secrets: what plans and journals keep of it. */
export const ownOf = ({ kind, document }: Stored): Document =>
	withoutSecrets(kind, ownFields(kind, document)).open;
