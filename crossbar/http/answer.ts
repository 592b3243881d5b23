/** What came back for a request: read by looking, not by its headers; whether it is an answer, and what may be sent again. */
import { sleep } from 'n8n-workflow';

import type { Failure } from '../errors/explain';
import { isTransient, provablyNotCarriedOut } from '../errors/explain';
import { readBytes, TooLarge } from './files';
import type { CrossbarAnswer, CrossbarRequest, Envelope } from './messages';

/** Characters of an envelope before its data, at most. */
const LONGEST_HEAD = 4096;
/** Milliseconds until a request has left: it needs some turns of the event loop, which a long text to read holds up. */
const LEAVING = 2;

/** A success that can be read: a web page with status 200 is not Crossbar, and an empty or cut body is no answer. */
export function isAnswer({ status, envelope, content }: CrossbarAnswer, request: CrossbarRequest): boolean {
	if (status >= 300 || envelope.status === 'error') return false;
	return (
		request.stream === true || status === 204 || (content === undefined && Object.keys(envelope).length > 0)
	);
}

/** A write is repeated only when it provably was not carried out; a read also after a passing failure. */
export function mayRepeat(request: CrossbarRequest, failure: Failure): boolean {
	if (provablyNotCarriedOut(failure)) return isTransient(failure);
	return mayReadAgain(request) && isTransient(failure);
}

/**
 * Whether a request names a method of its own (`verb`), which Crossbar then carries out in place of the real one. It
 * looks into the query, the envelope and its data, and does not mind how the keys are written (envelope.md section 2).
 */
export function namesMethod({ query, body }: CrossbarRequest): boolean {
	const data = valuesOf(body, 'data').flatMap((value) => valuesOf(value, 'verb'));
	return [...valuesOf(query, 'verb'), ...valuesOf(body, 'verb'), ...data].some(
		(value) => value !== undefined,
	);
}

/** The values of all keys that Crossbar takes for this one. */
function valuesOf(record: unknown, wanted: string): unknown[] {
	if (typeof record !== 'object' || record === null) return [];
	return Object.entries(record)
		.filter(([key]) => key.trim().toLowerCase() === wanted)
		.map(([, value]): unknown => value);
}

/** Whether a request changes nothing, however often it is sent. */
export function mayReadAgain(request: CrossbarRequest): boolean {
	return request.method === 'GET' && !request.writes && !namesMethod(request);
}

/**
 * What went wrong, as the explanations take it.
 * @param loginOk whether the log-in itself has just worked, so that a 401 is not about the password
 * @param secrets what a server may repeat of the log-in
 */
export function failureOf(
	request: CrossbarRequest,
	outcome: CrossbarAnswer | { thrown: unknown },
	loginOk: boolean,
	secrets: readonly string[] = [],
): Failure {
	const { method, path, what, labels, file } = request;
	const about = { method, path, what, labels, file, secrets, writes: !mayReadAgain(request) };
	if ('thrown' in outcome) return { ...about, ...thrownFailure(outcome.thrown) };
	const { status, headers, envelope, content } = outcome;
	return { ...about, status, headers: { ...headers }, body: content ?? envelope, loginOk };
}

/** What n8n's helper threw: a failed log-in, a refused token, or a connection that broke. */
function thrownFailure(thrown: unknown): Partial<Failure> {
	const error = thrown as {
		httpCode?: string | null;
		code?: string;
		message?: string;
		description?: string;
		context?: { data?: unknown };
		cause?: { code?: string; message?: string };
		messages?: string[];
	};
	const message = [error.cause?.message ?? error.message, ...(error.messages ?? [])]
		.filter(Boolean)
		.join(' ');
	// The connection broke while the answer came in; the HTTP client has no code for it.
	if (/\baborted\b/.test(message)) return { networkCode: 'ECONNRESET', networkMessage: message };
	if (error.httpCode && /^[1-5]\d\d$/.test(error.httpCode)) {
		return {
			status: Number(error.httpCode),
			body: error.context?.data ?? error.description ?? error.message,
		};
	}
	return {
		networkCode: error.code ?? error.cause?.code ?? error.httpCode ?? undefined,
		networkMessage: message,
	};
}

/** Bytes of an error that a server may explain itself with. */
const LONGEST_ERROR = 1_000_000;

/** Objects and lists of an answer: small ones need many times their bytes of memory. */
const MOST_OBJECTS = 2_000_000;
const [BRACE, BRACKET] = Buffer.from('{[');

/** @throws TooLarge */
function assertReadable(bytes: Uint8Array): void {
	// The smallest object, with its comma, has three bytes
	if (bytes.length < MOST_OBJECTS * 3) return;
	let left = MOST_OBJECTS;
	for (const byte of bytes)
		if ((byte === BRACE || byte === BRACKET) && --left < 0) throw new TooLarge(MOST_OBJECTS, 'objects');
}

/**
 * Reads a response. A file that is asked for as a stream stays one, unless it is an error.
 * @param most bytes of an answer that is no file
 * @throws TooLarge
 */
export async function answerOf(
	response: { statusCode: number; headers: Record<string, string>; body: unknown },
	{ stream, foresee }: Pick<CrossbarRequest, 'stream' | 'foresee'>,
	most = Infinity,
): Promise<CrossbarAnswer> {
	const { statusCode: status, headers } = response;
	if (stream && status < 300 && !mayBeEnvelope(response))
		return { status, headers, envelope: {}, content: response.body };
	const bytes = await readBytes(
		response.body,
		stream && status >= 300 ? Math.min(most, LONGEST_ERROR) : most,
	);
	assertReadable(bytes);
	const text = bytes.toString('utf8');
	if (stream && status < 300 && !saysError(text)) {
		const { constructor } = response.body as { constructor: { from(bytes: Buffer[]): unknown } };
		return { status, headers, envelope: {}, content: constructor.from([bytes]) };
	}
	const head = foresee && status < 300 ? headOf(text) : undefined;
	if (head && foresee?.(head)) await sleep(LEAVING);
	// Crossbar labels some JSON as text or audio, so the body is looked at, not the header.
	try {
		const parsed: unknown = text === '' ? {} : JSON.parse(text);
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
			return { status: trueStatus(status, parsed), headers, envelope: parsed };
	} catch {
		// Not JSON: the caller sees the text.
	}
	return { status, headers, envelope: {}, content: text };
}

/** Bytes of an envelope that reports an error in place of a file, at most. */
const LARGEST_ERROR = 65_536;

/** Whether what came for a file is small JSON, which may be an envelope that reports an error. */
function mayBeEnvelope({ headers, body }: { headers: Record<string, string>; body: unknown }): boolean {
	const { 'content-type': type = '', 'content-length': length } = headers;
	return isStream(body) && type.startsWith('application/json') && Number(length ?? Infinity) <= LARGEST_ERROR;
}

function saysError(text: string): boolean {
	try {
		const value = JSON.parse(text) as Envelope | null;
		return value?.status === 'error' && value.request_id !== undefined;
	} catch {
		return false;
	}
}

/**
 * The status that counts: an envelope that says "error" is one whatever the status line says (a proxy may have written
 * that), and names its own.
 */
export function trueStatus(status: number, envelope: Envelope): number {
	const own = Number(envelope.error);
	const differs = status < 300 && envelope.status === 'error' && own >= 400 && own < 600;
	return differs ? own : status;
}

/**
 * What an envelope says before its list of data. The mark that ends it cannot stand inside of a text, whose quotes are
 * escaped, and where it is not the envelope's own the part before it is no JSON.
 */
function headOf(text: string): Envelope | undefined {
	const end = text.slice(0, LONGEST_HEAD).indexOf(',"data":[');
	if (end < 0) return undefined;
	try {
		return JSON.parse(`${text.slice(0, end)}}`) as Envelope;
	} catch {
		return undefined;
	}
}

/** Whether a content is a Node stream: it can be read once only, and has to be ended when nobody reads it. */
export function isStream(content: unknown): boolean {
	return typeof content === 'object' && content !== null && 'pipe' in content;
}
