/** The same request as a cURL line, for dry runs and support tickets. */
import { isSecret, redact } from '../errors/redact';
import type { CrossbarRequest } from './messages';

const MASK = '********';

/** @returns one line for a POSIX shell; the token and secret values are masked */
export function curl(url: string, request: CrossbarRequest): string {
	const parts = ['curl', '-X', request.method, quote(maskUrl(url)), '-H', quote(`X-Auth-Token: ${MASK}`)];
	for (const [name, value] of Object.entries(request.headers ?? {}))
		parts.push('-H', quote(value === false ? `${name}:` : `${name}: ${value}`));
	if (request.accept) parts.push('-H', quote(`Accept: ${request.accept}`));
	if (request.file) {
		parts.push('-H', quote(`Content-Type: ${request.file.mimeType}`), '--data-binary', '@FILE');
	} else if (request.body !== undefined) {
		parts.push(
			'-H',
			quote('Content-Type: application/json'),
			'-d',
			quote(JSON.stringify(maskSecrets(request.body))),
		);
	}
	return parts.join(' ');
}

/** A copy in which the values of passwords, PINs and keys, and all below them, are replaced by stars. */
export function maskSecrets(value: unknown, secret = false): unknown {
	if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry, secret));
	if (value === null || value === undefined) return value;
	if (typeof value !== 'object') return secret ? MASK : value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, maskSecrets(entry, secret || isSecret(key))]),
	);
}

/** An address whose query and path show no secrets. */
export function maskUrl(address: string): string {
	const url = new URL(address);
	for (const [name, text] of [...url.searchParams])
		url.searchParams.set(name, isSecret(name) ? MASK : maskJson(text));
	return redact(url.href);
}

/** A list or an object may stand in a query as JSON. */
function maskJson(text: string): string {
	if (!/^\s*[[{]/.test(text)) return text;
	try {
		return JSON.stringify(maskSecrets(JSON.parse(text)));
	} catch {
		return text;
	}
}

function quote(text: string): string {
	return `'${text.replace(/'/g, "'\\''")}'`;
}
