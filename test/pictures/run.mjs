/**
 * `npm run docs:pictures`: the pictures of docs/, taken from a real n8n with the package and the sandbox, each example
 * on its canvas and a few open panels (`panels.mjs`). With names only those whose names hold one of them.
 *
 * They lie in git, so that the site is built without n8n. Look at those that changed before you commit them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command, ensure } from '../../runtime/ensure.mjs';
import { ROOT } from '../../runtime/paths.mjs';
import { readExamples } from '../../runtime/workflows.mjs';
import { needsOf } from '../needs.mjs';

const FOLDER = join(ROOT, 'docs', 'public', 'pictures');

await command(async () => {
	await ensure(needsOf(['e2e']));
	const [{ startWorld }, { openBrowser }, { pictureOfExample, SIZE }, { panels }] = await Promise.all(
		['../e2e/harness.mjs', '../e2e/browser.mjs', './canvas.mjs', './panels.mjs'].map((file) => import(file)),
	);
	mkdirSync(FOLDER, { recursive: true });
	const wanted = process.argv.slice(2);
	const world = await startWorld();
	const pictures = [
		...readExamples().map((example) => [example.file.replace('.json', ''), pictureOfExample(example)]),
		...Object.entries(panels),
	].filter(([name]) => wanted.length === 0 || wanted.some((text) => name.includes(text)));
	try {
		const browser = await openBrowser(world);
		const page = await browser.newPage();
		for (const [name, take] of pictures) {
			const save = async (options = {}) =>
				await page.screenshot({ path: join(FOLDER, `${name}.png`), ...options });
			await page.setViewportSize(SIZE);
			try {
				await take(page, save, world);
				console.log(`ok      ${name}`);
			} catch (error) {
				process.exitCode = 1;
				console.log(`FAILED  ${name}: ${error.message}`);
			}
			// An open panel
			await page.keyboard.press('Escape');
		}
	} finally {
		await world.close();
	}
});
