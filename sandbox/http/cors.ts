const ALLOWED =
	'content-type, depth, user-agent, x-http-method-override, x-file-size, x-requested-with, if-modified-since, ' +
	'x-file-name, cache-control, x-auth-token, x-kazoo-cluster-id, if-match';
const EXPOSED = 'content-type, x-auth-token, x-request-id, x-kazoo-cluster-id, location, etag, etag';

/** Methods of a refusal that came before the path was understood. */
export const CORS_METHODS = 'OPTIONS, GET, POST, PUT, DELETE, HEAD, PATCH, OPTIONS';

/** Headers of a cross-origin answer; every error has them. */
export function corsHeaders(methods: string): Record<string, string> {
	return {
		'access-control-allow-origin': '*',
		'access-control-allow-methods': methods,
		'access-control-allow-headers': ALLOWED,
		'access-control-expose-headers': EXPOSED,
	};
}
