import type { Mapping } from './mapping';
import {
	COMPARED_HEADERS,
	ENVELOPE_VALUES,
	JWT,
	MADE_UP,
	OPAQUE_KEYS,
	PRESENT_HEADERS,
	REDACTED,
	CUT_FROM,
	TIME_TOLERANCE,
	partsOf,
	type Part,
} from './masks';
import { isObject, type Json, type JsonObject, type RecordedResponse } from './recording';

/** One thing that is not as it was recorded. */
export interface Difference {
	/** Where: `status`, `headers.location`, `data.sip.method`, `data.0.id` ... */
	where: string;
	/** Undefined when the recording has nothing there. */
	recorded?: Json;
	/** Undefined when the sandbox has nothing there. */
	actual?: Json;
	/** More than that the two differ: `order`, `length`, `identifier`. */
	note?: string;
}

/**
 * Compares an answer with the recorded one, in the recording's words as far as identifiers are known, and learns
 * identifiers on the way. An empty list means that they agree.
 */
export function compareResponses(
	recorded: RecordedResponse,
	actual: RecordedResponse,
	mapping: Mapping,
): Difference[] {
	const comparison = new Comparison(mapping);
	comparison.status(recorded.status, actual.status);
	comparison.headers(recorded.headers, actual.headers);
	comparison.body(recorded.body, actual.body);
	return comparison.differences;
}

/** Compares two JSON values at `where`; learns identifiers. */
export function compareJson(recorded: Json, actual: Json, mapping: Mapping, where = ''): Difference[] {
	const comparison = new Comparison(mapping);
	comparison.value(recorded, actual, where);
	return comparison.differences;
}

class Comparison {
	readonly differences: Difference[] = [];

	constructor(private readonly mapping: Mapping) {}

	status(recorded: number, actual: number): void {
		if (recorded !== actual) this.differences.push({ where: 'status', recorded, actual });
	}

	headers(recorded: Record<string, string>, actual: Record<string, string>): void {
		for (const name of COMPARED_HEADERS) {
			this.optional(recorded[name], actual[name], `headers.${name}`);
		}
		for (const name of PRESENT_HEADERS) {
			if ((recorded[name] === undefined) !== (actual[name] === undefined)) {
				this.differences.push({ where: `headers.${name}`, recorded: recorded[name], actual: actual[name] });
			} else if (recorded[name] !== undefined && actual[name] !== undefined) {
				this.learnText(recorded[name], actual[name]);
			}
		}
	}

	body(recorded: Json, actual: Json): void {
		if (isObject(recorded) && '$elided_bytes' in recorded) {
			// The recorder did not keep it: there is only that something came.
			if (actual === null) this.differences.push({ where: 'body', recorded, actual });
			return;
		}
		const [a, b] = unwrap(recorded, actual);
		if (!isObject(a) || !isObject(b)) {
			this.value(a, b, 'body');
			return;
		}
		for (const key of keysOf(a, b)) this.envelope(key, a[key], b[key]);
	}

	private envelope(key: string, recorded: Json | undefined, actual: Json | undefined): void {
		if (recorded === undefined || actual === undefined) {
			this.optional(recorded, actual, key);
			return;
		}
		if (OPAQUE_KEYS.has(key) && typeof recorded === 'string' && typeof actual === 'string') {
			this.mapping.learnOpaque(recorded, actual);
		} else if (ENVELOPE_VALUES.has(key)) {
			if (typeof recorded === 'string' && typeof actual === 'string') this.learnText(recorded, actual);
			else if (typeof recorded !== typeof actual) this.differences.push({ where: key, recorded, actual });
		} else this.value(recorded, actual, key);
	}

	private optional(recorded: Json | undefined, actual: Json | undefined, where: string): void {
		if (recorded === undefined && actual === undefined) return;
		if (recorded === undefined || actual === undefined) this.differences.push({ where, recorded, actual });
		else this.value(recorded, actual, where);
	}

	value(recorded: Json, actual: Json, where: string): void {
		if (Array.isArray(recorded) && Array.isArray(actual)) this.list(recorded, actual, where);
		else if (isObject(recorded) && isObject(actual)) this.object(recorded, actual, where);
		else if (typeof recorded === 'string' && typeof actual === 'string') this.text(recorded, actual, where);
		else if (typeof recorded === 'number' && typeof actual === 'number') this.number(recorded, actual, where);
		else if (recorded !== actual) this.differences.push({ where, recorded, actual });
	}

	private object(recorded: JsonObject, actual: JsonObject, where: string): void {
		const rest = new Set(Object.keys(actual));
		const unmatched: string[] = [];
		for (const key of Object.keys(recorded)) {
			const name = this.mapping.translate(key);
			if (rest.delete(name)) this.member(key, recorded[key] as Json, actual[name] as Json, where);
			else unmatched.push(key);
		}
		// Keys that are identifiers themselves pair up in their order, while neither is known.
		for (const key of unmatched) {
			const partner = isIdentifier(key)
				? [...rest].find((name) => isIdentifier(name) && this.mapping.learn(key, name))
				: undefined;
			if (partner === undefined) {
				this.differences.push({ where: join(where, key), recorded: recorded[key] });
			} else {
				rest.delete(partner);
				this.member(key, recorded[key] as Json, actual[partner] as Json, where);
			}
		}
		for (const key of rest) this.differences.push({ where: join(where, key), actual: actual[key] });
	}

	private member(key: string, recorded: Json, actual: Json, where: string): void {
		const shape = MADE_UP[key];
		if (shape && typeof recorded === typeof actual && fits(shape, recorded) && fits(shape, actual)) return;
		this.value(recorded, actual, join(where, key));
	}

	private list(recorded: Json[], actual: Json[], where: string): void {
		if (recorded.length !== actual.length) {
			const note = `length ${recorded.length}, not ${actual.length}`;
			this.differences.push({ where, recorded: keysIn(recorded), actual: keysIn(actual), note });
			return;
		}
		const order = this.orderOf(recorded, actual);
		if (order) {
			this.differences.push({ where, recorded: keysIn(recorded), actual: keysIn(actual), note: 'order' });
		}
		recorded.forEach((item, index) => {
			const other = actual[order?.[index] ?? index] as Json;
			this.value(item, other, join(where, String(index)));
		});
	}

	/** Where in `actual` each recorded item is, when the same items come in another order; otherwise undefined. */
	private orderOf(recorded: Json[], actual: Json[]): number[] | undefined {
		const wanted = recorded.map((item) => this.mapping.translate(keyOf(item) ?? ''));
		const found = actual.map((item) => keyOf(item) ?? '');
		if (wanted.includes('') || wanted.every((key, index) => key === found[index])) return undefined;
		if (new Set(wanted).size !== wanted.length) return undefined;
		const order = wanted.map((key) => found.indexOf(key));
		return order.includes(-1) ? undefined : order;
	}

	private number(recorded: number, actual: number, where: string): void {
		if (recorded === actual) return;
		const [a, b] = [partsOf(String(recorded)), partsOf(String(actual))];
		if (a.length === 1 && b.length === 1 && a[0] && b[0] && this.sameTime(a[0], b[0])) return;
		this.differences.push({ where, recorded, actual });
	}

	private text(whole: string, found: string, where: string): void {
		const [recorded, actual] = cut(whole, found);
		if (recorded === actual && !isIdentifier(recorded)) return;
		if (REDACTED.test(recorded) && matchesRedacted(recorded, actual)) return;
		const [a, b] = [partsOf(recorded), partsOf(actual)];
		const same =
			a.length === b.length &&
			a.every((part, index) => kindMatches(part, b[index] as Part) && this.samePart(part, b[index] as Part));
		if (same) return;
		const note =
			a.length === b.length && a.every((part, index) => kindMatches(part, b[index] as Part))
				? 'identifier'
				: undefined;
		this.differences.push({ where, recorded, actual, ...(note ? { note } : undefined) });
	}

	private samePart(recorded: Part, actual: Part): boolean {
		if (recorded.kind === 'literal') return recorded.text === actual.text;
		if (recorded.kind === 'time') return recorded.text === actual.text || this.sameTime(recorded, actual);
		return this.mapping.learn(recorded.text, actual.text, recorded.kind);
	}

	private sameTime(recorded: Part, actual: Part): boolean {
		if (recorded.kind !== 'time' || actual.kind !== 'time') return false;
		return Math.abs(recorded.seconds - actual.seconds) <= TIME_TOLERANCE;
	}

	/** Learns what can be learned from two texts that are not compared. */
	private learnText(recorded: string, actual: string): void {
		const [a, b] = [partsOf(recorded), partsOf(actual)];
		if (a.length !== b.length) return;
		a.forEach((part, index) => {
			const other = b[index];
			if (other && part.kind !== 'literal' && part.kind !== 'time' && part.kind === other.kind) {
				this.mapping.learn(part.text, other.text, part.kind === 'hex' ? 'revision' : part.kind);
			}
		});
	}
}

/** Whether a text or number has the shape of what a server makes up. */
function fits(shape: RegExp, value: Json): boolean {
	return (typeof value === 'string' || typeof value === 'number') && shape.test(String(value));
}

function kindMatches(recorded: Part, actual: Part): boolean {
	if (recorded.kind !== actual.kind) return false;
	if (recorded.kind === 'literal') return recorded.text === actual.text;
	if (recorded.kind === 'monthly') return recorded.text.slice(0, 6) === actual.text.slice(0, 6);
	return recorded.kind !== 'hex' || recorded.text.length === actual.text.length;
}

/** The recorder cut long texts off: there is only their beginning to compare. */
function cut(recorded: string, actual: string): [string, string] {
	const length = recorded.length - 1;
	if (length < CUT_FROM || !recorded.endsWith('…')) return [recorded, actual];
	return [recorded.slice(0, length), actual.slice(0, length)];
}

/** `<token>` and `<jwt>` stand for any token; the rest of the text must be the same. */
function matchesRedacted(recorded: string, actual: string): boolean {
	const literal = recorded.split(new RegExp(REDACTED, 'g'));
	if (literal.every((text) => text === '')) return actual !== '';
	return literal.join('') === actual.split(new RegExp(JWT, 'g')).join('');
}

/** JSON in a call of a function (JSONP) is compared as JSON. */
function unwrap(recorded: Json, actual: Json): [Json, Json] {
	if (typeof recorded !== 'string' || typeof actual !== 'string') return [recorded, actual];
	const [a, b] = [jsonp(recorded), jsonp(actual)];
	return a && b && a.name === b.name ? [a.value, b.value] : [recorded, actual];
}

function jsonp(text: string): { name: string; value: Json } | undefined {
	const match = /^(\w+)\((\{.*\})\);$/s.exec(text);
	if (!match?.[1] || !match[2]) return undefined;
	try {
		return { name: match[1], value: JSON.parse(match[2]) as Json };
	} catch {
		return undefined;
	}
}

function keysOf(a: JsonObject, b: JsonObject): string[] {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** True when a text is an identifier and nothing else. */
export function isIdentifier(text: string): boolean {
	const parts = partsOf(text);
	return parts.length === 1 && parts[0]?.kind !== 'literal' && parts[0]?.kind !== 'time';
}

/** What an item of a list is known by: its id, or the text itself. */
function keyOf(item: Json): string | undefined {
	if (typeof item === 'string') return item;
	return isObject(item) && typeof item.id === 'string' ? item.id : undefined;
}

function keysIn(items: Json[]): Json[] {
	return items.map((item) => keyOf(item) ?? item);
}

function join(where: string, key: string): string {
	return where === '' ? key : `${where}.${key}`;
}
