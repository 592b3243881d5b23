/**
 * Gives n8n's engine a home of its own. n8n reads these variables while its modules load, so this file comes before
 * everything else: jest runs it through `setupFiles`, the benchmark imports it first.
 */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'undici';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-kazoo-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
// The engine logs every error of a node, expected or not; tests look at the run's result instead
process.env.N8N_LOG_LEVEL = 'silent';

// n8n runs on Node 24, which has a WebSocket; the tests run on Node 20, too, which has not
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
