/** What comes of calls: those that were missed, messages, records, reports, and calls that ask the workflow. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { call, CALLER, missed, NUMBER } from '../e2e/calls.mjs';
import { job } from './jobs.mjs';

const CUSTOMER = 'Blue Door Dental';

/** A chat, or a ticket system: keeps what is sent to it. */
async function outside({ atEnd }) {
	const received = [];
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		received.push({ headers: request.headers, body: Buffer.concat(chunks) });
		response.end('ok');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	atEnd(async () => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${server.address().port}`, received };
}

/** Whether KAZOO knows of a test of this workflow. */
const isListening =
	({ crossbar }) =>
	async () =>
		(await crossbar.get('webhooks')).some(({ uri }) => uri.includes('/webhook-test/'));

job('Missed call to a chat', async (person, world) => {
	const chat = await outside(world);
	await person.newWorkflow();
	await person.addAction('missed call', 'On call missed');
	await person.picture('filled-in');
	const [missedCall] = await person.listen(isListening(world), () => call(world, missed));
	assert.deepEqual([missedCall.caller_id_number, missedCall.callee_id_number], [CALLER, NUMBER]);
	await person.close();

	await person.addNode('http request', 'HTTP Request');
	await person.choose('Method', 'POST');
	await person.type('URL', `${chat.url}/chat`);
	await person.turn('Send Body');
	await person.type('Name', 'text');
	await person.drag('caller_id_number', 'Value');
	await person.picture('filled-in');
	await person.execute();
	assert.deepEqual(JSON.parse(chat.received[0].body), { text: CALLER });
});

job('Voicemail with its sound to a ticket', async (person, world) => {
	const tickets = await outside(world);
	await person.newWorkflow();
	await person.addAction('voicemail', 'On voicemail received');
	await person.turn('Download File');
	await person.picture('filled-in');
	const [voicemail] = await person.listen(isListening(world), () =>
		world.crossbar.play('voicemails', { to: NUMBER, from: CALLER, seconds: 4 }),
	);
	assert.equal(voicemail.caller_id_number, CALLER);
	await person.close();

	await person.addNode('http request', 'HTTP Request');
	await person.choose('Method', 'POST');
	await person.type('URL', `${tickets.url}/tickets`);
	await person.turn('Send Body');
	await person.choose('Body Content Type', 'Form-Data');
	await person.choose('Type', 'n8n Binary File');
	await person.type('Name', 'attachment');
	await person.type('Input Data Field Name', 'data');
	await person.picture('filled-in');
	await person.execute();
	const [{ headers, body }] = tickets.received;
	const form = await new Response(body, { headers: { 'content-type': headers['content-type'] } }).formData();
	assert.match(form.get('attachment').type, /^audio\//);
	assert.ok(form.get('attachment').size > 1_000);
});

job('Call records of yesterday to a CSV file', async (person) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('export cdr', 'Export CDRs as CSV file');
	await person.ofCustomer(CUSTOMER);
	await person.type('From', '2026-01-01 00:00:00');
	assert.match(await person.executeInVain(), /31 days/);
	await person.choose('Period', 'Yesterday');
	await person.picture('filled-in');
	const file = await person.executeForFile();
	assert.match(file, /blue-door-dental-cdr-\d{4}-\d\d-\d\d\.csv/);
	assert.match(file, /text\/csv/);
});

job('Call report by user', async (person) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('call report', 'Get call report');
	await person.choose('Account', 'One Account');
	assert.match(await person.refused(), /Sub-Account/);
	await person.pick('Sub-Account', CUSTOMER);
	await person.choose('Rows By', 'User');
	await person.choose('Period', 'This Month');
	await person.picture('filled-in');
	const rows = await person.execute();
	assert.ok(rows.length > 1, `${rows.length} rows`);
});

job('A live call asks the workflow', async (person, world) => {
	const SAID = 'We are closed for inventory today';
	await person.newWorkflow();
	await person.addNode('pivot', 'KAZOO Pivot Trigger');
	await person.choose('Set Up', 'In a Callflow');
	await person.pick('Callflow', 'Main');
	await person.choose('Answer', 'With the Steps Below');
	await person.choose('Fallback', 'Go on in the Callflow');
	await person.click('Add step');
	await person.picture('step');
	await person.type('Text', SAID);
	await person.picture('filled-in');
	await person.close();
	await person.publish();
	const { transcript } = await world.crossbar.play('calls', {
		from: CALLER,
		to: '+14155550100',
		speed: 100,
		wait: true,
	});
	assert.match(JSON.stringify(transcript), new RegExp(SAID));
});
