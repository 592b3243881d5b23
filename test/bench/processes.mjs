/** The processes of the benchmark: each measurement has one of its own, so that its memory can be told apart. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '../..');
/** What ships, as dist/ gets it, in a folder of its own that no other build empties meanwhile. */
export const BUILT = join(ROOT, 'build/bench/dist');

/** n8n's server needs Node 24: measure on the one that is pinned for it, if it is installed. */
const pinned = join(ROOT, 'runtime/node_modules/.bin/node');
export const NODE = existsSync(pinned) ? pinned : process.execPath;

/** Arguments for NODE that run a TypeScript file of this folder. */
export const typescript = (file, ...args) => [
	'--expose-gc',
	'--import',
	'tsx',
	join(ROOT, 'test/bench', file),
	...args,
];
export const run = promisify(execFile);

/** The last line that a process prints, as JSON. */
export async function measure(args) {
	const { stdout } = await run(NODE, args, { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 });
	return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Starts the sandbox with so many CDRs, or another file's with so much else; it ends when its input closes. */
export async function startSandbox(count, file = 'server.ts') {
	const child = spawn(NODE, typescript(file, String(count)), {
		cwd: ROOT,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const ended = new Promise((resolve) => child.once('exit', resolve));
	for await (const line of createInterface({ input: child.stdout })) {
		if (!line.startsWith('{')) continue;
		return {
			target: JSON.parse(line),
			stop: async () => {
				child.stdin.end();
				await ended;
			},
		};
	}
	throw new Error('The sandbox did not start');
}
