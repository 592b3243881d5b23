/** The examples about whole calls, imported and run. */
import assert from 'node:assert/strict';
import { answered, call, CALLER, missed } from './calls.mjs';
import { exampleTest, lastOf, sound } from './exampleWorld.mjs';

const recorded = ['answer', { do: 'record' }, { do: 'hangUp', after: 10 }];

exampleTest(
	'calls-to-crm',
	(url) => ({ contacts_url: `${url}/crm`, activities_url: `${url}/activities`, recordings_url: `${url}/v2` }),
	async (world, example, received) => {
		await call(world, recorded);
		await lastOf(world, example);
		const contact = received.find(({ method }) => method === 'GET');
		assert.equal(new URL(contact.url, 'http://any').searchParams.get('phone'), CALLER);
		const logged = JSON.parse(received.find(({ url }) => url === '/activities').body);
		assert.deepEqual([logged.contact, logged.direction, logged.result], ['contact-1', 'in', 'answered']);
		assert.match(logged.recordings[0], /\/recordings\/\d{6}-/);
		assert.equal((await world.rest.executionsOf(example.id)).length, 1, 'once a call');
	},
	{ active: true },
);

exampleTest(
	'missed-call-text-back',
	() => ({ text: 'We call you back.' }),
	async (world, example) => {
		await call(world, missed);
		// As with every KAZOO that was recorded: its accounts send no text messages until somebody sees to it
		const [{ error }] = await world.rest.executionsOf(example.id, { atLeast: 1 });
		assert.match(error.message, /^SMS is not enabled for the account/);
		const requests = await (await fetch(`${world.sandbox.url}/sandbox/requests`)).json();
		const { body } = requests.findLast(({ method, path }) => method === 'PUT' && path.endsWith('/sms'));
		assert.equal(body.data.to, CALLER);
		assert.equal(body.data.body, 'We call you back.');
	},
	{ active: true },
);

exampleTest(
	'daily-call-report',
	() => ({ from: 'calls@test.example', to: 'boss@test.example' }),
	async ({ rest }, { id }, received) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Every morning', timeout: 90_000 }));
		const rows = nodes['Calls of yesterday'].items[0];
		assert.ok(rows.length > 1, 'nobody called yesterday');
		const mail = received.find(({ method }) => method === 'MAIL').body.toString();
		assert.match(mail, /To: boss@test\.example/);
		assert.match(mail, /<table/);
	},
);

exampleTest(
	'live-wallboard',
	() => ({ table: 'Wallboard of the test' }),
	async (world, example) => {
		await call(world, answered);
		const { nodes } = await lastOf(world, example, 2);
		const [row] = nodes['Put into the table'].items[0];
		assert.equal(row.state, 'answered');
		assert.equal(row.caller_number, CALLER);
		assert.match(row.answered_by, /Webb/);
		const rows = (await world.rest.executionsOf(example.id)).map(
			(execution) => execution.nodes['Put into the table'].items[0][0],
		);
		assert.deepEqual(new Set(rows.map(({ call_id: one }) => one)), new Set([row.call_id]));
	},
	{ active: true },
);

exampleTest(
	'weekly-service-level',
	() => ({ table: 'Service level of the test', rows_by: 'number' }),
	async ({ rest }, { id }) => {
		const { nodes } = sound(await rest.runWorkflow(id, { trigger: 'Every Monday', timeout: 90_000 }));
		const rows = nodes['Calls of last week'].items[0];
		assert.ok(rows.length > 0, 'nobody called last week');
		for (const { service_level: share } of rows) assert.ok(share === undefined || (share >= 0 && share <= 1));
		assert.equal(nodes['Put into the table'].items[0].length, rows.length);
	},
);

exampleTest(
	'recordings-to-summaries',
	(url) => ({ summaries_url: `${url}/summaries` }),
	async (world, example, received) => {
		await call(world, recorded);
		await lastOf(world, example);
		const sound = received.find(({ url }) => url === '/v1/audio/transcriptions');
		assert.ok(sound.body.length > 1_000, 'the sound');
		const filed = JSON.parse(received.find(({ url }) => url === '/summaries').body);
		assert.equal(filed.from, CALLER);
		assert.equal(filed.summary, 'The caller wants to be called back.');
		assert.equal(filed.words, 'Please call me back tomorrow.');
	},
	{ active: true },
);
