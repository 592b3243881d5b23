/** Where things are. Everything made at run time goes to `.cache/`, which git ignores. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This folder: the private package that pins n8n and its Node. */
export const RUNTIME = dirname(fileURLToPath(import.meta.url));
/** The project's folder. */
export const ROOT = dirname(RUNTIME);
/** What can be thrown away at any time. */
export const CACHE = join(ROOT, '.cache');
