import { operation, resource } from '../notation';

const account = '/accounts/{accountId}';

export const quickcall = resource({
	value: 'quickcall',
	name: 'Quickcall',
	alias: 'Make Call, Originate',
	description: "Start a call: a person's phone rings first and is then connected to the number",
	keywords: ['make call', 'dial', 'originate', 'click to dial', 'outbound call', 'place call', 'callback'],
	rows: [
		operation(`POST ${account}/devices/{deviceId}/quickcall/{numberToCall}`, {
			value: 'call',
			name: 'Call Number',
			action: 'Make call from phone',
			alias: 'quickcall, originate',
			description: 'Ring one phone, or all phones of a user, and connect it to a number once answered',
			hint: 'Needs a SIP phone that is registered. Waits until the call is answered or given up',
			scopes: { user: `${account}/users/{userId}/quickcall/{numberToCall}` },
			also: [
				`GET ${account}/devices/{deviceId}/quickcall/{numberToCall}`,
				`GET ${account}/users/{userId}/quickcall/{numberToCall}`,
			],
			writes: true,
			query: {
				autoAnswer: {
					type: 'boolean',
					label: 'Auto Answer',
					description: 'Whether the phone that is rung answers by itself, where it can',
					default: true,
				},
			},
			body: {
				callerIdName: {
					type: 'text',
					label: 'Caller ID Name',
					description: 'What the rung phone shows',
					placeholder: 'e.g. Ann Smith',
					wire: 'cid-name',
				},
				callerIdNumber: {
					type: 'text',
					label: 'Caller ID Number',
					description: 'What the rung phone shows',
					placeholder: 'e.g. +14155550100',
					wire: 'cid-number',
				},
				timeout: {
					type: 'number',
					label: 'Ring Time (Seconds)',
					description: 'At least 4, else KAZOO takes 30',
					default: 30,
					min: 4,
					decimals: 0,
				},
				ignoreEarlyMedia: {
					type: 'boolean',
					label: 'Ignore Early Media',
					description: 'Whether announcements before the answer are kept from the caller',
					default: true,
					wire: 'ignore-early-media',
				},
				media: {
					type: 'choice',
					label: 'Media',
					description: 'Whether the sound goes through the server',
					options: [
						{ value: 'bypass', label: 'Bypass', description: 'From phone to phone' },
						{ value: 'process', label: 'Process', description: 'Through the server' },
					],
				},
				numberFilter: {
					type: 'text',
					label: 'Number Filter',
					description: '"true" takes everything but digits out of the number, or a regular expression',
					placeholder: 'e.g. true',
				},
				targetCallId: {
					type: 'text',
					label: 'Target Call ID',
					description: 'Call ID to give to the new call',
				},
			},
		}),
	],
});
