/** The examples of whole jobs, imported and run: customers and people come, move and go, in the sandbox. */
import assert from 'node:assert/strict';
import { until } from './calls.mjs';
import { exampleTest, lastOf, sound } from './exampleWorld.mjs';

const DENTAL = 'Blue Door Dental';

const accountsOf = async ({ sandbox }) => {
	const { accounts } = await (await fetch(`${sandbox.url}/sandbox`)).json();
	return accounts;
};

/** All that a node gave, done. */
function assertDone({ nodes }, name) {
	const [items] = nodes[name].items;
	assert.ok(items.length > 0, `${name} did nothing`);
	assert.deepEqual([...new Set(items.map(({ result }) => result))], ['done']);
	return items;
}

/** Waits until something came in at the outside. */
async function next(received) {
	for (let round = 0; received.length === 0; round++) {
		assert.ok(round < 300, 'nothing came in');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return JSON.parse(received.shift().body);
}

/** Fills in a form of n8n, its fields in their order. */
async function submit(url, ...values) {
	const form = new FormData();
	values.forEach((value, index) => form.append(`field-${index}`, value));
	const response = await fetch(url, { method: 'POST', body: form });
	assert.ok(response.ok, `${url} ${response.status} ${await response.text()}`);
}

/** Answers the form that a workflow waits for: n8n leaves one hanging that comes before the workflow waits. */
async function answer({ rest }, id, url, ...values) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	await until(async () =>
		(await rest.get(`executions?limit=10&filter=${filter}`)).results.some(
			({ status }) => status === 'waiting',
		),
	);
	await submit(url, ...values);
}

exampleTest(
	'clone-a-customer',
	() => ({ customer: DENTAL, new_name: 'Clone of the test' }),
	async (world, { id }) => {
		assertDone(
			sound(await world.rest.runWorkflow(id, { trigger: 'Run it', timeout: 90_000 })),
			'Make the copy',
		);
		const accounts = await accountsOf(world);
		const count = (wanted) => accounts.find(({ name }) => name === wanted).documents;
		assert.equal(count('Clone of the test').user, count(DENTAL).user);
	},
);

exampleTest(
	'move-a-customer',
	() => ({ customer: DENTAL, new_name: 'Moved by the test', with_numbers: 'no' }),
	async (world, { id }) => {
		const run = sound(await world.rest.runWorkflow(id, { trigger: 'Run it', timeout: 90_000 }));
		assertDone(run, 'Make it on the new one');
		assert.ok((await accountsOf(world)).some(({ name }) => name === 'Moved by the test'));
	},
);

exampleTest(
	'nightly-export-of-customers',
	() => ({ table: 'Customers of the test' }),
	async ({ rest }, { id }) => {
		const run = async () => sound(await rest.runWorkflow(id, { trigger: 'Every night', timeout: 90_000 }));
		const rows = (await run()).nodes['Put into the table'].items[0];
		assert.ok(rows.length >= 3);
		const again = (await run()).nodes['Put into the table'].items[0];
		const keys = (list) => list.map(({ id: row, account_id }) => [row, account_id]).sort();
		assert.deepEqual(keys(again), keys(rows), 'rows were doubled');
		assert.equal(JSON.parse(rows[0].document).blueprint, 1);
	},
);

exampleTest(
	'onboard-a-customer',
	(url) => ({ chat_url: `${url}/chat` }),
	async (world, { id }, received) => {
		const order = {
			company: 'Customer of the test',
			time_zone: 'America/New_York',
			people: [{ first_name: 'Ada', last_name: 'Ash', email: 'ada@test.example', extension: '201' }],
		};
		const response = await fetch(`${world.n8n.webhookUrl}/webhook/order-won`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(order),
		});
		assert.ok(response.ok);
		const { text, approve } = await next(received);
		assert.match(text, /Create User Ada Ash/);
		assert.ok(!(await accountsOf(world)).some(({ name }) => name === order.company), 'made without approval');
		await answer(world, id, approve, 'Yes');
		assertDone(await lastOf(world, { id }), 'Make the customer');
		assert.ok((await accountsOf(world)).some(({ name }) => name === order.company));
	},
	{ active: true },
);

exampleTest(
	'offboard-an-employee',
	(url) => ({ chat_url: `${url}/chat` }),
	async (world, { id, workflow }, received) => {
		const [{ webhookId }] = workflow.nodes;
		await submit(`${world.n8n.webhookUrl}/form/${webhookId}`, DENTAL, '104', '101');
		const { text, take_back: takeBack } = await next(received);
		assert.match(text, /Olivia Brooks leaves/);
		await answer(world, id, takeBack, 'Yes');
		const { nodes } = await lastOf(world, { id });
		const results = new Set(nodes['Take it back'].items[0].map(({ result }) => result));
		assert.ok(results.has('done') && !results.has('failed'), [...results].join());
	},
	{ active: true },
);

exampleTest(
	'set-opening-hours',
	() => ({}),
	async ({ rest }, { id }) => {
		const run = async () => sound(await rest.runWorkflow(id, { trigger: 'Run it', timeout: 60_000 }));
		assertDone(await run(), 'Opening hours');
		const [again] = (await run()).nodes['Opening hours'].items;
		assert.deepEqual(
			again.map(({ change }) => change),
			['Nothing'],
		);
	},
);

exampleTest(
	'move-a-number',
	() => ({}),
	async ({ rest, crossbar }, { id }) => {
		const run = sound(await rest.runWorkflow(id, { trigger: 'Run it', timeout: 60_000 }));
		assert.equal(run.nodes['Ring the person'].items[0].length, 1);
		const customers = await crossbar.get('descendants');
		const cedar = customers.find(({ name }) => name === 'Cedar Law');
		const { numbers } = await crossbar.get(`../${cedar.id}/phone_numbers`);
		assert.ok('+12065550113' in numbers);
	},
);

exampleTest(
	'port-numbers-in',
	() => ({}),
	async ({ rest }, { id }) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Run it', timeout: 60_000 }));
		assert.equal(nodes.Order.items[0][0].port_state ?? nodes.Order.items[0][0].state, 'unconfirmed');
	},
);

for (const [suspended, node, enabled] of [
	['yes', 'Suspend', false],
	['no', 'Reinstate', true],
])
	exampleTest(
		'suspend-a-customer',
		() => ({ suspended }),
		async ({ rest }, { id }) => {
			const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Run it', timeout: 60_000 }));
			assert.equal(nodes[node].items[0][0].enabled, enabled);
		},
		{ note: ` (${node})` },
	);
