/**
 * The catalogue on the command line:
 *   --coverage FILE   compares it with an operations file; exit code 1 when operations are missing
 *   --json            prints its rows
 *   --docs            writes what is made from the sources in docs/: the operations, the events, the schema of a
 *                     blueprint, the error messages, and llms.txt
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { blueprintSchemaFile } from './blueprint';
import type { Listed } from './coverage';
import { coverageOf } from './coverage';
import { errorsPage } from './errors';
import { eventsPage } from './events';
import { llmsFile } from './llms';
import { operationsPages, reportRows } from './report';

const USAGE = 'Usage: npm run catalogue -- --coverage FILE | --json | --docs';

export function main(args: readonly string[]): number {
	const [command, file] = args;
	if (command === '--json') {
		process.stdout.write(`${JSON.stringify(reportRows(), null, '\t')}\n`);
		return 0;
	}
	if (command === '--docs') {
		for (const [name, page] of [
			...[...operationsPages()].map(([page, text]) => [`operations/${page}`, text] as const),
			['events.md', eventsPage()],
			['errors.md', errorsPage()],
			['public/llms.txt', llmsFile()],
			['blueprint.schema.json', blueprintSchemaFile()],
		]) {
			const target = join(__dirname, `../../docs/${name}`);
			writeFileSync(target, page);
			console.log(`Wrote ${target}`);
		}
		return 0;
	}
	if (command === '--coverage' && file !== undefined) {
		const { operations } = JSON.parse(readFileSync(file, 'utf8')) as { operations: Listed[] };
		const { total, covered, excepted, missing } = coverageOf(operations);
		console.log(`covered ${covered} of ${total}`);
		if (excepted > 0)
			console.log(`(${excepted} of them left out on purpose, see crossbar/catalogue/exceptions.ts)`);
		for (const { method, path } of missing) console.log(`missing ${method} ${path}`);
		return missing.length > 0 ? 1 : 0;
	}
	console.error(USAGE);
	return 2;
}

if (require.main === module) process.exitCode = main(process.argv.slice(2));
