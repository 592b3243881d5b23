/** One parameter of the node for one item: what n8n holds, in the type that its property asks for. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { booleanOf, numberOf } from '../../crossbar/values/input';
import type { SharedValues } from './description/shared';
import { limit, returnAll, simplify } from './description/shared';

/** A shared property by its name; a name that does not exist does not compile. */
export function read<Name extends keyof SharedValues>(
	context: IExecuteFunctions,
	name: Name,
	item: number,
	fallback?: SharedValues[Name],
): SharedValues[Name] {
	const value = parameterValue(context, name, item, fallback);
	const property = TYPED.get(name);
	return (property ? typed(property, value) : value) as SharedValues[Name];
}

/** Shared properties of which an expression may give another type than the editor. */
const TYPED: ReadonlyMap<string, INodeProperties> = new Map(
	[returnAll, limit, simplify].map((property) => [property.name, property]),
);

/**
 * The number or the switch that a property asks for, also written as a text.
 * @throws InvalidInput for anything else: what it would do is not what was meant
 */
export function typed(property: INodeProperties, value: unknown): unknown {
	const { displayName: label, type, typeOptions: { minValue: min, maxValue: max } = {} } = property;
	if (type === 'boolean') return booleanOf(value, label);
	return type === 'number' ? numberOf(value, label, { min, max }) : value;
}

/** The parameters of a run that hold no expression, by name: they are the same for all items. */
const constants = new WeakMap<IExecuteFunctions, Map<string, { value: unknown } | undefined>>();

/** Parameters whose values n8n turns into the types of the form: a list written as text becomes a list. */
const VALIDATED: ReadonlySet<string> = new Set(['fields.value']);

/**
 * What a parameter holds for an item. n8n looks through all properties of the node each time it is asked, so what
 * holds no expression is asked for once, and its checks of types are left out where we ask for none.
 * Items share the value: it is not to be changed.
 */
export function parameterValue(
	context: IExecuteFunctions,
	name: string,
	item: number,
	fallback?: unknown,
): unknown {
	let known = constants.get(context);
	if (!known) constants.set(context, (known = new Map()));
	const constant = known.get(name);
	if (constant) return constant.value;
	const skipValidation = !VALIDATED.has(name);
	const value: unknown = context.getNodeParameter(name, item, fallback, { skipValidation });
	if (!known.has(name)) {
		const [root = ''] = name.split('.', 1);
		const written = JSON.stringify(context.getNode().parameters[root]) ?? '';
		known.set(name, written.includes('"=') ? undefined : { value });
	}
	return value;
}

/** A locator comes with its mode; none of ours takes its value out of a longer text (`extractValue`). */
export function locatorValue(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value
		? (value as unknown as { value: unknown }).value
		: value;
}
