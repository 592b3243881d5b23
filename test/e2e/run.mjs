/**
 * `npm run test:e2e`: the packed package in a real n8n against the sandbox, first over n8n's REST API, then in its
 * editor in a browser. Closes with `N passed, N failed`. With a text as argument only the tests run whose names hold it.
 *
 * E2E_SCREENSHOTS=folder keeps a picture of every step in the editor; without it only one of a failure is kept,
 * in test/e2e/. CHROMIUM is the browser to use, /usr/bin/chromium by default.
 */
import { command, ensure } from '../../runtime/ensure.mjs';
import { seconds } from '../../runtime/progress.mjs';

await command(async () => {
	await ensure({ runtime: true });
	// Loaded late: what they import must be installed first.
	const { runTests, startWorld } = await import('./harness.mjs');
	await import('./rest.mjs');
	await import('./examples.mjs');
	await import('./pivot.mjs');
	await import('./editor.mjs');
	const started = Date.now();
	const world = await startWorld();
	console.log(`n8n and the sandbox are up after ${seconds(Date.now() - started)}`);
	const [text] = process.argv.slice(2);
	if (text) console.log(`Only the tests with "${text}" in their names`);
	let counts;
	try {
		counts = await runTests(world, text);
	} finally {
		await world.close();
	}
	console.log(`${counts.passed} passed, ${counts.failed} failed`);
	process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
});
