import type { Agent } from 'node:http';
import axios, { type AxiosError } from 'axios';
import type { Fields } from '../store/database';
import type { Needs } from './needs';
import { canonicalJson, formParts, formText, prettyJson, type FormPart } from './encoding';
import type { Hook } from './hooks';
import { isLoopbackUrl } from '../values/hosts';

/**
 * One request to a receiver. Follows observed.md, second half, 2 and 4, webhooks.md 3 and the recorded attempts:
 * GET appends the form to the address even after a query, and cannot be sent when a key holds a bracket; a redirect
 * is followed five times, a POST as GET with the same headers.
 */
export interface OutgoingRequest {
	method: 'get' | 'post' | 'put';
	/** The hook's own address. */
	uri: string;
	/** Where the request goes: `uri`, with the payload for GET. */
	target: string;
	headers: Record<string, string>;
	body: string;
	/** The body as the log of attempts shows it: forms in pieces. */
	loggedBody: FormPart;
}

/** What came of it: an answer, or the client's error in KAZOO's words. */
export type Outcome =
	| { status: number; headers: Record<string, string>; body: string; bytes: Buffer }
	| { clientError: string };

const REDIRECTS = 5;

/** Characters that may be in an address. */
const ADDRESS = /^[\w\-.~:/?#@!$&'()*+,;=%]*$/;

/** The request that carries a payload to a hook. */
export function requestFor(needs: Needs, hook: Hook, payload: Fields): OutgoingRequest {
	const { fields } = hook;
	const method = (['get', 'put'] as const).find((verb) => verb === fields.http_verb) ?? 'post';
	const uri = String(fields.uri);
	const own: Record<string, string> = { 'x-hook-id': hook.id, 'x-account-id': hook.accountId };
	const custom = needs.profile === 5 ? ((fields.custom_request_headers ?? {}) as Record<string, string>) : {};
	if (method === 'get') {
		const target = `${uri}?${formText(formParts(payload))}`;
		return { method, uri, target, headers: { ...own, ...custom }, body: '', loggedBody: '' };
	}
	const json = fields.format === 'json';
	const parts = json ? '' : formParts(payload);
	const body = json ? (needs.profile === 5 ? canonicalJson(payload) : prettyJson(payload)) : formText(parts);
	const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
	const headers = { 'content-type': type, ...own, ...custom };
	return { method, uri, target: uri, headers, body, loggedBody: json ? body : parts };
}

/**
 * Sends it; never rejects. `agent` makes the connections to addresses that begin with `http:`; this machine is called
 * with `allowLoopback` only.
 */
export async function send(
	request: OutgoingRequest,
	{ agent, allowLoopback }: { agent?: Agent; allowLoopback: boolean },
): Promise<Outcome> {
	if (!ADDRESS.test(request.target)) return { clientError: 'invalid_uri' };
	let { target } = request;
	let method: string = request.method;
	for (let redirects = 0; ; redirects++) {
		// KAZOO refuses such an address when it is written; one that leads here otherwise is not called either
		if (!allowLoopback && !agent && isLoopbackUrl(target))
			return { clientError: 'failed_connect: econnrefused' };
		const outcome = await once(method, target, request, agent);
		if ('clientError' in outcome || redirects === REDIRECTS) return outcome;
		const next = redirection(method, target, outcome);
		if (next === undefined) return outcome;
		target = next;
		method = 'get';
	}
}

/** Where an answer sends the client on to, if it does. */
function redirection(
	method: string,
	from: string,
	{ status, headers }: { status: number; headers: Record<string, string> },
): string | undefined {
	const follows = [301, 302, 303].includes(status) || (method === 'get' && [307, 308].includes(status));
	return follows && headers.location !== undefined ? new URL(headers.location, from).href : undefined;
}

async function once(method: string, url: string, request: OutgoingRequest, agent?: Agent): Promise<Outcome> {
	try {
		const answer = await axios.request<Buffer>({
			method,
			url,
			// KAZOO says nothing of itself.
			headers: { ...request.headers, accept: false, 'user-agent': false, 'accept-encoding': false },
			data: method === 'get' ? undefined : request.body,
			httpAgent: agent,
			proxy: false,
			maxRedirects: 0,
			maxContentLength: Infinity,
			responseType: 'arraybuffer',
			transformRequest: (data: unknown) => data,
			transformResponse: (data: unknown) => data,
			validateStatus: () => true,
			transitional: { clarifyTimeoutError: true },
		});
		const headers = Object.fromEntries(
			Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
		);
		const bytes = answer.data ?? Buffer.alloc(0);
		return { status: answer.status, headers, body: bytes.toString('utf8'), bytes };
	} catch (error) {
		return { clientError: wordsFor(error as AxiosError) };
	}
}

const FAILURES: Record<string, string> = {
	ENOTFOUND: 'failed_connect: nxdomain',
	EAI_AGAIN: 'failed_connect: nxdomain',
	ECONNREFUSED: 'failed_connect: econnrefused',
	ETIMEDOUT: 'failed_connect: timeout',
	EHOSTUNREACH: 'failed_connect: ehostunreach',
	ENETUNREACH: 'failed_connect: enetunreach',
	ECONNRESET: 'socket_closed_remotely',
	ERR_INVALID_URL: 'invalid_uri',
};

function wordsFor({ code, message }: AxiosError): string {
	const known = code === undefined ? undefined : FAILURES[code];
	if (known !== undefined) return known;
	return code?.startsWith('ERR_TLS') || /certificate/.test(message) ? 'failed_connect: tls_alert' : 'unknown';
}
