const CAPACITY = 100;
const REFILL_PER_SECOND = 10;

interface Bucket {
	tokens: number;
	/** Milliseconds at which it was last filled. */
	filled: number;
}

/**
 * Rate limiting of log-ins: a bucket of 100 for each client, filled by 10 a second, in whole seconds. The time is a
 * parameter so that tests need not wait.
 */
export class Buckets {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly clock: () => number = Date.now) {}

	/** How many tokens are left. */
	remaining(key: string): number {
		return this.fill(key).tokens;
	}

	/** Takes tokens out; when there are too few it empties the bucket and says no. */
	take(key: string, count: number): boolean {
		const bucket = this.fill(key);
		const enough = bucket.tokens >= count;
		bucket.tokens = enough ? bucket.tokens - count : 0;
		return enough;
	}

	private fill(key: string): Bucket {
		const time = this.clock();
		let bucket = this.buckets.get(key);
		if (!bucket) {
			bucket = { tokens: CAPACITY, filled: time };
			this.buckets.set(key, bucket);
			return bucket;
		}
		const seconds = Math.floor((time - bucket.filled) / 1000);
		if (seconds > 0) {
			bucket.tokens = Math.min(CAPACITY, bucket.tokens + seconds * REFILL_PER_SECOND);
			bucket.filled += seconds * 1000;
		}
		return bucket;
	}
}
