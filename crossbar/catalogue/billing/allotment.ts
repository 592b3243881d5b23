import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/allotments';

export const allotment = resource({
	value: 'allotment',
	name: 'Allotment',
	description: 'Minutes that are included free of charge, by kind of call and period',
	keywords: ['free minutes', 'included minutes', 'minute bundle', 'bucket', 'flat rate', 'quota'],
	rows: [
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many allotments',
			description: 'List the included minutes, an item for each kind of call',
			returns: { map: '', key: 'name' },
			unpaged: true,
		}),
		operation(`POST ${path}`, {
			value: 'replace',
			name: 'Replace',
			action: 'Replace allotments',
			description: 'Overwrite the included minutes of all kinds of calls',
			hint: 'Kinds you leave out are lost. Amounts are seconds; cycles run from minutely to monthly',
			body: {
				allotments: {
					type: 'json',
					label: 'Allotments',
					description:
						'By direction and kind: amount, cycle, increment, minimum, no_consume_time, group_consume',
					placeholder: 'e.g. {"outbound_national": {"amount": 36000, "cycle": "monthly"}}',
					required: true,
					wire: '',
				},
			},
			returns: 'value',
		}),
		operation(`GET ${path}/consumed`, {
			value: 'getConsumed',
			name: 'Get Consumed',
			action: 'Get consumed allotments',
			description: 'Read how many of the included seconds are used up in this cycle or a period',
			returns: { map: '', key: 'name' },
			unpaged: true,
			query: {
				createdFrom: { type: 'date', label: 'From' },
				createdTo: { type: 'date', label: 'To' },
			},
		}),
	],
});
