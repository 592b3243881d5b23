/** Which stored document a wanted one is, and which one a name means. Pure. */
import { placeholder } from './change';
import type { Document, KindName } from './kinds';
import { kinds, ownFields, withoutSecrets } from './kinds';
import type { Live, Stored } from './live';

/** A document as it shall be; what it points at stands in it by name or by id. */
export interface Wanted {
	readonly kind: KindName;
	readonly document: Document;
	/** Where it stands in what the person gave: `users[3]`. */
	readonly place: string;
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

/** Finds for each wanted document the stored one. */
export function pairs(wanted: readonly Wanted[], live: Live): { pairs: Pair[]; problems: Problem[] } {
	const problems: Problem[] = [];
	const taken = new Map<Stored, string>();
	const ownKeys = new Map<string, string>();
	const found = wanted.map((one): Pair => {
		const { kind, place } = one;
		const document = (kinds[kind].normalize ?? same)(one.document);
		const name = kinds[kind].name(document);
		const own = kinds[kind].keys.map((key) => key(document)).find((values) => values.length > 0) ?? [];
		const ref = placeholder(kind, own[0] ?? place);
		const pair = { wanted: { kind, document, place }, name, ref };
		if (own.length === 0) {
			problems.push({ place, problem: `${kinds[kind].label} has no name` });
			return pair;
		}
		for (const value of own) {
			const key = `${kind} ${value.toLowerCase()}`;
			const other = ownKeys.get(key);
			if (other !== undefined)
				problems.push({ place, problem: `${kinds[kind].label} “${value}” stands in ${other}, too` });
			ownKeys.set(key, place);
		}
		const stored = storedOf(kind, document, live);
		if (stored.length > 1) {
			problems.push({
				place,
				problem: `${stored.length} of the account are ${kinds[kind].label} “${name}”; which one is meant?`,
			});
			return pair;
		}
		const [only] = stored;
		if (!only) return pair;
		const other = taken.get(only);
		if (other !== undefined) problems.push({ place, problem: `“${name}” is the same one as ${other}` });
		taken.set(only, place);
		const whole = { ...ownOf(only), ...document };
		return { ...pair, name: kinds[kind].name(whole), ref: only.id, stored: only };
	});
	return { pairs: found, problems };
}

const same = (document: Document): Document => document;

/** By the first key that fits; a later one counts only where the earlier one says nothing else. */
function storedOf(kind: KindName, document: Document, live: Live): Stored[] {
	const { keys } = kinds[kind];
	let candidates = live.documents.filter((stored) => stored.kind === kind);
	for (const key of keys) {
		const wanted = key(document).map((value) => value.toLowerCase());
		if (wanted.length === 0) continue;
		const valuesOf = (stored: Stored): string[] => key(stored.document).map((value) => value.toLowerCase());
		const found = candidates.filter((stored) => valuesOf(stored).some((value) => wanted.includes(value)));
		if (found.length > 0) return found;
		// A person of another user name is another person, whatever they are called
		if (kind === 'user') candidates = candidates.filter((stored) => valuesOf(stored).length === 0);
	}
	return [];
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
