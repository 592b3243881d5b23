/**
 * n8n's real engine inside a test: workflows run through the published n8n-core with its own expression engine, HTTP
 * helpers and file store. Only the server around it is missing (database, credentials' encryption, queue).
 */
import { rmSync } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataService, ExecutionLifecycleHooks, ExternalSecretsProxy, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ExecutionBaseError,
	type IConnections,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IRun,
	type ITaskData,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore } from './credentials';

/** A node of a test workflow; ID, version, position and parameters may be left out. */
export type WorkflowNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

/** How a run is started and ended, the same for a workflow and for a single node. */
export interface RunOptions {
	/** What the trigger emits. Default: one empty item. */
	items?: INodeExecutionData[];
	credentials?: CredentialStore;
	/** Default 'trigger': a production run. 'manual' is a click in the editor. */
	mode?: WorkflowExecuteMode;
	/** Cancels the run after so many milliseconds, as the editor's stop button does. */
	cancelAfter?: number;
	/** Cancels the run when it aborts: for a test that cancels at an event. */
	signal?: AbortSignal;
	/** The workflow's static data; nodes change it in place. */
	staticData?: IDataObject;
}

export interface WorkflowOptions extends RunOptions {
	nodes: WorkflowNode[];
	connections: IConnections;
	/** Node types by full name: `{ 'n8n-nodes-kazoo.kazoo': new Kazoo() }`. `START_TYPE` is always there. */
	nodeTypes: Record<string, INodeType | IVersionedNodeType>;
}

export interface NodeOptions extends RunOptions {
	continueOnFail?: boolean;
	onError?: INode['onError'];
	typeVersion?: number;
	/** Default `n8n-nodes-kazoo.<description.name>`. */
	type?: string;
}

/** What one node did. */
export interface NodeResult {
	/** First output. Empty when the node failed. */
	items: INodeExecutionData[];
	/** All outputs: the second one holds failed items with `onError: 'continueErrorOutput'`. */
	outputs: INodeExecutionData[][];
	/** Why the node stopped the workflow. */
	error?: ExecutionBaseError;
	/** Whether the run was cancelled. */
	cancelled: boolean;
	/** Hints, source and time that n8n recorded of the node; undefined if it never started. */
	task?: ITaskData;
	run: IRun;
}

/** The type of the trigger that every test workflow starts from: emits `RunOptions.items`. */
export const START_TYPE = 'test.start';

/** Hands its input on: the engine gives a start node the items that the run was started with. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Starts a test workflow',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	},
};

// What n8n was told to use as its home goes with the test file (jest), or with the process (benchmark).
const removeHome = () => rmSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true, force: true });
if (typeof afterAll === 'function') afterAll(removeHome);
else process.once('exit', removeHome);

/** The file store in n8n's default mode (files in n8n's home), set up once. */
export const binaryData = Container.get(BinaryDataService);
const ready = binaryData.init();

/** Node types of a run under their full names. @throws on an unknown name, as n8n does */
export function nodeTypesOf(types: Record<string, INodeType | IVersionedNodeType>): INodeTypes {
	const all: typeof types = { [START_TYPE]: start, ...types };
	const get = (name: string) => {
		const type = all[name];
		if (!type) throw new Error(`Unrecognized node type: ${name}`);
		return type;
	};
	return {
		getByName: get,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(get(name), version),
		getKnownTypes: () => ({}),
	};
}

/** What n8n's server hands to each run. Addresses must be absolute: n8n builds URLs of them. */
export function additionalDataOf(credentials: CredentialStore): IWorkflowExecuteAdditionalData {
	const url = 'http://127.0.0.1:5678';
	const unavailable = async (): Promise<never> => {
		throw new Error('Sub-workflows and task runners are no part of this harness');
	};
	return {
		credentialsHelper: credentials,
		currentNodeExecutionIndex: 0,
		executeWorkflow: unavailable,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: unavailable,
		logAiEvent: () => {},
		variables: {},
		workflowId: 'test',
		executionId: '1',
		instanceBaseUrl: `${url}/`,
		restApiUrl: `${url}/rest`,
		formBaseUrl: `${url}/form`,
		formTestBaseUrl: `${url}/form-test`,
		formWaitingBaseUrl: `${url}/form-waiting`,
		webhookBaseUrl: `${url}/webhook`,
		webhookTestBaseUrl: `${url}/webhook-test`,
		webhookWaitingBaseUrl: `${url}/webhook-waiting`,
		mcpBaseUrl: `${url}/mcp`,
		mcpTestBaseUrl: `${url}/mcp-test`,
	};
}

/** The hooks of a run, which n8n asks for; nothing listens. */
export function hooksOf(
	mode: WorkflowExecuteMode,
	nodes: INode[] = [],
	connections: IConnections = {},
): ExecutionLifecycleHooks {
	return new ExecutionLifecycleHooks(mode, '1', {
		id: 'test',
		name: 'Test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections,
	});
}

/** A full node from what a test gives. */
export function completeNode(node: WorkflowNode, nodeTypes: INodeTypes): INode {
	const { version, defaultVersion } = nodeTypes.getByNameAndVersion(node.type).description;
	const typeVersion = defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
	return { id: node.name, typeVersion, position: [0, 0], parameters: {}, ...node };
}

/**
 * Runs a workflow from its start node (type `START_TYPE`) to the end, or until it is cancelled.
 * An error in a node is in the result (`run.data.resultData.error`), as in n8n.
 */
export async function runWorkflow(options: WorkflowOptions): Promise<IRun> {
	await ready;
	const { credentials = new CredentialStore(), mode = 'trigger', items = [{ json: {} }] } = options;
	const nodeTypes = nodeTypesOf(options.nodeTypes);
	const workflow = new Workflow({
		id: 'test',
		name: 'Test',
		nodes: options.nodes.map((node) => completeNode(node, nodeTypes)),
		connections: options.connections,
		active: false,
		nodeTypes,
		staticData: options.staticData,
		settings: { executionOrder: 'v1' },
	});
	const startNode = Object.values(workflow.nodes).find(({ type }) => type === START_TYPE);
	if (!startNode) throw new Error(`The workflow has no node of type "${START_TYPE}"`);

	const additionalData = additionalDataOf(credentials);
	additionalData.hooks = hooksOf(mode, Object.values(workflow.nodes), options.connections);

	const execution = new WorkflowExecute(additionalData, mode).run({
		workflow,
		startNode,
		triggerToStartFrom: {
			name: startNode.name,
			data: {
				startTime: Date.now(),
				executionIndex: 0,
				executionTime: 0,
				source: [],
				data: { main: [items] },
			},
		},
	});
	const cancel = () => execution.cancel();
	const timer = options.cancelAfter === undefined ? undefined : setTimeout(cancel, options.cancelAfter);
	if (options.signal?.aborted) cancel();
	options.signal?.addEventListener('abort', cancel, { once: true });
	try {
		return await execution;
	} finally {
		clearTimeout(timer);
		options.signal?.removeEventListener('abort', cancel);
		await workflow.expression.releaseIsolate();
	}
}

/** Runs one node behind a trigger: the usual test of a node. Credentials go to the node by their type's name. */
export async function runNode(
	node: INodeType,
	parameters: INodeParameters,
	options: NodeOptions = {},
): Promise<NodeResult> {
	const name = node.description.displayName;
	const type = options.type ?? `n8n-nodes-kazoo.${node.description.name}`;
	const { continueOnFail, onError, typeVersion, credentials } = options;
	const run = await runWorkflow({
		...options,
		nodes: [
			{ name: 'Start', type: START_TYPE },
			{
				name,
				type,
				parameters,
				...(typeVersion !== undefined && { typeVersion }),
				...(continueOnFail !== undefined && { continueOnFail }),
				...(onError !== undefined && { onError }),
				...(credentials && { credentials: credentials.forNode() }),
			},
		],
		connections: { Start: { main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] } },
		nodeTypes: { [type]: node },
	});
	const { runData, error } = run.data.resultData;
	const task = runData[name]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((items) => items ?? []);
	return {
		items: outputs[0] ?? [],
		outputs,
		error: task?.error ?? error,
		cancelled: run.status === 'canceled',
		task,
		run,
	};
}
