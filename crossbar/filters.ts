/** Conditions on a list, from the form to Crossbar's filter parameters. */
import { InvalidInput } from './request';
import { gregorianFromIso } from './time';
import type { Query } from './transport';

export type Comparison = 'is' | 'isNot' | 'exists' | 'missing' | 'hasValue' | 'noValue';

export interface Condition {
	readonly key: string;
	readonly comparison: Comparison;
	readonly value?: string | number | boolean;
}

export interface Filters {
	readonly conditions?: readonly Condition[];
	/** ISO dates. */
	readonly createdFrom?: string;
	readonly createdTo?: string;
	readonly modifiedFrom?: string;
	readonly modifiedTo?: string;
}

/** Crossbar takes one key of these, named in the value; a second one of the same kind would be ignored. */
const NAMED_IN_VALUE = {
	exists: 'has_key',
	missing: 'key_missing',
	hasValue: 'has_value',
	noValue: 'value_missing',
} as const;

/**
 * All conditions must hold. Source: envelope.md section 8.
 * @throws InvalidInput for what Crossbar would ignore without a word (observed.md 25)
 */
export function filterQuery(filters: Filters | undefined): Query {
	if (!filters) return {};
	const query: Record<string, string | number> = {};
	const set = (name: string, value: string | number): void => {
		if (name in query) {
			throw new InvalidInput(
				'Two filters ask for the same thing',
				`KAZOO takes one condition of this kind at a time (${name}); filter the rest with a Filter node.`,
			);
		}
		query[name] = value;
	};
	for (const { key: rawKey, comparison, value } of filters.conditions ?? []) {
		const key = (rawKey ?? '').trim();
		if (key === '')
			throw new InvalidInput(
				'A filter has no field',
				'Give the name of a field, such as enabled or sip.username.',
			);
		if (key === 'id')
			throw new InvalidInput('KAZOO cannot filter by ID', 'Use the operation Get with the ID.');
		if (comparison === 'is') set(`filter_${key}`, String(value ?? ''));
		else if (comparison === 'isNot') set(`filter_not_${key}`, String(value ?? ''));
		else set(NAMED_IN_VALUE[comparison], key);
	}
	for (const [name, date] of [
		['created_from', filters.createdFrom],
		['created_to', filters.createdTo],
		['modified_from', filters.modifiedFrom],
		['modified_to', filters.modifiedTo],
	] as const) {
		if (date) set(name, gregorianFromIso(date));
	}
	return query;
}
