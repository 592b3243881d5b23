/** Keeps secrets out of sentences: error messages end up in logs, in chats and with AI agents. */

const MASK = '********';

const SECRET =
	/(^|[^a-z0-9])(password|passwd|passcode|secret|token|api_?key|credentials?|authorization|cookie|pins?|(access|private|secret|sha256)_key|(md5|sha1)_auth|reset_id|sig_request|multi_factor_response)(\.\d+)?$/i;

/** Whether a field of this name (or dotted path) holds a secret: passwords, PINs, tokens, keys. */
export function isSecret(path: string): boolean {
	return SECRET.test(path.replace(/%2E/gi, '.'));
}

/** What looks like a secret wherever it stands, and what to put there. */
const LOOKS_SECRET: ReadonlyArray<readonly [RegExp, string]> = [
	// JSON Web Tokens, also cut ones
	[/\beyJ[\w-]{8,}(\.[\w-]*){0,2}/g, MASK],
	// API keys (64), SHA-1 credentials (40), recovery ids; ids and request ids have 32 digits
	[/\b(?=\d*[a-f])[0-9a-f]{40,}\b/gi, MASK],
	[/\b(Basic|Bearer)\s+[\w+/=.~-]{8,}/g, `$1 ${MASK}`],
	// As in queries, JSON and headers
	[/\b(auth_token|api_key|credentials|password|pin)(=|"\s*:\s*")[^\s"&;]+/gi, `$1$2${MASK}`],
	[/\b(x-auth-token["']?\s*:\s*["']?)[^\s"',;]+/gi, `$1${MASK}`],
	// https://user:password@host
	[/(\/\/)[^\s/@]+@/g, `$1${MASK}@`],
	// Paths that hold a token
	[/(\/(?:user_auth|auth_token|token_auth)\/)(?!recovery\b)[^\s/?]+/g, `$1${MASK}`],
];

/**
 * @param known secrets of this exchange, whatever they look like; shorter than eight characters they are left,
 *   since they would hit ordinary words
 * @returns the text without what is or looks like a secret
 */
export function redact(text: string, known: readonly string[] = []): string {
	const masked = known
		.filter((secret) => secret.length >= 8)
		.flatMap((secret) => [secret, ...written(secret)])
		.reduce((result, secret) => result.split(secret).join(MASK), text);
	return LOOKS_SECRET.reduce(
		(result, [pattern, replacement]) => result.replace(pattern, replacement),
		masked,
	);
}

/** A secret as it stands in JSON and in an address. */
function written(secret: string): string[] {
	try {
		return [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
	} catch {
		return [];
	}
}
