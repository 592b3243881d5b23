/** What a transfer adds to the memory of its process. */

const EVERY = 10;
const EVERY_HELD = 100;
/** Of how much time one part at most is spent on looking: throwing away takes longer the more there is. */
const PATIENCE = 5;

/**
 * Memory before the first byte against the most there was until the last, looked at every few milliseconds.
 * @param held looks at what is in use, and throws the rest away before
 * @returns milliseconds without those of looking, and bytes
 */
export async function watchMemory(
	carry: () => Promise<void>,
	held: boolean,
): Promise<{ milliseconds: number; addedMemory: number }> {
	const look = () => {
		if (!held) return process.memoryUsage.rss();
		// The second one waits for what the first one set about to free
		globalThis.gc?.();
		globalThis.gc?.();
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	globalThis.gc?.();
	const start = look();
	let peak = start;
	let watch: NodeJS.Timeout | undefined;
	let looking = 0;
	const next = (after: number): void => {
		watch = setTimeout(() => {
			const from = performance.now();
			peak = Math.max(peak, look());
			const took = performance.now() - from;
			looking += took;
			next(Math.max(held ? EVERY_HELD : EVERY, took * PATIENCE));
		}, after);
	};
	const began = performance.now();
	next(held ? EVERY_HELD : EVERY);
	await carry();
	const milliseconds = performance.now() - began - looking;
	clearTimeout(watch);
	return { milliseconds, addedMemory: peak - start };
}
