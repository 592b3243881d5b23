import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the recordings and schemas of a real Crossbar are, beside the project; they are not part of it. */
const FOLDER = join(__dirname, '../../../../shared/crossbar');

/** Whether the checks against a real Crossbar can run; says so in one line, once a test file. */
export function haveReference(what: string): boolean {
	const there = existsSync(FOLDER);
	process.stderr.write(
		there ? `${what}: compared with ${FOLDER}\n` : `${what}: not compared, there is no ${FOLDER}\n`,
	);
	return there;
}

/** A JSON file of the reference. */
export function referenceJson<T>(file: string): T {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as T;
}

/** One recorded request and its answer. */
export interface Exchange {
	name: string;
	request?: { method: string; path: string; body?: unknown };
	response?: { status: number; body?: unknown };
}

/** The lines of a recording, in the order they happened. */
export function recording(file: string): Exchange[] {
	return readFileSync(join(FOLDER, file), 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Exchange);
}
