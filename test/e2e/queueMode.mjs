/** n8n as large installations run it: one main process, one worker, one process for webhooks, on Redis and Postgres. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startN8n } from '../../runtime/n8n.mjs';
import { freePort } from '../../runtime/processes.mjs';
import { startBalancer } from './balancer.mjs';
import { startPostgres, startRedis } from './services.mjs';

/**
 * Starts all of them. As `startN8n`, but `webhookUrl` is what KAZOO calls, where a balancer leads to the process for webhooks. `kill` and `startAgain` are
 * about the main process and that for webhooks; the others stay.
 */
export async function startN8nInQueueMode({ folder, packed }) {
	mkdirSync(folder, { recursive: true });
	// Postgres runs as another user and must be able to pass through.
	chmodSync(folder, 0o755);
	chmodSync(join(folder, '..'), 0o755);
	const started = [];
	const keep = (one) => {
		started.unshift(one);
		return one;
	};
	const stop = async () => {
		for (const one of started) await one.stop();
	};
	try {
		const redis = keep(await startRedis(folder));
		const postgres = keep(await startPostgres(folder));
		const [port, mainPort, webhookPort] = [await freePort(), await freePort(), await freePort()];
		keep(await startBalancer({ port, mainPort, webhookPort }));
		const webhookUrl = `http://127.0.0.1:${port}`;
		const env = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
			N8N_ENCRYPTION_KEY: 'only-for-tests',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'postgres',
			N8N_WEBHOOK_URL: `${webhookUrl}/`,
		};
		const start = async (role, port) =>
			keep(await startN8n({ folder: join(folder, role), port, packed, env, role }));
		const facade = (main, webhook) => ({
			...main,
			webhookUrl,
			get lines() {
				return [...main.lines, ...webhook.lines];
			},
			stop,
			kill: async () => {
				await Promise.all([main.kill(), webhook.kill()]);
			},
			startAgain: async () => {
				// The main process tells KAZOO to call again; by then somebody must listen.
				const listening = keep(await webhook.startAgain());
				return facade(keep(await main.startAgain()), listening);
			},
		});
		// The main process makes the tables that the others need.
		const main = await start('start', mainPort);
		const [webhook] = await Promise.all([start('webhook', webhookPort), start('worker')]);
		return facade(main, webhook);
	} catch (error) {
		await stop();
		throw error;
	}
}
