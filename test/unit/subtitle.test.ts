/** What stands on the canvas reads as words: the node's subtitle and default name. */
import type { INodeType } from 'n8n-workflow';

import { catalogue } from '../../crossbar/catalogue';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node';
import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node';

/** As n8n evaluates it. */
function shown(expression: string, $parameter: object): string {
	const code = /^=\{\{(.*)\}\}$/s.exec(expression)?.[1] ?? '';
	return String(new Function('$parameter', `return ${code}`)($parameter));
}

const { description } = new Kazoo();
const of = (resource: string, operation: string): string =>
	shown(description.subtitle ?? '', { resource, operation });

test.each([
	['voicemailBox', 'upsert', 'Voicemail Box: Create or Update'],
	['timeOfDayRule', 'getAll', 'Time of Day Rule: Get Many'],
	['cdr', 'getSummary', 'CDR: Get Summary'],
	['openingHours', 'closeOnDates', 'Opening Hours: Close On Dates'],
])('%s %s', (resource, operation, words) => {
	expect(of(resource, operation)).toBe(words);
});

test('every resource has its own name, and no operation stands as one word of code', () => {
	for (const { value, name, rows } of catalogue)
		for (const row of rows) {
			const [resource, operation] = of(value, row.value).split(': ');
			expect(resource).toBe(name);
			expect(operation).not.toMatch(/[a-z][A-Z]/);
		}
});

test('a node is not called after the words it is searched by', () => {
	expect(description.skipNameGeneration).toBe(true);
	expect(description.defaults.name).toBe('KAZOO');
});

test.each([
	[new KazooTrigger(), { events: ['callMissed', 'voicemailReceived'] }, 'call missed, voicemail received'],
	[new KazooLiveTrigger(), { events: ['callStarted', 'callEnded'] }, 'live: call started, call ended'],
	[new KazooPollTrigger(), { event: 'deviceOffline' }, 'polls for: device offline'],
])('a trigger says what it waits for (%#)', (trigger, parameters, words) => {
	const { subtitle } = (trigger as INodeType).description;
	expect(shown(subtitle ?? '', parameters)).toBe(words);
});
