import { operation, resource } from '../notation';
import { stepsField } from './stepKinds';

const path = '/accounts/{accountId}/pivot/debug';

/** What a call can be told; the trigger that answers by itself offers the same. */
export const answerSteps = stepsField('Steps', [
	'say',
	'play',
	'collectDigits',
	'askAgain',
	'menu',
	'ringUser',
	'ringDevice',
	'ringGroup',
	'voicemail',
	'forward',
	'callflow',
	'hangUp',
	'json',
]);

export const pivot = resource({
	value: 'pivot',
	name: 'Pivot',
	description: 'What KAZOO asked your web server during calls, and what it made of the answers',
	keywords: ['pivot debug', 'TwiML', 'programmable voice', 'dynamic callflow', 'call script'],
	rows: [
		operation('GET /', {
			value: 'answer',
			name: 'Answer Call',
			action: 'Answer pivot call',
			description: 'Tell a call that started the workflow by a KAZOO Pivot Trigger what happens next',
			hint: 'For a KAZOO Pivot Trigger whose Answer is “By a KAZOO Node”. A wrong step or field is an error here, and nothing is sent',
			arguments: {
				format: {
					type: 'choice',
					label: 'Answer With',
					options: [
						{ value: 'json', label: 'JSON' },
						{ value: 'steps', label: 'Steps' },
						{ value: 'twiml', label: 'TwiML' },
					],
					default: 'steps',
					required: true,
				},
				steps: { ...answerSteps, when: { field: 'format', is: 'steps' } },
				json: {
					type: 'json',
					label: 'JSON',
					description: 'One step: an object with module, data and children',
					default: '{"module": "tts", "data": {"text": "Hello"}, "children": {}}',
					required: true,
					when: { field: 'format', is: 'json' },
				},
				twiml: {
					type: 'text',
					label: 'TwiML',
					lines: 5,
					default: '<Response><Say>Hello</Say></Response>',
					required: true,
					when: { field: 'format', is: 'twiml' },
				},
				result: {
					type: 'choice',
					label: 'Result',
					options: [
						{ value: 'return', label: 'Only Return the Answer' },
						{ value: 'send', label: 'Send to the Call' },
					],
					default: 'send',
					required: true,
				},
			},
			via: 'answerPivot',
			local: true,
		}),
		operation(`GET ${path}`, {
			value: 'getDebugLogs',
			name: 'Get Debug Logs',
			action: 'Get debug logs of pivot',
			description: 'List the calls whose Pivot step has debug switched on, with address and status',
			returns: 'records',
			range: 'created',
		}),
		operation(`GET ${path}/{pivotDebugId}`, {
			value: 'getDebugLog',
			name: 'Get Debug Log',
			action: 'Get debug log of pivot call',
			description: 'Read each request and answer of one call, and what was wrong with an answer',
			returns: 'records',
			unpaged: true,
		}),
	],
});
