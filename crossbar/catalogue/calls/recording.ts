import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/recordings';

const simple = [
	'id',
	'call_id',
	'interaction_id',
	'cdr_id',
	'start',
	'direction',
	'caller_id_name',
	'caller_id_number',
	'callee_id_name',
	'callee_id_number',
	'duration',
	'origin',
	'owner',
	'owner_id',
	'content_type',
] as const;

export const recording = resource({
	value: 'recording',
	name: 'Recording',
	alias: 'Call Recording',
	description: 'Recorded calls and their sound files',
	keywords: ['call recording', 'recorded call', 'audio', 'compliance'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many call recordings',
			description: 'List the calls recorded in a period, with caller, called party and length',
			returns: 'records',
			range: 'created',
			scopes: { user: '/accounts/{accountId}/users/{userId}/recordings' },
			names: { owner: { id: 'owner_id', of: 'userId' } },
			simple,
		}),
		operation(`GET ${path}/{recordingId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get call recording',
			description: 'Read who spoke with whom on a recorded call, and why it was recorded',
			scopes: { user: '/accounts/{accountId}/users/{userId}/recordings/{recordingId}' },
			simple,
		}),
		operation(`GET ${path}/{recordingId}`, {
			value: 'download',
			name: 'Download',
			action: 'Download call recording',
			description: 'Get the sound of a recorded call as a file',
			scopes: { user: '/accounts/{accountId}/users/{userId}/recordings/{recordingId}' },
			returns: 'file',
			accept: 'audio/mpeg',
		}),
		operation(`PATCH ${path}/{recordingId}`, {
			value: 'update',
			name: 'Update',
			action: 'Update call recording',
			alias: 'note on a call, tag a call, rate a call',
			description: 'Attach your own notes or tags to a recording; nothing else of it can change',
			body: {
				userMetadata: {
					type: 'json',
					label: 'User Metadata',
					description: 'An object with what you want to remember',
					placeholder: 'e.g. {"rating": 4, "reviewed_by": "Ann"}',
					required: true,
				},
			},
			version: 5,
		}),
		operation(`DELETE ${path}/{recordingId}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete call recording',
			description: 'Remove a recorded call and its sound',
		}),
	],
});
