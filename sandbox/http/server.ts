import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Call, Method } from '../request/call';
import { control } from '../control';
import type { Kernel } from '../request/kernel';
import type { SteeredKernel } from '../control/kernel';
import { hex } from '../values/ids';
import { loggedHeaders, loggedQuery } from '../control/log';
import { faultByName } from '../control/magicNames';
import { announce } from './notices';
import { handle, type Reply } from './pipeline';
import { Refusal, tooManyRequests } from '../request/refusal';
import type { Router } from './router';
import { corsHeaders, CORS_METHODS } from './cors';
import { controlRefusal, type IsOwnHost } from './guests';
import { errorEnvelope } from './envelope';
import { pageRoutes, showPage } from '../page';

/** What a Crossbar says at paths that are none of its API's. */
const BANNER =
	'KAZOO Crossbar sandbox: the API is under /v2, what the sandbox holds under /sandbox, a page for browsers here\n';

/** Bytes that are read of a body at all; Crossbar's own limit is lower and has an answer of its own. */
const BODY_LIMIT = 64 * 1024 * 1024;

const METHODS = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const NO_BODY = Buffer.alloc(0);

function parseQuery(text: string): [string, string][] {
	if (text === '') return [];
	return [...new URLSearchParams(text)];
}

function decodePart(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		// A stray percent sign is taken as it is.
		return part;
	}
}

function callOf(kernel: Kernel, request: FastifyRequest, path: string, pairs: [string, string][]): Call {
	const headers = request.raw.headers as Record<string, string | undefined>;
	return {
		kernel,
		requestId: headers['x-request-id'] ?? hex(),
		httpMethod: request.method,
		verb: request.method as Method,
		path,
		segments: path.split('/').slice(2).filter(Boolean).map(decodePart),
		query: Object.fromEntries(pairs),
		queryPairs: pairs,
		headers,
		remoteAddress: request.ip,
		body: { size: 0, envelope: {}, data: {}, hasData: false, files: [], raw: NO_BODY },
		params: {},
		accepted: 'application/json',
		remaining: 100,
	};
}

function loggedBody(raw: Buffer, headers: Record<string, string | undefined>): unknown {
	if (raw.length === 0) return undefined;
	if ((headers['content-type'] ?? 'application/json').includes('json')) {
		try {
			return JSON.parse(raw.toString('utf8')) as unknown;
		} catch {
			// Not the JSON it claims to be: only its size is told.
		}
	}
	return { bytes: raw.length };
}

/** Carries out what the fault switch says; gives back an answer instead of the real one, `drop`, or where to cut it. */
async function struck(
	{ faults, tokens }: SteeredKernel,
	call: Call,
	raw: Buffer,
): Promise<Refusal | 'drop' | { cut: number } | undefined> {
	let cut: { cut: number } | undefined;
	const asked = faultByName(call.httpMethod, raw);
	for (const fault of [...faults.strike(call.httpMethod, call.path), ...(asked ? [asked] : [])]) {
		if (fault.kind === 'latency') {
			await new Promise((resolve) => setTimeout(resolve, fault.milliseconds ?? 1000));
		} else if (fault.kind === 'expire-tokens') tokens.expireAll();
		else if (fault.kind === 'drop') return 'drop';
		else if (fault.kind === 'cut') cut = { cut: fault.bytes ?? 0 };
		else if (fault.kind === 'rate-limit') return tooManyRequests();
		else return new Refusal(fault.status ?? 500, 'unspecified_fault', { message: 'fault of the sandbox' });
	}
	return cut;
}

function faultReply(call: Call, refusal: Refusal): Reply {
	return {
		status: refusal.status,
		headers: { 'x-request-id': call.requestId, ...corsHeaders(CORS_METHODS) },
		body: errorEnvelope(call, refusal),
	};
}

const LONG = 16_384;

function percentEncoded(text: string): string {
	return [...Buffer.from(text)]
		.map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`)
		.join('');
}

/** What a header cannot hold is written as in an address: names of files and ids come from clients. */
function sendable(headers: Record<string, string>): Record<string, string> {
	for (const [name, value] of Object.entries(headers)) {
		if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
			headers[name] = value.replace(/[^\t\x20-\x7e]+/g, percentEncoded);
		}
	}
	return headers;
}

/** @param cut bytes of the body after which the connection is closed */
function send(reply: FastifyReply, answer: Reply, cut = Infinity): void {
	const raw = reply.raw;
	reply.hijack();
	// Long texts are encoded here, once; Node would do it for the length and again for the socket.
	const body =
		typeof answer.body === 'string' && answer.body.length > LONG ? Buffer.from(answer.body) : answer.body;
	const length = body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length;
	if (answer.status !== 204 && answer.status !== 304) answer.headers['content-length'] = String(length);
	raw.writeHead(answer.status, sendable(answer.headers));
	if (length <= cut) raw.end(body);
	else raw.write(Buffer.from(body ?? '').subarray(0, cut), () => raw.destroy());
}

/** Answers requests that are not even HTTP to Node: unknown methods are 501 as on the real server. */
function onClientError(error: Error & { code?: string }, socket: import('node:net').Socket): void {
	if (!socket.writable) return;
	const status = error.code === 'HPE_INVALID_METHOD' ? '501 Not Implemented' : '400 Bad Request';
	socket.end(
		`HTTP/1.1 ${status}\r\nx-request-id: ${hex()}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
	);
}

/** The HTTP server: reads requests, passes them on, writes answers and the log. */
export function createServer(kernel: SteeredKernel, router: Router, isOwnHost: IsOwnHost): FastifyInstance {
	const app = Fastify({
		bodyLimit: BODY_LIMIT,
		exposeHeadRoutes: false,
		clientErrorHandler: onClientError,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 10_000 },
		frameworkErrors: (_error, _request, reply: FastifyReply) => {
			void reply.code(400).send();
		},
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		void reply.code(error.statusCode ?? 500).send(error.message);
	});
	app.addHook('onRequest', async (request, reply) => {
		const { headers, url = '' } = request.raw;
		// Without a word about CORS, so that no page can read it
		if (!isOwnHost(headers.host)) return await reply.code(403).send('This is no name of the sandbox');
		// As it was found, too: a path may be written with signs that are encoded
		const steers = [request.routeOptions.url, url].some((path = '') => /^\/sandbox(?=[/?]|$)/.test(path));
		const refusal = steers ? controlRefusal(request.method, headers) : undefined;
		if (refusal !== undefined) return await reply.code(403).send({ error: refusal });
		return undefined;
	});
	control(app, kernel);
	pageRoutes(app, kernel);
	const serve = async (request: FastifyRequest, reply: FastifyReply) => {
		const url = request.raw.url ?? '/';
		const question = url.indexOf('?');
		const path = question === -1 ? url : url.slice(0, question);
		const pairs = question === -1 ? [] : parseQuery(url.slice(question + 1));
		const version = /^\/(v\d+)(?=\/|$)/.exec(path)?.[1];
		if (version === undefined) {
			if (path === '/' && request.headers.accept?.includes('text/html')) return showPage(reply);
			return reply.code(200).type('text/plain; charset=UTF-8').send(BANNER);
		}
		const raw = Buffer.isBuffer(request.body) ? request.body : NO_BODY;
		const call = callOf(kernel, request, path, pairs);
		const at = new Date().toISOString();
		const fault = await struck(kernel, call, raw);
		const answer = fault instanceof Refusal ? faultReply(call, fault) : undefined;
		const cut = typeof fault === 'object' && 'cut' in fault ? fault.cut : undefined;
		const result = fault === 'drop' ? undefined : (answer ?? (await handle(call, version, raw, router)));
		if (result) announce(call, result);
		kernel.log.add({
			at,
			method: call.httpMethod,
			path,
			query: loggedQuery(call.query),
			headers: loggedHeaders(request.raw.headers),
			body: loggedBody(raw, call.headers),
			status: result?.status ?? 0,
		});
		if (result) send(reply, result, cut);
		else {
			reply.hijack();
			request.raw.socket.destroy();
		}
	};
	app.route({ method: METHODS, url: '/*', handler: serve });
	return app;
}
