/** Answers that were lost or do not mean what their status says, through the node. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { answer, envelope, fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';

const ID = '0123456789abcdef0123456789abcdef';
const id = (value: string) => ({ __rl: true, mode: 'id', value });
const UNSURE = /may have been carried out all the same: look .+ before repeating it/;
const HTML = '<html><head><title>502 Bad Gateway</title></head><body></body></html>';

const open: FakeCrossbar[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
});

/** One run against a server that gives this answer to everything. */
async function runAgainst(
	parameters: INodeParameters,
	...[status, body, headers]: [number, string, Record<string, string>?]
) {
	const server = await fakeCrossbar((_, response) => answer(response, status, body, headers));
	open.push(server);
	const data = { serverUrl: server.url, login: 'apiKey', apiKey: 'k'.repeat(64) };
	const credentials = new CredentialStore({ type: new CrossbarApi(), data });
	const options = { retries: 0 };
	const shared = { accountScope: 'mine', options };
	const { error, items } = await runNode(new Kazoo(), { ...shared, ...parameters }, { credentials });
	return {
		said: `${error?.message ?? ''} | ${error?.description ?? ''}`,
		failed: error !== undefined,
		items,
		server,
	};
}

const read = { resource: 'device', operation: 'get', deviceId: id(ID) };
const list = { resource: 'device', operation: 'getAll', returnAll: true };
const write = { resource: 'device', operation: 'create', bodyMode: 'json', bodyJson: '{"name":"Desk"}' };
const remove = { resource: 'device', operation: 'delete', deviceId: id(ID) };
const quickcall = {
	resource: 'quickcall',
	operation: 'call',
	callFrom: 'device',
	deviceId: id(ID),
	numberToCall: '+14155550100',
};

const failed = (code: string | number, more: object = {}): string =>
	envelope({}, { status: 'error', error: code, message: 'datastore_fault', ...more });

test.each([
	['a gateway', 502, HTML, { 'content-type': 'text/html' }],
	['a gateway that gave up', 504, HTML, { 'content-type': 'text/html' }],
	['KAZOO itself', 500, failed(500), {}],
	['KAZOO when it is overloaded', 503, failed('503'), {}],
	['a proxy that knows better', 200, HTML, { 'content-type': 'text/html' }],
])(
	'after a write that %s answered the message says that it may be done',
	async (_, status, body, headers) => {
		for (const parameters of [write, remove]) {
			const { said, server } = await runAgainst(parameters, status, body, headers);
			expect(said).toMatch(UNSURE);
			expect(said).not.toMatch(/try again/i);
			expect(server.requests).toHaveLength(1);
		}
		for (const parameters of [read, list])
			expect((await runAgainst(parameters, status, body, headers)).said).not.toMatch(
				/may have been|all the same/,
			);
	},
);

test('a quickcall that may ring says how to look for the call', async () => {
	const { said } = await runAgainst(quickcall, 504, HTML, { 'content-type': 'text/html' });
	expect(said).toMatch(UNSURE);
});

describe('HTTP 200 with an envelope that says error', () => {
	test.each([
		['get', read],
		['list', list],
		['create', write],
		['delete', remove],
	])('%s', async (_, parameters) => {
		const { said, failed: hasFailed } = await runAgainst(parameters, 200, failed('500'));
		expect(hasFailed).toBe(true);
		expect(said).toMatch(/datastore.fault/);
	});

	test('its own code counts', async () => {
		const body = failed(404, { message: 'bad_identifier', data: { message: 'bad identifier', cause: ID } });
		expect((await runAgainst(read, 200, body)).said).toMatch(/KAZOO has no device with the ID/);
	});

	test('one without a code is an error, too', async () => {
		const { said } = await runAgainst(write, 200, failed('', { message: 'odd' }));
		expect(said).toMatch(/KAZOO reports an error, though with HTTP 200/);
		expect(said).toMatch(UNSURE);
	});

	test('in place of a file', async () => {
		const body = failed(404, { message: 'bad_identifier', data: { message: 'bad identifier', cause: ID } });
		const headers = { 'content-length': String(Buffer.byteLength(body)) };
		const download = { resource: 'media', operation: 'download', mediaId: id(ID) };
		const { said, items } = await runAgainst(download, 200, body, headers);
		expect(items).toEqual([]);
		expect(said).toMatch(/with the ID/);
	});

	test('a file that is small JSON stays one', async () => {
		const body = '{"status":"fine"}';
		const headers = { 'content-length': String(body.length) };
		const download = { resource: 'media', operation: 'download', mediaId: id(ID) };
		const { items } = await runAgainst(download, 200, body, headers);
		expect(items[0]?.json).toMatchObject({ file_size: expect.anything() as unknown });
	});
});
