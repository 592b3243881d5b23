/** Pictures of the editor's panels and of the sandbox's page: how each is come to. The key is the file's name. */
import { readExamples } from '../../runtime/workflows.mjs';
import { ALONE, boxOfNodes, goTo, openExample } from './canvas.mjs';

const exampleOf = (file) => readExamples().find((example) => example.file === `${file}.json`);

/** Opens a node of an example. */
async function openNode(page, world, file, node) {
	await openExample(page, world, exampleOf(file));
	await page.getByTestId('canvas-node').filter({ hasText: node }).first().dblclick();
	await page.getByTestId('ndv').waitFor();
	// Lists and forms come from the server
	await page.waitForTimeout(1500);
}

/** The open node of an example, without what is beside it. */
const panelOf = (file, node) => async (page, save, world) => {
	await openNode(page, world, file, node);
	await save({ clip: await page.getByTestId('ndv').first().boundingBox() });
};

export const panels = {
	'panel-node-creator': async (page, save, { n8n }) => {
		await goTo(page, n8n, '/workflow/new');
		await page
			.getByTestId('canvas-add-button')
			.or(page.getByTestId('node-creator-plus-button'))
			.first()
			.click();
		await page.getByTestId('node-creator-search-bar').fill('kazoo');
		await page.getByTestId('item-iterator-item').filter({ hasText: 'KAZOO' }).first().waitFor();
		await page.waitForTimeout(700);
		await save();
	},
	'panel-credential': async (page, save, { n8n, credential }) => {
		await goTo(page, n8n, `/home/credentials/${credential.id}`);
		await page.getByTestId('credential-edit-dialog').or(page.getByRole('dialog')).first().waitFor();
		await page.waitForTimeout(1500);
		await save();
	},
	'panel-output': async (page, save, world) => {
		await openExample(page, world, exampleOf('devices-of-all-customers'));
		await page.getByTestId('execute-workflow-button').first().click();
		await page
			.getByText(/executed successfully/i)
			.first()
			.waitFor();
		await page.getByTestId('canvas-node').filter({ hasText: 'Devices of all customers' }).first().dblclick();
		await page.getByTestId('ndv').waitFor();
		await page.waitForTimeout(1500);
		await save({ clip: await page.getByTestId('ndv').first().boundingBox() });
	},
	'panel-editor': async (page, save, world) => {
		await openExample(page, world, exampleOf('onboard-an-employee'));
		await page.getByTestId('execute-workflow-button').first().click();
		await page
			.getByText(/executed successfully/i)
			.first()
			.waitFor();
		await page.waitForTimeout(700);
		await save({ clip: await boxOfNodes(page), style: ALONE });
	},
	'panel-on-board': panelOf('onboard-an-employee', 'On-board'),
	'panel-opening-hours': panelOf('set-opening-hours', 'Opening hours'),
	'panel-trigger': panelOf('missed-call-to-chat', 'A call is missed'),
	'panel-audit': panelOf('audit-of-all-customers', 'Audit of all customers'),
	'panel-sandbox': async (page, save, { sandbox, crossbar }) => {
		await crossbar.play('calls', {
			from: '+15005550142',
			to: '+14155550104',
			speed: 1,
			steps: [{ do: 'answer' }],
		});
		// The browser of the tests goes to n8n only
		await page.route(`${sandbox.url}/**`, (route) => route.continue());
		await page.goto(sandbox.url);
		await page.waitForTimeout(2000);
		await save();
	},
};
