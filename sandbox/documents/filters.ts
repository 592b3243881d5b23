import type { Call } from '../request/call';
import type { Doc } from '../store/database';

/** Whether a document passes one filter. */
type Test = (doc: Doc) => boolean;

/** The value at a dotted path; keys may hold dots only in the last part. */
export function valueAt(doc: object, path: string): unknown {
	let value: unknown = doc;
	for (const part of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<string, unknown>)[part];
	}
	return value;
}

function asText(value: unknown): string {
	// To the real server a list of texts is one text in pieces.
	if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join('');
	return value === undefined || value === null ? '' : typeof value === 'object' ? '' : String(value);
}

function parsed(text: string): unknown {
	if (!/^[[{"\d-]|^(true|false|null)$/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		// A plain word that only looks like the start of JSON.
		return undefined;
	}
}

function equals(wanted: string): (value: unknown) => boolean {
	const json = parsed(wanted);
	const list = Array.isArray(json) ? json.map((item) => JSON.stringify(item)) : undefined;
	const same = json === undefined ? undefined : JSON.stringify(json);
	return (value) =>
		((typeof value !== 'object' || Array.isArray(value)) && asText(value) === wanted) ||
		(list !== undefined && list.includes(JSON.stringify(value))) ||
		(same !== undefined && JSON.stringify(value) === same);
}

const isEmpty = (value: unknown): boolean =>
	value === undefined ||
	value === null ||
	value === '' ||
	(typeof value === 'object' && Object.keys(value).length === 0);

function bound(field: 'pvt_created' | 'pvt_modified', compare: (time: number, limit: number) => boolean) {
	return (text: string): Test => {
		const limit = Number(text);
		// Not a number: no time compares with it.
		return (doc) => compare(doc[field], limit);
	};
}

const TIMES: Record<string, (text: string) => Test> = {
	created_from: bound('pvt_created', (time, limit) => time >= limit),
	created_to: bound('pvt_created', (time, limit) => time <= limit),
	modified_from: bound('pvt_modified', (time, limit) => time >= limit),
	modified_to: bound('pvt_modified', (time, limit) => time <= limit),
};

const KEYS: Record<string, (path: string) => Test> = {
	has_key: (path) => (doc) => valueAt(doc, path) !== undefined,
	key_missing: (path) => (doc) => valueAt(doc, path) === undefined,
	has_value: (path) => (doc) => !isEmpty(valueAt(doc, path)),
	value_missing: (path) => (doc) => isEmpty(valueAt(doc, path)),
};

const asList = (text: string): unknown[] => {
	const json = parsed(text);
	return Array.isArray(json) ? json : [text];
};

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(asText);

// KAZOO 5's; the longest name first, since each begins with `filter_`.
const LISTS: [string, (path: string, text: string) => Test][] = [
	[
		'filter_array_intersect_all_',
		(path, text) => (doc) => asList(text).every((item) => texts(valueAt(doc, path)).includes(asText(item))),
	],
	[
		'filter_array_intersect_any_',
		(path, text) => (doc) => asList(text).some((item) => texts(valueAt(doc, path)).includes(asText(item))),
	],
	[
		'filter_array_intersect_none_',
		(path, text) => (doc) => !asList(text).some((item) => texts(valueAt(doc, path)).includes(asText(item))),
	],
	[
		'filter_any_',
		(path, text) => (doc) =>
			asList(text)
				.map(asText)
				.includes(asText(valueAt(doc, path))),
	],
	[
		'filter_none_',
		(path, text) => (doc) =>
			!asList(text)
				.map(asText)
				.includes(asText(valueAt(doc, path))),
	],
];

function testOf(call: Call, key: string, value: string, times: boolean): Test | undefined {
	if (KEYS[key]) return KEYS[key](value);
	if (TIMES[key]) return times ? TIMES[key](value) : undefined;
	if (!key.startsWith('filter_')) return undefined;
	if (call.kernel.profile === 5) {
		const list = LISTS.find(([prefix]) => key.startsWith(prefix));
		if (list) return list[1](key.slice(list[0].length), value);
	}
	if (key.startsWith('filter_not_')) {
		const path = key.slice('filter_not_'.length);
		const same = equals(value);
		return (doc) => !same(valueAt(doc, path));
	}
	const path = key.slice('filter_'.length);
	const same = equals(value);
	return (doc) => same(valueAt(doc, path));
}

/**
 * The filters of a query as one test of a stored document (private fields too), or undefined when there are none.
 * Repeated filters must all hold. `times` false leaves `created_from` and the like to the time range.
 */
export function filterOf(call: Call, times = true): Test | undefined {
	const tests: Test[] = [];
	for (const [key, value] of call.queryPairs) {
		const test = testOf(call, key, value, times);
		if (test) tests.push(test);
	}
	if (tests.length === 0) return undefined;
	return (doc) => tests.every((test) => test(doc));
}
