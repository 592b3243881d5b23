/** The form of the trigger. */
import type { INodeProperties } from 'n8n-workflow';

import { answerSteps } from '../../crossbar/catalogue/routing/pivot';
import { fieldProperty, parameterProperty } from '../Kazoo/description/fields';
import { singleAccountScope } from '../Kazoo/description/shared';

/** Seconds that KAZOO waits; an answer must be back before. */
export const KAZOO_WAITS = 5;
/** Seconds after which the fallback is sent. */
export const DEADLINE = 4;

const forFallback = (kind: string): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { fallback: [kind] } },
});

export const properties: INodeProperties[] = [
	{
		displayName: 'Set Up',
		name: 'setUp',
		type: 'options',
		default: 'hand',
		description: 'How calls come to this workflow',
		options: [
			{ name: 'By Hand', value: 'hand', description: 'A callflow gets the URL below from you' },
			{
				name: 'In a Callflow',
				value: 'callflow',
				description: 'Its Pivot step comes when the workflow is published, and goes with it',
			},
		],
	},
	{
		...singleAccountScope,
		description: 'Whose callflow it is',
		options: singleAccountScope.options,
		displayOptions: { show: { setUp: ['callflow'] } },
	},
	parameterProperty('accountId', {
		displayName: 'Sub-Account',
		displayOptions: { show: { setUp: ['callflow'], accountScope: ['one'] } },
	}),
	parameterProperty('callflowId', { displayOptions: { show: { setUp: ['callflow'] } } }),
	{
		displayName:
			'While this workflow is published, or listens for a test, calls to the callflow ask it first. The steps of the callflow follow when it gives no answer.',
		name: 'setUpNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setUp: ['callflow'] } },
	},
	{
		displayName:
			'Give KAZOO the production URL: the KAZOO node’s operation <b>Callflow: Create Pivot Step</b> puts it into a callflow. If you set a secret, the URL ends in <b>?secret=…</b>.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { setUp: ['hand'] } },
	},
	{
		displayName: 'Answer',
		name: 'answer',
		type: 'options',
		default: 'responseNode',
		description: 'Who tells the call what happens next',
		options: [
			{
				name: 'By a KAZOO Node',
				value: 'responseNode',
				description:
					'The operation Pivot: Answer Call, anywhere in the workflow; a mistake is an error there',
			},
			{
				name: 'By the Last Node',
				value: 'lastNode',
				description:
					'Its first item: a step with module and data, or twiml; a mistake becomes a failed execution of its own',
			},
			{
				name: 'With the Steps Below',
				value: 'steps',
				description: 'At once; the workflow runs beside the call',
			},
		],
	},
	{
		...fieldProperty('steps', answerSteps),
		displayOptions: { show: { answer: ['steps'] } },
	},
	{
		displayName: 'Fallback',
		name: 'fallback',
		type: 'options',
		default: 'say',
		description:
			'What happens when the workflow fails, is too slow, or answers with something KAZOO cannot use',
		options: [
			{ name: 'Forward to Number', value: 'forward' },
			{
				name: 'Go on in the Callflow',
				value: 'callflow',
				description:
					'With what follows the Pivot step; KAZOO hangs up if the call was answered by a Pivot step before',
			},
			{ name: 'Say', value: 'say', description: 'Read a text to the caller and hang up' },
			{ name: 'Voicemail', value: 'voicemail' },
		],
	},
	{
		displayName: 'Text',
		name: 'fallbackText',
		type: 'string',
		default: 'We are sorry, we cannot take your call right now. Please try again later.',
		required: true,
		...forFallback('say'),
	},
	{
		displayName: 'Number',
		name: 'fallbackNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550100',
		required: true,
		...forFallback('forward'),
	},
	parameterProperty('vmboxId', forFallback('voicemail')),
	{
		displayName: 'Secret',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Requests whose URL does not end in ?secret= and this text are refused with status 403',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Deadline',
				name: 'deadline',
				type: 'number',
				typeOptions: { minValue: 0.5, maxValue: 4.8, numberPrecision: 1 },
				default: DEADLINE,
				description: `Seconds after which the fallback is sent; KAZOO itself waits ${KAZOO_WAITS}`,
			},
			{
				displayName: 'SIP Headers',
				name: 'sipHeaders',
				type: 'boolean',
				default: false,
				description:
					'Whether the item holds the custom SIP headers of the call, which can carry what a trunk logs in with',
			},
		],
	},
];
