/** Work that waits, much of it side by side, and may have to end at once. */
export class Pending {
	private readonly works = new Map<AbortController, Promise<unknown>>();

	/** @param work gets a signal of its own: many who listen to one would be taken for a leak */
	async run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
		const over = new AbortController();
		const done = work(over.signal);
		this.works.set(over, done);
		try {
			return await done;
		} finally {
			this.works.delete(over);
		}
	}

	/** Tells all that is under way to end; it has when this returns. Never fails. */
	async close(): Promise<void> {
		const works = [...this.works];
		for (const [over] of works) over.abort();
		await Promise.allSettled(works.map(async ([, done]) => await done));
	}
}
