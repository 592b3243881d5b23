import type { SimulatedCall } from './call';

const FIRST_SLOT = 101;

/** Where callers wait until somebody fetches them: a slot holds one call, each account has slots of its own. */
export class ParkingLot {
	private readonly slots = new Map<string, SimulatedCall>();

	private key(accountId: string, slot: string): string {
		return `${accountId}/${slot}`;
	}

	/** Takes a slot, the first free one unless one is named. Undefined when the named one is taken. */
	park(call: SimulatedCall, slot?: string): string | undefined {
		let chosen = slot;
		for (let free = FIRST_SLOT; chosen === undefined; free++) {
			if (!this.find(call.account._id, String(free))) chosen = String(free);
		}
		if (this.find(call.account._id, chosen)) return undefined;
		this.slots.set(this.key(call.account._id, chosen), call);
		return chosen;
	}

	/** Who waits there. */
	find(accountId: string, slot: string): SimulatedCall | undefined {
		return this.slots.get(this.key(accountId, slot));
	}

	leave(accountId: string, slot: string): void {
		this.slots.delete(this.key(accountId, slot));
	}
}
