/**
 * `npm run test:e2e`: the packed package in a real n8n against the sandbox, first over n8n's REST API, then in its
 * editor in a browser.
 *
 * E2E_SCREENSHOTS=folder keeps a picture of every step in the editor; without it only one of a failure is kept,
 * in test/e2e/. CHROMIUM is the browser to use, one on the PATH by default.
 */
import { runLayer } from './layer.mjs';

await runLayer('e2e', [
	'./rest.mjs',
	'./examples.mjs',
	'./exampleTriggers.mjs',
	'./exampleJobs.mjs',
	'./exampleCalls.mjs',
	'./exampleFleet.mjs',
	'./killedApply.mjs',
	'./webhooks.mjs',
	'./pivot.mjs',
	'./editor.mjs',
	'./firstHour.mjs',
	// After the editor, in which n8n chooses the only credential: these make another, for a sandbox of their own
	'./signed.mjs',
	'./listeningLoad.mjs',
	'./listening.mjs',
	'./sandboxPackage.mjs',
]);
