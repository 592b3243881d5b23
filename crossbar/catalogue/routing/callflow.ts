import type { Fields } from '../notation';
import { crud, operation, resource } from '../notation';
import { stepsField } from './stepKinds';

const list = '/accounts/{accountId}/callflows';

/** A stored callflow or one given as JSON. */
const source: Fields = {
	source: {
		type: 'choice',
		label: 'Look At',
		options: [
			{ value: 'json', label: 'JSON' },
			{ value: 'stored', label: 'Stored Callflow' },
		],
		default: 'stored',
		required: true,
	},
	callflow: {
		type: 'locator',
		label: 'Callflow',
		parameter: 'callflowId',
		required: true,
		when: { field: 'source', is: 'stored' },
	},
	document: {
		type: 'json',
		label: 'JSON',
		description: 'A callflow with numbers and flow, or only its first step',
		default: '{"numbers": ["1001"], "flow": {"module": "hangup", "data": {}, "children": {}}}',
		required: true,
		when: { field: 'source', is: 'json' },
	},
};

export const callflow = resource({
	value: 'callflow',
	name: 'Callflow',
	alias: 'Call Flow, Call Routing',
	description: 'What happens to a call to a number or extension: who rings, menus, voicemail, opening hours',
	keywords: [
		'call routing',
		'dial plan',
		'extension',
		'auto attendant',
		'IVR',
		'ring group',
		'feature code',
		'inbound',
	],
	rows: [
		...crud(list, 'callflowId', {
			one: 'callflow',
			many: 'callflows',
			schema: 'callflows',
			getAll: 'List callflows with the numbers and extensions they answer and the modules they use',
			get: 'Read one callflow with its whole tree of modules',
			create:
				'Route numbers or extensions through a new tree of modules; numbers must be free in other callflows',
			update: 'Change name, numbers or parts of the tree; branches you leave out stay as they are',
			replace: 'Put a new tree, name and list of numbers in place of the old ones',
			upsert: 'Find a callflow by name or another field: change it when it exists, else make it',
			delete: 'Remove the routing; calls to its numbers are no longer answered',
			more: {
				getAll: { names: { owner: { id: 'owner_id', of: 'userId' } } },
				create: { action: 'Create callflow for number or extension' },
				update: {
					hint: 'Lists such as numbers are replaced whole; an old branch goes only when you send it as null',
				},
			},
		}),
		operation(`PUT ${list}`, {
			value: 'build',
			name: 'Build',
			action: 'Build callflow from steps',
			alias: 'call flow, call routing',
			description: 'Put a callflow together from steps: who rings, menus with keys, opening hours, voicemail',
			arguments: {
				name: { type: 'text', label: 'Name', placeholder: 'e.g. Main Line', required: true },
				numbers: {
					type: 'texts',
					label: 'Numbers',
					description: 'Phone numbers and extensions, with commas between',
					placeholder: 'e.g. +14155550100, 1001',
					required: true,
				},
				steps: stepsField('Steps', [
					'ringUser',
					'ringDevice',
					'ringGroup',
					'voicemail',
					'menu',
					'timeOfDay',
					'say',
					'play',
					'collectDigits',
					'forward',
					'callflow',
					'conference',
					'queue',
					'pivot',
					'webhook',
					'hangUp',
					'json',
				]),
				result: {
					type: 'choice',
					label: 'Result',
					options: [
						{ value: 'create', label: 'Create' },
						{ value: 'document', label: 'Only Return the Document' },
					],
					default: 'create',
					required: true,
				},
			},
			via: 'buildCallflow',
		}),
		operation(`POST ${list}/{callflowId}`, {
			value: 'createPivotStep',
			name: 'Create Pivot Step',
			action: 'Create pivot step in callflow',
			description: 'Let a workflow or web server decide what happens to the calls of a callflow',
			arguments: {
				url: {
					type: 'text',
					label: 'URL',
					description: 'The production URL of a KAZOO Pivot Trigger, with its secret, or another address',
					placeholder: 'e.g. https://n8n.example.com/webhook/5f2b7c3a/pivot',
					required: true,
				},
				place: {
					type: 'choice',
					label: 'Place',
					options: [
						{
							value: 'first',
							label: 'In Front of the Steps',
							description: 'The old steps run when the web server does not answer',
						},
						{ value: 'only', label: 'Instead of the Steps', description: 'The old steps are lost' },
					],
					default: 'first',
					required: true,
				},
				debug: {
					type: 'boolean',
					label: 'Debug',
					description: 'Whether KAZOO keeps a log of what it asked and got, for Pivot: Get Debug Logs',
				},
				format: {
					type: 'choice',
					label: 'Format',
					description: 'Names of the parameters that KAZOO sends; the KAZOO Pivot Trigger reads both',
					options: [
						{ value: 'kazoo', label: 'KAZOO' },
						{ value: 'twiml', label: 'TwiML' },
					],
					default: 'kazoo',
				},
				method: {
					type: 'choice',
					label: 'Method',
					options: [
						{ value: 'get', label: 'GET' },
						{ value: 'post', label: 'POST' },
					],
					default: 'post',
				},
				timeout: {
					type: 'number',
					label: 'Timeout',
					description: 'Seconds that KAZOO waits for an answer',
					default: 5,
					min: 1,
					max: 5,
				},
			},
			via: 'createPivotStep',
		}),
		operation(`GET ${list}`, {
			value: 'describe',
			name: 'Describe',
			action: 'Describe callflow',
			description: 'Show a callflow as a tree of steps in words and as a Mermaid chart, with names for IDs',
			arguments: source,
			via: 'describeCallflow',
		}),
		operation(`GET ${list}`, {
			value: 'validate',
			name: 'Validate',
			action: 'Validate callflow',
			description: 'Find wrong modules and fields, IDs that are gone and numbers used twice; changes nothing',
			arguments: source,
			via: 'validateCallflow',
		}),
	],
});
