/**
 * `npm run test:queue`: the packed package in an n8n in queue mode: a main process, a worker and a process for
 * webhooks. On Redis and Postgres.
 */
import { runLayer } from './layer.mjs';

await runLayer(
	'queue',
	[
		'./examples.mjs',
		'./exampleTriggers.mjs',
		'./exampleCalls.mjs',
		'./webhooks.mjs',
		'./pivot.mjs',
		'./listening.mjs',
	],
	async () => {
		const { startN8nInQueueMode } = await import('./queueMode.mjs');
		return { start: startN8nInQueueMode };
	},
);
