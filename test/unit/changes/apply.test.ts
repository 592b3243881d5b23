/** For random customers and random changes: Apply reaches what is wanted, Revert restores what was there. */
import fc from 'fast-check';

import '../properties';
import type { Applied, ApplyOptions } from '../../../crossbar/changes/apply';
import { applyChanges } from '../../../crossbar/changes/apply';
import type { Change, JournalEntry } from '../../../crossbar/changes/change';
import { canonical } from '../../../crossbar/changes/difference';
import type { KindName } from '../../../crossbar/changes/kinds';
import { kindNames } from '../../../crossbar/changes/kinds';
import { readLive } from '../../../crossbar/changes/live';
import { secretsToMake } from '../../../crossbar/changes/passwords';
import type { Plan } from '../../../crossbar/changes/plan';
import { planOf } from '../../../crossbar/changes/plan';
import { revertEntries } from '../../../crossbar/changes/revert';
import { blueprintOf, wantedOf } from '../../../crossbar/jobs/blueprint/document';
import { customers, THIRTY } from './customers';
import type { Trouble } from './memory';
import { MemoryCrossbar } from './memory';

type Document = Record<string, unknown>;

const OPTIONS: ApplyOptions = {
	allowDeletes: true,
	allowLarge: true,
	onFailure: 'stop',
	charges: { accept: false },
};
/** No limits: they are in every account, and this one has none. */
const KINDS = kindNames.filter((kind): kind is KindName => kind !== 'limits');

async function plan(crossbar: MemoryCrossbar, blueprint: Document): Promise<Plan> {
	const { wanted, kinds, problems } = wantedOf(blueprint);
	const live = await readLive(crossbar.account, KINDS, crossbar.transport);
	const generate = new Map(wanted.map(({ kind, document, place }) => [place, secretsToMake(kind, document)]));
	const found = planOf({ documents: wanted, removeOthers: kinds, why: 'test', generate }, live);
	expect([...problems, ...found.problems]).toEqual([]);
	return found;
}

async function apply(
	crossbar: MemoryCrossbar,
	changes: readonly Change[],
	more: Partial<ApplyOptions> & { kept?: true } = {},
): Promise<Applied[]> {
	const { kept, ...options } = more;
	const batch = { changes, total: 0, ...(kept ? { kept } : {}) };
	return await applyChanges([batch], { ...OPTIONS, ...options }, crossbar.transport);
}

/**
 * All that an account says, with names instead of ids, which are other ones when something was made again, and without
 * secrets, which no journal keeps.
 */
async function exported(crossbar: MemoryCrossbar): Promise<Document> {
	return blueprintOf(await readLive(crossbar.account, KINDS, crossbar.transport), KINDS, false);
}

const journalOf = (applied: readonly Applied[]): JournalEntry[] =>
	applied.flatMap(({ journal }) => (journal ? [journal] : []));

const revert = async (crossbar: MemoryCrossbar, journal: readonly JournalEntry[]) =>
	await revertEntries(journal, { goOn: false, allowDeletes: true }, crossbar.transport);

/** Without the fields of the account that a plan said it cannot take back. */
function undoable({ account, ...rest }: Document, changes: readonly Change[]): Document {
	const [stays = ''] = changes.flatMap(({ kind, irreversible }) =>
		kind === 'account' && irreversible !== undefined ? [irreversible] : [],
	);
	const fields = Object.entries(account as Document).filter(([field]) => !stays.includes(field));
	return { ...rest, account: Object.fromEntries(fields) };
}

test('the wanted customer comes about, and the one before it comes back', async () => {
	await fc.assert(
		fc.asyncProperty(customers, customers, async (first, second) => {
			const crossbar = new MemoryCrossbar();
			const built = await apply(crossbar, (await plan(crossbar, first)).changes);
			expect(built.filter(({ result }) => result !== 'done')).toEqual([]);
			expect((await plan(crossbar, first)).changes).toEqual([]);
			const before = await exported(crossbar);

			const { changes } = await plan(crossbar, second);
			const changed = await apply(crossbar, changes);
			expect(changed.filter(({ result }) => result !== 'done')).toEqual([]);
			expect((await plan(crossbar, second)).changes).toEqual([]);

			const reverted = await revert(crossbar, journalOf(changed));
			expect(reverted.filter(({ result }) => result === 'failed')).toEqual([]);
			const after = await exported(crossbar);
			expect(canonical(undoable(after, changes))).toBe(canonical(undoable(before, changes)));
		}),
		{ numRuns: 60 },
	);
});

test('a plan that was applied already, as a whole or in part, doubles nothing', async () => {
	await fc.assert(
		fc.asyncProperty(customers, fc.nat({ max: 60 }), async (customer, most) => {
			const crossbar = new MemoryCrossbar();
			const { changes } = await plan(crossbar, customer);
			await apply(crossbar, changes.slice(0, most));
			const again = await apply(crossbar, changes, { kept: true });
			expect(again.filter(({ result }) => result === 'failed')).toEqual([]);
			expect((await plan(crossbar, customer)).changes).toEqual([]);
			const third = await apply(crossbar, changes, { kept: true });
			expect(third.filter(({ result }) => result !== 'nothingToDo')).toEqual([]);
		}),
		{ numRuns: 30 },
	);
});

const TROUBLES: Trouble[] = ['cutBefore', 'cutAfter', { status: 400 }, { status: 500 }];

test.each(TROUBLES)(
	'%j at one request: what is done is told, it can be finished or taken back',
	async (trouble) => {
		await fc.assert(
			fc.asyncProperty(customers, customers, fc.nat({ max: 300 }), async (first, second, place) => {
				const crossbar = new MemoryCrossbar();
				await apply(crossbar, (await plan(crossbar, first)).changes);
				const before = await exported(crossbar);
				const { changes } = await plan(crossbar, second);

				const there = crossbar.state();
				const start = crossbar.requests.length;
				crossbar.trouble = (_, count) => (count === start + place ? trouble : undefined);
				const results = await apply(crossbar, changes);
				crossbar.trouble = () => undefined;
				assertTold(results, there, crossbar.state());

				const finished = await apply(crossbar, (await plan(crossbar, second)).changes);
				expect(finished.filter(({ result }) => result !== 'done')).toEqual([]);
				expect((await plan(crossbar, second)).changes).toEqual([]);
				for (const journal of [finished, results]) {
					const reverted = await revert(crossbar, journalOf(journal));
					expect(reverted.filter(({ result }) => result === 'failed')).toEqual([]);
				}
				const after = await exported(crossbar);
				expect(canonical(undoable(after, changes))).toBe(canonical(undoable(before, changes)));
			}),
			{ numRuns: 40 },
		);
	},
);

/** What was done has a journal, and nothing else was done: compared with what is there. */
function assertTold(
	results: readonly Applied[],
	before: Readonly<Record<string, Document>>,
	after: Readonly<Record<string, Document>>,
): void {
	const told = (action: string): string[] => {
		const entries = journalOf(results).filter((entry) => entry.action === action);
		return [...new Set(entries.map(({ kind, id }) => (kind === 'account' ? 'account' : id)))].sort();
	};
	const idOf = (path: string): string =>
		/^\/accounts\/[^/]+$/.test(path) ? 'account' : decodeURIComponent(path.split('/').at(-1) ?? '');
	const created = Object.keys(after).filter((path) => !(path in before));
	expect(told('create')).toEqual(created.map(idOf).sort());
	expect(told('delete')).toEqual(
		Object.keys(before)
			.filter((path) => !(path in after))
			.map(idOf)
			.sort(),
	);
	const changed = Object.keys(after).filter(
		(path) => path in before && canonical(before[path]) !== canonical(after[path]),
	);
	const finished = created.map(idOf);
	expect(told('update').filter((id) => !finished.includes(id))).toEqual(changed.map(idOf).sort());
	for (const { result, journal } of results) expect(journal !== undefined).toBe(result === 'done');
}

test('what somebody else changes after the plan is neither overwritten nor deleted', async () => {
	await fc.assert(
		fc.asyncProperty(customers, customers, fc.nat(), async (first, second, choice) => {
			const crossbar = new MemoryCrossbar();
			await apply(crossbar, (await plan(crossbar, first)).changes);
			const { changes } = await plan(crossbar, second);
			const risky = changes.filter(({ was }) => was !== undefined);
			const change = risky[choice % risky.length];
			fc.pre(change !== undefined);
			const [path] = Object.keys(crossbar.state()).filter((one) =>
				one.endsWith(`/${encodeURIComponent(change?.id ?? '')}`),
			) as [string];
			crossbar.touch(path, { somebody: 'else' });
			const touched = crossbar.state()[path];

			const results = await apply(crossbar, changes, { onFailure: 'goOn' });
			const failed = results.find((one) => one.change === change);
			expect(failed?.problem?.message).toMatch(/was changed since$/);
			expect(crossbar.state()[path]).toEqual(touched);
		}),
		{ numRuns: 40 },
	);
});

test.each(TROUBLES)('%j at each single request of thirty changes', async (trouble) => {
	for (let place = 0, struck = true; struck; place++) {
		const crossbar = new MemoryCrossbar();
		const before = crossbar.state();
		const { changes } = await plan(crossbar, THIRTY);
		expect(changes).toHaveLength(30);
		const start = crossbar.requests.length;
		struck = false;
		crossbar.trouble = (_, count) => {
			if (count !== start + place) return undefined;
			struck = true;
			return trouble;
		};
		const results = await apply(crossbar, changes);
		if (!struck) expect(place).toBeGreaterThan(30);
		crossbar.trouble = () => undefined;
		assertTold(results, before, crossbar.state());

		const finished = await apply(crossbar, (await plan(crossbar, THIRTY)).changes);
		expect(finished.filter(({ result }) => result !== 'done')).toEqual([]);
		expect((await plan(crossbar, THIRTY)).changes).toEqual([]);
		for (const journal of [finished, results]) await revert(crossbar, journalOf(journal));
		expect(Object.keys(crossbar.state())).toEqual(Object.keys(before));
	}
});
