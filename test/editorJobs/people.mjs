/** Who joins and who leaves. */
import assert from 'node:assert/strict';
import { customerNamed, job } from './jobs.mjs';

const CUSTOMER = 'Blue Door Dental';

job('On-board an employee', async (person, world) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('onboard', 'On board employee as user');
	await person.choose('Account', 'One Account');
	await person.pick('Sub-Account', CUSTOMER);
	await person.type('First Name', 'Anna');
	await person.type('Last Name', 'Berg');
	await person.type('Extension', '131');
	await person.type('Email', 'anna@blue.example');
	await person.click('Add phone');
	await person.type('MAC Address', '00:15:65:aa:01:31');
	await person.type('Brand', 'yealink');
	await person.type('Model', 't54w');
	await person.picture('filled-in');
	const rows = await person.execute();
	assert.deepEqual(
		rows.map(({ kind }) => kind),
		['User', 'Device', 'Voicemail Box', 'Callflow'],
	);
	const customer = await customerNamed(world, CUSTOMER);
	const anna = (await customer.get('users')).find(({ email }) => email === 'anna@blue.example');
	assert.equal(anna.last_name, 'Berg');
	const of = async (path) => (await customer.get(path)).filter(({ owner_id: owner }) => owner === anna.id);
	assert.equal((await of('devices')).length, 1);
	assert.deepEqual(
		(await of('vmboxes')).map(({ mailbox }) => mailbox),
		['131'],
	);
	assert.ok((await customer.get('callflows')).some(({ numbers }) => numbers.includes('131')));
});
