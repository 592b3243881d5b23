import { authorise } from '../auth/authorise';
import { countLate } from '../store/descendants';
import { identify } from '../auth/identify';
import { readBody } from './body';
import type { Answer, Call, Handler, Method, Prepared, RawAnswer, Route } from '../request/call';
import { requestValue } from '../request/call';
import { CORS_METHODS, corsHeaders } from './cors';
import { CSV_TYPES, JSON_TYPES } from '../request/content-types';
import { negotiate } from './negotiate';
import { toCsv } from '../values/csv';
import { errorEnvelope, successEnvelope } from './envelope';
import { hex } from '../values/ids';
import {
	invalidCredentials,
	badIdentifier,
	bare,
	expiredCredentials,
	methodNotAllowed,
	notFound,
	Refusal,
} from '../request/refusal';
import { type Match, methodsOf, type Router } from './router';

/** What goes back over the wire. */
export interface Reply {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer | undefined;
}

const VERBS = new Set<string>(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** Bodies that a method takes unless its route says otherwise. */
const USUAL_BODIES = [
	'application/x-www-form-urlencoded',
	'multipart/form-data',
	'multipart/mixed',
	...JSON_TYPES,
	...CSV_TYPES,
];

/** How far a request came: it decides which headers an answer has. */
interface Progress {
	methods: string;
	provided: string[];
	negotiated: boolean;
}

const isPrepared = (outcome: Answer | Prepared): outcome is Prepared => 'run' in outcome;

/**
 * Takes a request through Crossbar's checks in their order; the first that fails decides the answer: version, body,
 * path, expired token, method, account in the path, authentication, authorisation, content negotiation, validation,
 * conditions on the revision, type of the body, and only then the work itself.
 */
export async function handle(call: Call, version: string, raw: Buffer, router: Router): Promise<Reply> {
	const progress: Progress = { methods: CORS_METHODS, provided: JSON_TYPES, negotiated: false };
	try {
		const checked = check(call, version, raw, router, progress);
		const answer = checked instanceof Promise ? await checked : checked;
		return answer === 'preflight'
			? { status: 200, headers: { ...base(call), ...corsHeaders(progress.methods) }, body: undefined }
			: success(call, answer, progress);
	} catch (error) {
		return refuse(call, error instanceof Refusal ? error : crash(error), progress);
	}
}

/** The real server answers 500 when a module crashes; a crash of the sandbox itself must be seen, too. */
function crash(error: unknown): Refusal {
	process.stderr.write(
		`sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
	);
	return new Refusal(500, 'unspecified_fault', {
		message: 'unspecified fault',
		cause: error instanceof Error ? error.message : String(error),
	});
}

function check(
	call: Call,
	version: string,
	raw: Buffer,
	router: Router,
	progress: Progress,
): Answer | 'preflight' | Promise<Answer> {
	if (version === 'v1') {
		call.body = { ...call.body, size: raw.length };
		throw new Refusal(
			410,
			'gone',
			'API version 1 is not supported. Please upgrade your code to use version 2.',
		);
	}
	countLate(call.kernel.store);
	call.body = readBody(raw, call.headers, call.query, call.kernel.profile === 5);
	const tunnelled = String(requestValue(call, 'verb') ?? '').toUpperCase();
	if (VERBS.has(tunnelled)) call.verb = tunnelled as Method;
	identify(call);
	aliasAccount(call);
	const match = router.match(call.segments) ?? belowOwner(call, router);
	if (!match) {
		if (call.segments[0] === 'accounts') progress.methods = 'OPTIONS';
		else if (!call.auth) throw invalidCredentials();
		throw notFound();
	}
	const { route } = match;
	call.params = match.params;
	const lacking = route.lacks?.(call) ?? [];
	const methods = methodsOf(route).filter((method) => !lacking.includes(method));
	progress.methods = ['OPTIONS', ...methods].join(', ');
	if (call.httpMethod === 'OPTIONS' && isCrossOrigin(call)) return 'preflight';
	const handler = methods.includes(call.verb) ? route.handlers[call.verb] : undefined;
	if (!handler || (call.httpMethod !== call.verb && call.httpMethod === 'HEAD')) throw methodNotAllowed();
	loadAccount(call);
	authorise(call, route);
	mustHaveOwner(call);
	provide(call, route, progress);
	return execute(call, handler, route);
}

/** Paths of an account that are no resource of its own. */
const OF_ACCOUNTS = ['children', 'descendants', 'siblings', 'parents', 'tree', 'move', 'reseller', 'api_key'];

/**
 * Below a user or a device every resource of the account is found again, as if the user were not there: only the modules
 * that know of users (those have routes of their own) look at him.
 */
function belowOwner(call: Call, router: Router): Match | undefined {
	const [accounts, account = '', owners = '', owner, ...rest] = call.segments;
	if (accounts !== 'accounts' || owner === undefined || rest[0] === undefined) return undefined;
	if (!Object.hasOwn(OWNERS, owners) || OF_ACCOUNTS.includes(rest[0])) return undefined;
	return router.match([accounts, account, ...rest]);
}

const OWNERS: Record<string, string> = { users: 'user', devices: 'device' };

/** Whoever the path goes through has to be there. */
function mustHaveOwner(call: Call): void {
	const [, , owners = '', owner, rest] = call.segments;
	const type = call.account && rest !== undefined ? OWNERS[owners] : undefined;
	if (!type || !call.account || owner === undefined) return;
	if (Object.values(call.params).includes(owner)) return;
	if (!call.kernel.store.database(call.account._id).get(owner, type)) throw badIdentifier(owner);
}

function isCrossOrigin(call: Call): boolean {
	return (
		call.headers.origin !== undefined ||
		call.headers['access-control-request-method'] !== undefined ||
		call.headers['access-control-request-headers'] !== undefined
	);
}

/** `/account/...` is `/accounts/{the token's account}/...`. */
function aliasAccount(call: Call): void {
	if (call.segments[0] !== 'account') return;
	if (!call.auth) throw invalidCredentials();
	call.segments = ['accounts', call.auth.accountId, ...call.segments.slice(1)];
}

function loadAccount(call: Call): void {
	const id = call.params.accountId;
	if (id === undefined) return;
	const account = call.kernel.store.account(id);
	if (!account) {
		if (call.kernel.profile === 5) throw expiredCredentials();
		if (!/^[0-9a-f]{32}$/.test(id)) {
			throw new Refusal(404, 'bad identifier', { message: `invalid account_id '${id}'` });
		}
		throw badIdentifier(id);
	}
	call.account = account;
}

function provide(call: Call, route: Route, progress: Progress): void {
	const provides = route.provides?.[call.verb] ?? [...JSON_TYPES, ...CSV_TYPES];
	progress.provided = typeof provides === 'function' ? provides(call) : provides;
	const asked = requestValue(call, 'accept');
	call.accepted = negotiate(
		progress.provided,
		call.headers.accept,
		typeof asked === 'string' ? asked : undefined,
	);
	progress.negotiated = true;
}

function execute(call: Call, handler: Handler, route: Route): Answer | Promise<Answer> {
	const outcome = handler(call);
	const prepared: Prepared = isPrepared(outcome)
		? outcome
		: { revision: outcome.revision, run: () => outcome };
	if (call.verb !== 'GET') {
		if (!matches(call.headers['if-match'], prepared)) throw bare(412);
		refuseBodyType(call, route);
	}
	if (prepared.probe) return prepared.probe().then(prepared.run);
	const { writeDelay } = call.kernel;
	if (!prepared.raced || writeDelay === 0) return prepared.run();
	return new Promise((resolve) => setTimeout(resolve, writeDelay)).then(prepared.run);
}

/** Whether `If-Match` lets a request through. The real server's reader of such headers gives up where quotes lack. */
function matches(ifMatch: string | undefined, { revision, unmatched }: Prepared): boolean {
	if (ifMatch === undefined || ifMatch === '*') return true;
	if (!ENTITY_TAGS.test(ifMatch)) throw bare(400);
	return !unmatched && (revision === undefined || ifMatch.includes(`"${revision}"`));
}

/** One or more entity tags in quotes. */
const ENTITY_TAGS = /^\s*(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*\s*$/;

function refuseBodyType(call: Call, route: Route): void {
	const { contentType, size } = call.body;
	if (contentType === undefined || size === 0 || call.verb === 'DELETE') return;
	const accepted = route.accepts?.[call.verb] ?? USUAL_BODIES;
	if (!accepted.includes(contentType)) throw bare(415);
}

function base(call: Call): Record<string, string> {
	return { 'x-request-id': call.requestId };
}

function vary(progress: Progress): Record<string, string> {
	return { vary: progress.provided.length > 1 ? 'accept-language, accept' : 'accept-language' };
}

function success(call: Call, answer: Answer, progress: Progress): Reply {
	const headers: Record<string, string> = { ...base(call), ...vary(progress), ...answer.headers };
	const status = answer.status ?? (call.verb === 'PUT' ? 201 : 200);
	if (isCrossOrigin(call)) Object.assign(headers, corsHeaders(progress.methods));
	if (call.verb === 'GET') {
		headers.expires = 'Fri, 01 Jan 1999 00:00:00 GMT';
		if (answer.revision !== undefined) {
			const weak = call.kernel.profile === 5 && !/^\d+-/.test(answer.revision);
			headers.etag = `${weak ? 'W/' : ''}"${answer.revision}"`;
			const known = call.headers['if-none-match'];
			if (known === headers.etag || known === '*') {
				return { status: 304, headers, body: undefined };
			}
		}
	}
	if (call.verb === 'PUT' && answer.id !== undefined) {
		headers.location = `${call.path.replace(/\/$/, '')}${answer.id && `/${answer.id}`}`;
	}
	if (answer.raw) return rawReply(call, answer.raw, headers);
	if (call.verb === 'GET' && CSV_TYPES.includes(call.accepted)) return csvReply(call, answer, headers);
	return wrapped(call, status, headers, successEnvelope(call, answer));
}

function wrapped(call: Call, status: number, headers: Record<string, string>, json: string | Buffer): Reply {
	const { query } = call;
	if (query.pretty_print === 'true' || call.headers['x-pretty-print']) {
		json = JSON.stringify(JSON.parse(String(json)), undefined, 2);
	}
	headers['content-type'] ??= 'application/json';
	return { status, headers, body: query.jsonp ? `${query.jsonp}(${String(json)});` : json };
}

function csvReply(call: Call, answer: Answer, headers: Record<string, string>): Reply {
	const csv = toCsv(answer.json === undefined ? answer.data : JSON.parse(String(answer.json)));
	if (csv === '') return { status: 204, headers: {}, body: undefined };
	const name = call.headers['x-file-name'] ?? call.query.file_name ?? `json_${hex(22)}.csv`;
	headers['content-type'] = 'text/csv';
	headers['content-disposition'] = `attachment; filename="${name}"`;
	return { status: 200, headers, body: csv };
}

function rawReply(call: Call, raw: RawAnswer, headers: Record<string, string>): Reply {
	if (raw.contentType) headers['content-type'] = raw.contentType;
	Object.assign(headers, raw.headers);
	const wanted = call.headers.range;
	if (!raw.ranges || wanted === undefined || typeof raw.body === 'string') {
		return { status: 200, headers, body: raw.body };
	}
	const range = /^bytes=(\d+)-(\d*)$/.exec(wanted);
	const total = raw.body.length;
	// What is no range (a suffix, too) gives the whole file.
	const from = range ? Number(range[1]) : 0;
	const to = range?.[2] ? Math.min(Number(range[2]), total - 1) : total - 1;
	// The real server crashes on a range that begins beyond the end.
	if (from > to) throw bare(500);
	headers['content-range'] = `bytes ${from}-${to}/${total}`;
	headers['accept-ranges'] = 'bytes';
	return { status: to - from + 1 === total ? 200 : 206, headers, body: raw.body.subarray(from, to + 1) };
}

function refuse(call: Call, refusal: Refusal, progress: Progress): Reply {
	if (refusal.bare) {
		return {
			status: refusal.status,
			headers: { ...base(call), ...(progress.negotiated ? vary(progress) : undefined) },
			body: undefined,
		};
	}
	const headers: Record<string, string> = { ...base(call), ...corsHeaders(progress.methods) };
	if (progress.negotiated) {
		Object.assign(headers, vary(progress));
		headers['content-type'] = call.accepted;
	}
	if (call.httpMethod === 'HEAD') return { status: refusal.status, headers, body: undefined };
	const reply = wrapped(call, refusal.status, { ...headers }, errorEnvelope(call, refusal));
	// Refused before the content type was negotiated, as one too many always is: the envelope goes out without one.
	if (!progress.negotiated || refusal.status === 429) {
		if (call.query.jsonp) reply.headers['content-type'] = 'application/javascript';
		else delete reply.headers['content-type'];
	}
	return reply;
}
