import type { Doc, Fields } from '../store/database';
import { hex } from '../values/ids';
import { snaked } from '../bus/messages';
import type { Interruption } from './interruption';
import type { Leg } from './leg';
import { defined, NODE } from './stamp';

const FIRST_SLOT = 101;

/** What a parking lot needs of a call that waits there. */
export interface Waiting {
	readonly account: Doc;
	readonly caller: Leg;
	interrupt(what: Interruption): void;
}

/** A slot that is taken. */
interface Slot {
	call: Waiting;
	/** What KAZOO notes of it, keys as on the bus. */
	facts: Fields;
}

/** Where callers wait until somebody fetches them: a slot holds one call, each account has slots of its own. */
export class ParkingLot {
	/** By account, by slot. */
	private readonly slots = new Map<string, Map<string, Slot>>();

	private of(accountId: string): Map<string, Slot> {
		let slots = this.slots.get(accountId);
		if (!slots) this.slots.set(accountId, (slots = new Map()));
		return slots;
	}

	/**
	 * Takes a slot, the first free one unless one is named. Undefined when the named one is taken. `parker` is who put
	 * the caller there.
	 */
	park(call: Waiting, slot?: string, parker?: Leg): string | undefined {
		const taken = this.of(call.account._id);
		let chosen = slot;
		for (let free = FIRST_SLOT; chosen === undefined; free++) {
			if (!taken.has(String(free))) chosen = String(free);
		}
		if (taken.has(chosen)) return undefined;
		taken.set(chosen, { call, facts: factsOf(call, chosen, parker) });
		return chosen;
	}

	/** Who waits there. */
	find(accountId: string, slot: string): Waiting | undefined {
		return this.of(accountId).get(slot)?.call;
	}

	leave(accountId: string, slot: string): void {
		this.of(accountId).delete(slot);
	}

	/** The slots of an account that are taken, as `GET /parked_calls` shows them. */
	list(accountId: string): Record<string, Fields> {
		return Object.fromEntries(
			[...this.of(accountId)].map(([slot, { facts }]) => [slot, snaked(facts) as Fields]),
		);
	}
}

/** What the callflow application of KAZOO writes down of a slot that it gives away. */
function factsOf({ caller, account }: Waiting, slot: string, parker?: Leg): Fields {
	const realm = String(account.realm);
	return defined({
		'Call-ID': caller.id,
		'Slot-Call-ID': hex(16),
		'Switch-URI': 'sip:10.26.0.11:11000',
		...caller.tags,
		'Parker-Call-ID': parker?.id,
		'Ringback-ID': parker?.phone?.device._id,
		'Presence-User': slot,
		'Presence-Realm': realm,
		'Presence-ID': `${slot}@${realm}`,
		Node: NODE,
		'CID-Number': caller.caller.number,
		'CID-Name': caller.caller.name,
		'CID-URI': caller.from,
	});
}
