/** Triggers in n8n's real contexts: what n8n's server does around `poll` and `trigger`, without its database. */
import { Container } from '@n8n/di';
import { PollContext, TriggerContext, TriggersAndPollers } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type ITriggerResponse,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { additionalDataOf, binaryData, completeNode, hooksOf, nodeTypesOf } from './engine';
import { CredentialStore } from './credentials';

const NAME = 'Trigger';

/** How a trigger is set up; `mode` as in n8n: 'manual' is a click in the editor. */
export interface TriggerSetup {
	credentials?: CredentialStore;
	mode?: 'trigger' | 'manual';
	/** What n8n's database holds of the workflow's static data. */
	saved?: string;
	/** n8n does not come to the end of any execution. */
	busy?: boolean;
	/** Milliseconds that n8n gives to a poll. */
	budget?: number;
}

interface Prepared {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

function prepare(node: INodeType, parameters: INodeParameters, setup: TriggerSetup): Prepared {
	const type = `n8n-nodes-kazoo.${node.description.name}`;
	const nodeTypes = nodeTypesOf({ [type]: node });
	const credentials = setup.credentials ?? new CredentialStore();
	const asking = completeNode(
		{ name: NAME, type, parameters, credentials: credentials.forNode() },
		nodeTypes,
	);
	const workflow = new Workflow({
		id: 'test',
		name: 'Test',
		nodes: [asking],
		connections: {},
		active: true,
		nodeTypes,
		staticData: JSON.parse(setup.saved ?? '{}') as IDataObject,
	});
	const asked = workflow.getNode(NAME) as INode; // with the defaults that Workflow filled in
	return { workflow, node: asked, additionalData: additionalDataOf(credentials) };
}

/**
 * A workflow with a poll trigger, from its activation to its end. As n8n 2.41 does (poll-trigger-executor.js), what
 * the node remembers is saved when something is emitted, and once after the first poll; not when nothing is new.
 */
export class ActivePoll {
	readonly emitted: INodeExecutionData[] = [];
	/** What the trigger reported beside its items, or in place of them. */
	readonly errors: Error[] = [];
	/** What n8n's database holds. */
	saved: string;
	private readonly prepared: Prepared;
	private polls = 0;

	constructor(
		private readonly type: INodeType,
		private readonly parameters: INodeParameters,
		private readonly setup: TriggerSetup = {},
	) {
		this.saved = setup.saved ?? '{}';
		this.prepared = prepare(type, parameters, setup);
	}

	/** One poll. @returns its items; none when there was nothing new, or when it failed (see `errors`) */
	async poll(): Promise<INodeExecutionData[]> {
		await binaryData.init();
		const { workflow, node, additionalData } = this.prepared;
		const context = new PollContext(
			workflow,
			node,
			additionalData,
			this.setup.mode ?? 'trigger',
			'activate',
			() => {},
			(error) => this.errors.push(error),
			undefined,
			undefined,
			undefined,
			this.setup.budget === undefined ? undefined : () => this.setup.budget as number,
		);
		await workflow.expression.acquireIsolate();
		try {
			const response = await Container.get(TriggersAndPollers).runPollFunction(workflow, node, context);
			const items = response?.flat() ?? [];
			if (response !== null || this.polls++ === 0) this.save();
			this.emitted.push(...items);
			return items;
		} catch (error) {
			this.errors.push(error as Error);
			return [];
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	/** n8n goes down and comes up again, here or elsewhere, with what its database holds. */
	restarted(): ActivePoll {
		return new ActivePoll(this.type, this.parameters, { ...this.setup, saved: this.saved });
	}

	/** n8n goes down in good order: it saves what changed. */
	save(): void {
		this.saved = JSON.stringify(this.prepared.workflow.staticData);
	}
}

/** A workflow with a trigger that listens, as it is when active. */
export class ActiveTrigger {
	readonly emitted: INodeExecutionData[] = [];
	/** How many items each execution started with. */
	readonly executions: number[] = [];
	/** Reported by `emitError`: n8n takes the workflow down and tries to activate it again. */
	readonly errors: Error[] = [];
	/** Reported by `saveFailedExecution`: the workflow stays active. */
	readonly failedExecutions: Error[] = [];
	private response: ITriggerResponse | undefined;

	constructor(
		private readonly type: INodeType,
		private readonly parameters: INodeParameters,
		private readonly setup: TriggerSetup = {},
	) {}

	/** Activates the workflow, or sets up "listen for test event". @throws what the trigger throws, as the editor shows it */
	async start(): Promise<void> {
		const { workflow, node, additionalData } = prepare(this.type, this.parameters, this.setup);
		const mode = this.setup.mode ?? 'trigger';
		const activation = mode === 'manual' ? 'manual' : 'activate';
		additionalData.hooks = hooksOf(mode);
		const context = new TriggerContext(
			workflow,
			node,
			additionalData,
			mode,
			activation,
			(data, _, done) => {
				const items = data.flat();
				this.emitted.push(...items);
				this.executions.push(items.length);
				// n8n has run the workflow; nobody reads the result
				if (this.setup.busy !== true) done?.resolve({} as IRun);
			},
			(error) => this.errors.push(error),
			(error) => this.failedExecutions.push(error),
		);
		await workflow.expression.acquireIsolate();
		try {
			this.response = await Container.get(TriggersAndPollers).runTriggerFunction(
				workflow,
				node,
				() => context,
				additionalData,
				mode,
				activation,
			);
		} finally {
			await workflow.expression.releaseIsolate();
		}
	}

	/** "Listen for test event" (mode 'manual'): what the trigger emits first. @throws what it reports instead */
	async testEvent(): Promise<INodeExecutionData[]> {
		await this.response?.manualTriggerFunction?.();
		return ((await this.response?.manualTriggerResponse) ?? []).flat();
	}

	/** Deactivates the workflow. */
	async stop(): Promise<void> {
		await this.response?.closeFunction?.();
	}
}
