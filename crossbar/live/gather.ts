/** What comes in quick succession is given on together. */
import type { Clock } from '../http/clock';

export interface GatherSettings<Item> {
	readonly clock: Clock;
	/** Milliseconds until more is given on: asked each time that something was. */
	readonly pause: () => number;
	/** Takes what came, in its order; never fails. */
	readonly give: (items: Item[]) => void;
}

/** Gives on what comes after a silence at once, and in a burst at most once in a pause. */
export class Gather<Item> {
	private readonly over = new AbortController();
	private waiting: Item[] = [];
	private pausing = false;

	constructor(private readonly settings: GatherSettings<Item>) {}

	add(items: readonly Item[]): void {
		this.waiting.push(...items);
		if (!this.pausing) void this.goOn();
	}

	/** Gives on what waits. */
	close(): void {
		this.giveOn();
		this.over.abort();
	}

	private async goOn(): Promise<void> {
		const { clock, pause } = this.settings;
		this.pausing = true;
		while (this.waiting.length > 0) {
			this.giveOn();
			await clock.wait(pause(), this.over.signal);
		}
		this.pausing = false;
	}

	private giveOn(): void {
		const items = this.waiting;
		this.waiting = [];
		if (items.length > 0) this.settings.give(items);
	}
}
