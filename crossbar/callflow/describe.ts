/** A callflow in words: as an indented tree and as a Mermaid flow chart. */
import type { Found } from './flow';
import { dataOf, stepsOf } from './flow';
import { modules } from './modules';
import { referencesIn } from './references';

/** What an id is called; nothing when it is not known. */
export type NameOf = (id: string) => string | undefined;

/** Fields of `data` that say what a step does, in this order; the first two that are filled in are told. */
const TELLING = [
	'text',
	'voice_url',
	'uri',
	'to_did',
	'target',
	'url',
	'action',
	'code',
	'caller_id_name_prefix',
	'language',
];
/** Longer texts are cut. */
const LONGEST = 60;

/**
 * @param title stands at the head, where the call comes in
 * @param nameOf what the ids in the flow are called
 */
export function describeFlow(
	title: string,
	flow: unknown,
	nameOf: NameOf,
): { text: string; mermaid: string } {
	const steps = flow === undefined || flow === null ? [] : stepsOf(flow);
	const lines = steps.map(
		(step) => `${'  '.repeat(step.depth + 1)}${prefix(step, nameOf)}${told(step, nameOf)}`,
	);
	const nodes = steps.map((step, index) => `  s${index}["${escaped(told(step, nameOf))}"]`);
	const arrows = steps.map((step, index) => {
		const from = parentOf(steps, index);
		const key = step.key === undefined || step.key === '_' ? '' : `|"${escaped(keyName(step.key, nameOf))}"|`;
		return `  ${from === undefined ? 'start' : `s${from}`} -->${key} s${index}`;
	});
	return {
		text: [title, ...(lines.length > 0 ? lines : ['  (no steps)'])].join('\n'),
		mermaid: ['flowchart TD', `  start(["${escaped(title)}"])`, ...nodes, ...arrows].join('\n'),
	};
}

/** Name and numbers of a callflow in one line. */
export function titleOf(document: Readonly<Record<string, unknown>>): string {
	const numbers = [document.numbers, document.patterns].flatMap((list) =>
		Array.isArray(list) ? list.map(String) : [],
	);
	const name = typeof document.name === 'string' && document.name !== '' ? document.name : 'Callflow';
	return numbers.length > 0 ? `${name}: ${numbers.join(', ')}` : name;
}

function parentOf(steps: readonly Found[], index: number): number | undefined {
	const depth = steps[index]?.depth ?? 0;
	for (let before = index - 1; before >= 0; before--) if ((steps[before]?.depth ?? 0) < depth) return before;
	return undefined;
}

function prefix({ key }: Found, nameOf: NameOf): string {
	if (key === undefined) return '';
	return key === '_' ? 'then ' : `on ${keyName(key, nameOf)}: `;
}

function keyName(key: string, nameOf: NameOf): string {
	return nameOf(key) ?? key;
}

/** What a step does: `User Ann Ames (20 s)`. */
function told(step: Found, nameOf: NameOf): string {
	if ('broken' in step) return '(no step)';
	const { node } = step;
	const name = String(node.module ?? '?');
	const data = dataOf(node);
	const own = referencesIn(step).filter(({ path }) => path.startsWith(`${step.path}.data.`));
	const targets = [...new Set(own.map(({ id }) => nameOf(id) ?? id))].join(', ');
	const words = TELLING.map((field) => data[field])
		.filter((value) => value !== undefined && value !== '' && typeof value !== 'object')
		.slice(0, 2)
		.map((value) => cut(String(value)));
	const seconds = Number(data.timeout) > 0 && name !== 'collect_dtmf' ? ` (${Number(data.timeout)} s)` : '';
	return [modules[name]?.label ?? name, targets, words.join(', ')].filter(Boolean).join(' ') + seconds;
}

function cut(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Mermaid reads quotes and signs in a label as its own unless they are written as entities. */
function escaped(text: string): string {
	return text.replace(/["<>#&`]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
