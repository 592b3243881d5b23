import { readFileSync } from 'node:fs';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
	[key: string]: Json;
}

/** What a client sent. `body` is JSON, or text; bytes are written `<binary N bytes sha1:HEX>`, large ones are left out. */
export interface RecordedRequest {
	method: string;
	/** With the query, as it was on the wire. */
	path: string;
	headers: Record<string, string>;
	/** Undefined when nothing was sent. */
	body?: Json;
}

/** What the server answered. `body` is null when there was none. */
export interface RecordedResponse {
	status: number;
	headers: Record<string, string>;
	body: Json;
}

/** A request and its answer. */
export interface Exchange {
	kind: 'exchange';
	/** Line number in the file, from 1. */
	line: number;
	/** The scenario, most general word first. */
	name: string;
	request: RecordedRequest;
	response: RecordedResponse;
}

/** A webhook delivery that the server made, and what the receiver answered. */
export interface Delivery {
	kind: 'webhook';
	line: number;
	name: string;
	/** Path without host, headers in lower case. */
	request: RecordedRequest;
	/** What the receiver answered with; null when it let the connection drop. */
	response: { status: number } | null;
	/** When it arrived, as the recorder wrote it. */
	at?: string | number;
}

/** A websocket frame. */
export interface Frame {
	kind: 'websocket';
	line: number;
	name: string;
	from: 'client' | 'server';
	frame: Json;
	at?: string | number;
}

/** Something that was put into the server's database behind its back: a document, a setting, a switch. */
export interface Seed {
	kind: 'seed';
	line: number;
	name: string;
	/** The whole line. */
	content: JsonObject;
}

/** A message that was put on KAZOO's bus in place of a media switch, or a remark between messages. */
export interface Published {
	kind: 'published';
	line: number;
	name: string;
	content: JsonObject;
}

/** A line of a recording. */
export type Line = Exchange | Delivery | Frame | Seed | Published;

/** Reads a recording: one JSON object a line, in the order it happened. Throws with the line number. */
export function readRecording(file: string): Line[] {
	return parseRecording(readFileSync(file, 'utf8'));
}

/** As `readRecording`, from text. Empty lines are skipped but counted. */
export function parseRecording(text: string): Line[] {
	const lines: Line[] = [];
	text.split('\n').forEach((source, index) => {
		if (source.trim() === '') return;
		const line = index + 1;
		let content: JsonObject;
		try {
			content = JSON.parse(source) as JsonObject;
		} catch (error) {
			throw new Error(`line ${line} is not JSON: ${(error as Error).message}`);
		}
		lines.push(toLine(content, line));
	});
	return lines;
}

function toLine(content: JsonObject, line: number): Line {
	const name = String(content.name ?? '');
	const { direction, kind } = content;
	if (direction === 'seeded') return { kind: 'seed', line, name, content };
	if (direction === 'amqp_publish') return { kind: 'published', line, name, content };
	const at = content.at as string | number | undefined;
	if (kind === 'websocket' || content.frame !== undefined) {
		const from = direction === 'to_server' ? 'client' : 'server';
		return { kind: 'websocket', line, name, from, frame: content.frame ?? null, at };
	}
	if (kind === 'webhook' || direction === 'from_server') {
		const response = (content.response ?? null) as { status: number } | null;
		return { kind: 'webhook', line, name, request: toRequest(content.request), response, at };
	}
	if (content.request === undefined) return { kind: 'published', line, name, content };
	const response = (content.response ?? {}) as JsonObject;
	return {
		kind: 'exchange',
		line,
		name,
		request: toRequest(content.request),
		response: {
			status: Number(response.status),
			headers: (response.headers ?? {}) as Record<string, string>,
			body: response.body ?? null,
		},
	};
}

function toRequest(value: Json | undefined): RecordedRequest {
	const request = (value ?? {}) as JsonObject;
	return {
		method: String(request.method),
		path: String(request.path),
		headers: (request.headers ?? {}) as Record<string, string>,
		...(request.body === undefined || request.body === null ? undefined : { body: request.body }),
	};
}

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when the answer is a success. */
export function succeeded(exchange: Exchange): boolean {
	return exchange.response.status >= 200 && exchange.response.status < 300;
}

/** The `data` of an answer, if it is an envelope. */
export function dataOf(exchange: Exchange): Json | undefined {
	return isObject(exchange.response.body) ? exchange.response.body.data : undefined;
}

/** Seconds between the Gregorian epoch (year 0), in which KAZOO counts, and the Unix epoch. */
export const GREGORIAN_OFFSET = 62167219200;

/** Seconds that a request may have taken. */
const DURATION = 3;

/**
 * The time a line shows, in Unix milliseconds: when it arrived, or the envelope's timestamp. That may be a second
 * before or after the work was done: what the answer says was made just now tells the time better.
 */
export function timeOf(line: Line): number | undefined {
	if (line.kind === 'exchange') {
		const text = isObject(line.response.body) ? line.response.body.timestamp : undefined;
		const began = typeof text === 'string' ? Date.parse(text) / 1000 : NaN;
		if (Number.isNaN(began)) return undefined;
		// Only what is being made is new; everything else shows older times, too.
		const earliest = line.request.method === 'PUT' ? began - DURATION : began;
		const shown = secondsIn(dataOf(line) ?? null)
			.map((seconds) => seconds - GREGORIAN_OFFSET)
			.filter((seconds) => seconds >= earliest && seconds <= began + DURATION);
		return (shown.length === 0 ? began : Math.max(...shown)) * 1000;
	}
	if (line.kind === 'seed' || line.kind === 'published') return undefined;
	if (line.at === undefined) return undefined;
	return typeof line.at === 'number' ? line.at : Date.parse(line.at) || undefined;
}

/** Numbers in a value that look like Gregorian seconds of this century. */
function secondsIn(value: Json): number[] {
	if (typeof value === 'number') return value > 63e9 && value < 66e9 ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(secondsIn);
	return isObject(value) ? Object.values(value).flatMap(secondsIn) : [];
}

/** What groups lines in a report: the first word of the name, the first two of a job. */
export function scenarioOf(name: string): string {
	const words = name.split(/[.\s]/);
	const first = words[0] ?? '';
	return /^(?:job|k5fix|rt\d?)$/.test(first) && words.length > 1 ? `${first}.${words[1]}` : first;
}
