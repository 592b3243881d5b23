/**
 * Turns any failed exchange with Crossbar into what a person can act on: what happened, in which field, the server's
 * own words, what to do, and the request id. Pure; the tables of
 * what can happen are in errors/.
 */
import { ACCESS, PAYMENT } from './access';
import { ANYTHING, NOT_CROSSBAR } from './foreign';
import type { Failure } from './failure';
import type { BodyKind, Hint, NetworkHint } from './hint';
import { FEATURES, NOT_FOUND } from './missing';
import { NETWORK_HINTS } from './network';
import type { PriceLine, PriceSummary } from './prices';
import { priceSummary } from './prices';
import { isSecret, redact } from './redact';
import { BAD_REQUEST, METHOD_AND_FORM } from './requests';
import { SERVER } from './server';
import { fill, sentence } from './template';
import { howToLook, isWrite, mayHaveActed } from './uncertain';
import type { FieldProblem } from './validation';
import { fieldProblems } from './validation';
import { isRecord, plainText } from '../values/records';
import { isoFromGregorian } from '../values/time';

export type { Failure } from './failure';
export { fieldLabel } from './fieldLabel';
export { priceSummary } from './prices';
export type { PriceLine, PriceSummary } from './prices';

/** Every answer finds a row. */
const HTTP_HINTS: readonly Hint[] = [
	...NOT_CROSSBAR,
	...PAYMENT,
	...BAD_REQUEST,
	...ACCESS,
	...NOT_FOUND,
	...METHOD_AND_FORM,
	...SERVER,
	...ANYTHING,
];

/** A failure in words. */
export interface Explanation {
	/** One sentence without its full stop: what happened, in which field. */
	readonly message: string;
	/** The server's own words, what to do, request id; one a line. */
	readonly description: string;
	readonly httpCode?: string;
	/** Of a validation error: every field that was refused. */
	readonly fields?: ReadonlyArray<{ path: string; label: string; problem: string }>;
	readonly requestId?: string;
}

/** @returns what happened and what to do; no token, key, password or PIN is in it */
export function explain(failure: Failure): Explanation {
	return explainWith([], failure);
}

/**
 * The same with rows that come before the general ones.
 * @param hints for a special kind of request (see login.ts)
 */
export function explainWith(hints: readonly Hint[], failure: Failure): Explanation {
	const answer = failure.status === undefined ? undefined : readAnswer(failure);
	const { message, lines, fields } = answer
		? explainAnswer([...hints, ...HTTP_HINTS], failure, answer)
		: explainSilence(failure);
	const secrets = knownSecrets(failure, answer?.envelope);
	// Cut first: what is left is looked through
	const clean = (text: string): string => redact(cut(text), secrets);
	const requestId = answer?.requestId === undefined ? undefined : clean(answer.requestId);
	return {
		message: clean(message),
		description: [...lines, operationLine(failure), requestId && `Request ID: ${requestId}`]
			.filter((line): line is string => Boolean(line))
			.map((line, index, all) => (index === all.length - 1 ? clean(line) : asSentence(clean(line))))
			.join('\n'),
		...(failure.status === undefined ? {} : { httpCode: String(failure.status) }),
		...(fields
			? {
					fields: fields.map(({ path, label, problem }) => ({
						path: clean(path),
						label: clean(label),
						problem: clean(problem),
					})),
				}
			: {}),
		...(requestId === undefined ? {} : { requestId }),
	};
}

/** n8n's error panel runs lines together: each but the last ends like a sentence. */
function asSentence(line: string): string {
	return /[.:!?…]$/.test(line) ? line : `${line}.`;
}

/** Whether the same request may well succeed in a moment: 429, 502, 503, 504 and connections that broke. */
export function isTransient(failure: Failure): boolean {
	if (failure.status === undefined) return networkHint(failure).transient === true;
	// A view or database that is missing stays missing
	if (failure.status === 503) return !/missing/.test(readAnswer(failure).code);
	return [429, 502, 504].includes(failure.status);
}

/** Whether the request certainly changed nothing: it never arrived, or was refused before anything was done. */
export function provablyNotCarriedOut(failure: Failure): boolean {
	return failure.status === undefined ? networkHint(failure).notCarriedOut === true : failure.status === 429;
}

interface Said {
	readonly message: string;
	readonly lines: Array<string | undefined>;
	readonly fields?: readonly FieldProblem[];
}

/** What a server answered, read whatever its headers say. */
interface Answer {
	readonly kind: BodyKind;
	readonly envelope: Readonly<Record<string, unknown>>;
	/** The envelope's message, underscores as spaces. */
	readonly code: string;
	/** What the data says. */
	readonly words: string;
	readonly title?: string;
	readonly requestId?: string;
}

function explainAnswer(hints: readonly Hint[], failure: Failure, answer: Answer): Said {
	const { envelope, code, words } = answer;
	const fields =
		code === 'validation error' || (code === 'invalid request envelope' && answer.kind === 'json')
			? fieldProblems(envelope.data, failure.labels)
			: [];
	const [first, ...others] = fields;
	if (first) {
		const more = others.length === 0 ? '' : ` (and ${others.length} more, see below)`;
		return {
			message: `${first.problem}${more}`,
			lines: [
				...fields.map(fieldLine),
				mayHaveActed(failure, answer.kind, true) ? howToLook(failure) : undefined,
				...new Set(fields.map(({ todo }) => todo)),
			],
			fields,
		};
	}
	const hint = hints.find((row) => fits(row, failure, answer)) as Hint;
	const price = failure.status === 402 ? priceSummary(envelope) : undefined;
	const unsure = mayHaveActed(failure, answer.kind, hint.refused === true);
	const facts = { ...factsOf(failure, answer, price), ...advice(unsure) };
	const same = plainly(`${words};`).startsWith(`${plainly(code)};`);
	const original = [same ? '' : envelope.message, words].filter(Boolean);
	return {
		message: sentence(fill(hint.happened, facts) ?? fill(FALLBACK, facts) ?? 'KAZOO refused the request'),
		lines: [
			original.length > 0 ? `The server said: ${original.join(': ').replace(/\.$/, '')}.` : undefined,
			...(price?.lines ?? []).map(priceLine),
			unsure ? howToLook(failure) : undefined,
			fill(hint.todo, facts),
		],
	};
}

const FALLBACK = 'KAZOO refused the request (HTTP {status})';

function explainSilence(failure: Failure): Said {
	const { happened, todo, notCarriedOut } = networkHint(failure);
	const said = [failure.networkCode, failure.networkMessage].filter(Boolean);
	const unsure = notCarriedOut !== true && isWrite(failure);
	return {
		message: happened,
		lines: [
			said.length > 0 ? `The network said: ${said.join(': ')}.` : undefined,
			unsure ? howToLook(failure) : undefined,
			fill(todo, advice(unsure)),
		],
	};
}

/** What hints say in `[...]` to those whose request certainly did nothing. */
function advice(unsure: boolean): Record<string, string | undefined> {
	return unsure ? {} : { again: 'Try again in a while', unstored: 'Nothing was stored' };
}

function networkHint({ networkCode = '', networkMessage = '' }: Failure): NetworkHint {
	return NETWORK_HINTS.find(
		({ code, words }) => (code?.test(networkCode) ?? true) && (words?.test(networkMessage) ?? true),
	) as NetworkHint;
}

function fieldLine({ path, label, words, allowed, given }: FieldProblem): string {
	const name = path === '' || path === label ? sentence(label) : `${label} (${path})`;
	const choices = allowed ? `; allowed: ${allowed.join(', ')}` : '';
	const said = `${words}${choices}${given === undefined ? '' : `; given: “${given}”`}`;
	return `• ${name}: ${RANGE.test(path) ? withDates(said) : said}`;
}

/** Ends of a range of time. Elsewhere as many digits may be a phone number. */
const RANGE = /^(created|modified)_(from|to)$/;

/** KAZOO tells times in seconds from year 0. */
function withDates(text: string): string {
	return text.replace(/\b6\d{10}\b/g, (seconds) => isoFromGregorian(Number(seconds)));
}

function operationLine({ what, method, path }: Failure): string {
	const request = `${method} ${path.split('?')[0]}`;
	return what ? `Operation: ${what} (${request})` : `Request: ${request}`;
}

function fits(hint: Hint, failure: Failure, { kind, code, words }: Answer): boolean {
	const statuses = typeof hint.status === 'number' ? [hint.status] : hint.status;
	return (
		(statuses === undefined || statuses.includes(failure.status as number)) &&
		(hint.kind === undefined || hint.kind === kind) &&
		(hint.loginOk === undefined || failure.loginOk === true) &&
		(hint.method?.test(failure.method) ?? true) &&
		(hint.path?.test(failure.path) ?? true) &&
		(hint.code?.test(code) ?? true) &&
		(hint.words?.test(words) ?? true)
	);
}

/** The values that hints fill in. */
function factsOf(
	failure: Failure,
	{ envelope, words, title }: Answer,
	price: PriceSummary | undefined,
): Record<string, string | undefined> {
	const segments = (failure.path.split('?')[0] ?? '').split('/').filter(Boolean).map(decoded);
	const names = segments.filter((segment) => !isId(segment));
	const { cause } = isRecord(envelope.data) ? envelope.data : {};
	const listed = Array.isArray(envelope.data) ? (envelope.data[0] as unknown) : undefined;
	const id = [cause, listed].find(
		(value): value is string => typeof value === 'string' && /^\S+$/.test(value),
	);
	const place = id === undefined ? -1 : segments.indexOf(id);
	const name = (place > 0 ? segments[place - 1] : names.at(-1)) ?? '';
	return {
		status: String(failure.status),
		method: failure.method,
		place: readablePlace(segments),
		thing: thingOf(name),
		last: thingOf(names.at(-1) ?? ''),
		id,
		number: id ?? segments.find((segment) => /^\+?\d{4,}$/.test(segment)) ?? /\+\d+/.exec(words)?.[0],
		accountId: /invalid account_id '([^']*)'/.exec(words)?.[1] ?? segments[1],
		fileType: failure.file?.mimeType,
		takes: failure.file?.takes,
		location: headerOf(failure, 'location'),
		allowed: allowedMethods(failure),
		title,
		price: price && priceInWords(price),
		feature: FEATURES.find(
			([pattern]) => pattern.test(name) || names.some((part) => pattern.test(part)),
		)?.[1],
	};
}

/** KAZOO sends no Allow header, but the one for browsers. */
function allowedMethods(failure: Failure): string | undefined {
	const header = headerOf(failure, 'allow') ?? headerOf(failure, 'access-control-allow-methods') ?? '';
	const methods = header
		.split(',')
		.map((method) => method.trim())
		.filter((method) => method !== '' && method !== 'OPTIONS');
	return [...new Set(methods)].join(', ');
}

function priceInWords({ today, recurring, recurringTotal }: PriceSummary): string {
	const now = today === 0 ? 'nothing today' : `${today} today`;
	return recurring === 0
		? `${now}; the recurring charges stay at ${recurringTotal}`
		: `${now} and changes the recurring charges by ${recurring}, to ${recurringTotal}`;
}

function priceLine({ name, quantity, rate, total, when }: PriceLine): string {
	const sum = Math.abs(quantity * rate - total) < 0.0001 ? `${quantity} × ${rate} = ${total}` : total;
	return `• ${name}: ${sum}, ${when === 'today' ? 'once' : 'recurring'}`;
}

/** What one record of a resource is called, where it is not the singular of the path. */
const THINGS: Readonly<Record<string, string>> = {
	vmboxes: 'voicemail box',
	messages: 'message',
	inbox: 'fax',
	outbox: 'fax',
	incoming: 'fax',
	outgoing: 'fax',
	smtplog: 'e-mail delivery',
	temporal_rules: 'time of day rule',
	temporal_rules_sets: 'time of day rule set',
	cdrs: 'CDR',
	faxes: 'fax',
	faxboxes: 'fax box',
	media: 'media',
	channels: 'call',
	whitelabel: 'white label',
	limits: 'limits',
	sms: 'SMS',
	mms: 'MMS',
};

function thingOf(name: string): string {
	if (Object.hasOwn(THINGS, name)) return THINGS[name] as string;
	const words = name.replace(/_/g, ' ');
	return (
		words
			.replace(/ies$/, 'y')
			.replace(/(sses|xes)$/, (end) => end.slice(0, -2))
			.replace(/([^s])s$/, '$1') || 'record'
	);
}

/** The path as people talk about it: without ids. */
function readablePlace(segments: readonly string[]): string {
	return `/${segments.map((segment) => (isId(segment) ? '…' : segment)).join('/')}`;
}

function isId(segment: string): boolean {
	return /^(\d{6}-)?[0-9a-f-]{20,}$/i.test(segment) || /^\+?\d{3,}$/.test(segment);
}

function readAnswer(failure: Failure): Answer {
	const { kind, value, title } = readBody(failure.body);
	const envelope = isRecord(value) ? value : {};
	const header = headerOf(failure, 'x-request-id');
	const requestId = typeof envelope.request_id === 'string' ? envelope.request_id : header;
	const message = typeof envelope.message === 'string' ? envelope.message : '';
	return {
		kind,
		envelope,
		code: message.replace(/_/g, ' '),
		words: kind === 'json' ? wordsOf(envelope.data, message) : kind === 'text' ? excerpt(String(value)) : '',
		...(title ? { title } : {}),
		...(requestId === undefined ? {} : { requestId }),
	};
}

/** Characters of a body that is no JSON in which one looks for what it is. */
const LONGEST_PAGE = 20_000;

function readBody(body: unknown): { kind: BodyKind; value?: unknown; title?: string } {
	if (typeof body !== 'string') {
		const isEmpty = body === undefined || body === null || (isRecord(body) && Object.keys(body).length === 0);
		return isEmpty ? { kind: 'empty' } : { kind: jsonKind(body), value: body };
	}
	// JSONP is JSON in a function call
	const text = body.trim().replace(/^[\w$.]+\((\{[\s\S]*\})\);?$/, '$1');
	if (text === '') return { kind: 'empty' };
	if (/^[{[]/.test(text)) {
		try {
			const value: unknown = JSON.parse(text);
			return { kind: jsonKind(value), value };
		} catch {
			return { kind: 'cut' };
		}
	}
	if (!/^<(!doctype|html|head|body|\?xml)|<\/html>/i.test(text)) return { kind: 'text', value: text };
	// A title stands near the beginning of a page
	const title = /<title[^<>]{0,200}>([^<]{0,1000})/i.exec(text.slice(0, LONGEST_PAGE))?.[1];
	return { kind: 'html', ...(title?.trim() ? { title: excerpt(title) } : {}) };
}

/** Every envelope has a status in words and a request id; an API of another kind may stand at the address. */
function jsonKind(value: unknown): BodyKind {
	const isEnvelope =
		isRecord(value) && ('request_id' in value || /^(success|error)$/.test(plainText(value.status)));
	return isEnvelope ? 'json' : 'foreign';
}

/** The members of `data` in which KAZOO explains itself. */
const WORDS = ['message', 'cause', 'reason', 'not_found'];

/** What `data` says, in one line. Documents that a failure echoes are left out: they are what we sent. */
function wordsOf(data: unknown, code: string): string {
	if (typeof data === 'string') return excerpt(data);
	if (Array.isArray(data)) return excerpt(data.filter((entry) => typeof entry === 'string').join(', '));
	if (!isRecord(data)) return '';
	const said = WORDS.map((key) => data[key]).filter((value) => typeof value === 'string' && value !== '');
	if (said.length > 0) return excerpt([...new Set(said)].join('; '));
	if (plainly(code) === 'init failed') return '';
	const details = Object.entries(data)
		.filter(([key, value]) => !isSecret(key) && (typeof value !== 'object' || Array.isArray(value)))
		.slice(0, 5);
	return excerpt(details.map(([key, value]) => `${key.replace(/_/g, ' ')}: ${String(value)}`).join('; '));
}

function plainly(text: string): string {
	return text.replace(/_/g, ' ').toLowerCase();
}

function excerpt(text: string): string {
	// More than enough of it, so that blanks are looked for in no long text
	const line = text.slice(0, 3000).replace(/\s+/g, ' ').trim();
	return line.length > 300 || text.length > 3000 ? `${line.slice(0, 300)}…` : line;
}

/** Characters of a line, whatever was asked for or answered. */
const LONGEST_LINE = 1500;

function cut(text: string): string {
	return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}

/** What must not be shown, whatever it looks like: the envelope echoes the token, even a wrong one (observed.md 8). */
function knownSecrets(failure: Failure, envelope: Readonly<Record<string, unknown>> = {}): string[] {
	const isLogin = /^\/(api_auth|user_auth|auth)\b/.test(failure.path);
	const listed = isLogin && Array.isArray(envelope.data) ? envelope.data : [];
	return [
		envelope.auth_token,
		headerOf(failure, 'x-auth-token'),
		...listed,
		...(failure.secrets ?? []),
	].filter((secret): secret is string => typeof secret === 'string');
}

function headerOf({ headers = {} }: Failure, name: string): string | undefined {
	return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
