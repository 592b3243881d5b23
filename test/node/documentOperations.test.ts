/** Documents from their creation to their end, against the sandbox: forms, keys that are there already, what others changed. */
import { Demo, id, node } from './demo';
import { callMapperFields } from './harness/editor';

let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(0);
});

afterAll(async () => {
	await demo.close();
});

beforeEach(() => {
	demo.sandbox.faults([]);
	demo.sandbox.clearRequests();
});

describe('documents', () => {
	test('live through create, get, update, replace and delete', async () => {
		const made = await demo.create('device', {
			name: 'Walk',
			mac_address: '001122334455',
			sip: { username: 'walk' },
		});
		const one = { resource: 'device', deviceId: id(made.id) };
		const updated = await demo.first({
			...one,
			operation: 'update',
			bodyMode: 'json',
			bodyJson: '{"name":"Walk 2"}',
		});
		expect(updated).toMatchObject({ name: 'Walk 2', mac_address: '001122334455' });
		const replaced = await demo.first({
			...one,
			operation: 'replace',
			bodyMode: 'json',
			bodyJson: '{"name":"Walk 3"}',
		});
		expect(replaced.mac_address).toBeUndefined();
		expect(await demo.first({ ...one, operation: 'delete' })).toEqual({ id: made.id, deleted: true });
		const gone = await demo.run({ ...one, operation: 'get' });
		expect(gone.error?.message).toMatch(/no device/i);
	});

	test('some fields of a fax box are changed, though KAZOO 4 wants all of it', async () => {
		const made = await demo.create('faxBox', { name: 'Front desk', retries: 2 });
		const updated = await demo.first({
			resource: 'faxBox',
			operation: 'update',
			faxboxId: id(made.id),
			bodyMode: 'json',
			bodyJson: '{"retries":3}',
		});
		expect(updated).toMatchObject({ id: made.id, name: 'Front desk', retries: 3 });
	});

	test('Create or Update makes one, then changes it, and stops at two', async () => {
		const upsert = async (document: object, matchField = 'name') =>
			await demo.run({
				resource: 'menu',
				operation: 'upsert',
				bodyMode: 'json',
				bodyJson: JSON.stringify(document),
				matchField,
			});
		const made = await upsert({ name: 'Upserted', retries: 2 });
		expect(made.items[0]?.json).toMatchObject({ was_created: true, retries: 2 });
		const changed = await upsert({ name: 'Upserted', retries: 4 });
		expect(changed.items[0]?.json).toMatchObject({
			id: made.items[0]?.json.id,
			was_created: false,
			retries: 4,
		});
		await demo.create('menu', { name: 'Upserted' });
		const refused = await upsert({ name: 'Upserted', retries: 5 });
		expect(refused.error?.message).toMatch(/More than one/);
		expect(refused.error?.description).toContain(String(made.items[0]?.json.id));
		expect((await upsert({ retries: 1 })).error?.message).toMatch(/no value for “name”/);
	});

	test.each([
		['device', 'mac_address', { name: 'Matched phone', mac_address: '00:15:65:C0:FF:EE' }],
		[
			'user',
			'username',
			{ first_name: 'Mara', last_name: 'Match', username: 'Mara@Match.example', password: 'Match-4713' },
		],
	])(
		'a %s is found again by its %s, in whatever form it is written',
		async (resource, matchField, document) => {
			const upsert = async (bodyJson: string) =>
				await demo.first({ resource, operation: 'upsert', bodyMode: 'json', bodyJson, matchField });
			const made = await upsert(JSON.stringify(document));
			expect(made).toMatchObject({ was_created: true });
			expect(await upsert(JSON.stringify(document))).toMatchObject({ id: made.id, was_created: false });
		},
	);

	test.each<[string, string, (key: string) => object, string[]]>([
		[
			'user',
			'email',
			(email) => ({ first_name: 'Ann', last_name: 'Same', email }),
			['Ann.Same@Example.com', 'ann.same@example.COM', '  ann.same@example.com ', 'ANN.SAME@EXAMPLE.COM'],
		],
		[
			'user',
			'username',
			(username) => ({ first_name: 'Bob', last_name: 'Same', username, password: 'Match-4713' }),
			['Bob.Same', ' bob.same', 'BOB.SAME ', 'bob.same'],
		],
		[
			'device',
			'mac_address',
			(mac_address) => ({ name: 'Same', mac_address }),
			['0015.65AB.cd77', '00:15:65:ab:cd:77', '00-15-65-AB-CD-77 ', '001565abcd77'],
		],
		[
			'voicemailBox',
			'mailbox',
			(mailbox) => ({ name: 'Same', mailbox }),
			['7731', '07731', ' 7731', '7731 '],
		],
		['menu', 'name', (name) => ({ name }), ['Same menu', ' Same menu', 'Same menu ', 'Same menu']],
	])(
		'a %s with the same %s in four spellings is one, side by side, too',
		async (resource, matchField, make, keys) => {
			const upsert = { resource, operation: 'upsert', bodyMode: 'json', matchField };
			const items = keys.map((key) => ({ json: { document: JSON.stringify(make(key)) } }));
			const more = { bodyJson: '={{ $json.document }}', options: { concurrency: 4 } };
			const made = await demo.records({ ...upsert, ...more }, { items });
			expect(made.map(({ was_created }) => was_created)).toEqual([true, false, false, false]);
			expect(new Set(made.map(({ id: one }) => one)).size).toBe(1);
			const again = await demo.records({ ...upsert, ...more }, { items });
			expect(again.map(({ was_created }) => was_created)).toEqual([false, false, false, false]);
			expect(new Set([...made, ...again].map(({ id: one }) => one)).size).toBe(1);
		},
	);

	describe('Create or Update believes only a record with the very same value', () => {
		const upsert = async (resource: string, document: object, matchField: string) =>
			await demo.run({
				resource,
				operation: 'upsert',
				bodyMode: 'json',
				bodyJson: JSON.stringify(document),
				matchField,
			});
		const menu = async (name: string) => (await upsert('menu', { name }, 'name')).items[0]?.json;

		test.each(['["Alpha","Beta"]', '"Alpha"'])('a menu named %s is not the one named Alpha', async (name) => {
			await menu('Alpha');
			const made = await menu(name);
			expect(made).toMatchObject({ name, was_created: true });
			expect(await menu(name)).toMatchObject({ id: made?.id, was_created: false });
		});

		test.each([
			['timeOfDayRule', 'wdays', { name: 'W', cycle: 'weekly', wdays: ['monday', 'friday'] }, 'a list'],
			['callflow', 'numbers', { name: 'N', numbers: ['4711'], flow: { module: 'hangup' } }, 'a list'],
			['device', 'sip', { name: 'S', sip: { username: 'upsert-object' } }, 'an object'],
		])('a %s cannot be matched by its %s', async (resource, matchField, document, kind) => {
			const result = await upsert(resource, document, matchField);
			expect(result.error?.message).toBe(`KAZOO cannot match by “${matchField}”, which is ${kind}`);
			expect(result.error?.description).toMatch(/^Nothing was sent\./);
			expect(demo.requests()).toEqual([]);
		});

		test('a text of blanks is no value', async () => {
			const result = await upsert('menu', { name: '  ' }, 'name');
			expect(result.error?.message).toMatch(/no value for “name”/);
			expect(demo.requests()).toEqual([]);
		});

		test('a field that the list does not show is read in the record', async () => {
			const phone = { name: 'SIP', sip: { username: 'upsert-nested' } };
			const made = (await upsert('device', phone, 'sip.username')).items[0]?.json;
			expect(made).toMatchObject({ was_created: true });
			demo.sandbox.clearRequests();
			const again = await upsert('device', phone, 'sip.username');
			expect(again.items[0]?.json).toMatchObject({ id: made?.id, was_created: false });
			const asked = demo.requests().map(({ method, path }) => [method, path.endsWith(String(made?.id))]);
			expect(asked).toEqual([
				['GET', false],
				['GET', true],
				['PATCH', true],
			]);
			const listed = { name: 'SIP', sip: { username: '["upsert-nested","x"]' } };
			expect((await upsert('device', listed, 'sip.username')).items[0]?.json.id).not.toBe(made?.id);
		});

		test('several of which the list does not show the field are a question', async () => {
			const phone = { name: 'Twin', sip: { username: 'upsert-twin', realm: 'twin.example' } };
			await demo.create('device', phone);
			await demo.create('device', { ...phone, sip: { ...phone.sip, username: 'upsert-twin-2' } });
			demo.sandbox.clearRequests();
			const result = await upsert('device', phone, 'sip.realm');
			expect(result.error?.message).toBe('More than one record may have sip.realm “twin.example”');
			expect(demo.requests()).toHaveLength(1);
		});
	});

	test('the form of Create comes from the server: required fields first, choices as options', async () => {
		const panel = { parameters: { resource: 'device', operation: 'create' }, credentials: demo.credentials };
		const { fields } = await callMapperFields(node, 'getDocumentFields', panel);
		expect(fields[0]).toMatchObject({ id: 'name', required: true, removed: false });
		expect(fields.find((field) => field.id === 'sip.method')).toMatchObject({
			type: 'options',
			removed: true,
		});
		expect(fields.every(({ displayName }) => displayName.length > 0)).toBe(true);
		const update = await callMapperFields(node, 'getDocumentFields', {
			...panel,
			parameters: { resource: 'device', operation: 'update' },
		});
		expect(update.fields.some(({ required }) => required)).toBe(false);
	});

	test('what is filled into the form is sent nested', async () => {
		const value = { name: 'From the form', 'sip.username': 'form', 'call_forward.enabled': true };
		const made = await demo.first({
			resource: 'device',
			operation: 'create',
			bodyMode: 'fields',
			fields: { mappingMode: 'defineBelow', value },
		});
		expect(made).toMatchObject({
			name: 'From the form',
			sip: { username: 'form' },
			call_forward: { enabled: true },
		});
	});

	test('what the server refuses is said by the label of the field', async () => {
		const result = await demo.run({
			resource: 'device',
			operation: 'create',
			bodyMode: 'json',
			bodyJson: '{"name":"","sip":{"method":"carrier pigeon"}}',
		});
		const { message, description } = result.error ?? { message: '' };
		expect(`${message} ${description}`).toMatch(/Name/);
		expect(`${message} ${description}`).toMatch(/SIP > Method/);
	});

	test('Update where the server has no PATCH: read, merged, written back; nothing of others is lost', async () => {
		const made = await demo.create('media', { name: 'Prompt', description: 'first', streamable: true });
		const parameters = {
			resource: 'media',
			operation: 'update',
			mediaId: id(made.id),
			bodyMode: 'json',
			bodyJson: '{"description":"second"}',
		};
		const updated = await demo.first(parameters);
		expect(updated).toMatchObject({ name: 'Prompt', description: 'second', streamable: true });
		const write = demo
			.requests()
			.find(({ method, path }) => method === 'POST' && path.endsWith(String(made.id)));
		expect(write?.headers['if-match']).toBeTruthy();
	});
});
