/**
 * Whether KAZOO lets a client point it to an address: http or https, and none of the machine's own (127.0.0.1,
 * 0.0.0.0, localhost) unless that is allowed. Only 127.0.0.1 itself is refused, not the rest of 127.0.0.0/8.
 */
export function isClientUri(text: string, allowLoopback: boolean): boolean {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		// Not an address at all.
		return false;
	}
	if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
	return allowLoopback || !['127.0.0.1', '0.0.0.0', 'localhost'].includes(url.hostname);
}
