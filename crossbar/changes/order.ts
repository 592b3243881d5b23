/** In which order changes are done, and which of them side by side. Pure. */
import type { Change } from './change';
import { PLACEHOLDERS } from './change';
import { canonical } from './difference';
import { kindNames, kinds } from './kinds';

/**
 * What is pointed at comes before what points at it, and what gives a number or name up before what takes it. What is
 * deleted goes last, unless something wants what it has.
 */
export function ordered(changes: readonly Change[]): Change[] {
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

/**
 * The changes cut where one has to wait for another: those of one wave are of one kind, do the same and need nothing of
 * each other.
 */
export function waves(changes: readonly Change[]): Change[][] {
	const before = predecessors(changes);
	const result: Change[][] = [];
	let wave: Change[] = [];
	for (const change of changes) {
		const [first] = wave;
		const fits =
			first?.kind === change.kind &&
			first.action === change.action &&
			// What is given to an account stands in one document of the server
			kinds[change.kind].offered === undefined &&
			!before(change).some((other) => wave.includes(other)) &&
			!wave.some(({ id }) => id !== undefined && id === change.id);
		if (!fits) result.push((wave = []));
		wave.push(change);
	}
	return result;
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
