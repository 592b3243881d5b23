/** What KAZOO refuses and what we refuse for it: each a sentence that names the field and the way out. */
import { Demo, id } from './demo';

const text = (content: string, mimeType: string) => ({
	data: { data: Buffer.from(content).toString('base64'), mimeType, fileName: 'file' },
});

let four: Demo;
let five: Demo;

beforeAll(async () => {
	four = await Demo.open(0, { profile: 4 });
	five = await Demo.open(0, { profile: 5 });
});

afterAll(async () => {
	await four.close();
	await five.close();
});

/** What a person reads of an error. */
async function words(demo: Demo, ...[parameters, options]: Parameters<Demo['run']>): Promise<string> {
	demo.sandbox.clearRequests();
	const { error } = await demo.run(parameters, options);
	return [error?.message, error?.description].join('\n');
}

test('a port request that cannot go to that state', async () => {
	const document = { name: 'Move', numbers: { '+14155558888': {} } };
	const port = await four.create('portRequest', document, four.customer(0));
	const complete = { resource: 'portRequest', operation: 'complete', portRequestId: id(port.id) };
	const said = await words(four, { ...complete, ...four.customer(0) });
	expect(said).toMatch(/port request (cannot move to|to) “completed”/);
	expect(said).toMatch(
		/unconfirmed, submitted, pending, scheduled, completed|account that handles port requests/,
	);
});

test('a state that port requests do not have', async () => {
	const change = { resource: 'portRequest', operation: 'changeState', portRequestId: id('a'.repeat(32)) };
	const said = await words(four, { ...change, portState: '={{ "done" }}', ...four.customer(0) });
	expect(said).toMatch(/State cannot be “done”\nNothing was sent. It is one of: .*completed/);
	expect(four.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a callflow with an unknown module', async () => {
	const flow = { module: 'voicemial', data: {}, children: {} };
	const document = { bodyMode: 'json', bodyJson: JSON.stringify({ numbers: ['4801'], flow }) };
	const create = { resource: 'callflow', operation: 'create', ...document };
	for (const demo of [four, five]) {
		const said = await words(demo, { ...create, ...demo.customer(0) });
		expect(said).toMatch(/voicemial/);
		expect(said).toMatch(/Check the spelling/);
	}
});

test('a task whose CSV lacks a column', async () => {
	const create = { resource: 'bulkTask', operation: 'createFromFile', category: 'number_management' };
	const items = [{ json: {}, binary: text('account_id\nx\n', 'text/csv') }];
	const more = { action: 'assign_to', inputField: 'data', ...four.customer(0) };
	const said = await words(four, { ...create, ...more }, { items });
	expect(said).toMatch(/missing mandatory fields: e164/);
	expect(said).toMatch(/Get Types shows the columns/);
});

test.each([
	['device', 'Device'],
	['user', 'User'],
])('a call that a %s is to take over who does not exist', async (targetType, label) => {
	const take = { resource: 'channel', operation: 'intercept', channelId: id('abc'), targetType };
	const target = { targetUser: id('Nobody Here'), targetDevice: id('Nobody Here') };
	const said = await words(four, { ...take, ...target, ...four.customer(0) });
	expect(said).toMatch(new RegExp(`${label}: none is called “Nobody Here”`));
	expect(four.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test.each([
	['8', 8_000_001],
	['2', 2_000_001],
])('a file larger than %s MB is refused before anything is sent', async (megabytes, size) => {
	const upload = { resource: 'media', operation: 'upload', mediaId: id('a'.repeat(32)), inputField: 'data' };
	const options = megabytes === '8' ? {} : { maximumFileSize: Number(megabytes) };
	const items = [{ json: {}, binary: text('x'.repeat(size), 'audio/mp3') }];
	const said = await words(four, { ...upload, options }, { items });
	expect(said).toMatch(`The file is larger than KAZOO takes: ${size.toLocaleString('en-US')} bytes`);
	expect(said).toMatch(/Nothing was sent.*Maximum File Size/);
	expect(four.requests()).toEqual([]);
});

test('a multipart upload is refused for its size, too, and bulk rows are', async () => {
	const fax = { resource: 'fax', operation: 'send', toNumber: '1', fromNumber: '2' };
	const items = [{ json: {}, binary: text('x'.repeat(8_000_001), 'application/pdf') }];
	expect(await words(four, fax, { items })).toMatch(/The file is larger than KAZOO takes/);
	const rows = Array.from({ length: 100 }, () => ({
		json: { e164: '+14155550100', prepend: { name: '1'.repeat(100_000) } },
	}));
	const task = { resource: 'bulkTask', operation: 'runAndWait', category: 'number_management' };
	const said = await words(four, { ...task, action: 'import', rowsFrom: 'items' }, { items: rows });
	expect(said).toMatch(/The table is larger than KAZOO takes/);
	expect(four.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a file of the wrong type', async () => {
	const items = [{ json: {}, binary: text('%PDF', 'application/pdf') }];
	const media = await four.create('media', { name: 'Greeting' });
	const upload = { resource: 'media', operation: 'upload', mediaId: id(media.id), inputField: 'data' };
	expect(await words(four, upload, { items })).toMatch(
		/^Content Type must be one of .*audio\/mp3[^]*given: “application\/pdf”/,
	);
	await four.create('whiteLabel', { domain: 'phones.example.com', company_name: 'Phones' });
	const logo = { resource: 'whiteLabel', operation: 'uploadLogo', inputField: 'data' };
	expect(await words(four, logo, { items })).toMatch(
		/^The server does not take this type of file: application\/pdf\n[^]*This operation takes .*PNG/,
	);
});

test('an account that the log-in may not see', async () => {
	const users = (accountId: string) => ({
		resource: 'user',
		operation: 'getAll',
		accountScope: 'one',
		accountId: id(accountId),
	});
	const above = four.sandbox.demo.master.id;
	for (const demo of [four, five]) {
		expect(await words(demo, users(above))).toMatch(
			new RegExp(`This log-in may not do that in the account ${above}[^]*yours or below yours`),
		);
	}
	expect(await words(four, users('0'.repeat(32)))).toMatch(/KAZOO has no account[^]*is in another account/);
	expect(await words(five, users('0'.repeat(32)))).toMatch(/not below yours[^]*Pick the account/);
});

test('an operation that this KAZOO lacks', async () => {
	const queues = await words(five, { resource: 'queue', operation: 'getAll' });
	expect(queues).toMatch(/This KAZOO (does not have|has nothing at) .*queues/);
	expect(queues).toMatch(/Queues and agents need KAZOO 4/);
	const websites = await words(four, { resource: 'website', operation: 'getAll' });
	expect(websites).toMatch(/This KAZOO (does not have|has nothing at) .*websites/);
	expect(websites).toMatch(/Only KAZOO 5 has it/);
});

test('a quickcall of somebody without a SIP phone', async () => {
	const user = await four.create('user', { first_name: 'No', last_name: 'Phone' }, four.customer(0));
	const call = { resource: 'quickcall', operation: 'call', scope: 'user', userId: id(user.id) };
	const said = await words(four, { ...call, numberToCall: '+14155550100', ...four.customer(0) });
	expect(said).toMatch(/There is no phone to call from/);
	expect(said).toMatch(/needs a device with SIP credentials/);
});

test('an amount with a comma', async () => {
	const sale = { resource: 'transaction', operation: 'sale', amount: '={{ "12,50" }}' };
	const said = await words(four, { ...sale, ...four.customer(0) });
	expect(said).toMatch(/Amount is not a number: “12,50”/);
	expect(said).toMatch(/decimal point: 12\.50/);
	expect(four.requests()).toEqual([]);
});
