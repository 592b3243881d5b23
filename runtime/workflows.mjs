/**
 * Puts credentials and example workflows into an n8n, as often as one likes: what is there already is updated,
 * never doubled.
 *
 * An example is a workflow as n8n exports it. Its nodes name their credential without an id
 * (`"credentials": {"crossbarApi": {"id": "", "name": "KAZOO sandbox"}}`); the id is filled in here. Those for the
 * demo carry `"meta": {"demo": {"order": 1, "hint": "What to do with it and what one sees"}}`, and `"active": true`
 * beside the hint if a trigger is to be on from the beginning.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { RestError } from './rest.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('base64url');

/**
 * Reads the example workflows of a folder.
 *
 * @param {string} [folder] `examples/` by default
 * @returns {{id: string, file: string, workflow: any, demo?: {order: number, hint: string, active?: boolean}}[]} in the order of the
 *   demo, the others after them by file name. The id is the same at every reading
 */
export function readExamples(folder = join(ROOT, 'examples')) {
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
	const examples = files.sort().map((name) => {
		const workflow = JSON.parse(readFileSync(join(folder, name), 'utf8'));
		// Letters and digits only, as in the ids that n8n makes itself.
		const id = sha256(basename(name))
			.replace(/[^A-Za-z0-9]/g, '')
			.slice(0, 16);
		return { id, file: name, workflow, demo: workflow.meta?.demo };
	});
	return examples.sort((a, b) => (a.demo?.order ?? Infinity) - (b.demo?.order ?? Infinity) || 0);
}

/**
 * Makes a credential, or updates the one of that name and type.
 *
 * @param {import('./rest.mjs').RestClient} rest
 * @param {{name: string, type: string, data: object}} credential
 * @param {{keep?: boolean}} [options] `keep`: leave one that is there as it is
 * @returns {Promise<{id: string, name: string, type: string, data: object}>}
 */
export async function importCredential(rest, credential, { keep = false } = {}) {
	const existing = (await rest.get('credentials')).find(
		({ name, type }) => name === credential.name && type === credential.type,
	);
	if (!existing) return { ...credential, id: (await rest.post('credentials', credential)).id };
	if (!keep) await rest.patch(`credentials/${existing.id}`, credential);
	return { ...credential, id: existing.id };
}

/**
 * Makes a workflow, or updates it.
 *
 * @param {import('./rest.mjs').RestClient} rest
 * @param {{id: string, workflow: any}} example
 * @param {{id: string, name: string, type: string}} credential takes the place of those of its type
 * @param {string} [lastImport] what the last import gave back: while the example is the same, the workflow is left
 *   as the person has made it
 * @returns {Promise<string>} a mark of what was imported
 */
export async function importWorkflow(rest, { id, workflow }, credential, lastImport) {
	const { name, nodes, connections, settings = {}, pinData } = workflow;
	const placed = nodes.map((node) =>
		node.credentials?.[credential.type]
			? {
					...node,
					credentials: {
						...node.credentials,
						[credential.type]: { id: credential.id, name: credential.name },
					},
				}
			: node,
	);
	const content = { name, nodes: placed, connections, settings, ...(pinData && { pinData }) };
	const mark = sha256(JSON.stringify(content));
	let existing = await rest.get(`workflows/${id}`).catch((error) => {
		if (error instanceof RestError && [403, 404].includes(error.status)) return undefined;
		throw error;
	});
	if (existing?.isArchived) {
		await rest.delete(`workflows/${id}`);
		existing = undefined;
	}
	if (!existing) await rest.post('workflows', { id, ...content, active: false });
	else if (mark !== lastImport)
		await rest.patch(`workflows/${id}`, { ...content, versionId: existing.versionId });
	return mark;
}

/**
 * Switches an example on against a sandbox that has just begun anew, so that what its trigger had set up in the last
 * one is gone. One that the person has switched off since it was imported stays off.
 *
 * @param {import('./rest.mjs').RestClient} rest
 * @param {string} id of the workflow
 * @param {boolean} isNew it has just been imported, or has changed
 */
export async function switchOn(rest, id, isNew) {
	const { activeVersionId } = await rest.get(`workflows/${id}`);
	if (!activeVersionId && !isNew) return;
	if (activeVersionId) await rest.deactivateWorkflow(id);
	await rest.activateWorkflow(id);
}
