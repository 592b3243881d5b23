/** Whether a delivery comes from the KAZOO that we gave the secret to. */
import { createHash, createHmac, timingSafeEqual } from 'crypto';

import type { Delivery } from '../../crossbar/webhooks/delivery';

/**
 * @param signed the webhook is one of KAZOO 5 that signs; else the secret itself comes back
 * @param body as it came
 */
export function isGenuine(delivery: Delivery, secret: string, signed: boolean, body: string): boolean {
	if (!signed) return delivery.secret !== undefined && isEqual(delivery.secret, secret);
	if (!delivery.signed) return false;
	const { data, timestamp, hmac } = delivery.signed;
	// As it was written, for KAZOO signs `20.0` where JavaScript writes `20`; and as JSON should be written
	const texts = [fieldAsWritten(body, 'data') ?? '', canonical(data)];
	// KAZOO reads its clock twice, once for the signature and once for the field
	return [timestamp, timestamp + 1, timestamp - 1].some((second) =>
		texts.some((text) => isEqual(hmac, signatureOf(secret, second, text))),
	);
}

/** Base64 of HMAC-SHA256 over the seconds and the data as JSON with sorted keys and without blanks. */
export function signatureOf(secret: string, seconds: number, data: string): string {
	return createHmac('sha256', secret).update(`${seconds}${data}`).digest('base64');
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/** The value of a field of an object, as the text it has in its JSON. */
function fieldAsWritten(json: string, field: string): string | undefined {
	let depth = 0;
	let before = '';
	let begin: number | undefined;
	for (const { 0: token, index } of json.matchAll(TOKENS)) {
		if (depth === 1 && begin !== undefined && (token === ',' || token === '}'))
			return json.slice(begin, index).trim();
		if (depth === 1 && token === ':' && before === JSON.stringify(field)) begin = index + 1;
		if (token === '{' || token === '[') depth++;
		else if (token === '}' || token === ']') depth--;
		before = token;
	}
	return undefined;
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
