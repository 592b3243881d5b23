/** The list of jobs: what each file of this folder adds to it, and what a run of one of them came to. */

/** A job may need so many nodes, the trigger that starts it and all. */
export const MOST_NODES = 4;

/** @type {Array<{name: string, run: (person: import('./person.mjs').Person, world: import('../e2e/harness.mjs').World) => Promise<void>}>} */
export const jobs = [];

/**
 * Adds a job: the steps of a person from an empty canvas, and what is to be seen at the end.
 *
 * @param {string} name in the words of who asks for it
 */
export function job(name, run) {
	jobs.push({ name, run });
}

/**
 * What is wrong with how a job was done; nothing where anybody could do it.
 *
 * @param {{nodes: number, typed: string[]}} done
 */
export function faultsOf({ nodes, typed }) {
	return [
		...(nodes > MOST_NODES ? [`${nodes} nodes, more than ${MOST_NODES}`] : []),
		...typed.filter(isJson).map((text) => `JSON was typed: ${text}`),
		...typed.filter((text) => /[0-9a-f]{32}/i.test(text)).map((text) => `an ID was typed: ${text}`),
	];
}

/** Whether somebody had to write a structure; a number or a word of its own is none. */
function isJson(text) {
	try {
		return typeof JSON.parse(text) === 'object';
	} catch {
		return false;
	}
}

/** A customer of the demo, and what the sandbox holds of it, past n8n. */
export async function customerNamed({ crossbar }, name) {
	const { id } = (await crossbar.get('descendants')).find((account) => account.name === name);
	return { id, get: (path = '') => crossbar.get(`../${id}/${path}`) };
}
