/** From a list of steps, as a person puts it together in a form, to the tree of modules that KAZOO keeps. */
import { problemsOf } from '../callflow/check';
import type { Step } from '../callflow/flow';
import { isStep } from '../callflow/flow';
import { modules } from '../callflow/modules';
import type { Fields } from '../catalogue/notation';
import type { CallflowStepKind } from '../catalogue/routing/stepKinds';
import { stepKinds } from '../catalogue/routing/stepKinds';
import { InvalidInput, quoted } from '../values/input';
import { wireValues } from './request';
import { isRecord, plainText, table } from '../values/records';

/** One entry of the form: its kind, when it runs, and the fields of its kind. */
export type Entry = Readonly<Record<string, unknown>>;

interface Placed {
	readonly step: Step;
	/** `Step 3 (Menu)`, for errors. */
	readonly title: string;
}

/**
 * Each step follows the one before it (`_`), or begins a branch of the last menu, Collect Digits or Time of Day step.
 * @throws InvalidInput naming the step
 */
export function buildFlow(entries: readonly Entry[]): Step {
	if (entries.length === 0) throw new InvalidInput('Steps is empty', 'Add at least one step.');
	const placed: Placed[] = [];
	entries.forEach((entry, index) => {
		const { kind, title } = kindOf(entry, index);
		const step = stepOf(kind, entry, title);
		if (index > 0) attach({ step, title }, entry, placed);
		else if ((entry.runs ?? 'next') !== 'next')
			throw new InvalidInput(`${title} cannot be a branch`, 'The first step runs when the call comes in.');
		placed.push({ step, title });
	});
	return (placed[0] as Placed).step;
}

function kindOf(entry: Entry, index: number): { kind: CallflowStepKind; title: string } {
	const kinds: Readonly<Record<string, CallflowStepKind>> = stepKinds;
	const name = plainText(entry.kind);
	const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
	if (kind) return { kind, title: `Step ${index + 1} (${kind.label})` };
	throw new InvalidInput(
		`Step ${index + 1} has the unknown kind ${quoted(entry.kind)}`,
		`Choose one of ${Object.keys(kinds).join(', ')}. For other modules use the kind json.`,
	);
}

function stepOf({ module, fields, finish }: CallflowStepKind, entry: Entry, title: string): Step {
	const filled = valuesOf(fields, entry, title);
	const step =
		module === undefined
			? written(filled[''], title)
			: { module, data: finish?.(filled) ?? filled, children: {} };
	const [problem] = problemsOf(step).filter(({ severity }) => severity === 'error');
	if (problem)
		throw new InvalidInput(
			`${title}: ${problem.problem}`,
			`${problem.what_to_do} (${problem.path.replace(/^flow\./, '')}).`,
		);
	return step;
}

function valuesOf(fields: Fields, entry: Entry, title: string): Record<string, unknown> {
	let problem: Error;
	try {
		return wireValues(fields, entry);
	} catch (error) {
		problem = error as Error;
	}
	const description = problem instanceof InvalidInput ? problem.description : undefined;
	throw new InvalidInput(`${title}: ${problem.message}`, description ?? 'Fill it in.');
}

function written(value: unknown, title: string): Step {
	if (!isStep(value))
		throw new InvalidInput(
			`${title} has no module`,
			'Write an object like {"module": "sleep", "data": {"duration": 2}}.',
		);
	const children = (isRecord(value.children) ? value.children : {}) as Record<string, Step>;
	return { module: value.module, data: (value.data ?? {}) as Record<string, unknown>, children };
}

function attach({ step, title }: Placed, entry: Entry, before: readonly Placed[]): void {
	const { parent, key } = placeOf(entry, title, before);
	if (modules[parent.step.module]?.children === 'none')
		throw new InvalidInput(
			`${title} never runs`,
			`${parent.title} ends the call. Put it elsewhere or remove it.`,
		);
	if (parent.step.children[key])
		throw new InvalidInput(
			`${title} begins a branch of ${parent.title} that is there already: ${key}`,
			'Let it run after the step before, or choose another branch.',
		);
	parent.step.children[key] = step;
	if (entry.runs === 'rule') {
		const { data } = parent.step;
		data.rules = [...((data.rules as string[] | undefined) ?? []), key];
	}
}

/** Modules that a branch of the form can belong to. */
const BRANCHING = table({
	key: ['keys'],
	rule: ['rules'],
	otherwise: ['keys', 'rules', 'match', 'values'],
} as const);

function placeOf(entry: Entry, title: string, before: readonly Placed[]): { parent: Placed; key: string } {
	const runs = plainText(entry.runs ?? 'next');
	if (runs === 'next') return { parent: before.at(-1) as Placed, key: '_' };
	const kinds: readonly string[] | undefined = BRANCHING[runs as keyof typeof BRANCHING];
	if (!kinds)
		throw new InvalidInput(`${title}: Runs cannot be “${runs}”`, 'Choose one of next, key, rule, otherwise.');
	const key = runs === 'otherwise' ? '_' : plainText(entry[runs]).trim();
	if (key === '')
		throw new InvalidInput(`${title}: ${runs === 'key' ? 'Key' : 'Rule'} is empty`, 'Fill it in.');
	const parent = [...before].reverse().find(({ step }) => {
		const fits = kinds.includes(modules[step.module]?.children ?? 'next');
		return fits && !(runs === 'otherwise' && step.children._);
	});
	if (parent) return { parent, key };
	throw new InvalidInput(
		`${title} is a branch of nothing`,
		runs === 'rule' ? 'Add a Time of Day step above it.' : 'Add a Menu or Collect Digits step above it.',
	);
}
