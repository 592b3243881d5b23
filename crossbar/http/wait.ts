import { OperationalError, sleep } from 'n8n-workflow';

/** The run was cancelled. n8n recognises it by the word “canceled” (n8n-core 2.41, workflow-execute.js). */
export class Cancelled extends OperationalError {
	/** @param more what became of what was under way */
	constructor(more?: string) {
		super(`The execution was canceled${more ? `: ${more}` : ''}`, { level: 'info' });
	}
}

/** @throws Cancelled once the signal says so */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new Cancelled();
}

/**
 * Waits `milliseconds`.
 * @throws Cancelled as soon as the signal says so
 */
export async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	throwIfCancelled(signal);
	let stop: (() => void) | undefined;
	const aborted = new Promise<void>((resolve) => {
		stop = () => resolve();
		signal?.addEventListener('abort', stop, { once: true });
	});
	await Promise.race([sleep(milliseconds), aborted]);
	if (stop) signal?.removeEventListener('abort', stop);
	throwIfCancelled(signal);
}
