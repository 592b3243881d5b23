import { operation, resource } from '../notation';
import { HOSTED, optionalFreeForm } from './shared';

const path = '/accounts/{accountId}/dashboards';

const shared = { hint: HOSTED, version: 5 } as const;
const asks = { ...shared, body: { data: optionalFreeForm } } as const;

export const dashboard = resource({
	value: 'dashboard',
	name: 'Call Center Dashboard',
	description: "Figures of the hosted call center: queues, agents' performance and activity",
	keywords: ['wallboard', 'call center report', 'queue statistics', 'agent performance', 'qubicle', 'SLA'],
	rows: [
		operation(`POST ${path}/queue_overview`, {
			value: 'getQueueOverview',
			name: 'Get Queue Overview',
			action: 'Get queue overview of dashboard',
			alias: 'wallboard',
			description: 'Read the figures of all queues side by side',
			...asks,
		}),
		operation(`POST ${path}/queue_details/{callCenterQueueId}`, {
			value: 'getQueueDetails',
			name: 'Get Queue Details',
			action: 'Get queue details of dashboard',
			description: 'Read the figures of one queue in depth',
			...asks,
		}),
		operation(`GET ${path}/recipient_overview`, {
			value: 'getAgentOverview',
			name: 'Get Agent Overview',
			action: 'Get agent overview of dashboard',
			description: 'Read what every agent is doing',
			...shared,
		}),
		operation(`GET ${path}/recipient_performance`, {
			value: 'getAgentPerformance',
			name: 'Get Agent Performance',
			action: 'Get agent performance of dashboard',
			description: 'Read how many calls agents took and how long they lasted',
			...shared,
		}),
		operation(`POST ${path}/activity_log`, {
			value: 'getActivityLog',
			name: 'Get Activity Log',
			action: 'Get activity log of dashboard',
			description: 'Read when agents logged in, paused and took calls',
			...asks,
		}),
		operation(`GET ${path}/ensure_started`, {
			value: 'start',
			name: 'Start',
			action: 'Start dashboard',
			description: 'Start gathering figures for the account, if that does not run yet',
			...shared,
			writes: true,
		}),
	],
});
