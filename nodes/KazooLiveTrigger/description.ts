/** The form of the Live Trigger. */
import type { INodeProperties } from 'n8n-workflow';

import type { EventValue } from '../../crossbar/events';
import { events, eventValues } from '../../crossbar/events';
import { alphabetical } from '../../crossbar/values/alphabetical';
import type { FinishedOptions } from '../shared/finishedCalls';
import { finishedOptions } from '../shared/finishedCalls';
import { missedFromProperty, onlyRungOption } from '../shared/missedCalls';
import { accountProperties } from '../shared/triggerAccounts';

const live = eventValues.filter((value) => events[value].live !== undefined);

function holding(placeholder: string): EventValue[] {
	return live.filter((value) =>
		Object.values(events[value].live?.bindings ?? {}).some((bindings) =>
			bindings.some((binding) => binding.includes(placeholder)),
		),
	);
}

/** What is said of an event in the picker; KAZOO 4 lacks some. */
function described(value: EventValue): string {
	const { description, live: source } = events[value];
	return source?.bindings[4] === undefined ? `${description} (only KAZOO 5)` : description;
}

/** What a person may add. */
export interface LiveOptions extends FinishedOptions {
	/** Minutes. */
	readonly patience?: number;
	/** Each event is an execution of its own. */
	readonly single?: boolean;
	/** Missed calls: only those that rang a phone. */
	readonly onlyRung?: boolean;
}

export const properties: INodeProperties[] = [
	{
		displayName:
			'This node listens on KAZOO’s websocket: no public address is needed. KAZOO does not repeat what happens while there is no connection; to get every record use the KAZOO Poll Trigger.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['callEnded'],
		options: alphabetical(live, (value) => events[value].name).map((value) => ({
			name: events[value].name,
			value,
			description: described(value),
		})),
	},
	missedFromProperty,
	...accountProperties('Every account below mine; new ones are found within ten minutes'),
	{
		displayName: 'Conference ID',
		name: 'conferenceId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 4bcb1e2e2a1d4b0f9e0a7c1d2e3f4a5b',
		description: 'KAZOO tells of one conference at a time',
		displayOptions: { show: { events: holding('{conferenceId}') } },
	},
	{
		displayName: 'SIP User Name',
		name: 'user',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. user_ann',
		description: 'User name of the phone, the part before the @ of its SIP address',
		displayOptions: { show: { events: holding('{user}') } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'One Execution per Event',
				name: 'single',
				type: 'boolean',
				default: true,
				description:
					'Whether each event starts an execution of its own, however many come. Otherwise the first one starts the workflow at once, and those that come in quick succession after it start it together, an item for each.',
			},
			...[onlyRungOption, ...finishedOptions],
			{
				displayName: 'Report Lost Connection After',
				name: 'patience',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 5,
				description:
					'Minutes in which a lost connection is made again without a word. After that the workflow fails, and n8n activates it again by itself.',
			},
		],
	},
];
