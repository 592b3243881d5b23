/**
 * Runs a TypeScript file of this project: `node runtime/typescript.mjs FILE [ARGUMENTS]`. Installs the tools first
 * when they are missing; passes arguments, input, output, signals and the exit code through.
 */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { command, ensure } from './ensure.mjs';
import { ROOT } from './paths.mjs';

/** The arguments with which Node runs a TypeScript file without compiling it first. */
export function typescriptArguments(file, args) {
	return [
		'--import',
		pathToFileURL(join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href,
		join(ROOT, file),
		...args,
	];
}

/** Runs a TypeScript file to its end, with its exit code as ours. */
export async function runTypescript(file, args) {
	await ensure();
	const child = spawn(process.execPath, typescriptArguments(file, args), { stdio: 'inherit' });
	// A terminal sends Ctrl-C to both; a plain kill reaches only us.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
		process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 143)));
	});
	process.exitCode = code;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await command(() => runTypescript(process.argv[2], process.argv.slice(3)));
}
