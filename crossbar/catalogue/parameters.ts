/**
 * Every path parameter, once: its label, where its list comes from and what a valid value looks like.
 * A parameter with a `list` is a resource locator in the editor (searchable list, or ID).
 */
import { businessParameters } from './businessParameters';
import type { Parameter } from './parameterNotation';
import { platformParameters } from './platformParameters';
import { telephonyParameters } from './telephonyParameters';

export type { Listed, ListSource, Parameter } from './parameterNotation';

export const parameters = {
	...businessParameters,
	...platformParameters,
	...telephonyParameters,
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

/** A parameter by its name, with the optional members visible. */
export const parameter = (name: ParameterName): Parameter => parameters[name];
