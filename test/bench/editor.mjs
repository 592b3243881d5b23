/**
 * Changing the resource in n8n's editor: our node beside n8n's Slack node, in one browser, in turn. Of the rounds the
 * one with the best median counts, as everywhere in this benchmark: a busy machine can only make it slower.
 *
 * Neither node waits for its server here: on a change of the resource the editor calls no method of either. Some 300 ms
 * are the same for both, the time in which the list of resources fades.
 */
import { ensure } from '../../runtime/ensure.mjs';
import { goal, table } from './report.mjs';

const milliseconds = (value) => `${Math.round(value)} ms`;
/** How often each resource is chosen in a round. */
const SWITCHES = 10;
/** What counts is whether it feels slower; two medians of one thing differ by less than this. */
const SAME = 1.1;

const NODES = {
	KAZOO: {
		type: 'n8n-nodes-kazoo.kazoo',
		typeVersion: 1,
		parameters: { resource: 'device', operation: 'getAll' },
		resources: ['User', 'Device'],
	},
	Slack: {
		type: 'n8n-nodes-base.slack',
		typeVersion: 2.3,
		parameters: { resource: 'channel', operation: 'getAll' },
		resources: ['User', 'Channel'],
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
 * Times, from the click on a resource in the list until the form that belongs to it has been drawn: the page's own
 * clock, up to the frame after the last change of the panel.
 */
async function timeOf(page, resource) {
	await page.getByTestId('parameter-input-resource').click();
	const option = page
		.getByRole('option', { name: new RegExp(`^${resource}\\b`) })
		.filter({ visible: true })
		.first();
	await option.waitFor();
	await option.evaluate((element) => {
		globalThis.settled = new Promise((resolve) => {
			const panel = globalThis.document.querySelector('[data-test-id="ndv"]');
			const began = performance.now();
			let last = began;
			const observer = new globalThis.MutationObserver(() => {
				last = performance.now();
			});
			observer.observe(panel, { childList: true, subtree: true, attributes: true, characterData: true });
			const look = () => {
				if (performance.now() - last < 500) return globalThis.requestAnimationFrame(look);
				observer.disconnect();
				resolve(last - began);
			};
			element.click();
			globalThis.requestAnimationFrame(look);
		});
	});
	return await page.evaluate(() => globalThis.settled);
}

/** Opens the workflow anew and the form of one of its nodes; what is drawn for the first time does not count. */
async function measureNode(page, url, name) {
	await page.goto(url);
	await page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
	await page.getByTestId('parameter-input-resource').waitFor();
	const { resources } = NODES[name];
	const times = [];
	for (let index = 0; index < SWITCHES + resources.length; index++)
		times.push(await timeOf(page, resources[index % resources.length]));
	return times.slice(resources.length);
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
		const times = Object.fromEntries(Object.keys(NODES).map((name) => [name, []]));
		for (let round = 0; round < rounds; round++) {
			for (const name of Object.keys(NODES)) times[name].push(median(await measureNode(page, url, name)));
		}
		const best = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.min(...all)]));
		console.log('\nChanging the resource in the editor, from the click to the last change of the form');
		table([['', 'best median'], ...Object.entries(best).map(([name, value]) => [name, milliseconds(value)])]);
		goal('changing the resource, to Slack', best.KAZOO / best.Slack, SAME, (ratio) => ratio.toFixed(2));
	} finally {
		await world.close();
	}
}
