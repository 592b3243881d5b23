/** Looks that are taken at intervals while a trigger is active: begun, and ended for certain. */
import { systemClock } from '../../crossbar/http/clock';

const MINUTE = 60_000;

interface Watch {
	readonly over: AbortController;
	/** Its end, after the look that is under way. */
	readonly ended: Promise<void>;
}

const watches = new Map<string, Watch>();

/**
 * Has somebody look every so many minutes, each time a little earlier or later: not all triggers of an n8n at once.
 * @param key of the trigger
 * @param look never fails
 * @returns what ends it: no look begins any more, one may still be under way
 */
export function startWatching(key: string, minutes: number, look: () => Promise<void>): () => void {
	// Whoever waits for the end of this one waits for a look of the one before, too
	const before = watchingEnded(key);
	const over = new AbortController();
	const goOn = async (): Promise<void> => {
		await before;
		while (!over.signal.aborted) {
			await systemClock.wait(minutes * (0.8 + 0.4 * Math.random()) * MINUTE, over.signal);
			if (!over.signal.aborted) await look();
		}
		if (watches.get(key)?.over === over) watches.delete(key);
	};
	watches.set(key, { over, ended: goOn() });
	return () => over.abort();
}

/** No look begins any more, and none is under way. */
export async function watchingEnded(key: string): Promise<void> {
	const watch = watches.get(key);
	watch?.over.abort();
	await watch?.ended;
}
