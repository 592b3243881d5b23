/** Whether a delivery comes from the KAZOO that we gave the secret to. */
import { createHash, createHmac, timingSafeEqual } from 'crypto';

import type { Delivery } from '../../crossbar/webhooks/delivery';

/** @param signed the webhook is one of KAZOO 5 that signs; else the secret itself comes back */
export function isGenuine(delivery: Delivery, secret: string, signed: boolean): boolean {
	if (!signed) return delivery.secret !== undefined && isEqual(delivery.secret, secret);
	if (!delivery.signed) return false;
	const { data, timestamp, hmac } = delivery.signed;
	// KAZOO reads its clock twice, once for the signature and once for the field
	return [timestamp, timestamp + 1, timestamp - 1].some((second) =>
		isEqual(hmac, signatureOf(secret, second, data)),
	);
}

/** Base64 of HMAC-SHA256 over the seconds and the data as JSON with sorted keys and without blanks. */
export function signatureOf(secret: string, seconds: number, data: unknown): string {
	return createHmac('sha256', secret)
		.update(`${seconds}${canonical(data)}`)
		.digest('base64');
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
