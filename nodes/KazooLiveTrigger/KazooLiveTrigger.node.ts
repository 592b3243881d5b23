import type { INodeType, INodeTypeDescription, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { credentialTest, listSearch } from '../Kazoo/methods';
import '../Kazoo/oldestN8n';
import { properties } from './description';
import { subtitleOfEvents } from '../shared/subtitle';

/** Starts a workflow the moment something happens in KAZOO, over its websocket. */
export class KazooLiveTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'KAZOO Live Trigger',
		name: 'kazooLiveTrigger',
		icon: { light: 'file:../Kazoo/kazoo.svg', dark: 'file:../Kazoo/kazoo.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: subtitleOfEvents('events', 'live: '),
		description:
			'Starts the workflow the moment a call, a fax, a conference or a setting changes in KAZOO, over its websocket',
		defaults: { name: 'KAZOO Live Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'crossbarApi', required: true, testedBy: 'testCrossbarLogin' }],
		properties,
	};

	methods = { credentialTest, listSearch };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const { listen } = await import('./listen');
		return await listen(this);
	}
}
