/** The kinds of steps that a person can choose when building a callflow, and the module that each of them becomes. */
import { alphabetical } from '../../values/alphabetical';
import type { Field, Fields, StepKind } from '../notation';

/** Stands for the address of the workflow that answers a call, which only its trigger knows. */
export const ASK_AGAIN = 'https://ask-again.invalid/';

/** A kind whose fields are, by their `wire`, the `data` of one module. */
export interface CallflowStepKind extends StepKind {
	/** Left out where the step names it itself. */
	readonly module?: string;
	/** Where `data` is not just what was filled in. */
	readonly finish?: (data: Record<string, unknown>) => Record<string, unknown>;
}

const seconds: Field = {
	type: 'number',
	label: 'Seconds',
	description: 'How long it rings before the next step',
	default: 20,
	min: 1,
	wire: 'timeout',
};
const httpMethod = (wire: string, description: string): Field => ({
	type: 'choice',
	label: 'Method',
	description,
	options: [
		{ value: 'get', label: 'GET' },
		{ value: 'post', label: 'POST' },
	],
	default: 'post',
	wire,
});

/** By their value in the form. */
export const stepKinds = {
	askAgain: {
		label: 'Ask This Workflow Again',
		description: 'Only in an answer to a Pivot call: the digits that were collected come along',
		fields: {},
		module: 'pivot',
		finish: () => ({ voice_url: ASK_AGAIN, method: 'post' }),
	},
	callflow: {
		label: 'Callflow',
		description: 'Go on in another callflow',
		fields: {
			callflow: { type: 'locator', label: 'Callflow', parameter: 'callflowId', required: true, wire: 'id' },
		},
		module: 'callflow',
	},
	collectDigits: {
		label: 'Collect Digits',
		description: 'Wait for keys that the caller presses',
		fields: {
			digits: { type: 'number', label: 'Number of Digits', default: 1, min: 1, wire: 'max_digits' },
			wait: {
				type: 'number',
				label: 'Wait',
				description: 'Seconds to wait for a key',
				default: 5,
				min: 1,
				wire: 'timeout',
			},
			name: {
				type: 'text',
				label: 'Name',
				description: 'Under which the digits come back to a Pivot trigger; "default" if empty',
				placeholder: 'e.g. order_number',
				wire: 'collection_name',
			},
		},
		module: 'collect_dtmf',
		// KAZOO counts milliseconds here.
		finish: (data) => ({ ...data, timeout: Number(data.timeout ?? 5) * 1000 }),
	},
	conference: {
		label: 'Conference',
		fields: {
			conference: {
				type: 'locator',
				label: 'Conference',
				description: 'Empty: the caller types the number of the conference',
				parameter: 'conferenceId',
				wire: 'id',
			},
		},
		module: 'conference',
	},
	ringDevice: {
		label: 'Device',
		description: 'Ring one phone',
		fields: {
			device: { type: 'locator', label: 'Device', parameter: 'deviceId', required: true, wire: 'id' },
			seconds,
		},
		module: 'device',
	},
	forward: {
		label: 'Forward to Number',
		description: 'Call a number outside, through the global carrier',
		fields: {
			number: {
				type: 'text',
				label: 'Number',
				placeholder: 'e.g. +14155550100',
				required: true,
				wire: 'to_did',
			},
		},
		module: 'offnet',
	},
	hangUp: { label: 'Hang Up', fields: {}, module: 'hangup' },
	json: {
		label: 'JSON',
		description: 'Any module that KAZOO has',
		fields: {
			json: {
				type: 'json',
				label: 'Step',
				description: 'An object with module and data, and children if need be',
				default: '{"module": "set_cid", "data": {"caller_id_name": "Support"}}',
				required: true,
				wire: '',
			},
		},
	},
	menu: {
		label: 'Menu',
		description: 'Let the caller press a key; steps below can run on a key',
		fields: { menu: { type: 'locator', label: 'Menu', parameter: 'menuId', required: true, wire: 'id' } },
		module: 'menu',
	},
	pivot: {
		label: 'Pivot',
		description: 'Ask a web server what to do next',
		fields: {
			url: {
				type: 'text',
				label: 'URL',
				description: 'The production URL of a KAZOO Pivot Trigger, or another address',
				placeholder: 'e.g. https://n8n.example.com/webhook/5f2b7c3a/pivot',
				required: true,
				wire: 'voice_url',
			},
			method: httpMethod('method', 'How KAZOO asks'),
		},
		module: 'pivot',
	},
	play: {
		label: 'Play Media',
		fields: { media: { type: 'locator', label: 'Media', parameter: 'mediaId', required: true, wire: 'id' } },
		module: 'play',
	},
	queue: {
		label: 'Queue',
		description: 'Wait in a queue of the call center',
		fields: { queue: { type: 'locator', label: 'Queue', parameter: 'queueId', required: true, wire: 'id' } },
		module: 'acdc_member',
	},
	ringGroup: {
		label: 'Ring Group',
		description: 'Ring all members of a group at once',
		fields: {
			group: {
				type: 'locator',
				label: 'Group',
				parameter: 'groupId',
				required: true,
				wire: 'endpoints.0.id',
			},
			seconds,
		},
		module: 'ring_group',
		finish: ({ endpoints, timeout }) => ({
			strategy: 'simultaneous',
			timeout,
			endpoints: (endpoints as object[]).map((endpoint) => ({
				...endpoint,
				endpoint_type: 'group',
				timeout,
			})),
		}),
	},
	say: {
		label: 'Say',
		description: 'Read a text to the caller (text to speech)',
		fields: {
			text: {
				type: 'text',
				label: 'Text',
				lines: 2,
				placeholder: 'e.g. Please hold the line',
				required: true,
			},
			voice: {
				type: 'choice',
				label: 'Voice',
				options: [
					{ value: 'female', label: 'Female' },
					{ value: 'male', label: 'Male' },
				],
				default: 'female',
			},
		},
		module: 'tts',
	},
	timeOfDay: {
		label: 'Time of Day',
		description: 'Branch by the time; steps below can run during a rule',
		fields: {
			timezone: {
				type: 'text',
				label: 'Time Zone',
				description: 'That of the account if empty',
				placeholder: 'e.g. America/Los_Angeles',
			},
		},
		module: 'temporal_route',
	},
	ringUser: {
		label: 'User',
		description: 'Ring all phones of a user',
		fields: {
			user: { type: 'locator', label: 'User', parameter: 'userId', required: true, wire: 'id' },
			seconds,
		},
		module: 'user',
	},
	voicemail: {
		label: 'Voicemail',
		fields: {
			vmbox: { type: 'locator', label: 'Voicemail Box', parameter: 'vmboxId', required: true, wire: 'id' },
		},
		module: 'voicemail',
	},
	webhook: {
		label: 'Webhook',
		description: 'Tell a web server about the call and go on',
		fields: {
			uri: {
				type: 'text',
				label: 'URL',
				placeholder: 'e.g. https://n8n.example.com/webhook/call',
				required: true,
			},
			verb: httpMethod('http_verb', 'How KAZOO sends it'),
		},
		module: 'webhook',
	},
} as const satisfies Readonly<Record<string, CallflowStepKind>>;

export type StepKindName = keyof typeof stepKinds;

/** What every step has: when it runs. */
export const everyStep = {
	runs: {
		type: 'choice',
		label: 'Runs',
		options: [
			{ value: 'next', label: 'After the Step Before' },
			{ value: 'rule', label: 'During a Time of Day Rule' },
			{ value: 'key', label: 'On a Key' },
			{ value: 'otherwise', label: 'Otherwise' },
		],
		default: 'next',
		description: 'A key or rule begins a branch of the menu, Collect Digits or Time of Day step above',
	},
	key: {
		type: 'text',
		label: 'Key',
		description: 'Several digits after Collect Digits; "timeout" when nothing was pressed in a menu',
		placeholder: 'e.g. 1',
		when: { field: 'runs', is: 'key' },
	},
	rule: {
		type: 'locator',
		label: 'Rule',
		parameter: 'temporalRuleId',
		when: { field: 'runs', is: 'rule' },
	},
} as const satisfies Fields;

/**
 * The field of a form in which steps are put together.
 * @param names the kinds to choose from; a new step is of the first one
 */
export function stepsField(label: string, names: readonly [StepKindName, ...StepKindName[]]): Field {
	const sorted = alphabetical(names, (name) => stepKinds[name].label);
	const kinds = Object.fromEntries(sorted.map((name) => [name, stepKinds[name]]));
	return { type: 'steps', label, kinds, default: names[0], every: everyStep, required: true };
}
