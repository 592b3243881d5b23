/**
 * `npm run test:queue`: the packed package in an n8n in queue mode: a main process, a worker and a process for
 * webhooks. It needs Debian's redis-server and postgresql.
 */
import { runLayer } from './layer.mjs';

await runLayer(
	['./examples.mjs', './exampleTriggers.mjs', './webhooks.mjs', './pivot.mjs', './listening.mjs'],
	async () => {
		const { startN8nInQueueMode } = await import('./queueMode.mjs');
		return { start: startN8nInQueueMode };
	},
);
