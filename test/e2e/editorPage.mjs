/** A person at n8n's editor: tests in a page of their own, and the steps that one takes there. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../runtime/paths.mjs';
import { openBrowser } from './browser.mjs';
import { test } from './harness.mjs';

let browser;

/** A test in a page of its own; where it fails, a picture of the page is left behind. */
export function editorTest(name, run) {
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
export class Editor {
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
