/** `npm run sandbox`: the sandbox alone. Its options are those of sandbox/cli.ts. */
import { command } from './ensure.mjs';
import { runTypescript } from './typescript.mjs';

await command(() => runTypescript('sandbox/cli.ts', process.argv.slice(2)));
