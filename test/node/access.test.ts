/** The access of a credential: what it forbids is not sent, whatever way it is asked for. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const node = new Kazoo();
const ID = '0123456789abcdef0123456789abcdef';
const open: FakeCrossbar[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

async function serve(handler: Parameters<typeof fakeCrossbar>[0]): Promise<FakeCrossbar> {
	const server = await fakeCrossbar(handler);
	open.push(server);
	return server;
}

const id = (value: string) => ({ __rl: true, mode: 'id', value });
const getDevice = { resource: 'device', operation: 'get', deviceId: id(ID), options: { retries: 0 } };
const createDevice = {
	resource: 'device',
	operation: 'create',
	bodyMode: 'json',
	bodyJson: '{"name":"Desk"}',
};

/** What a person reads of an error. */
const words = ({ error }: NodeResult): string => `${error?.message ?? ''} | ${error?.description ?? ''}`;

const limited = async (
	server: FakeCrossbar,
	access: string,
	parameters: INodeParameters,
	options: NodeOptions = {},
): Promise<NodeResult> => {
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64), access },
	});
	return await runNode(node, { accountScope: 'mine', ...parameters }, { credentials, ...options });
};
const custom = (method: string, path: string, more: INodeParameters = {}) => ({
	resource: 'customApiCall',
	operation: 'request',
	method,
	path,
	additionalFields: more,
});

test.each([
	['readOnly', createDevice],
	['readOnly', { ...getDevice, operation: 'delete' }],
	['noDeletes', { ...getDevice, operation: 'delete' }],
	['readOnly', custom('POST', '/accounts/{accountId}/devices')],
	['readOnly', custom('GET', '/accounts/{accountId}/devices/x/quickcall/100')],
	['readOnly', custom('GET', '/accounts/{accountId}/devices/x/QuickCall/100')],
	['readOnly', custom('GET', '/accounts/{accountId}/clicktocall/x/Connect')],
	['readOnly', custom('GET', '/accounts/{accountId}/qubicle_queues/ensure_started')],
	['readOnly', custom('GET', '/account/dashboards/%65nsure_started/')],
	['readOnly', { resource: 'dashboard', operation: 'start' }],
	['readOnly', custom('GET', '/accounts/{accountId}/sup/crossbar_maintenance/stop_module')],
	['noDeletes', custom('GET', '/accounts/{accountId}/devices/x', { query: '{"verb":"DELETE"}' })],
	['noDeletes', custom('POST', '/accounts/{accountId}/devices/x', { body: '{"verb":"DELETE","data":{}}' })],
	['noDeletes', custom('POST', '/accounts/{accountId}/devices/x', { body: '{"verb":"DELETE"}' })],
	['noDeletes', custom('POST', '/accounts/{accountId}/devices/x', { body: '{"Verb":"DELETE","data":{}}' })],
	['noDeletes', custom('POST', '/accounts/{accountId}/devices/x', { body: '{"data":{"VERB":"DELETE"}}' })],
	[
		'noDeletes',
		custom('POST', '/accounts/{accountId}/devices/x', { body: '{"data":{},"Data":{"verb":"DELETE"}}' }),
	],
	['readOnly', custom('GET', '/accounts/{accountId}/devices/x', { query: '{"Verb":"PUT"}' })],
] as Array<[string, INodeParameters]>)(
	'%s refuses %j before anything is sent',
	async (access, parameters) => {
		const server = await serve((_, response) => answer(response, 200, envelope({})));
		const result = await limited(server, access, parameters);
		expect(words(result)).toMatch(/not allowed/);
		expect(server.requests).toEqual([]);
	},
);

/** What an expression may give as a method; each is refused, or is plainly DELETE. */
const spellings: INodeParameters[string][] = [
	...['delete', 'Delete', ' DELETE ', 'DELETE\n', '\tdelete', 'dElEtE'],
	...[
		'DELETE\u0000',
		'DEL ETE',
		'DELETE,GET',
		'ＤＥＬＥＴＥ',
		'DELETΕ',
		'DELE\u200bTE',
		'ﬀ',
		'={{ "" }}',
		'HEAD',
		'OPTIONS',
	],
	...[
		'={{ ["DELETE"] }}',
		'={{ ({ method: "DELETE" }) }}',
		'={{ ({ toString: 5 }) }}',
		'={{ 5 }}',
		'={{ true }}',
	],
	...['={{ "de" + "lete" }}', '={{ " delete" }}', '={{ null }}', 'poſt', 'CONNECT', 'TRACE', 'purge'],
];

test('a method has one form, however it is written', async () => {
	const server = await serve((_, response) => answer(response, 200, envelope({})));
	const path = '/accounts/{accountId}/devices/x';
	for (const method of spellings) {
		for (const access of ['noDeletes', 'readOnly']) {
			const { error } = await limited(server, access, { ...custom('GET', path), method });
			expect(error?.message).toMatch(/not allowed|There is no method/);
		}
	}
	expect(server.requests).toEqual([]);
	const full = await limited(server, 'full', { ...custom('GET', path), method: ' delete' });
	expect(full.error).toBeUndefined();
	expect(server.requests.at(-1)).toMatch(/^DELETE /);
});

test.each([
	'application/json',
	'Application/X-JSON; charset=utf-8',
	'application/x-www-form-urlencoded',
	'multipart/mixed; boundary=x',
	'image/png\r\nContent-Type: application/json',
	'application/json, text/html',
	'',
])('a file of the type “%s” never goes out as a request that the server would read', async (mimeType) => {
	const types: unknown[] = [];
	const server = await serve((request, response, body) => {
		const part = /pdf-or-not"\r\n([^]*?)\r\n\r\n/.exec(body)?.[1];
		types.push(part ?? request.headers['content-type']);
		answer(response, 200, envelope({}));
	});
	const content = '{"data":{},"verb":"DELETE"}';
	const file = { mimeType, fileName: 'pdf-or-not', data: Buffer.from(content).toString('base64') };
	const items = [{ json: {}, binary: { data: file } }];
	const template = { resource: 'notificationTemplate', operation: 'upload', notificationId: id('x') };
	await limited(server, 'noDeletes', template, { items });
	const fax = { resource: 'fax', operation: 'send', toNumber: '1', fromNumber: '2' };
	await limited(server, 'noDeletes', fax, { items });
	expect(types).toEqual(['application/octet-stream', 'Content-Type: application/octet-stream']);
});

test('what is allowed goes on working', async () => {
	const server = await serve((_, response) => answer(response, 200, envelope({ id: ID })));
	expect((await limited(server, 'readOnly', getDevice)).error).toBeUndefined();
	expect((await limited(server, 'noDeletes', createDevice)).error).toBeUndefined();
});
