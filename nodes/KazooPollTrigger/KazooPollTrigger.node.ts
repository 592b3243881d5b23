import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { testCrossbarLogin } from '../Kazoo/credentialTest';
import { listSearch } from '../Kazoo/listSearch';
import { properties } from './description';
import { poll } from './poll';

/** Starts a workflow for what is new in KAZOO, by asking at intervals. */
export class KazooPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Poll Trigger',
		name: 'kazooPollTrigger',
		icon: { light: 'file:../Kazoo/kazoo.svg', dark: 'file:../Kazoo/kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["event"]}}',
		description:
			'Starts the workflow for new call records, recordings, voicemails, faxes and changes of state in KAZOO, by asking at intervals',
		defaults: { name: 'KAZOO Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: true, testedBy: 'testCrossbarLogin' }],
		properties,
	};

	methods = { credentialTest: { testCrossbarLogin }, listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
