/** The package in n8n's editor, in a browser: what a person sees and clicks. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../runtime/paths.mjs';
import { importWorkflow, readExamples } from '../../runtime/workflows.mjs';
import { openBrowser } from './browser.mjs';
import { call, missed, until } from './calls.mjs';
import { test } from './harness.mjs';

let browser;

/** A test in a page of its own; where it fails, a picture of the page is left behind. */
function editorTest(name, run) {
	const inPage = async (world) => {
		browser ??= openBrowser(world);
		const page = await (await browser).newPage();
		const editor = new Editor(page, world.n8n.url, name.replace(/\W+/g, '-'));
		try {
			await run(editor, world);
			assert.deepEqual(editor.errors, [], 'errors on the console of the browser');
		} catch (error) {
			await page.screenshot({ path: join(ROOT, 'test', 'e2e', `${editor.name}.png`) }).catch(() => undefined);
			throw error;
		} finally {
			await page.close();
		}
	};
	test(`editor: ${name}`, inPage, { timeout: 600_000 });
}

/** The steps a person takes. */
class Editor {
	errors = [];
	#pictures = 0;

	constructor(page, url, name) {
		Object.assign(this, { page, url, name });
		page.on('pageerror', (error) => this.errors.push(String(error)));
	}

	byId(id) {
		return this.page.getByTestId(id);
	}

	/** Keeps a picture, if E2E_SCREENSHOTS says where. */
	async picture(what) {
		const folder = process.env.E2E_SCREENSHOTS;
		if (!folder) return;
		mkdirSync(folder, { recursive: true });
		// Lists fold out and panels slide in; a picture in the middle of that shows nothing.
		await this.page.waitForTimeout(500);
		this.#pictures += 1;
		await this.page.screenshot({ path: join(folder, `${this.name}-${this.#pictures}-${what}.png`) });
	}

	parameter(name) {
		return this.byId(`parameter-input-${name}`);
	}

	/** Chooses an option of a drop-down list by its name. */
	async choose(name, option) {
		await this.parameter(name).click();
		await this.page
			.getByRole('option', { name: new RegExp(`^${option}\\b`) })
			.first()
			.click();
	}

	/** Chooses an entry of a resource locator's list, which comes from the server. Gives back all entries. */
	async chooseFromList(name, entry) {
		await this.parameter(name).getByTestId('rlc-input').click();
		const items = this.byId('rlc-item').filter({ visible: true });
		await items.first().waitFor();
		const names = await items.allInnerTexts();
		await this.picture(`list-of-${name}`);
		await items.filter({ hasText: entry }).first().click();
		return names.map((text) => text.trim());
	}
}

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
