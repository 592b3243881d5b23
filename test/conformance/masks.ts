import { GREGORIAN_OFFSET } from './recording';

/**
 * Everything that cannot be equal between a recording and a replay, in one place. What is not named here is compared
 * literally. Nothing here looks at a scenario's name or at a recorded value.
 */

/** Keys of the envelope whose presence is compared, but not their value. */
export const ENVELOPE_VALUES: ReadonlySet<string> = new Set([
	'node',
	'request_id',
	'tokens',
	'auth_token',
	'revision',
]);

/**
 * Values that a server makes up or measures and that look like no identifier: by their key, as long as both have the
 * shape of such a value. A key alone masks nothing.
 */
export const MADE_UP: Readonly<Record<string, RegExp>> = {
	// The machine.
	used_memory: /^\d{6,}$/,
	processes: /^\d+$/,
	ports: /^\d+$/,
	// Messages.
	msg_id: /^[0-9a-f]{16}$/,
	system_log_id: /^[0-9a-f]{16}$/,
	server_id: /^[\w.-]+@[\w.-]+-.+-[0-9a-f]{8}$/,
	// Deliveries of webhooks, top-ups.
	event_id: /^[0-9a-f]{10}$/,
	id: /^[0-9a-f]{10}$/,
	// An address, with the port that the client's machine chose.
	websocket_session_id: /^[\d.]+:\d+$/,
};

/** Response headers that are compared; all others are the server's own business. */
export const COMPARED_HEADERS: readonly string[] = [
	'content-type',
	'location',
	'content-disposition',
	'content-range',
	'access-control-allow-headers',
	'access-control-allow-methods',
	'access-control-allow-origin',
	'access-control-expose-headers',
];

/** Response headers of which only the presence is compared: their value is a revision or a hash of the body. */
export const PRESENT_HEADERS: readonly string[] = ['etag'];

/** Envelope keys and query options that hold an opaque key of a view: learned whole, like an id. */
export const OPAQUE_KEYS: ReadonlySet<string> = new Set(['start_key', 'next_start_key']);

/** What the recorder wrote in place of a token. */
export const REDACTED = /<(?:token(?::[^>]*)?|jwt|redacted)>/;

/** A JSON Web Token. */
export const JWT = /eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/;

/** Seconds by which two times may differ and still be the same moment: an answer's time stamp is taken after the work. */
export const TIME_TOLERANCE = 5;

/** Characters from which the recorder cut a text off, with an ellipsis at its end. */
export const CUT_FROM = 20_000;

/** Kinds of identifiers that a server makes up. */
export type IdentifierKind = 'monthly' | 'revision' | 'interaction' | 'hex' | 'realm';

/** A part of a text: literal, an identifier that the server made up, or a moment. */
export type Part =
	| { kind: 'literal'; text: string }
	| { kind: IdentifierKind; text: string }
	| { kind: 'time'; text: string; seconds: number };

const HEX_EDGE = { before: '(?<![0-9a-zA-Z])', after: '(?![0-9a-zA-Z])' };
const DIGIT_EDGE = { before: '(?<![\\d+])', after: '(?!\\d)' };

const IDENTIFIERS: Array<{ kind: IdentifierKind; pattern: string }> = [
	// The id of a document in a monthly database: 202611-…
	{ kind: 'monthly', pattern: `${HEX_EDGE.before}20\\d{4}-[0-9a-f]{20,}` },
	// CouchDB's revision: how often it was written and a hash.
	{ kind: 'revision', pattern: `${HEX_EDGE.before}\\d{1,5}-[0-9a-f]{32}` },
	// What the legs of one call share: Gregorian seconds and eight digits.
	{ kind: 'interaction', pattern: `${DIGIT_EDGE.before}6\\d{10}-[0-9a-f]{8}` },
	// Ids of documents (32), tasks (30), API keys (64), names of temporary files (22), hashes.
	{ kind: 'hex', pattern: `${HEX_EDGE.before}[0-9a-f]{20,}${HEX_EDGE.after}` },
	// The realm an account gets when none was asked for.
	{ kind: 'realm', pattern: `${HEX_EDGE.before}[0-9a-f]{6}\\.sip\\.[a-z0-9.-]*[a-z0-9]` },
	// The address of a fax box for mails.
	{ kind: 'realm', pattern: `${HEX_EDGE.before}[0-9a-f]{8}\\.fax\\.[a-z0-9.-]*[a-z0-9]` },
];

const TIMES: Array<{ pattern: string; seconds: (text: string) => number }> = [
	{
		pattern: '\\d{4}-\\d\\d-\\d\\d[T _]\\d\\d:\\d\\d:\\d\\d',
		seconds: (text) => Date.parse(`${text.slice(0, 10)}T${text.slice(11)}Z`) / 1000,
	},
	{
		// The log of webhook attempts has it in lower case.
		pattern: '[A-Za-z][a-z]{2}, \\d\\d [A-Za-z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d',
		seconds: (text) => Date.parse(`${text} GMT`) / 1000,
	},
	{
		pattern: `${DIGIT_EDGE.before}6[34]\\d{9}${DIGIT_EDGE.after}`,
		seconds: (text) => Number(text) - GREGORIAN_OFFSET,
	},
	// Unix time in microseconds, milliseconds and seconds.
	{ pattern: `${DIGIT_EDGE.before}1[789]\\d{14}${DIGIT_EDGE.after}`, seconds: (text) => Number(text) / 1e6 },
	{ pattern: `${DIGIT_EDGE.before}1[789]\\d{11}${DIGIT_EDGE.after}`, seconds: (text) => Number(text) / 1e3 },
	{ pattern: `${DIGIT_EDGE.before}1[789]\\d{8}${DIGIT_EDGE.after}`, seconds: (text) => Number(text) },
];

const PARTS = new RegExp([...IDENTIFIERS, ...TIMES].map(({ pattern }) => `(${pattern})`).join('|'), 'g');

/** Cuts a text into literal parts, identifiers and moments. */
export function partsOf(text: string): Part[] {
	const parts: Part[] = [];
	let end = 0;
	for (const match of text.matchAll(PARTS)) {
		if (match.index > end) parts.push({ kind: 'literal', text: text.slice(end, match.index) });
		const group = match.slice(1).findIndex((part) => part !== undefined);
		const found = match[0];
		const identifier = IDENTIFIERS[group];
		if (identifier) parts.push({ kind: identifier.kind, text: found });
		else {
			const time = TIMES[group - IDENTIFIERS.length];
			parts.push({ kind: 'time', text: found, seconds: time ? time.seconds(found) : NaN });
		}
		end = match.index + found.length;
	}
	if (end < text.length) parts.push({ kind: 'literal', text: text.slice(end) });
	return parts;
}
