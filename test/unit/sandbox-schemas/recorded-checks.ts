import { jsonSchema, validate, type FieldError } from '../../../sandbox/schemas';

/** One recorded request and its answer. */
export interface Exchange {
	name: string;
	request?: { method: string; path: string; body?: unknown };
	response?: { status: number; body?: unknown };
}

type Json = Record<string, unknown>;
type Errors = Record<string, FieldError>;

/** Collections whose schema has another name than the path, or whose path is longer than one word. */
const SCHEMA_OF_PATH: ReadonlyArray<readonly [RegExp, string]> = [
	[/^schemas\/([\w.]+)\/validation$/, '$1'],
	[/^user_auth\/recovery$/, 'user_auth_recovery'],
	[/^faxboxes(\/\w+)?$/, 'faxbox'],
	[/^faxes(\/outgoing)?$/, 'faxes'],
	[/^ledgers\/(credit|debit)$/, 'ledgers'],
	[/^lists\/\w+\/entries(\/\w+)?$/, 'list_entries'],
	[/^port_requests\/\w+\/comments$/, 'comments'],
	[/^notifications\/\w+$/, 'notifications'],
	[/^rate_limits$/, 'account_rate_limits'],
	[/^phone_numbers\/(\+|%2B)?\d+$/, 'phone_numbers'],
	[/^(\w+)(\/\w+)?$/, '$1'],
];

/** Paths that look like a collection and are none: actions, searches, and what has no schema of its own. */
const NOT_A_DOCUMENT = /^(phone_numbers|quickcall|services|tasks|agents|apps_store|search|about)(\/|$)/;

/** The schema that a request's data must fit, if it is about a document. */
function schemaOf(method: string, path: string): string | undefined {
	const inAccount = path
		.split('?')[0]!
		.replace(/^\/v2\//, '')
		.replace(/^accounts\/[0-9a-f]{32}\/?/, '');
	if (!/^(PUT|POST|PATCH)$/.test(method)) return undefined;
	if (inAccount === '' || inAccount === 'accounts') return 'accounts';
	for (const [pattern, name] of SCHEMA_OF_PATH) {
		if (!pattern.test(inAccount)) continue;
		const schema = inAccount.replace(pattern, name);
		if (schema === 'user_auth_recovery' && method === 'POST') return 'user_auth_recovery_reset';
		if (schema !== 'phone_numbers' && NOT_A_DOCUMENT.test(inAccount)) return undefined;
		return jsonSchema(4, schema) ? schema : undefined;
	}
	return undefined;
}

/** The words of errors that come from schemas; the modules of Crossbar have others under the same codes. */
const SCHEMA_WORDS =
	/^(Field is required but missing|Value did not match type\(s\): |String must |Value must be at (least|most) |The list (must|is more)|The object must|List of items is not unique|Value not found in enumerated|Failed to match pattern|Strict checking|Field is not in the correct|failed to validate|schema not found|unable to find \w+ schema|invalid client URL)/;

/** The errors of an answer that come from schemas, by plain dotted path. */
function schemaErrors(data: unknown): Errors {
	const errors: Errors = {};
	for (const [path, rules] of Object.entries((data ?? {}) as Errors)) {
		for (const [code, detail] of Object.entries(rules)) {
			if (typeof detail?.message !== 'string' || !SCHEMA_WORDS.test(detail.message)) continue;
			(errors[path.replaceAll('%2E', '.')] ??= {})[code] = detail;
		}
	}
	return errors;
}

/** PATCH as KAZOO merges it: objects deeply, null takes a key away. */
function merge(stored: Json, changes: Json): Json {
	const merged: Json = { ...stored };
	for (const [key, value] of Object.entries(changes)) {
		const before = merged[key];
		if (value === null) delete merged[key];
		else if (isObject(value)) merged[key] = merge(isObject(before) ? before : {}, value);
		else merged[key] = value;
	}
	return merged;
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A request whose data our schemas can be asked about, and what the real server said. */
export interface Case {
	name: string;
	schema: string;
	method: string;
	data: unknown;
	status: number;
	/** Errors of schemas in the answer; none when it was accepted. */
	expected: Errors;
	answer: unknown;
	ours: ReturnType<typeof validate>;
}

/** All recorded writes of documents that were accepted or refused as invalid. */
export function* cases(exchanges: Exchange[]): Generator<Case> {
	const stored = new Map<string, Json>();
	for (const { name, request, response } of exchanges) {
		if (!request || !response || !isObject(response.body)) continue;
		const path = request.path.split('?')[0]!;
		const answer = response.body.data;
		const body = request.body;
		const sent = isObject(body) && 'data' in body ? body.data : undefined;
		const schema = schemaOf(request.method, path);
		const { status } = response;
		const judged = status === 200 || status === 201 || (status === 400 && isObject(answer));
		if (schema && judged && typeof sent === 'object' && sent !== null && !Array.isArray(sent)) {
			// Of a document that there is not, KAZOO checks the changes alone.
			const known = request.method !== 'PATCH' || stored.has(path) || /\/0{32}$/.test(path);
			if (known) {
				const data = request.method === 'PATCH' ? merge(stored.get(path) ?? {}, sent as Json) : sent;
				yield {
					name: `${name} (${request.method} ${schema})`,
					schema,
					method: request.method,
					data,
					status,
					expected: status === 400 ? schemaErrors(answer) : {},
					answer,
					ours: validate(4, schema, data),
				};
			}
		}
		if (status < 300 && request.method === 'DELETE') stored.set(path, {});
		else if (status < 300 && isObject(answer) && /^(GET|PUT|POST|PATCH)$/.test(request.method)) {
			const id = typeof answer.id === 'string' && request.method === 'PUT' ? `/${answer.id}` : '';
			const { _read_only: _, ...doc } = answer;
			stored.set(path + id, doc);
		}
	}
}
