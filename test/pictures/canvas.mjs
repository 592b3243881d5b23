/** What the pictures share: an example on the canvas, without what is not part of it. */
import { importWorkflow } from '../../runtime/workflows.mjs';

/** Of the pictures, in pixels. */
export const SIZE = { width: 1200, height: 750 };
/** A workflow with more nodes than so many, notes among them, would be too small to read. */
const MANY = 9;
const WIDE = { width: 1800, height: 850 };

/** Parts of the editor that say nothing about a workflow: what floats over the canvas. */
const HIDDEN = [
	'button:not(.vue-flow__viewport *)',
	'.vue-flow__minimap',
	'.vue-flow__controls',
	'.vue-flow__panel',
	'.el-notification',
	// Beside a trigger that the mouse is over
	'[data-test-id*="execute-workflow-button"]',
];

/** Goes to a place of the editor; once it is loaded as the editor does it itself, which takes a tenth of the time. */
export async function goTo(page, { url }, path) {
	if (!page.url().startsWith(url)) await page.goto(`${url}${path}`);
	else {
		await page.evaluate(
			async (to) =>
				globalThis.document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(to),
			path,
		);
		// What is shown of the place before goes
		await page.waitForTimeout(1500);
	}
}

/** Opens an example as it comes from the folder, all of it in view. */
export async function openExample(page, { rest, credential, n8n }, example) {
	await importWorkflow(rest, example, credential);
	await goTo(page, n8n, `/workflow/${example.id}`);
	const { parameters } = example.workflow.nodes.find(({ name }) => name === 'Note');
	const [heading] = parameters.content.replace('## ', '').split('\n');
	await page.getByRole('heading', { name: heading, exact: true }).waitFor();
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').click();
	await page.waitForTimeout(700);
}

/** For the moment of the picture the workflow is alone on the page. */
export const ALONE = `${HIDDEN.join(',')}{visibility:hidden !important}`;

/** Where the nodes and the note are, with a little room around. */
export async function boxOfNodes(page) {
	const boxes = await page
		.locator('[data-test-id="canvas-node"], [data-test-id="sticky"], .vue-flow__edge-label')
		.evaluateAll((elements) =>
			elements.map((element) => {
				const { left, top, right, bottom } = element.getBoundingClientRect();
				return { left, top, right, bottom };
			}),
		);
	const { width, height } = page.viewportSize();
	const [left, top] = ['left', 'top'].map((side) => Math.min(...boxes.map((box) => box[side])));
	const [right, bottom] = ['right', 'bottom'].map((side) => Math.max(...boxes.map((box) => box[side])));
	const x = Math.max(0, left - 40);
	// The name of a node stands below it
	const y = Math.max(0, top - 30);
	return {
		x,
		y,
		width: Math.min(width, right + 60) - x,
		height: Math.min(height, bottom + 60) - y,
	};
}

/** The picture of an example. */
export function pictureOfExample(example) {
	return async (page, save, world) => {
		await page.setViewportSize(example.workflow.nodes.length > MANY ? WIDE : SIZE);
		await openExample(page, world, example);
		await save({ clip: await boxOfNodes(page), style: ALONE });
	};
}
