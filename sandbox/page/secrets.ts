/** What the page shows instead of a secret. */
const MASK = '***';

/** Names of what is nobody's business: passwords, PINs, tokens, keys. */
const SECRET = /passw|credential|secret|token|api_?key|sha256_key|hash|^pins?$|_pin$|authorization|login/i;

/** Characters of a body that the page shows. */
const LENGTH = 2000;

function masked(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(masked);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => {
			if (SECRET.test(key)) return [key, MASK];
			return [
				key,
				typeof inner === 'string' && /^https?:\/\//.test(inner) ? maskedAddress(inner) : masked(inner),
			];
		}),
	);
}

/** The body of a request to look at: secrets masked, cut where it is long. */
export function maskedBody(body: unknown): string {
	const text = JSON.stringify(masked(body), undefined, 2);
	return text.length > LENGTH ? `${text.slice(0, LENGTH)} …` : text;
}

/** A path in which a token may be a part: tokens are longer than anything else. */
export function maskedPath(path: string): string {
	return path
		.split('/')
		.map((part) => (part.length > 80 ? MASK : part))
		.join('/');
}

/** An address without what may be a secret in it: the query, and the name and password before the host. */
export function maskedAddress(address: string): string {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		// Whatever it is, nobody can be sent there.
		return MASK;
	}
	return `${url.origin}${maskedPath(url.pathname)}${url.search === '' ? '' : `?${MASK}`}`;
}
