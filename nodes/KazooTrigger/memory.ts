/**
 * What the triggers of this process remember between deliveries: what came already, and the legs of calls that go on.
 * Kept in memory, not in the workflow: a write to n8n's database for each leg of each call would be the price. After
 * a restart, or in another process, less is known; missedCall.ts and finishedCall.ts say what that means.
 */
import { FollowedCalls } from '../../crossbar/calls/followed';
import { InternalLegs } from '../../crossbar/calls/internalLegs';
import { MissedCalls } from '../../crossbar/calls/missedCall';
import { NameLists } from '../../crossbar/operations/callDetails';
import { EventNames } from '../../crossbar/operations/eventNames';
import { Duplicates } from '../../crossbar/values/duplicates';
import { Pending } from '../../crossbar/values/pending';

export interface Memory {
	readonly duplicates: Duplicates;
	readonly calls: MissedCalls;
	readonly internalLegs: InternalLegs;
	/** Calls from their beginning to their end. */
	readonly followed: FollowedCalls;
	readonly names: NameLists;
	/** Of accounts and mailboxes. */
	readonly eventNames: EventNames;
	/** What waits for calls to be over. */
	readonly pending: Pending;
	/** What KAZOO said when it was last asked, which may have been for an impostor. */
	known: Promise<{ readonly accountId: string; readonly secrets: readonly string[] } | undefined>;
	/** When KAZOO was last asked for the secret (milliseconds, Unix): an impostor must not make us ask for each try. */
	asked: number;
}

const memories = new Map<string, Memory>();

/** @param key of the trigger */
export function memoryOf(key: string): Memory {
	const known = memories.get(key);
	if (known) return known;
	const memory: Memory = {
		duplicates: new Duplicates(),
		calls: new MissedCalls(),
		internalLegs: new InternalLegs(),
		followed: new FollowedCalls(),
		names: new NameLists(),
		eventNames: new EventNames(),
		pending: new Pending(),
		known: Promise.resolve(undefined),
		asked: 0,
	};
	memories.set(key, memory);
	return memory;
}

/** The trigger was deactivated. */
export function forget(key: string): void {
	void memories.get(key)?.pending.close();
	memories.delete(key);
}
