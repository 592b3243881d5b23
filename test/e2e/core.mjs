/**
 * The core of the end-to-end tests, for another n8n than the pinned one: all but the editor and the load. Started by
 * versions.mjs; N8N_FOLDER is where that n8n is installed.
 */
import { runLayer } from './layer.mjs';

/** Milliseconds for n8n to start: long, for this runs beside other work. */
const PATIENCE = 600_000;

await runLayer(
	'core',
	['./rest.mjs', './webhooks.mjs', './pivot.mjs', './signed.mjs', './listening.mjs'],
	async () => {
		const { startN8n } = await import('../../runtime/n8n.mjs');
		const installed = process.env.N8N_FOLDER;
		return { start: (options) => startN8n({ ...options, installed, timeout: PATIENCE }) };
	},
);
