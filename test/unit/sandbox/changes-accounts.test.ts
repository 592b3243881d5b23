import { Client, type Reply } from './client';

let client: Client;

beforeAll(async () => {
	client = await Client.start();
});

afterAll(() => client.sandbox.close());

let count = 0;

/** A new account below the reseller's, by its id and name. */
async function account(
	fields: Record<string, unknown> = {},
): Promise<{ id: string; name: string; path: string }> {
	const name = `Changing ${++count}`;
	const { body } = await client.own('PUT', '', { data: { name, realm: `r${count}.example`, ...fields } });
	return { id: body.data.id as string, name, path: `/accounts/${String(body.data.id)}` };
}

const generation = ({ body }: Reply): number => Number.parseInt(body.revision as string, 10);

describe('an account is written while it is looked at', () => {
	test('null is ignored at every depth, and an empty object empties', async () => {
		const { path } = await account({ note: 'n', caller_id: { external: { name: 'X', number: '1' } } });
		const nulled = await client.ask('PATCH', path, {
			data: { note: null, caller_id: { external: { name: null } } },
		});
		expect(nulled.body.data).toMatchObject({ note: 'n', caller_id: { external: { name: 'X' } } });
		const emptied = await client.ask('PATCH', path, { data: { caller_id: {} } });
		expect(emptied.body.data.caller_id).toEqual({});
	});

	test('POST keeps what it lacks, but for what has a default; without a realm there is a new one', async () => {
		const { name, path } = await account({ note: 'n', timezone: 'Asia/Tokyo' });
		const posted = await client.ask('POST', path, { data: { name } });
		expect(posted.body.data).toMatchObject({ note: 'n', timezone: 'America/Los_Angeles' });
		expect(posted.body.data.realm).toMatch(/^[0-9a-f]{6}\.sip\./);
	});

	test('a realm keeps its capitals and loses its spaces', async () => {
		const { path } = await account();
		const { body } = await client.ask('PATCH', path, { data: { realm: 'Big Realm.Example' } });
		expect(body.data.realm).toBe('BigRealm.Example');
	});

	test('a stale revision is answered with 412, and the change is stored all the same', async () => {
		const { path } = await account();
		const { body } = await client.ask('GET', path);
		const match = { 'if-match': `"${String(body.revision)}"` };
		expect((await client.ask('PATCH', path, { data: { a: 1 }, headers: match })).status).toBe(200);
		const stale = await client.ask('PATCH', path, { data: { a: 2 }, headers: match });
		expect([stale.status, stale.text]).toEqual([412, '']);
		expect((await client.ask('GET', path)).body.data.a).toBe(2);
	});

	test('POST knows no revision, the current one neither; a star fits', async () => {
		const { name, path } = await account({ realm: 'post.example' });
		const { body } = await client.ask('GET', path);
		const data = { name, realm: 'post.example', b: 1 };
		const current = { 'if-match': `"${String(body.revision)}"` };
		expect((await client.ask('POST', path, { data, headers: current })).status).toBe(412);
		expect((await client.ask('GET', path)).body.data.b).toBe(1);
		expect((await client.ask('POST', path, { data, headers: { 'if-match': '*' } })).status).toBe(200);
	});

	test('a write counts two revisions, one that changes nothing only one', async () => {
		const { path } = await account();
		const before = generation(await client.ask('GET', path));
		expect(generation(await client.ask('PATCH', path, { data: { c: 1 } }))).toBe(before + 2);
		expect(generation(await client.ask('PATCH', path, { data: { c: 1 } }))).toBe(before + 4);
	});

	test('what the schema refuses is not stored', async () => {
		const { path } = await account();
		const data = { kept: 1, call_waiting: { enabled: 'maybe' } };
		expect((await client.ask('PATCH', path, { data })).status).toBe(400);
		expect((await client.ask('GET', path)).body.data.kept).toBeUndefined();
	});

	test('after a clash of realms nobody who has that realm can be changed', async () => {
		const [innocent, other] = [await account({ realm: 'innocent.example' }), await account()];
		const clash = await client.ask('PATCH', other.path, { data: { realm: 'innocent.example', mark: 1 } });
		expect(clash.body.data.realm.unique.message).toBe('Account realm already in use');
		expect((await client.ask('GET', other.path)).body.data).toMatchObject({
			realm: 'innocent.example',
			mark: 1,
		});
		expect((await client.ask('PATCH', innocent.path, { data: { mark: 2 } })).status).toBe(400);
		expect((await client.ask('PATCH', other.path, { data: { realm: 'free.example' } })).status).toBe(200);
		expect((await client.ask('PATCH', innocent.path, { data: { mark: 3 } })).status).toBe(200);
	});
});

describe('who may switch an account off', () => {
	test('its own people may not, those above may; any later change of theirs switches it on again', async () => {
		const { id, path, name } = await account();
		const person = {
			first_name: 'A',
			last_name: 'B',
			username: 'own',
			password: 'Secret12',
			priv_level: 'admin',
		};
		await client.ask('PUT', `${path}/users`, { data: person });
		const own = new Client(client.sandbox);
		await own.logIn('own', 'Secret12', { account_name: name });
		expect((await own.ask('PATCH', path, { data: { enabled: false } })).body.data.enabled).toBe(true);
		expect((await client.ask('PATCH', path, { data: { enabled: false } })).body.data.enabled).toBe(false);
		// Tokens go on; a log-in with a password does not.
		expect((await own.ask('GET', `${path}/users`)).status).toBe(200);
		const refused = await new Client(client.sandbox).logIn('own', 'Secret12', { account_name: name });
		expect(refused.body).toMatchObject({ data: { account: { disabled: {} } }, page_size: 1 });
		expect((await client.ask('PATCH', path, { data: { note: 'x' } })).body.data.enabled).toBe(true);
		expect(id).toMatch(/^[0-9a-f]{32}$/);
	});
});

describe('an account with an id of the client', () => {
	test('a new one is honoured; that of an account destroys it and looks like success', async () => {
		const id = 'ab'.repeat(16);
		expect((await client.own('PUT', '', { data: { name: 'With Id', id } })).body.data.id).toBe(id);
		const copied = await client.own('PUT', '', { data: { name: 'Copy', realm: 'copy.example', id } });
		expect(copied.status).toBe(201);
		expect(copied.body.data).toMatchObject({ id, name: 'With Id' });
		expect((await client.ask('GET', `/accounts/${id}`)).status).toBe(404);
	});

	test('a text that is no id gives 201 and nothing', async () => {
		const reply = await client.own('PUT', '', { data: { name: 'No Id', id: 'short' } });
		expect([reply.status, reply.body.data]).toEqual([201, undefined]);
		const { body } = await client.own('GET', '/descendants?paginate=false');
		expect((body.data as { name: string }[]).some(({ name }) => name === 'No Id')).toBe(false);
	});
});

describe('how accounts hang together', () => {
	test('siblings: the account too, for everybody but its own people', async () => {
		const { id, path } = await account();
		const { body } = await client.ask('GET', `${path}/siblings?paginate=false`);
		expect((body.data as { id: string }[]).some((sibling) => sibling.id === id)).toBe(true);
		expect((await client.own('GET', '/siblings')).status).toBe(403);
	});

	test('parents end with the account of the token', async () => {
		const { path } = await account();
		const { body } = await client.ask('GET', `${path}/parents`);
		expect((body.data as { id: string }[]).map(({ id }) => id)).toEqual([client.account]);
	});

	test('move: to nobody works, below itself does not; children come along, and who resells follows', async () => {
		const master = new Client(client.sandbox);
		const { username, password, realm } = client.sandbox.demo.master;
		await master.logIn(username, password, { account_realm: realm });
		const [a, b] = [await account(), await account()];
		const child = await master.ask('PUT', a.path, { data: { name: 'Moved Child' } });
		const childPath = `/accounts/${String(child.body.data.id)}`;
		const move = (path: string, to: string) => master.ask('POST', `${path}/move`, { data: { to } });
		expect((await client.ask('POST', `${a.path}/move`, { data: { to: b.id } })).status).toBe(403);
		expect((await move(a.path, b.id)).status).toBe(200);
		const parents = (await master.ask('GET', `${childPath}/parents`)).body.data as { id: string }[];
		expect(parents.slice(-2).map(({ id }) => id)).toEqual([b.id, a.id]);
		expect((await move(b.path, a.id)).status).toBe(403);
		expect((await move(a.path, 'f'.repeat(32))).status).toBe(200);
		expect((await master.ask('GET', `${a.path}/parents`)).body.data).toEqual([{}]);
		expect((await move(a.path, client.account)).status).toBe(200);
		expect((await master.ask('GET', childPath)).body.data.reseller_id).toBe(client.account);
	});

	test('nobody above a reseller becomes one or stops being one', async () => {
		const { master } = client.sandbox.demo;
		const above = new Client(client.sandbox);
		await above.logIn(master.username, master.password, { account_realm: master.realm });
		const { path } = await account();
		expect((await above.ask('PUT', `${path}/reseller`, { data: {} })).status).toBe(201);
		const refused = await above.ask('DELETE', `/accounts/${client.account}/reseller`);
		expect([refused.status, refused.body.message]).toEqual([500, 'account_has_descendants']);
		expect((await above.ask('DELETE', `${path}/reseller`)).status).toBe(200);
	});
});
