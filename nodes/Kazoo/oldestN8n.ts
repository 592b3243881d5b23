/**
 * Loaded before everything else of a node: says which n8n is needed, when this one is too old. Without it such an n8n
 * says "Class could not be found", as it does of any TypeError of a class that it loads.
 */
import { NodeConnectionTypes } from 'n8n-workflow';

/** What the tests in docs/versions.md begin with; README and package.json say the same. */
export const OLDEST_N8N = '1.123';

// Has been in n8n since 1.87
if ((NodeConnectionTypes as unknown) === undefined)
	throw new Error(`This n8n is too old for the KAZOO nodes: they need n8n ${OLDEST_N8N} or newer`);
