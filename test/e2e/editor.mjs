/** The package in n8n's editor, in a browser: what a person sees and clicks. */
import assert from 'node:assert/strict';
import { importWorkflow, readExamples } from '../../runtime/workflows.mjs';
import { call, missed, until } from './calls.mjs';
import { editorTest } from './editorPage.mjs';

editorTest(
	'a person adds the node, picks a phone of a customer and sees it',
	async (editor, { crossbar, demo }) => {
		const { page } = editor;
		const customer = (await crossbar.get('descendants')).find(({ name }) => name === demo.customers[0].name);
		const devices = await crossbar.get(`../${customer.id}/devices`);

		await page.goto(`${editor.url}/workflow/new`);
		await editor.byId('node-creator-plus-button').or(editor.byId('canvas-add-button')).first().click();
		await editor.byId('node-creator-search-bar').fill('kazoo');
		const found = editor.byId('item-iterator-item');
		await found.filter({ hasText: 'KAZOO' }).first().waitFor();
		await editor.picture('node-creator');
		await found.filter({ hasText: 'KAZOO' }).first().click();
		// On an empty canvas n8n unfolds the triggers; the actions are a click away.
		await page.getByText(/^Actions \(\d+\)$/).click();
		await editor
			.byId('item-iterator-item')
			.filter({ hasText: /^\s*Get many devices\s*$/ })
			.waitFor();
		await editor.picture('actions');
		await editor
			.byId('item-iterator-item')
			.filter({ hasText: /^\s*Get many devices\s*$/ })
			.click();

		await editor.byId('ndv').waitFor();
		await editor.parameter('returnAll').waitFor();
		// The only credential of its kind is chosen by n8n.
		await editor.byId('node-credentials-select').and(page.locator(':has(input)')).waitFor();
		assert.match(await editor.byId('node-credentials-select').locator('input').first().inputValue(), /KAZOO/);
		await editor.picture('get-many');

		await editor.choose('operation', 'Get');
		await editor.choose('accountScope', 'One Account');
		const accounts = await editor.chooseFromList('accountId', customer.name);
		assert.ok(
			demo.customers.every(({ name }) => accounts.some((shown) => shown.includes(name))),
			accounts.join(),
		);
		const shown = await editor.chooseFromList('deviceId', devices[0].name);
		assert.equal(shown.length, devices.length);
		await editor.picture('filled-in');

		await editor.byId('node-execute-button').click();
		const output = editor.byId('output-panel');
		await output.getByText(devices[0].id).first().waitFor();
		await editor.picture('output');

		await editor.choose('operation', 'Create');
		await editor.parameter('name').waitFor();
		await editor.picture('create');
	},
);

for (const example of readExamples().filter(({ demo }) => demo)) {
	editorTest(`the example ${example.workflow.name} runs`, async (editor, world) => {
		const { rest, credential, crossbar } = world;
		await importWorkflow(rest, example, credential);
		await editor.page.goto(`${editor.url}/workflow/${example.id}`);
		await editor.byId('canvas-node').first().waitFor();
		await editor.picture('before');
		const before = (await crossbar.get('webhooks')).map(({ id }) => id);
		await editor.byId('execute-workflow-button').first().click();
		if (example.demo.active) {
			// The editor listens for a test event: its webhook is there, and then somebody calls.
			const isTest = ({ id, uri }) => uri.includes('/webhook-test/') && !before.includes(id);
			await until(async () => (await crossbar.get('webhooks')).some(isTest));
			await call(world, missed);
		}
		const end = editor.page.getByText(/executed successfully|problem in (node|workflow)/i).first();
		await end.waitFor();
		assert.match(await end.innerText(), /success/);
		await editor.picture('after');
	});
}
