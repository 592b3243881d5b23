import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/registrations';

export const registration = resource({
	value: 'registration',
	name: 'Registration',
	alias: 'Online Phones',
	description: 'Which phones are online now: where they registered from, with what software, until when',
	keywords: ['online', 'offline', 'SIP registration', 'registered phones', 'user agent', 'IP address'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many registrations of online phones',
			description: 'List the phones that are online, with address, software and expiry',
			returns: 'records',
			unpaged: true,
			names: {
				owner: { id: 'owner_id', of: 'userId' },
				device: { id: 'authorizing_id', of: 'deviceId' },
			},
			simple: [
				'username',
				'authorizing_id',
				'authorizing_type',
				'owner_id',
				'user_agent',
				'source_ip',
				'contact_ip',
				'contact_port',
				'expires',
				'initial_registration',
				'last_registration',
				'realm',
			],
		}),
		operation(`GET ${path}/count`, {
			value: 'count',
			name: 'Count',
			action: 'Count registrations',
			description: 'Count the phones of an account that are online',
		}),
		operation(`DELETE ${path}/{sipUsername}`, {
			value: 'delete',
			name: 'Flush',
			action: 'Flush registration of phone',
			description: 'Forget that a phone is online; it can be called again once it registers again',
		}),
		operation(`DELETE ${path}`, {
			value: 'deleteAll',
			name: 'Flush All',
			action: 'Flush all registrations',
			description: 'Forget all phones of an account at once, for instance after a network change',
			hint: 'Nobody can be called until the phones register again, often minutes later',
		}),
	],
});
