/** The sandbox's page in a real browser: that it shows what happens, and that its buttons do what they say. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { Client } from './client';

/** Named by jest.config.js where none is named from outside. */
const { CHROMIUM } = process.env;

let client: Client;
let browser: Browser;
let page: Page;
/** What the page complained of, and what it asked for elsewhere. */
let complaints: string[];

beforeAll(async () => {
	if (!CHROMIUM)
		throw new Error(
			'The page is tested in a browser, and there is none: npm test installs it, or CHROMIUM names it',
		);
	client = await Client.start({ callSpeed: 50, allowLoopbackUris: true });
	browser = await chromium.launch({
		executablePath: CHROMIUM,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
	});
}, 120_000);

afterAll(async () => {
	await browser?.close();
	await client?.sandbox.close();
});

beforeEach(async () => {
	complaints = [];
	page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
	page.setDefaultTimeout(10_000);
	page.on('pageerror', ({ message }) => complaints.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	page.on('request', (request) => {
		const { origin, protocol } = new URL(request.url());
		if (protocol !== 'data:' && origin !== client.sandbox.url) complaints.push(request.url());
	});
	await page.goto(client.sandbox.url);
	await page.locator('#live', { hasText: 'live' }).waitFor();
});

afterEach(async () => {
	expect(complaints).toEqual([]);
	await page.close();
});

const section = (name: string) => page.getByRole('region', { name });

it('is for browsers: others get the banner', async () => {
	const response = await fetch(client.sandbox.url, { headers: { accept: '*/*' } });
	expect(response.headers.get('content-type')).toMatch('text/plain');
	expect(await response.text()).toMatch(/^KAZOO Crossbar sandbox/);
});

it('shows how one logs in, and what it shows is right', async () => {
	await section('Log in').getByRole('button', { name: 'Show' }).click();
	const key = await section('Log in')
		.locator('code', { hasText: /^[0-9a-f]{64}$/ })
		.innerText();
	const { status } = await client.ask('PUT', '/api_auth', { data: { api_key: key }, token: null });
	expect(status).toBe(201);
	const { headers } = await fetch(`${client.sandbox.url}/sandbox/log-ins`);
	expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
	expect(headers.get('access-control-allow-origin')).toBeNull();
});

it('shows the accounts as a tree, and the phones of one', async () => {
	const accounts = section('Accounts').getByRole('listitem');
	expect(await accounts.count()).toBe(5);
	expect(await accounts.first().textContent()).toMatch(/^Sandbox Master/);
	expect(await section('Phones').getByRole('listitem').count()).toBeGreaterThan(5);
	await section('Phones').getByRole('combobox').selectOption('Cedar Law');
	await section('Phones').getByText("Eleanor's desk phone").waitFor();
});

it('places a call, shows it while it is on, and what came of it', async () => {
	await page.locator('#call').getByLabel('To').fill('+14155550108');
	await page.getByLabel('Speed').selectOption('10 times as fast');
	await page.getByRole('button', { name: 'Call' }).click();
	const call = section('Calls').getByRole('group').first();
	await call.getByText('on now').waitFor();
	await section('Phones')
		.getByText(/1008 .* (ringing|talking)/)
		.waitFor();
	await call.getByText('is answered').waitFor();
	await call.getByRole('button', { name: 'Hang up' }).click();
	await call.getByText('hangs up').waitFor();
	await call.getByText(/NORMAL_CLEARING/).waitFor();
});

it('says why there is no such call', async () => {
	await page.locator('#call').getByLabel('To').fill('+15005550999');
	await page.getByRole('button', { name: 'Call' }).click();
	await page.locator('#message.bad', { hasText: 'Nobody here has +15005550999' }).waitFor();
	// The browser notes every answer like this one.
	expect(complaints).toEqual([expect.stringContaining('status of 400')]);
	complaints = [];
});

it('leaves a voicemail, sends a fax, sets a phone off-line', async () => {
	await page.getByRole('button', { name: 'Leave message' }).click();
	await page.getByText(/A message is in the box/).waitFor();
	await page.getByRole('button', { name: 'Send fax' }).click();
	await page.getByText(/A fax came in at/).waitFor();
	const button = page.getByRole('button', { name: "Set off-line: Amelia's desk phone" });
	await button.focus();
	await page.keyboard.press('Enter');
	const again = page.getByRole('button', { name: "Register: Amelia's desk phone" });
	await again.waitFor();
	// Who works with the keyboard does not lose the place.
	expect(await again.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
	await again.click();
	await button.waitFor();
});

it('switches faults on and off', async () => {
	await page.getByRole('combobox', { name: 'How', exact: true }).selectOption('Server error (500)');
	await page.getByRole('combobox', { name: 'How often' }).selectOption('the next request');
	await page.getByRole('button', { name: 'Switch on' }).click();
	await page.getByText('On: Server error (500)', { exact: true }).waitFor();
	expect((await client.own('GET', '/users')).status).toBe(500);
	await page.getByText('no fault is on').waitFor();
	expect((await client.own('GET', '/users')).status).toBe(200);
	await page.getByRole('button', { name: 'Switch on' }).click();
	await page.getByText('On: Server error (500)', { exact: true }).waitFor();
	await page.getByRole('button', { name: 'Switch all off' }).click();
	await page.getByText('no fault is on').waitFor();
});

it('shows requests with their bodies and webhooks with their addresses, but no secret', async () => {
	await client.own('PUT', '/users', { data: { first_name: 'Visible', username: 'x', password: 'Hidden-1' } });
	await client.own('PUT', '/webhooks', {
		data: { name: 'Mine', hook: 'channel_create', uri: 'http://127.0.0.2:9/hook?key=Hidden-2' },
	});
	await client.own('GET', `/user_auth/${client.token}`);
	const requests = section('Last requests').getByRole('group');
	const body = requests.filter({ hasText: 'Visible' });
	await body.waitFor({ state: 'attached' });
	await body.locator('summary').click();
	await body.getByText('"first_name": "Visible"').waitFor();
	await section('Webhooks').getByText('http://127.0.0.2:9/hook?***').waitFor();
	const html = await page.content();
	const { demo } = client.sandbox;
	for (const secret of ['Hidden-1', 'Hidden-2', client.token, demo.apiKey])
		expect(html).not.toContain(secret);
	const events = await page.evaluate(
		() =>
			new Promise<string>((resolve) => {
				const source = new EventSource('/sandbox/events');
				source.onmessage = ({ data }) => {
					source.close();
					resolve(data as string);
				};
			}),
	);
	for (const secret of ['Hidden-1', 'Hidden-2', client.token, demo.apiKey, demo.password])
		expect(events).not.toContain(secret);
});

it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
	await page.emulateMedia({ colorScheme });
	// Contrast of the soft text with what is behind it, by the formula of WCAG 2: 4.5 at least.
	const contrast = await page.evaluate(() => {
		const channels = (color: string) => {
			const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
			return [r, g, b].map((value) => {
				const share = value / 255;
				return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
			});
		};
		const light = (color: string) => {
			const [r = 0, g = 0, b = 0] = channels(color);
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const text = light(getComputedStyle(document.querySelector('.soft') as Element).color);
		const ground = light(getComputedStyle(document.querySelector('section') as Element).backgroundColor);
		return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
	});
	expect(contrast).toBeGreaterThan(4.5);
});

it('fits on a telephone', async () => {
	await page.setViewportSize({ width: 360, height: 740 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
