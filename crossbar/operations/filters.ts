/** Conditions on a list, from the form to Crossbar's filter parameters. */
import type { KeptForm, KeptForms } from '../catalogue/notation';
import type { Query } from '../http/messages';
import { InvalidInput, quoted, textOf } from '../values/input';
import { gregorianFromIso } from '../values/time';
import type { Filters } from './operation';

/** Crossbar takes one key of these, named in the value; a second one of the same kind would be ignored. */
const NAMED_IN_VALUE = {
	exists: 'has_key',
	missing: 'key_missing',
	hasValue: 'has_value',
	noValue: 'value_missing',
} as const;

/** How KAZOO keeps a value, whatever form it was sent in: it compares with what it keeps. */
const KEPT: Readonly<Record<KeptForm, (text: string) => string>> = {
	hexadecimal: (text: string) => text.toLowerCase().replace(/[^0-9a-z]/g, ''),
	lowerCase: (text: string) => text.toLowerCase(),
};

/**
 * All conditions must hold. Source: envelope.md section 8.
 * @param kept fields of these documents that are compared in the form KAZOO keeps them in
 * @throws InvalidInput for what Crossbar would ignore without a word (observed.md 25)
 */
export function filterQuery(filters: Filters | undefined, kept: KeptForms = {}): Query {
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
		const key = textOf(rawKey ?? '', 'Field of a filter').trim();
		if (key === '')
			throw new InvalidInput(
				'A filter has no field',
				'Give the name of a field, such as enabled or sip.username.',
			);
		if (key === 'id')
			throw new InvalidInput('KAZOO cannot filter by ID', 'Use the operation Get with the ID.');
		const compares = comparison === 'is' || comparison === 'isNot';
		if (compares && (value === undefined || value === null || value === '' || typeof value === 'object'))
			throw new InvalidInput(
				`The filter on ${key} has no value to compare with`,
				'Nothing was sent: KAZOO would take every record without this field. For those choose Has No Value or Is Missing.',
			);
		if (!compares && !Object.hasOwn(NAMED_IN_VALUE, comparison))
			throw new InvalidInput(
				`The filter on ${key} has the unknown comparison ${quoted(comparison)}`,
				'Nothing was sent. Choose Condition from the list again.',
			);
		const form = Object.hasOwn(kept, key) ? kept[key] : undefined;
		const text = form ? KEPT[form](String(value ?? '')) : String(value ?? '');
		if (comparison === 'is') set(`filter_${key}`, text);
		else if (comparison === 'isNot') set(`filter_not_${key}`, text);
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
