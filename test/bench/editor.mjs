/**
 * Changing the resource in n8n's editor: our node beside n8n's Slack node, in one browser, in turn. Of Slack each of
 * its resources is chosen once in a lap, of ours as many that people use most. Of the rounds the one with the best median
 * counts, as everywhere in this benchmark: a busy machine can only make it slower.
 *
 * Neither node waits for its server here: on a change of the resource the editor calls no method of either. The form is
 * drawn while the list of resources fades, which takes some 300 ms, the same for both.
 */
import { ensure } from '../../runtime/ensure.mjs';
import { goal, table } from './report.mjs';

const milliseconds = (value) => `${Math.round(value)} ms`;
/** How often each resource is chosen in a round. */
const LAPS = 2;
/** What the editor touches again when the form has long been there, unseen: the field of the list, the Fixed and Expression switch. */
const AFTERWARDS = '[data-test-id="parameter-input-resource"], .n8n-segment-control-item';
/** No longer than with Slack. */
const MOST = 1;

const NODES = {
	KAZOO: {
		type: 'n8n-nodes-kazoo.kazoo',
		typeVersion: 1,
		parameters: { resource: 'device', operation: 'getAll' },
		resources: ['Account', 'Callflow', 'CDR', 'Device', 'Media', 'User', 'Voicemail Box'],
	},
	Slack: {
		type: 'n8n-nodes-base.slack',
		typeVersion: 2.3,
		parameters: { resource: 'channel', operation: 'getAll' },
		resources: ['Channel', 'File', 'Message', 'Reaction', 'Star', 'User', 'User Group'],
	},
};

const workflow = {
	name: 'Resources',
	nodes: Object.entries(NODES).map(([name, { type, typeVersion, parameters }], index) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [220 * index, 0],
		parameters,
	})),
	connections: {},
	settings: {},
	active: false,
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Times, from the click on a resource in the list, by the page's own clock: until the form that belongs to it has been
 * drawn, and until the list has faded away.
 */
async function timeOf(page, resource) {
	await page.getByTestId('parameter-input-resource').click();
	const option = page
		.getByTestId('parameter-input-item')
		.filter({ has: page.locator('.option-headline').getByText(resource, { exact: true }), visible: true })
		.first();
	await option.waitFor();
	await option.evaluate((element, afterwards) => {
		globalThis.settled = new Promise((resolve) => {
			const panel = globalThis.document.querySelector('[data-test-id="ndv"]');
			const list = element.closest('.el-popper');
			const began = performance.now();
			let last = began;
			let drawn = began;
			let faded;
			const observer = new globalThis.MutationObserver((changes) => {
				last = performance.now();
				if (
					changes.some(({ target }) => !(target.closest ? target : target.parentElement).closest(afterwards))
				)
					drawn = last;
			});
			observer.observe(panel, { childList: true, subtree: true, attributes: true, characterData: true });
			const look = () => {
				if (!list.checkVisibility()) faded ??= performance.now();
				if (faded === undefined || performance.now() - last < 500)
					return globalThis.requestAnimationFrame(look);
				observer.disconnect();
				resolve({ drawn: drawn - began, faded: faded - began });
			};
			element.click();
			globalThis.requestAnimationFrame(look);
		});
	}, AFTERWARDS);
	return await page.evaluate(() => globalThis.settled);
}

/** Opens the workflow anew and the form of one of its nodes; what is drawn for the first time does not count. */
async function measureNode(page, url, name) {
	await page.goto(url);
	await page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
	await page.getByTestId('parameter-input-resource').waitFor();
	const { resources } = NODES[name];
	const times = [];
	for (let lap = 0; lap <= LAPS; lap++) {
		for (const resource of resources) times.push(await timeOf(page, resource));
	}
	const counted = times.slice(resources.length);
	return {
		drawn: median(counted.map(({ drawn }) => drawn)),
		faded: median(counted.map(({ faded }) => faded)),
	};
}

/** @param {{rounds: number}} size */
export async function measureEditor({ rounds }) {
	await ensure({ runtime: true });
	const { startWorld } = await import('../e2e/harness.mjs');
	const { openBrowser } = await import('../e2e/browser.mjs');
	const world = await startWorld();
	try {
		const { id } = await world.rest.post('workflows', workflow);
		const page = await (await openBrowser(world)).newPage();
		const url = `${world.n8n.url}/workflow/${id}`;
		const rows = Object.fromEntries(Object.keys(NODES).map((name) => [name, []]));
		for (let round = 0; round < rounds; round++) {
			for (const name of Object.keys(NODES)) rows[name].push(await measureNode(page, url, name));
		}
		const best = (name, time) => Math.min(...rows[name].map((row) => row[time]));
		console.log('\nChanging the resource in the editor, best median');
		table([
			['', 'form drawn', 'list faded'],
			...Object.keys(NODES).map((name) => [
				name,
				milliseconds(best(name, 'drawn')),
				milliseconds(best(name, 'faded')),
			]),
		]);
		// How the list fades is n8n's
		goal(
			'changing the resource, form drawn, to Slack',
			best('KAZOO', 'drawn') / best('Slack', 'drawn'),
			MOST,
			(ratio) => ratio.toFixed(2),
		);
	} finally {
		await world.close();
	}
}
