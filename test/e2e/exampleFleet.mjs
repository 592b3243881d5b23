/** The examples over all customers, imported and run; a link in a message of theirs is followed as a person would. */
import assert from 'node:assert/strict';
import { NUMBER } from './calls.mjs';
import { exampleTest, sound } from './exampleWorld.mjs';

const textOf = ({ body }) => JSON.parse(body).text;

/** Follows the link of the message with this number, once it has come and n8n waits for it. */
async function follow(received, number) {
	for (let tries = 0; tries < 200; tries++) {
		const [link] = /https?:\S+/.exec(received[number] ? textOf(received[number]) : '') ?? [];
		const { status } = link ? await fetch(link) : { status: 0 };
		if (status === 200) return;
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	throw new Error(`nothing to follow in message ${number}`);
}

exampleTest(
	'audit-of-all-customers',
	(url) => ({ mail_url: `${url}/mail` }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Every Monday', timeout: 90_000 }));
		const findings = nodes['Audit of all customers'].items[0];
		assert.ok(findings.length > 0);
		assert.deepEqual(
			findings.filter(({ severity }) => severity === 'not looked at'),
			[],
		);
		const { subject, html } = JSON.parse(received[0].body);
		assert.equal(subject, `Audit of all customers: ${findings.length} findings`);
		assert.equal(html.match(/<tr/g).length, findings.length + 1);
	},
);

exampleTest(
	'drift-from-golden-customer',
	(url) => ({ golden_customer: 'd'.repeat(31) + '3', chat_url: `${url}/chat` }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Every night', timeout: 90_000 }));
		const items = nodes['What differs'].items[0];
		assert.ok(items.every(({ rule_id: rule }) => rule === 'blueprintDeviation'));
		assert.ok(!items.some(({ account }) => account === 'Blue Door Dental'), 'it differs from itself');
		assert.equal(received.length, items.length > 0 ? 1 : 0);
	},
);

exampleTest(
	'codecs-of-all-phones',
	(url) => ({ chat_url: `${url}/chat`, codec: 'G722' }),
	async ({ rest }, { id }, received) => {
		const run = rest.runWorkflow(id, { trigger: 'Run it', timeout: 90_000 });
		await follow(received, 0);
		await follow(received, 1);
		const { nodes } = sound(await run);
		const applied = nodes['Apply in waves'].items[0];
		assert.ok(applied.length > 10);
		assert.ok(applied.every(({ result }) => result === 'done'));
		const reverted = nodes['Take it back'].items[0];
		assert.equal(reverted.length, applied.length);
		assert.ok(reverted.every(({ result }) => result === 'done'));
	},
);

exampleTest(
	'numbers-against-psa-sheet',
	(url) => ({ sheet_url: `${url}/sheet`, chat_url: `${url}/chat` }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Every month', timeout: 90_000 }));
		const items = nodes['Numbers compared'].items[0];
		assert.equal(items.find(({ number }) => number === '+15005550188').status, 'only in the list');
		assert.equal(items.at(-1).status, 'total');
		assert.match(textOf(received.at(-1)), new RegExp(`\\${NUMBER}: only in the list`));
	},
);

exampleTest(
	'guard-against-fraud',
	(url) => ({ chat_url: `${url}/chat` }),
	async ({ rest, crossbar, sandbox }, { id }, received) => {
		const account = 'd'.repeat(31) + '3';
		const calls = [];
		for (let count = 0; count < 14; count++)
			calls.push(
				await crossbar.play('calls', { from: '102', to: `+25261234561${count}`, account, speed: 1 }),
			);
		const run = rest.runWorkflow(id, { trigger: 'Every five minutes', timeout: 90_000 });
		await follow(received, 0);
		const { nodes } = sound(await run);
		assert.match(textOf(received[0]), /^Blue Door Dental: Calls /);
		assert.deepEqual(
			nodes['Do it'].items[0].map(({ result, kind }) => [result, kind]),
			[['done', 'Account']],
		);
		for (const call of calls) await fetch(`${sandbox.url}/sandbox/calls/${call.id}`, { method: 'DELETE' });
	},
);
