/** A browser at n8n's editor, logged in, in which nothing leaves this machine. */
import { join } from 'node:path';
import { chromium, selectors } from 'playwright-core';
import { findChromium } from '../../runtime/machine.mjs';
import { OWNER } from '../../runtime/n8n.mjs';

/** Without these, Chromium looks up its maker's hosts at every start. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
/** For one click or one answer of the editor, in milliseconds; generous, for machines that are busy. */
const PATIENCE = 120_000;

selectors.setTestIdAttribute('data-test-id');

/** @param {import('./harness.mjs').World} world */
export async function openBrowser({ folder, n8n, atEnd }) {
	const context = await chromium.launchPersistentContext(join(folder, 'browser'), {
		executablePath: findChromium(),
		headless: true,
		viewport: { width: 1440, height: 1000 },
		args: FLAGS,
	});
	atEnd(() => context.close());
	context.setDefaultTimeout(PATIENCE);
	// The editor asks the registry about installed packages; nothing leaves this machine.
	await context.route(
		(url) => url.origin !== n8n.url,
		(route) => route.abort(),
	);
	const page = await context.newPage();
	await page.goto(`${n8n.url}/signin`);
	const form = page.getByTestId('signin-form');
	await form.locator('input').first().fill(OWNER.email);
	await form.locator('input[type=password]').fill(OWNER.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/home|workflow/);
	await page.close();
	return context;
}
