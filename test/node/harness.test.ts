import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	NodeConnectionTypes,
	NodeOperationError,
	type IBinaryData,
	type ICredentialType,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CredentialStore } from './harness/credentials';
import { callCredentialTest, callListSearch, callLoadOptions, callMapperFields } from './harness/editor';
import { binaryData, runNode, runWorkflow, START_TYPE } from './harness/engine';

const description = (properties: INodeProperties[]): INodeTypeDescription => ({
	displayName: 'Sample',
	name: 'sample',
	group: ['output'],
	version: 1,
	description: 'A node to test the harness with',
	defaults: { name: 'Sample' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'sampleApi', testedBy: 'reachable' }],
	properties,
});

/** A node with the given code; `value` is its only parameter. */
const sample = (
	execute: INodeType['execute'],
	methods?: INodeType['methods'],
	properties: INodeProperties[] = [{ displayName: 'Value', name: 'value', type: 'string', default: 'unset' }],
): INodeType => ({
	description: description(properties),
	execute,
	...(methods && { methods }),
});

/** Echoes `value`; fails at items whose value is "bad". */
const echo = sample(async function (this: IExecuteFunctions) {
	const output: INodeExecutionData[] = [];
	this.getInputData().forEach((_, item) => {
		const value = this.getNodeParameter('value', item) as string;
		if (value === 'bad' && !this.continueOnFail()) {
			throw new NodeOperationError(this.getNode(), 'A bad value', { itemIndex: item });
		}
		output.push({
			json: value === 'bad' ? { error: 'A bad value' } : { value },
			pairedItem: { item },
		});
	});
	return [output];
});

const inputs = (...values: string[]) => values.map((value) => ({ json: { value } }));

describe('a run', () => {
	it('resolves expressions and defaults for each item and keeps the links between items', async () => {
		const { items, error, cancelled, run } = await runNode(
			echo,
			{ value: '={{ $json.value }}!' },
			{ items: inputs('one', 'two') },
		);
		expect(error).toBeUndefined();
		expect(cancelled).toBe(false);
		expect(run.status).toBe('success');
		expect(items.map(({ json }) => json)).toEqual([{ value: 'one!' }, { value: 'two!' }]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect((await runNode(echo, {})).items[0]?.json).toEqual({ value: 'unset' });
	});

	it('lets a later node reach an earlier one through paired items', async () => {
		const main = (node: string) => ({
			main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]],
		});
		const run = await runWorkflow({
			nodes: [
				{ name: 'Start', type: START_TYPE },
				{ name: 'First', type: 'test.sample', parameters: { value: 'first' } },
				{
					name: 'Second',
					type: 'test.sample',
					parameters: { value: '={{ $("Start").item.json.value }}' },
				},
			],
			connections: { Start: main('First'), First: main('Second') },
			nodeTypes: { 'test.sample': echo },
			items: inputs('a', 'b'),
		});
		expect(run.data.resultData.runData.Second?.[0]?.data?.main?.[0]?.map(({ json }) => json.value)).toEqual([
			'a',
			'b',
		]);
	});

	it('reports the error of a node that stops the workflow', async () => {
		const { items, error, run } = await runNode(
			echo,
			{ value: '={{ $json.value }}' },
			{ items: inputs('good', 'bad') },
		);
		expect(items).toEqual([]);
		expect(run.status).toBe('error');
		expect(error).toMatchObject({ message: 'A bad value', context: { itemIndex: 1 } });
	});

	it.each([{ continueOnFail: true }, { onError: 'continueRegularOutput' as const }])(
		'goes on after an error with %o',
		async (setting) => {
			const { items, error } = await runNode(
				echo,
				{ value: '={{ $json.value }}' },
				{ items: inputs('bad', 'good'), ...setting },
			);
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json)).toEqual([{ error: 'A bad value' }, { value: 'good' }]);
		},
	);

	it('sends failed items to the error output', async () => {
		const { outputs } = await runNode(
			echo,
			{ value: '={{ $json.value }}' },
			{ items: inputs('bad', 'good'), onError: 'continueErrorOutput' },
		);
		expect(outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[{ value: 'good' }],
			[{ value: 'bad', error: 'A bad value' }],
		]);
	});

	it('can be cancelled, by time and by signal', async () => {
		const seen: boolean[] = [];
		const sleeper = (stop: () => void) =>
			sample(async function (this: IExecuteFunctions) {
				const signal = this.getExecutionCancelSignal();
				setImmediate(stop);
				await sleep(20_000, undefined, { signal }).catch(() => seen.push(signal?.aborted === true));
				return [this.getInputData()];
			});
		const began = Date.now();
		const byTime = await runNode(
			sleeper(() => {}),
			{},
			{ cancelAfter: 30 },
		);
		const controller = new AbortController();
		const bySignal = await runNode(
			sleeper(() => controller.abort()),
			{},
			{ signal: controller.signal },
		);
		expect(Date.now() - began).toBeLessThan(5_000);
		expect([byTime.cancelled, bySignal.cancelled]).toEqual([true, true]);
		expect(seen).toEqual([true, true]);
		const before = await runNode(echo, {}, { signal: AbortSignal.abort() });
		expect(before).toMatchObject({ cancelled: true, items: [], task: undefined });
	});
});

describe('with a server', () => {
	let server: Server;
	let url: string;
	let requests: string[];
	let validTokens: Set<string>;
	let handle: (request: IncomingMessage, response: ServerResponse) => void;

	beforeAll(async () => {
		server = createServer((request, response) => {
			requests.push(`${request.method} ${request.url} ${request.headers['x-auth-token'] ?? '-'}`);
			handle(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	beforeEach(() => {
		requests = [];
		validTokens = new Set();
		let logins = 0;
		handle = (request, response) => {
			response.setHeader('content-type', 'application/json');
			if (request.url === '/login') {
				const token = `token${++logins}`;
				validTokens.add(token);
				response.end(JSON.stringify({ token }));
			} else if (!validTokens.has(request.headers['x-auth-token'] as string)) {
				response.statusCode = 401;
				response.end(JSON.stringify({ message: 'invalid_credentials' }));
			} else {
				response.end(JSON.stringify({ path: request.url }));
			}
		};
	});

	const sampleApi = (): ICredentialType => ({
		name: 'sampleApi',
		displayName: 'Sample API',
		properties: [
			{ displayName: 'Server', name: 'server', type: 'string', default: '' },
			{ displayName: 'Realm', name: 'realm', type: 'string', default: 'default-realm' },
			{
				displayName: 'Token',
				name: 'token',
				type: 'hidden',
				typeOptions: { expirable: true, password: true },
				default: '',
			},
		],
		async preAuthentication(credentials) {
			const { token } = (await this.helpers.httpRequest({
				method: 'POST',
				url: `${credentials.server as string}/login`,
			})) as { token: string };
			return { token };
		},
		authenticate: {
			type: 'generic',
			properties: { headers: { 'X-Auth-Token': '={{ $credentials.token }}' } },
		},
	});
	const store = (type = sampleApi()) => new CredentialStore({ type, data: { server: url } });

	const get = sample(async function (this: IExecuteFunctions) {
		const { server: base, realm } = await this.getCredentials('sampleApi');
		const output: INodeExecutionData[] = [];
		for (const [item] of this.getInputData().entries()) {
			const options: IHttpRequestOptions = { url: `${base as string}/${item}`, json: true };
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'sampleApi', options);
			output.push({ json: { ...json, realm }, pairedItem: { item } });
		}
		return [output];
	});

	it('logs in once for all items and runs, and again after a 401', async () => {
		const credentials = store();
		const first = await runNode(get, {}, { items: inputs('a', 'b'), credentials });
		expect(first.error).toBeUndefined();
		expect(first.items.map(({ json }) => json)).toEqual([
			{ path: '/0', realm: 'default-realm' },
			{ path: '/1', realm: 'default-realm' },
		]);
		await runNode(get, {}, { credentials });
		expect(requests).toEqual(['POST /login -', 'GET /0 token1', 'GET /1 token1', 'GET /0 token1']);
		expect(credentials.data('sampleApi').token).toBe('token1');

		requests = [];
		validTokens.clear();
		expect((await runNode(get, {}, { credentials })).items).toHaveLength(1);
		expect(requests).toEqual(['GET /0 token1', 'POST /login -', 'GET /0 token2']);
		expect(credentials.data('sampleApi').token).toBe('token2');
	});

	it('streams a file from the server into the file store and back', async () => {
		const size = 8 * 1024 * 1024;
		const piece = Buffer.alloc(64 * 1024, 7);
		handle = (_, response) => {
			Readable.from(
				(function* () {
					for (let sent = 0; sent < size; sent += piece.length) yield piece;
				})(),
			).pipe(response);
		};
		const download = sample(async function (this: IExecuteFunctions) {
			const stream = (await this.helpers.httpRequest({ url: `${url}/file`, encoding: 'stream' })) as Readable;
			const file = await this.helpers.prepareBinaryData(stream, 'greeting.wav', 'audio/wav');
			return [[{ json: {}, binary: { data: file } }]];
		});
		const { items, error } = await runNode(download, {});
		expect(error).toBeUndefined();
		const file = items[0]?.binary?.data as IBinaryData;
		expect(file).toMatchObject({ mimeType: 'audio/wav', fileName: 'greeting.wav', data: 'filesystem-v2' });

		let length = 0;
		const upload = sample(async function (this: IExecuteFunctions) {
			const { id = '' } = this.helpers.assertBinaryData(0, 'data');
			for await (const chunk of await this.helpers.getBinaryStream(id)) length += (chunk as Buffer).length;
			return [[{ json: { length } }]];
		});
		expect((await runNode(upload, {}, { items })).items[0]?.json).toEqual({ length: size });
		expect((await binaryData.getMetadata(file.id as string)).fileSize).toBe(size);
	});

	it('answers what the editor asks: lists, fields, options', async () => {
		const credentials = store();
		const asking = sample(undefined, {
			listSearch: {
				async find(filter, paginationToken) {
					const { path } = (await this.helpers.httpRequestWithAuthentication.call(this, 'sampleApi', {
						url: `${url}/list`,
						json: true,
					})) as { path: string };
					const value = this.getCurrentNodeParameter('value') as string;
					return {
						results: [{ name: `${path} ${value} ${filter} ${paginationToken}`, value: '1' }],
						paginationToken: '2',
					};
				},
			},
			resourceMapping: {
				async fields() {
					const id = this.getNodeParameter('value') as string;
					return {
						fields: [
							{ id, displayName: id, type: 'string', required: true, defaultMatch: false, display: true },
						],
					};
				},
			},
			loadOptions: {
				async options() {
					return [{ name: this.getCurrentNodeParameter('value') as string, value: 1 }];
				},
			},
		});
		const parameters = { value: 'here' };
		expect(
			await callListSearch(asking, 'find', {
				parameters,
				credentials,
				filter: 'abc',
				paginationToken: '7',
			}),
		).toEqual({
			results: [{ name: '/list here abc 7', value: '1' }],
			paginationToken: '2',
		});
		expect(requests).toEqual(['POST /login -', 'GET /list token1']);
		expect((await callMapperFields(asking, 'fields', { parameters })).fields[0]?.id).toBe('here');
		expect((await callMapperFields(asking, 'fields')).fields[0]?.id).toBe('unset');
		expect(await callLoadOptions(asking, 'options', { parameters })).toEqual([{ name: 'here', value: 1 }]);
		await expect(callListSearch(asking, 'missing')).rejects.toThrow('no list search "missing"');
	});

	it('tests a credential by a function of the node, or by a request of the type', async () => {
		const tested = sample(undefined, {
			credentialTest: {
				async reachable({ data }) {
					const answer = (await this.helpers.request({
						uri: `${data?.server as string}/login`,
						method: 'POST',
						json: true,
					})) as { token: string };
					return { status: 'OK', message: `${answer.token} of ${data?.realm as string}` };
				},
			},
		});
		expect(await callCredentialTest(store(), 'sampleApi', tested)).toEqual({
			status: 'OK',
			message: 'token1 of default-realm',
		});

		const declarative: ICredentialType = {
			...sampleApi(),
			test: { request: { baseURL: '={{ $credentials.server }}', url: '/about' } },
		};
		requests = [];
		expect(await callCredentialTest(store(declarative), 'sampleApi')).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(requests).toEqual(['POST /login -', 'GET /about token2']);
		handle = (_, response) => response.writeHead(500).end();
		expect(await callCredentialTest(store(declarative), 'sampleApi')).toMatchObject({ status: 'Error' });
		expect(await callCredentialTest(store(), 'sampleApi')).toMatchObject({ status: 'Error' });
	});
});
