/**
 * Runs a TypeScript file of this project: `node runtime/typescript.mjs FILE [ARGUMENTS]`. Installs the tools first
 * when they are missing; passes arguments, input, output, signals and the exit code through.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { command, ensure } from './ensure.mjs';
import { ROOT } from './paths.mjs';
import { startProcess } from './processes.mjs';

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
	const { exited } = startProcess(process.execPath, typescriptArguments(file, args), { inherit: true });
	const { code, error } = await exited;
	if (error) throw error;
	process.exitCode = code ?? 1;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await command(() => runTypescript(process.argv[2], process.argv.slice(3)));
}
