import { isIP } from 'node:net';

/** Whether an address leads to this machine itself, as far as it says so: names of the network are not looked up. */
export function isLoopbackHost(host: string): boolean {
	const name = host
		.toLowerCase()
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '');
	if (name === 'localhost' || name.endsWith('.localhost')) return true;
	const four = name.replace(/^::ffff:(?=\d+\.)/, '');
	if (isIP(four) === 4) return four.startsWith('127.') || four === '0.0.0.0';
	// As URLs write those of version 4 in those of version 6: ::ffff:7f00:1
	return name === '::1' || name === '::' || /^::ffff:(7f[0-9a-f]{2}|0):/.test(name);
}

/** Whether a URL leads to this machine itself. */
export function isLoopbackUrl(url: string): boolean {
	try {
		return isLoopbackHost(new URL(url).hostname);
	} catch {
		return false;
	}
}
