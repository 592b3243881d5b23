/** One run of end-to-end tests: a world, the tests of some files in it, and the counts. */
import { command, ensure } from '../../runtime/ensure.mjs';
import { seconds } from '../../runtime/progress.mjs';
import { needsOf } from '../needs.mjs';

/**
 * Runs the tests that some modules of this folder add. Closes with `N passed, N failed`. With a text as argument of
 * the command only the tests run whose names hold it.
 *
 * @param {string} layer its name in test/needs.mjs
 * @param {string[]} modules such as './rest.mjs'
 * @param {() => Promise<Parameters<typeof import('./harness.mjs').startWorld>[0]>} [options] of the world; loaded
 *   late, for what it imports must be installed first
 */
export async function runLayer(layer, modules, options = async () => ({})) {
	await command(async () => {
		await ensure(needsOf([layer]));
		const { runTests, startWorld } = await import('./harness.mjs');
		for (const module of modules) await import(module);
		const started = Date.now();
		const world = await startWorld(await options());
		console.log(`n8n and the sandbox are up after ${seconds(Date.now() - started)}`);
		const [text] = process.argv.slice(2);
		if (text) console.log(`Only the tests with "${text}" in their names`);
		let counts;
		try {
			counts = await runTests(world, text);
		} finally {
			await world.close();
		}
		const leftOut = counts.leftOut ? `, ${counts.leftOut} left out` : '';
		console.log(`${counts.passed} passed, ${counts.failed} failed${leftOut}`);
		process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
	});
}
