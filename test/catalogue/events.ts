/** The list of events as a page for people. */
import { events, eventValues } from '../../crossbar/events';
import type { EventDetails, EventValue, Generation, HookSource, LiveSource } from '../../crossbar/events';

const GENERATIONS: readonly Generation[] = [4, 5];

/** docs/events.md: every event, by group, with what carries it. */
export function eventsPage(): string {
	const groups = [...new Set(eventValues.map((value) => events[value].group))];
	return `# Events

What happens in KAZOO and can start a workflow: ${eventValues.length} events. Written by \`npm run catalogue -- --docs\`.

- **Webhook**: what the _KAZOO Trigger_ asks KAZOO to call it for. Events that need the same one share it.
- **Live**: what the _KAZOO Live Trigger_ subscribes to on KAZOO's websocket. The binding is the same for one's own account and for one below it.
- A number behind it says that only this generation of KAZOO has it.
- **Fields**: what people look for; payloads hold more. All have \`event\` and nearly all \`account_id\`.
- **Names and numbers**: who called and who was called stand in \`caller_id_name\`, \`caller_id_number\`, \`callee_id_name\` and \`callee_id_number\`, numbers in E.164 where they are more than an extension; of a call that nobody has answered yet the called number is what was dialed. \`account_name\` and, of voicemails, \`mailbox\` are looked up, each list once in ten minutes.
- **Durations** are in seconds and say so: \`duration_seconds\` (KAZOO's \`voicemail_length\` and \`length\` are milliseconds), \`expires_seconds\`. The KAZOO Poll Trigger gives its records in the same way.

${groups.map(section).join('\n')}
${MISSED}`;
}

function section(group: string): string {
	const rows = eventValues
		.filter((value) => events[value].group === group)
		.map((value) => row(value, events[value]));
	return `## ${group}

| event | value | when | webhook | live | fields |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function row(value: EventValue, details: EventDetails): string {
	const { name, description, webhook, live, fields, generations } = details;
	const file = details.file === undefined ? '' : '; file to download';
	const cells = [
		name,
		code(value),
		description.replace(/\|/g, '\\|'),
		webhook ? webhookCell(webhook, generations) : '',
		live ? liveCell(live) : '',
		`${fields.map(code).join(', ')}${file}`,
	];
	return `| ${cells.join(' | ')} |`;
}

function webhookCell(webhook: HookSource, generations?: readonly Generation[]): string {
	return webhook.step ? 'the step itself' : `${code(hookName(webhook))}${only(generations)}`;
}

function hookName({ hook, type, action, eventName, alsoNeeds = [], alsoNeedsOf5 = [] }: HookSource): string {
	const detail = [type, action, type === undefined ? eventName : undefined].filter(Boolean).join(' ');
	return [`${hook}${detail ? `: ${detail}` : ''}`, ...alsoNeeds, ...alsoNeedsOf5].join(', ');
}

function liveCell({ bindings }: LiveSource): string {
	const [four, five] = GENERATIONS.map((generation) => (bindings[generation] ?? []).map(code).join(', '));
	if (four === five) return four ?? '';
	return [four ? `${four} (4)` : '', five ? `${five} (5)` : ''].filter(Boolean).join(', ');
}

function only(generations: readonly Generation[] = GENERATIONS): string {
	return generations.length === 1 ? ` (${generations[0]})` : '';
}

const code = (text: string): string => `\`${text}\``;

const MISSED = `## When a call is missed

_Call Missed_ needs no step in a callflow. A call is followed by the events of its legs and judged when the caller's leg ends, once, however many phones rang.

| what happened | missed |
| --- | --- |
| somebody took the call: on a phone that rang, by pick-up, from parking, on a forwarded mobile | no |
| it was taken and then transferred, held or parked | no |
| voicemail, a menu, a queue or a parking slot took it, and no person | yes, \`answered_by_system: true\` |
| the caller hung up while it rang | yes, \`reason: abandoned\` |
| busy, rejected, nobody answered | yes, \`reason: busy\`, \`rejected\`, \`no_answer\` |
| no phone could be reached | yes, \`reason: not_reached\` |
| somebody here called out and nobody answered there | no |
| somebody here called a colleague in vain | yes, if _Missed Calls_ is set to _From Anywhere_ |
| somebody here dialed a feature code, voicemail or a menu, or paged phones | no |

\`phones\` lists who was called: user, device, extension and why that phone did not take the call.

It cannot know: whether a machine served a caller from outside (a conference, a fax, an announcement), which counts as missed unless _Only Calls That Rang a Phone_ is on; whether a mobile's own voicemail took a forwarded call, which counts as taken; calls from another account of the same KAZOO that come on internal legs alone. After a restart of n8n, calls that were already going on are judged by their last event.
`;
