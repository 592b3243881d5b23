/**
 * Every path parameter, once: its label, where its list comes from and what a valid value looks like.
 * A parameter with a `list` is a resource locator in the editor (searchable list, or ID).
 */
import { billingParameters } from './billing/parameters';
import { callCenterParameters } from './callCenter/parameters';
import { callsParameters } from './calls/parameters';
import { carriersParameters } from './carriers/parameters';
import { hostedParameters } from './hosted/parameters';
import { messagesParameters } from './messages/parameters';
import { numbersParameters } from './numbers/parameters';
import { peopleParameters } from './people/parameters';
import { platformParameters } from './platform/parameters';
import { routingParameters } from './routing/parameters';
import type { Parameter } from './parameterNotation';

export type { Listed, ListSource, Parameter } from './parameterNotation';

export const parameters = {
	...billingParameters,
	...callCenterParameters,
	...callsParameters,
	...carriersParameters,
	...hostedParameters,
	...messagesParameters,
	...numbersParameters,
	...peopleParameters,
	...platformParameters,
	...routingParameters,
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

/** A parameter by its name, with the optional members visible. */
export const parameter = (name: ParameterName): Parameter => parameters[name];

/** Whether a parameter means something that one account has, so that no other account has it. */
export function isOfAccount(name: ParameterName): boolean {
	const { list, options } = parameter(name);
	if (name === 'accountId' || options) return false;
	return list === undefined || list.path.includes('{accountId}');
}
