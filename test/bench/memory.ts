/** What a transfer adds to the memory of its process. */

const EVERY = 10;
const EVERY_HELD = 100;

/**
 * Memory before the first byte against the most there was until the last, looked at every few milliseconds.
 * @param held looks at what is in use, and throws the rest away before
 * @returns milliseconds, and bytes
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
	const watch = setInterval(
		() => {
			peak = Math.max(peak, look());
		},
		held ? EVERY_HELD : EVERY,
	);
	const began = performance.now();
	await carry();
	const milliseconds = performance.now() - began;
	clearInterval(watch);
	return { milliseconds, addedMemory: peak - start };
}
