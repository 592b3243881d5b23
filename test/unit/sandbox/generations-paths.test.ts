/**
 * The paths that only one generation has: versions.md, section 3, line by line, and what section 2 says of modules.
 * A path that is there answers a preflight with its methods; one that is not is a 404.
 */
import { Client } from './client';

/** `/path METHOD METHOD`, below an account. */
const ONLY_FOUR = `
	/access_lists GET POST DELETE
	/acdc_call_stats GET
	/agents GET
	/agents/stats GET
	/agents/status GET
	/agents/status/U GET POST
	/agents/U GET
	/agents/U/queue_status GET POST
	/agents/U/status GET POST
	/queues GET PUT
	/queues/Q GET POST PATCH DELETE
	/queues/stats GET
	/queues/eavesdrop PUT
	/queues/Q/eavesdrop PUT
	/queues/Q/roster GET POST DELETE
	/cccps GET PUT
	/cccps/ID GET POST DELETE
	/lists/L/entries GET PUT DELETE
	/lists/L/entries/E GET POST PATCH DELETE
	/lists/L/entries/E/photo POST
	/lists/L/entries/E/vcard GET
	/skels GET PUT
	/skels/THING GET POST PATCH DELETE
`;

const ONLY_FIVE = `
	/applications GET
	/applications/application/APP GET PUT POST PATCH DELETE
	/applications/application/APP/icon GET POST DELETE
	/applications/application/APP/screenshots POST
	/applications/application/APP/screenshots/1 GET DELETE
	/applications/TYPE GET
	/applications/TYPE/APP GET
	/applications/TYPE/APP/block GET PUT POST DELETE
	/applications/TYPE/APP/entitlement GET PUT POST DELETE
	/applications/TYPE/APP/icon GET
	/applications/TYPE/APP/screenshots/1 GET
	/applications/TYPE/blocklists GET
	/applications/TYPE/entitlements GET
	/apps_store/APP/override GET PUT POST DELETE
	/apps_store/APP/override/icon GET POST DELETE
	/apps_store/APP/override/screenshot POST
	/apps_store/APP/override/screenshot/1 GET DELETE
	/call_reports PUT
	/call_reports/allowed_types GET
	/capabilities POST
	/conference_auth PUT
	/conference_auth/C PUT
	/conferences/C/email_invite PUT
	/configs GET
	/entitlements GET
	/external_numbers GET PUT
	/external_numbers/ID GET DELETE
	/external_numbers/ID/verify PUT POST
	/getstream GET PUT PATCH DELETE
	/getstream/connect PUT
	/users/U/getstream GET PUT PATCH DELETE
	/users/U/getstream/connect PUT
	/i18n/LANG GET
	/match_lists GET PUT
	/match_lists/ID GET POST PATCH DELETE
	/quickroutes GET
	/scope_restrictions GET PUT
	/scope_restrictions/ID GET POST DELETE
	/screenpops GET PUT
	/screenpops/ID GET POST PATCH DELETE
	/users/U/screenpops GET
	/security/login_lock GET DELETE
	/users/U/qrcode GET
	/websites GET PUT
	/websites/ID GET POST PATCH DELETE
	/whitelabel/emails/ID GET POST DELETE
	/whitelabel/emails/ID/verify POST
	/wordle GET
	/wordle/ID GET POST
	/devices/D/pushes PUT
	/users/U/pushes PUT
`;

/** Paths that both have, where KAZOO 5 has these methods besides. */
const MORE_IN_FIVE = `
	/apps_store/marketplace GET PATCH
	/recordings/R PATCH
	/whitelabel/emails PUT
`;

const GLOBAL_IN_FIVE = `
	/commland/compatibility GET
	/conference_auth PUT
	/configs GET
	/scopes GET PUT
	/scopes/S GET POST DELETE
	/wordle GET
`;

const rowsOf = (text: string): [path: string, methods: string[]][] =>
	text
		.trim()
		.split('\n')
		.map((line) => {
			const [path = '', ...methods] = line.trim().split(' ');
			return [path, methods];
		});

describe.each([4, 5] as const)('KAZOO %i', (profile) => {
	let client: Client;
	beforeAll(async () => {
		client = await Client.start({ profile, cdrs: 0 });
	});
	afterAll(() => client.sandbox.close());

	const methodsOf = async (path: string) => {
		const headers = { origin: 'http://page.example', 'access-control-request-method': 'GET' };
		const reply = await client.ask('OPTIONS', path, { headers });
		const methods = reply.headers.get('access-control-allow-methods') ?? '';
		return { status: reply.status, methods: methods.split(/, ?/) };
	};
	const below = (path: string) => methodsOf(`/accounts/${client.account}${path}`);

	const expectPath = async (path: string, methods: string[], isThere: boolean, ask: typeof below) => {
		const found = await ask(path);
		expect({ path, status: found.status }).toEqual({ path, status: isThere ? 200 : 404 });
		if (isThere)
			expect({ path, methods: found.methods }).toEqual({ path, methods: expect.arrayContaining(methods) });
	};

	test.each(rowsOf(ONLY_FOUR))('%s is of KAZOO 4', (path, methods) =>
		expectPath(path, methods, profile === 4, below),
	);

	test.each(rowsOf(ONLY_FIVE))('%s is of KAZOO 5', (path, methods) =>
		expectPath(path, methods, profile === 5, below),
	);

	test.each(rowsOf(GLOBAL_IN_FIVE))('%s without an account is of KAZOO 5', (path, methods) =>
		expectPath(path, methods, profile === 5, methodsOf),
	);

	test.each(rowsOf(MORE_IN_FIVE))('%s has more methods in KAZOO 5', async (path, methods) => {
		const found = await below(path);
		const has = methods.every((method) => found.methods.includes(method));
		expect({ path, has }).toEqual({ path, has: profile === 5 });
	});

	test('a number is looked up before it is ported in KAZOO 5, and a code to enrol an authenticator is made', async () => {
		// In KAZOO 4 both look like the id of a document.
		const found = [await below('/port_requests/lnp_lookup'), await methodsOf('/multi_factor/qrcode')];
		expect(found.map(({ methods }) => methods.filter((method) => method !== 'OPTIONS').sort())).toEqual(
			profile === 5
				? [['POST'], ['PUT']]
				: [
						['DELETE', 'GET', 'PATCH', 'POST'],
						['DELETE', 'GET', 'PATCH', 'POST'],
					],
		);
	});

	test('compatibility is told to everybody', async () => {
		const reply = await client.ask('GET', '/commland/compatibility', { token: null });
		expect(reply.status).toBe(profile === 5 ? 200 : 401);
	});

	test('v1 is gone', async () => {
		const reply = await fetch(`${client.sandbox.url}/v1/accounts/${client.account}`);
		expect(reply.status).toBe(410);
	});
});
