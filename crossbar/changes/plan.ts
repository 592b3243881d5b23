/** From what is wanted and what is there to a list of changes, in the order in which they are done. Pure. */
import type { Change } from './change';
import { PLACEHOLDERS } from './change';
import type { FieldChange } from './difference';
import { canonical, fieldChanges, overlay, patchOf, removals } from './difference';
import type { Document, KindName } from './kinds';
import { kindNames, kinds, ownFields, withoutSecrets } from './kinds';
import type { Live, Stored } from './live';
import type { Pair, Problem, Wanted } from './lookup';
import { Lookup, ownOf, pairs } from './lookup';
import { pointsOf, renamed } from './references';

export interface Desired {
	readonly documents: readonly Wanted[];
	/** Kinds of which all goes that is not wanted. */
	readonly removeOthers?: readonly KindName[];
	/** Stored documents that shall go, by `kind id`. */
	readonly remove?: ReadonlySet<string>;
	/** Why, in words: "stands in the document". */
	readonly why: string;
	/** Dotted paths of secrets that are made up for a document that is created, by its place. */
	readonly generate?: ReadonlyMap<string, readonly string[]>;
}

export interface Plan {
	readonly changes: readonly Change[];
	/** Wanted documents that are there already as they shall be. */
	readonly unchanged: number;
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
	const deleted = live.documents.filter((stored) => goes(stored, desired, paired.pairs));
	changes.push(...deleted.map((stored) => deletion(stored, desired, live)));
	problems.push(...leftBehind(deleted, targets, live), ...circles(targets, paired.pairs));
	const touched = new Set(changes.flatMap(({ id, ref }) => [id ?? '', ref ?? '']));
	return {
		changes: ordered(changes),
		unchanged: paired.pairs.filter((pair) => !touched.has(pair.ref)).length,
		problems,
	};
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
	{ wanted: { kind, place }, stored, name, ref }: Pair,
	document: Document,
	desired: Desired,
	live: Live,
): { changes: Change[]; problems: Problem[]; target: Document } {
	const { late = [], exact = [], single } = kinds[kind];
	const { accountId, accountName } = live;
	const about = { kind, name, accountId, accountName, why: desired.why };
	const { open, secrets } = withoutSecrets(kind, document);
	if (stored) {
		const was = ownOf(stored);
		const target = overlay(was, open, exact) as Document;
		const kept = withoutSecrets(kind, stored.document).secrets;
		// What nobody can read cannot be compared: a password is for who is new
		const readable = ownFields(kind, secrets);
		const hidden = fieldChanges(kept, overlay(kept, readable, [])).map(masked);
		const fields = [...fieldChanges(was, target), ...hidden];
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
					...(added.length > 0
						? {
								irreversible: `KAZOO takes no field out of an account: ${added.map(({ field }) => field).join(', ')}`,
							}
						: {}),
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
	const now = Object.fromEntries(Object.entries(whole).filter(([key]) => !late.includes(key)));
	const later = Object.fromEntries(
		Object.entries(whole).filter(([key, value]) => late.includes(key) && canonical(value) !== '{}'),
	);
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

const MASK = '********';

const masked = ({ field, from }: FieldChange): FieldChange => ({
	field,
	...(from === undefined ? {} : { from: MASK }),
	to: MASK,
});

function goes(stored: Stored, { remove, removeOthers = [] }: Desired, all: readonly Pair[]): boolean {
	if (kinds[stored.kind].single) return false;
	if (remove?.has(`${stored.kind} ${stored.id}`)) return true;
	return removeOthers.includes(stored.kind) && !all.some((pair) => pair.stored === stored);
}

function deletion(stored: Stored, { why, remove }: Desired, { accountId, accountName }: Live): Change {
	const { kind, id, document, revision } = stored;
	const { lost, name } = kinds[kind];
	return {
		action: 'delete',
		kind,
		name: name(document) || id,
		accountId,
		accountName,
		id,
		fields: [],
		was: ownOf(stored),
		revision,
		why: remove?.has(`${kind} ${id}`) ? why : 'does not stand in the document',
		...(lost === undefined ? {} : { irreversible: lost }),
	};
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

/**
 * What is pointed at comes before what points at it, and what gives a number or name up before what takes it. What is
 * deleted goes last, unless something wants what it has.
 */
function ordered(changes: readonly Change[]): Change[] {
	const rank = (change: Change): number => {
		const place = kindNames.indexOf(change.kind);
		if (change.action === 'delete') return 2000 - place;
		return waits(change) ? 1000 + place : place;
	};
	const sorted = changes.map((change, index) => ({ change, index, rank: rank(change) }));
	sorted.sort((one, other) => one.rank - other.rank || one.index - other.index);
	const before = predecessors(changes);
	const result = new Set<Change>();
	const visiting = new Set<Change>();
	const place = (change: Change): void => {
		if (result.has(change) || visiting.has(change)) return;
		visiting.add(change);
		for (const other of before(change)) place(other);
		visiting.delete(change);
		result.add(change);
	};
	for (const { change } of sorted) place(change);
	return [...result];
}

/** It sets a field that points at kinds that come later. */
function waits({ kind, action, fields }: Change): boolean {
	const { late = [] } = kinds[kind];
	return action === 'update' && fields.some(({ field }) => late.includes(field.split('.')[0] ?? ''));
}

/** For each change those that make what it points at, or give up a number or name that it takes. */
function predecessors(changes: readonly Change[]): (change: Change) => Change[] {
	const makers = new Map<string, Change>();
	for (const change of changes) if (change.ref !== undefined) makers.set(change.ref, change);
	const freed = freedKeys(changes);
	return (change) => {
		const marks = [...canonical(change.document ?? {}).matchAll(PLACEHOLDERS)].map(([mark]) =>
			mark.replaceAll('\\"', '"'),
		);
		const made = [...marks, change.id ?? ''].map((mark) => makers.get(mark));
		return [...made, ...takenKeys(change).map((key) => freed.get(key))].filter(
			(other): other is Change => other !== undefined && other !== change,
		);
	};
}

/** Keys that are there now and will not be any more, with the change that gives them up. */
function freedKeys(changes: readonly Change[]): Map<string, Change> {
	const freed = new Map<string, Change>();
	for (const change of changes) {
		const [key] = kinds[change.kind].keys;
		if (!key || change.was === undefined || change.id?.startsWith('<<')) continue;
		const kept = new Set(change.document ? key(change.document) : []);
		for (const value of key(change.was))
			if (!kept.has(value)) freed.set(`${change.kind} ${value.toLowerCase()}`, change);
	}
	return freed;
}

function takenKeys({ kind, document, was, action }: Change): string[] {
	const [key] = kinds[kind].keys;
	if (!key || document === undefined || action === 'delete') return [];
	const had = new Set(was ? key(was) : []);
	return key(document)
		.filter((value) => !had.has(value))
		.map((value) => `${kind} ${value.toLowerCase()}`);
}
