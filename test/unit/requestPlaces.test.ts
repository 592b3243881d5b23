/**
 * Where what is filled in travels: in the query, inside `data` or beside it. KAZOO ignores what stands in the wrong
 * place, often without a word, so each field is compared with the requests that a real KAZOO was seen to obey.
 */
import { catalogue } from '../../crossbar/catalogue';
import type { Row } from '../../crossbar/catalogue/notation';
import { wireName } from '../../crossbar/operations/request';
import { withRecordings } from '../recordings';

type Place = 'query' | 'data' | 'beside';

interface Recorded {
	readonly request?: { readonly method: string; readonly path: string; readonly body?: unknown };
	readonly response?: { readonly status: number };
}

const FILES = [
	'recorded-exchanges.jsonl',
	'recorded-exchanges-2.jsonl',
	'recorded-plans.jsonl',
	'recorded-jobs.jsonl',
	'recorded-events.jsonl',
	'recorded-calls.jsonl',
] as const;

/** Keys that every envelope may hold, whatever is asked for. */
const OF_ALL = new Set(['data', 'accept_charges', 'auth_token', 'verb', 'ui_metadata']);
const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const writing = catalogue.flatMap(({ value, rows }) =>
	rows
		.filter(({ route }) => !/^(GET|DELETE) /.test(route))
		.flatMap((row) =>
			[row.route.split(' ')[1] ?? '', ...Object.values(row.scopes ?? {})].map((path) => ({
				name: `${value}.${row.value}`,
				row,
				method: row.route.split(' ')[0] ?? '',
				segments: path.split('/'),
			})),
		),
);

/** The places of what a row sends, by the names on the wire. */
function placesOf({ query, alwaysQuery, body, always, alwaysBeside }: Row): Map<string, Set<Place>> {
	const places = new Map<string, Set<Place>>();
	const add = (key: string, place: Place): void => {
		const [first = ''] = key.split('.');
		if (first !== '') places.set(first, (places.get(first) ?? new Set()).add(place));
	};
	for (const [key, field] of Object.entries(query ?? {})) add(wireName(key, field), 'query');
	for (const [key, field] of Object.entries(body ?? {}))
		add(wireName(key, field), field.beside ? 'beside' : 'data');
	for (const key of Object.keys(alwaysQuery ?? {})) add(key, 'query');
	for (const key of Object.keys(always ?? {})) add(key, 'data');
	for (const key of Object.keys(alwaysBeside ?? {})) add(key, 'beside');
	return places;
}

/** The rows that a request is one of: as many fixed segments of the path as possible fit. */
function rowsOf(method: string, path: string): typeof writing {
	const segments = path.split('/');
	const fitting = writing.filter(
		(one) =>
			one.method === method &&
			one.segments.length === segments.length &&
			one.segments.every((segment, at) => segment.startsWith('{') || segment === segments[at]),
	);
	const fixed = ({ segments: own }: (typeof writing)[number]) =>
		own.filter((one) => !one.startsWith('{')).length;
	const most = Math.max(0, ...fitting.map(fixed));
	return fitting.filter((one) => fixed(one) === most);
}

withRecordings('places of what is sent', ['routes.json', ...FILES], ({ json, lines }) => {
	/** `METHOD path-template key` → the places in which KAZOO took it. */
	const seen = new Map<string, Set<Place>>();
	let requests = 0;
	beforeAll(() => {
		for (const { request, response } of lines<Recorded>(...FILES)) {
			if (!request || !response || response.status >= 300) continue;
			const [path = '', query = ''] = request.path.replace(/^\/v2/, '').split('?');
			const rows = rowsOf(request.method, path);
			if (rows.length === 0) continue;
			requests++;
			const body = isRecord(request.body) ? request.body : {};
			const found: Array<[Place, string[]]> = [
				['query', [...new URLSearchParams(query).keys()]],
				['data', isRecord(body.data) ? Object.keys(body.data) : []],
				['beside', Object.keys(body).filter((key) => !OF_ALL.has(key))],
			];
			for (const { name } of rows)
				for (const [place, keys] of found)
					for (const key of keys) {
						const at = `${name} ${key}`;
						seen.set(at, (seen.get(at) ?? new Set<Place>()).add(place));
					}
		}
	});

	it('are those in which a real KAZOO takes it', () => {
		const wrong = writing.flatMap(({ name, row }) =>
			[...placesOf(row)].flatMap(([key, ours]) => {
				const theirs = seen.get(`${name} ${key}`);
				if (!theirs || [...ours].some((place) => theirs.has(place))) return [];
				return [
					`${name}: ${key} is sent in ${[...ours].join()}, KAZOO was seen to take it in ${[...theirs].join()}`,
				];
			}),
		);
		expect(wrong).toEqual([]);
	});

	it('are compared with enough', () => {
		const compared = writing.flatMap(({ name, row }) =>
			[...placesOf(row).keys()].filter((key) => seen.has(`${name} ${key}`)),
		);
		expect(requests).toBeGreaterThan(700);
		expect(compared.length).toBeGreaterThan(100);
	});

	it('are paths that a real KAZOO takes that method on', () => {
		const { routes } = json<{ routes: ReadonlyArray<{ path: string; methods: string[] | null }> }>(
			'routes.json',
		);
		const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');
		const allowed = new Map(routes.map(({ path, methods }) => [shape(path), methods]));
		const wrong = writing.flatMap(({ name, row, method, segments }) => {
			const methods = allowed.get(shape(segments.join('/')));
			return methods && row.version !== 5 && methods.length > 0 && !methods.includes(method)
				? [`${name}: ${method} ${segments.join('/')}`]
				: [];
		});
		expect(wrong).toEqual([]);
	});
});

/** What recordings do not show and facts do. */
describe('places that were found by trying', () => {
	const beside = (resource: string, operation: string): string[] =>
		writing
			.filter(({ name }) => name === `${resource}.${operation}`)
			.flatMap(({ row }) => [...placesOf(row)])
			.filter(([, places]) => places.has('beside'))
			.map(([key]) => key);

	it.each([
		['fax', 'forward', 'action'],
		['fax', 'resend', 'action'],
		['ledger', 'credit', 'impact_reseller'],
		['ledger', 'debit', 'impact_reseller'],
	])('%s %s: %s stands beside data', (resource, operation, key) => {
		expect(beside(resource, operation)).toContain(key);
	});
});
