import { getEventListeners } from 'node:events';
import type { IAllExecuteFunctions } from 'n8n-workflow';

import { RequestBounds } from '../../crossbar/http/bounds';

const request = { method: 'GET', path: '/about' } as const;

/** The signal by which n8n's helper breaks a request off. */
const signalOf = ({ context }: { context: IAllExecuteFunctions }): AbortSignal =>
	(context as unknown as { getExecutionCancelSignal(): AbortSignal }).getExecutionCancelSignal();

test.each([
	['with', new AbortController().signal],
	['without', undefined],
])('many requests at once, %s a signal of the execution, are no leak to Node', (_, cancelled) => {
	const bounds = new RequestBounds({} as IAllExecuteFunctions);
	const signals = Array.from({ length: 35 }, () =>
		signalOf(bounds.of(request, { cancelled, milliseconds: 60_000 })),
	);
	for (const signal of signals) signal.addEventListener('abort', () => undefined);
	const distinct = [...new Set(signals)];
	expect(distinct).toHaveLength(4);
	for (const signal of distinct) expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(10);
});

test('what is cancelled breaks off all requests', () => {
	const execution = new AbortController();
	const bounds = new RequestBounds({} as IAllExecuteFunctions);
	const of = () => signalOf(bounds.of(request, { cancelled: execution.signal, milliseconds: 60_000 }));
	const signals = Array.from({ length: 12 }, of);
	execution.abort();
	expect(signals.every(({ aborted }) => aborted)).toBe(true);
});
