import { crud, operation, resource } from './notation';

export const device = resource({
	value: 'device',
	name: 'Device',
	description: 'Desk phones, softphones, cell phones, landlines, ATAs and fax machines',
	keywords: [
		'phone',
		'SIP',
		'softphone',
		'handset',
		'restart phone',
		'reboot',
		'provisioning',
		'MAC address',
		'DND',
	],
	rows: [
		...crud('/accounts/{accountId}/devices', 'deviceId', {
			one: 'device',
			many: 'devices',
			schema: 'devices',
			charges: true,
			getAll: 'List the phones of an account with name, type, MAC address, owner and whether each is enabled',
			get: 'Read every setting of one phone: SIP credentials, codecs, caller ID, call forwarding',
			create: 'Add a phone to the account and give it its SIP credentials; the new device comes back',
			update: 'Change some settings of a phone and keep the others; the whole device comes back',
			replace: 'Store a phone anew from what you send; the whole device comes back',
			upsert: 'Find a phone by a field such as its MAC address: change it if it is there, add it if not',
			delete: 'Remove a phone; it loses its registration at once',
		}),
		operation('GET /accounts/{accountId}/devices/status', {
			value: 'getStatus',
			name: 'Get Registration Status',
			action: 'Get registration status of devices',
			description:
				'List which phones are registered (online) now; phones that are off-line are not in the list',
			returns: 'records',
			unpaged: true,
		}),
		operation('POST /accounts/{accountId}/devices/{deviceId}/sync', {
			value: 'sync',
			name: 'Restart or Resync',
			action: 'Restart or resync device',
			description:
				'Ask a registered phone to fetch its settings again, which makes most phones restart; the server confirms that it asked',
			returns: 'value',
		}),
	],
});
