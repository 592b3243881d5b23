import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/agents';
const one = `${path}/{userId}` as const;

/** acdc answers that it passed the order on (async.md section 6). */
const order = { returns: 'value', version: 4 } as const;

/** What the lamps of other phones show meanwhile. */
const lamp: Fields = {
	presenceId: {
		type: 'text',
		label: 'Presence ID',
		description: 'The lamp (BLF) to be switched as well',
		placeholder: 'e.g. 1001',
	},
	presenceState: {
		type: 'choice',
		label: 'Presence State',
		options: [
			{ value: 'confirmed', label: 'Busy' },
			{ value: 'terminated', label: 'Idle' },
			{ value: 'early', label: 'Ringing' },
		],
		default: 'terminated',
	},
};

const queue: Fields = {
	queue: { type: 'locator', parameter: 'queueId', label: 'Queue', required: true, wire: 'queue_id' },
};

export const agent = resource({
	value: 'agent',
	name: 'Call Center Agent',
	description: 'Users who take calls from queues: log them in and out, pause them, read their figures',
	keywords: [
		'ACD',
		'call center',
		'contact center',
		'queue member',
		'wallboard',
		'break',
		'wrap-up',
		'after call work',
		'hunt',
	],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many call center agents',
			description: 'List the users who belong to at least one queue, with their queues',
			returns: 'records',
			version: 4,
		}),
		operation(`GET ${one}`, {
			value: 'get',
			name: 'Get',
			action: 'Get call center agent',
			description: 'Read name and queues of one agent',
			version: 4,
		}),
		operation(`GET ${path}/stats`, {
			value: 'getStats',
			name: 'Get Statistics',
			action: 'Get statistics of call center agents',
			description:
				'Count calls answered and missed by agent and queue; of the last day unless you name a period',
			returns: { map: '', key: 'agent_id' },
			unpaged: true,
			names: { agent: { id: 'agent_id', of: 'userId' } },
			query: {
				startRange: { type: 'date', label: 'From' },
				endRange: { type: 'date', label: 'To' },
				agent: {
					type: 'locator',
					parameter: 'userId',
					label: 'Agent',
					description: 'Only this one',
					wire: 'agent_id',
				},
			},
			version: 4,
		}),
		operation(`GET ${path}/status`, {
			value: 'getStatus',
			name: 'Get Status of All',
			action: 'Get status of all call center agents',
			alias: 'wallboard',
			description: 'List the state of every agent: ready, on a call, paused or logged out',
			returns: { map: '', key: 'agent_id', each: 'timestamp' },
			unpaged: true,
			names: { agent: { id: 'agent_id', of: 'userId' } },
			query: {
				status: {
					type: 'choice',
					label: 'Status',
					description: 'Only agents in this state',
					options: [
						{ value: 'connected', label: 'Connected' },
						{ value: 'connecting', label: 'Connecting' },
						{ value: 'logged_in', label: 'Logged In' },
						{ value: 'logged_out', label: 'Logged Out' },
						{ value: 'pending_logged_out', label: 'Logging Out After This Call' },
						{ value: 'outbound', label: 'On an Outbound Call' },
						{ value: 'paused', label: 'Paused' },
						{ value: 'ready', label: 'Ready' },
						{ value: 'wrapup', label: 'Wrap-Up' },
					],
					default: 'ready',
				},
				recent: {
					type: 'boolean',
					label: 'History',
					description: 'Whether all states of the last day come back, not only the latest',
				},
			},
			version: 4,
		}),
		operation(`GET ${one}/status`, {
			value: 'getCurrentStatus',
			also: [`GET ${path}/status/{userId}`],
			name: 'Get Status',
			action: 'Get status of call center agent',
			description: 'Check whether one agent is ready, on a call, paused or logged out',
			query: {
				full: {
					type: 'boolean',
					label: 'Details',
					description: 'Whether caller and times come back too, not only the word',
				},
			},
			returns: 'value',
			version: 4,
		}),
		operation(`POST ${one}/status`, {
			value: 'logIn',
			also: [`POST ${path}/status/{userId}`],
			name: 'Log In',
			action: 'Log in call center agent',
			alias: 'log in agent, sign in',
			description: 'Let an agent take calls from all queues they belong to',
			always: { status: 'login' },
			body: lamp,
			...order,
		}),
		operation(`POST ${one}/status`, {
			value: 'logOut',
			name: 'Log Out',
			action: 'Log out call center agent',
			description: 'End the shift of an agent; a call that is up is finished first',
			always: { status: 'logout' },
			body: lamp,
			...order,
		}),
		operation(`POST ${one}/status`, {
			value: 'pause',
			name: 'Pause',
			action: 'Pause call center agent',
			alias: 'break',
			description: 'Give an agent a break; no queue calls come until resumed or the time is up',
			always: { status: 'pause' },
			body: {
				timeout: {
					type: 'number',
					label: 'Length (Seconds)',
					description: '0 pauses until the agent is resumed',
					default: 0,
					min: 0,
					decimals: 0,
					required: true,
				},
				...lamp,
			},
			...order,
		}),
		operation(`POST ${one}/status`, {
			value: 'resume',
			name: 'Resume',
			action: 'Resume call center agent',
			description: 'End the break of an agent before its time',
			always: { status: 'resume' },
			body: lamp,
			...order,
		}),
		operation(`POST ${one}/status`, {
			value: 'endWrapUp',
			name: 'End Wrap-Up',
			action: 'End wrap up of call center agent',
			description: 'End the time for notes after a call: the agent is ready again at once',
			always: { status: 'end_wrapup' },
			body: lamp,
			...order,
		}),
		operation(`GET ${one}/queue_status`, {
			value: 'getQueues',
			name: 'Get Queues',
			action: 'Get queues of call center agent',
			description: 'List the IDs of the queues an agent belongs to',
			returns: 'records',
			unpaged: true,
			version: 4,
		}),
		operation(`POST ${one}/queue_status`, {
			value: 'joinQueue',
			name: 'Join Queue',
			action: 'Add call center agent to queue',
			description: 'Log an agent in to one queue; the IDs of all their queues come back',
			always: { action: 'login' },
			body: queue,
			...order,
		}),
		operation(`POST ${one}/queue_status`, {
			value: 'leaveQueue',
			name: 'Leave Queue',
			action: 'Remove call center agent from queue',
			description: 'Take an agent out of one queue; the IDs of the queues left come back',
			always: { action: 'logout' },
			body: queue,
			...order,
		}),
		operation('GET /accounts/{accountId}/acdc_call_stats', {
			value: 'getCalls',
			name: 'Get Calls',
			action: 'Get calls of call center',
			description: 'List queue calls of a period: who waited how long, who answered, who gave up',
			returns: 'records',
			range: 'created',
			version: 4,
		}),
	],
});
