/**
 * `npm run lint`: the tests of our own lint rules, ESLint without a single error or warning, Prettier.
 * `npm run lint -- --fix` repairs what can be repaired. Exit code 1 if anything is left.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');
const fix = process.argv.includes('--fix');

/** Path of a package's command, without npm in between. */
function bin(name) {
	const file = require.resolve(`${name}/package.json`);
	const { bin: commands } = require(file);
	return join(dirname(file), typeof commands === 'string' ? commands : commands[name]);
}

const steps = [
	['Own rules', ['--test', '--test-reporter=dot', 'test/lint/']],
	['ESLint', [bin('eslint'), '.', '--max-warnings', '0', ...(fix ? ['--fix'] : [])]],
	['Prettier', [bin('prettier'), fix ? '--write' : '--check', '--log-level', 'warn', '.']],
];

let failed = false;
for (const [name, args] of steps) {
	const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
	if (error) throw error;
	console.log(`${name}: ${status === 0 ? 'ok' : 'FAILED'}`);
	failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
