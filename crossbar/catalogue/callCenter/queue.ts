import type { Fields } from '../notation';
import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/queues';
const one = `${path}/{queueId}` as const;

/** Listening in on a queue: async.md section 6. */
const eavesdrop: Fields = {
	device: {
		type: 'locator',
		parameter: 'deviceId',
		label: 'Device',
		description: 'The phone of the one who listens; it is rung first',
		required: true,
		wire: 'id',
	},
	mode: {
		type: 'choice',
		label: 'Mode',
		options: [
			{ value: 'full', label: 'Barge In', description: 'Both sides hear you' },
			{ value: 'listen', label: 'Listen', description: 'Nobody hears you' },
			{ value: 'whisper', label: 'Whisper', description: 'Only the agent hears you' },
		],
		default: 'listen',
		required: true,
	},
	timeout: {
		type: 'number',
		label: 'Ring Time (Seconds)',
		description: 'How long the phone rings before it is given up',
		default: 20,
		min: 1,
		decimals: 0,
	},
	callerIdName: { type: 'text', label: 'Caller ID Name', placeholder: 'e.g. Supervisor' },
	callerIdNumber: { type: 'text', label: 'Caller ID Number', placeholder: 'e.g. 1000' },
};

export const queue = resource({
	value: 'queue',
	name: 'Queue',
	alias: 'Call Queue, Call Center, Wallboard',
	description: 'Lines in which callers wait for the next free agent (ACDC), and who works in them',
	keywords: ['ACD', 'ACDC', 'call queue', 'hold queue', 'agents', 'hunt group', 'support line', 'wallboard'],
	rows: [
		...crud(path, 'queueId', {
			one: 'call queue',
			many: 'call queues',
			schema: 'queues',
			version: 4,
			getAll: 'List the queues of an account with name and strategy',
			get: 'Read strategy, timeouts, announcements and the agents of a queue',
			create: 'Set up a queue; callers reach it once a callflow sends them there',
			update: 'Change some settings of a queue, such as strategy or ring time',
			replace: 'Overwrite all settings of a queue; the roster stays as it is',
			upsert: 'Find a queue by name or another field: change it, or set it up when missing',
			delete: 'Close a queue; change the callflows that lead to it first',
			more: { get: { names: { agent_names: { id: 'agents', of: 'userId' } } } },
		}),
		operation(`GET ${path}/stats`, {
			value: 'getStats',
			name: 'Get Call Statistics',
			action: 'Get call statistics of queues',
			alias: 'wallboard',
			description: 'List recent and waiting calls: wait and talk time, agent, abandoned or handled',
			returns: { list: 'stats' },
			unpaged: true,
			names: { queue: { id: 'queue_id', of: 'queueId' }, agent: { id: 'agent_id', of: 'userId' } },
			version: 4,
			simple: [
				'queue_id',
				'call_id',
				'status',
				'agent_id',
				'caller_id_name',
				'caller_id_number',
				'entered_timestamp',
				'handled_timestamp',
				'abandoned_reason',
				'wait_time',
				'talk_time',
				'hung_up_by',
			],
		}),
		operation(`GET ${one}/roster`, {
			value: 'getRoster',
			name: 'Get Roster',
			action: 'Get roster of queue',
			description: 'List the users who are agents of a queue, by name and ID',
			returns: 'records',
			unpaged: true,
			names: { agent: { id: 'id', of: 'userId' } },
			version: 4,
		}),
		operation(`POST ${one}/roster`, {
			value: 'replaceRoster',
			name: 'Replace Roster',
			action: 'Replace roster of queue',
			description: 'Set which users are the agents of a queue; those you leave out are taken off',
			body: {
				users: {
					type: 'texts',
					label: 'User IDs',
					description: 'IDs of the agents, separated by commas',
					placeholder: 'e.g. 4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b',
					required: true,
					wire: '',
				},
			},
			version: 4,
		}),
		operation(`DELETE ${one}/roster`, {
			value: 'deleteRoster',
			name: 'Clear Roster',
			action: 'Clear roster of queue',
			description: 'Take all agents off a queue; callers then wait for nobody',
			version: 4,
		}),
		operation(`PUT ${one}/eavesdrop`, {
			value: 'eavesdrop',
			name: 'Eavesdrop',
			action: 'Eavesdrop on queue',
			alias: 'listen, whisper, barge in',
			description: 'Ring a phone and let it listen to the calls that the agents of a queue take',
			body: eavesdrop,
			version: 4,
		}),
		operation(`PUT ${path}/eavesdrop`, {
			value: 'eavesdropOnCall',
			name: 'Eavesdrop on Call',
			action: 'Eavesdrop on queued call',
			description: 'Ring a phone and let it listen to one call that a queue handles',
			body: {
				callId: {
					type: 'text',
					label: 'Call ID',
					description: 'As Get Call Statistics or Channel: Get Many tell it',
					placeholder: 'e.g. 8f7d0c1e-5b5e-4f0e-9c3e-2a0c8f3d1b7a',
					required: true,
				},
				...eavesdrop,
			},
			version: 4,
		}),
	],
});
