import { operation, resource } from '../notation';

const reports = '/accounts/{accountId}/call_reports';

export const callInspector = resource({
	value: 'callInspector',
	name: 'Call Inspector',
	description: 'Signalling of past calls message by message, and reports of bad calls',
	keywords: [
		'SIP trace',
		'ladder diagram',
		'pcap',
		'debug call',
		'call quality',
		'bad audio',
		'one way audio',
	],
	rows: [
		operation('GET /accounts/{accountId}/call_inspector', {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many inspected calls',
			description: 'List the calls of a period whose signalling was kept',
			hint: "Needs KAZOO's call inspector application on the server",
			returns: 'records',
			range: 'created',
		}),
		operation('GET /accounts/{accountId}/call_inspector/{callId}', {
			value: 'get',
			name: 'Get',
			action: 'Get inspected call',
			description: 'Read the SIP messages of a call and what looks wrong in them',
			hint: "Needs KAZOO's call inspector application on the server",
		}),
		operation(`PUT ${reports}`, {
			value: 'report',
			name: 'Report Bad Call',
			action: 'Report bad call',
			description: 'Report to the provider that something was wrong with a call',
			body: {
				callId: { type: 'text', label: 'Call ID', required: true },
				type: {
					type: 'text',
					label: 'Kind of Trouble',
					description: 'One of the IDs that Get Kinds of Trouble lists',
					placeholder: 'e.g. one_way_audio',
					required: true,
				},
				cdr: { type: 'locator', parameter: 'cdrId', label: 'Call Record', wire: 'cdr_id' },
				description: { type: 'text', label: 'Description', lines: 3 },
			},
			version: 5,
		}),
		operation(`GET ${reports}/allowed_types`, {
			value: 'getKinds',
			name: 'Get Kinds of Trouble',
			action: 'Get kinds of trouble with calls',
			description: 'List what can be reported, such as dropped call or one-way audio',
			returns: 'records',
			unpaged: true,
			version: 5,
		}),
	],
});
