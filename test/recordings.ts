/**
 * Recordings and lists of a real Crossbar that may lie beside the project; they are not part of it. Tests against them
 * run where they are; where they are not, each is left out by name, and the end of `npm test` says which.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../shared/crossbar');

/** Reads files of the recordings. */
export interface Recordings {
	path(file: string): string;
	/** A file that is one JSON value. */
	json<Content>(file: string): Content;
	/** A file with a JSON value on each line. */
	lines<Line>(...files: string[]): Line[];
}

const recordings: Recordings = {
	path: (file) => resolve(FOLDER, file),
	json: <Content>(file: string) => JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8')) as Content,
	lines: <Line>(...files: string[]) =>
		files.flatMap((file) =>
			readFileSync(resolve(FOLDER, file), 'utf8')
				.split('\n')
				.filter((line) => line.trim() !== '')
				.map((line) => JSON.parse(line) as Line),
		),
};

/** The recorded exchanges that every check of answers goes through. */
export const EXCHANGES = ['recorded-exchanges.jsonl', 'recorded-jobs.jsonl', 'recorded-events.jsonl'];

/** The `describe` of tests that were left out; test/run.mjs looks for it. */
export const LEFT_OUT = 'without recordings';

/**
 * Adds tests against recordings, where all files that they need are there.
 *
 * @param what is compared: the name of the group
 * @param files they need, all of ../shared/crossbar
 */
export function withRecordings(
	what: string,
	files: readonly string[],
	tests: (recordings: Recordings) => void,
): void {
	if (files.every((file) => existsSync(resolve(FOLDER, file)))) describe(what, () => tests(recordings));
	else describe(LEFT_OUT, () => test.skip(what, () => undefined));
}
