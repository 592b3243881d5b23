/** What a plan may do without being told that it may, just at the border and just beyond it. */
import type { Action, Batch, Change } from '../../../crossbar/changes/change';
import type { Allowed } from '../../../crossbar/changes/limits';
import { assertAllowed } from '../../../crossbar/changes/limits';
import type { Transport } from '../../../crossbar/http/transport';
import { acceptingCharges, budgetOf } from '../../../crossbar/operations/charges';

const change = (action: Action, index: number, accountId = 'a'): Change => ({
	action,
	kind: 'user',
	name: `User ${index}`,
	accountId,
	accountName: `Account ${accountId}`,
	...(action === 'create' ? { ref: `<<user:${index}>>` } : { id: `${index}` }),
	fields: [],
	why: 'test',
});
const batch = (total: number, ...counts: Array<[Action, number]>): Batch => ({
	changes: counts.flatMap(([action, count]) =>
		Array.from({ length: count }, (_, index) => change(action, index + (action === 'delete' ? 1000 : 0))),
	),
	total,
});

const NOTHING: Allowed = { allowDeletes: false, allowLarge: false, onFailure: 'stop' };
type Access = 'full' | 'noDeletes' | 'readOnly';

function words(batches: Batch[], allowed: Partial<Allowed> = {}, access: Access = 'full'): string {
	const transport = {
		allows: (method: string) =>
			access === 'full' || (access === 'readOnly' ? method === 'GET' : method !== 'DELETE'),
	} as Transport;
	try {
		assertAllowed(batches, { ...NOTHING, ...allowed }, transport);
		return '';
	} catch (error) {
		const { message, description } = error as { message: string; description?: string };
		return `${message} | ${description ?? ''}`;
	}
}

describe('large changes', () => {
	test.each<[string, Batch, RegExp]>([
		['exactly 30 % of ten', batch(10, ['update', 3]), /^$/],
		['more than 30 % of ten', batch(10, ['update', 4]), /changes or deletes 4 of 10.*Allow Large Changes/],
		['exactly 30 % of a hundred and ten', batch(110, ['update', 33]), /^$/],
		['one more', batch(110, ['update', 34]), /34 of 110/],
		['all of nine', batch(9, ['update', 9]), /^$/],
		['what is created does not count', batch(10, ['create', 500], ['update', 3]), /^$/],
		['nothing was there', batch(0, ['create', 500]), /^$/],
	])('%s', (_, one, expected) => {
		expect(words([one])).toMatch(expected);
		expect(words([one], { allowLarge: true })).toBe('');
	});

	test('deletes count with changes, and need their own word', () => {
		const one = batch(10, ['update', 2], ['delete', 2]);
		expect(words([one])).toMatch(/The plan deletes 2: User “User 1000”, User “User 1001”.*Allow Deletes/);
		expect(words([one], { allowDeletes: true })).toMatch(/4 of 10/);
		expect(words([batch(10, ['update', 1], ['delete', 2])], { allowDeletes: true })).toBe('');
	});

	test('each account counts for itself', () => {
		expect(words([batch(1000, ['update', 1]), batch(10, ['update', 4])])).toMatch(/4 of 10/);
		expect(words([batch(10, ['update', 3]), batch(10, ['update', 3])])).toBe('');
	});
});

describe('the access level of the credential', () => {
	test('Read Only begins nothing', () => {
		expect(words([batch(10, ['create', 1])], {}, 'readOnly')).toMatch(
			/credential is Read Only.*Nothing was sent/,
		);
		expect(words([], {}, 'readOnly')).toBe('');
	});

	test('without deletes a plan that deletes begins nothing, nor one that may have to', () => {
		const deletes = { allowDeletes: true, allowLarge: true };
		expect(words([batch(10, ['update', 1], ['delete', 1])], deletes, 'noDeletes')).toMatch(
			/The plan deletes 1, and the credential forbids deletes: User “User 1000”/,
		);
		expect(words([batch(10, ['create', 1])], {}, 'noDeletes')).toBe('');
		expect(words([batch(10, ['create', 1])], { onFailure: 'rollBack' }, 'noDeletes')).toMatch(
			/Roll Back deletes what was created, and the credential forbids deletes/,
		);
	});
});

describe('charges', () => {
	const invoice = (today: number) => [
		{ summary: { today, recurring: 0 }, items: [], activation_charges: [] },
	];
	/** A server that asks five for each request. */
	const transport = (failing = false) => {
		const sent: unknown[] = [];
		const door = {
			node: { name: 'KAZOO' },
			send: async ({ body }: { body: { accept_charges?: boolean } }) => {
				if (body.accept_charges !== true)
					return { status: 402, headers: {}, envelope: { data: invoice(5), error: '402' } };
				sent.push(body);
				if (failing) throw new Error('refused');
				return { status: 201, headers: {}, envelope: {} };
			},
			error: () => new Error('it costs something'),
		};
		return { sent, door: door as unknown as Transport };
	};
	const request = { method: 'PUT', path: '/x', body: { data: {} } } as const;

	test('the most that may be charged is for the whole job', async () => {
		const { sent, door } = transport();
		const budget = budgetOf({ accept: true, upTo: 10 });
		expect((await acceptingCharges(request, budget, door)).charged).toBe(5);
		expect((await acceptingCharges(request, budget, door)).charged).toBe(5);
		await expect(acceptingCharges(request, budget, door)).rejects.toThrow(
			/With the 10 before, that is more than the 10 you allow/,
		);
		expect(sent).toHaveLength(2);
	});

	test('side by side, too; what was refused was not spent', async () => {
		const { sent, door } = transport();
		const budget = budgetOf({ accept: true, upTo: 10 });
		const tries = Array.from({ length: 5 }, async () => await acceptingCharges(request, budget, door));
		const results = await Promise.allSettled(tries);
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
		expect(sent).toHaveLength(2);

		const broken = budgetOf({ accept: true, upTo: 5 });
		await expect(acceptingCharges(request, broken, transport(true).door)).rejects.toThrow('refused');
		expect((await acceptingCharges(request, broken, transport().door)).charged).toBe(5);
	});

	test('nothing is charged without a word', async () => {
		const { sent, door } = transport();
		await expect(acceptingCharges(request, budgetOf({ accept: false }), door)).rejects.toThrow('it costs');
		expect(sent).toEqual([]);
	});
});
