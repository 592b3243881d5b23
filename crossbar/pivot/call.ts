/** What KAZOO tells of a call when it asks what to do with it, in one shape whatever names it uses. */
import type { Bounds } from '../values/bounds';
import { isWithin } from '../values/bounds';
import { isRecord } from '../values/records';

/** Of `req_format` kazoo or twiml: which names the parameters have. */
export type PivotFormat = 'kazoo' | 'twiml';

export interface PivotCall {
	call_id?: string;
	/** As KAZOO tells it: `inbound`. */
	direction?: string;
	status?: string;
	/** Flat: n8n refuses `caller` as the name of a property in expressions. */
	caller_id_number?: string;
	caller_id_name?: string;
	/** The number or extension that was dialled. */
	dialed?: string;
	from?: string;
	to?: string;
	account_id?: string;
	/** User of the calling phone. */
	user_id?: string | string[];
	language?: string;
	/** What the caller typed, when only one set of digits was collected. */
	digits?: string;
	/** What the caller typed, by the name of its Collect Digits step. */
	collected?: Record<string, string>;
	/** Custom variables of the call. */
	variables?: Record<string, unknown>;
	recording?: { url?: string; seconds?: number; id?: string };
	format: PivotFormat;
	/** Everything as it came. */
	raw: Record<string, unknown>;
}

type Parameters = Readonly<Record<string, unknown>>;

const BOUNDS: Bounds = { depth: 16, entries: 2000 };
const MOST_BYTES = 200_000;
const LONGEST_NAME = 500;

/**
 * Whether it is more than KAZOO asks with: found out before it is read.
 * @param bytes of the body
 */
export function isTooMuch(parameters: Parameters, bytes: number): boolean {
	if (bytes > MOST_BYTES || !isWithin(parameters, BOUNDS)) return true;
	return Object.keys(parameters).some((name) => name.length > LONGEST_NAME);
}

/** Somebody asks who is not KAZOO: an object or a list stands where a call has a text. */
class NotACall extends Error {}

/**
 * @param parameters of the query, the form or the JSON body, nested or flat (`Digits[name]`)
 * @returns nothing for what is no request about a call
 */
export function readCall(parameters: Parameters): PivotCall | undefined {
	const raw = nested(parameters);
	try {
		return callOf(raw);
	} catch {
		return undefined;
	}
}

function callOf(raw: Record<string, unknown>): PivotCall {
	const twiml = 'CallSid' in raw;
	const text = (kazoo: string, other?: string): string | undefined =>
		textOf(raw[twiml && other !== undefined ? other : kazoo]);
	const userId = raw['User-ID'];
	const seconds = text('Recording-Duration', 'RecordingDuration');
	return filled({
		call_id: text('Call-ID', 'CallSid'),
		direction: text('Direction'),
		status: text('Call-Status', 'CallStatus'),
		caller_id_number: text('Caller-ID-Number', 'CallerNumber') ?? text('From'),
		caller_id_name: text('Caller-ID-Name', 'CallerName'),
		dialed: text('Request', 'To') ?? text('To'),
		from: text('From'),
		to: text('To'),
		account_id: text('Account-ID', 'AccountSid'),
		user_id: Array.isArray(userId) ? userId.map((id) => textOf(id) ?? '') : text('User-ID'),
		language: text('Language'),
		...digitsOf(raw.Digits),
		variables: isRecord(raw['Custom-Application-Vars']) ? raw['Custom-Application-Vars'] : undefined,
		recording: orNothing({
			url: text('Recording-Url', 'RecordingUrl'),
			seconds: seconds === undefined ? undefined : Number(seconds),
			id: text('Recording-ID', 'RecordingSid'),
		}),
		format: twiml ? 'twiml' : 'kazoo',
		raw,
	});
}

/** Digits come as a text, or by the names of the steps that collected them. */
function digitsOf(digits: unknown): { digits?: string; collected?: Record<string, string> } {
	if (!isRecord(digits)) {
		const digit = textOf(digits);
		return digit === undefined ? {} : { digits: digit };
	}
	const collected = Object.fromEntries(
		Object.entries(digits).flatMap(([name, value]) => [[name, textOf(value) ?? '']]),
	);
	const [only, ...more] = Object.values(collected);
	const single = more.length === 0 ? only : collected.default;
	return { ...(single === undefined ? {} : { digits: single }), collected };
}

/** @throws NotACall for what is no text, no number and not nothing */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'object' && value !== null) throw new NotACall();
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** `{'Digits[pin]': '1'}` as `{Digits: {pin: '1'}}`. */
function nested(parameters: Parameters): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	const made = new Set<unknown>();
	for (const [name, value] of Object.entries(parameters)) {
		const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
		if (outer === '__proto__' || inner === '__proto__') continue;
		if (outer === undefined || inner === undefined) result[name] = value;
		else {
			// What came is copied once, not for every name
			if (!made.has(result[outer])) {
				result[outer] = isRecord(result[outer]) ? { ...result[outer] } : {};
				made.add(result[outer]);
			}
			(result[outer] as Record<string, unknown>)[inner] = value;
		}
	}
	return result;
}

function filled<T extends object>(value: T): T {
	return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

function orNothing<T extends object>(value: T): T | undefined {
	const kept = filled(value);
	return Object.keys(kept).length > 0 ? kept : undefined;
}
