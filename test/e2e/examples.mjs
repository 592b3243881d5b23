/** The workflows that `npm start` shows run to their end, as often as one likes. */
import assert from 'node:assert/strict';
import { importWorkflow, readExamples } from '../../runtime/workflows.mjs';
import { test } from './harness.mjs';

const isManual = ({ type }) => type === 'n8n-nodes-base.manualTrigger';
const demo = readExamples().filter((example) => example.demo);

/** The others wait for something to happen: see exampleTriggers.mjs. */
const byHand = demo.filter(({ workflow }) => workflow.nodes.some(isManual));

test('there are four examples for the demo, each with a hint: three run by hand, one is on', () => {
	assert.equal(byHand.length, 3);
	assert.deepEqual(
		demo.filter((example) => !byHand.includes(example)).map(({ demo: { active } }) => active),
		[true],
	);
	for (const example of demo) assert.ok(example.demo.hint.length > 10, example.file);
});

/** Runs an example; no node may end in error, and something must come out at its end. */
async function run({ rest }, { id, workflow }) {
	const trigger = workflow.nodes.find(isManual);
	const { status, error, nodes } = await rest.runWorkflow(id, { trigger: trigger.name, timeout: 90_000 });
	assert.equal(status, 'success', [error?.message, error?.description].filter(Boolean).join('\n'));
	for (const [name, result] of Object.entries(nodes)) assert.equal(result.error, undefined, name);
	const ends = Object.keys(nodes).filter((name) => !workflow.connections[name]);
	assert.ok(
		ends.some((name) => nodes[name].items.flat().length > 0),
		'nothing came out at the end',
	);
}

/** How many things people make there are in each account. */
async function counts({ sandbox }) {
	const { accounts } = await (await fetch(`${sandbox.url}/sandbox`)).json();
	return accounts.map(({ name, numbers, documents }) => {
		const { user, device, vmbox, callflow, temporal_rule, temporal_rule_set } = documents;
		return { name, numbers, user, device, vmbox, callflow, temporal_rule, temporal_rule_set };
	});
}

for (const example of byHand) {
	test(
		`the example "${example.workflow.name}" runs, and a second time without doubling anything`,
		async (world) => {
			await importWorkflow(world.rest, example, world.credential);
			await run(world, example);
			const once = await counts(world);
			await run(world, example);
			assert.deepEqual(await counts(world), once);
		},
		{ timeout: 200_000 },
	);
}
