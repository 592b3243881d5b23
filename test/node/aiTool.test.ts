/** The node as a tool of an AI agent: what n8n tells the model of it, and what comes of a call, by n8n's own code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { z } from 'zod';

import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { Demo } from './demo';
import { runWorkflow, START_TYPE } from './harness/engine';
import type { WorkflowNode } from './harness/engine';

/** What n8n hands to an agent. */
interface Tool {
	name: string;
	description: string;
	schema: z.ZodObject<z.ZodRawShape>;
	invoke(args: object): Promise<string>;
}

const TOOL = 'n8n-nodes-kazoo.kazooTool';
let demo: Demo;

beforeAll(async () => {
	demo = await Demo.open(200);
});

afterAll(async () => {
	await demo.close();
});

/** Our node as n8n offers it to agents (n8n's tool-generation): with a description to fill in, the output of a tool. */
function kazooTool(): INodeType {
	const kazoo = new Kazoo();
	const description: INodeTypeDescription = {
		...kazoo.description,
		name: 'kazooTool',
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [
			...['descriptionType', 'toolDescription'].map((name) => ({
				displayName: name,
				name,
				type: 'string' as const,
				default: '',
			})),
			...kazoo.description.properties,
		],
	};
	return Object.assign(kazoo, { description });
}

/** An agent whose thinking is done by the test. */
function agent(think: (tools: Tool[]) => Promise<IDataObject>): INodeType {
	return {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Uses tools',
			defaults: { name: 'Agent' },
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
			return [[{ json: await think(tools) }]];
		},
	};
}

async function withTools(tools: WorkflowNode[], think: (tools: Tool[]) => Promise<IDataObject>) {
	const toAgent = (type: 'main' | 'ai_tool') => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	const run = await runWorkflow({
		nodes: [
			{ name: 'Start', type: START_TYPE },
			{ name: 'Agent', type: 'test.agent' },
			...tools.map((tool) => ({ ...tool, type: TOOL, credentials: demo.credentials.forNode() })),
		],
		connections: {
			Start: toAgent('main'),
			...Object.fromEntries(tools.map(({ name }) => [name, toAgent('ai_tool')])),
		},
		nodeTypes: { 'test.agent': agent(think), [TOOL]: kazooTool() },
		credentials: demo.credentials,
	});
	const { error, runData } = run.data.resultData;
	if (error) throw error;
	return runData.Agent?.[0]?.data?.main?.[0]?.[0]?.json ?? {};
}

const example = JSON.parse(readFileSync(join(__dirname, '../../examples/ai-receptionist.json'), 'utf8')) as {
	nodes: Array<WorkflowNode & { parameters: INodeParameters }>;
};
const exampleTools = example.nodes.filter(({ type }) => type === TOOL);

/** The example in the account of the demo's first customer. */
const forCustomer = (tools: typeof exampleTools) =>
	tools.map((tool) => ({ ...tool, parameters: { ...tool.parameters, ...demo.customer(0) } }));

describe('the tools of the example', () => {
	test('have names, descriptions and arguments that a model understands', async () => {
		const seen = await withTools(exampleTools, async (tools) => ({
			tools: tools.map(({ name, description, schema }) => ({
				name,
				description,
				args: Object.fromEntries(
					Object.entries(schema.shape).map(([key, type]) => [key, type.description ?? '']),
				),
			})),
		}));
		const tools = seen.tools as Array<{ name: string; description: string; args: Record<string, string> }>;
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Calls_of_a_person',
			'Calls_that_are_up_now',
			'Find_people',
			'Place_a_call',
			'Set_do_not_disturb',
			'Voicemail_of_a_box',
		]);
		const call = tools.find(({ name }) => name === 'Place_a_call');
		expect(call?.args).toEqual({
			user: 'Full name, extension, e-mail or ID of the person whose phone is to ring',
			number: 'The number or extension to be called, with country code',
		});
		expect(call?.description).toMatch(/^Ring the phones of one person/);
		expect(tools.filter(({ description }) => description.length < 20)).toEqual([]);
	});

	test('answer, find people by name, and change what they are told to', async () => {
		const { people, calls, changed } = await withTools(forCustomer(exampleTools), async (tools) => {
			const use = async (name: string, args: object) => {
				const tool = tools.find((candidate) => candidate.name === name) as Tool;
				return JSON.parse(await tool.invoke(args)) as IDataObject[];
			};
			const found = await use('Find_people', {});
			const first = found[0] as IDataObject;
			const user = `${first.first_name as string} ${first.last_name as string}`;
			return {
				people: found,
				calls: await use('Calls_of_a_person', { user }),
				changed: await use('Set_do_not_disturb', { user, enabled: true }),
			};
		});
		expect((people as IDataObject[]).length).toBeGreaterThan(1);
		expect((calls as IDataObject[]).length).toBeLessThanOrEqual(10);
		expect((changed as IDataObject[])[0]?.do_not_disturb).toEqual({ enabled: true });
	});

	test('ask which one is meant, with the candidates', async () => {
		const { said } = await withTools(forCustomer(exampleTools), async (tools) => {
			const tool = tools.find(({ name }) => name === 'Calls_of_a_person') as Tool;
			return { said: await tool.invoke({ user: 'Somebody Else' }).catch((error: Error) => error.message) };
		});
		expect(said).toMatch(/User: none is called “Somebody Else”; which one is meant\?/);
		expect(said).toMatch(/Give the ID of one of these: .+ \(\d+\): [0-9a-f]{32}/);
	});
});

test('a tool without a description of its own has that of its operation', async () => {
	const parameters = { resource: 'device', operation: 'sync', deviceId: '={{ $fromAI("phone") }}' };
	const listDevices = { resource: 'device', operation: 'getAll' };
	const { descriptions } = await withTools(
		[
			{ name: 'One', type: TOOL, parameters },
			{ name: 'Two', type: TOOL, parameters: listDevices },
		],
		async (tools) => ({ descriptions: tools.map(({ description }) => description).sort() }),
	);
	expect(descriptions).toEqual([
		'Get many devices in KAZOO',
		'Restart, reboot or resync phone (restart phone) in KAZOO',
	]);
});

test('answers are small unless more is asked for', async () => {
	const { size } = await withTools(
		[
			{
				name: 'Calls',
				type: TOOL,
				parameters: { resource: 'cdr', operation: 'getAll', ...demo.customer(0) },
			},
		],
		async ([tool]) => ({ size: ((await tool?.invoke({})) ?? '').length }),
	);
	expect(size).toBeGreaterThan(100);
	expect(size).toBeLessThan(30_000);
});
