import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/att_handlers_errors';

export const storageError = resource({
	value: 'storageError',
	name: 'Storage Error',
	description: 'Recordings, voicemails and faxes that could not be stored at the place you chose',
	keywords: ['attachment handler', 'S3', 'Google Drive', 'Azure', 'failed upload', 'storage plan'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many storage errors',
			description: 'List failures of a period with file name and reason',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/handler/{storageHandlerId}`, {
			value: 'getByHandler',
			name: 'Get Many by Handler',
			action: 'Get many storage errors by handler',
			description: 'List the failures at one storage place',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/{storageErrorId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get storage error',
			description: 'Read the request that failed and what the storage place answered',
			hint: 'The answer holds the keys of the storage place: keep it out of logs',
		}),
	],
});
