import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const account = '/accounts/{accountId}/cdrs';

/** Where the answer is one, which cannot be put together from several windows of time. */
const AT_ONCE = 'KAZOO takes at most 31 days at once';

const listed = [
	'id',
	'iso_8601_combined',
	'direction',
	'caller_id_name',
	'caller_id_number',
	'callee_id_name',
	'callee_id_number',
	'dialed_number',
	'duration_seconds',
	'billing_seconds',
	'hangup_cause',
	'owner_id',
	'cost',
	'interaction_id',
	'call_id',
] as const;

const leg = [
	'id',
	'timestamp',
	'call_direction',
	'caller_id_name',
	'caller_id_number',
	'callee_id_name',
	'callee_id_number',
	'to',
	'duration_seconds',
	'billing_seconds',
	'ringing_seconds',
	'hangup_cause',
	'custom_channel_vars.owner_id',
	'interaction_id',
	'call_id',
] as const;

const call = [
	...['id', 'started_at', 'direction', 'result', 'reason', 'from.number', 'from.name', 'from.user_name'],
	...['dialed', 'answered_by.name', 'answered_by.user_name', 'waiting_seconds', 'talking_seconds'],
	...['recording_ids', 'voicemail_id'],
] as const;

/** Which calls; they are put together here, so the server cannot choose them. */
const chosenCalls: Fields = {
	longestCall: {
		type: 'number',
		label: 'Longest Call',
		default: 4,
		min: 0,
		decimals: 1,
		description:
			'Hours that a call takes at most. So much after the end of the range is read, too, for the legs of its last calls',
	},
	lookUp: {
		type: 'boolean',
		label: 'Look Up Details',
		default: true,
		description:
			'Whether to add the names of users and phones, recordings and voicemails, from five lists of the account. Without them voicemail counts as missed',
	},
	number: {
		type: 'text',
		label: 'Number',
		placeholder: 'e.g. +14155550100 or 2001',
		description: 'A phone number or extension that called or was called',
	},
	queue: {
		type: 'locator',
		parameter: 'queueId',
		label: 'Queue',
		description: 'Reads the whole records of each call, a request a call: lists do not say the queue',
	},
	result: {
		type: 'choices',
		label: 'Result',
		description: 'All when left out',
		options: [
			{ label: 'Abandoned', value: 'abandoned', description: 'The caller hung up first' },
			{ label: 'Answered', value: 'answered' },
			{ label: 'Busy', value: 'busy' },
			{ label: 'Failed', value: 'failed', description: 'KAZOO could not connect it' },
			{ label: 'Forwarded', value: 'forwarded', description: 'Taken where a phone forwards to' },
			{ label: 'Missed', value: 'missed' },
			{ label: 'Not Reachable', value: 'not_reachable', description: 'No phone was registered' },
			{ label: 'Rejected', value: 'rejected' },
			{ label: 'Voicemail', value: 'voicemail', description: 'A message was left' },
		],
	},
	user: {
		type: 'locator',
		parameter: 'userId',
		label: 'User',
		description: 'Who called, or whose phone rang',
	},
	wholeRecords: {
		type: 'boolean',
		label: 'Read Whole Records',
		default: true,
		description: 'Whether to add what only whole records say (callflow, queue): a request a call',
	},
};

export const cdr = resource({
	value: 'cdr',
	name: 'CDR',
	alias: 'Call History, Call Report, Missed Call',
	description: 'Call detail records: who called whom, when, how long, and how the call ended',
	keywords: ['call history', 'call log', 'call detail record', 'call report', 'minutes', 'missed calls'],
	rows: [
		operation(`GET ${account}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many CDRs',
			alias: 'call history',
			description: 'List call legs of a period, one record for each phone or trunk that took part',
			returns: 'records',
			range: 'created',
			scopes: { user: '/accounts/{accountId}/users/{userId}/cdrs' },
			simple: listed,
		}),
		operation(`GET ${account}/interaction`, {
			value: 'getInteractions',
			name: 'Get Many Calls',
			action: 'Get many calls from call history',
			alias: 'missed call, call log',
			description: 'List calls of a period, one record a call, with its legs gathered by interaction',
			returns: 'records',
			range: 'created',
			losesAtPages: true,
			hint: 'Asked for a day at a time and without pages, a request for each day of the period: KAZOO 4 loses a call where pages meet',
			scopes: { user: '/accounts/{accountId}/users/{userId}/cdrs/interaction' },
			simple: listed,
		}),
		operation(`GET ${account}`, {
			value: 'getCalls',
			name: 'Get Calls',
			action: 'Get calls with who answered and result',
			alias: 'missed calls, call log',
			description:
				'List whole calls of a period: who called, who answered, result, waiting and talking time, transfers. One item a call',
			returns: 'records',
			range: 'created',
			unpaged: true,
			via: 'getCalls',
			arguments: {
				includeLegs: {
					type: 'boolean',
					label: 'Include Legs',
					default: true,
					description: 'Whether to add the legs that a call is made of',
				},
				...chosenCalls,
			},
			simple: call,
		}),
		operation(`GET ${account}`, {
			value: 'getCallReport',
			name: 'Get Call Report',
			action: 'Get call report',
			alias: 'call statistics, service level, answer rate, missed calls by user',
			description:
				'Count the calls of a period by user, number, queue, group or hour: rates, times, service level',
			returns: 'records',
			range: 'created',
			unpaged: true,
			via: 'callReport',
			arguments: {
				by: {
					type: 'choice',
					label: 'Rows By',
					required: true,
					default: 'user',
					options: [
						{ label: 'Account', value: 'account', description: 'One row for all calls' },
						{ label: 'Direction', value: 'direction' },
						{ label: 'Group', value: 'group', description: 'Members whose phones rang' },
						{ label: 'Hour', value: 'hour', description: 'Hour of the day, in the time zone of the account' },
						{ label: 'Number', value: 'number', description: 'The number that was dialed' },
						{ label: 'Queue', value: 'queue', description: 'Reads whole records, a request a call' },
						{ label: 'User', value: 'user', description: 'Who called, or whose phone rang' },
						{ label: 'Weekday', value: 'weekday', description: 'In the time zone of the account' },
					],
				},
				interval: {
					type: 'choice',
					label: 'Interval',
					default: 'none',
					description: 'A row of its own for each of them',
					options: [
						{ label: 'Day', value: 'day' },
						{ label: 'Hour', value: 'hour' },
						{ label: 'Month', value: 'month' },
						{ label: 'None', value: 'none' },
						{ label: 'Week', value: 'week' },
					],
				},
				serviceLevel: {
					type: 'number',
					label: 'Service Level Seconds',
					default: 20,
					min: 0,
					description: 'Calls that were answered within so many seconds count for the service level',
				},
				source: {
					type: 'choice',
					label: 'Count',
					default: 'records',
					description: 'Whose figures they are',
					options: [
						{ label: 'Calls', value: 'records', description: 'Put together from call records' },
						{
							label: 'Queue Statistics',
							value: 'queues',
							description: 'What the call centre of KAZOO 4 counted: waiting in a queue, and agents',
						},
					],
				},
				timeZone: {
					type: 'text',
					label: 'Time Zone',
					placeholder: 'e.g. America/New_York',
					description: 'For hours, days and weekdays; that of the account when left out',
				},
				...chosenCalls,
			},
		}),
		operation(`GET ${account}/legs/{interactionId}`, {
			value: 'getLegs',
			name: 'Get Legs of Call',
			action: 'Get legs of call',
			description: 'Read all legs of one call in full, in the order they began',
			returns: 'records',
			unpaged: true,
			simple: leg,
		}),
		operation(`GET ${account}/{cdrId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get CDR',
			description: 'Read one leg with all that KAZOO recorded about it',
			simple: leg,
		}),
		operation(`GET ${account}/summary`, {
			value: 'getSummary',
			name: 'Get Summary',
			action: 'Get summary of calls',
			alias: 'call report, minutes',
			description: 'Add up the seconds over carriers in a period, by direction, carrier and kind of number',
			range: 'created',
			hint: AT_ONCE,
			via: 'callSummary',
		}),
		operation(`GET ${account}`, {
			value: 'export',
			name: 'Export as CSV',
			action: 'Export CDRs as CSV file',
			alias: 'call history, export calls',
			description:
				'Download the call legs of a period as a CSV file, with the columns KAZOO uses for billing',
			scopes: { user: '/accounts/{accountId}/users/{userId}/cdrs' },
			range: 'created',
			hint: AT_ONCE,
			query: {
				fileName: { type: 'text', label: 'File Name', placeholder: 'e.g. calls-november.csv' },
			},
			alwaysQuery: { accept: 'csv', paginate: false },
			returns: 'file',
			accept: 'text/csv',
		}),
	],
});
