/**
 * What the schemas of the two generations have apart: versions.md, section 5, line by line, as the server serves them.
 * The collected schemas of KAZOO 5 are of an older copy than that page and have neither `allowed_proxy_ips` nor
 * `media_proxy`, `serverless`, a webhook's `custom_request_headers`, nor `flow` as required. What is served follows
 * the schemas, what is checked and kept follows the page: see the last part.
 */
import { Client } from './client';

interface Schema {
	type?: string | string[];
	$ref?: string;
	enum?: unknown[];
	default?: unknown;
	minimum?: number;
	minLength?: number;
	maxLength?: number;
	format?: string;
	required?: string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	oneOf?: Schema[];
}

const clients = {} as Record<4 | 5, Client>;

beforeAll(async () => {
	for (const profile of [4, 5] as const) clients[profile] = await Client.start({ profile, cdrs: 0 });
});
afterAll(async () => {
	for (const profile of [4, 5] as const) await clients[profile].sandbox.close();
});

const schema = async (profile: 4 | 5, name: string): Promise<Schema> =>
	(await clients[profile].ask('GET', `/schemas/${name}`)).body.data as Schema;

/** A field by its path; `[]` stands for the members of a list. */
function fieldAt(found: Schema | undefined, path: string): Schema | undefined {
	return path
		.split('.')
		.reduce<
			Schema | undefined
		>((inner, key) => (key === '[]' ? inner?.items : inner?.properties?.[key]), found);
}

/** schema: fields that only KAZOO 5 has. */
const ADDED = `
	accounts: addresses announcement blacklists call_failover call_forward call_limits
		music_on_hold.options topup.amount
	users: addresses call_failover call_limits music_on_hold.options scope_restrictions
	devices: addresses call_failover call_limits mobile.mdn music_on_hold.options
		provision.check_sync_event provision.check_sync_reboot provision.check_sync_reload
	callflows: owner_id
	vmboxes: after_forward_action aliases envelope_type members shared_vmbox shared_vmbox_notify_owner_email
		silence_hits silence_threshold vm_message_forward_type
	phone_numbers: e911.callback_cid_number e911.country e911.delivery_method e911.location_identifier
	webhooks: security_settings.sha256_key version
	conferences: allow_shareable_link base_profile_name endconf_grace_time video
	callflows.pivot: custom_request_headers
	resources: custom_channel_vars custom_sip_headers custom_sip_interface gateways.[].custom_channel_vars
		supports_pidflo
	faxes: subject
	menus: branch_extension
	temporal_rules: end_date exclude owner_id
	connectivity: servers.[].server_id
	groups: music_on_hold.options
	clicktocall: music_on_hold.options
`;

const added: [name: string, path: string][] = ADDED.trim()
	.split(/\n\t(?=\S)/)
	.flatMap((line) => {
		const [name = '', paths = ''] = line.split(': ');
		return paths.split(/\s+/).map((path): [string, string] => [name.trim(), path]);
	});

test.each(added)('%s: %s is added in KAZOO 5', async (name, path) => {
	expect(fieldAt(await schema(4, name), path)).toBeUndefined();
	expect(fieldAt(await schema(5, name), path)).toBeDefined();
});

test.each<[name: string, four: string[], five: string[]]>([
	['accounts', ['name'], ['name']],
	['users', ['first_name', 'last_name'], ['first_name', 'last_name']],
	['devices', ['name'], ['name']],
	['vmboxes', ['mailbox', 'name'], ['mailbox', 'name']],
	['webhooks', ['hook', 'name', 'uri'], ['hook', 'name', 'uri']],
	['conferences', [], ['name']],
	['resources', ['gateways', 'name'], ['gateways', 'name']],
	['sms', ['body', 'to'], ['body', 'to']],
	['queues', ['name'], ['name']],
	['menus', ['name'], ['name']],
	['directories', ['name'], ['name']],
	['temporal_rules', ['cycle', 'name'], ['cycle', 'name']],
	['faxbox', ['name'], ['name']],
])('%s: what is required', async (name, four, five) => {
	expect([...((await schema(4, name)).required ?? [])].sort()).toEqual(four);
	expect([...((await schema(5, name)).required ?? [])].sort()).toEqual(five);
});

/** A keyword of a field, in both generations. */
test.each<[name: string, path: string, keyword: keyof Schema, four: unknown, five: unknown]>([
	['accounts', 'caller_id_options', '$ref', undefined, 'caller_id_options'],
	['accounts', 'timezone', '$ref', undefined, 'timezone'],
	['users', 'call_forward', '$ref', undefined, 'call_forward'],
	['users', 'caller_id_options', '$ref', undefined, 'caller_id_options'],
	['users', 'timezone', '$ref', undefined, 'timezone'],
	['devices', 'call_forward', '$ref', undefined, 'call_forward'],
	['devices', 'provision.check_sync_reboot', 'default', undefined, 'reboot=true'],
	['devices', 'provision.check_sync_reload', 'default', undefined, 'reboot=false'],
	['vmboxes', 'after_forward_action', 'enum', undefined, ['prompt', 'save']],
	['vmboxes', 'after_forward_action', 'default', undefined, 'save'],
	['vmboxes', 'aliases', 'default', undefined, []],
	['vmboxes', 'envelope_type', 'enum', undefined, ['default', 'caller_and_time']],
	['vmboxes', 'shared_vmbox', 'default', undefined, false],
	['vmboxes', 'shared_vmbox_notify_owner_email', 'default', undefined, false],
	['vmboxes', 'vm_message_forward_type', 'enum', undefined, ['only_forward', 'prepend_forward']],
	['vmboxes', 'timezone', '$ref', undefined, 'timezone'],
	['phone_numbers', 'e911.delivery_method', 'enum', undefined, ['direct', 'three_way', 'security_desk']],
	['phone_numbers', 'e911.latitude', 'maxLength', undefined, 11],
	['phone_numbers', 'e911.longitude', 'maxLength', undefined, 11],
	['webhooks', 'version', 'enum', undefined, ['v1', 'v2']],
	['webhooks', 'version', 'default', undefined, 'v1'],
	['webhooks', 'uri', 'minLength', undefined, 1],
	['conferences', 'allow_shareable_link', 'default', undefined, false],
	['callflows.pivot', 'voice_url', 'minLength', undefined, 7],
	['sms', 'to', 'type', 'string', undefined],
	['faxes', 'document.url', 'minLength', undefined, 7],
	['limits', 'inbound_trunks', 'minimum', 0, -1],
	['limits', 'outbound_trunks', 'minimum', 0, -1],
	['limits', 'twoway_trunks', 'minimum', 0, -1],
	['limits', 'calls', 'minimum', 0, -1],
	['queues', 'cdr_url', 'minLength', undefined, 6],
	['queues', 'strategy', 'enum', ['round_robin', 'most_idle'], ['ring_all', 'round_robin', 'most_idle']],
	['menus', 'branch_extension', 'default', undefined, true],
	['faxbox', 'fax_timezone', '$ref', undefined, 'timezone'],
])('%s: %s has another %s', async (name, path, keyword, four, five) => {
	expect([
		fieldAt(await schema(4, name), path)?.[keyword],
		fieldAt(await schema(5, name), path)?.[keyword],
	]).toEqual([four, five]);
});

test('what is gone from inline fields', async () => {
	expect(fieldAt(await schema(4, 'accounts'), 'caller_id_options.outbound_privacy')).toBeDefined();
	expect(fieldAt(await schema(4, 'users'), 'call_forward.number')).toBeDefined();
	const kinds = Object.keys((await schema(5, 'call_forward')).properties ?? {});
	expect(kinds).toEqual(expect.arrayContaining(['unconditional', 'no_answer', 'busy', 'selective']));
	expect(fieldAt(await schema(5, 'call_forward'), 'selective.rules')).toBeDefined();
});

test.each([
	['sms', 'to', undefined, ['array', 'string']],
	['mms', 'to', undefined, ['array', 'string']],
	['devices', 'provision.endpoint_model', ['array', 'string'], ['integer', 'string']],
])('%s: %s is one of several types', async (name, path, four, five) => {
	const typesOf = async (profile: 4 | 5) =>
		fieldAt(await schema(profile, name), path)
			?.oneOf?.map(({ type }) => String(type))
			.sort();
	expect([await typesOf(4), await typesOf(5)]).toEqual([four, five]);
});

test('members of a directory are not in its schema', async () => {
	expect(fieldAt(await schema(4, 'directories'), 'users')).toBeDefined();
	expect(fieldAt(await schema(5, 'directories'), 'users')).toBeUndefined();
});

test.each([
	'addresses',
	'app_i18n',
	'app_whitelabel',
	'application_blocklist',
	'application_entitlement',
	'applications',
	'call_failover',
	'call_forward',
	'call_forward_type',
	'call_limits',
	'call_reports',
	'caller_id_options',
	'callflows.call_pickup',
	'callflows.detect_speech',
	'callflows.doorman',
	'callflows.tones',
	'codecs',
	'codecs.audio',
	'codecs.video',
	'conference_auth',
	'conferences.email_invite',
	'contacts',
	'custom_channel_vars',
	'emails',
	'emails_claim',
	'external_numbers',
	'external_numbers_claim',
	'external_numbers_verify',
	'lnp_lookup_req',
	'marketplace_settings',
	'match_lists',
	'match_lists.rule',
	'presence',
	'presence.action',
	'presence.state',
	'pushes',
	'registrations',
	'scope_restrictions',
	'scopes',
	'screenpops',
	'timezone',
	'tone',
	'users_delete',
	'websites',
])('the schema %s is of KAZOO 5', async (name) => {
	const statuses = [4, 5].map(
		async (profile) => (await clients[profile as 4].ask('GET', `/schemas/${name}`)).status,
	);
	expect(await Promise.all(statuses)).toEqual([404, 200]);
});

test('what the collected schemas have not is kept and shown all the same', async () => {
	const client = clients[5];
	const kept = async (path: string, data: object) => {
		const made = await client.own('PUT', path, { data });
		return (await client.own('GET', `${path}/${made.body.data.id}`)).body.data as object;
	};
	const headers = { custom_request_headers: { Authorization: 'x' } };
	const hook = { name: 'h', hook: 'all', uri: 'http://hooks.example/' };
	expect(await kept('/webhooks', { ...hook, ...headers })).toMatchObject(headers);
	const proxies = { allowed_proxy_ips: ['203.0.113.7'] };
	expect(await kept('/users', { first_name: 'P', last_name: 'Q', ...proxies })).toMatchObject(proxies);
	const { body } = await client.ask('PATCH', `/accounts/${client.account}`, {
		data: { ...proxies, notifications: { media_proxy: { fail_alert_enabled: true } } },
	});
	expect(body.data).toMatchObject(proxies);
	expect(body.data.notifications.media_proxy).toEqual({ fail_alert_enabled: true });
});

describe('what the checks say', () => {
	const errors = async (profile: 4 | 5, path: string, data: object) => {
		const { status, body } = await clients[profile].own('PUT', path, { data });
		return { status, fields: status === 400 ? Object.keys(body.data as object) : [] };
	};

	test('a callflow without a flow', async () => {
		const data = { numbers: ['8811'] };
		expect([await errors(4, '/callflows', data), await errors(5, '/callflows', data)]).toEqual([
			{ status: 201, fields: [] },
			{ status: 400, fields: ['flow'] },
		]);
	});

	test('a conference without a name, and one whose name is taken', async () => {
		expect((await errors(4, '/conferences', {})).status).toBe(201);
		expect((await errors(5, '/conferences', {})).fields).toEqual(['name']);
		for (const profile of [4, 5] as const) await errors(profile, '/conferences', { name: 'Weekly' });
		const again = [4, 5].map((profile) => errors(profile as 4, '/conferences', { name: 'Weekly' }));
		expect(await Promise.all(again)).toEqual([
			{ status: 201, fields: [] },
			{ status: 400, fields: ['name'] },
		]);
	});

	test('an account in a time zone that is none', async () => {
		for (const [profile, status] of [
			[4, 201],
			[5, 400],
		] as const) {
			const { account } = clients[profile];
			const data = { name: `Nowhere ${profile}`, timezone: 'Nowhere/Town' };
			expect((await clients[profile].ask('PUT', `/accounts/${account}`, { data })).status).toBe(status);
		}
	});

	test('no limit', async () => {
		for (const [profile, status] of [
			[4, 400],
			[5, 200],
		] as const) {
			const { body } = await clients[profile].own('GET', '/limits');
			const data = { ...body.data, inbound_trunks: -1 };
			const envelope = { accept_charges: true };
			expect((await clients[profile].own('POST', '/limits', { data, envelope })).status).toBe(status);
		}
	});

	test('a gateway of this machine, or with a blank in its name', async () => {
		const gateway = (server: string) => ({ name: 'Carrier', gateways: [{ server }] });
		const wrong = ['127.0.0.1', 'sip carrier.example'];
		for (const server of wrong) {
			expect((await errors(4, '/resources', gateway(server))).status).toBe(201);
			expect((await errors(5, '/resources', gateway(server))).fields).toEqual(['gateways.0.server']);
		}
		expect((await errors(5, '/resources', gateway('sip.carrier.example'))).status).toBe(201);
	});

	test('the brand of a telephone is in lower case', async () => {
		const brandOf = async (profile: 4 | 5) => {
			const data = { name: 'Phone', provision: { endpoint_brand: 'Yealink', endpoint_model: 'T54W' } };
			const { body } = await clients[profile].own('PUT', '/devices', { data });
			return (body.data.provision as Record<string, string>).endpoint_brand;
		};
		expect([await brandOf(4), await brandOf(5)]).toEqual(['Yealink', 'yealink']);
	});

	test('a number of a voicemail box, alias or not, is for one box', async () => {
		for (const [profile, statuses] of [
			[4, [201, 201, 201]],
			[5, [201, 400, 400]],
		] as const) {
			const make = async (data: object) =>
				(await errors(profile, '/vmboxes', { name: 'Box', ...data })).status;
			expect([
				await make({ mailbox: '8801', aliases: ['8802', '8803'] }),
				await make({ mailbox: '8802' }),
				await make({ mailbox: '8804', aliases: ['8803'] }),
			]).toEqual(statuses);
		}
	});

	test('a Pivot step without an address, and with a flow of its own', async () => {
		const flow = (data: object) => ({ numbers: ['8812'], flow: { module: 'pivot', data, children: {} } });
		const serverless = { flow_doc: '<Response/>', flow_type: 'text/xml' };
		expect((await errors(4, '/callflows', flow({ serverless }))).fields).toEqual(['flow.data.voice_url']);
		expect((await errors(5, '/callflows', flow({}))).status).toBe(400);
		expect((await errors(5, '/callflows', flow({ serverless }))).status).toBe(201);
	});
});
