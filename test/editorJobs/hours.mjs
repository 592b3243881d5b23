/** When a customer is open. */
import assert from 'node:assert/strict';
import { customerNamed, job } from './jobs.mjs';

const YEAR = new Date().getFullYear() + 1;

const namesOf = async (customer, path) => (await customer.get(path)).map(({ name }) => name);

job('Opening hours of a customer', async (person, world) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('opening hours', 'Set opening hours');
	await person.ofCustomer('Blue Door Dental');
	await person.pick('Callflow', 'Main Line');
	await person.choose('While Closed', 'Voicemail');
	await person.pick('Voicemail Box', "Olivia Brooks's voicemail");
	await person.type('Wednesday', '09:00-12:00, 13:00-18:00');
	await person.type('Saturday', '10 until 2');
	assert.match(
		await person.executeInVain(),
		/Saturday: “10 until 2” does not say from when to when\s.*Write it like 09:00-17:00/,
	);
	await person.type('Saturday', '10am to 2pm');
	const rows = await person.execute();
	assert.ok(rows.every(({ result }) => result === 'done'));
	const customer = await customerNamed(world, 'Blue Door Dental');
	const rules = await namesOf(customer, 'temporal_rules');
	for (const hours of [
		'Mon, Tue, Thu, Fri 09:00-17:00',
		'Wed 09:00-12:00',
		'Wed 13:00-18:00',
		'Sat 10:00-14:00',
	])
		assert.ok(rules.includes(`Main Line: ${hours}`), rules.join());
	const { id } = (await customer.get('callflows')).find(({ name }) => name === 'Main Line');
	const { flow } = await customer.get(`callflows/${id}`);
	assert.equal(flow.children._.module, 'voicemail');
});

job('Close for a holiday', async (person, world) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('holiday', 'Close on dates');
	await person.ofCustomer('Cedar Law');
	await person.pick('Callflow', 'Main Line');
	await person.type('Dates', '24.12.2020');
	assert.match(await person.executeInVain(), /Dates: “24\.12\.2020” is no day\s.*Write it like 2026-12-24/);
	await person.type('Dates', '2020-12-24');
	assert.match(await person.executeInVain(), /2020-12-24 is over\s.*Today is \d{4}-/);
	await person.type('Dates', `${YEAR}-12-24, ${YEAR}-12-27 to ${YEAR}-12-28`);
	const rows = await person.execute();
	const closed = ['24', '27', '28'].map((day) => `Main Line: closed ${YEAR}-12-${day}`);
	assert.deepEqual(
		rows.map(({ result, change, name }) => [result, change, name]),
		[...closed.map((name) => ['done', 'Create', name]), ['done', 'Change', 'Main Line']],
	);
	const rules = await namesOf(await customerNamed(world, 'Cedar Law'), 'temporal_rules');
	assert.ok(closed.every((name) => rules.includes(name)));
});
