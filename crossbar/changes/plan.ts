/** From what is wanted and what is there to a list of changes, in the order in which they are done. Pure. */
import { isRecord } from '../values/records';
import type { Change } from './change';
import type { FieldChange } from './difference';
import { canonical, fieldChanges, overlay, patchOf, removals } from './difference';
import type { Document, KindName } from './kinds';
import { kinds, ownFields, withoutSecrets } from './kinds';
import type { Live, Stored } from './live';
import type { Pair, Problem, Wanted } from './lookup';
import { Lookup, ownOf, pairs } from './lookup';
import { deletionOf, irreversibly, masked, namesOf } from './single';
import { ordered } from './order';
import { pointsOf, renamed } from './references';

export interface Desired {
	readonly documents: readonly Wanted[];
	/** Kinds of which all goes that is not wanted. */
	readonly removeOthers?: readonly KindName[];
	/** Stored documents that shall go, by `kind id`, with the reason. */
	readonly remove?: ReadonlyMap<string, string>;
	/** Why, in words: "stands in the document". */
	readonly why: string;
	/** Dotted paths of secrets that are made up for a document that is created, by its place. */
	readonly generate?: ReadonlyMap<string, readonly string[]>;
}

export interface Plan {
	readonly changes: readonly Change[];
	/** Wanted documents that are there already as they shall be. */
	readonly unchanged: number;
	/** Places of wanted documents that are still to be made. */
	readonly created: ReadonlySet<string>;
	/** While there are some, nothing can be applied. */
	readonly problems: readonly Problem[];
}

/** Works out what has to change for the wanted documents to be there. */
export function planOf(desired: Desired, live: Live): Plan {
	const paired = pairs(desired.documents, live);
	const problems = [...paired.problems];
	const lookup = new Lookup(live, paired.pairs);
	const changes: Change[] = [];
	const targets = new Map<string, Document>();
	for (const pair of paired.pairs) {
		const resolved = resolve(pair, lookup, problems);
		const made = changesOf(pair, resolved, desired, live);
		changes.push(...made.changes);
		problems.push(...made.problems);
		targets.set(pair.ref, made.target);
	}
	const meant = new Set(paired.pairs.map(({ stored }) => stored));
	const deleted = live.documents.filter((stored) => goes(stored, desired, meant));
	changes.push(...deleted.map((stored) => deletion(stored, desired, live)));
	problems.push(...leftBehind(deleted, targets, live), ...circles(targets, paired.pairs));
	const touched = new Set(changes.flatMap(({ id, ref }) => [id ?? '', ref ?? '']));
	const readable = inNames(live);
	return {
		changes: ordered(changes).map((change) => ({ ...change, fields: change.fields.map(readable) })),
		unchanged: paired.pairs.filter((pair) => !touched.has(pair.ref)).length,
		created: new Set(paired.pairs.filter(({ stored }) => !stored).map(({ wanted: { place } }) => place)),
		problems,
	};
}

const IDS = /[0-9a-f]{32}/g;

/** A change of a field with names where ids stand, for people. */
function inNames({ documents }: Live): (field: FieldChange) => FieldChange {
	const names = new Map(documents.map(({ kind, id, document }) => [id, kinds[kind].name(document) || id]));
	const text = (value: string): string => value.replace(IDS, (id) => names.get(id) ?? id);
	const visit = (value: unknown): unknown => {
		if (typeof value === 'string') return text(value);
		if (Array.isArray(value)) return value.map(visit);
		if (!isRecord(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [text(key), visit(entry)]));
	};
	return ({ field, from, to }) => ({
		field: text(field),
		...(from === undefined ? {} : { from: visit(from) }),
		...(to === undefined ? {} : { to: visit(to) }),
	});
}

/** The wanted document with ids, or placeholders, where names stand. */
function resolve({ wanted, stored }: Pair, lookup: Lookup, problems: Problem[]): Document {
	const before = new Set(
		stored ? pointsOf(stored.kind, stored.document).map(({ kind, value }) => `${kind} ${value}`) : [],
	);
	return renamed(wanted.kind, wanted.document, (kind, text, path) => {
		const meaning = lookup.meaning(kind, text, before.has(`${kind} ${text}`));
		if ('id' in meaning) return meaning.id;
		problems.push({ place: `${wanted.place}.${path}`, problem: meaning.problem });
		return text;
	});
}

function changesOf(
	{ wanted: { kind, place, whole: isWhole, why: own, renew }, stored, name, ref }: Pair,
	document: Document,
	desired: Desired,
	live: Live,
): { changes: Change[]; problems: Problem[]; target: Document } {
	const { late = [], exact = [], single, usual = {} } = kinds[kind];
	const { accountId, accountName } = live;
	const about = { kind, name, accountId, accountName, why: own ?? desired.why };
	const { open, secrets } = withoutSecrets(kind, document);
	if (stored) {
		const was = ownOf(stored);
		const laid = isWhole ? open : (overlay(was, open, exact) as Document);
		const target = Object.fromEntries(
			Object.entries(laid).filter(([key, value]) => key in was || value !== usual[key]),
		);
		const kept = withoutSecrets(kind, stored.document).secrets;
		// What nobody can read cannot be compared: a password is for who is new
		const readable = ownFields(kind, secrets);
		const hidden = fieldChanges(kept, overlay(kept, readable, [])).map(masked);
		const made = (renew ?? []).map((field) => masked({ field, from: '' }));
		const fields = [...fieldChanges(was, target), ...hidden, ...made];
		if (fields.length === 0) return { changes: [], problems: [], target };
		const stuck = kind === 'account' ? removals(patchOf(was, target)) : [];
		const added = kind === 'account' ? fields.filter(({ from }) => from === undefined) : [];
		return {
			changes: [
				{
					...about,
					action: 'update',
					id: stored.id,
					fields,
					document: target,
					was,
					revision: stored.revision,
					...(hidden.length > 0 ? { secrets: readable } : {}),
					...(renew ? { generate: renew } : {}),
					...irreversibly(
						added.length > 0 && `KAZOO takes no field out of an account: ${namesOf(added)}`,
						hidden.length + made.length > 0 &&
							`what was there is a secret and is not kept: ${namesOf([...hidden, ...made])}`,
					),
				},
			],
			problems: stuck.map((field) => ({
				place: `${place}.${field}`,
				problem: 'KAZOO cannot take a field out of an account; give it another value',
			})),
			target,
		};
	}
	const whole = overlay(undefined, open, exact) as Document;
	const waiting = ([key, value]: [string, unknown]): boolean =>
		late.includes(key) && canonical(value) !== '{}';
	const now = Object.fromEntries(Object.entries(whole).filter((entry) => !waiting(entry)));
	const later = Object.fromEntries(Object.entries(whole).filter(waiting));
	const generate = desired.generate?.get(place);
	const creation: Change = {
		...about,
		...(single && kind !== 'account' ? { action: 'update', id: kind } : { action: 'create', ref }),
		fields: [...fieldChanges({}, now), ...fieldChanges({}, secrets).map(masked)],
		document: now,
		...(Object.keys(secrets).length > 0 ? { secrets } : {}),
		...(generate === undefined ? {} : { generate }),
	};
	const finish: Change[] =
		Object.keys(later).length === 0
			? []
			: [
					{
						...about,
						action: 'update',
						id: ref,
						fields: fieldChanges({}, later),
						document: later,
					},
				];
	return { changes: [creation, ...finish], problems: [], target: whole };
}

function goes(
	stored: Stored,
	{ remove, removeOthers = [] }: Desired,
	meant: ReadonlySet<Stored | undefined>,
): boolean {
	if (kinds[stored.kind].single) return false;
	if (remove?.has(`${stored.kind} ${stored.id}`)) return true;
	return removeOthers.includes(stored.kind) && !meant.has(stored);
}

function deletion(stored: Stored, { remove }: Desired, { accountId, accountName }: Live): Change {
	const why = remove?.get(`${stored.kind} ${stored.id}`) ?? 'does not stand in the document';
	return deletionOf(stored, { accountId, accountName, why });
}

/** What stays and points at what goes: KAZOO would delete it without a word. */
function leftBehind(
	deleted: readonly Stored[],
	targets: ReadonlyMap<string, Document>,
	live: Live,
): Problem[] {
	if (deleted.length === 0) return [];
	const gone = new Map(deleted.map((stored) => [`${stored.kind} ${stored.id}`, stored]));
	return live.documents
		.filter((stored) => !gone.has(`${stored.kind} ${stored.id}`))
		.flatMap((stored) => {
			const { label, name } = kinds[stored.kind];
			return pointsOf(stored.kind, targets.get(stored.id) ?? ownOf(stored)).flatMap(
				({ kind, value, path }) => {
					const target = gone.get(`${kind} ${value}`);
					if (!target) return [];
					const called = kinds[kind].name(target.document) || value;
					return [
						{
							place: `${label} “${name(stored.document)}” ${path}`,
							problem: `it still points at ${kinds[kind].label} “${called}”, which is to be deleted`,
						},
					];
				},
			);
		});
}

/** Callflows that lead to each other: a call would go round for ever. */
function circles(targets: ReadonlyMap<string, Document>, all: readonly Pair[]): Problem[] {
	const flows = all.filter(({ wanted }) => wanted.kind === 'callflow');
	const names = new Map(flows.map((pair) => [pair.ref, pair.name]));
	const next = (id: string): string[] =>
		pointsOf('callflow', targets.get(id) ?? {})
			.filter(({ kind, value }) => kind === 'callflow' && names.has(value))
			.map(({ value }) => value);
	const done = new Set<string>();
	const problems: Problem[] = [];
	const visit = (id: string, path: readonly string[]): void => {
		const start = path.indexOf(id);
		if (start >= 0) {
			const round = [...path.slice(start), id].map((one) => names.get(one) ?? one);
			problems.push({ place: 'callflows', problem: `they lead to each other: ${round.join(' → ')}` });
			return;
		}
		if (done.has(id)) return;
		done.add(id);
		for (const other of next(id)) visit(other, [...path, id]);
	};
	for (const pair of flows) visit(pair.ref, []);
	return problems;
}
