import type { Call, Handler, Route } from '../request/call';
import type { Doc, Fields } from '../store/database';
import { encodeKey } from '../values/erlang';
import { hex } from '../values/ids';
import { fieldError } from '../request/refusal';
import { treeOf } from '../store/store';

const TYPES = ['account', 'user', 'callflow', 'device'];
const QUERIES = ['name', 'name_and_number', 'number'];
/** What accounts are searched by. */
const ACCOUNT_QUERIES = ['name', 'realm', 'id'];

interface Searched {
	texts: (doc: Doc, query: string) => unknown[];
	show: (doc: Doc, query: string) => Fields;
}

const SEARCHED: Record<string, Searched> = {
	account: {
		texts: (doc, query) => [query === 'id' ? doc._id : doc[query]],
		show: (doc) => ({
			id: doc._id,
			descendants_count: doc.descendants_count ?? 0,
			name: doc.name,
			realm: doc.realm,
		}),
	},
	user: {
		texts: (doc) => [doc.first_name, doc.last_name, `${String(doc.first_name)} ${String(doc.last_name)}`],
		show: (doc) => ({
			first_name: String(doc.first_name).toLowerCase(),
			last_name: String(doc.last_name).toLowerCase(),
			id: doc._id,
			name: `${String(doc.first_name)} ${String(doc.last_name)}`,
		}),
	},
	device: { texts: (doc) => [doc.name], show: (doc) => ({ id: doc._id, name: doc.name }) },
	callflow: {
		texts: (doc, query) =>
			query === 'name'
				? [doc.name]
				: [...((doc.numbers as unknown[]) ?? []), ...(query === 'number' ? [] : [doc.name])],
		show: (doc, query) => ({
			id: doc._id,
			name: doc.name,
			...(query === 'name' ? undefined : { numbers: doc.numbers }),
		}),
	},
};

const normalise = (text: unknown): string =>
	String(text ?? '')
		.toLowerCase()
		.replace(/[^a-z0-9]/g, '');

function find(call: Call, type: string, query: string, value: string): Fields[] {
	const searched = SEARCHED[type];
	if (!searched) return [];
	const wanted = normalise(value);
	const database = type === 'account' ? 'accounts' : (call.account?._id ?? call.auth?.accountId ?? '');
	const top = call.account?._id ?? call.auth?.accountId ?? '';
	return call.kernel.store
		.database(database)
		.list(type)
		.filter((doc) => type !== 'account' || treeOf(doc).includes(top))
		.filter((doc) => searched.texts(doc, query).some((text) => normalise(text).startsWith(wanted)))
		.sort((a, b) => (normalise(a.name) < normalise(b.name) ? 1 : -1))
		.map((doc) => searched.show(doc, query));
}

function typeOf(call: Call): string {
	const type = call.query.t;
	if (type === undefined) {
		throw fieldError('t', 'required', 'search needs a document type to search on', { target: TYPES });
	}
	return type;
}

function checkQuery(type: string, query: string): void {
	if (!(type === 'account' ? ACCOUNT_QUERIES : QUERIES).includes(query)) {
		throw fieldError('q', 'enum', 'value not found in enumerated list of values', { cause: query });
	}
}

const search: Handler = (call) => {
	const type = typeOf(call);
	const { q: query, v: value } = call.query;
	if (query === undefined) {
		const target = type === 'account' ? ACCOUNT_QUERIES : QUERIES;
		throw fieldError('q', 'required', 'search needs a view to search in', { target });
	}
	checkQuery(type, query);
	if (!value) throw fieldError('v', 'required', 'search needs a value to search for');
	const found = find(call, type, query, value);
	return {
		data: found,
		envelope: {
			page_size: found.length,
			start_key: encodeKey([
				...(type === 'account' ? [call.account?._id ?? call.auth?.accountId ?? ''] : []),
				type,
				`${normalise(value)}Z`,
			]),
		},
		...(found.length > 0 ? { revision: hex() } : undefined),
	};
};

/** Several searches at once: `by_name`, `by_number` ... */
const multi: Handler = (call) => {
	const type = typeOf(call);
	const wanted = call.queryPairs.filter(([key]) => key.startsWith('by_'));
	if (wanted.length === 0) throw fieldError('by_name', 'required', 'search needs a value to search for');
	const data: Fields = {};
	for (const [key, value] of wanted) {
		const query = key.slice(3);
		checkQuery(type, query);
		data[query] = find(call, type, query, value);
	}
	return { data, revision: hex() };
};

/** Finding things by the beginning of a name or number. */
export const searchRoutes: Route[] = [
	{ path: '/accounts/{accountId}/search', handlers: { GET: search } },
	{ path: '/accounts/{accountId}/search/multi', handlers: { GET: multi } },
	{ path: '/search', handlers: { GET: search }, access: 'token' },
	{ path: '/search/multi', handlers: { GET: multi }, access: 'token' },
];
