/** The workflows that `npm start` shows run to their end, with no node in error and something to see at the end. */
import assert from 'node:assert/strict';
import { importWorkflow, readExamples } from '../../runtime/workflows.mjs';
import { test } from './harness.mjs';

const demo = readExamples().filter((example) => example.demo);

test('there are three examples for the demo, each with a hint', () => {
	assert.equal(demo.length, 3);
	for (const example of demo) assert.ok(example.demo.hint.length > 10, example.file);
});

for (const example of demo) {
	test(
		`the example "${example.workflow.name}" runs`,
		async ({ rest, credential }) => {
			await importWorkflow(rest, example, credential);
			await importWorkflow(rest, example, credential);
			const { nodes } = example.workflow;
			const trigger = nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
			const result = await rest.runWorkflow(example.id, { trigger: trigger.name, timeout: 90_000 });
			assert.equal(result.status, 'success', JSON.stringify(result.error));
			for (const [name, { error }] of Object.entries(result.nodes)) assert.equal(error, undefined, name);
			const ends = nodes.filter(({ name }) => !example.workflow.connections[name] && result.nodes[name]);
			assert.ok(
				ends.some(({ name }) => result.nodes[name].items.flat().length > 0),
				'nothing came out at the end',
			);
		},
		{ timeout: 120_000 },
	);
}
