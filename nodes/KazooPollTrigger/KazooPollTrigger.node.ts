import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { credentialTest, listSearch } from '../Kazoo/methods';
import '../Kazoo/oldestN8n';
import { properties } from './description';
import { subtitleOfEvent } from '../shared/subtitle';

/** Starts a workflow for what is new in KAZOO, by asking at intervals. */
export class KazooPollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Poll Trigger',
		name: 'kazooPollTrigger',
		icon: { light: 'file:../Kazoo/kazoo.svg', dark: 'file:../Kazoo/kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvent('event', 'polls for: '),
		description:
			'Starts the workflow for new call records, recordings, voicemails, faxes and changes of state in KAZOO, by asking at intervals',
		defaults: { name: 'KAZOO Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: true, testedBy: 'testCrossbarLogin' }],
		properties,
	};

	methods = { credentialTest, listSearch };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const { poll } = await import('./poll');
		return await poll(this);
	}
}
