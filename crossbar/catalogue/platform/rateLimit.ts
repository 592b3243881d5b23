import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/rate_limits';
const device = '/accounts/{accountId}/devices/{deviceId}/rate_limits';

export const rateLimit = resource({
	value: 'rateLimit',
	name: 'Rate Limit',
	description: 'How many SIP messages an account or a phone may send per second and minute',
	keywords: ['flood', 'SIP limit', 'throttle', 'invites per second', 'fraud', 'denial of service'],
	rows: [
		operation(`GET ${path}`, {
			value: 'get',
			name: 'Get',
			action: 'Get rate limits',
			description: "Read the limits of an account or a phone; nothing when the system's apply",
			scopes: { device },
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace rate limits of account',
			description: 'Limit what an account, and each of its phones, may send',
			document: 'account_rate_limits',
		}),
		operation(`POST ${device}`, {
			value: 'replaceOfDevice',
			name: 'Replace for Device',
			action: 'Replace rate limits of device',
			description: 'Limit what one phone may send',
			document: 'device_rate_limits',
		}),
		operation(`DELETE ${path}`, {
			value: 'delete',
			name: 'Delete',
			action: 'Delete rate limits',
			description: 'Let the limits of the system apply again to an account or a phone',
			scopes: { device },
		}),
	],
});
