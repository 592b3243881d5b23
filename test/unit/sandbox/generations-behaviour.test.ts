/**
 * How the two generations behave, beside what `generations.test.ts` has: versions.md, sections 1, 2 and 4. Each test is
 * named after its line there.
 */
import { Client } from './client';

const UNKNOWN = '0'.repeat(32);

describe.each([4, 5] as const)('KAZOO %i', (profile) => {
	let client: Client;
	/** What the one does, and what the other. */
	const either = <T>(four: T, five: T): T => (profile === 4 ? four : five);

	beforeEach(async () => {
		client = await Client.start({ profile, cdrs: 120 });
	});
	afterEach(() => client.sandbox.close());

	const make = async (path: string, data: object): Promise<string> => {
		const { body } = await client.own('PUT', path, { data });
		return (body.data.id ?? body.metadata?.id) as string;
	};

	/** Changes Crossbar's own settings. */
	const configure = (settings: object) =>
		client.sandbox.store.create('system_config', 'config', { default: settings }, { id: 'crossbar' });

	/** Does something with the token of somebody else, or with a new one. */
	const keeping = async <T>(act: () => Promise<T>): Promise<T> => {
		const { token, account } = client;
		try {
			return await act();
		} finally {
			Object.assign(client, { token, account });
		}
	};

	describe('section 1', () => {
		test('the version is told to whoever is known', async () => {
			const open = await client.ask('GET', '/webhooks', { token: null });
			expect([open.status, open.body.version]).toEqual([200, undefined]);
			expect((await client.own('GET', '/menus')).body.version).toMatch(either(/^4\./, /^5\./));
		});

		test('about the system is for the master, about an account for its people', async () => {
			expect((await client.ask('GET', '/about')).status).toBe(403);
			const { body } = await client.own('GET', '/about');
			expect(body.data).toMatchObject({
				erlang_version: expect.any(String),
				used_memory: expect.any(Number),
			});
		});
	});

	describe('section 2', () => {
		test('modules of callflows', async () => {
			const { body } = await client.ask('GET', '/schemas');
			const names = ['call_pickup', 'detect_speech', 'doorman', 'tones'];
			const there = names.filter((name) => (body.data as string[]).includes(`callflows.${name}`));
			expect(there).toEqual(either([], names));
			const data = { numbers: ['8801'], flow: { module: 'tones', data: { tones: [] }, children: {} } };
			expect((await client.own('PUT', '/callflows', { data })).status).toBe(either(400, 201));
		});
	});

	describe('section 4', () => {
		test('read-only info of an account', async () => {
			const { body } = await client.ask('GET', `/accounts/${client.account}`);
			const facts = {
				created: expect.any(Number),
				enabled: true,
				is_reseller: true,
				superduper_admin: false,
				reseller_id: expect.any(String),
				wnm_allow_additions: expect.any(Boolean),
				billing_mode: expect.any(String),
			};
			expect(either(body.data, body.metadata)).toMatchObject(facts);
			const other = either(body.metadata ?? {}, body.data) as object;
			for (const key of Object.keys(facts)) expect(other).not.toHaveProperty(key);
		});

		test('read-only info of tasks and numbers', async () => {
			const task = await client.own('PUT', '/tasks?category=number_management&action=list');
			const facts = { category: 'number_management', status: 'pending' };
			expect(either(task.body.data._read_only, task.body.metadata)).toMatchObject(facts);
			const numbers = Object.keys((await client.own('GET', '/phone_numbers')).body.data.numbers as object);
			const { body } = await client.own('GET', `/phone_numbers/${encodeURIComponent(numbers[0] as string)}`);
			const carrier = { carrier_module: expect.any(String), features: expect.anything() };
			expect(either(body.data._read_only, body.metadata)).toMatchObject(carrier);
			expect(body.data).toMatchObject({ state: 'in_service' });
		});

		test('client-supplied id: taken by KAZOO 4 once, by KAZOO 5 where the settings allow it', async () => {
			const id = 'c'.repeat(32);
			const before = await make('/menus', { name: 'a', id });
			configure({ allow_onboarding_setting_id: true });
			const after = await make('/menus', { name: 'b', id });
			expect([before === id, after === id]).toEqual(either([true, false], [false, true]));
			const data = { name: 'With an id', id: 'd'.repeat(32) };
			const account = await client.ask('PUT', `/accounts/${client.account}`, { data });
			const made = (account.body.data.id ?? account.body.metadata?.id) as string;
			expect(made).toBe(data.id);
		});

		test('PUT /v2/accounts with an existing id', async () => {
			const { customers } = await keeping(async () => {
				const { body } = await client.own('GET', '/children');
				return { customers: body.data as { id: string }[] };
			});
			const data = { name: 'Mine now', id: customers[0]?.id };
			expect((await client.ask('PUT', '/accounts', { data })).status).toBe(either(201, 401));
		});

		test('?full_docs=true', async () => {
			const keys = async () =>
				Object.keys((await client.own('GET', '/devices?page_size=1&full_docs=true')).body.data[0] as object);
			expect(await keys()).not.toContain('sip');
			configure({ allow_fetch_full_docs: true });
			expect((await keys()).includes('sip')).toBe(either(false, true));
		});

		test('paging: a bookmark is another name for where to go on', async () => {
			const first = (await client.own('GET', '/devices?page_size=2')).body;
			const path = `/devices?page_size=2&bookmark=${encodeURIComponent(String(first.next_start_key))}`;
			const second = (await client.own('GET', path)).body;
			const ids = (body: typeof first) => (body.data as { id: string }[]).map(({ id }) => id);
			expect(ids(second).join() === ids(first).join()).toBe(either(true, false));
		});

		test('filters: chunked lists have numbers, or texts', async () => {
			const { body } = await client.own('GET', '/cdrs?page_size=50');
			expect(typeof body.page_size).toBe(either('string', 'number'));
		});

		test('password expiry', async () => {
			const data = { first_name: 'E', last_name: 'X', username: 'expiring', password: 'Passw0rd!' };
			const user = await make('/users', data);
			const facts = async () =>
				(await client.own('GET', `/users/${user}`)).body.metadata as object | undefined;
			expect((await facts()) ?? {}).not.toHaveProperty('is_password_expired');
			configure({ password_expiry_s: 86_400 });
			const now = Math.floor(Date.now() / 1000) + 62_167_219_200;
			const known = (await facts()) as { password_expiration_timestamp: number } | undefined;
			if (profile === 4) return expect(known).toBeUndefined();
			expect(known).toMatchObject({ is_password_expired: false });
			expect(Math.abs((known?.password_expiration_timestamp ?? 0) - now - 86_400)).toBeLessThan(5);
			return undefined;
		});

		test('token refresh: any token, or one whose way of logging in allows it', async () => {
			const refresh = () => client.ask('PUT', '/auth', { data: { action: 'refresh_token' } });
			const first = await refresh();
			expect(first.status).toBe(either(201, 405));
			if (profile === 5) expect(first.body.message).toBe('cb_user_auth not allowed to renew');
			const data = { auth_modules: { cb_user_auth: { enabled: true, renew: true } } };
			await client.own('POST', '/security', { data });
			const again = await refresh();
			expect(again.status).toBe(201);
			const token = again.body.auth_token as string;
			expect((await client.own('GET', '/menus', { token })).status).toBe(200);
		});

		test('a request for a new password: what is told, and for how long it holds', async () => {
			const { demo, store } = client.sandbox;
			const ask = (username: string) =>
				client.ask('PUT', '/user_auth/recovery', {
					data: { username, account_realm: demo.reseller.realm, ui_url: 'https://ui.example/#/' },
					token: null,
				});
			expect((await ask('nobody')).status).toBe(either(400, 201));
			expect((await ask(demo.reseller.username)).status).toBe(201);
			const request = () => store.database(client.account).list('password_reset').at(-1);
			const use = () =>
				client.ask('POST', '/user_auth/recovery', { data: { reset_id: request()?._id }, token: null });
			const old = request();
			if (old)
				store.database(client.account).restore({ ...old, pvt_created: Number(old.pvt_created) - 3700 });
			expect((await use()).status).toBe(either(200, 403));
			configure({ reset_id_expiry_s: 7200 });
			expect((await use()).status).toBe(200);
		});

		test('include_auth_token: envelopes can be without it, log-ins cannot', async () => {
			configure({ include_auth_token: false });
			expect('auth_token' in (await client.own('GET', '/menus')).body).toBe(either(true, false));
			const { reseller } = client.sandbox.demo;
			const reply = await keeping(() =>
				client.logIn(reseller.username, reseller.password, { account_realm: reseller.realm }),
			);
			expect(reply.body.auth_token).toEqual(expect.any(String));
		});

		test('a log-in may name the account by its id', async () => {
			const { reseller } = client.sandbox.demo;
			const { account } = client;
			const reply = await keeping(() =>
				client.logIn(reseller.username, reseller.password, { account_id: account }),
			);
			expect(reply.status).toBe(either(401, 201));
		});

		test('webhooks: why one was switched off', async () => {
			const hook = await make('/webhooks', { name: 'h', hook: 'all', uri: 'http://hooks.example/' });
			const { store } = client.sandbox;
			const doc = store.database('webhooks').get(hook);
			if (!doc) throw new Error('no hook');
			store.save('webhooks', { ...doc, enabled: false, pvt_disabled_message: 'too many failed attempts' });
			const reason = 'too many failed attempts';
			const single = await client.own('GET', `/webhooks/${hook}`);
			expect(single.body.metadata?.disable_reason).toBe(either(undefined, reason));
			expect(single.body.data.disable_reason).toBeUndefined();
			const rows = (await client.own('GET', '/webhooks')).body.data as { disable_reason?: string }[];
			expect(rows.map(({ disable_reason }) => disable_reason)).toContain(reason);
		});

		test('webhooks: which there are', async () => {
			const list = (await client.ask('GET', '/webhooks', { token: null })).body.data as { id: string }[];
			const names = ['channel_hold', 'channel_unhold', 'cdr', 'stream'];
			expect(names.filter((name) => list.some(({ id }) => id === name))).toEqual(either([], names));
		});

		test('an unknown action of a channel', async () => {
			const reply = await client.own('POST', `/channels/${UNKNOWN}`, { data: { action: 'hangup' } });
			expect(reply.status).toBe(404);
		});

		test('number error not_reconcilable', async () => {
			client.sandbox.setFixes(true);
			const reply = await client.own('PUT', '/phone_numbers/12', { data: {} });
			expect(reply.status).toBe(either(404, 400));
		});

		test('a quickcall was accepted', async () => {
			const { store } = client.sandbox;
			const device = store
				.database(client.account)
				.list('device')
				.find((doc) => doc.pvt_registered === true && doc.device_type !== 'cellphone');
			const path = `/devices/${device?._id}/quickcall/+14155550104`;
			expect((await client.own('POST', path)).status).toBe(either(200, 202));
			expect((await client.own('GET', path)).status).toBe(200);
		});
	});

	describe('section 4, user DELETE with object_types', () => {
		let user: string;
		let ids: Record<string, string>;

		const add = (type: string, fields: object): string =>
			client.sandbox.store.create(client.account, type, { owner_id: user, ...fields })._id;
		const isThere = (type: string) =>
			client.sandbox.store.database(client.account).get(ids[type] as string, type) !== undefined;
		const left = () => Object.keys(ids).filter(isThere);

		beforeEach(async () => {
			user = await make('/users', { first_name: 'Gone', last_name: 'Soon' });
			client.sandbox.store.createNumber('+14155558801', { accountId: client.account, usedBy: 'callflow' });
			ids = {
				callflow: add('callflow', {
					numbers: ['8801', '+14155558801'],
					flow: { module: 'hangup', data: {} },
				}),
				vmbox: add('vmbox', { name: 'b', mailbox: '8801' }),
				device: add('device', { name: 'd' }),
				conference: add('conference', { name: 'c' }),
				faxbox: add('faxbox', { name: 'f' }),
				media: add('media', { name: 'm' }),
			};
		});

		const number = () => client.sandbox.store.database('numbers').get('+14155558801', 'number');
		const gone = (data: object) => client.own('DELETE', `/users/${user}`, { data });

		test('none: everything stays', async () => {
			expect((await gone({})).status).toBe(200);
			expect(left()).toHaveLength(6);
		});

		test('all', async () => {
			const { status, body } = await gone({ object_types: 'all' });
			expect(status).toBe(200);
			expect(left()).toHaveLength(either(6, 0));
			expect(number() === undefined).toBe(either(false, true));
			if (profile === 4) return expect(body.data).not.toHaveProperty('object_types');
			expect(body.data.object_types).toEqual(
				expect.arrayContaining([
					{ type: 'device', id: ids.device, status: 'success' },
					{ type: 'phone_numbers', id: ['+14155558801'], status: 'success' },
				]),
			);
			return undefined;
		});

		test('some, and numbers without the callflow', async () => {
			await gone({ object_types: ['vmbox', 'phone_numbers'] });
			expect(isThere('vmbox')).toBe(either(true, false));
			expect(isThere('device')).toBe(true);
			const callflow = client.sandbox.store.database(client.account).get(ids.callflow as string);
			expect(callflow?.numbers).toEqual(either(['8801', '+14155558801'], ['8801']));
		});

		test('a type that there is not, and something that cannot go', async () => {
			expect((await gone({ object_types: ['dog'] })).status).toBe(either(200, 400));
			if (profile === 4) return;
			const { store } = client.sandbox;
			const doc = store.database('numbers').get('+14155558801', 'number');
			if (doc) store.save('numbers', { ...doc, pvt_assigned_to: UNKNOWN });
			const reply = await gone({ object_types: ['phone_numbers'] });
			expect([reply.status, reply.body.message]).toEqual([500, 'At least one object failed to be deleted']);
			expect(reply.body.data.object_types).toMatchObject([{ type: 'phone_numbers', status: 'error' }]);
			expect((await client.own('GET', `/users/${user}`)).status).toBe(404);
		});
	});
});
