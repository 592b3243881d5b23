/** What a reseller does to its customers. */
import assert from 'node:assert/strict';
import { customerNamed, job } from './jobs.mjs';

job('Off-line phones of all customers', async (person, world) => {
	const { crossbar } = world;
	const names = new Set();
	for (const { name } of await crossbar.get('descendants')) {
		const customer = await customerNamed(world, name);
		const online = (await customer.get('devices/status')).map(({ device_id: id }) => id);
		for (const device of await customer.get('devices'))
			if (!online.includes(device.id)) names.add(`${name}: ${device.name}`);
	}
	assert.ok(names.size > 0, 'the demo has phones that are off-line');
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('offline', 'Get status of phones');
	await person.choose('Account', 'All Sub-Accounts');
	await person.turn('Only Off-Line');
	const rows = await person.execute();
	assert.deepEqual(Object.keys(rows[0]).slice(0, 3), ['account_name', 'name', 'user']);
	assert.deepEqual(new Set(rows.map(({ account_name: account, name }) => `${account}: ${name}`)), names);
});

job('Suspend a customer, and reinstate it', async (person, world) => {
	const customer = await customerNamed(world, 'Maple Logistics');
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('suspend', 'Suspend account of customer');
	// It opens on no account, and never means all
	assert.match(await person.refused(), /Parameter "Sub-Account" is required/);
	await person.pick('Sub-Account', 'Maple Logistics');
	const [suspended] = await person.execute();
	assert.deepEqual([suspended.name, suspended.enabled], ['Maple Logistics', 'false']);
	assert.equal((await customer.get()).enabled, false);
	await person.choose('Operation', 'Reinstate');
	const [reinstated] = await person.execute();
	assert.equal(reinstated.enabled, 'true');
	assert.equal((await customer.get()).enabled, true);
});

job('Move a number to another customer', async (person, world) => {
	const number = '+12065550113';
	const numbersOf = async (name) =>
		Object.keys((await (await customerNamed(world, name)).get('phone_numbers')).numbers);
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('move number', 'Move phone number to another account');
	await person.ofCustomer('Blue Door Dental');
	await person.pick('Phone Number', number);
	await person.pick('To Account', 'Blue Door Dental');
	assert.match(await person.executeInVain(), /The number is in that account already/);
	await person.pick('To Account', 'Maple Logistics');
	const [moved] = await person.execute();
	assert.deepEqual([moved.phone_number, moved.account_name], [number, 'Maple Logistics']);
	assert.equal(moved.done, 'Moved to Maple Logistics');
	assert.ok((await numbersOf('Maple Logistics')).includes(number));
	assert.ok(!(await numbersOf('Blue Door Dental')).includes(number));
});
