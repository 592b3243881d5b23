/** Remembers for a while what came, so that what comes twice is taken once. Bounded in number and in time. */
export class Duplicates {
	/** Until when (milliseconds, Unix) a key counts as seen, in the order of arrival. */
	private readonly seen = new Map<string, number>();

	constructor(private readonly most = 5000) {}

	/**
	 * @param window milliseconds for which another one of this key is a duplicate
	 * @param now milliseconds, Unix
	 */
	has(key: string, window: number, now: number): boolean {
		const until = this.seen.get(key);
		if (until !== undefined && until > now) return true;
		this.seen.delete(key);
		this.seen.set(key, now + window);
		for (const [oldest, end] of this.seen) {
			if (this.seen.size <= this.most && end > now) break;
			this.seen.delete(oldest);
		}
		return false;
	}
}
