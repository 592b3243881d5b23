import '../properties';
import fc from 'fast-check';
import type { View } from '../../../sandbox/store/database';
import { mergeDeep } from '../../../sandbox/store/merge';
import { Store } from '../../../sandbox/store/store';

const ACCOUNT = 'a'.repeat(32);
const BY_NAME: View = { types: ['thing'], key: (doc) => (doc.name as string | null | undefined) ?? null };

/** Steps on one of five documents. */
const steps = fc.array(
	fc.record({
		what: fc.constantFrom('create', 'save', 'remove', 'erase'),
		which: fc.integer({ min: 0, max: 4 }),
		name: fc.string(),
	}),
	{ maxLength: 40 },
);

/** What a store does, done to a plain map as well. */
function carryOut(list: { what: string; which: number; name: string }[]) {
	const store = new Store();
	const model = new Map<string, string>();
	const heard: string[] = [];
	const expected: string[] = [];
	store.events.on('doc', ({ action, doc }) => heard.push(`${action} ${doc._id}`));
	for (const { what, which, name } of list) {
		const id = String(which);
		const there = store.database(ACCOUNT).get(id, 'thing');
		if (what === 'create' && !store.database(ACCOUNT).raw(id)) {
			store.create(ACCOUNT, 'thing', { name }, { id });
			model.set(id, name);
			expected.push(`doc_created ${id}`);
		} else if (what === 'save' && there) {
			store.save(ACCOUNT, { ...there, name });
			model.set(id, name);
			expected.push(`doc_edited ${id}`);
		} else if ((what === 'remove' || what === 'erase') && there) {
			store.remove(ACCOUNT, there, what === 'erase');
			model.delete(id);
			expected.push(`doc_deleted ${id}`);
		}
		// Asked in between, a view must not keep what it knew.
		store.database(ACCOUNT).view(BY_NAME);
	}
	return { database: store.database(ACCOUNT), model, heard, expected };
}

describe('the store', () => {
	test('holds what was put in and not deleted, and tells of each change once', () => {
		fc.assert(
			fc.property(steps, (list) => {
				const { database, model, heard, expected } = carryOut(list);
				const held = database.list('thing').map((doc) => [doc._id, doc.name]);
				expect(new Map(held as [string, string][])).toEqual(model);
				expect(database.counts().thing ?? 0).toBe(model.size);
				expect(heard).toEqual(expected);
			}),
		);
	});

	test('a view has every document once, in the order of its keys', () => {
		fc.assert(
			fc.property(steps, (list) => {
				const { database, model } = carryOut(list);
				const rows = database.view(BY_NAME);
				expect(rows.map(({ doc }) => doc._id).sort()).toEqual([...model.keys()].sort());
				// Reading it the other way round gives the same order.
				const again = [...rows].reverse().map(({ key }) => key);
				expect(rows.map(({ key }) => key)).toEqual(again.reverse());
				for (const { key, doc } of rows) expect(key).toBe(doc.name ?? null);
			}),
		);
	});

	test('a new revision with every write, and documents that somebody holds do not change', () => {
		fc.assert(
			fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 10 }), (names) => {
				const store = new Store();
				let doc = store.create(ACCOUNT, 'thing', { name: 'first' });
				const revisions = [doc._rev];
				for (const name of names) {
					const held = doc;
					const copy = JSON.stringify(held);
					doc = store.save(ACCOUNT, { ...held, name });
					revisions.push(doc._rev);
					expect(JSON.stringify(held)).toBe(copy);
				}
				expect(revisions.map((revision) => Number.parseInt(revision, 10))).toEqual(
					revisions.map((_, i) => i + 1),
				);
				expect(new Set(revisions).size).toBe(revisions.length);
			}),
		);
	});

	test('merging is like JSON Merge Patch: what is changed is there, null is gone, the rest stays', () => {
		const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 2 }));
		fc.assert(
			fc.property(fields, fields, (target, changes) => {
				const before = JSON.stringify(target);
				const merged = mergeDeep(target, changes);
				expect(JSON.stringify(target)).toBe(before);
				for (const key of ['a', 'b', 'c']) {
					const change = changes[key];
					if (change === null) expect(key in merged).toBe(false);
					else if (change === undefined) expect(merged[key]).toEqual(target[key]);
					else if (typeof change !== 'object' || Array.isArray(change)) expect(merged[key]).toEqual(change);
				}
				expect(mergeDeep(merged, changes)).toEqual(merged);
			}),
		);
	});

	test('accounts: whoever is below an account is below all those above it', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(), { maxLength: 12 }), (parents) => {
				const store = new Store();
				const ids = [store.createAccount({ name: 'master', realm: 'm' })._id];
				for (const parent of parents) {
					const parentId = ids[parent % ids.length] as string;
					ids.push(store.createAccount({ name: 'a', realm: 'r' }, { parentId })._id);
				}
				expect(store.descendants(ids[0] as string).length).toBe(parents.length);
				for (const id of ids) {
					const below = new Set(store.descendants(id).map((account) => account._id));
					for (const child of below) {
						for (const { _id } of store.descendants(child)) expect(below.has(_id)).toBe(true);
					}
				}
			}),
			{ numRuns: 30 },
		);
	});
});
