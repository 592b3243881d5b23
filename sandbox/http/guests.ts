import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackHost } from '../values/hosts';

/**
 * Web pages can send requests to this machine, and a name of theirs can be made to lead here. So the sandbox answers
 * only to its own names, and what steers it only to programs and to its own page.
 */

/** Says whether a Host header names the sandbox. */
export type IsOwnHost = (header: string | undefined) => boolean;

/** @param listening where the sandbox listens; on all addresses any IP address names it, since no page can own one */
export function ownHosts(listening: string): IsOwnHost {
	const everywhere = listening === '0.0.0.0' || listening === '::';
	return (header) => {
		const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::\d+)?$/.exec(header ?? '') ?? [];
		const name = (bracketed ?? plain ?? '').toLowerCase();
		if (name === '') return false;
		return isLoopbackHost(name) || name === listening.toLowerCase() || (everywhere && isIP(name) !== 0);
	};
}

/**
 * Why what steers the sandbox does not listen to a request: one of another page, or one that a page could send
 * without asking first, which JSON is not.
 */
export function controlRefusal(method: string, headers: IncomingHttpHeaders): string | undefined {
	const { origin, host } = headers;
	if (origin !== undefined && origin !== `http://${host}`)
		return 'only the page of the sandbox itself steers it';
	const type = headers['content-type'] ?? '';
	const sends = method === 'POST' || method === 'PUT' || method === 'PATCH';
	if (sends && !/^application\/json *(;|$)/i.test(type)) return 'send JSON, as content-type application/json';
	return undefined;
}
