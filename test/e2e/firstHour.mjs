/** The first hour with the nodes, in n8n's editor: fields can be dragged before anything ran. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { editorTest } from './editorPage.mjs';
import { test } from './harness.mjs';

test('first hour: n8n serves what an operation gives', async ({ n8n }) => {
	const of = async (path) => await fetch(`${n8n.url}/schemas/n8n-nodes-kazoo.kazoo/1.0.0/${path}.json`);
	const devices = await (await of('device/getAll')).json();
	assert.equal(devices.type, 'object');
	assert.equal(devices.properties.mac_address.type, 'string');
	assert.equal((await of('device/nothing')).status, 404);
});

editorTest(
	'first hour: fields of a node can be dragged before it has run',
	async (editor, { rest, credential }) => {
		const { page } = editor;
		const node = (name, type, typeVersion, x, parameters, more = {}) => ({
			...{ name, type, typeVersion, parameters, ...more },
			...{ id: randomUUID(), position: [x, 0] },
		});
		const { id } = await rest.post('workflows', {
			name: 'Before the first run',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, 0, {}),
				node(
					'Phones',
					'n8n-nodes-kazoo.kazoo',
					1,
					200,
					{ resource: 'device', operation: 'getAll' },
					{ credentials: { [credential.type]: { id: credential.id, name: credential.name } } },
				),
				node('Fields', 'n8n-nodes-base.set', 3.4, 400, { assignments: { assignments: [] }, options: {} }),
			],
			connections: {
				Start: { main: [[{ node: 'Phones', type: 'main', index: 0 }]] },
				Phones: { main: [[{ node: 'Fields', type: 'main', index: 0 }]] },
			},
			settings: {},
		});
		await page.goto(`${editor.url}/workflow/${id}`);
		await editor.byId('canvas-node').filter({ hasText: 'Fields' }).dblclick();
		await editor.byId('ndv').waitFor();
		const field = editor.byId('ndv-input-panel').getByText('mac_address', { exact: true }).first();
		await field.waitFor();
		await editor.picture('before-the-first-run');
		await field.dragTo(editor.byId('assignment-collection-drop-area').first());
		await editor.byId('assignment').first().waitFor();
		await editor.picture('dragged');
		assert.match(await editor.byId('assignment').first().innerText(), /mac_address/);
	},
);
