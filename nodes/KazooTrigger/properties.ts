/** The properties of the trigger. */
import type { INodeProperties } from 'n8n-workflow';

import type { EventDetails, EventValue } from '../../crossbar/events';
import { events, eventValues } from '../../crossbar/events';
import { parameterProperty } from '../Kazoo/description/fields';
import { outputField, singleAccountScope } from '../Kazoo/description/shared';
import { finishedOptions } from '../shared/finishedCalls';
import { missedFromProperty, onlyRungOption } from '../shared/missedCalls';
import { eventOptions } from './eventOptions';
import { LOOK_EVERY } from './settings';

const having = (test: (details: EventDetails) => boolean): EventValue[] =>
	eventValues.filter((value) => test(events[value]));

const WITH_FILES = having(({ file }) => file !== undefined);
const ABOUT_OBJECTS = having(({ group }) => group === 'Object');

/** In the order of the form. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [],
		required: true,
		description:
			'What starts the workflow. Not every KAZOO offers all; what yours has not is said when it is published.',
	},
	{
		...singleAccountScope,
		description: 'Whose events to listen for',
		// One webhook can listen for all accounts below: that is the switch after the next one
	},
	parameterProperty('accountId', {
		displayName: 'Sub-Account',
		displayOptions: { show: { accountScope: ['one'] } },
	}),
	{
		displayName: 'Include Sub-Accounts',
		name: 'includeSubAccounts',
		type: 'boolean',
		default: false,
		description:
			'Whether to listen for the events of all accounts below this one too; account_id in the item says whose it is',
	},
	{
		displayName: 'Object Type Names or IDs',
		name: 'objectTypes',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getObjectTypes' },
		default: [],
		displayOptions: { show: { events: ABOUT_OBJECTS } },
		description:
			'Which objects count; all when empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	missedFromProperty,
	{
		displayName: 'Download File',
		name: 'download',
		type: 'boolean',
		default: false,
		displayOptions: { show: { events: WITH_FILES } },
		description:
			'Whether to bring the recording or the document along, and the transcription of a voicemail if there is one',
	},
	{ ...outputField, displayOptions: { show: { events: WITH_FILES, download: [true] } } },
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description: 'An event passes when it fits all of these; one that has nothing of the kind passes too',
		options: [
			{
				...parameterProperty('deviceId', { displayName: 'Device', required: false }),
				description: 'The phone that calls or rings',
			},
			{
				displayName: 'Direction',
				name: 'direction',
				type: 'options',
				default: 'any',
				description:
					'The way of a leg, seen from KAZOO: every call has one in and one out for each phone that rings',
				options: [
					{ name: 'Any', value: 'any' },
					{
						name: 'Inbound',
						value: 'inbound',
						description: 'From a carrier or a phone into KAZOO: the caller',
					},
					{
						name: 'Outbound',
						value: 'outbound',
						description: 'From KAZOO to a phone or a carrier: the one called',
					},
				],
			},
			{
				displayName: 'Include Internal Legs',
				name: 'internalLegs',
				type: 'boolean',
				default: true,
				description: 'Whether legs between parts of KAZOO (loopback) count; without this option they do not',
			},
			{
				displayName: 'Number',
				name: 'number',
				type: 'string',
				default: '',
				placeholder: 'e.g. +14155550100 or 2001',
				description: 'A phone number or extension that calls or is called',
			},
			{
				...parameterProperty('userId', { displayName: 'User', required: false }),
				description: 'The user whose phone calls or rings',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Check Webhooks Every',
				name: 'lookEvery',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: LOOK_EVERY,
				description:
					'Minutes between two looks at the webhooks in KAZOO while the workflow is active. KAZOO switches one off after six failed deliveries in a minute; the look switches it on again, and sets up one that was deleted. 0 leaves that to you (Webhook: Repair).',
			},
			...[onlyRungOption, ...finishedOptions],
			{
				displayName: 'Sign Deliveries (KAZOO 5)',
				name: 'signed',
				type: 'boolean',
				default: true,
				description:
					'Whether KAZOO signs each delivery (HMAC, webhook version 2) instead of sending a secret along. KAZOO 5 only; payloads hold more fields then.',
			},
		],
	},
	{
		displayName:
			'Nothing to call with? The KAZOO node reads example payloads: Webhook → Get Sample. Copy one into this node with Edit Output.',
		name: 'sampleNotice',
		type: 'notice',
		default: '',
	},
];
