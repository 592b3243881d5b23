/** An n8n that is installed in a folder: the pinned one, or another version (test/e2e/versions.mjs). */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { RUNTIME } from './paths.mjs';
import { Refused } from './processes.mjs';

/** The oldest Node that the pinned n8n runs on. */
const OLDEST_NODE = 24;

/**
 * The Node that runs n8n: the one installed beside it where there is a package for this platform (Linux), else the one
 * that runs this script, if it is new enough.
 *
 * @param {string} [folder]
 * @throws {Refused}
 */
export function nodeForN8n(folder = RUNTIME) {
	const pinned = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
	if (existsSync(pinned)) return pinned;
	if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) return process.execPath;
	throw new Refused(
		`n8n needs Node ${OLDEST_NODE} or newer on ${process.platform}-${process.arch}; this is Node ${process.versions.node}.`,
	);
}

/**
 * @param {string} [folder] with n8n in its node_modules
 * @returns {{version: string, node: string, program: string, hash: (password: string, salt: string) => string,
 *   knownModules: (names: string[]) => string[]}} `knownModules`: those of its parts that this version has; others it
 *   would not take
 */
export function installation(folder = RUNTIME) {
	const packages = join(folder, 'node_modules');
	return {
		version: JSON.parse(readFileSync(join(packages, 'n8n', 'package.json'), 'utf8')).version,
		node: nodeForN8n(folder),
		program: join(packages, 'n8n', 'bin', 'n8n'),
		hash: (password, salt) =>
			createRequire(join(folder, 'package.json'))('bcryptjs').hashSync(password, salt),
		knownModules: (names) => {
			const list = readFileSync(
				join(packages, '@n8n', 'backend-common', 'dist', 'modules', 'modules.config.js'),
				'utf8',
			);
			return names.filter((name) => list.includes(`'${name}'`));
		},
	};
}
