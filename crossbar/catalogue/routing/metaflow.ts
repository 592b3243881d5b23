import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/metaflows';
const scopes = {
	user: '/accounts/{accountId}/users/{userId}/metaflows',
	device: '/accounts/{accountId}/devices/{deviceId}/metaflows',
} as const;

export const metaflow = resource({
	value: 'metaflow',
	name: 'Metaflow',
	description: 'Keys pressed during a call that hold, transfer, record or hang up',
	keywords: [
		'in-call feature code',
		'star code',
		'DTMF command',
		'mid-call',
		'record on demand',
		'transfer key',
	],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get metaflows',
			description: 'Read which keys do what during a call; nothing when none are set',
			scopes,
		}),
		operation(`POST ${path}`, {
			value: 'update',
			name: 'Update',
			action: 'Update metaflows',
			description: 'Add or change some keys and keep the others',
			scopes,
			document: 'metaflows',
			via: 'mergeUpdate',
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace metaflows',
			description: 'Overwrite all keys, as numbers or as patterns of digits',
			hint: 'Keys you leave out stop working',
			scopes,
			document: 'metaflows',
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete metaflows',
			description: 'Remove all keys; those of the level above apply again',
			scopes,
		}),
	],
});
