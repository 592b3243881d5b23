/** The same request as a cURL line, for dry runs and support tickets. */
import { isSecret } from './errors/redact';
import type { CrossbarRequest } from './transport';

/** @returns one line for a POSIX shell; the token and secret values are masked */
export function curl(url: string, request: CrossbarRequest): string {
	const parts = ['curl', '-X', request.method, quote(url), '-H', quote('X-Auth-Token: ********')];
	for (const [name, value] of Object.entries(request.headers ?? {}))
		parts.push('-H', quote(`${name}: ${value}`));
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

/** A copy in which the values of passwords, PINs and keys are replaced by stars. */
export function maskSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(maskSecrets);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [
			key,
			isSecret(key) && typeof entry !== 'object' ? '********' : maskSecrets(entry),
		]),
	);
}

function quote(text: string): string {
	return `'${text.replace(/'/g, "'\\''")}'`;
}
