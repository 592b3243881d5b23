/**
 * n8n is killed, as by a power cut, while it makes a customer from a document: what is there then, how it is taken back,
 * and how the same workflow goes on.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { kazooWorkflow, locator, test } from './harness.mjs';

const USERS = 14;
/** Writes that the sandbox has seen when n8n dies, of some fifty. */
const SEEN = 20;
/** Milliseconds that each write takes, so that some are under way at that moment. */
const SLOW = 150;
/** What a write of a customer may be; the log-in is none. */
const WRITES = new Set(['PUT', 'POST', 'PATCH', 'DELETE']);

const name = (index) => `Person ${index + 1}`;
const extension = (index) => String(300 + index);

/** Users with phone, voicemail box and extension. */
const wanted = () => {
	const people = Array.from({ length: USERS }, (_, index) => index);
	return {
		blueprint: 1,
		users: people.map((index) => ({
			first_name: 'Person',
			last_name: String(index + 1),
			username: `person.${index + 1}`,
		})),
		devices: people.map((index) => ({ name: `Phone ${extension(index)}`, owner_id: name(index) })),
		voicemail_boxes: people.map((index) => ({
			name: name(index),
			mailbox: extension(index),
			owner_id: name(index),
		})),
		callflows: people.map((index) => ({
			name: name(index),
			numbers: [extension(index)],
			flow: {
				module: 'user',
				data: { id: name(index) },
				children: { _: { module: 'voicemail', data: { id: extension(index) } } },
			},
		})),
	};
};

/** A workflow of one step of Customer Blueprint about an account. */
async function stepAbout({ rest, credential }, account, operation, more = {}) {
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			`${operation} of the test`,
			{
				Blueprint: {
					resource: 'customerBlueprint',
					operation,
					accountScope: 'one',
					accountId: locator(account),
					...more,
				},
			},
			credential,
		),
	);
	return id;
}

/** Runs it to its end; gives the items. */
async function run({ rest }, id) {
	const { status, error, nodes } = await rest.runWorkflow(id, { trigger: 'Start', timeout: 120_000 });
	assert.equal(status, 'success', JSON.stringify(error));
	return nodes.Blueprint.items[0];
}

async function exported(world, account) {
	const [document] = await run(world, await stepAbout(world, account, 'exportDocument'));
	return document;
}

/** Writes to the account that have come in. */
const writes = async ({ crossbar }, account) =>
	(await crossbar.requests()).filter(
		({ method, path }) => WRITES.has(method) && path.includes(`/accounts/${account}/`),
	);

/** Starts a workflow and kills n8n when the sandbox has seen so many of its writes; n8n is up again afterwards. */
async function killedInTheMiddle(world, id, account) {
	const { rest, crossbar } = world;
	const slow = { kind: 'latency', path: `/v2/accounts/${account}/`, milliseconds: SLOW };
	await crossbar.play('faults', [slow], 'PUT');
	await crossbar.forget();
	await rest.startWorkflow(id, { trigger: 'Start' });
	const end = Date.now() + 60_000;
	while ((await writes(world, account)).length < SEEN) {
		assert.ok(Date.now() < end, 'too few writes came in');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	await world.n8n.kill();
	await crossbar.play('faults', [], 'PUT');
	await world.startAgain();
}

/** How many of each list there are. */
const counts = (document) =>
	Object.fromEntries(
		['users', 'devices', 'voicemail_boxes', 'callflows'].map((list) => [list, document[list]?.length ?? 0]),
	);

test(
	'n8n is killed in the middle of an Apply: it can be taken back, and run again it finishes and doubles nothing',
	async (world) => {
		const { crossbar } = world;
		const { id: account } = await crossbar.request('PUT', '', { name: 'Killed in the middle' });
		const before = await exported(world, account);
		const apply = await stepAbout(world, account, 'apply', { blueprint: JSON.stringify(wanted()) });

		// Taken back: a plan against what was exported before
		await killedInTheMiddle(world, apply, account);
		const half = counts(await exported(world, account));
		const made = Object.values(half).reduce((sum, count) => sum + count, 0);
		assert.ok(made >= SEEN - 5 && made < 4 * USERS, `${JSON.stringify(half)} were made`);
		const empty = { users: [], devices: [], voicemail_boxes: [], callflows: [], ...before };
		const back = await stepAbout(world, account, 'apply', {
			blueprint: JSON.stringify(empty),
			additionalFields: { removeOthers: true, allowDeletes: true, allowLarge: true },
		});
		const gone = await run(world, back);
		assert.deepEqual([...new Set(gone.map(({ result, change }) => `${change} ${result}`))], ['Delete done']);
		assert.equal(gone.length, made);
		const after = await exported(world, account);
		assert.ok(isDeepStrictEqual(after, before), JSON.stringify(after));

		// Finished: the same workflow once more
		await killedInTheMiddle(world, apply, account);
		const results = await run(world, apply);
		assert.deepEqual([...new Set(results.map(({ result }) => result))], ['done']);
		assert.ok(results.length < 4 * USERS, 'it began from the beginning');
		const whole = await exported(world, account);
		assert.deepEqual(counts(whole), {
			users: USERS,
			devices: USERS,
			voicemail_boxes: USERS,
			callflows: USERS,
		});
		const names = whole.users.map(({ username }) => username);
		assert.equal(new Set(names).size, USERS, 'a user was doubled');
		const plan = await stepAbout(world, account, 'plan', { blueprint: JSON.stringify(wanted()) });
		assert.deepEqual(
			(await run(world, plan)).map(({ change }) => change),
			['Nothing'],
		);
	},
	{ timeout: 300_000 },
);
