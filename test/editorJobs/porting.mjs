/** Numbers that come from another carrier. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { customerNamed, job } from './jobs.mjs';

const CUSTOMER = 'Blue Door Dental';

/** A bill of the old carrier, in the folder from which n8n reads files. */
function bill({ n8n }) {
	const folder = join(n8n.folder, '.n8n-files');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'bill.pdf');
	writeFileSync(file, '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
	return file;
}

job('Port numbers in, with the bill', async (person, world) => {
	await person.newWorkflow();
	await person.addNode('manual', 'Manual Trigger');
	await person.addAction('read file', 'Read File\\(s\\) From Disk', 'Read/Write Files from Disk');
	await person.type('File(s) Selector', bill(world));
	await person.execute();
	await person.close();
	await person.addAction('port', 'Create port request to port numbers in');
	await person.ofCustomer(CUSTOMER);
	await person.type('Name', 'Old main line');
	await person.type('Numbers (a, b, …)', '+14155559001, 555-9002');
	await person.type('Carrier Today', 'Old Phone Company');
	await person.type('Documents', 'bill');
	await person.picture('filled-in');
	// The file is in another field than the example of the form says
	assert.match(await person.executeInVain(), /bill/);
	await person.type('Documents', 'data');
	assert.match(await person.executeInVain(), /555-9002/);
	await person.type('Numbers (a, b, …)', '+14155559001, (415) 555-9002');
	const [order] = await person.execute();
	assert.equal(order.port_state, 'unconfirmed');
	const customer = await customerNamed(world, CUSTOMER);
	const saved = await customer.get(`port_requests/${order.id}`);
	assert.deepEqual(Object.keys(saved.numbers), ['+14155559001', '+14155559002']);
	assert.equal(saved.bill.carrier, 'Old Phone Company');
	assert.deepEqual(Object.keys(saved.uploads), ['bill.pdf']);
});
