import type { Held } from '../store/database';
import type { Store } from '../store/store';

/** Snapshots that are kept; each holds on to the documents that were there. */
const MOST = 50;

interface Snapshot {
	/** ISO date. */
	readonly taken: string;
	readonly databases: ReadonlyMap<string, Held>;
}

/** What the store held at moments that have a name. They are gone when the sandbox ends. */
export class Snapshots {
	private readonly beginning: Snapshot;
	private readonly named = new Map<string, Snapshot>();

	/** @param store as it is at the beginning, which `reset` goes back to */
	constructor(private readonly store: Store) {
		this.beginning = this.now();
	}

	/** Their names, when they were taken, and how many documents are in each. */
	list(): object[] {
		return [...this.named].map(([name, { taken, databases }]) => ({
			name,
			taken,
			documents: [...databases.values()].reduce((sum, { docs }) => sum + docs.length, 0),
		}));
	}

	/**
	 * Keeps what is there now under a name, in place of what was.
	 * @throws TypeError for one too many
	 */
	take(name: string): void {
		if (!this.named.has(name) && this.named.size >= MOST)
			throw new TypeError(`there are ${MOST} snapshots already: delete one first`);
		this.named.set(name, this.now());
	}

	/** Puts back what was there then. False when there is none of that name. */
	putBack(name: string): boolean {
		const snapshot = this.named.get(name);
		if (snapshot) this.store.hold(snapshot.databases);
		return snapshot !== undefined;
	}

	/** False when there is none of that name. */
	forget(name: string): boolean {
		return this.named.delete(name);
	}

	/** Puts back what was there at the beginning. */
	reset(): void {
		this.store.hold(this.beginning.databases);
	}

	private now(): Snapshot {
		return { taken: new Date().toISOString(), databases: this.store.held() };
	}
}
