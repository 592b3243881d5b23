/** What is wrong with a callflow, as far as it can be told without asking the server about its ids. */
import type { Found } from './flow';
import { childrenOf, dataOf, stepsOf } from './flow';
import { quoted, shortened } from '../values/input';
import type { CallflowModule } from './modules';
import { modules } from './modules';
import type { Schema } from './schema';
import { faultsOf } from './schema';
import { targetFaults, zoneFaults } from './targets';
import { isRecord } from '../values/records';

export interface Problem {
	/** Dotted, from the document: `flow.children._.data.id`. */
	readonly path: string;
	readonly module: string;
	readonly problem: string;
	/** The server refuses or the call fails with an error; with a warning something does nothing. */
	readonly severity: 'error' | 'warning';
	readonly what_to_do: string;
}

/** The schema that the server has for a module's `data`; `null` when it says that it has none. */
export type SchemaOf = (module: string) => Schema | null | undefined;

/**
 * Problems of a flow's steps: modules that do not exist, wrong data, branches that never run.
 * @param schemaOf what the server says; where it gives nothing, our own table is used
 */
export function problemsOf(flow: unknown, schemaOf: SchemaOf = () => undefined): Problem[] {
	return stepsOf(flow).flatMap((found) => stepProblems(found, schemaOf));
}

/** Problems of what leads to a callflow: numbers that are no texts, patterns that do not compile. */
export function routeProblemsOf(document: Readonly<Record<string, unknown>>): Problem[] {
	return (['numbers', 'patterns'] as const).flatMap((field) => {
		const given = document[field];
		if (given === undefined || given === null) return [];
		if (!Array.isArray(given))
			return [error(field, '', `${field} is no list`, 'Write it as a list of texts')];
		return given.flatMap((entry: unknown, index) => {
			const at = `${field}.${index}`;
			if (typeof entry !== 'string' || entry.trim() === '')
				return [error(at, '', `${at} is no text`, 'Write it in quotes, like "1001"')];
			if (field === 'numbers' || compiles(entry)) return [];
			return [error(at, '', `The pattern ${quoted(entry)} does not compile`, 'Mend the expression')];
		});
	});
}

/** KAZOO's expressions know more than those of JavaScript (`(?i)`, `\A`, named groups of their own, possessive signs). */
function compiles(pattern: string): boolean {
	const plain = pattern
		.replace(/\(\?[imsx]+\)/g, '')
		.replace(/\(\?P</g, '(?<')
		.replace(/\(\?>/g, '(?:')
		.replace(/([+*?}])\+/g, '$1');
	try {
		RegExp(plain);
		return true;
	} catch {
		return false;
	}
}

function stepProblems(found: Found, schemaOf: SchemaOf): Problem[] {
	const { node, path } = found;
	if ('broken' in found) {
		const whatToDo = 'A step is an object: {"module": "hangup", "data": {}, "children": {}}';
		return [error(path, '', 'There is no step here', whatToDo)];
	}
	const { module: name } = node;
	if (typeof name !== 'string' || name === '')
		return [error(path, '', 'The step has no module', 'Name its module, like "module": "user"')];
	const known = modules[name];
	const served = schemaOf(name);
	if (served === null || (!known && !served)) return [unknownModule(path, name, served === null)];
	const schemas = [served, known?.schema].filter((schema) => schema !== undefined);
	return [
		...dataProblems(node, path, name, schemas),
		...(known ? childProblems(node, path, name, known) : []),
	];
}

function unknownModule(path: string, name: string, asked: boolean): Problem {
	const near = nearest(name);
	return error(
		`${path}.module`,
		name,
		asked ? `The server has no module ${quoted(name)}` : `There is no module ${quoted(name)}`,
		near === undefined || near === name
			? 'Use another module, or ask the administrator of the server to install it'
			: `Write “${near}” if that is what you mean`,
	);
}

function dataProblems(
	node: Readonly<Record<string, unknown>>,
	path: string,
	name: string,
	schemas: readonly Schema[],
): Problem[] {
	const { data } = node;
	if (data === undefined)
		return [error(`${path}.data`, name, 'The step has no data', 'Add "data": {} or what the module needs')];
	if (!isRecord(data)) return [error(`${path}.data`, name, 'data is not an object', 'Write "data": {}')];
	const found = faultsOf(schemas[0] ?? {}, data);
	const more = [...targetFaults(name, data), ...zoneFaults(data)];
	const unsaid = more.filter((fault) => !found.some((other) => other.path === fault.path));
	const faults = [...found, ...unsaid].map(({ path: field, problem, whatToDo }) =>
		error(`${path}.data.${field}`, name, `${field} ${problem}`, whatToDo),
	);
	const strange = Object.keys(data).filter(
		(field) => !schemas.some(({ properties = {} }) => field in properties),
	);
	return [
		...faults,
		...strange.map((field) =>
			warning(
				`${path}.data.${field}`,
				name,
				`${name} has no field ${shortened(field)}`,
				'KAZOO keeps it and does nothing with it',
			),
		),
	];
}

function childProblems(
	node: Readonly<Record<string, unknown>>,
	path: string,
	name: string,
	{ children, label }: CallflowModule,
): Problem[] {
	const keys = childrenOf(node).map(([key]) => key);
	const at = (key: string): string => `${path}.children.${key}`;
	if (children === 'none')
		return keys.map((key) => warning(at(key), name, `What comes after ${label} never runs`, 'Remove it'));
	if (children === 'next')
		return keys
			.filter((key) => key !== '_')
			.map((key) =>
				warning(at(key), name, `${label} has no branch ${quoted(key)}`, 'Use “_” for what comes next'),
			);
	if (children !== 'rules') return [];
	const { rules } = dataOf(node);
	if (!Array.isArray(rules) || rules.length === 0) return [];
	return keys
		.filter((key) => key !== '_' && key !== 'rule_set' && !rules.includes(key))
		.map((key) =>
			warning(at(key), name, 'The rule of this branch is not among the rules', 'Add it to data.rules'),
		);
}

function error(path: string, module: string, problem: string, what_to_do: string): Problem {
	return { path, module, problem, severity: 'error', what_to_do };
}

function warning(path: string, module: string, problem: string, what_to_do: string): Problem {
	return { path, module, problem, severity: 'warning', what_to_do };
}

/** Characters of a name that may be one of a module, mistyped. */
const LONGEST_NAME = 60;

/** The known module that is written most alike, when it is alike at all. */
export function nearest(name: string): string | undefined {
	if (name.length > LONGEST_NAME) return undefined;
	const distances = Object.keys(modules).map(
		(known) => [known, distance(name.toLowerCase(), known)] as const,
	);
	const [best] = distances.sort((a, b) => a[1] - b[1]);
	return best !== undefined && best[1] <= Math.max(1, Math.floor(name.length / 3)) ? best[0] : undefined;
}

/** How many letters must be put in, taken out or exchanged (Levenshtein). */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const exchanged = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, exchanged));
		}
		row = next;
	}
	return row[b.length] as number;
}
