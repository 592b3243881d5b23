/** Fleet: Apply. Does the changes of a plan in waves, and stops when too many of them fail. */
import type { Applied } from '../../changes/apply';
import { applyChanges } from '../../changes/apply';
import type { Change } from '../../changes/change';
import { signedEntries } from '../../changes/change';
import { assertAllowed } from '../../changes/limits';
import { wait } from '../../http/wait';
import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { Gate } from '../../values/concurrency';
import { InvalidInput } from '../../values/input';
import { plainText } from '../../values/records';
import { applyOptions, toldOutcome } from '../outcome';
import { Reader } from './reader';

/** Numbers of changes, seconds, and per cent. */
const DEFAULTS = { firstWave: 5, waveSize: 50, pause: 0, stopAbove: 10 } as const;

/** Fleet: Apply in Waves. @throws InvalidInput for a plan that cannot be applied */
export async function applyInWaves(operation: Operation, transport: Transport): Promise<Outcome> {
	const { input, items = [] } = operation;
	const began = new Date().toISOString();
	const plans = signedEntries<Change & { total?: number }>(items, 'plan', transport.server);
	const entries = plans.flatMap((plan) => plan.entries);
	const total = entries.reduce((most, entry) => Math.max(most, entry.total ?? 0), 0);
	const changes = entries.map(({ total: _, ...change }) => change);
	if (changes.some(({ ref }) => ref !== undefined))
		throw new InvalidInput(
			'The plan makes documents that others of it need',
			'Nothing was sent. Give it to Change Plan: Apply, which does it in one go.',
		);
	const options = { ...applyOptions(operation), onFailure: 'goOn' as const };
	assertAllowed([{ changes, total }], options, transport);
	const setting = (name: keyof typeof DEFAULTS): number => {
		const value = input.arguments[name];
		return typeof value === 'number' ? value : DEFAULTS[name];
	};
	const results: Applied[] = [];
	for (const [index, wave] of wavesOf(changes, setting('firstWave'), setting('waveSize')).entries()) {
		if (isTooMuch(results, setting('stopAbove')) || transport.cancelSignal()?.aborted) {
			results.push(...wave.map((change) => ({ change, result: 'notTried' as const })));
			continue;
		}
		if (index > 0) await wait(setting('pause') * 1000, transport.cancelSignal()).catch(() => undefined);
		const busy = input.arguments.skipOnCall === true ? await onCall(wave, transport) : new Set<string>();
		const free = wave.filter((change) => !busy.has(keyOf(change)));
		// What is allowed was looked at for all of them together
		const done = await applyChanges([{ changes: free, total }], { ...options, allowLarge: true }, transport);
		const byChange = new Map(done.map((one) => [one.change, one]));
		results.push(...wave.map((change) => byChange.get(change) ?? skipped(change)));
	}
	return toldOutcome(results, began, transport);
}

/** The first few, to see whether it works, then the rest in equal parts. */
function wavesOf(changes: readonly Change[], first: number, size: number): Change[][] {
	const waves: Change[][] = [];
	for (let at = 0; at < changes.length; ) {
		const end = at + Math.max(1, at === 0 ? first : size);
		waves.push(changes.slice(at, end));
		at = end;
	}
	return waves;
}

/** @param share per cent of those that were tried */
function isTooMuch(results: readonly Applied[], share: number): boolean {
	const tried = results.filter(({ result }) => result !== 'notTried').length;
	const failed = results.filter(({ result }) => result === 'failed').length;
	return failed > 0 && failed * 100 > share * tried;
}

const keyOf = ({ accountId, id }: Pick<Change, 'accountId' | 'id'>): string => `${accountId} ${id ?? ''}`;

/** Phones and people that are on a call now. */
async function onCall(wave: readonly Change[], transport: Transport): Promise<Set<string>> {
	const gate = new Gate(1);
	const busy = new Set<string>();
	const concerned = wave.filter(({ kind }) => kind === 'device' || kind === 'user');
	for (const accountId of new Set(concerned.map((change) => change.accountId))) {
		const reader = new Reader({ id: accountId, name: '', realm: '', tags: [] }, gate, transport);
		for (const { authorizing_id: device, owner_id: user } of await reader.list('/channels'))
			for (const id of [device, user]) busy.add(keyOf({ accountId, id: plainText(id) }));
	}
	return busy;
}

const skipped = (change: Change): Applied => ({
	change,
	result: 'notTried',
	problem: { message: 'It is on a call', description: 'Apply the item again later.' },
});
