/** The first hour with the nodes, in n8n's editor: what people type finds them, and fields can be dragged before anything ran. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../runtime/paths.mjs';
import { editorTest } from './editorPage.mjs';
import { test } from './harness.mjs';

/** What people type, and the resource that they mean. */
const WORDS = JSON.parse(readFileSync(join(ROOT, 'test', 'words.json'), 'utf8'));
/** A few letters stand in many names, n8n's own nodes' too: then one looks further down. */
const places = (words) => (words.length > 4 ? 3 : 10);
const textsOf = async (locator) => (await locator.allInnerTexts()).map((text) => text.trim());
const holding = (words) => (text) => text.toLowerCase().includes(words.toLowerCase());

/** The names of resources as n8n lists them, by value. */
async function resourceNames({ page, url }) {
	const nodes = await (await page.request.get(`${url}/types/nodes.json`)).json();
	const { properties } = nodes.find(({ name }) => name === 'n8n-nodes-kazoo.kazoo');
	const { options } = properties.find(({ name }) => name === 'resource');
	return Object.fromEntries(options.map(({ value, name }) => [value, name]));
}

/** Opens the node creator on an empty canvas, and from there the node with its triggers and actions. */
async function openNode(editor) {
	await editor.byId('node-creator-search-bar').fill('kazoo');
	const found = editor.byId('node-creator-item-name').getByText('KAZOO', { exact: true });
	await found.click();
	// A node of a community package has no search here, only its lists
	await editor.page.getByText(/^Triggers \(\d+\)/).click();
	await editor.page.getByText(/^Actions \(\d+\)$/).click();
}

/**
 * Types words into the field that has the focus, one after another, within the page: a tenth of the time. Gives back
 * what is listed after each.
 *
 * @param {string[]} words
 * @param {string} [id] of the entries; options of a list else, which then hold the words
 */
async function listedAfter(page, words, id) {
	return await page.evaluate(
		async ([all, testId]) => {
			const { document, requestAnimationFrame, Event, KeyboardEvent } = globalThis;
			const drawn = () =>
				new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
			const shown = () =>
				[...document.querySelectorAll(testId ? `[data-test-id="${testId}"]` : '[role=option]')]
					.filter((entry) => entry.checkVisibility())
					.map((entry) => entry.innerText.split('\n')[0].trim());
			const lists = [];
			for (const text of all) {
				const field = document.activeElement;
				field.value = text;
				field.dispatchEvent(new Event('input', { bubbles: true }));
				// The node creator waits for the end of the typing; this key ends it
				if (testId) field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
				const isThere = () =>
					testId || shown().every((name) => name.toLowerCase().includes(text.toLowerCase()));
				const start = Date.now();
				do await drawn();
				while (!isThere() && Date.now() - start < 10_000);
				lists.push(shown());
			}
			return lists;
		},
		[words, id],
	);
}

editorTest('first hour: what people type finds the node, the action and the resource', async (editor) => {
	const { page } = editor;
	const names = await resourceNames(editor);
	await page.goto(`${editor.url}/workflow/new`);
	await editor.byId('canvas-add-button').click();
	await editor.byId('node-creator-search-bar').focus();
	const wrong = [];
	const nodes = await listedAfter(
		page,
		WORDS.map(([words]) => words),
		'node-creator-item-name',
	);
	for (const [index, [words]] of WORDS.entries()) {
		const first = nodes[index].slice(0, places(words));
		if (!first.some((name) => name.startsWith('KAZOO'))) wrong.push(`${words}: nodes ${first.join('; ')}`);
	}
	await editor.picture('nodes');

	await openNode(editor);
	const [, count] = /\((\d+)\)/.exec(await page.getByText(/^Actions \(\d+\)$/).innerText());
	const rows = editor.byId('item-iterator-item');
	// The list grows by itself until it is whole; above the actions of each resource stands its name
	await page.waitForFunction(
		(all) =>
			[...globalThis.document.querySelectorAll('[data-test-id="item-iterator-item"]')].filter(
				(row) => !row.textContent.trim().endsWith(' Actions'),
			).length >= all,
		Number(count),
	);
	await editor.picture('actions');
	const actions = [];
	let heading = '';
	for (const text of await textsOf(rows)) {
		if (/ actions$/i.test(text) && text === text.toUpperCase()) heading = text.replace(/ ACTIONS$/, '');
		else actions.push({ heading, text });
	}
	for (const [words, resource] of WORDS) {
		const found = actions.filter(({ text }) => holding(words)(text));
		const first = words.length > 4 ? found.slice(0, 3) : found;
		if (!first.some((action) => action.heading === names[resource].toUpperCase()))
			wrong.push(`${words}: actions ${first.map(({ text }) => text).join('; ')}`);
	}

	await rows.filter({ hasText: /^\s*Get account\s*$/ }).click();
	await editor.byId('ndv').waitFor();
	await editor.parameter('resource').click();
	await page.getByRole('option').filter({ visible: true }).first().waitFor();
	const known = WORDS.filter(([words]) => Object.values(names).some(holding(words)));
	const resources = await listedAfter(
		page,
		known.map(([words]) => words),
	);
	for (const [index, [words, resource]] of known.entries()) {
		const first = resources[index].slice(0, 3);
		if (!first.includes(names[resource])) wrong.push(`${words}: resources ${first.join('; ')}`);
	}
	await editor.picture('resources');
	assert.deepEqual(wrong, []);
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
