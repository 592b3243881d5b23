import { operation, resource } from '../notation';
import { freeForm, HOSTED } from './shared';

const path = '/accounts/{accountId}/qubicle_queues';
const one = `${path}/{callCenterQueueId}` as const;

const shared = { hint: HOSTED, version: 5 } as const;
const sends = { ...shared, body: { data: freeForm } } as const;

export const callCenterQueue = resource({
	value: 'callCenterQueue',
	name: 'Call Center Pro Queue',
	description: 'Queues of the hosted call center (Qubicle): settings, members, live figures, reports',
	keywords: ['Qubicle', 'call center', 'contact center', 'hold queue', 'ACD', 'SLA', 'wallboard'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many call center pro queues',
			description: 'List the queues of the hosted call center with ID and name',
			returns: 'records',
			...shared,
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get call center pro queue',
			description: 'Read the settings of one hosted queue',
			...shared,
		}),
		operation(`DELETE ${one}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete call center pro queue',
			description: 'Remove a hosted queue; calls that its callflow sends get nowhere',
			...shared,
		}),
		operation(`PUT ${path}`, {
			value: 'create',
			name: 'Create',
			action: 'Create call center pro queue',
			description: 'Add a queue to the hosted call center; a name is enough',
			...sends,
		}),
		operation(`PATCH ${one}`, {
			value: 'update',
			name: 'Update',
			action: 'Update call center pro queue',
			description: 'Change some settings of a hosted queue and keep the others',
			...sends,
		}),
		operation(`POST ${one}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace call center pro queue',
			description: 'Overwrite all settings of a hosted queue',
			...sends,
		}),
		operation(`GET ${path}/status`, {
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get status of call center pro queues',
			description: 'Read the live figures of all hosted queues: waiting calls, agents, wait times',
			returns: 'records',
			unpaged: true,
			...shared,
		}),
		operation(`GET ${one}/status`, {
			value: 'getStatusOfOne',
			name: 'Get Status of One',
			action: 'Get status of call center pro queue',
			description: 'Read estimated wait, calls and free agents of one hosted queue',
			...shared,
		}),
		operation(`GET ${path}/recipients`, {
			value: 'getAllMembers',
			name: 'Get Members of All',
			action: 'Get members of all call center pro queues',
			description: 'List which agents belong to which hosted queue',
			returns: 'records',
			unpaged: true,
			...shared,
		}),
		operation(`GET ${one}/recipients`, {
			value: 'getMembers',
			name: 'Get Members',
			action: 'Get members of call center pro queue',
			description: 'List the agents of one hosted queue',
			returns: 'records',
			unpaged: true,
			...shared,
		}),
		operation(`POST ${one}/recipients`, {
			value: 'replaceMembers',
			name: 'Replace Members',
			action: 'Replace members of call center pro queue',
			description: 'Set which agents belong to a hosted queue',
			...sends,
		}),
		operation(`DELETE ${one}/recipients`, {
			value: 'deleteMembers',
			name: 'Remove Members',
			action: 'Remove members of call center pro queue',
			description: 'Take agents off a hosted queue',
			...shared,
			body: { data: { ...freeForm, required: false } },
		}),
		operation(`POST ${one}/roles`, {
			value: 'replaceRoles',
			name: 'Replace Roles',
			action: 'Replace roles for call center pro queue',
			description: 'Set who may manage a hosted queue or listen in on it',
			...sends,
		}),
		operation(`POST ${one}/sessions/{callCenterSessionId}`, {
			value: 'controlCall',
			name: 'Control Call',
			action: 'Control call in call center pro queue',
			description: 'Act on one call that waits in a hosted queue or that an agent took',
			...sends,
		}),
		operation(`GET ${path}/ensure_started`, {
			value: 'start',
			name: 'Start',
			action: 'Start call center pro queues',
			description: 'Start the hosted queues of an account where they do not run yet',
			...shared,
			writes: true,
		}),
		operation('POST /accounts/{accountId}/qubicle_reports', {
			value: 'getReport',
			name: 'Get Report',
			action: 'Get report of call center pro',
			description: 'Get a report of the hosted call center, described by what you send',
			...sends,
		}),
	],
});
