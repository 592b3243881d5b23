/** The contenders that run in n8n's engine: our node as it ships, and n8n's HTTP Request node. */
import '../node/harness/environment';
import { OutboundHttp } from '@n8n/backend-network';
import { Container } from '@n8n/di';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
	NodeConnectionTypes,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { readAll, type Page } from './bare';
import type { Job } from './job';

const root = join(__dirname, '../..');
/** What ships, as `run.mjs` has compiled it for us. */
const built = 'build/bench/dist';
const main = (node: string) => ({ main: [[{ node, type: NodeConnectionTypes.Main, index: 0 }]] });

/** A class from a compiled file, made. */
async function load<Type>(file: string, name: string): Promise<Type> {
	const module = (await import(join(root, file))) as Record<string, new () => Type>;
	const Class = module[name];
	if (!Class) throw new Error(`${file} has no class ${name}`);
	return new Class();
}

const builtIn = async (file: string, name: string) =>
	await load<INodeType | IVersionedNodeType>(`runtime/node_modules/n8n-nodes-base/dist/nodes/${file}`, name);

/** Logs in and gives back what is to be measured: a workflow run from its first item to its last. */
export async function prepareEngine(job: Job): Promise<() => Promise<number>> {
	// The engine's modules load after its environment is set
	const { runWorkflow, START_TYPE } = await import('../node/harness/engine');
	const { CredentialStore } = await import('../node/harness/credentials');
	const type = await load<ICredentialType>(`${built}/credentials/CrossbarApi.credentials.js`, 'CrossbarApi');
	const credentials = new CredentialStore({
		type,
		data: { serverUrl: job.url, login: 'apiKey', apiKey: job.apiKey, access: 'full' },
	});

	const measured = await workflowOf(job.task);
	// Log-in and code that compiles on its first use belong to the start, as for the bare clients
	await (
		await workflowOf('gets')
	)(1);
	if (job.replayed) {
		const stop = record();
		await measured();
		stop();
	}
	return measured;

	/** A workflow that does the task; gives back how many records came out of it. */
	async function workflowOf(task: Job['task']): Promise<(gets?: number) => Promise<number>> {
		const nodes = await nodesOf({ ...job, task });
		const names = ['Start', ...nodes.map(({ name }) => name)];
		return async (gets = job.gets) => {
			const result = await runWorkflow({
				nodes: [
					{ name: 'Start', type: START_TYPE },
					...nodes.map(({ name, type: nodeType, parameters }) => ({
						name,
						type: nodeType,
						parameters,
						credentials: credentials.forNode(),
					})),
				],
				connections: Object.fromEntries(nodes.map(({ name }, index) => [names[index] as string, main(name)])),
				nodeTypes: Object.fromEntries(nodes.map(({ type: nodeType, node }) => [nodeType, node])),
				credentials,
				items: task === 'gets' ? devices(gets) : [{ json: {} }],
			});
			const { error, runData } = result.data.resultData;
			if (error) throw error;
			const output = runData[names.at(-1) as string]?.at(-1)?.data?.main?.[0] ?? [];
			return task === 'cdrs' && job.contender === 'httpRequest'
				? output.reduce((sum, { json }) => sum + (json.data as unknown[]).length, 0)
				: output.length;
		};
	}

	function devices(count: number): INodeExecutionData[] {
		return Array.from({ length: count }, (_, index) => ({
			json: { id: job.deviceIds[index % job.deviceIds.length] as string },
		}));
	}
}

interface EngineNode {
	name: string;
	type: string;
	node: INodeType | IVersionedNodeType;
	parameters: INodeParameters;
}

async function nodesOf(job: Job): Promise<EngineNode[]> {
	const account = `${job.url}/accounts/${job.accountId}`;
	if (job.contender === 'kazoo') {
		const options = { pageSize: job.pageSize };
		const parameters: INodeParameters =
			job.task !== 'gets'
				? {
						resource: 'cdr',
						operation: job.task === 'calls' ? 'getCalls' : 'getAll',
						returnAll: true,
						simplify: false,
						options,
					}
				: {
						resource: 'device',
						operation: 'get',
						deviceId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
						simplify: false,
					};
		const node = await load<INodeType>(`${built}/nodes/Kazoo/Kazoo.node.js`, 'Kazoo');
		return [{ name: 'KAZOO', type: 'n8n-nodes-kazoo.kazoo', node, parameters }];
	}

	if (job.contender === 'helper') {
		return [{ name: 'Helper', type: 'test.helper', node: helperNode(job), parameters: {} }];
	}

	const shared = { authentication: 'predefinedCredentialType', nodeCredentialType: 'crossbarApi' };
	const parameters: INodeParameters =
		job.task === 'gets'
			? { ...shared, url: `=${account}/devices/{{ $json.id }}` }
			: {
					...shared,
					url: `${account}/cdrs`,
					sendQuery: true,
					queryParameters: { parameters: [{ name: 'page_size', value: String(job.pageSize) }] },
					options: {
						pagination: {
							pagination: {
								paginationMode: 'updateAParameterInEachRequest',
								parameters: {
									parameters: [
										{ type: 'qs', name: 'start_key', value: '={{ $response.body.next_start_key }}' },
									],
								},
								paginationCompleteWhen: 'other',
								completeExpression: '={{ !$response.body.next_start_key }}',
							},
						},
					},
				};
	const httpRequest: EngineNode = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		node: await builtIn('HttpRequest/HttpRequest.node.js', 'HttpRequest'),
		parameters,
	};
	if (job.contender === 'httpRequest') return [httpRequest];
	return [
		httpRequest,
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			node: await builtIn('Transform/SplitOut/SplitOut.node.js', 'SplitOut'),
			parameters: { fieldToSplitOut: 'data' },
		},
	];
}

/** The least that a node in n8n can do: n8n's own helper in the plainest loop. The floor for every node. */
function helperNode(job: Job): INodeType {
	return {
		description: {
			displayName: 'Helper',
			name: 'helper',
			group: ['input'],
			version: 1,
			description: 'Reads with as little code as possible',
			defaults: { name: 'Helper' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'crossbarApi', required: true }],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const account = `${job.url}/accounts/${job.accountId}`;
			const get = async (path: string) =>
				(await this.helpers.httpRequestWithAuthentication.call(this, 'crossbarApi', {
					url: account + path,
					json: true,
				})) as Page;
			const gets = this.getInputData().length;
			const records = await readAll(get, { ...job, gets });
			return [records.map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } }))];
		},
	};
}

/**
 * Keeps the answers of n8n's HTTP client. The function it returns ends that: from then on the same requests are
 * answered from memory, in no time.
 */
function record(): () => void {
	const http = Container.get(OutboundHttp);
	const client = http.requests();
	const answers = new Map<string, () => unknown>();
	let recording = true;
	http.requests = () => ({
		...client,
		request: (async (options: Parameters<typeof client.request>[0]) => {
			const key = `${options.method} ${options.url}`;
			let again = answers.get(key);
			if (!again && !recording) throw new Error(`Not recorded: ${key}`);
			if (!again || recording) answers.set(key, (again = await repeatable(await client.request(options))));
			return again();
		}) as typeof client.request,
	});
	return () => {
		recording = false;
	};
}

/** A stream can be read once only: a new one each time. */
async function repeatable(answer: unknown): Promise<() => unknown> {
	const { body } = (answer ?? {}) as { body?: unknown };
	if (!(body instanceof Readable)) return () => answer;
	const bytes = Buffer.concat((await body.toArray()) as Buffer[]);
	return () => ({ ...(answer as object), body: Readable.from([bytes]) });
}
