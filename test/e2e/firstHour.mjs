/** The first hour with the nodes, in n8n's editor: they are found by the words of telephone people, and fields can be dragged before anything ran. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { editorTest } from './editorPage.mjs';
import { test } from './harness.mjs';

/**
 * What people type, and what they mean: the beginning of the name of an action of the KAZOO node, or a trigger. It has to
 * be among the first three: of the nodes, or of the actions once KAZOO was opened.
 */
const WORDS = {
	'missed call': /KAZOO Trigger|missed call/i,
	offline: /status of.*(phones|devices)|online/i,
	suspend: /suspend account/i,
	onboard: /on-?board/i,
	offboard: /off-?board/i,
	'voicemail to email': /voicemail/i,
	'call report': /call report/i,
	'block number': /block list|blocked/i,
	'ring group': /group/i,
	IVR: /menu/i,
	port: /port request/i,
	e911: /phone number|emergency/i,
	fraud: /fraud|limits|guard/i,
	'opening hours': /opening hours/i,
	holiday: /dates|holiday|opening hours/i,
	audit: /audit/i,
	'caller id': /caller ID|user/i,
	forward: /forward/i,
	recording: /recording/i,
	queue: /queue/i,
	agent: /agent/i,
	fax: /fax/i,
	sms: /message|sms/i,
	conference: /conference/i,
	webhook: /webhook/i,
	cdr: /CDR/i,
	export: /export/i,
	customer: /customer|account/i,
	phone: /phone|device/i,
	extension: /extension|callflow|user/i,
	voicemail: /voicemail/i,
	transcribe: /transcri|voicemail/i,
	'hang up': /hang up/i,
	transfer: /transfer/i,
	pivot: /pivot/i,
	'live call': /Live Trigger|call/i,
	number: /number/i,
	emergency: /emergency|e911|phone number/i,
	billing: /billing|service|ledger|transaction/i,
	limits: /limit/i,
};

/** The entries of n8n's node creator as they stand there. */
async function found(editor, words) {
	const bar = editor.byId('node-creator-search-bar');
	await bar.fill(words);
	const items = editor.byId('item-iterator-item').filter({ visible: true });
	// The list follows what is typed after a moment
	await editor.page.waitForTimeout(400);
	return (await items.allInnerTexts()).map((text) => text.trim().replace(/\s+/g, ' '));
}

editorTest('first hour: the words of telephone people find what they mean', async (editor) => {
	const { page } = editor;
	await page.goto(`${editor.url}/workflow/new`);
	await editor.byId('node-creator-plus-button').or(editor.byId('canvas-add-button')).first().click();
	const nodes = {};
	for (const words of Object.keys(WORDS)) nodes[words] = await found(editor, words);
	await found(editor, 'kazoo');
	await editor.picture('nodes');
	await editor
		.byId('item-iterator-item')
		.filter({ hasText: /^\s*KAZOO\s+(?!.*Trigger)/ })
		.first()
		.click();
	await page.getByText(/^Actions \(\d+\)$/).click();
	const missing = [];
	for (const [words, meant] of Object.entries(WORDS)) {
		const actions = await found(editor, words);
		const own = nodes[words].filter((text) => /^KAZOO/.test(text));
		const first = [...nodes[words].slice(0, 3).filter((text) => /^KAZOO/.test(text)), ...actions.slice(0, 3)];
		if (own.length === 0)
			missing.push(`${words}: no KAZOO among the nodes (${nodes[words].slice(0, 3).join('; ')})`);
		if (!first.some((text) => meant.test(text))) missing.push(`${words}: ${actions.slice(0, 3).join('; ')}`);
	}
	await editor.picture('actions');
	assert.deepEqual(missing, []);
});

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
