import { jsonSchema, schemaNames, validate } from '../../../sandbox/schemas';

const errorsOf = (name: string, doc: object) => validate(4, name, doc).errors;

describe('validate', () => {
	it('fills in defaults, also those inside an object that is itself a default', () => {
		const { doc, errors } = validate(4, 'devices', { name: 'Desk' });
		expect(errors).toBeUndefined();
		expect(doc).toMatchObject({
			enabled: true,
			ringtones: {},
			sip: { method: 'password', invite_format: 'contact', expire_seconds: 300 },
		});
		expect(doc).not.toHaveProperty('call_forward');
	});

	it('fills in what a given object leaves open, and leaves the given document alone', () => {
		const given = { name: 'Desk', call_forward: { number: '5550100' } };
		const { doc } = validate(4, 'devices', given);
		expect(doc).toMatchObject({ call_forward: { number: '5550100', enabled: false, keep_caller_id: true } });
		expect(given).toEqual({ name: 'Desk', call_forward: { number: '5550100' } });
	});

	it('uses no default where the field does not say its type', () => {
		expect(validate(4, 'callflows.send_dtmf', { digits: '1' }).doc).not.toHaveProperty('duration_ms');
	});

	it('turns texts into numbers and booleans, at any depth, but nothing into texts', () => {
		const { doc, errors } = validate(4, 'devices', {
			name: 'Desk',
			enabled: 'false',
			sip: { expire_seconds: '600' },
		});
		expect(errors).toBeUndefined();
		expect(doc).toMatchObject({ enabled: false, sip: { expire_seconds: 600 } });
		expect(
			validate(4, 'temporal_rules', { name: 'a', cycle: 'monthly', days: ['1', '15'] }).doc,
		).toMatchObject({
			days: [1, 15],
		});
		expect(validate(4, 'rates', { prefix: '44', rate_cost: '0.5' }).doc).toMatchObject({ rate_cost: 0.5 });
		expect(errorsOf('devices', { name: 7 })).toEqual({
			name: { type: { message: 'Value did not match type(s): string', target: 'string', value: 7 } },
		});
		expect(errorsOf('devices', { name: 'a', enabled: 'yes' })).toEqual({
			enabled: { type: { message: 'Value did not match type(s): boolean', target: 'boolean', value: 'yes' } },
		});
		expect(Object.keys(errorsOf('limits', { twoway_trunks: '5x' }) ?? {})).toEqual(['twoway_trunks']);
	});

	it('checks what a text was turned into', () => {
		expect(errorsOf('webhooks', { name: 'a', uri: 'http://a.example', hook: 'all', retries: '9' })).toEqual({
			retries: { maximum: { message: 'Value must be at most 4', target: 4, value: 9 } },
		});
	});

	it('takes null for a value', () => {
		expect(errorsOf('devices', { name: null })).toMatchObject({ name: { type: { value: null } } });
	});

	it('says what is wrong with the whole document under the empty path', () => {
		expect(errorsOf('devices', [])).toEqual({
			'': { type: { message: 'Value did not match type(s): object', target: 'object', value: [] } },
		});
		expect(validate(4, 'port_requests.to_scheduled', { name: 'x' }).errors).toEqual({
			'': { any_schemas_not_valid: { message: 'failed to validate', value: { name: 'x' } } },
		});
	});

	it('reports a schema that does not exist', () => {
		expect(errorsOf('nope', {})).toEqual({
			schema: { schema: { message: 'schema not found', schema: 'nope' } },
		});
	});

	it.each<[string, string, object, object]>([
		[
			'required',
			'vmboxes',
			{ mailbox: '1' },
			{ name: { required: { message: 'Field is required but missing', value: 'name' } } },
		],
		[
			'required, nested',
			'ledgers',
			{ amount: 5, usage: { type: 'a', quantity: 1, unit: 'b' }, source: { service: 'x' } },
			{ 'source.id': { required: { message: 'Field is required but missing', value: 'id' } } },
		],
		[
			'minLength',
			'users',
			{ first_name: '', last_name: 'b' },
			{
				first_name: {
					minLength: { message: 'String must be at least 1 characters', target: 1, cause: '', value: '' },
				},
			},
		],
		[
			'maxLength',
			'vmboxes',
			{ name: 'a', mailbox: '1', pin: '1234567' },
			{
				pin: {
					maxLength: {
						message: 'String must not be more than 6 characters',
						target: 6,
						cause: '1234567',
						value: '1234567',
					},
				},
			},
		],
		[
			'maximum in a list',
			'temporal_rules',
			{ name: 'a', cycle: 'monthly', days: [1, 32] },
			{ 'days.1': { maximum: { message: 'Value must be at most 31', target: 31, value: 32 } } },
		],
		[
			'pattern',
			'user_auth_recovery_reset',
			{ reset_id: 'abc' },
			{
				reset_id: {
					pattern: {
						message: "Failed to match pattern '^[a-fA-F0-9]{40,250}$'",
						target: '^[a-fA-F0-9]{40,250}$',
						value: 'abc',
					},
				},
			},
		],
		[
			'format',
			'users',
			{ first_name: 'a', last_name: 'b', email: 'nope' },
			{
				email: {
					wrong_format: { message: 'Field is not in the correct format', value: 'nope', format: 'email' },
				},
			},
		],
		[
			'uniqueItems',
			'callflows',
			{ numbers: ['1', '1'] },
			{ numbers: { uniqueItems: { message: 'List of items is not unique', value: ['1', '1'] } } },
		],
		[
			'minProperties',
			'port_requests',
			{ name: 'a', numbers: {} },
			{ numbers: { too_few_properties: { message: 'failed to validate', value: {} } } },
		],
		[
			'other values of a map',
			'webhooks',
			{ name: 'a', uri: 'http://a.example', hook: 'sms', custom_data: { n: 5 } },
			{
				'custom_data.n': {
					type: { message: 'Value did not match type(s): string', target: 'string', value: 5 },
				},
			},
		],
		[
			'no such key',
			'accounts',
			{ name: 'a', preflow: { x: 1 } },
			{
				'preflow.x': {
					additionalProperties: {
						message: 'Strict checking of data is enabled; only include schema-defined properties',
						value: { x: 1 },
					},
				},
			},
		],
		[
			'keys by pattern',
			'token_restrictions',
			{ restrictions: { _: { _: { users: 'x' } } } },
			{
				'restrictions._._.users': {
					type: { message: 'Value did not match type(s): array', target: 'array', value: 'x' },
				},
			},
		],
		[
			'none of several',
			'menus',
			{ name: 'a', media: { exit_media: 5 } },
			{ 'media.exit_media': { not_one_schema_valid: { message: 'failed to validate', value: 5 } } },
		],
		[
			'several at once',
			'directories',
			{ name: 'a', min_dtmf: 0, sort_by: 'age' },
			{
				min_dtmf: { minimum: { message: 'Value must be at least 1', target: 1, value: 0 } },
				sort_by: {
					enum: {
						message: 'Value not found in enumerated list of values',
						target: ['first_name', 'last_name'],
						value: 'age',
					},
				},
			},
		],
	])('reports %s', (_rule, schema, doc, errors) => {
		expect(errorsOf(schema, doc)).toEqual(errors);
	});
});

describe('callflows and metaflows', () => {
	it('checks the data of every module, at any depth, by the schema of that module', () => {
		const { doc, errors } = validate(4, 'callflows', {
			numbers: ['100'],
			flow: {
				module: 'menu',
				data: { id: 'm' },
				children: { 1: { module: 'ring_group', data: { endpoints: [], strategy: 'zigzag' } } },
			},
		});
		expect(errors).toEqual({
			'flow.children.1.data.endpoints': {
				minItems: { message: 'The list must have at least 1 items', target: 1, value: [] },
			},
			'flow.children.1.data.strategy': {
				enum: {
					message: 'Value not found in enumerated list of values',
					target: ['simultaneous', 'single', 'weighted_random'],
					value: 'zigzag',
				},
			},
		});
		expect(doc).toMatchObject({ flow: { children: { 1: { data: { repeats: 1, timeout: 20 } } } } });
	});

	it('names a module it does not know', () => {
		expect(errorsOf('callflows', { flow: { module: 'nope', data: {} } })).toEqual({
			schema: { schema: { message: 'schema not found', schema: 'callflows.nope' } },
			'flow.module': { error: { message: 'unable to find callflow schema for module nope', value: 'nope' } },
		});
		expect(errorsOf('metaflows', { numbers: { 2: { module: 'nope' } } })).toMatchObject({
			schema: { schema: { schema: 'metaflows.nope' } },
			'numbers.2.module': { error: { message: 'unable to find metaflow schema for module nope' } },
		});
	});

	it('asks for a module', () => {
		expect(errorsOf('callflows', { flow: { module: 'hangup', children: { _: { data: {} } } } })).toEqual({
			'flow.children._.module': {
				required: { message: 'Field is required but missing', value: 'module' },
			},
		});
	});

	it('uses the modules of the generation', () => {
		const flow = { module: 'call_pickup', data: {} };
		expect(Object.keys(validate(4, 'callflows', { flow }).errors ?? {})).toContain('flow.module');
		expect(Object.keys(validate(5, 'callflows', { flow }).errors ?? {})).not.toContain('flow.module');
	});
});

describe('addresses that KAZOO would call', () => {
	const hook = (uri: string) => validate(4, 'webhooks', { name: 'a', hook: 'all', uri }).errors;

	it.each([
		'http://127.0.0.1:9/x',
		'https://LOCALHOST/',
		'http://u:p@127.0.0.1/',
		'http://0.0.0.0',
		'nope',
		'ftp://a.example/',
	])('refuses %s', (uri) => {
		expect(hook(uri)).toEqual({ uri: { error: { message: 'invalid client URL', value: uri } } });
	});

	it.each(['http://127.0.0.2:9/x', 'https://hooks.example/a?b', 'http://localhost.example/'])(
		'takes %s',
		(uri) => {
			expect(hook(uri)).toBeUndefined();
		},
	);

	it('takes this machine when told to, but nothing that is no address', () => {
		const check = (uri: string) =>
			validate(4, 'webhooks', { name: 'a', hook: 'all', uri }, { allowLoopbackUris: true }).errors;
		expect(check('http://127.0.0.1:9/x')).toBeUndefined();
		expect(check('nope')).toBeDefined();
	});

	it('looks at the addresses inside callflows, too', () => {
		const flow = { module: 'pivot', data: { voice_url: 'http://localhost/p' } };
		expect(Object.keys(errorsOf('callflows', { flow }) ?? {})).toEqual(['flow.data.voice_url']);
	});
});

describe('storage', () => {
	it('wants the ids that a plan names to exist in the document', () => {
		const id = 'a'.repeat(32);
		const plan = { modb: { types: { fax: { attachments: { handler: id } } } } };
		const attachments = { [id]: { handler: 'http', name: 'n', settings: { url: 'http://files.example' } } };
		expect(errorsOf('storage', { attachments, plan })).toBeUndefined();
		expect(errorsOf('storage', { plan })).toMatchObject({
			'plan.modb.types.fax.attachments.handler': {
				error: { message: `invalid reference '${id}' to attachments`, value: id },
			},
		});
	});
});

describe('generations', () => {
	it('serves draft-4 schemas with bare references', () => {
		expect(jsonSchema(4, 'devices')).toMatchObject({
			$schema: 'http://json-schema.org/draft-04/schema#',
			id: 'devices',
			type: 'object',
			required: ['name'],
			properties: { caller_id: { $ref: 'caller_id' } },
		});
		expect(jsonSchema(4, 'nope')).toBeUndefined();
	});

	it('knows what differs', () => {
		expect(schemaNames(4)).toContain('skels');
		expect(schemaNames(5)).not.toContain('skels');
		expect(schemaNames(5)).toContain('contacts');
		expect(jsonSchema(4, 'webhooks')).not.toHaveProperty('properties.version');
		expect(jsonSchema(5, 'webhooks')).toHaveProperty('properties.version');
		expect(validate(4, 'limits', { twoway_trunks: -1 }).errors).toBeDefined();
		expect(validate(5, 'limits', { twoway_trunks: -1 }).errors).toBeUndefined();
		expect(validate(5, 'devices', { name: 'a', sip: { method: 'authorization' } }).errors).toBeUndefined();
	});

	it.each([4, 5] as const)('has every schema that another one names, in KAZOO %i', (profile) => {
		const names = new Set(schemaNames(profile));
		for (const name of names) {
			const found = JSON.stringify(jsonSchema(profile, name)).matchAll(/"\$ref":"([^"]+)"/g);
			for (const [, target] of found)
				expect({ name, target, there: names.has(target!) }).toMatchObject({ there: true });
		}
	});
});
