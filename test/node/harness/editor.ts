/** What n8n's editor asks of a node and of a credential while a person fills them in. */
import { CredentialTestContext, ExecuteContext, LoadOptionsContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	Workflow,
	type INode,
	type INodeCredentialTestResult,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type NodeApiError,
	type ResourceMapperFields,
} from 'n8n-workflow';
import { CredentialStore } from './credentials';
import { additionalDataOf, completeNode, nodeTypesOf } from './engine';

/** What the panel holds at the moment it asks. */
export interface PanelState {
	/** Current parameters of the node. */
	parameters?: INodeParameters;
	credentials?: CredentialStore;
	typeVersion?: number;
	/** Path of the parameter that asks. Default: `parameters.<method name>`, for nodes that do not look at it. */
	path?: string;
}

/** A page of a resource locator's list. @throws what the method throws, as the editor shows it */
export async function callListSearch(
	node: INodeType,
	methodName: string,
	state: PanelState & { filter?: string; paginationToken?: string } = {},
): Promise<INodeListSearchResult> {
	const method = node.methods?.listSearch?.[methodName];
	if (!method) throw new Error(`The node has no list search "${methodName}"`);
	return await withContext(node, methodName, state, async (context) => {
		const result = await method.call(context, state.filter, state.paginationToken);
		// The editor gets the token as JSON and sends it back as a string
		const { paginationToken } = result;
		return paginationToken === undefined ? result : { ...result, paginationToken: String(paginationToken) };
	});
}

/** The fields of a resource mapper. @throws what the method throws */
export async function callMapperFields(
	node: INodeType,
	methodName: string,
	state: PanelState = {},
): Promise<ResourceMapperFields> {
	const method = node.methods?.resourceMapping?.[methodName];
	if (!method) throw new Error(`The node has no resource mapping "${methodName}"`);
	return await withContext(node, methodName, state, async (context) => await method.call(context));
}

/** The options of a drop-down that the server fills. @throws what the method throws */
export async function callLoadOptions(
	node: INodeType,
	methodName: string,
	state: PanelState = {},
): Promise<INodePropertyOptions[]> {
	const method = node.methods?.loadOptions?.[methodName];
	if (!method) throw new Error(`The node has no load options "${methodName}"`);
	return await withContext(node, methodName, state, async (context) => await method.call(context));
}

async function withContext<Result>(
	node: INodeType,
	methodName: string,
	{ parameters = {}, credentials = new CredentialStore(), typeVersion, path }: PanelState,
	use: (context: LoadOptionsContext) => Promise<Result>,
): Promise<Result> {
	const type = `n8n-nodes-kazoo.${node.description.name}`;
	const nodeTypes = nodeTypesOf({ [type]: node });
	const asking = completeNode(
		{
			name: 'Temp-Node',
			type,
			parameters,
			credentials: credentials.forNode(),
			...(typeVersion !== undefined && { typeVersion }),
		},
		nodeTypes,
	);
	const workflow = new Workflow({ nodes: [asking], connections: {}, active: false, nodeTypes });
	const additionalData = { ...additionalDataOf(credentials), currentNodeParameters: parameters };
	const asked = workflow.getNode('Temp-Node') as INode; // with the defaults that Workflow filled in
	const context = new LoadOptionsContext(workflow, asked, additionalData, path ?? `parameters.${methodName}`);
	await workflow.expression.acquireIsolate();
	try {
		return await use(context);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

/**
 * The credential panel's connection test. Like n8n it takes the test of the credential type, else the one that the
 * node names in `testedBy`; `data` (default: the saved data) is what the panel holds now.
 */
export async function callCredentialTest(
	credentials: CredentialStore,
	typeName: string,
	node?: INodeType,
	data = credentials.data(typeName),
): Promise<INodeCredentialTestResult> {
	const filled = credentials.withDefaults(typeName, data);
	const decrypted = { id: typeName, name: typeName, type: typeName, data: filled };
	const request = credentials.type(typeName).test;
	if (request) {
		const store = new CredentialStore({ type: credentials.type(typeName), data: filled });
		return await runRequestTest(store, typeName, request);
	}
	const testedBy = node?.description.credentials?.find(({ name }) => name === typeName)?.testedBy;
	const test = typeof testedBy === 'string' ? node?.methods?.credentialTest?.[testedBy] : undefined;
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };
	return await test.call(new CredentialTestContext(additionalDataOf(credentials)), decrypted);
}

/** A declarative test, the way of n8n's `credentials-tester.service`: the request runs in a stand-in node. */
async function runRequestTest(
	credentials: CredentialStore,
	typeName: string,
	{ request, rules }: NonNullable<ReturnType<CredentialStore['type']>['test']>,
): Promise<INodeCredentialTestResult> {
	const standIn: INodeType = {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: typeName, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
	const nodeTypes = nodeTypesOf({ noOp: standIn });
	const node = completeNode(
		{ name: 'Temp-Node', type: 'noOp', credentials: credentials.forNode() },
		nodeTypes,
	);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const asked = workflow.getNode('Temp-Node') as INode;
	const context = new ExecuteContext(
		workflow,
		asked,
		{ ...additionalDataOf(credentials), currentNodeParameters: asked.parameters },
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node: asked, data: {}, source: null },
		[],
	);
	await workflow.expression.acquireIsolate();
	try {
		const answer = await new RoutingNode(context, standIn).runNode();
		for (const rule of rules ?? []) {
			if (rule.type !== 'responseSuccessBody') continue;
			if (answer?.[0]?.[0]?.json[rule.properties.key] === rule.properties.value) {
				return { status: 'Error', message: rule.properties.message };
			}
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		const { cause, message } = error as NodeApiError & {
			cause?: { response?: { status: number; statusText?: string }; code?: string };
		};
		if (cause?.response) {
			const { status, statusText } = cause.response;
			for (const rule of rules ?? []) {
				if (rule.type === 'responseCode' && rule.properties.value === status) {
					return { status: 'Error', message: rule.properties.message };
				}
			}
			return { status: 'Error', message: statusText || `Received HTTP status code: ${status}` };
		}
		return { status: 'Error', message: cause?.code ?? message };
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
