/** The machine's time. Its timers do not keep a process from ending, which n8n's `sleep` would. */
export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (milliseconds, signal) =>
		await new Promise((resolve) => {
			const timer = AbortSignal.timeout(Math.ceil(milliseconds));
			const done = (): void => {
				timer.removeEventListener('abort', done);
				signal.removeEventListener('abort', done);
				resolve();
			};
			timer.addEventListener('abort', done);
			signal.addEventListener('abort', done);
			if (signal.aborted) done();
		}),
};

/** Time as the connection sees it; milliseconds. */
export interface Clock {
	now(): number;
	/** Ends early, without an error, when the signal says so. */
	wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
