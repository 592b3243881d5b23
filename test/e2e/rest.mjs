/** The package in a real n8n, over the REST API that n8n's editor uses. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { importCredential } from '../../runtime/workflows.mjs';
import { freePort } from '../../runtime/processes.mjs';
import { kazooWorkflow, locator, test } from './harness.mjs';

const NODE = 'n8n-nodes-kazoo.kazoo';

test('n8n offers the node, its AI tool, its credential and its icons', async ({ rest, n8n }) => {
	const types = await rest.nodeTypes();
	const node = types.find(({ name }) => name === NODE);
	assert.ok(node, `${NODE} is not among ${types.length} node types`);
	assert.ok(
		types.some(({ name }) => name === `${NODE}Tool`),
		'no tool for AI agents',
	);
	const credentials = await rest.get('/types/credentials.json');
	const credential = credentials.find(({ name }) => name === 'crossbarApi');
	assert.equal(credential?.displayName, 'KAZOO Crossbar API');
	for (const { iconUrl } of [node, credential]) {
		for (const path of [iconUrl.light, iconUrl.dark]) {
			const response = await fetch(`${n8n.url}/${path}`);
			assert.equal(response.status, 200, path);
			assert.match(response.headers.get('content-type'), /svg/);
		}
	}
});

/** Saves a credential, asks n8n to test it, removes it. */
async function testCredential({ rest }, data) {
	const credential = await importCredential(rest, { name: 'To be tested', type: 'crossbarApi', data });
	try {
		return await rest.testCredential(credential);
	} finally {
		await rest.delete(`credentials/${credential.id}`);
	}
}

const byPassword = ({ sandbox, demo }, more = {}) => ({
	serverUrl: sandbox.url,
	login: 'password',
	username: demo.admin.username,
	password: demo.admin.password,
	accountBy: 'name',
	account: demo.reseller.name,
	...more,
});
const byKey = ({ sandbox, demo }, more = {}) => ({
	serverUrl: sandbox.url,
	login: 'apiKey',
	apiKey: demo.apiKey,
	...more,
});

/** What is typed into the credential, and what n8n must say to it. */
const GOOD = {
	'an API key': byKey,
	'an API key and an address with /v2 and a slash': (world) =>
		byKey(world, { serverUrl: `${world.sandbox.url}/v2/` }),
	'a password, by account name': byPassword,
	'a password, by realm, as SHA-1': (world) =>
		byPassword(world, { accountBy: 'realm', account: world.demo.reseller.realm, hash: 'sha' }),
	'a user name in capitals': (world) =>
		byPassword(world, { username: world.demo.admin.username.toUpperCase() }),
	'a ready token': async (world) => ({
		serverUrl: world.sandbox.url,
		login: 'token',
		authToken: await world.crossbar.logIn(),
	}),
};
for (const [what, data] of Object.entries(GOOD)) {
	test(`the credential test accepts ${what}`, async (world) => {
		const { status, message } = await testCredential(world, await data(world));
		assert.equal(status, 'OK', message);
		assert.ok(message.includes(world.demo.reseller.name), message);
		assert.match(message, /reseller.*KAZOO 4/);
	});
}

const BAD = {
	'a wrong password': [(world) => byPassword(world, { password: 'wrong' }), /password/i],
	'an unknown account': [(world) => byPassword(world, { account: 'No Such Company' }), /account/i],
	'a wrong API key': [(world) => byKey(world, { apiKey: 'f'.repeat(64) }), /API key/i],
	'an address where nothing listens': [
		async (world) => byKey(world, { serverUrl: `http://127.0.0.1:${await freePort()}` }),
		/127\.0\.0\.1|server|reach|connect/i,
	],
	'an address that is none': [(world) => byKey(world, { serverUrl: 'crossbar' }), /http/i],
};
for (const [what, [data, words]] of Object.entries(BAD)) {
	test(`the credential test refuses ${what} and says so`, async (world) => {
		const { status, message } = await testCredential(world, await data(world));
		assert.equal(status, 'Error', message);
		assert.match(message, words);
		assert.doesNotMatch(message, /undefined|\[object|cannot read|status code/i);
	});
}

test('the credential test tells a web page from a Crossbar', async (world) => {
	const page = createServer((_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.end('<html><body>Welcome to the proxy</body></html>');
	});
	await new Promise((resolve) => page.listen(0, '127.0.0.1', resolve));
	try {
		const { status, message } = await testCredential(
			world,
			byKey(world, { serverUrl: `http://127.0.0.1:${page.address().port}` }),
		);
		assert.equal(status, 'Error', message);
		assert.match(message, /Crossbar/);
	} finally {
		page.close();
	}
});

/** What the editor sends to fill a picker of the node. */
const picker = ({ credential }, methodName, path, currentNodeParameters, more = {}) => ({
	methodName,
	path: `parameters.${path}`,
	nodeTypeAndVersion: { name: NODE, version: 1 },
	currentNodeParameters,
	credentials: { crossbarApi: { id: credential.id, name: credential.name } },
	...more,
});

test('the list of devices holds the devices of the account, by name and MAC address', async (world) => {
	const { rest, crossbar, demo } = world;
	const child = (await crossbar.get('descendants')).find(({ name }) => name === demo.customers[0].name);
	const devices = await crossbar.get(`../${child.id}/devices`);
	assert.ok(devices.length > 1, 'the demo tenant has no devices to list');
	const form = {
		resource: 'device',
		operation: 'get',
		accountScope: 'one',
		accountId: locator(child.id, 'list'),
	};
	const { results } = await rest.post(
		'dynamic-node-parameters/resource-locator-results',
		picker(world, 'searchDeviceId', 'deviceId', form),
	);
	assert.deepEqual(results.map(({ value }) => value).sort(), devices.map(({ id }) => id).sort());
	const [device] = devices;
	const shown = results.find(({ value }) => value === device.id).name;
	assert.ok(shown.includes(device.name) && shown.includes(device.mac_address ?? ''), shown);

	const found = await rest.post(
		'dynamic-node-parameters/resource-locator-results',
		picker(world, 'searchDeviceId', 'deviceId', form, { filter: device.name.toUpperCase() }),
	);
	assert.ok(found.results.length >= 1 && found.results.length <= results.length);
	assert.ok(found.results.some(({ value }) => value === device.id));
});

test("the form of a new device comes from the server's schema", async (world) => {
	const { fields } = await world.rest.post(
		'dynamic-node-parameters/resource-mapper-fields',
		picker(world, 'getDocumentFields', 'fields', {
			resource: 'device',
			operation: 'create',
			accountScope: 'mine',
			bodyMode: 'fields',
		}),
	);
	const byId = Object.fromEntries(fields.map((field) => [field.id, field]));
	assert.equal(byId.name?.required, true);
	assert.equal(byId['sip.username']?.removed, false, 'what a person needs stands in the form');
	assert.equal(byId['sip.expire_seconds']?.removed, true, 'the rest waits to be added');
	assert.equal(byId.enabled?.type, 'boolean');
	assert.ok(fields.findIndex(({ required }) => !required) > 0, 'required fields come first');
});

test('a workflow lists what the server has', async (world) => {
	const { rest, credential, crossbar } = world;
	const accounts = await crossbar.get('descendants?paginate=false');
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			'List',
			{
				Customers: {
					resource: 'account',
					operation: 'getAll',
					accountScope: 'mine',
					returnAll: true,
				},
			},
			credential,
		),
	);
	const { status, error, nodes } = await rest.runWorkflow(id, { trigger: 'Start' });
	assert.equal(status, 'success', JSON.stringify(error));
	const [items] = nodes.Customers.items;
	assert.deepEqual(items.map((item) => item.id).sort(), accounts.map((account) => account.id).sort());
});

test('a workflow makes, changes and removes a device', async (world) => {
	const { rest, credential, crossbar } = world;
	const device = { resource: 'device', accountScope: 'mine' };
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			'Life of a device',
			{
				Create: {
					...device,
					operation: 'create',
					bodyMode: 'json',
					bodyJson: JSON.stringify({ name: 'E2E phone', device_type: 'sip_device' }),
				},
				Update: {
					...device,
					operation: 'update',
					deviceId: locator('={{ $json.id }}'),
					bodyMode: 'fields',
					fields: {
						mappingMode: 'defineBelow',
						value: { name: 'E2E phone, renamed' },
						matchingColumns: [],
						schema: [
							{
								id: 'name',
								displayName: 'Name',
								type: 'string',
								display: true,
								required: false,
								defaultMatch: false,
								removed: false,
							},
						],
						attemptToConvertTypes: false,
						convertFieldsToString: false,
					},
				},
				Get: { ...device, operation: 'get', deviceId: locator('={{ $json.id }}'), simplify: false },
				Delete: { ...device, operation: 'delete', deviceId: locator('={{ $json.id }}') },
			},
			credential,
		),
	);
	await crossbar.forget();
	const { status, error, nodes } = await rest.runWorkflow(id, { trigger: 'Start' });
	assert.equal(status, 'success', JSON.stringify(error));
	assert.equal(nodes.Create.items[0][0].name, 'E2E phone');
	assert.equal(nodes.Get.items[0][0].name, 'E2E phone, renamed');
	assert.equal(nodes.Get.items[0][0].device_type, 'sip_device');
	assert.equal(nodes.Delete.items[0][0].deleted, true);
	const made = nodes.Create.items[0][0].id;
	const sent = (await crossbar.requests())
		.filter(({ path }) => path.includes('/devices'))
		.map(
			({ method, path, status: answer }) => `${method} ${path.replace(/^.*\/devices/, '/devices')} ${answer}`,
		);
	assert.deepEqual(sent, [
		'PUT /devices 201',
		`PATCH /devices/${made} 200`,
		`GET /devices/${made} 200`,
		`DELETE /devices/${made} 200`,
	]);
	assert.ok(!(await crossbar.get('devices?paginate=false')).some((one) => one.id === made));
});

test('what the server refuses ends the workflow with its reason', async (world) => {
	const { rest, credential } = world;
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			'Refused',
			{
				Get: {
					resource: 'device',
					operation: 'get',
					accountScope: 'mine',
					deviceId: locator('0'.repeat(32)),
				},
			},
			credential,
		),
	);
	const { status, nodes } = await rest.runWorkflow(id, { trigger: 'Start' });
	assert.equal(status, 'error');
	const { message, description } = nodes.Get.error;
	assert.match(`${message} ${description}`, /device/i);
	assert.doesNotMatch(`${message} ${description}`, /auth_token|eyJ/, 'the token must not be shown');
});

test('a failed item leaves by the error output, the others by the first', async (world) => {
	const { rest, credential, crossbar } = world;
	const [device] = await crossbar.get('../' + (await crossbar.get('descendants'))[0].id + '/devices');
	const accountId = locator((await crossbar.get('descendants'))[0].id);
	const workflow = kazooWorkflow(
		'Error output',
		{
			Get: {
				resource: 'device',
				operation: 'get',
				accountScope: 'one',
				accountId,
				deviceId: locator('={{ $json.id }}'),
			},
		},
		credential,
	);
	const ids = {
		name: 'IDs',
		id: 'ids',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [110, 0],
		parameters: {
			jsCode: `return ${JSON.stringify([device.id, '0'.repeat(32)].map((id) => ({ json: { id } })))}`,
		},
	};
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Get' ? { ...node, onError: 'continueErrorOutput' } : node,
	);
	const to = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { id } = await rest.post('workflows', {
		...workflow,
		nodes: [...nodes, ids],
		connections: { Start: to('IDs'), IDs: to('Get') },
	});
	const { status, error, nodes: done } = await rest.runWorkflow(id, { trigger: 'Start' });
	assert.equal(status, 'success', JSON.stringify(error));
	const [good, bad] = done.Get.items;
	assert.deepEqual(
		good.map((item) => item.id),
		[device.id],
	);
	assert.equal(bad.length, 1);
	assert.match(bad[0].error, /device/i);
	assert.match(bad[0].message.description, /Request/);
	assert.equal(bad[0].id, '0'.repeat(32), 'what came in is lost');
});

test('a read-only credential refuses to delete before anything is sent', async (world) => {
	const { rest, crossbar } = world;
	const readOnly = await importCredential(rest, {
		name: 'KAZOO read-only',
		type: 'crossbarApi',
		data: byKey(world, { access: 'readOnly' }),
	});
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			'Forbidden',
			{
				Delete: {
					resource: 'device',
					operation: 'delete',
					accountScope: 'mine',
					deviceId: locator('0'.repeat(32)),
				},
			},
			readOnly,
		),
	);
	await crossbar.forget();
	const { status, nodes } = await rest.runWorkflow(id, { trigger: 'Start' });
	await rest.delete(`credentials/${readOnly.id}`);
	assert.equal(status, 'error');
	assert.match(`${nodes.Delete.error.message} ${nodes.Delete.error.description}`, /read.?only/i);
	assert.deepEqual(
		(await crossbar.requests()).filter(({ method }) => method === 'DELETE'),
		[],
	);
});

test('a token that has expired is renewed in the middle of a workflow', async (world) => {
	const { rest, credential, sandbox } = world;
	const { id } = await rest.post(
		'workflows',
		kazooWorkflow(
			'Renewed',
			{
				First: { resource: 'device', operation: 'getAll', accountScope: 'mine' },
				Second: { resource: 'user', operation: 'getAll', accountScope: 'mine' },
			},
			credential,
		),
	);
	const faults = (list) =>
		fetch(`${sandbox.url}/sandbox/faults`, {
			method: 'PUT',
			body: JSON.stringify(list),
			headers: { 'content-type': 'application/json' },
		}).then(({ status }) => assert.equal(status, 200));
	await rest.runWorkflow(id, { trigger: 'Start' });
	await faults([{ kind: 'expire-tokens', times: 1 }]);
	try {
		const { status, error } = await rest.runWorkflow(id, { trigger: 'Start' });
		assert.equal(status, 'success', JSON.stringify(error));
	} finally {
		await faults([]);
	}
});

test("the credential works in n8n's HTTP Request node", async ({ rest, credential, crossbar, sandbox }) => {
	const [account] = await crossbar.get('descendants');
	const workflow = kazooWorkflow('HTTP Request', {}, credential);
	const { id } = await rest.post('workflows', {
		...workflow,
		nodes: [
			...workflow.nodes,
			{
				id: 'http',
				name: 'HTTP',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [300, 0],
				parameters: {
					url: `${sandbox.url}/v2/accounts/${account.id}`,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: credential.type,
				},
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			},
		],
		connections: { Start: { main: [[{ node: 'HTTP', type: 'main', index: 0 }]] } },
	});
	const { status, error, nodes } = await rest.runWorkflow(id, { trigger: 'Start' });
	assert.equal(status, 'success', JSON.stringify(error));
	assert.equal(nodes.HTTP.items[0][0].data.name, account.name);
});
