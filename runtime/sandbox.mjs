/** `npm run sandbox`: the sandbox alone. Its options are those of sandbox/cli.ts; its log-ins are this clone's own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './ensure.mjs';
import { CACHE } from './paths.mjs';
import { runTypescript } from './typescript.mjs';

await command(() => {
	mkdirSync(CACHE, { recursive: true });
	return runTypescript('sandbox/cli.ts', [
		'--secret-file',
		join(CACHE, 'sandbox-secret'),
		...process.argv.slice(2),
	]);
});
