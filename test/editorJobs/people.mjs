/** Who joins and who leaves. */
import assert from 'node:assert/strict';
import { customerNamed, job } from './jobs.mjs';

job('On-board an employee', async (person, world) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('onboard', 'On board employee as user');
	await person.ofCustomer('Blue Door Dental');
	await person.type('First Name', 'Anna');
	await person.type('Last Name', 'Berg');
	await person.type('Email', 'anna@bluedoor.example');
	await person.choose('Direct Number', 'The First Spare Number');
	await person.click('Add phone');
	await person.type('MAC Address', '00:15:65:aa:01:31');
	await person.type('Brand', 'yealink');
	await person.type('Model', 't54w');
	// Somebody has it
	await person.type('Extension', '101');
	assert.match(await person.executeInVain(), /Extension: 101 is that of .*Hannah Lindqvist/);
	await person.type('Extension', '131');
	const rows = await person.execute();
	assert.deepEqual(
		rows.map(({ kind }) => kind),
		['User', 'Device', 'Voicemail Box', 'Callflow'],
	);
	const customer = await customerNamed(world, 'Blue Door Dental');
	const anna = (await customer.get('users')).find(({ email }) => email === 'anna@bluedoor.example');
	assert.equal(anna.last_name, 'Berg');
	const ofAnna = async (path) =>
		(await customer.get(path)).filter(({ owner_id: owner }) => owner === anna.id);
	assert.equal((await ofAnna('devices')).length, 1);
	assert.deepEqual(
		(await ofAnna('vmboxes')).map(({ mailbox }) => mailbox),
		['131'],
	);
	const [{ numbers }] = await ofAnna('callflows');
	assert.equal(numbers.length, 2);
	assert.ok(numbers.includes('131'));
});

job('Off-board an employee', async (person, world) => {
	const customer = await customerNamed(world, 'Cedar Law');
	const userNamed = async (last) =>
		(await customer.get('users')).find(({ last_name: name }) => name === last);
	const [leaver, successor] = [await userNamed('Marchetti'), await userNamed('Kim')];
	const boxOf = async ({ id }) => (await customer.get('vmboxes')).find(({ owner_id: owner }) => owner === id);
	const box = await boxOf(leaver);
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('offboard', 'Off board employee');
	await person.ofCustomer('Cedar Law');
	await person.pick('User', 'Sofia Marchetti');
	await person.choose('Numbers', 'Ring the Successor');
	await person.choose('Callflows, Groups and Queues', 'With the Successor');
	await person.choose('Voicemail', 'To the Successor');
	assert.match(await person.executeInVain(), /Successor: it is empty/);
	await person.pick('Successor', 'Robert Kim');
	// The credential is an API key
	assert.match(await person.executeInVain(), /Log-In Tokens: an API key may not end them.*Leave Tokens/);
	await person.addField('Additional Fields', 'Leave Tokens');
	await person.turn('Leave Tokens');
	const rows = await person.execute();
	assert.ok(rows.every(({ result }) => result === 'done'));
	assert.equal((await customer.get(`users/${leaver.id}`)).enabled, false);
	const boxes = await customer.get('vmboxes');
	assert.equal(boxes.find(({ id }) => id === box.id).owner_id, successor.id);
	const phones = await customer.get('devices');
	assert.deepEqual(
		phones.filter(({ owner_id: owner }) => owner === leaver.id),
		[],
	);
});
