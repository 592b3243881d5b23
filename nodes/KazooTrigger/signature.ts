/** Whether a delivery comes from the KAZOO that we gave the secret to. */
import { createHash, createHmac, timingSafeEqual } from 'crypto';

import type { Marks } from '../../crossbar/webhooks/delivery';

/**
 * @param signed the webhook is one of KAZOO 5 that signs; else the secret itself comes back
 * @param body as it came
 */
export function isGenuine(marks: Marks, secret: string, signed: boolean, body: string): boolean {
	if (!signed) return marks.secret !== undefined && isEqual(marks.secret, secret);
	if (!marks.signed) return false;
	const { data, timestamp, hmac } = marks.signed;
	const plain = canonical(data);
	// As it was written, for KAZOO signs `20.0` where JavaScript writes `20`; and as JSON should be written
	const written = fieldAsWritten(body, 'data') ?? '';
	const texts = isSame(written, plain) ? [written, plain] : [plain];
	// KAZOO reads its clock twice, once for the signature and once for the field
	return [timestamp, timestamp + 1, timestamp - 1].some((second) =>
		texts.some((text) => isEqual(hmac, signatureOf(secret, second, text))),
	);
}

/** Whether a text is the data that are read: a body may have two, of which one was signed for an older delivery. */
function isSame(text: string, plain: string): boolean {
	try {
		return canonical(JSON.parse(text)) === plain;
	} catch {
		return false;
	}
}

/** Base64 of HMAC-SHA256 over the seconds and the data as JSON with sorted keys and without blanks. */
export function signatureOf(secret: string, seconds: number, data: string): string {
	return createHmac('sha256', secret).update(`${seconds}${data}`).digest('base64');
}

/** The value of a field of an object, as the text it has in its JSON; found in one pass. */
function fieldAsWritten(json: string, field: string): string | undefined {
	const name = JSON.stringify(field);
	let depth = 0;
	let before = '';
	let begin: number | undefined;
	for (let at = 0; at < json.length; at++) {
		const sign = json.charAt(at);
		if (sign === '"') {
			const end = endOfText(json, at);
			before = json.slice(at, Math.min(end + 1, at + name.length + 1));
			at = end;
			continue;
		}
		if (!'{}[],:'.includes(sign)) continue;
		if (depth === 1 && begin !== undefined && (sign === ',' || sign === '}'))
			return json.slice(begin, at).trim();
		if (depth === 1 && sign === ':' && before === name) begin = at + 1;
		if (sign === '{' || sign === '[') depth++;
		else if (sign === '}' || sign === ']') depth--;
		before = sign;
	}
	return undefined;
}

/** Where the text ends that begins here: at its closing quotation mark. */
function endOfText(json: string, begin: number): number {
	let at = begin + 1;
	while (at < json.length && json.charAt(at) !== '"') at += json.charAt(at) === '\\' ? 2 : 1;
	return at;
}

function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

/** Takes the same time wherever they differ. */
function isEqual(a: string, b: string): boolean {
	const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
	return timingSafeEqual(left, right);
}
