/**
 * Somebody who does a job in n8n's editor and knows it by what stands there: actions and fields by their names, entries
 * of lists by what they show. Keeps count of what it took, and a picture of every step.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Editor } from '../e2e/editorPage.mjs';
import { until } from '../e2e/calls.mjs';

/** Lists, forms and panels that slide in, in milliseconds. */
const SETTLED = 700;
/** For what a click brings, in milliseconds. */
const PATIENCE = 30_000;
const exactly = (text) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

export class Person extends Editor {
	/** Everything that was typed. */
	typed = [];
	/** How many nodes are on the canvas. */
	nodes = 0;
	/** How many fields were filled in or chosen. */
	fields = 0;
	#world;
	#folder;
	#pictures = 0;
	#errorsWanted = 0;

	/** @param {import('../e2e/harness.mjs').World} world @param {string} folder of the pictures */
	constructor(page, world, folder) {
		super(page, world.n8n.url, folder);
		page.setDefaultTimeout(PATIENCE);
		this.#world = world;
		this.#folder = folder;
	}

	/** Keeps a picture of what is to be seen now. */
	async picture(what) {
		mkdirSync(this.#folder, { recursive: true });
		this.#pictures += 1;
		const file = `${String(this.#pictures).padStart(2, '0')}-${what.replace(/\W+/g, '-')}.png`;
		await this.page.screenshot({ path: join(this.#folder, file) });
	}

	/** Opens an empty canvas. */
	async newWorkflow() {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.byId('canvas-add-button').waitFor();
	}

	/** Searches in the node creator; gives back the names of the nodes that it shows, best first. */
	async search(words) {
		// On an empty canvas the plus stands in the middle, later at the side
		await this.byId('canvas-add-button').or(this.byId('node-creator-plus-button')).first().click();
		await this.byId('node-creator-search-bar').fill(words);
		this.typed.push(words);
		await this.page.waitForTimeout(SETTLED);
		await this.picture(`search-${words}`);
		return (await this.byId('node-creator-item-name').allInnerTexts()).map((name) => name.trim());
	}

	/** Adds a node that has no list of actions, such as the one that starts a workflow by hand. */
	async addNode(words, name = words) {
		await this.search(words);
		await this.#nodeFound(name).click();
		await this.page.waitForTimeout(SETTLED);
		// One of a community package shows what it is before
		const add = this.page.getByRole('button', { name: 'Add to workflow' });
		if (await add.isVisible()) await add.click();
		await this.#counted();
		await this.#opened();
	}

	/**
	 * Adds a node by one of its actions. The list has no search of its own where a node comes from a community package;
	 * one scrolls.
	 *
	 * @param {string} words that are typed to find the node
	 * @param {string} action as the list names it, without the words in brackets
	 */
	async addAction(words, action, node = 'KAZOO') {
		await this.search(words);
		await this.#nodeFound(node).click();
		const list = this.byId('item-iterator-item');
		const heading = this.page.getByText(/^Actions \(\d+\)$/);
		await heading.or(list.first()).first().waitFor();
		const found = list.filter({ hasText: new RegExp(`^\\s*${action}\\s*(\\(|$)`) });
		await this.page.waitForTimeout(SETTLED);
		if ((await found.count()) === 0 && (await this.byId('node-creator-item-name').count()) === 0)
			await heading.click();
		await this.byId('node-creator').hover();
		await until(async () => {
			if ((await found.count()) > 0) return true;
			// More of it comes as one scrolls
			await this.page.mouse.wheel(0, 3000);
			return false;
		});
		await found.first().scrollIntoViewIfNeeded();
		await this.picture(`action-${action}`);
		await found.first().click();
		await this.#counted();
		await this.#opened();
	}

	/** Opens a node that is on the canvas. */
	async open(name) {
		await this.byId('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.#opened();
	}

	/** Closes the node that is open. */
	async close() {
		await this.byId('ndv-close-button').first().click();
		await this.byId('ndv').waitFor({ state: 'hidden' });
		await this.#counted();
	}

	/** A field of the open node, by its label; of several the one that was added last. */
	field(label) {
		const ndv = this.byId('ndv');
		return (
			ndv
				.getByTestId('parameter-item')
				// Those of a document stand in one field for all of them
				.or(ndv.getByTestId('mapping-fields-container').locator('> div'))
				.filter({ has: this.byId('input-label').getByText(exactly(label)) })
				.last()
		);
	}

	/** The labels of the form, in its order. */
	async labels() {
		const labels = await this.byId('ndv')
			.getByTestId('input-label')
			.filter({ visible: true })
			.allInnerTexts();
		return labels.map((text) => text.split('\n')[0].trim());
	}

	/** Chooses an option of a drop-down list by its name. */
	async choose(label, option) {
		this.fields += 1;
		await this.#inputOf(label).click();
		const found = this.page
			.getByRole('option')
			.filter({ visible: true, has: this.page.getByText(exactly(option)) });
		await found.first().waitFor();
		await this.picture(`options-of-${label}`);
		await found.first().click();
		await this.page.waitForTimeout(SETTLED);
	}

	/** Picks an entry of a list that comes from the server, by a part of what it shows. Gives back all entries. */
	async pick(label, entry) {
		this.fields += 1;
		await this.field(label).getByTestId('rlc-input').click();
		const items = this.byId('rlc-item').filter({ visible: true });
		await items.first().waitFor();
		const shown = (await items.allInnerTexts()).map((text) => text.trim());
		await this.picture(`list-of-${label}`);
		await items.filter({ hasText: entry }).first().click();
		await this.page.waitForTimeout(SETTLED);
		return shown;
	}

	/** Says of which customer it is. */
	async ofCustomer(name) {
		await this.choose('Account', 'One Account');
		return await this.pick('Sub-Account', name);
	}

	/** Types a name, or a number, where a list would be. */
	async typeInPlaceOfPick(label, text, mode = 'By Name or ID') {
		await this.field(label).getByTestId('rlc-mode-selector').click();
		await this.page.getByRole('option', { name: mode }).filter({ visible: true }).first().click();
		await this.type(label, text);
	}

	/** Writes into a field, in place of what stood there. */
	async type(label, text) {
		this.fields += 1;
		this.typed.push(text);
		await this.field(label).locator('input:not([readonly]), textarea').last().fill(text);
		await this.page.waitForTimeout(SETTLED / 2);
	}

	/** Turns a switch over. */
	async turn(label) {
		this.fields += 1;
		await this.#inputOf(label).click();
		await this.page.waitForTimeout(SETTLED / 2);
	}

	/** Adds a field of a list such as *Additional Fields* or *Options*. */
	async addField(list, label) {
		const whole = this.field(list);
		await whole.getByTestId('collection-parameter-add').first().click();
		await this.page.waitForTimeout(SETTLED / 2);
		await this.picture(`add-to-${list}`);
		await this.page
			.getByTestId(`collection-parameter-option${label}`)
			.or(this.page.getByRole('option', { name: label, exact: true }))
			.filter({ visible: true })
			.first()
			.click();
		await this.page.waitForTimeout(SETTLED / 2);
	}

	/** Clicks a button of the form, such as *Add phone*. */
	async click(text) {
		await this.byId('ndv').getByRole('button', { name: text, exact: true }).last().click();
		await this.page.waitForTimeout(SETTLED / 2);
	}

	/** Executes the open node, and those before it. @returns {Promise<Array<Record<string, string>>>} its table */
	async execute() {
		const { status } = await this.#executed();
		const error = status === 'success' ? '' : await this.#error();
		assert.equal(status, 'success', error);
		await this.#showTable();
		await this.picture('output');
		return await this.table();
	}

	/**
	 * Listens for a test event with the trigger that is open, and lets it happen.
	 *
	 * @param {() => Promise<boolean>} isListening whether the other side knows
	 * @param {() => Promise<unknown>} happen
	 * @returns its table
	 */
	async listen(isListening, happen) {
		await this.byId('node-execute-button').first().click();
		await until(isListening);
		await this.picture('listening');
		await happen();
		await this.byId('output-panel').getByTestId('ndv-run-data-display-mode').waitFor();
		await this.#showTable();
		await this.picture('output');
		return await this.table();
	}

	/** Publishes the workflow. */
	async publish() {
		const publish = this.page.getByRole('button', { name: 'Publish', exact: true });
		await publish.first().click();
		const dialog = this.page.getByRole('dialog').filter({ hasText: 'Publish workflow' });
		await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
		await dialog.waitFor({ state: 'hidden' });
		const [id] = /(?<=\/workflow\/)\w+/.exec(this.page.url());
		await until(async () => (await this.#world.rest.get(`workflows/${id}`)).active);
		// It is saved before its triggers have set up what they need
		await this.page.getByText(/^\s*Publishing/).waitFor({ state: 'hidden' });
		await this.page.waitForTimeout(SETTLED);
		await this.picture('published');
	}

	/** Drags a field of the input into one of the form. */
	async drag(name, label) {
		this.fields += 1;
		const input = this.byId('ndv-input-panel');
		await input.getByText(name, { exact: true }).first().dragTo(this.#inputOf(label));
		await this.page.waitForTimeout(SETTLED);
	}

	/** Executes the open node; gives back what is shown of the file that comes out. */
	async executeForFile() {
		const { status } = await this.#executed();
		const error = status === 'success' ? '' : await this.#error();
		assert.equal(status, 'success', error);
		await this.byId('output-panel').getByText('Binary', { exact: true }).first().click();
		await this.page.waitForTimeout(SETTLED);
		await this.picture('file');
		return await this.byId('output-panel').innerText();
	}

	/** Executes the open node, which is to fail; gives back what its error panel says. */
	async executeInVain() {
		this.#errorsWanted += 1;
		const { status } = await this.#executed();
		assert.equal(status, 'error', 'it was to fail');
		const error = await this.#error();
		await this.picture(`error-${this.#errorsWanted}`);
		return error;
	}

	/** Tries to execute the open node, which the editor does not even start; gives back what it says. */
	async refused() {
		await this.byId('node-execute-button').first().click();
		const told = this.page.locator('.el-notification').last();
		await told.waitFor();
		await this.picture('refused');
		return await told.innerText();
	}

	/** The rows of the output's table as they are shown, by column in the order of the columns. */
	async table() {
		return await this.byId('output-panel')
			.locator('table')
			.first()
			.evaluate((table) => {
				const columns = [...table.querySelectorAll('thead th')].map((cell) => cell.innerText.trim());
				return [...table.querySelectorAll('tbody tr')].map((row) =>
					Object.fromEntries(
						[...row.querySelectorAll('td')]
							.map((cell, index) => [columns[index], cell.innerText.trim()])
							.filter(([column]) => column),
					),
				);
			});
	}

	#inputOf(label) {
		return this.field(label).locator('[data-test-id^="parameter-input-"]').first();
	}

	#nodeFound(name) {
		return this.byId('item-iterator-item')
			.filter({ has: this.byId('node-creator-item-name').getByText(exactly(name)) })
			.first();
	}

	async #opened() {
		await this.page.waitForTimeout(SETTLED);
		if (!(await this.byId('ndv').isVisible())) return;
		await this.page.waitForTimeout(SETTLED);
		await this.picture('form');
	}

	/** The canvas holds what there is, also behind an open node. */
	async #counted() {
		await this.page.waitForTimeout(SETTLED / 2);
		this.nodes = await this.byId('canvas-node').count();
	}

	async #executed() {
		const { rest } = this.#world;
		const answer = this.page.waitForResponse((response) =>
			/\/rest\/workflows\/[^/]+\/run/.test(response.url()),
		);
		await this.byId('node-execute-button').first().click();
		const { data } = await (await answer).json();
		let execution;
		await until(async () => {
			execution = await rest.get(`executions/${data.executionId}`);
			return !['new', 'running', 'waiting'].includes(execution.status);
		});
		await this.page.waitForTimeout(SETTLED);
		return execution;
	}

	async #error() {
		await this.byId('node-error-message').first().waitFor();
		return await this.byId('output-panel').innerText();
	}

	async #showTable() {
		await this.byId('output-panel').getByTestId('ndv-run-data-display-mode').getByText('Table').click();
		await this.page.waitForTimeout(SETTLED / 2);
	}
}
