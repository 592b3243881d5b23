import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { properties } from './description';
import { subtitle } from './description/subtitle';
import { credentialTest, listSearch, whenCalled } from './methods';
import './oldestN8n';

/** The action node: every operation of the catalogue. */
export class Kazoo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO',
		name: 'kazoo',
		icon: { light: 'file:kazoo.svg', dark: 'file:kazoo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitle(),
		// Else it would be called after its action, with the words that people search it by
		skipNameGeneration: true,
		description:
			'Manage accounts, users, phones, numbers, callflows, voicemail, recordings and everything else in KAZOO',
		defaults: { name: 'KAZOO' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: true, testedBy: 'testCrossbarLogin' }],
		properties: properties(),
	};

	methods = {
		credentialTest,
		listSearch,
		resourceMapping: {
			getDocumentFields: whenCalled(async () => (await import('./documentFields')).getDocumentFields),
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { execute } = await import('./execute');
		return [await execute(this)];
	}
}
