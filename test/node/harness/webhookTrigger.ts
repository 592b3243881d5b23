/**
 * A webhook trigger in n8n's own contexts: activated and deactivated in the way of n8n's `webhook.service`, called over
 * real HTTP. Only the server around it is missing (registrations, the workflow behind the trigger).
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { CredentialStore } from './credentials';
import { additionalDataOf, completeNode, nodeTypesOf } from './engine';

export interface TriggerOptions {
	credentials?: CredentialStore;
	/** Default 'trigger': an activated workflow. 'manual' is "Listen for test event". */
	mode?: WorkflowExecuteMode;
	/** The workflow's static data; one object for several triggers is one workflow that n8n loads again. */
	staticData?: IDataObject;
	workflowId?: string;
	nodeId?: string;
	/** Public address of n8n. Default: where the trigger really listens. */
	publicUrl?: string;
}

/** One trigger node of a workflow. */
export class WebhookTrigger {
	/** What the trigger gave to the workflow, a list for each execution. */
	readonly executions: INodeExecutionData[][] = [];
	/** Reported by `saveFailedExecution`. */
	readonly failedExecutions: Error[] = [];
	private readonly workflow: Workflow;
	private readonly node: INode;
	private readonly additionalData: IWorkflowExecuteAdditionalData;

	private constructor(
		private readonly type: INodeType,
		parameters: INodeParameters,
		private readonly server: Server,
		private readonly options: TriggerOptions,
	) {
		const { credentials = new CredentialStore(), workflowId = 'workflow1', nodeId = 'trigger1' } = options;
		const name = type.description.displayName;
		const typeName = `n8n-nodes-kazoo.${type.description.name}`;
		const nodeTypes = nodeTypesOf({ [typeName]: type });
		const node = completeNode(
			{
				id: nodeId,
				name,
				type: typeName,
				webhookId: `${workflowId}-${nodeId}`,
				parameters,
				credentials: credentials.forNode(),
			},
			nodeTypes,
		);
		this.workflow = new Workflow({
			id: workflowId,
			name: 'Test',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes,
			staticData: options.staticData ?? {},
		});
		this.node = this.workflow.getNode(name) as INode; // with the defaults that Workflow filled in
		const { port } = server.address() as AddressInfo;
		const url = options.publicUrl ?? `http://127.0.0.1:${port}`;
		this.additionalData = {
			...additionalDataOf(credentials),
			webhookBaseUrl: `${url}/webhook`,
			webhookTestBaseUrl: `${url}/webhook-test`,
		};
	}

	/** A trigger that listens on a free port of this machine, not yet activated. */
	static async open(
		type: INodeType,
		parameters: INodeParameters,
		options: TriggerOptions = {},
	): Promise<WebhookTrigger> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const trigger = new WebhookTrigger(type, parameters, server, options);
		server.on('request', (request, response) => void trigger.serve(request, response));
		return trigger;
	}

	/** Where the trigger listens. */
	get url(): string {
		return `${this.additionalData.webhookBaseUrl}/${this.node.webhookId}`;
	}

	/** As n8n activates: `create` only when `checkExists` says that there is none. @returns whether it was created */
	async activate(): Promise<boolean> {
		if (await this.call('checkExists')) return false;
		await this.call('create');
		return true;
	}

	async deactivate(): Promise<void> {
		await this.call('delete');
	}

	/** Calls `trigger`, as n8n does with each active trigger that has one. @returns what ends it */
	async run(): Promise<() => Promise<void>> {
		const { workflow, node, additionalData, mode } = this;
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const context = new TriggerContext(
			workflow,
			node,
			additionalData,
			mode,
			activation,
			(data) => this.executions.push(...data),
			() => {},
			(error) => this.failedExecutions.push(error),
		);
		const response = await this.isolated(async () => await this.type.trigger?.call(context));
		return async () => await response?.closeFunction?.();
	}

	/** Only the answer of `checkExists`. */
	async exists(): Promise<boolean> {
		return await this.call('checkExists');
	}

	/** Stops listening; the webhooks stay. */
	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private get mode(): WorkflowExecuteMode {
		return this.options.mode ?? 'trigger';
	}

	private get webhook(): IWebhookData {
		const description = this.type.description.webhooks?.[0];
		if (!description) throw new Error('The node has no webhook');
		return {
			httpMethod: 'POST',
			node: this.node.name,
			path: 'webhook',
			webhookDescription: description,
			workflowId: this.workflow.id,
			workflowExecuteAdditionalData: this.additionalData,
			isTest: this.mode === 'manual',
		};
	}

	private async call(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const { workflow, node, additionalData, mode, webhook } = this;
		const activation = mode === 'manual' ? 'manual' : 'activate';
		const context = new HookContext(workflow, node, additionalData, mode, activation, webhook);
		const implementation = this.type.webhookMethods?.default?.[method];
		if (!implementation) throw new Error(`The node has no webhook method "${method}"`);
		return await this.isolated(async () => await implementation.call(context));
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const rawBody = Buffer.concat(chunks);
		const { additionalData, workflow, node, webhook } = this;
		const mode: WorkflowExecuteMode = this.mode === 'manual' ? 'manual' : 'webhook';
		// Of Express' request and response n8n's contexts use what Node's own have, and the parsed body
		const called = {
			...additionalData,
			httpRequest: Object.assign(request, {
				body: bodyOf(request, rawBody),
				rawBody,
				query: {},
				params: {},
			}),
			httpResponse: response,
		} as unknown as IWorkflowExecuteAdditionalData;
		try {
			const context = new WebhookContext(workflow, node, called, mode, webhook, [], null);
			const result = await this.isolated(async () => await this.type.webhook?.call(context));
			if (result?.workflowData) this.executions.push(...result.workflowData.map((items) => items ?? []));
			if (result?.noWebhookResponse !== true) response.writeHead(200).end('ok');
		} catch (error) {
			if (!response.headersSent) response.writeHead(500);
			response.end((error as Error).message);
		}
	}

	private async isolated<Result>(work: () => Promise<Result>): Promise<Result> {
		await this.workflow.expression.acquireIsolate();
		try {
			return await work();
		} finally {
			await this.workflow.expression.releaseIsolate();
		}
	}
}

/** As n8n parses a body: JSON, or a form without nesting. */
function bodyOf({ headers }: IncomingMessage, raw: Buffer): unknown {
	const type = headers['content-type'] ?? '';
	if (raw.length === 0) return {};
	if (type.includes('json')) return JSON.parse(raw.toString());
	return type.includes('urlencoded') ? { ...parse(raw.toString()) } : raw.toString();
}
