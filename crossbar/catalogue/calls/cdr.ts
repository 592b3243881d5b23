import type { Fields } from '../notation';
import { operation, resource } from '../notation';

const account = '/accounts/{accountId}/cdrs';

/** For answers that cannot be put together from several windows of time. */
const range: Fields = {
	createdFrom: {
		type: 'date',
		label: 'From',
		description: 'Calls since then; left empty, 31 days before the end. KAZOO takes at most 31 days at once',
		placeholder: 'e.g. 2026-11-01T00:00:00Z',
		stands: true,
	},
	createdTo: {
		type: 'date',
		label: 'To',
		description: 'Calls until then; left empty, now',
		placeholder: 'e.g. 2026-11-30T23:59:59Z',
		stands: true,
	},
};

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

export const cdr = resource({
	value: 'cdr',
	name: 'CDR',
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
			description: 'List calls of a period, one record a call, with its legs gathered by interaction',
			returns: 'records',
			range: 'created',
			scopes: { user: '/accounts/{accountId}/users/{userId}/cdrs/interaction' },
			simple: listed,
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
			description: 'Count calls and minutes of a period by direction and kind of number',
			query: range,
		}),
		operation(`GET ${account}`, {
			value: 'export',
			name: 'Export as CSV',
			action: 'Export CDRs as CSV file',
			alias: 'call history, export calls',
			description:
				'Download the call legs of a period as a CSV file, with the columns KAZOO uses for billing',
			scopes: { user: '/accounts/{accountId}/users/{userId}/cdrs' },
			query: {
				...range,
				fileName: { type: 'text', label: 'File Name', placeholder: 'e.g. calls-november.csv' },
			},
			alwaysQuery: { accept: 'csv', paginate: false },
			returns: 'file',
			accept: 'text/csv',
		}),
	],
});
