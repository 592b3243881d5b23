import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/presence';
const endpoints = {
	user: '/accounts/{accountId}/users/{userId}/presence',
	device: '/accounts/{accountId}/devices/{deviceId}/presence',
} as const;

export const presence = resource({
	value: 'presence',
	name: 'Presence',
	alias: 'BLF',
	description: 'The busy lamps (BLF) of phones: who watches whom, and lamps that show the wrong state',
	keywords: ['BLF', 'busy lamp', 'lamp', 'line status', 'stuck light', 'subscription', 'available'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getSubscriptions',
			name: 'Get Subscriptions',
			action: 'Get presence subscriptions of account',
			description: 'Count which extensions are watched by how many phones',
		}),
		operation(`GET ${path}/{extension}`, {
			value: 'get',
			name: 'Get',
			action: 'Get presence of extension',
			description: 'Read who watches one extension and what their lamps were last told',
		}),
		operation(`POST ${path}/{extension}`, {
			value: 'set',
			name: 'Set State',
			action: 'Set BLF lamp',
			alias: 'presence state',
			description: 'Light or clear the lamps that watch an extension, parking slot, user or phone',
			scopes: endpoints,
			always: { action: 'set' },
			body: {
				state: {
					type: 'choice',
					label: 'State',
					options: [
						{ value: 'confirmed', label: 'Busy', description: 'On a call' },
						{ value: 'terminated', label: 'Idle', description: 'Lamp off' },
						{ value: 'early', label: 'Ringing', description: 'Most phones blink' },
					],
					default: 'terminated',
					required: true,
				},
			},
			returns: 'value',
		}),
		operation(`POST ${path}/{extension}`, {
			value: 'reset',
			name: 'Reset State',
			action: 'Reset presence state',
			description: 'Clear what the lamps were told, as when one is stuck; phones ask again',
			scopes: endpoints,
			always: { action: 'reset' },
			returns: 'value',
		}),
		operation(`POST ${path}`, {
			value: 'resetAll',
			name: 'Reset All',
			action: 'Reset presence of account',
			description: 'Clear what all lamps of an account were told',
			always: { action: 'reset' },
			returns: 'value',
			version: 5,
		}),
		operation(`GET ${path}/report-{presenceReportId}`, {
			value: 'downloadReport',
			name: 'Download Report',
			action: 'Download presence report',
			description: 'Get a report that an earlier presence command wrote, as a JSON file',
			returns: 'file',
			accept: 'application/json',
		}),
	],
});
