import { crud, operation, resource } from '../notation';

const path = '/accounts/{accountId}/clicktocall';
const one = `${path}/{clickToCallId}` as const;

export const clickToCall = resource({
	value: 'clickToCall',
	name: 'Click to Call',
	description: 'Call buttons: a click rings an extension and connects it with a visitor or customer',
	keywords: ['call button', 'website call', 'callback', 'call me', 'click2call', 'dial out', 'originate'],
	rows: [
		...crud(path, 'clickToCallId', {
			one: 'click to call button',
			many: 'click to call buttons',
			schema: 'clicktocall',
			getAll: 'List the call buttons with name and extension',
			get: 'Read which extension a button rings, whom it may call, and its caller ID',
			create: 'Set up a call button for an extension',
			update: 'Change extension, caller ID or allowed numbers of a button',
			replace: 'Overwrite extension, caller ID and options of a button',
			upsert: 'Find a call button by name: change it, or set it up',
			delete: 'Make a call button stop working',
		}),
		operation(`POST ${one}/connect`, {
			value: 'connect',
			also: [`GET ${one}/connect`],
			writes: true,
			name: 'Call',
			action: 'Call with click to call button',
			description:
				'Ring the extension of a button and connect it with a number; with Wait for Result, how it went',
			hint: 'Places a real call; it is never sent twice on its own',
			query: {
				contact: {
					type: 'text',
					label: 'Number to Call',
					placeholder: 'e.g. +14155550100',
					required: true,
				},
				blocking: {
					type: 'boolean',
					label: 'Wait for Result',
					description: 'Whether to wait up to 20 seconds and tell if the call succeeded',
				},
			},
		}),
		operation(`GET ${one}/history`, {
			value: 'getHistory',
			name: 'Get History',
			action: 'Get history of click to call button',
			description: 'List the calls a button has placed, with time and result',
			returns: 'records',
			range: 'created',
		}),
	],
});
