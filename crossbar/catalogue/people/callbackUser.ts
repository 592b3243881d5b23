import { crud, resource } from '../notation';

const path = '/accounts/{accountId}/cccps';

export const callbackUser = resource({
	value: 'callbackUser',
	name: 'Calling Card',
	description: "Caller IDs and PINs that may call through or be called back at the company's rates",
	keywords: ['calling card', 'callback', 'call through', 'DISA', 'cccp', 'PIN dialing'],
	rows: crud(path, 'callbackUserId', {
		one: 'calling card',
		many: 'calling cards',
		schema: 'cccps',
		getAll: 'List who may call through, by caller ID or PIN',
		get: 'Read caller ID or PIN, owner and limit of simultaneous calls',
		create: 'Let a caller ID or a PIN call through',
		update: 'Change PIN, owner or limit and keep the rest',
		replace: 'Overwrite caller ID, PIN and limit',
		delete: 'Stop a caller ID or PIN from calling through',
		patch: false,
		version: 4,
		more: {
			getAll: { names: { owner: { id: 'user_id', of: 'userId' } } },
			replace: { also: [`PUT ${path}/{callbackUserId}`] },
		},
	}),
});
