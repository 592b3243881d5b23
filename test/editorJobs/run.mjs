/**
 * `npm run test:jobs`: the jobs of the first hour, each done by a person in the real editor from an empty canvas, with
 * what the sandbox then holds. Prints what each took, and fails where one takes more than four nodes, or JSON or an ID
 * to type. With a text only the jobs whose names hold it.
 *
 * A picture of every step is kept in build/jobs/, or where E2E_SCREENSHOTS says: look at them as somebody who sees the
 * nodes for the first time.
 */
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { command, ensure } from '../../runtime/ensure.mjs';
import { ROOT } from '../../runtime/paths.mjs';
import { seconds } from '../../runtime/progress.mjs';
import { needsOf } from '../needs.mjs';

const FILES = ['./people.mjs', './hours.mjs', './customers.mjs', './calls.mjs', './porting.mjs'];

await command(async () => {
	await ensure(needsOf(['e2e']));
	const [{ startWorld }, { openBrowser }, { Person }, { faultsOf, jobs }] = await Promise.all(
		['../e2e/harness.mjs', '../e2e/browser.mjs', './person.mjs', './jobs.mjs'].map((file) => import(file)),
	);
	for (const file of FILES) await import(file);
	const [text = ''] = process.argv.slice(2);
	const pictures = process.env.E2E_SCREENSHOTS ?? join(ROOT, 'build', 'jobs');
	const world = await startWorld();
	const rows = [];
	try {
		const browser = await openBrowser(world);
		for (const { name, run } of jobs.filter((one) => one.name.includes(text))) {
			const folder = join(pictures, name.replace(/\W+/g, '-').toLowerCase());
			rmSync(folder, { recursive: true, force: true });
			const page = await browser.newPage();
			const person = new Person(page, world, folder);
			const started = Date.now();
			const faults = [];
			try {
				await run(person, world);
				faults.push(...faultsOf(person), ...person.errors);
			} catch (error) {
				faults.push(error.stack);
				await person.picture('failed').catch(() => undefined);
			}
			const { nodes, fields } = person;
			const took = seconds(Date.now() - started);
			rows.push({ job: name, nodes, fields, took, pictures: relative(ROOT, folder) });
			console.log(
				faults.length === 0 ? `ok      ${name} (${took})` : `FAILED  ${name}\n${faults.join('\n')}`,
			);
			if (faults.length > 0) process.exitCode = 1;
			await page.close();
		}
	} finally {
		await world.close();
	}
	console.table(rows);
	if (rows.length === 0) process.exitCode = 1;
});
